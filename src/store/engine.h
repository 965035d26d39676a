/*
 * engine: what the files of store and the two engines share; for src/store alone.
 * A connection belongs to one thread at a time. A writer's holds its lane and the ids reserved in it.
 */
#ifndef MUSTER_STORE_ENGINE_H
#define MUSTER_STORE_ENGINE_H
#include "base/limits.h"
#include "store/statement.h"
#include "base/embed.h"
#include "store/store.h"

#include <pthread.h>

enum {
    LANE_SHIFT = 40, /* id = lane * 2^40 + counter */
    LANE_MAX = 4095,
    IDS_RESERVED = 1000,
    WORKERS_MAX = 16, /* writing connections to PostgreSQL */
    READERS_MAX = 16,
    RETRIES_MAX = 3,
    BATCH_MAX_MS = 5,
    WORK_MAX_BYTES =
        64 << 20, /* arena of one work; a bulk piece or a whole published roster fits */
    CONNECTION_MAX_BYTES = 64 << 20,
    OUTAGE_PAUSE_MS = 300,
    PREPARED_SLOTS = 256,
    PREPARED_MAX = 1000, /* then the cache starts anew */
    CONSTRAINT_MAX_BYTES = 160
};

/* A statement made ready on one connection; found again by name and text. */
typedef struct prepared prepared;
struct prepared {
    prepared *next;
    str name, sql; /* sql as the engine takes it */
    str key;       /* the text it was made from */
    const statement_param *params;
    size_t param_count;
    void *handle; /* SQLite: the statement. PostgreSQL: its name there */
    int *index;   /* SQLite: the number of each parameter, 0 where unused */
};

typedef struct connection {
    store *s;
    arena *a; /* its own; the prepared statements live in it */
    prepared *slots[PREPARED_SLOTS];
    size_t prepared_count;
    prepared **named; /* by the place of the statement in store.statements; null: not yet ready */
    bool reader;
    size_t ran; /* statements */
    int64_t lane, next, until; /* counters next .. until - 1 are ours */
    store_head head;
    char constraint[CONSTRAINT_MAX_BYTES];
} connection;

struct store_txn {
    store *s;
    connection *c;
    arena *a;    /* the work's */
    err *failed; /* the first query that failed; all later ones are refused with it */
    bool open;   /* readers */
    struct share *share; /* of a reader whose snapshot is not its own; else null */
};

/* One snapshot of all who read with an arena. */
typedef struct share {
    store *s;
    connection *c; /* null: none is taken yet */
    int reading;   /* begun, not yet ended */
    bool stale;    /* given back when nobody reads in it */
} share;

typedef struct engine {
    err *(*open)(store *s, arena *a); /* locks, checks, migrates */
    void (*close)(store *s);
    err *(*connect)(store *s, arena *a, bool reader, connection **out);
    void (*disconnect)(connection *c);
    /* Runs the work and what else it takes; answers them. False, only where others are there to take it: no
     * connection, w is unanswered. */
    bool (*batch)(connection *c, store_work *w, bool others);
    err *(*prepare)(connection *c, arena *a, prepared *p);
    void (*forget)(connection *c, prepared *p);
    /* out null: nobody wants rows; its error may be that of a later one, at the latest of the commit. */
    err *(*query)(connection *c, arena *a, prepared *p, const value *values, rows *out);
    err *(*read_begin)(connection *c, arena *a);
    void (*read_end)(connection *c);
    size_t workers_max;
} engine;
extern const engine engine_sqlite, engine_postgres;

typedef struct worker {
    store *s;
    pthread_t thread;
    connection *c;
} worker;

struct store {
    arena *a;
    const engine *engine;
    store_options o;
    const char *label; /* the file, or host and database, for errors; never a password */
    statements statements;
    void *own; /* the engine's */
    long fail_query, fail_allocation; /* for fault tests: how many more go well; negative: all */

    pthread_mutex_t lock; /* over all below */
    pthread_cond_t wake, reader_free;
    store_work *first, *last;
    size_t waiting;
    bool closing;
    worker workers[WORKERS_MAX];
    size_t worker_count, live, idle; /* live: those not waiting for the database to come back */
    connection *readers[READERS_MAX];
    size_t readers_idle, readers_out;
};

/* Between the files of store, for the engines too. */
void share_renew(const arena *a); /* whoever reads with it next takes a new snapshot */
bool store_worker_start(store *s); /* locked, or before the store is shared */
store_work *store_take(store *s); /* the next waiting work, or null */
/* Runs one work inside an open transaction; also catches memory that ran out. Ids go back on an error. */
err *work_run(connection *c, store_work *w, arena *a);
connection *connection_open(store *s, bool reader, size_t bytes);
void connection_close(connection *c); /* forgets its statements, then its memory */
void connection_forget(connection *c);
err *store_err(arena *a, store *s, err_code code, const char *message, const char *detail);
/* Runs a text without a name: the engines' own small queries. */
err *connection_query(connection *c, arena *a, const char *sql, const named *args, rows *out);
/* How a schema version found in a database stands to this program's; null: fine, migrate from it. */
err *store_version(store *s, arena *a, int64_t have);
bool store_wants(const store *s, const embedded *migration); /* within schema_max */
str store_uid(arena *a); /* 32 random hex digits */
str store_installation_uid(const store *s, arena *a); /* of a new one */
const char *store_mode(const store *s);
#endif
