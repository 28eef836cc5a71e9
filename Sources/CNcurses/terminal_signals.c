#define _GNU_SOURCE
#include "CNcurses.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static const int watched_signals[] = {SIGWINCH, SIGCONT, SIGTSTP};
enum { watched_signal_count = sizeof watched_signals / sizeof *watched_signals };

static struct sigaction previous[watched_signal_count];
static int ends[2] = {-1, -1};
static bool watching;

// A full pipe loses nothing: what is in it says already that there is something to look at.
static void note_signal(int signal_number) {
  int saved_errno = errno;
  unsigned char byte = (unsigned char)signal_number;
  ssize_t written = write(ends[1], &byte, 1);
  (void)written;
  errno = saved_errno;
}

static void install(int signal_number, struct sigaction *before) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(signal_number, &action, before);
}

int cncurses_watch_signals(void) {
  if (watching) return ends[0];
  if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  watching = true;
  for (int index = 0; index < watched_signal_count; index++) install(watched_signals[index], &previous[index]);
  return ends[0];
}

void cncurses_unwatch_signals(void) {
  if (!watching) return;
  watching = false;
  for (int index = 0; index < watched_signal_count; index++) sigaction(watched_signals[index], &previous[index], NULL);
}

void cncurses_stop_group(void) {
  // The default action stops us; Dispatch's threads block the signal, and this may be one of them.
  struct sigaction stop, watched;
  memset(&stop, 0, sizeof stop);
  stop.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &stop, &watched);
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &signals, &before);
  kill(0, SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int cncurses_next_signal(void) {
  unsigned char byte;
  return read(ends[0], &byte, 1) == 1 ? byte : 0;
}

void cncurses_expect_stop(void) { install(SIGTSTP, NULL); }
