/*
 * reader: connections that read in one snapshot each; idle ones are kept for the next. A request's readings share one.
 */
#include "store/engine.h"

/* An idle connection, or null: the caller may open one more, counted already. */
static connection *reader_take(store *s)
{
    pthread_mutex_lock(&s->lock);
    while (!s->o.stepped && !s->readers_idle && s->readers_out >= READERS_MAX)
        pthread_cond_wait(&s->reader_free, &s->lock);
    connection *c = s->readers_idle ? s->readers[--s->readers_idle] : NULL;
    s->readers_out++;
    pthread_mutex_unlock(&s->lock);
    return c;
}

static void reader_give(store *s, connection *c)
{
    pthread_mutex_lock(&s->lock);
    s->readers_out--;
    if (c && s->readers_idle < READERS_MAX) {
        s->readers[s->readers_idle++] = c;
        c = NULL;
    }
    pthread_cond_signal(&s->reader_free);
    pthread_mutex_unlock(&s->lock);
    if (c)
        s->engine->disconnect(c);
}

static void reader_drop(void *what)
{
    store_read_end(what);
}

/* A connection in a snapshot of its own. */
static err *snapshot(store *s, arena *a, connection **out)
{
    connection *c = reader_take(s);
    if (c && s->engine->read_begin(c, a)) { /* it lay idle while the server went away */
        s->engine->disconnect(c);
        c = NULL;
    }
    err *e = NULL;
    if (!c) {
        e = s->engine->connect(s, a, true, &c);
        if (!e && (e = s->engine->read_begin(c, a)))
            s->engine->disconnect(c);
    }
    if (e)
        reader_give(s, NULL);
    else
        *out = c;
    return e;
}

static void snapshot_end(store *s, connection *c)
{
    s->engine->read_end(c);
    reader_give(s, c);
}

/* -- one for many ------------------------------------------------------------------------------------ */
static void share_drop(share *x)
{
    connection *c = x->c;
    x->c = NULL;
    x->stale = false;
    if (c)
        snapshot_end(x->s, c);
}

static void share_age(share *x)
{
    x->stale = true;
    if (!x->reading)
        share_drop(x);
}

static void share_forget(void *what)
{
    share_drop(what);
}

void store_share_begin(store *s, arena *a)
{
    share *x = arena_new(a, share);
    x->s = s;
    arena_defer(a, share_forget, x);
    arena_keep(a, x);
}

void store_share_end(arena *a)
{
    share_renew(a);
    arena_keep(a, NULL);
}

void share_renew(const arena *a)
{
    share *x = arena_kept(a);
    if (x)
        share_age(x);
}

/* -- a reader ---------------------------------------------------------------------------------------- */
err *store_read_begin(store *s, arena *a, store_txn **out)
{
    store_txn *t = arena_new(a, store_txn);
    share *x = arena_kept(a);
    bool shared = x && x->s == s;
    *t = (store_txn){ .s = s, .a = a, .share = shared ? x : NULL };
    if (!shared)
        arena_defer(a, reader_drop, t); /* whoever returns early leaves no snapshot behind */
    if (!shared || !x->c)
        TRY(snapshot(s, a, shared ? &x->c : &t->c));
    if (shared) {
        t->c = x->c;
        x->reading++;
    }
    t->open = true;
    *out = t;
    return NULL;
}

void store_read_end(store_txn *t)
{
    if (!t->open)
        return;
    t->open = false;
    share *x = t->share;
    if (!x) {
        snapshot_end(t->s, t->c);
        return;
    }
    x->reading--;
    if (t->failed || x->stale) /* PostgreSQL would refuse whoever reads next in one that failed */
        share_age(x);
}
