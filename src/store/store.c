#include "store/engine.h"

#include "base/text.h"
#include "store/migrate.h"

#include <assert.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* -- errors ---------------------------------------------------------------------------------------- */

err *store_err(arena *a, store *s, err_code code, const char *message, const char *detail)
{
    err *e = err_new(a, code, message, VALUES({ "file", str_of(s->label) }));
    e->detail = str_copy(a, str_of(detail));
    return e;
}

/* Without an arena at hand: nothing in them ever changes. */
static err queue_full = { .code = ERR_LIMIT, .message = "store.queue_full" };
static err read_only = { .code = ERR_USAGE, .message = "store.read_only" };
static err closing = { .code = ERR_INTERRUPTED, .message = "store.closing" };

err *store_version(store *s, arena *a, int64_t have)
{
    int64_t newest = migrate_newest();
    if (have > newest)
        return store_err(a, s, ERR_DATABASE, "store.newer", "");
    if (have < newest && s->o.read_only)
        return store_err(a, s, ERR_DATABASE, "store.older", "");
    return NULL;
}

bool store_wants(const store *s, const embedded *migration)
{
    return !s->o.schema_max || migrate_number(migration) <= s->o.schema_max;
}

str store_uid(arena *a)
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        memset(bytes, 0, sizeof bytes);
    text t = text_begin(a);
    for (size_t i = 0; i < sizeof bytes; i++)
        text_printf(&t, "%02x", bytes[i]);
    return text_done(&t);
}

str store_installation_uid(const store *s, arena *a)
{
    return s->o.uid ? str_copy(a, str_of(s->o.uid)) : store_uid(a);
}

const char *store_mode(const store *s)
{
    return s->o.mode ? s->o.mode : "real";
}

/* -- connections and prepared statements ------------------------------------------------------------ */

connection *connection_open(store *s, bool reader, size_t bytes)
{
    arena *a = arena_open(NULL, CONNECTION_MAX_BYTES);
    connection *c = arena_alloc(a, bytes);
    c->s = s;
    c->a = a;
    c->reader = reader;
    c->named = arena_many(a, prepared *, s->statements.count + 1);
    return c;
}

void connection_forget(connection *c)
{
    for (size_t i = 0; i < PREPARED_SLOTS; i++) {
        for (prepared *p = c->slots[i]; p; p = p->next)
            c->s->engine->forget(c, p);
        c->slots[i] = NULL;
    }
    memset(c->named, 0, c->s->statements.count * sizeof(prepared *));
    c->prepared_count = 0;
}

void connection_close(connection *c)
{
    connection_forget(c);
    arena_close(c->a);
}

static const statement_param *copy_params(arena *a, const statement_param *params, size_t count)
{
    statement_param *copy = arena_many(a, statement_param, count);
    for (size_t i = 0; i < count; i++)
        copy[i] = (statement_param){ str_z(a, str_of(params[i].name)), params[i].kind,
                                     params[i].nullable };
    return copy;
}

static err *prepare(connection *c, arena *a, str name, str sql, const statement_param *params,
                    size_t count, prepared **out)
{
    prepared **slot = &c->slots[str_hash(name) % PREPARED_SLOTS];
    for (prepared *p = *slot; p; p = p->next) {
        if (str_equal(p->name, name) && str_equal(p->key, sql)) {
            *out = p;
            return NULL;
        }
    }
    if (c->prepared_count == PREPARED_MAX)
        connection_forget(c);
    prepared *p = arena_new(c->a, prepared);
    *p = (prepared){ .name = str_copy(c->a, name),
                     .key = str_copy(c->a, sql),
                     .param_count = count };
    p->params = copy_params(c->a, params, count);
    str numbered;
    TRY(statement_numbered(a, sql, params, count, &numbered));
    p->sql = c->s->engine == &engine_postgres ? str_copy(c->a, numbered) : p->key;
    TRY(c->s->engine->prepare(c, a, p));
    p->next = *slot;
    *slot = p;
    c->prepared_count++;
    *out = p;
    return NULL;
}

/* The value of each parameter in order; strict: an argument nobody declared is a mistake too. */
static err *match_args(arena *a, const prepared *p, const named *args, bool strict, value *values)
{
    size_t matched = 0, given = 0;
    for (const named *n = args; n && n->name; n++)
        given++;
    for (size_t i = 0; i < p->param_count; i++) {
        const statement_param *want = &p->params[i];
        const named *n = args;
        if (i < given && strcmp(args[i].name, want->name) == 0)
            n = &args[i]; /* mostly they stand in the order of the file */
        while (n && n->name && strcmp(n->name, want->name) != 0)
            n++;
        if (!n || !n->name)
            return statement_err(a, p->name.at,
                                 text_format(a, "argument %s is missing", want->name).at);
        value_kind kind = n->value.kind;
        if (kind == VALUE_NULL ? !want->nullable : kind != want->kind)
            return statement_err(a, p->name.at,
                                 text_format(a, "argument %s has another type", want->name).at);
        if (kind == VALUE_TEXT && n->value.s.len && memchr(n->value.s.at, 0, n->value.s.len))
            return statement_err(a, p->name.at,
                                 text_format(a, "argument %s holds a NUL", want->name).at);
        values[i] = n->value;
        matched++;
    }
    if (strict && given > matched)
        return statement_err(a, p->name.at, "more arguments than declared");
    return NULL;
}

static err *run_prepared(connection *c, arena *a, prepared *p, const named *args, bool strict, rows *out)
{
    value *values = arena_many(a, value, p->param_count + 1);
    TRY(match_args(a, p, args, strict, values));
    rows ignored;
    return c->s->engine->query(c, a, p, values, out ? out : &ignored);
}

static err *query(connection *c, arena *a, str name, str sql, const statement_param *params,
                  size_t count, const named *args, bool strict, rows *out)
{
    prepared *p;
    c->constraint[0] = '\0';
    TRY(prepare(c, a, name, sql, params, count, &p));
    return run_prepared(c, a, p, args, strict, out);
}

err *connection_query(connection *c, arena *a, const char *sql, const named *args, rows *out)
{
    statement_param params[8];
    size_t count = 0;
    for (const named *n = args; n && n->name; n++) {
        assert(count < COUNT(params));
        params[count++] = (statement_param){ n->name, n->value.kind, true };
    }
    return query(c, a, STR("store"), str_of(sql), params, count, args, true, out);
}

/* A failed query fails the whole work, on both engines: PostgreSQL can do no other. */
static err *txn_keep(store_txn *t, err *e)
{
    if (e && !t->failed)
        t->failed = err_copy(t->a, e);
    return e;
}

static err *query_named(store_txn *t, arena *a, const char *name, const named *args, rows *out)
{
    const statement *s = statement_find(&t->s->statements, str_of(name));
    if (!s)
        return statement_err(a, name, "there is no such statement");
    prepared **ready = &t->c->named[s - t->s->statements.at];
    bool other = t->s->engine == &engine_postgres && s->sql_postgres.len;
    t->c->constraint[0] = '\0';
    if (!*ready) {
        prepared *p;
        TRY(prepare(t->c, a, str_of(s->name), other ? s->sql_postgres : s->sql, s->params, s->param_count, &p));
        *ready = p;
    }
    return run_prepared(t->c, a, *ready, args, true, out);
}

void store_fail_after(store *s, long queries, long allocations)
{
    assert(s->o.stepped);
    s->fail_query = queries;
    s->fail_allocation = allocations;
}

static err *made_to_fail(store_txn *t, arena *a, const char *what)
{
    if (t->s->fail_query < 0 || t->c->reader || t->s->fail_query-- > 0)
        return NULL;
    return store_err(a, t->s, ERR_DISK, "store.io", what);
}

err *store_query(store_txn *t, arena *a, const char *name, const named *args, rows *out)
{
    if (t->failed)
        return err_copy(a, t->failed);
    err *e = made_to_fail(t, a, name);
    return txn_keep(t, e ? e : query_named(t, a, name, args, out));
}

err *store_query_text(store_txn *t, arena *a, const char *name, str sql, const store_param *params,
                      size_t count, const named *args, rows *out)
{
    if (t->failed)
        return err_copy(a, t->failed);
    statement_param *full = arena_many(a, statement_param, count + 1);
    for (size_t i = 0; i < count; i++)
        full[i] = (statement_param){ params[i].name, params[i].kind, true };
    return txn_keep(t, query(t->c, a, str_of(name), sql, full, count, args, false, out));
}

err *store_prepare_all(store_txn *t, arena *a)
{
    for (size_t i = 0; i < t->s->statements.count; i++) {
        const statement *s = &t->s->statements.at[i];
        bool other = t->s->engine == &engine_postgres && s->sql_postgres.len;
        prepared *p;
        err *e = prepare(t->c, a, str_of(s->name), other ? s->sql_postgres : s->sql, s->params,
                         s->param_count, &p);
        if (e)
            return txn_keep(t, e);
    }
    return NULL;
}

static err *next_id(store_txn *t, arena *a, int64_t *id)
{
    connection *c = t->c;
    assert(!c->reader);
    if (c->next == c->until) {
        rows r;
        TRY(connection_query(
            c, a, "UPDATE lane SET next_id = next_id + $count WHERE lane = $lane RETURNING next_id",
            NAMED({ "count", V_INT(IDS_RESERVED) }, { "lane", V_INT(c->lane) }), &r));
        assert(r.count == 1);
        c->until = rows_int(&r, 0, "next_id");
        c->next = c->until - IDS_RESERVED;
    }
    *id = (c->lane << LANE_SHIFT) + c->next++;
    return NULL;
}

err *store_next_id(store_txn *t, arena *a, int64_t *id)
{
    if (t->failed)
        return err_copy(a, t->failed);
    err *e = made_to_fail(t, a, "next id");
    return txn_keep(t, e ? e : next_id(t, a, id));
}

int64_t store_lane(const store_txn *t)
{
    return t->c->lane;
}

store_head *store_lane_head(store_txn *t)
{
    return &t->c->head;
}

str store_constraint(const store_txn *t)
{
    return str_of(t->c->constraint);
}

/* -- works ----------------------------------------------------------------------------------------- */

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
static bool worker_start(store *s)
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
            worker_start(s);
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
    for (size_t i = 0; i < count; i++)
        errors[i] = wait_result(a, &all[i]);
}

/* -- readers --------------------------------------------------------------------------------------- */

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

/* -- open and close -------------------------------------------------------------------------------- */

err *store_open(arena *a, const store_options *o, store **out)
{
    store *s = arena_new(a, store);
    s->a = a;
    s->fail_query = s->fail_allocation = -1;
    s->o = *o;
    s->o.url = str_z(a, str_of(o->url));
    s->o.mode = o->mode ? str_z(a, str_of(o->mode)) : NULL;
    s->label = s->o.url;
    str url = str_of(s->o.url);
    bool postgres = str_starts(url, STR("postgresql://")) || str_starts(url, STR("postgres://"));
    s->engine = postgres ? &engine_postgres : &engine_sqlite;
    TRY(statements_load(a, embedded_sql, &s->statements));
    TRY(s->engine->open(s, a));
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    pthread_cond_init(&s->reader_free, NULL);
    if (!s->o.stepped && !s->o.read_only && !worker_start(s)) {
        store_close(s);
        return err_memory();
    }
    *out = s;
    return NULL;
}

void store_close(store *s)
{
    if (s->o.stepped) {
        while (s->first)
            store_step(s);
    }
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_broadcast(&s->wake);
    pthread_mutex_unlock(&s->lock);
    for (size_t i = 0; i < s->worker_count; i++)
        pthread_join(s->workers[i].thread, NULL);
    for (size_t i = 0; i < s->readers_idle; i++)
        s->engine->disconnect(s->readers[i]);
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (s->workers[i].c)
            s->engine->disconnect(s->workers[i].c);
    }
    s->engine->close(s);
    pthread_cond_destroy(&s->reader_free);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
}

bool store_is_postgres(const store *s)
{
    return s->engine == &engine_postgres;
}
