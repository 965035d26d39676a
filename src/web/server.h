/*
 * server: HTTP/1.1 over libuv. One loop for each core, each with a listening socket of its own (SO_REUSEPORT).
 * A handler is a plain function of request and response and runs on a loop, so it must not wait: what waits is told
 * by response.later (another thread) or response.call (a command, whose answer leaves after its commit).
 * TLS is a proxy's work; X-Forwarded-For and -Proto are believed from that proxy's address alone.
 */
#ifndef MUSTER_WEB_SERVER_H
#define MUSTER_WEB_SERVER_H
#include "web/response.h"

typedef struct server server;
typedef struct server_limits {
    int head_ms, form_ms, upload_ms; /* from a request's first byte to its last: of the head, a form, an upload */
    int idle_ms, write_ms;           /* kept open without a request; an answer nobody takes */
    int ping_ms;                     /* between two signs of life of a stream */
    int stop_ms;                     /* after which a stop waits for nobody */
    int connections_per_address;     /* on one loop; 0: no limit. So for the next */
    int requests_per_second;         /* of one address on one loop, */
    int requests_burst;              /* after so many at once */
} server_limits;
extern const server_limits server_usual_limits;

typedef struct server_options {
    const char *listen; /* "127.0.0.1:8080", "[::]:8080"; port 0: a free one */
    int loops;
    const char *proxy;      /* address; null: none */
    const char *upload_dir; /* where bodies of uploads go; null: there are none */
    /* Whether this POST, whose head is read, is an upload; null: none is. */
    bool (*is_upload)(void *of, const request *q);
    response_step *handler;
    void *of;
    app *app;                 /* takes the commands; null: handlers give none */
    int64_t (*clock)(void);   /* ms UTC */
    void (*log)(str lines);   /* JSON, one line a request, no private data; null: nobody. From any loop */
    server_limits limits;
} server_options;

/* Bound and listening. An address that does not read or is taken: an error that names it. */
err *server_open(arena *a, const server_options *o, server **out);
int server_port(const server *s);
/* Until server_stop: then no new connection is taken, what is under way is finished, streams are closed. */
void server_run(server *s);
void server_stop(server *s); /* from any thread, and from a signal handler */
void server_close(server *s);
/* To every open stream of this topic, from any thread. event: as it goes out ("data: ...\n\n"). */
void server_publish(server *s, str topic, str event);
void server_end_streams(server *s, str topic); /* every open stream of it is closed, from any thread */
size_t server_stream_count(const server *s);
size_t server_streams_due(const server *s); /* that have not yet been told what was published */
/* The same answer without a socket, the command run to its end: for tests and benches. q.a, target and method are given. */
void server_answer(const server_options *o, request *q, response *p);
#endif
