#define _GNU_SOURCE
#include "CNcurses.h"
#include "restoration.h"
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int crash_signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
enum { crash_signal_count = sizeof crash_signals / sizeof *crash_signals };

static struct sigaction previous[crash_signal_count];
static volatile sig_atomic_t armed;

static void put_back_handlers(void) {
  for (int index = 0; index < crash_signal_count; index++) sigaction(crash_signals[index], &previous[index], NULL);
}

static void take_crash(int signal_number, siginfo_t *information, void *context) {
  (void)context;
  int saved_errno = errno;
  if (armed) {
    armed = 0;
    restore_terminal();
    // A second time would be after the backtrace, and move the cursor back over it.
    release_guard();
  }
  put_back_handlers();
  errno = saved_errno;
  // Sent from outside, no instruction will fail again after the handler: Swift's backtrace would be drawn, the process
  // would live on, and the backtrace's helper thread would spin on a socket that nobody holds any more.
  if (information != NULL && information->si_code == SI_USER) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
#ifdef SYS_rt_tgsigqueueinfo
  // With the first signal's own information, or the backtrace would lose the address of a bad access.
  pid_t thread = (pid_t)syscall(SYS_gettid);
  if (syscall(SYS_rt_tgsigqueueinfo, getpid(), thread, signal_number, information) == 0) return;
#else
  (void)information;
#endif
  raise(signal_number);
}

void cncurses_arm_crash_restore(int descriptor, const struct termios *modes, const char *leave, size_t count) {
  cncurses_disarm_crash_restore();
  restoration.modes = *modes;
  restoration.leave_count = count < sizeof restoration.leave ? count : sizeof restoration.leave;
  memcpy(restoration.leave, leave, restoration.leave_count);
  restoration.terminal = descriptor;

  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = take_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  // All blocked: with SIGTTOU blocked, tcsetattr does not stop a process in the background.
  sigfillset(&action.sa_mask);
  for (int index = 0; index < crash_signal_count; index++) sigaction(crash_signals[index], &action, &previous[index]);
  armed = 1;
}

void cncurses_disarm_crash_restore(void) {
  if (!armed) return;
  armed = 0;
  put_back_handlers();
}
