#define _GNU_SOURCE
#include "guard_memory.h"
#include "restoration.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// Each function that is called behind it, once: to find a function by its name the dynamic linker needs its own memory.
static void look_up_functions(void) {
  struct termios modes;
  struct pollfd nobody = {.fd = -1};
  char byte;
  ssize_t count = read(-1, &byte, 0) + write(-1, &byte, 0);
  (void)count;
  tcgetattr(-1, &modes);
  tcgetpgrp(-1);
  tcsetattr(-1, TCSANOW, &modes);
  poll(&nobody, 1, 0);
  munmap(NULL, 0);
}

static bool lies_within(const volatile void *place, uintptr_t from, uintptr_t to) {
  return (uintptr_t)place >= from && (uintptr_t)place < to;
}

struct mapping {
  uintptr_t from, to;
  int field, letter;
  bool is_writable, is_private, has_file, has_name, is_heap;
};

// One character of /proc/self/maps: "from-to rw-p offset device inode   name". True at the end of a line.
static bool take(struct mapping *mapping, char character) {
  if (character == '\n') return true;
  if (character == ' ' && mapping->field < 5) {
    mapping->field += 1;
    mapping->letter = 0;
    return false;
  }
  int letter = mapping->letter++;
  unsigned digit = (unsigned)(character <= '9' ? character - '0' : character - 'a' + 10);
  switch (mapping->field) {
  case 0:
    if (character == '-') {
      mapping->from = mapping->to;
      mapping->to = 0;
    } else {
      mapping->to = mapping->to << 4 | digit;
    }
    break;
  case 1:
    if (letter == 1) mapping->is_writable = character == 'w';
    if (letter == 3) mapping->is_private = character == 'p';
    break;
  case 4: mapping->has_file |= character != '0'; break;
  case 5:
    if (character == ' ') break;
    if (mapping->has_name == false) mapping->has_name = true, mapping->letter = 0;
    if (mapping->letter == 1) mapping->is_heap = character == 'h';
    break;
  }
  return false;
}

void give_memory_back(void) {
  look_up_functions();
  int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (maps < 0) return;
  int *error = &errno;
  // Small ones may be libc's own.
  const uintptr_t worth_it = 256 << 10;
  struct mapping mapping = {0};
  char text[2048];
  ssize_t count;
  while ((count = read(maps, text, sizeof text)) > 0) {
    for (ssize_t index = 0; index < count; index++) {
      if (!take(&mapping, text[index])) continue;
      bool is_ours = lies_within(&mapping, mapping.from, mapping.to) || lies_within(error, mapping.from, mapping.to) ||
                     lies_within(&restoration, mapping.from, mapping.to);
      if (mapping.is_writable && mapping.is_private && !mapping.has_file && (!mapping.has_name || mapping.is_heap) &&
          mapping.to - mapping.from >= worth_it && !is_ours)
        munmap((void *)mapping.from, mapping.to - mapping.from);
      mapping = (struct mapping){0};
    }
  }
  close(maps);
}
