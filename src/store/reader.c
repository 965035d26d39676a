/*
 * reader: connections that read in one snapshot each; idle ones are kept for the next.
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

err *store_read_begin(store *s, arena *a, store_txn **out)
{
    store_txn *t = arena_new(a, store_txn);
    arena_defer(a, reader_drop, t); /* whoever returns early leaves no snapshot behind */
    connection *c = reader_take(s);
    if (c && s->engine->read_begin(c, a)) { /* it lay idle while the server went away */
        s->engine->disconnect(c);
        c = NULL;
    } else if (c) {
        *t = (store_txn){ .s = s, .c = c, .a = a, .open = true };
        *out = t;
        return NULL;
    }
    err *e = s->engine->connect(s, a, true, &c);
    if (!e && (e = s->engine->read_begin(c, a)))
        s->engine->disconnect(c);
    if (e) {
        reader_give(s, NULL);
        return e;
    }
    *t = (store_txn){ .s = s, .c = c, .a = a, .open = true };
    *out = t;
    return NULL;
}

void store_read_end(store_txn *t)
{
    if (!t->open)
        return;
    t->open = false;
    t->s->engine->read_end(t->c);
    reader_give(t->s, t->c);
}
