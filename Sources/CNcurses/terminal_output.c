#define _GNU_SOURCE
#include "CNcurses.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int cncurses_reopen_terminal(int descriptor) {
  const int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
  int opened = -1;
  // What su and sudo leave to somebody else can still be opened by this name.
  if (tcgetpgrp(descriptor) >= 0) opened = open("/dev/tty", flags);
  if (opened < 0) {
    char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    opened = open(name, flags);
  }
  if (opened >= 0 && isatty(opened)) return opened;
  if (opened >= 0) close(opened);
  return fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

int cncurses_capture(int descriptor) {
  int memory = memfd_create("frame", MFD_CLOEXEC);
  if (memory < 0) return -1;
  int result = dup3(memory, descriptor, O_CLOEXEC);
  close(memory);
  return result < 0 ? -1 : 0;
}
