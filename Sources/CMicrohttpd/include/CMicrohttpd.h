#ifndef CMICROHTTPD_H
#define CMICROHTTPD_H

#include <microhttpd.h>
// Swift's module of the C library lacks it.
#include <sys/eventfd.h>

/// libmicrohttpd, opened when it is first needed: what is linked is loaded by every command, and most serve nothing.
/// Nothing here may be called before `cmhd_open` has returned NULL.

/// NULL once the library is open, else why it is not. From any thread.
const char *cmhd_open(void);

/// The version of the library that was opened.
const char *cmhd_version(void);

/// What a daemon is started with. The sockets are the caller's: one that listens, bound already.
struct cmhd_settings {
  int listening;
  unsigned int connections;
  /// Bytes for each connection's header, in both directions.
  size_t memory;
  void *context;
  MHD_AccessHandlerCallback answer;
  /// Given the target of each request as it was sent; what it returns is ignored.
  void *(*target)(void *context, const char *uri, struct MHD_Connection *connection);
  MHD_NotifyConnectionCallback connection;
  MHD_RequestCompletedCallback completed;
};

/// A daemon without a thread, for the caller's own loop; NULL with errno when there can be none.
struct MHD_Daemon *cmhd_start(const struct cmhd_settings *settings);
/// Closes all connections, none of which may be suspended. The listening socket stays open.
void cmhd_stop(struct MHD_Daemon *daemon);
/// Accepts no more connections.
void cmhd_quiesce(struct MHD_Daemon *daemon);
/// Does what is to be done now.
void cmhd_run(struct MHD_Daemon *daemon);
/// Readable when `cmhd_run` has something to do.
int cmhd_poll_descriptor(struct MHD_Daemon *daemon);
/// Whether `cmhd_run` has something to do whatever the descriptor says.
int cmhd_is_pending(struct MHD_Daemon *daemon);

int cmhd_socket(struct MHD_Connection *connection);
void cmhd_headers(struct MHD_Connection *connection, MHD_KeyValueIterator each, void *context);
void cmhd_suspend(struct MHD_Connection *connection);
void cmhd_resume(struct MHD_Connection *connection);

/// A response with a copy of the bytes.
struct MHD_Response *cmhd_copied(const void *bytes, size_t count);
/// A response that is read piece by piece; of `UINT64_MAX` bytes, it is as long as the reader says.
struct MHD_Response *cmhd_read(
  uint64_t count, MHD_ContentReaderCallback reader, void *context, MHD_ContentReaderFreeCallback release);
void cmhd_add_header(struct MHD_Response *response, const char *name, const char *value);
/// Sends a response and lets go of it.
enum MHD_Result cmhd_queue(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response);

/// The library's constants, in a form that Swift reads alike from all of its versions.
static const enum MHD_Result cmhd_yes = MHD_YES;
static const enum MHD_Result cmhd_no = MHD_NO;
static const enum MHD_ConnectionNotificationCode cmhd_started = MHD_CONNECTION_NOTIFY_STARTED;

/// What `poll` says of a client that sends no more; Swift's module of the C library lacks it.
extern const short cmhd_client_left;
/// Names the calling thread, which Swift's module of the C library cannot.
void cmhd_name_thread(const char *name);

#endif
