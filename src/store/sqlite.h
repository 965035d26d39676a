/*
 * sqlite: a file in WAL mode, one writer thread that commits whole batches, readers beside it; for src/store/sqlite*.c.
 * FILE.lock is held by flock as long as the store is open: two programs writing one file would each think they own lane 0.
 */
#ifndef MUSTER_STORE_SQLITE_H
#define MUSTER_STORE_SQLITE_H
#include "store/engine.h"

#include <sqlite3.h>

typedef struct sqlite {
    int lock;
    char run[40]; /* this opening, for the marks */
} sqlite;

typedef struct sqlite_connection {
    connection base;
    sqlite3 *db;
    sqlite3_stmt *begin, *look, *end; /* of a reader's snapshot; null: not yet ready */
    sqlite3_stmt *busy; /* stepped and not yet reset, should memory run out in between */
    int64_t batch;
    int wary; /* so many batches to come take savepoints at once: failures come in swarms */
} sqlite_connection;

sqlite_connection *sqlite_mine(connection *c);
/* The error of the call that just failed, with the constraint it broke; name: which statement, for the log. */
err *sqlite_failed(sqlite_connection *c, arena *a, const char *name);
err *sqlite_run_text(sqlite_connection *c, arena *a, const char *sql); /* any number of commands, no arguments */
void sqlite_leave(sqlite_connection *c); /* resets what is busy */
err *sqlite_dial(sqlite_connection *c, arena *a);
err *sqlite_connect(store *s, arena *a, bool reader, connection **out);
void sqlite_disconnect(connection *base);

/* Of sqlite_open.c. */
err *sqlite_open_store(store *s, arena *a);
void sqlite_close_all(store *s);
err *sqlite_prepare_writer(sqlite_connection *c, arena *a);
err *sqlite_take_lane(sqlite_connection *c, arena *a); /* no ids are reserved then, and no end of the chain is known */
err *sqlite_number_of(sqlite_connection *c, arena *a, const char *sql, int64_t *out); /* 0: no row */

/* Of sqlite_batch.c. */
bool sqlite_batch(connection *base, store_work *w, bool others);
#endif
