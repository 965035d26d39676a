/*
 * postgres: up to 16 writing connections, each with a lane held by a session advisory lock; for src/store/postgres*.c.
 * A connection that breaks is made anew.
 */
#ifndef MUSTER_STORE_POSTGRES_H
#define MUSTER_STORE_POSTGRES_H
#include "store/engine.h"

#include <libpq-fe.h>

enum { LOCK_CLASS = 0x4d737472 /* 'Mstr' */ };

typedef struct postgres_connection {
    connection base;
    PGconn *pg;
    PGresult *result;     /* held until the next query: memory may run out while it is read */
    char state[6];        /* SQLSTATE of the last failure */
    int64_t names, dials; /* so many so far */
} postgres_connection;

postgres_connection *postgres_mine(connection *c);
bool postgres_lost(const postgres_connection *c); /* no connection, or a broken one */
/* The error of the result at hand; name: which statement, for the log. */
err *postgres_failed(postgres_connection *c, arena *a, const char *name);
/* One text of any number of commands, in one round trip; the last result is kept. */
err *postgres_run_text(postgres_connection *c, arena *a, const char *sql);
/* The same, and the first cell of its result; empty without one. */
err *postgres_ask(postgres_connection *c, arena *a, const char *sql, str *out);
err *postgres_dial(postgres_connection *c, arena *a);
err *postgres_take_lane(postgres_connection *c, arena *a); /* the lowest free one, until the session ends */
err *postgres_ready(postgres_connection *c, arena *a); /* dials where there is no connection or it broke */
void postgres_hang_up(postgres_connection *c);
void postgres_disconnect(connection *base);

/* Of postgres_open.c. */
err *postgres_open_store(store *s, arena *a);
void postgres_close_all(store *s);

/* Of postgres_work.c. */
bool postgres_batch(connection *base, store_work *w, bool others);
#endif
