#define _GNU_SOURCE
#include "CNcurses.h"
#include "restoration.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// What the program tells its guard; an end without a goodbye is a death.
#define GOODBYE "goodbye\n"
#define SUSPENDED "suspended\n"
#define RESUMED "resumed\n"

// Its input is the pipe, its output the terminal, which never blocks.
static char script[] =
    "trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE USR1 USR2 ALRM\n"
    // The groups are empty where the terminal does not control us, and nobody else can have it.
    "modes=$1 leave=$2 group=$3 starters_group=$4\n"
    "while read -r word; do\n"
    "  case $word in goodbye) exit ;; suspended) away=yes ;; resumed) away= ;; esac\n"
    "done\n"
    "[ -z \"$away\" ] || exit\n"
    // It is left alone while another job has it.
    "look() {\n"
    "  [ -z \"$group\" ] || read -r a b c d e f g foreground rest </proc/$$/stat\n"
    "  case $foreground in '' | -1 | \"$group\" | \"$starters_group\") ;; *) exit ;; esac\n"
    "}\n"
    "look\n"
    // Before a shell's prompt, if we are quick.
    "printf %s \"$leave\"\n"
    "failed=$?\n"
    // A shell is told of a death a moment after us, and sets modes of its own.
    "sleep 0.1\n"
    "look\n"
    // We draw without ISIG: with it, the shell has set them.
    "case $foreground in\n"
    "  \"$group\") ;;\n"
    "  \"$starters_group\") case $(stty -a <&1) in *[!-]isig*) modes= ;; esac ;;\n"
    "esac\n"
    "[ -z \"$modes\" ] || stty \"$modes\" <&1\n"
    // It may still be busy with the last frame.
    "for turn in 1 2 3 4 5 6 7 8 9 10; do\n"
    "  [ $failed != 0 ] && [ -t 1 ] || exit\n"
    "  sleep 0.2\n"
    "  printf %s \"$leave\"\n"
    "  failed=$?\n"
    "done\n";

// Negative before there is one, zero where none can be had.
static pid_t guard = -1;
static volatile int line = -1;

static void tell(const char *word) {
  int saved_errno = errno;
  if (line >= 0) {
    ssize_t written = write(line, word, strlen(word));
    (void)written;
  }
  errno = saved_errno;
}

// As `stty -g` has them.
static void write_modes(char *text, size_t size) {
  const struct termios *modes = &restoration.modes;
  int count = snprintf(text, size, "%x:%x:%x:%x", modes->c_iflag, modes->c_oflag, modes->c_cflag, modes->c_lflag);
  for (int index = 0; index < NCCS && count > 0 && (size_t)count < size; index++)
    count += snprintf(text + count, size - (size_t)count, ":%x", modes->c_cc[index]);
}

static int spawn(int news, char *const arguments[], char *const environment[], pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t blocked, ordinary;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, restoration.terminal, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, news, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  // Until the script ignores them.
  sigfillset(&blocked);
  sigdelset(&blocked, SIGCHLD);
  sigemptyset(&ordinary);
  sigaddset(&ordinary, SIGCHLD);
  posix_spawnattr_setsigmask(&attributes, &blocked);
  posix_spawnattr_setsigdefault(&attributes, &ordinary);
  // A group of its own: who kills the program's whole group is to leave a sane terminal too, and keys are not for it.
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  int result = posix_spawn(child, "/bin/sh", &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return result;
}

void cncurses_start_guard(void) {
  int ends[2];
  if (guard >= 0 || restoration.terminal < 0) return;
  guard = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  char modes[256], leave[sizeof restoration.leave + 1], group[16] = "", starters_group[16] = "";
  write_modes(modes, sizeof modes);
  memcpy(leave, restoration.leave, restoration.leave_count);
  leave[restoration.leave_count] = 0;
  if (tcgetpgrp(restoration.terminal) >= 0) {
    snprintf(group, sizeof group, "%d", getpgrp());
    snprintf(starters_group, sizeof starters_group, "%d", getpgid(getppid()));
  }
  // Nothing else: the program's environment may hold a secret.
  const char *places = getenv("PATH");
  size_t size = strlen(places ? places : "") + 32;
  char *path = malloc(size);
  if (path != NULL) snprintf(path, size, "PATH=%s", places ? places : "/usr/bin:/bin");
  char *const arguments[] = {"sh", "-c", script, "tty-guard", modes, leave, group, starters_group, NULL};
  char *const environment[] = {"LC_ALL=C", path, NULL};
  pid_t child;
  int result = spawn(ends[0], arguments, environment, &child);
  free(path);
  close(ends[0]);
  if (result != 0) {
    close(ends[1]);
    return;
  }
  guard = child;
  line = ends[1];
}

void cncurses_tell_guard(bool is_suspended) { tell(is_suspended ? SUSPENDED : RESUMED); }

void release_guard(void) { tell(GOODBYE); }

void cncurses_dismiss_guard(void) {
  pid_t dismissed = guard;
  guard = -1;
  if (dismissed <= 0) return;
  release_guard();
  int end = line;
  line = -1;
  close(end);
  // It is done in no time, unless somebody has stopped it.
  for (int turn = 0; turn < 1000; turn++) {
    if (waitpid(dismissed, NULL, WNOHANG) != 0) return;
    struct timespec moment = {.tv_nsec = 100000};
    nanosleep(&moment, NULL);
  }
  kill(dismissed, SIGKILL);
  while (waitpid(dismissed, NULL, 0) < 0 && errno == EINTR) continue;
}

pid_t cncurses_guard(void) { return guard; }
