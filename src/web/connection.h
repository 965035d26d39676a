/*
 * connection: what server.c and connection.c share; for src/web alone. All of a connection happens on its loop.
 */
#ifndef MUSTER_WEB_CONNECTION_H
#define MUSTER_WEB_CONNECTION_H
#include "web/head.h"
#include "web/server.h"
#include "web/streams.h"

#include <pthread.h>
#include <stdatomic.h>
#include <uv.h>

enum {
    TICK_MS = 100,
    ADDRESS_MAX_BYTES = 46, /* INET6_ADDRSTRLEN */
    BUCKETS = 4096,
    UNREAD_MAX_BYTES = 64 << 10,      /* sent ahead of our answer: then we read no further */
    STREAM_BEHIND_MAX_BYTES = 64 << 10, /* a stream that does not take its events is closed */
    STREAMS_EVERY_MS = 1, STREAMS_AT_ONCE = 16, /* told what changed */
    LOG_MAX_BYTES = 32 << 10,
    DRAIN_MS = 1000,
    REFUSAL_BYTES = 32 << 10 /* to say that memory ran out */
};

/* How often and how much one address asks; shared by all of one hash, which only makes it stricter. */
typedef struct bucket {
    int connections;
    double tokens;
    uint64_t at; /* ms, of the loop's clock */
} bucket;

typedef struct loop {
    server *s;
    pthread_t thread;
    uv_loop_t uv;
    uv_tcp_t listener;
    uv_timer_t tick, pace; /* pace: while some stream is due */
    uv_async_t wake;
    connection *connections; /* all of them, a ring through next and before */
    size_t count;
    streams streams;
    bool stopping;
    uint64_t stop_at;
    bucket buckets[BUCKETS];
    char read_room[64 << 10]; /* every read goes through it: an idle connection holds no buffer */
    char log[LOG_MAX_BYTES];
    size_t log_len;
    pthread_mutex_t lock; /* of what other threads bring: */
    connection *answered;
    event *events, **last_event;
} loop;

struct server {
    server_options o;
    loop *loops;
    int count, port;
    _Atomic bool stop;
    _Atomic size_t streams;
};

typedef enum connection_state { IDLE, HEAD, BODY, BUSY, WRITING, STREAM, DRAIN, CLOSED } connection_state;

typedef struct sending {
    uv_write_t write;
    connection *c;
} sending;
typedef struct later {
    uv_work_t work;
    connection *c;
} later;

/* What lives as long as one request. */
typedef struct exchange {
    request q;
    response p;
    framing framing;
    int64_t body_left;
    char *body_at; /* where the next byte of a form goes */
    int upload;    /* file; -1: none */
    submission *submission;
    sending sending;
    later later;
    uint64_t began;
} exchange;

struct connection {
    uv_tcp_t tcp;
    loop *loop;
    connection *next, *before, *answered; /* the ring; the list of those whose command is done */
    connection_state state;
    uint64_t ends_at; /* of a stream; 0: never */
    uint64_t due_at; /* ms of the loop's clock, when patience ends */
    char *in;        /* not yet looked at; null while there is nothing */
    size_t in_len, in_room, searched;
    arena *a; /* of the exchange; null between two */
    exchange *x;
    stream *stream; /* null: it is none */
    uint32_t bucket;
    bool closing_after, read_stopped;
    char address[ADDRESS_MAX_BYTES];
};

void connection_accept(loop *l);
void connection_tick(connection *c, uint64_t now);
void connection_answered(connection *c); /* its command is done */
void connection_end(connection *c);      /* closes it; freed by the loop */
bool connection_may_end(const connection *c); /* at a stop: nothing is under way */
void connection_send_events(connection *c, event *const *events, unsigned count); /* in one write; may end it */
#endif
