/* The floor that .ci/bench measures wxtop against: what ncurses itself costs.
 *
 * A bare ncursesw program that draws a screen like the day view (header, figures, legend, 24 stacked bars in eighths of
 * a cell with five colours, hours, day strip, status and hints) and on each arrow key another day: the date, the figures
 * and the bars change, as they do with a day step. The numbers are made up on the spot: no archive, no network, no heap.
 * q quits.
 */
#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

enum { SERIES = 5, HOURS = 24 };
static const short ink[SERIES] = {75, 114, 221, 204, 141};
static const int share[SERIES] = {57, 23, 11, 5, 4};
static const int shape[HOURS] = {26, 19, 13, 10, 0, 0, 10, 17, 31, 43, 43, 40, 39, 41, 34, 37, 37, 44, 46, 61, 67, 66, 57, 42};

static unsigned noise(unsigned day, unsigned hour) {
  unsigned x = day * 2654435761u ^ hour * 40503u;
  x ^= x >> 15;
  x *= 2246822519u;
  return (x ^ x >> 13) % 25;
}

static int count(int day, int hour) { return shape[hour] ? shape[hour] * (88 + (int)noise(day, hour)) / 3 : 0; }

static void pad_line(int row, const char *text) {
  mvaddstr(row, 1, text);
  clrtoeol();
}

static void bar(int total, int most, int left, int width, int bottom, int rows, int pairs[SERIES][SERIES + 1]) {
  int eighths = total * rows * 8 / most, edge[SERIES], sum = 0;
  for (int s = 0; s < SERIES; s++) edge[s] = (sum += share[s]) * eighths / 100;
  for (int r = 0; r < rows; r++) {
    int from = r * 8, low = 0, high;
    while (low < SERIES && edge[low] <= from) low++;
    wchar_t text[2] = {L' ', 0};
    int pair = 0;
    if (low < SERIES) {
      int part = edge[low] - from;
      high = low + 1;
      if (part >= 8) part = 8, high = SERIES;
      else if (high < SERIES && edge[high] <= from + part) high = SERIES;
      text[0] = 0x2580 + part;
      pair = pairs[low][high];
    } else if (r == 0) {
      text[0] = 0x254C;
    }
    cchar_t cell;
    setcchar(&cell, text, 0, (short)pair, NULL);
    for (int c = 0; c < width; c++) mvadd_wch(bottom - r, left + c, &cell);
  }
}

static void draw(int day, int pairs[SERIES][SERIES + 1]) {
  int height, width, total = 0, most = 1, peak = 0;
  getmaxyx(stdscr, height, width);
  for (int h = 0; h < HOURS; h++) {
    int n = count(day, h);
    total += n;
    if (n > most) most = n, peak = h;
  }
  static const char *weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  char line[256];
  snprintf(line, sizeof line, "floor   an account    < %s day %06d >   L%d %d0k/min", weekdays[day % 7], day, day % 5, 1 + day % 8);
  pad_line(0, line);
  snprintf(line, sizeof line, "%d,%03d messages  %+d%%   peak %02dh %d   quiet 04-05h   final", total / 1000, total % 1000,
           (int)noise(day, 99) - 12, peak, most);
  pad_line(1, line);
  snprintf(line, sizeof line, "1 text %d%%  2 image %d%%  3 voice %d%%  4 video %d%%  5 other %d%%", share[0] + day % 3, share[1] - day % 2,
           share[2] - day % 3, share[3] + day % 2, share[4]);
  pad_line(2, line);

  int rows = height - 11, bottom = height - 9, pitch = (width - 7) / HOURS, scale = 3000;
  for (int r = 0; r < rows; r++) mvaddstr(bottom - r, 6, "|");
  for (int tick = 0; tick <= 2; tick++) mvprintw(bottom - tick * (rows - 1) / 2, 0, "%5d", scale * tick / 2);
  for (int h = 0; h < HOURS; h++) {
    int left = 7 + h * pitch;
    bar(count(day, h), scale, left, pitch > 1 ? pitch - 1 : 1, bottom, rows, pairs);
    mvprintw(bottom + 1, left, "%02d", h);
    mvprintw(bottom + 2, left, "%c%c", '0' + (day + h / 6) % 5, pitch > 2 ? '-' : ' ');
  }
  snprintf(line, sizeof line, "%02d:00-%02d:59  %d messages   %d users   the week before %d", peak, peak, most, most / 2, count(day - 7, peak));
  pad_line(height - 6, line);
  snprintf(line, sizeof line, "day before %d   usual %d", count(day - 1, peak), count(day - 14, peak));
  pad_line(height - 5, line);
  move(height - 3, 1);
  for (int d = -13; d <= 3; d++) {
    attrset(d == 0 ? A_REVERSE : A_NORMAL);
    printw(" %02d ", (day + d + 310) % 31 + 1);
  }
  attrset(A_NORMAL);
  clrtoeol();
  snprintf(line, sizeof line, "* fetched %02d:%02d   calls %d", 8 + day % 12, (day * 7) % 60, 41);
  pad_line(height - 2, line);
  pad_line(height - 1, "arrows day   q quit   ? help");
}

int main(void) {
  setlocale(LC_ALL, "");
  SCREEN *screen = newterm(NULL, stdout, stdin);
  if (!screen) return 1;
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  set_escdelay(25);
  curs_set(0);
  leaveok(stdscr, TRUE);
  int pairs[SERIES][SERIES + 1] = {0};
  if (has_colors()) {
    start_color();
    use_default_colors();
    short next = 1;
    for (int low = 0; low < SERIES; low++)
      for (int high = low + 1; high <= SERIES; high++) {
        init_pair(next, ink[low], high < SERIES ? ink[high] : -1);
        pairs[low][high] = next++;
      }
  }
  int day = 20000;
  for (;;) {
    draw(day, pairs);
    refresh();
    int key = getch();
    if (key == 'q' || key == ERR) break;
    if (key == KEY_LEFT) day--;
    if (key == KEY_RIGHT) day++;
    if (key == KEY_UP) day -= 7;
    if (key == KEY_DOWN) day += 7;
  }
  endwin();
  delscreen(screen);
  return 0;
}
