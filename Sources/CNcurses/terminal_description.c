#include "CNcurses.h"
#include <term.h>

int cncurses_describe(const char *name, int *colors, int *moves_cursor) {
  int result = 0;
  if (setupterm(name, 1, &result) != OK || result != 1) return -1;
  *colors = tigetnum("colors");
  char *move = tigetstr("cup");
  *moves_cursor = move != NULL && move != (char *)-1;
  del_curterm(cur_term);
  return 0;
}
