/*
 * store: one interface over SQLite (a file path) and PostgreSQL (postgresql://...).
 * Statements have names ("duty.load") and stand in sql/<noun>.sql; one text serves both engines.
 * Writing happens in transactions that store_submit runs: SQLite has one writer thread that commits whole
 * batches, in which a work fails alone; PostgreSQL one transaction per work on up to 16 connections.
 * `done` is called after the commit, never before it.
 */
#ifndef MUSTER_STORE_STORE_H
#define MUSTER_STORE_STORE_H
#include "base/err.h"
#include "base/rows.h"

typedef struct store store;
typedef struct store_txn store_txn; /* a connection inside a transaction, or a reader's snapshot */

typedef struct store_options {
    const char *url;  /* file or postgresql:// */
    bool stepped;     /* no threads: works run in store_step, which store_submit_wait calls by itself */
    bool read_only;   /* nothing is migrated or locked */
    const char *mode; /* for a new one: real, drill, demo */
    int64_t schema_max; /* for tests: migrations above it are not run; 0: all are */
    const char *uid;  /* for a new one; null: random */
} store_options;

/* Opens, locks (SQLite: FILE.lock) and migrates. Not ours, newer, locked, unwritable: an error that says so. */
err *store_open(arena *a, const store_options *o, store **out);
void store_close(store *s); /* finishes what was submitted */
bool store_is_postgres(const store *s);
/*
 * A whole copy as the database is now, in a new file that only its owner reads, though others write. The store is open
 * for reading and used by nobody else meanwhile. PostgreSQL: made by pg_dump, in its own format.
 */
err *store_copy(store *s, arena *a, const char *path);
/* SQLite: the file `with` becomes `path`; what was there is kept as `kept`. Open elsewhere: ERR_LOCKED, nothing done. */
err *store_replace(arena *a, const char *path, const char *with, const char *kept);

typedef struct store_work store_work;
struct store_work {
    /*
     * An error rolls this work back, no other; so does a query that failed, whatever run answers. It may be
     * called again from the start (PostgreSQL: deadlock, lost connection; SQLite: another of its batch failed). a lives until done has returned.
     */
    err *(*run)(store_work *w, store_txn *t, arena *a);
    void (*done)(store_work *w, err *e);                /* e: null = durable. Called on the writer's thread */
    store_work *next;                                   /* the store's */
};
/* The work stays the caller's until done. Queue full: ERR_LIMIT at once, done is not called. */
err *store_submit(store *s, store_work *w);
err *store_submit_wait(store *s, arena *a, store_work *w); /* done may be null; the error is copied into a */
/* All of them together, so that one commit may hold many; errors[i] is what became of works[i]. */
void store_submit_wait_all(store *s, arena *a, store_work *const *works, size_t count, err **errors);
void store_step(store *s); /* stepped only: one batch */

/*
 * Runs a named statement; args end with { 0 }. Texts live in a. rows may be null: then, on PostgreSQL, it is sent with the
 * next, whose error is its own; whoever wants to know at once what became of it takes rows.
 */
err *store_query(store_txn *t, arena *a, const char *statement, const named *args, rows *out);
/* A view's text, with its own argument types, prepared under its name. */
typedef struct store_param {
    const char *name;
    value_kind kind;
} store_param;
err *store_query_text(store_txn *t, arena *a, const char *name, str sql, const store_param *params, size_t count,
                      const named *args, rows *out);
/* Whether the text of this name is ready on this connection: then it may be asked for with an empty sql. */
bool store_has_text(const store_txn *t, const char *name);
/* A reader in one snapshot until store_read_end. */
err *store_read_begin(store *s, arena *a, store_txn **out);
void store_read_end(store_txn *t);
/*
 * From here on whoever begins to read with this arena, or one opened from it, reads in one and the same snapshot, taken at
 * the first reading; one that waits for a work with it reads anew behind that. One thread at a time, as the arena itself.
 */
void store_share_begin(store *s, arena *a);
void store_share_end(arena *a);

/* Inside a work: the next id of this connection's lane; the lane; the end of its audit chain. */
err *store_next_id(store_txn *t, arena *a, int64_t *id);
int64_t store_lane(const store_txn *t);
/* Whoever adds to the chain keeps its end here, so that the next need not look it up; a rollback forgets it. */
enum { STORE_HASH_BYTES = 32 };
typedef struct store_head {
    bool known;
    int64_t seq;
    char hash[STORE_HASH_BYTES];
} store_head;
store_head *store_lane_head(store_txn *t);
/*
 * Which constraint broke, from the last failed query, the same on both engines:
 * a unique index by its name ("audit_key"), or as PostgreSQL names one ("duty_pkey", "team_operation_id_community_code_key");
 * "duty_overlap"; the words a trigger raised ("append_only: audit", "roster_published", "order_released");
 * "foreign_key", "check", "not_null" for the rest; else "".
 */
str store_constraint(const store_txn *t);
/*
 * For fault tests, stepped: of the next works' named statements and ids the one after `queries` fails, of their
 * memory the allocation after `allocations`; negative switches it off.
 */
void store_fail_after(store *s, long queries, long allocations);
/* For tests: how many statements its connections have run; none is at work meanwhile. */
size_t store_statement_count(store *s);
/* For tests: makes every named statement ready on this connection. */
err *store_prepare_all(store_txn *t, arena *a);
#endif
