#define _GNU_SOURCE
#include "CMicrohttpd.h"

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/// Since 0.9.54, with 1.0 too.
static const char *const library = "libmicrohttpd.so.12";

#define FUNCTIONS(X)                                                                                                   \
  X(add_response_header)                                                                                               \
  X(create_response_from_buffer)                                                                                       \
  X(create_response_from_callback)                                                                                     \
  X(destroy_response)                                                                                                  \
  X(get_connection_info)                                                                                               \
  X(get_connection_values)                                                                                             \
  X(get_daemon_info)                                                                                                   \
  X(get_timeout)                                                                                                       \
  X(get_version)                                                                                                       \
  X(queue_response)                                                                                                    \
  X(quiesce_daemon)                                                                                                    \
  X(resume_connection)                                                                                                 \
  X(run)                                                                                                               \
  X(start_daemon)                                                                                                      \
  X(stop_daemon)                                                                                                       \
  X(suspend_connection)

#define MEMBER(name) __typeof__(MHD_##name) *name;
static struct {
  FUNCTIONS(MEMBER)
} mhd;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[256];
static int is_open;

static void note_problem(void) {
  const char *words = dlerror();
  snprintf(problem, sizeof problem, "%s", words ? words : "it cannot be opened");
}

static void open_library(void) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    note_problem();
    return;
  }
  // Through memcpy, since C knows no cast from a pointer to data to one to a function.
#define LOAD(name)                                                                                                     \
  {                                                                                                                    \
    void *found = dlsym(handle, "MHD_" #name);                                                                         \
    if (!found) {                                                                                                      \
      note_problem();                                                                                                  \
      return;                                                                                                          \
    }                                                                                                                  \
    memcpy(&mhd.name, &found, sizeof found);                                                                           \
  }
  FUNCTIONS(LOAD)
  is_open = 1;
}

const char *cmhd_open(void) {
  pthread_once(&once, open_library);
  return is_open ? NULL : problem;
}

const char *cmhd_version(void) { return mhd.get_version(); }

struct MHD_Daemon *cmhd_start(const struct cmhd_settings *settings) {
  const struct MHD_OptionItem options[] = {
    {MHD_OPTION_LISTEN_SOCKET, settings->listening, NULL},
    {MHD_OPTION_CONNECTION_LIMIT, settings->connections, NULL},
    {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)settings->memory, NULL},
    {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
    {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)settings->target, settings->context},
    {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)settings->connection, settings->context},
    {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)settings->completed, settings->context},
    {MHD_OPTION_END, 0, NULL},
  };
  // Without MHD_USE_ERROR_LOG: a dashboard may own the terminal.
  return mhd.start_daemon(
    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK, 0, NULL, NULL, settings->answer,
    settings->context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

void cmhd_stop(struct MHD_Daemon *daemon) { mhd.stop_daemon(daemon); }

void cmhd_quiesce(struct MHD_Daemon *daemon) { mhd.quiesce_daemon(daemon); }

void cmhd_run(struct MHD_Daemon *daemon) { mhd.run(daemon); }

int cmhd_poll_descriptor(struct MHD_Daemon *daemon) {
  return mhd.get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int cmhd_is_pending(struct MHD_Daemon *daemon) {
  // No connection has a time-out, so there is no other time to wait for than none.
  unsigned long long milliseconds;
  return mhd.get_timeout(daemon, &milliseconds) == MHD_YES;
}

int cmhd_socket(struct MHD_Connection *connection) {
  return mhd.get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

void cmhd_headers(struct MHD_Connection *connection, MHD_KeyValueIterator each, void *context) {
  mhd.get_connection_values(connection, MHD_HEADER_KIND, each, context);
}

void cmhd_suspend(struct MHD_Connection *connection) { mhd.suspend_connection(connection); }

void cmhd_resume(struct MHD_Connection *connection) { mhd.resume_connection(connection); }

struct MHD_Response *cmhd_copied(const void *bytes, size_t count) {
  return mhd.create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

struct MHD_Response *cmhd_read(
  uint64_t count, MHD_ContentReaderCallback reader, void *context, MHD_ContentReaderFreeCallback release) {
  return mhd.create_response_from_callback(count, 32768, reader, context, release);
}

void cmhd_add_header(struct MHD_Response *response, const char *name, const char *value) {
  mhd.add_response_header(response, name, value);
}

enum MHD_Result cmhd_queue(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
  enum MHD_Result result = mhd.queue_response(connection, status, response);
  mhd.destroy_response(response);
  return result;
}

const short cmhd_client_left = POLLRDHUP;

void cmhd_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
