#define _GNU_SOURCE
#include "CNcurses.h"
#include "guard_memory.h"
#include "restoration.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// What the program tells its guard; an end without a goodbye is a death.
enum { goodbye = 'g', suspended = 's', resumed = 'r' };

static pid_t guard = -1;
static volatile int line = -1;

static void tell(char word) {
  int saved_errno = errno;
  if (line >= 0) {
    ssize_t written = write(line, &word, 1);
    (void)written;
  }
  errno = saved_errno;
}

static void close_all_but(int one, int other) {
  unsigned low = (unsigned)(one < other ? one : other), high = (unsigned)(one < other ? other : one);
#ifdef SYS_close_range
  if ((low == 0 || syscall(SYS_close_range, 0, low - 1, 0) == 0) &&
      (high - low < 2 || syscall(SYS_close_range, low + 1, high - 1, 0) == 0) &&
      syscall(SYS_close_range, high + 1, ~0U, 0) == 0)
    return;
#endif
  long limit = sysconf(_SC_OPEN_MAX);
  if (limit < 0 || limit > 65536) limit = 65536;
  for (int descriptor = 0; descriptor < limit; descriptor++)
    if (descriptor != one && descriptor != other) close(descriptor);
}

// The terminal is put right when it was the program's, or has gone back already to whoever started it: a shell is told of a
// death a moment after us, and we may be the slower. It is left alone while another job has it.
static void take_terminal_back(pid_t group, pid_t starters_group) {
  struct termios modes;
  if (tcgetattr(restoration.terminal, &modes) != 0) return;
  pid_t foreground = tcgetpgrp(restoration.terminal);
  bool has_shell = foreground != group && foreground == starters_group;
  // Without job control nobody else can have it.
  if (foreground >= 0 && foreground != group && !has_shell) return;
  // We draw without ISIG: with it, the shell has set its own modes by now.
  if (has_shell && modes.c_lflag & ISIG)
    leave_terminal();
  else
    restore_terminal();
}

static _Noreturn void keep_watch(int news, pid_t group, pid_t starters_group) {
  // A group of its own: who kills the program's whole group is to leave a sane terminal too.
  setpgid(0, 0);
  // Not with the program's name, by which pkill would find both.
  prctl(PR_SET_NAME, "tty-guard");
  close_all_but(news, restoration.terminal);
  give_memory_back();
  bool is_away = false;
  while (true) {
    char word = 0;
    ssize_t count = read(news, &word, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    if (word == goodbye) _exit(0);
    is_away = word == suspended;
  }
  if (!is_away) take_terminal_back(group, starters_group);
  _exit(0);
}

void cncurses_start_guard(void) {
  int ends[2];
  if (guard > 0 || restoration.terminal < 0 || pipe2(ends, O_CLOEXEC) != 0) return;
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  pid_t group = getpgrp(), starters_group = getpgid(getppid());
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  // Not fork: its handlers take locks, and its child ends with a SIGCHLD, which is for those who wait for other children.
  long child = syscall(SYS_clone, 0UL, 0UL, 0UL, 0UL, 0UL);
  if (child == 0) keep_watch(ends[0], group, starters_group);
  // Here too, as nobody knows who is first.
  if (child > 0) setpgid((pid_t)child, (pid_t)child);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(ends[0]);
  if (child < 0) {
    close(ends[1]);
    return;
  }
  guard = (pid_t)child;
  line = ends[1];
}

void cncurses_tell_guard(bool is_suspended) { tell(is_suspended ? suspended : resumed); }

void release_guard(void) { tell(goodbye); }

void cncurses_dismiss_guard(void) {
  if (guard < 0) return;
  release_guard();
  int end = line;
  line = -1;
  close(end);
  // It is done in no time, unless somebody has stopped it.
  for (int turn = 0; turn < 1000; turn++) {
    if (waitpid(guard, NULL, WNOHANG | __WALL) != 0) {
      guard = -1;
      return;
    }
    struct timespec moment = {.tv_nsec = 100000};
    nanosleep(&moment, NULL);
  }
  kill(guard, SIGKILL);
  while (waitpid(guard, NULL, __WALL) < 0 && errno == EINTR) continue;
  guard = -1;
}

pid_t cncurses_guard(void) { return guard; }
