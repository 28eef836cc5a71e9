#ifndef CNCURSES_H
#define CNCURSES_H

// Before the include: SwiftPM rejects the -D flags that ncursesw.pc asks for.
#define NCURSES_WIDECHAR 1
// So that Swift sees functions, and the type of a window does not depend on how the distribution built ncurses.
#define NCURSES_NOMACROS 1
#define NCURSES_OPAQUE 0

// Debian's <curses.h> is the wide one; others keep it in a folder of its own.
#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#else
#include <curses.h>
#endif
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

// A_* are macros with casts, which Swift does not import.
enum {
  CNCURSES_BOLD = (int)A_BOLD,
  CNCURSES_DIM = (int)A_DIM,
  CNCURSES_REVERSE = (int)A_REVERSE,
  CNCURSES_UNDERLINE = (int)A_UNDERLINE,
};

// KEY_F() is a macro with an argument, which Swift does not import.
static inline int cncurses_function_key(int number) { return KEY_F(number); }

// Glibc's wcwidth is hidden from Swift behind _XOPEN_SOURCE; curses counts columns by it.
int cncurses_width(uint32_t scalar);

// setcchar takes the pair of a colour through an untyped pointer to int, which Swift can only pass with a copy a cell.
// Returns ERR where ncurses refuses the character.
static inline int cncurses_set_cell(cchar_t *cell, uint32_t scalar, uint32_t mark, uint32_t attributes, int pair) {
  wchar_t text[] = {(wchar_t)scalar, (wchar_t)mark, 0};
  return setcchar(cell, text, (attr_t)attributes, 0, &pair);
}

// TIOCGWINSZ is a macro with a cast on some systems and ioctl is variadic: neither is imported. Returns 0 on success.
int cncurses_window_size(int descriptor, int *columns, int *rows);

// The window that newterm makes; Swift may not look at a variable that anybody might change.
static inline WINDOW *cncurses_standard_window(void) { return stdscr; }

// What the description of a terminal says, without opening a screen. <term.h> has macros named `lines` and `columns`, which
// would be in the way everywhere. Returns 0 on success, -1 when there is no such description.
int cncurses_describe(const char *name, int *colors, int *moves_cursor);

// FIONREAD likewise. Returns the bytes that can be read now, or -1.
int cncurses_readable_bytes(int descriptor);

// Arms SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE and SIGSEGV: the terminal gets `leave` and its modes back, then the
// handler that was there before takes the signal, so that Swift's backtrace prints on a sane screen. Handlers are C
// because one in Swift might allocate or retain. A process has one terminal, so the state is static.
void cncurses_arm_crash_restore(int descriptor, const struct termios *modes, const char *leave, size_t count);
// Puts back the handlers that were there before.
void cncurses_disarm_crash_restore(void);

// Starts the guard of the terminal that the crash restore is armed for: a shell that sees by a pipe when this process has died
// without a goodbye, as by SIGKILL, and gives the terminal its modes and `leave`. Does nothing if there is one, or none can be had.
void cncurses_start_guard(void);
// Tells the guard that the terminal is the shell's for now, or ours again.
void cncurses_tell_guard(bool is_suspended);
// Says goodbye, and waits for the guard's end.
void cncurses_dismiss_guard(void);
// The guard's process; 0 where none can be had, -1 before it is started.
pid_t cncurses_guard(void);

// The terminal once more, by a descriptor that never blocks. Not O_NONBLOCK on the one that we were given: that would be the
// shell's too. Returns a plain copy where the terminal cannot be opened, or -1.
int cncurses_reopen_terminal(int descriptor);
// Puts a file in memory in the place of a descriptor. Returns 0 on success.
int cncurses_capture(int descriptor);

// Runs a program with bytes on its standard input, for so long at most. Returns 0 when it has ended well.
int cncurses_feed(
    char *const arguments[], char *const environment[], const char *bytes, size_t count, int milliseconds);

// Watches SIGWINCH, SIGCONT and SIGTSTP: each writes its number as a byte into a pipe, whose reading end is returned (or
// -1). To be called before newterm, which otherwise installs handlers of its own that are not safe with threads; later calls
// only return the pipe. Not a Dispatch signal source: that blocks its signals in all threads, and then SIGTSTP could not stop us.
int cncurses_watch_signals(void);
// The number of the next signal that has come, or 0.
int cncurses_next_signal(void);
// Puts back the handlers that were there before. The pipe stays for the life of the process: closing a descriptor that an
// event source still knows is an error, and cancelling the source takes a while.
void cncurses_unwatch_signals(void);
// Stops the process group as the terminal's ^Z would. Returns at once if the group cannot be stopped, else when continued
// or a moment before the stop: another thread may be the one that takes the signal.
void cncurses_stop_group(void);
// Watches SIGTSTP again after a stop.
void cncurses_expect_stop(void);

#endif
