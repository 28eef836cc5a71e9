#define _GNU_SOURCE
#include "CNcurses.h"
#include <sys/ioctl.h>
#include <wchar.h>

int cncurses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

int cncurses_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int cncurses_readable_bytes(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}
