/*
 * request: one HTTP request as a handler sees it: read, checked, decoded. All of it lives in the request's arena.
 */
#ifndef MUSTER_WEB_REQUEST_H
#define MUSTER_WEB_REQUEST_H
#include "base/words.h"

typedef enum web_method { WEB_GET, WEB_HEAD, WEB_POST } web_method;

typedef struct header {
    str name, value; /* as sent; the value without white space around it */
} header;
enum { HEADERS_MAX = 64 };

typedef struct request {
    arena *a;
    int64_t now; /* ms UTC */
    web_method method;
    str target;      /* as sent: path and query */
    str path, query; /* the path decoded, UTF-8 without control bytes; the query as sent */
    header headers[HEADERS_MAX];
    size_t header_count;
    bool keep_alive;
    int64_t body_bytes; /* announced; 0: none */
    str body;           /* a form or JSON; empty where it went to a file */
    const char *upload; /* the file a body was streamed to; removed after the answer. Null: none */
    str address;        /* of whoever asks, without port */
    str host;           /* as the browser names us, with port: for links that leave the page */
    bool secure;        /* the browser speaks TLS to the proxy in front */
    words_lang lang;
} request;

str request_header(const request *q, const char *name); /* any case; empty: not sent */
str request_cookie(const request *q, const char *name);
/* An unreadable escape, NUL or bytes that are not UTF-8: false. plus: '+' is a space, as in forms. */
bool percent_decode(arena *a, str s, bool plus, str *out);
void percent_put(text *t, str s); /* everything but letters, digits and -._~ as %XX */
/* The first field of that name of the query or of a form body; empty where there is none. */
str query_field(const request *q, const char *name);
str form_field(const request *q, const char *name);
bool form_has(const request *q, const char *name);
/* One field after the other: rest begins as q->body or q->query. False at the end; what does not read is left out. */
bool form_next(arena *a, str *rest, str *name, str *value);
#endif
