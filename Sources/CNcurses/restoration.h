#ifndef CNCURSES_RESTORATION_H
#define CNCURSES_RESTORATION_H

#include <stddef.h>
#include <stdbool.h>
#include <termios.h>

// What takes the terminal back from a program that cannot do it itself any more. A process has one terminal; its guard is
// given this when it is started.
struct restoration {
  int terminal;
  struct termios modes;
  char leave[320];
  size_t leave_count;
};

extern struct restoration restoration;

// Only async-signal-safe calls, and none that waits for ever.
void restore_terminal(void);
// What it sends, without the modes.
void leave_terminal(void);

// Tells the guard that there is nothing left to do for it. Async-signal-safe.
void release_guard(void);

#endif
