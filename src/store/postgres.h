/*
 * postgres: up to 16 writing connections, each with a lane held by a session advisory lock; for src/store/postgres*.c.
 * A connection that breaks is made anew.
 */
#ifndef MUSTER_STORE_POSTGRES_H
#define MUSTER_STORE_POSTGRES_H
#include "store/engine.h"

#include <libpq-fe.h>

enum { LOCK_CLASS = 0x4d737472 /* 'Mstr' */, PENDING_MAX = 64 };

typedef struct postgres_connection {
    connection base;
    PGconn *pg;
    PGresult *result;     /* held until the next query: memory may run out while it is read */
    char state[6];        /* SQLSTATE of the last failure */
    int64_t names, dials; /* so many so far */
    /* Of a work: sent, not yet answered, in their order. */
    bool piped;
    char xid[24]; /* the transaction's number, once its answer is read */
    const char *pending[PENDING_MAX];
    size_t pending_count;
} postgres_connection;

postgres_connection *postgres_mine(connection *c);
bool postgres_lost(const postgres_connection *c); /* no connection, or a broken one */
/* The error of the result at hand; name: which statement, for the log. */
err *postgres_failed(postgres_connection *c, arena *a, const char *name);
/* One text of any number of commands, in one round trip; the last result is kept. */
err *postgres_run_text(postgres_connection *c, arena *a, const char *sql);
/* The same, and the first cell of its result; empty without one. */
err *postgres_ask(postgres_connection *c, arena *a, const char *sql, str *out);
/*
 * Of one work: from begin to end statements are sent without waiting (libpq's pipeline); their answers are read, all of
 * them, when the rows of one are wanted or postgres_pipe_wait is called. The error is that of the first that failed.
 */
extern const char postgres_ask_xid[]; /* sent in a pipe, its answer is kept as xid */
bool postgres_pipe_begin(postgres_connection *c);
err *postgres_pipe_send(postgres_connection *c, arena *a, const char *sql); /* a literal without arguments */
err *postgres_pipe_wait(postgres_connection *c, arena *a);                  /* c->result: of the last */
void postgres_pipe_end(postgres_connection *c); /* what is under way is read and forgotten */
err *postgres_dial(postgres_connection *c, arena *a);
err *postgres_take_lane(postgres_connection *c, arena *a); /* the lowest free one, until the session ends */
err *postgres_ready(postgres_connection *c, arena *a); /* dials where there is no connection or it broke */
void postgres_hang_up(postgres_connection *c);
void postgres_disconnect(connection *base);

/* Of postgres_pipe.c, for postgres.c. */
err *postgres_pipe_sent(postgres_connection *c, arena *a, const char *name, int sent);
void postgres_drop(postgres_connection *c); /* the result at hand */

/* Of postgres_open.c. */
err *postgres_open_store(store *s, arena *a);
void postgres_close_all(store *s);

/* Of postgres_work.c. */
bool postgres_batch(connection *base, store_work *w, bool others);
#endif
