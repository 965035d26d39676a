/*
 * submit: the queue of works, the threads that take from it, and whoever waits for an answer.
 */
#include "store/engine.h"

#include <assert.h>
#include <semaphore.h>
#include <signal.h>
#include <time.h>

/* Without an arena at hand: nothing in them ever changes. */
static err queue_full = { .code = ERR_LIMIT, .message = "store.queue_full" };
static err read_only = { .code = ERR_USAGE, .message = "store.read_only" };
static err closing = { .code = ERR_INTERRUPTED, .message = "store.closing" };

err *work_run(connection *c, store_work *w, arena *a)
{
    int64_t next = c->next, until = c->until;
    store_txn t = { .s = c->s, .c = c, .a = a };
    err *e;
    c->constraint[0] = '\0';
    if (arena_catch(a)) {
        e = err_memory();
    } else {
        arena_fail_after(a, c->s->fail_allocation);
        e = w->run(w, &t, a);
    }
    arena_uncatch(a);
    arena_fail_after(a, -1);
    if (!e)
        e = t.failed;
    if (e) { /* a block reserved in this work is rolled back with it */
        c->next = next;
        c->until = until;
        c->head.known = false;
    }
    return e;
}

static store_work *take_locked(store *s)
{
    store_work *w = s->first;
    if (w) {
        s->first = w->next;
        if (!s->first)
            s->last = NULL;
        s->waiting--;
        w->next = NULL;
    }
    return w;
}

store_work *store_take(store *s)
{
    pthread_mutex_lock(&s->lock);
    store_work *w = take_locked(s);
    pthread_mutex_unlock(&s->lock);
    return w;
}

static bool others_live(store *s)
{
    pthread_mutex_lock(&s->lock);
    bool others = s->live > 1;
    pthread_mutex_unlock(&s->lock);
    return others;
}

/* A worker that cannot reach the database gives the work back to one that can, and rests; the last one answers. */
static bool give_back(store *s, store_work *w)
{
    pthread_mutex_lock(&s->lock);
    bool others = s->live > 1;
    if (others) {
        s->live--;
        w->next = s->first;
        s->first = w;
        if (!s->last)
            s->last = w;
        s->waiting++;
        pthread_cond_signal(&s->wake);
    }
    pthread_mutex_unlock(&s->lock);
    if (!others)
        return false;
    nanosleep(&(struct timespec){ .tv_nsec = OUTAGE_PAUSE_MS * 1000000L }, NULL);
    pthread_mutex_lock(&s->lock);
    s->live++;
    pthread_mutex_unlock(&s->lock);
    return true;
}

static void *worker_run(void *what)
{
    worker *k = what;
    store *s = k->s;
    for (;;) {
        pthread_mutex_lock(&s->lock);
        while (!s->first && !s->closing) {
            s->idle++;
            pthread_cond_wait(&s->wake, &s->lock);
            s->idle--;
        }
        store_work *w = take_locked(s);
        pthread_mutex_unlock(&s->lock);
        if (!w)
            return NULL;
        if (!s->engine->batch(k->c, w, others_live(s)) && !give_back(s, w))
            s->engine->batch(k->c, w, false);
    }
}

/* Locked, or before the store is shared. Signals stay with the main thread. */
bool store_worker_start(store *s)
{
    worker *k = &s->workers[s->worker_count];
    k->s = s;
    if (!k->c && s->engine->connect(s, s->a, false, &k->c))
        return false;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&k->thread, NULL, worker_run, k) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    s->worker_count += started;
    s->live += started;
    return started;
}

err *store_submit(store *s, store_work *w)
{
    assert(w->run && w->done);
    if (s->o.read_only)
        return &read_only;
    err *e = NULL;
    w->next = NULL;
    pthread_mutex_lock(&s->lock);
    if (s->closing) {
        e = &closing;
    } else if (s->waiting == QUEUE_MAX) {
        e = &queue_full;
    } else {
        if (s->last)
            s->last->next = w;
        else
            s->first = w;
        s->last = w;
        s->waiting++;
        if (!s->o.stepped && s->idle == 0 && s->worker_count < s->engine->workers_max)
            store_worker_start(s);
        pthread_cond_signal(&s->wake);
    }
    pthread_mutex_unlock(&s->lock);
    return e;
}

void store_step(store *s)
{
    assert(s->o.stepped);
    store_work *w = store_take(s);
    if (w)
        s->engine->batch(s->workers[0].c, w, false);
}

/* The caller waits on its own stack; the error comes over in an arena that then is a child of his. */
typedef struct waiter {
    store_work work;
    store_work *inner;
    sem_t answered; /* with a lock and a condition the woken would wait again, for the lock */
    err *e;
    arena *e_arena;
} waiter;

static err *waiter_run(store_work *w, store_txn *t, arena *a)
{
    waiter *me = (waiter *)w;
    return me->inner->run(me->inner, t, a);
}

static void waiter_done(store_work *w, err *e)
{
    waiter *me = (waiter *)w;
    if (me->inner->done)
        me->inner->done(me->inner, e);
    if (e) {
        me->e_arena = arena_open(NULL, REQUEST_MAX_BYTES);
        if (arena_catch(me->e_arena))
            me->e = err_memory();
        else
            me->e = err_copy(me->e_arena, e);
        arena_uncatch(me->e_arena);
    }
    sem_post(&me->answered);
}

static void arena_drop(void *what)
{
    arena_close(what);
}

static void wait_begin(store *s, waiter *me, store_work *w)
{
    *me = (waiter){ .work = { .run = waiter_run, .done = waiter_done }, .inner = w };
    sem_init(&me->answered, 0, 0);
    err *refused = store_submit(s, &me->work);
    if (refused) { /* else the writer's thread may have filled it in already */
        me->e = refused;
        sem_post(&me->answered);
    }
}

static void wait_done(store *s, waiter *me)
{
    while (s->o.stepped ? sem_trywait(&me->answered) != 0 : sem_wait(&me->answered) != 0) {
        if (s->o.stepped)
            store_step(s);
    }
    sem_destroy(&me->answered);
}

static err *wait_result(arena *a, const waiter *me)
{
    if (me->e_arena)
        arena_defer(a, arena_drop, me->e_arena);
    return me->e;
}

err *store_submit_wait(store *s, arena *a, store_work *w)
{
    waiter me;
    wait_begin(s, &me, w);
    wait_done(s, &me);
    share_renew(a);
    return wait_result(a, &me);
}

/* Nothing is taken from the arena before all are done: were it to run out, it would go with what the others wait in. */
void store_submit_wait_all(store *s, arena *a, store_work *const *works, size_t count, err **errors)
{
    waiter *all = arena_many(a, waiter, count);
    for (size_t i = 0; i < count; i++)
        wait_begin(s, &all[i], works[i]);
    for (size_t i = 0; i < count; i++)
        wait_done(s, &all[i]);
    share_renew(a);
    for (size_t i = 0; i < count; i++)
        errors[i] = wait_result(a, &all[i]);
}
