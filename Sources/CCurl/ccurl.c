#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>

// Of December 2022: CURLOPT_QUICK_EXIT, without which ending a call waits for a name that is being looked up.
#define OLDEST 0x075700

static struct {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_version_info) version_info;
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    CURLHcode (*easy_header)(CURL *, const char *, size_t, unsigned int, int, struct curl_header **);
    const char *(*easy_strerror)(CURLcode);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
    CURLMcode (*multi_add_handle)(CURLM *, CURL *);
    CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
    CURLMcode (*multi_perform)(CURLM *, int *);
    CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd[], unsigned int, int, int *);
    CURLMcode (*multi_wakeup)(CURLM *);
    CURLMsg *(*multi_info_read)(CURLM *, int *);
} lib;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;
static char text[256];

static bool find(void *library, const char *name, void *into)
{
    void *symbol = dlsym(library, name);
    if (!symbol) {
        snprintf(text, sizeof text, "libcurl.so.4 has no %s", name);
        problem = text;
    }
    *(void **)into = symbol;
    return symbol;
}

static void open_library(void)
{
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *error = dlerror();
        snprintf(text, sizeof text, "%s", error ? error : "libcurl.so.4 cannot be opened");
        problem = text;
        return;
    }
    // First of all, since an old library lacks some of the rest.
    if (!find(library, "curl_version_info", &lib.version_info)) return;
    const curl_version_info_data *version = lib.version_info(CURLVERSION_NOW);
    if (version->version_num < OLDEST) {
        snprintf(text, sizeof text, "libcurl %s is too old, 7.87 is the oldest that will do", version->version);
        problem = text;
        return;
    }
    if (find(library, "curl_global_init", &lib.global_init) && find(library, "curl_easy_init", &lib.easy_init) &&
        find(library, "curl_easy_cleanup", &lib.easy_cleanup) && find(library, "curl_easy_setopt", &lib.easy_setopt) &&
        find(library, "curl_easy_getinfo", &lib.easy_getinfo) && find(library, "curl_easy_header", &lib.easy_header) &&
        find(library, "curl_easy_strerror", &lib.easy_strerror) && find(library, "curl_slist_append", &lib.slist_append) &&
        find(library, "curl_slist_free_all", &lib.slist_free_all) && find(library, "curl_multi_init", &lib.multi_init) &&
        find(library, "curl_multi_setopt", &lib.multi_setopt) &&
        find(library, "curl_multi_add_handle", &lib.multi_add_handle) &&
        find(library, "curl_multi_remove_handle", &lib.multi_remove_handle) &&
        find(library, "curl_multi_perform", &lib.multi_perform) && find(library, "curl_multi_poll", &lib.multi_poll) &&
        find(library, "curl_multi_wakeup", &lib.multi_wakeup) &&
        find(library, "curl_multi_info_read", &lib.multi_info_read) && lib.global_init(CURL_GLOBAL_ALL) != CURLE_OK)
        problem = "libcurl cannot be set up";
}

const char *ccurl_open(void)
{
    pthread_once(&once, open_library);
    return problem;
}

const curl_version_info_data *ccurl_version(void) { return lib.version_info(CURLVERSION_NOW); }

void *ccurl_easy_init(void) { return lib.easy_init(); }
void ccurl_easy_cleanup(void *easy) { lib.easy_cleanup(easy); }

CURLcode ccurl_set_long(void *easy, CURLoption option, long value) { return lib.easy_setopt(easy, option, value); }
CURLcode ccurl_set_string(void *easy, CURLoption option, const char *value) { return lib.easy_setopt(easy, option, value); }
CURLcode ccurl_set_pointer(void *easy, CURLoption option, void *value) { return lib.easy_setopt(easy, option, value); }

CURLcode ccurl_set_blob(void *easy, CURLoption option, const void *bytes, size_t count)
{
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return lib.easy_setopt(easy, option, &blob);
}

CURLcode ccurl_set_write(void *easy, size_t (*write)(char *, size_t, size_t, void *), void *context)
{
    lib.easy_setopt(easy, CURLOPT_WRITEFUNCTION, write);
    return lib.easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)context;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

CURLcode ccurl_set_sockets(void *easy) { return lib.easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket); }

CURLcode ccurl_get_long(void *easy, CURLINFO info, long *value) { return lib.easy_getinfo(easy, info, value); }
CURLcode ccurl_get_time(void *easy, CURLINFO info, curl_off_t *value) { return lib.easy_getinfo(easy, info, value); }

const char *ccurl_header(void *easy, const char *name)
{
    struct curl_header *header = NULL;
    return lib.easy_header(easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : NULL;
}

const char *ccurl_words(CURLcode code) { return lib.easy_strerror(code); }
struct curl_slist *ccurl_append(struct curl_slist *list, const char *line) { return lib.slist_append(list, line); }
void ccurl_free_list(struct curl_slist *list) { lib.slist_free_all(list); }

void *ccurl_multi_init(long connections, long connections_per_host)
{
    CURLM *multi = lib.multi_init();
    if (!multi) return NULL;
    lib.multi_setopt(multi, CURLMOPT_MAXCONNECTS, connections);
    lib.multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections_per_host);
    return multi;
}

CURLMcode ccurl_multi_add(void *multi, void *easy) { return lib.multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(void *multi, void *easy) { return lib.multi_remove_handle(multi, easy); }

CURLMcode ccurl_multi_perform(void *multi)
{
    int running = 0;
    return lib.multi_perform(multi, &running);
}

CURLMcode ccurl_multi_poll(void *multi, int milliseconds) { return lib.multi_poll(multi, NULL, 0, milliseconds, NULL); }
CURLMcode ccurl_multi_wakeup(void *multi) { return lib.multi_wakeup(multi); }

void *ccurl_multi_ended(void *multi, CURLcode *result)
{
    int waiting = 0;
    for (CURLMsg *message; (message = lib.multi_info_read(multi, &waiting));)
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    return NULL;
}
