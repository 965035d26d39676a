/*
 * sqlite_batch: works that wait together are committed together. A savepoint for each costs more than many a work, so
 * there is none until one of them has failed after writing; one that was refused before it wrote needs nothing undone.
 * Each batch leaves its mark in lane.holder, by which a COMMIT that failed half-way is judged.
 */
#include "base/text.h"
#include "store/sqlite.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    MARK_MAX_BYTES = 64,
    WARY_BATCHES = 16 /* after one that had to run again */
};

typedef struct ran {
    store_work *w;
    arena *a;
    err *e;
} ran;

typedef struct batch {
    sqlite_connection *c;
    arena *a;
    int64_t next, until; /* the ids of the lane as they were before it */
    int64_t changes;     /* SQLite's count at its beginning: what is above, this transaction wrote */
    bool guarded;        /* each work in a savepoint */
    err *broken;         /* SQLite itself ended the transaction, and with it all that ran before */
    size_t count;
    ran all[BATCH_MAX];
} batch;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static err *run_cached(sqlite_connection *c, arena *a, const char *sql)
{
    return connection_query(&c->base, a, sql, NULL, NULL);
}

static void forget_ids(batch *b)
{
    b->c->base.next = b->next;
    b->c->base.until = b->until;
    b->c->base.head.known = false;
}

static err *begin(batch *b)
{
    b->changes = sqlite3_total_changes64(b->c->db);
    return run_cached(b->c, b->a, "BEGIN IMMEDIATE");
}

static err *roll_back(batch *b)
{
    forget_ids(b);
    return run_cached(b->c, b->a, "ROLLBACK");
}

/* An error of the work itself is r->e; what is given back ended the transaction. */
static err *run_work(batch *b, ran *r)
{
    r->e = work_run(&b->c->base, r->w, r->a);
    sqlite_leave(b->c);
    if (!sqlite3_get_autocommit(b->c->db))
        return NULL;
    return r->e ? err_copy(b->a, r->e) : err_memory();
}

static err *run_guarded(batch *b, ran *r)
{
    arena_close(r->a); /* of a first try */
    r->a = arena_open(NULL, WORK_MAX_BYTES);
    TRY(run_cached(b->c, b->a, "SAVEPOINT work"));
    TRY(run_work(b, r));
    if (r->e)
        TRY(run_cached(b->c, b->a, "ROLLBACK TO work"));
    return run_cached(b->c, b->a, "RELEASE work");
}

/*
 * The last work failed after it had written, without a savepoint to go back to: the transaction begins anew. Where others
 * had written before it, all run again, now each guarded: it comes out as if they had been from the start.
 */
static err *run_again(batch *b, bool alone)
{
    TRY(roll_back(b));
    TRY(begin(b));
    if (alone)
        return NULL;
    b->guarded = true;
    b->c->wary = WARY_BATCHES;
    for (size_t i = 0; i < b->count; i++)
        TRY(run_guarded(b, &b->all[i]));
    return NULL;
}

static err *run_one(batch *b, ran *r)
{
    if (b->guarded)
        return run_guarded(b, r);
    int64_t before = sqlite3_total_changes64(b->c->db);
    r->a = arena_open(NULL, WORK_MAX_BYTES);
    TRY(run_work(b, r));
    if (!r->e || sqlite3_total_changes64(b->c->db) == before)
        return NULL;
    return run_again(b, before == b->changes);
}

static void run_all(batch *b, store_work *w)
{
    store *s = b->c->base.s;
    bool hurry = !s->o.stepped; /* stepped: nobody else waits for his answer */
    int64_t deadline = now_ms() + BATCH_MAX_MS;
    while (w && !b->broken) {
        ran *r = &b->all[b->count++];
        *r = (ran){ .w = w };
        b->broken = run_one(b, r);
        w = !b->broken && b->count < BATCH_MAX && (!hurry || now_ms() < deadline) ? store_take(s) : NULL;
    }
}

static void mark_text(sqlite_connection *c, char mark[MARK_MAX_BYTES])
{
    sqlite *own = c->base.s->own;
    snprintf(mark, MARK_MAX_BYTES, "%s-%lld", own->run, (long long)c->batch);
}

static err *commit(sqlite_connection *c, arena *a, bool changed)
{
    if (changed) {
        char mark[MARK_MAX_BYTES];
        c->batch++;
        mark_text(c, mark);
        TRY(connection_query(&c->base, a, "UPDATE lane SET holder = $mark WHERE lane = 0",
                             NAMED({ "mark", V_TEXT(str_of(mark)) }), NULL));
    }
    return connection_query(&c->base, a, "COMMIT", NULL, NULL);
}

/*
 * After a COMMIT that failed: a new connection reads what really stands in the file. If the batch is there, it
 * counts only once a checkpoint has written it elsewhere and synced that: a second fsync of the same file could
 * succeed without having written anything.
 */
static bool reopen(sqlite_connection *c, arena *a)
{
    connection_forget(&c->base);
    sqlite3_close(c->db);
    c->db = NULL;
    if (sqlite_dial(c, a) || sqlite_prepare_writer(c, a) || sqlite_take_lane(c, a))
        return false;
    char mark[MARK_MAX_BYTES];
    mark_text(c, mark);
    rows r;
    int64_t busy;
    bool there =
        !connection_query(&c->base, a, "SELECT holder FROM lane WHERE lane = 0", NULL, &r) &&
        str_is(rows_text(&r, 0, "holder"), mark);
    return !sqlite_number_of(c, a, "PRAGMA wal_checkpoint(TRUNCATE)", &busy) && there && busy == 0;
}

static void answer(batch *b, const err *e)
{
    for (size_t i = 0; i < b->count; i++) {
        ran *r = &b->all[i];
        r->w->done(r->w, r->e ? r->e : e ? err_copy(r->a, e) : NULL);
        arena_close(r->a);
    }
}

/* Null: committed. */
static err *finish(batch *b)
{
    err *e = b->broken;
    if (!e)
        e = commit(b->c, b->a, sqlite3_total_changes64(b->c->db) > b->changes);
    if (!e)
        return NULL;
    forget_ids(b);
    sqlite3_exec(b->c->db, "ROLLBACK", NULL, NULL, NULL);
    return reopen(b->c, b->a) && !b->broken ? NULL : e;
}

bool sqlite_batch(connection *base, store_work *w, bool others)
{
    (void)others; /* there is one writer */
    sqlite_connection *c = sqlite_mine(base);
    batch b = { .c = c, .a = arena_open(NULL, REQUEST_MAX_BYTES), .next = base->next, .until = base->until };
    b.guarded = c->wary > 0;
    c->wary -= b.guarded;
    err *e = c->db ? begin(&b) : store_err(b.a, base->s, ERR_DISK, "store.io", "not open");
    if (e) {
        b.all[b.count++] = (ran){ .w = w, .a = arena_open(NULL, REQUEST_MAX_BYTES) };
        reopen(c, b.a);
    } else {
        run_all(&b, w);
        e = finish(&b);
    }
    answer(&b, e);
    arena_close(b.a);
    return true;
}
