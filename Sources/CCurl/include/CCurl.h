/// libcurl, opened with the first call that needs it: its thirty libraries take longer to load than a dashboard takes to its first
/// frame, and the version of its symbols differs between distributions.

#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stdbool.h>

/// Opens libcurl.so.4, once. NULL, or why it cannot be used. Safe from any thread; the text lives as long as the process.
const char *ccurl_open(void);
/// What was opened. Only after `ccurl_open` has answered NULL, as all that follows.
const curl_version_info_data *ccurl_version(void);

/// A transfer, or NULL without memory.
void *ccurl_easy_init(void);
void ccurl_easy_cleanup(void *easy);
/// `curl_easy_setopt`, which is variadic, for each kind of value.
CURLcode ccurl_set_long(void *easy, CURLoption option, long value);
CURLcode ccurl_set_string(void *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(void *easy, CURLoption option, void *value);
CURLcode ccurl_set_blob(void *easy, CURLoption option, const void *bytes, size_t count);
CURLcode ccurl_set_write(void *easy, size_t (*write)(char *bytes, size_t size, size_t count, void *context), void *context);
/// Sockets that a child process does not inherit.
CURLcode ccurl_set_sockets(void *easy);
CURLcode ccurl_get_long(void *easy, CURLINFO info, long *value);
CURLcode ccurl_get_time(void *easy, CURLINFO info, curl_off_t *microseconds);
/// A header of the last reply, or NULL; lives until the next call on the transfer.
const char *ccurl_header(void *easy, const char *name);
const char *ccurl_words(CURLcode code);
struct curl_slist *ccurl_append(struct curl_slist *list, const char *text);
void ccurl_free_list(struct curl_slist *list);

/// A pool of connections with at most so many of them, and so many to one host; NULL without memory.
void *ccurl_multi_init(long connections, long connections_per_host);
CURLMcode ccurl_multi_add(void *multi, void *easy);
CURLMcode ccurl_multi_remove(void *multi, void *easy);
CURLMcode ccurl_multi_perform(void *multi);
/// Waits for something to do, at most so long.
CURLMcode ccurl_multi_poll(void *multi, int milliseconds);
/// Ends a wait. The one call that another thread may make.
CURLMcode ccurl_multi_wakeup(void *multi);
/// The next transfer that has ended, and how; NULL when there is none.
void *ccurl_multi_ended(void *multi, CURLcode *result);

#endif
