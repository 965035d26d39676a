/*
 * postgres_work: one transaction per work. One that met a deadlock or lost its connection is run again; broken at COMMIT,
 * the server is asked what became of it.
 */
#include "base/text.h"
#include "store/postgres.h"

#include <string.h>
#include <time.h>

enum { SETTLE_TRIES = 100 };

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

/* The transaction's number comes with the first answer, costs no round trip and tells later what became of it. */
static err *begin(postgres_connection *c, arena *a)
{
    if (!postgres_pipe_begin(c))
        return postgres_failed(c, a, "store");
    TRY(postgres_pipe_send(c, a, "BEGIN"));
    return postgres_pipe_send(c, a, postgres_ask_xid);
}

/* The connection broke at COMMIT: null if the transaction stands; *again if it certainly does not. */
static err *settle(postgres_connection *c, arena *a, str xid, err *e, bool *again)
{
    for (int i = 0; i < SETTLE_TRIES; i++) {
        str status = STR("");
        if (!postgres_ready(c, a) &&
            !postgres_ask(c, a, text_format(a, "SELECT pg_xact_status('%s'::xid8)", xid.at).at, &status)) {
            if (str_is(status, "committed"))
                return NULL;
            *again = str_is(status, "aborted");
            if (*again)
                return e;
        }
        pause_ms(50);
    }
    return store_err(a, c->base.s, ERR_DATABASE, "store.unknown", "");
}

/* What was sent without waiting is answered here at the latest. */
static err *commit(postgres_connection *c, arena *a, bool *again)
{
    if (!c->xid[0])
        TRY(postgres_pipe_wait(c, a));
    str xid = str_copy(a, str_of(c->xid));
    err *e = postgres_pipe_send(c, a, "COMMIT");
    e = e ? e : postgres_pipe_wait(c, a);
    if (e && postgres_lost(c)) {
        postgres_pipe_end(c);
        return settle(c, a, xid, e, again);
    }
    if (!e && strcmp(PQcmdStatus(c->result), "COMMIT") != 0)
        e = store_err(a, c->base.s, ERR_DATABASE, "store.statement", "COMMIT became ROLLBACK");
    return e;
}

/* Once through; *again: nothing of it stands, and a new try may well succeed. */
static err *run_once(postgres_connection *c, store_work *w, arena *a, bool *again)
{
    c->state[0] = '\0';
    *again = true;
    TRY(postgres_ready(c, a));
    int64_t next = c->base.next, until = c->base.until;
    err *e = begin(c, a);
    if (!e)
        e = work_run(&c->base, w, a);
    *again = e && postgres_lost(c);
    int64_t dials = c->dials;
    if (!e)
        e = commit(c, a, again);
    postgres_pipe_end(c);
    if (e)
        c->base.head.known = false;
    if (!e || postgres_lost(c) ||
        c->dials != dials) /* after settling: a new connection with a lane of its own */
        return e;
    *again = strcmp(c->state, "40001") == 0 || strcmp(c->state, "40P01") == 0;
    PQclear(PQexec(c->pg, "ROLLBACK"));
    if (PQtransactionStatus(c->pg) != PQTRANS_IDLE)
        postgres_hang_up(c);
    c->base.next = next;
    c->base.until = until;
    return e;
}

static bool reached(postgres_connection *c)
{
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    bool well = !postgres_ready(c, a);
    arena_close(a);
    return well;
}

bool postgres_batch(connection *base, store_work *w, bool others)
{
    postgres_connection *c = postgres_mine(base);
    if (others && !reached(c))
        return false;
    for (int tries = 0;; tries++) {
        arena *a = arena_open(NULL, WORK_MAX_BYTES);
        bool again = false;
        err *e = run_once(c, w, a, &again);
        if (!again || tries == RETRIES_MAX) {
            w->done(w, e);
            arena_close(a);
            return true;
        }
        arena_close(a);
        pause_ms(5 << tries);
    }
}
