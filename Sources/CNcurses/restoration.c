#define _GNU_SOURCE
#include "restoration.h"
#include <errno.h>
#include <poll.h>
#include <unistd.h>

struct restoration restoration = {.terminal = -1};

// Modes first: a terminal that is stuck takes no output, but still modes.
void restore_terminal(void) {
  tcsetattr(restoration.terminal, TCSANOW, &restoration.modes);
  leave_terminal();
}

void leave_terminal(void) {
  const char *rest = restoration.leave;
  size_t count = restoration.leave_count;
  while (count > 0) {
    struct pollfd state = {.fd = restoration.terminal, .events = POLLOUT};
    if (poll(&state, 1, 200) <= 0) {
      if (errno == EINTR) continue;
      return;
    }
    ssize_t written = write(restoration.terminal, rest, count);
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written <= 0) return;
    rest += written;
    count -= (size_t)written;
  }
}
