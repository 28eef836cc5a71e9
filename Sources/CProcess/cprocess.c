#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <langinfo.h>
#include <link.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

bool cprocess_hide_memory(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0; }

static int let_go(struct dl_phdr_info *object, size_t size, void *context) {
  (void)size, (void)context;
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || part->p_flags & PF_W) continue;
    const uintptr_t start = (object->dlpi_addr + part->p_vaddr) & ~(page - 1);
    const uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
    if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
  }
  // The program itself comes first; libraries are shared with others.
  return 1;
}

void cprocess_share_heap(void) { mallopt(M_ARENA_MAX, 1); }

void cprocess_let_go_of_start(void) { dl_iterate_phdr(let_go, NULL); }

void cprocess_wipe(const char *variable) {
  size_t length = strlen(variable);
  for (char **entry = environ; entry && *entry; entry++)
    if (strncmp(*entry, variable, length) == 0 && (*entry)[length] == '=')
      explicit_bzero(*entry + length + 1, strlen(*entry + length + 1));
}

bool cprocess_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Ends the process as a child of it has ended, once that one has.
static void reap(pid_t child) {
  int status;
  pid_t ended;
  while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
    if (ended == child) _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void cprocess_leave_reaper(const char *const *secrets) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  // Where it is ignored, children leave no status.
  struct sigaction usual = {.sa_handler = SIG_DFL}, inherited;
  sigaction(SIGCHLD, &usual, &inherited);
  pid_t child = fork();
  if (child <= 0) {
    sigaction(SIGCHLD, &inherited, NULL);
    if (child == 0) prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return;
  }
  for (; *secrets; secrets++) cprocess_wipe(*secrets);
  cprocess_hide_memory();
  for (;;) {
    siginfo_t info;
    int signal = sigwaitinfo(&all, &info);
    if (signal == SIGCHLD) reap(child);
    // What the terminal sends, it sends to the child too.
    else if (signal > 0 && info.si_code != SI_KERNEL) kill(child, signal);
  }
}

bool cprocess_pipe(int *ends) { return pipe2(ends, O_CLOEXEC) == 0; }

void *cprocess_open_charset(const char *name) {
  iconv_t converter = iconv_open(name, "UTF-8");
  return converter == (iconv_t)-1 ? NULL : converter;
}

size_t cprocess_convert(void *converter, const char *text, size_t count, char *out, size_t *lacking) {
  char *in = (char *)text, *end = out;
  size_t left = count, room = count * 8 + 16;
  iconv(converter, NULL, NULL, NULL, NULL);
  while (left > 0) {
    if (iconv(converter, &in, &left, &end, &room) != (size_t)-1) break;
    if (errno == E2BIG) break;
    do {
      in++;
      left--;
    } while (left > 0 && ((unsigned char)*in & 0xC0) == 0x80);
    char mark = '?', *from = &mark;
    size_t one = 1;
    iconv(converter, &from, &one, &end, &room);
    ++*lacking;
  }
  iconv(converter, NULL, NULL, &end, &room);
  return (size_t)(end - out);
}

void cprocess_close_charset(void *converter) { iconv_close(converter); }

bool cprocess_charset_of(const char *locale, char *name, size_t room) {
  locale_t found = newlocale(LC_CTYPE_MASK, locale, (locale_t)0);
  if (!found) return false;
  snprintf(name, room, "%s", nl_langinfo_l(CODESET, found));
  freelocale(found);
  return true;
}
