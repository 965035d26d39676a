/*
 * response: what a handler answers. It fills the values; the server writes them out, so that no handler can forget a
 * security header or a length. Lives in the request's arena.
 */
#ifndef MUSTER_WEB_RESPONSE_H
#define MUSTER_WEB_RESPONSE_H
#include "command/app.h"
#include "web/request.h"

enum { RESPONSE_HEADERS_MAX = 8, TOPICS_MAX = 32 };

typedef struct response response;
typedef void response_step(void *of, request *q, response *p);
struct response {
    int status;       /* 200 at first */
    const char *type; /* "text/html; charset=utf-8" at first */
    str body;
    str squeezed; /* the body by gzip, where it is at hand already */
    const char *route; /* for the log, which holds no path: paths hold tokens */
    str detail;        /* for the log alone: what went wrong inside; nothing private */
    header extra[RESPONSE_HEADERS_MAX];
    size_t extra_count;
    bool cached;           /* a fingerprinted asset: for ever; everything else is no-store */
    bool scripted;         /* the page has a script of ours; else the policy lets none run */
    str style_hash;        /* of the page's inlined style, for the policy; empty: none is allowed */
    /* Not the last word yet: runs on another thread, where it may wait; cleared before it runs. */
    response_step *later;
    /* Nor this: a command is submitted; after the commit `then` runs on the loop with what became of it. */
    const call *call;
    void (*then)(void *of, request *q, response *p, err *e, str result);
    void *step_data; /* the handler's, for later and then */
    /* An event stream: of these topics, separated by spaces; `body` is what it begins with. */
    bool stream;
    str topics;
    int64_t stream_ms; /* it ends by itself then; 0: never */
};

/* The value is copied; one with a control byte is left out. */
void response_header(request *q, response *p, const char *name, str value);
/* 303: what a POST answers, so that going back does not send it again. */
void response_see(request *q, response *p, str path);
/* HttpOnly, SameSite=Lax, Path=/, Secure where the browser speaks TLS. seconds 0: until the browser ends; < 0: gone. */
void response_cookie(request *q, response *p, const char *name, str value, int64_t seconds);
/* The head as it goes out on the wire, and the body, squeezed where that pays. closing: says so. */
str response_head(request *q, const response *p, bool closing, str *body);
/* A short plain page for what no handler saw: framing, limits. Both languages, as nobody has been asked yet. */
void response_refuse(request *q, response *p, int status);
#endif
