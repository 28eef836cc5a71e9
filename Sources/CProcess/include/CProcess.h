#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <stddef.h>

/// Keeps what is in memory from core dumps, piped ones too, and from the user's other programs. True where that holds.
bool cprocess_hide_memory(void);

/// Gives all threads one heap. With one for each, what one thread gives back is not there for another: a page of metrics for 200 accounts,
/// made on whichever thread is free, leaves several megabytes in each.
void cprocess_share_heap(void);

/// Lets go of the program's own code, which the kernel reads again where it is used again. It keeps 64 kB around each place that a start
/// comes through: two thirds of all code, of which a program that has started needs half.
void cprocess_let_go_of_start(void);

/// Overwrites the value of a variable in the block that the process was started with, which /proc shows for as long as it lives.
void cprocess_wipe(const char *variable);

/// Whether a signal is ignored.
bool cprocess_is_ignored(int signal);

/// Goes on in a child. The caller stays behind as process 1 should: it hands signals on, reaps whatever ends, and ends as the
/// child does; in it, the variables are wiped. Returns in the child alone, or at once where there can be none.
void cprocess_leave_reaper(const char *const *secrets);

/// A pipe that no other child inherits. False, with errno, where there is none.
bool cprocess_pipe(int *ends);

/// A converter from UTF-8 into a character set; NULL where the system has none.
void *cprocess_open_charset(const char *name);

/// Converts all of a text; what the character set lacks becomes a question mark and is counted. The room must be eight bytes for
/// each one of the text, and sixteen more. Returns the bytes that were written.
size_t cprocess_convert(void *converter, const char *text, size_t count, char *out, size_t *lacking);

void cprocess_close_charset(void *converter);

/// The name of the character set of an installed locale, in the buffer; false where it is not installed.
bool cprocess_charset_of(const char *locale, char *name, size_t room);

#endif
