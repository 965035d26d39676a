/*
 * sqlite_batch: works that wait together are committed together. Each batch leaves its mark in lane.holder, by which a
 * COMMIT that failed half-way is judged.
 */
#include "base/text.h"
#include "store/sqlite.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MARK_MAX_BYTES = 64 };

typedef struct ran {
    store_work *w;
    arena *a;
    err *e;
} ran;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool run_cached(sqlite_connection *c, arena *a, const char *sql, err **e)
{
    *e = connection_query(&c->base, a, sql, NULL, NULL);
    return !*e;
}

/* False: SQLite itself ended the transaction (disk full, I/O), and with it all that ran before. */
static bool run_one(sqlite_connection *c, ran *r)
{
    r->a = arena_open(NULL, WORK_MAX_BYTES);
    if (!run_cached(c, r->a, "SAVEPOINT work", &r->e))
        return !sqlite3_get_autocommit(c->db);
    r->e = work_run(&c->base, r->w, r->a);
    sqlite_leave(c);
    if (sqlite3_get_autocommit(c->db))
        return false;
    char constraint[CONSTRAINT_MAX_BYTES];
    memcpy(constraint, c->base.constraint, sizeof constraint);
    err *e = NULL;
    bool well = (!r->e || run_cached(c, r->a, "ROLLBACK TO work", &e)) &&
                run_cached(c, r->a, "RELEASE work", &e);
    memcpy(c->base.constraint, constraint, sizeof constraint);
    if (!well)
        r->e = e;
    return well;
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

static void answer(ran *all, size_t count, const err *e)
{
    for (size_t i = 0; i < count; i++) {
        err *own = all[i].e ? all[i].e : e ? err_copy(all[i].a, e) : NULL;
        all[i].w->done(all[i].w, own);
        arena_close(all[i].a);
    }
}

bool sqlite_batch(connection *base, store_work *w, bool others)
{
    (void)others; /* there is one writer */
    sqlite_connection *c = sqlite_mine(base);
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    ran all[BATCH_MAX];
    size_t count = 0;
    int64_t next = base->next, until = base->until;
    int64_t deadline = now_ms() + BATCH_MAX_MS;
    err *e = NULL;
    if (!c->db || !run_cached(c, a, "BEGIN IMMEDIATE", &e)) {
        all[count++] = (ran){ .w = w, .a = a };
        reopen(c, a);
        answer(all, count, e ? e : store_err(a, base->s, ERR_DISK, "store.io", "not open"));
        return true;
    }
    bool well = true;
    int64_t before = sqlite3_total_changes64(c->db);
    bool hurry = !base->s->o.stepped; /* stepped: nobody else waits for his answer */
    for (; w; w = well && count < BATCH_MAX && (!hurry || now_ms() < deadline) ? store_take(base->s) : NULL) {
        all[count] = (ran){ .w = w };
        well = run_one(c, &all[count++]);
    }
    e = well ? commit(c, a, sqlite3_total_changes64(c->db) > before)
             : err_copy(a, all[count - 1].e ? all[count - 1].e : err_memory());
    if (e) {
        base->next = next;
        base->until = until;
        base->head.known = false;
        sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
        if (reopen(c, a) && well)
            e = NULL;
    }
    answer(all, count, e);
    arena_close(a);
    return true;
}
