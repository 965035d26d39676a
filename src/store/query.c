/*
 * query: a connection's prepared statements, and what a work or a reader asks of it.
 */
#include "base/text.h"
#include "store/engine.h"

#include <assert.h>
#include <string.h>

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
        if (str_equal(p->name, name) && (!sql.len || str_equal(p->key, sql))) {
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
    c->ran++;
    return c->s->engine->query(c, a, p, values, out);
}

static err *query(connection *c, arena *a, str name, str sql, const statement_param *params,
                  size_t count, const named *args, bool strict, rows *out)
{
    prepared *p;
    rows ignored = { 0 };
    c->constraint[0] = '\0';
    TRY(prepare(c, a, name, sql, params, count, &p));
    return run_prepared(c, a, p, args, strict, out ? out : &ignored);
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

bool store_has_text(const store_txn *t, const char *name)
{
    const prepared *p = t->c->slots[str_hash(str_of(name)) % PREPARED_SLOTS];
    while (p && !str_equal(p->name, str_of(name)))
        p = p->next;
    return p != NULL;
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

size_t store_statement_count(store *s)
{
    size_t count = 0;
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->readers_idle; i++)
        count += s->readers[i]->ran;
    for (size_t i = 0; i < WORKERS_MAX; i++)
        count += s->workers[i].c ? s->workers[i].c->ran : 0;
    pthread_mutex_unlock(&s->lock);
    return count;
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
