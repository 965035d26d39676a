/*
 * postgres: connections, their statements and queries, readers, and the table of the engine.
 */
#include "base/text.h"
#include "store/postgres.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OID_BLOB = 17, OID_INT = 20, OID_TEXT = 25 };

postgres_connection *postgres_mine(connection *c)
{
    return (postgres_connection *)c;
}

bool postgres_lost(const postgres_connection *c)
{
    return !c->pg || PQstatus(c->pg) != CONNECTION_OK;
}

static err *keep(postgres_connection *c, arena *a, const char *name, PGresult *result)
{
    c->result = result;
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? NULL : postgres_failed(c, a, name);
}

/* One text of any number of commands, in one round trip. */
err *postgres_run_text(postgres_connection *c, arena *a, const char *sql)
{
    postgres_drop(c);
    return keep(c, a, "store", PQexec(c->pg, sql));
}

err *postgres_ask(postgres_connection *c, arena *a, const char *sql, str *out)
{
    TRY(postgres_run_text(c, a, sql));
    *out = PQntuples(c->result) && !PQgetisnull(c->result, 0, 0)
               ? str_copy(a, str_of(PQgetvalue(c->result, 0, 0)))
               : STR("");
    return NULL;
}

/* -- statements ------------------------------------------------------------------------------------ */

static err *prepare(connection *base, arena *a, prepared *p)
{
    postgres_connection *c = postgres_mine(base);
    Oid *types = arena_many(a, Oid, p->param_count + 1);
    for (size_t i = 0; i < p->param_count; i++)
        types[i] = p->params[i].kind == VALUE_INT    ? OID_INT
                   : p->params[i].kind == VALUE_BLOB ? OID_BLOB
                                                     : OID_TEXT;
    str name = text_format(base->a, "s%lld", (long long)++c->names);
    p->handle = arena_copy(base->a, name.at, name.len + 1);
    if (c->piped) {
        TRY(postgres_pipe_sent(c, a, p->name.at, PQsendPrepare(c->pg, p->handle, p->sql.at, (int)p->param_count, types)));
        return postgres_pipe_wait(c, a);
    }
    postgres_drop(c);
    return keep(c, a, p->name.at,
                PQprepare(c->pg, p->handle, p->sql.at, (int)p->param_count, types));
}

static void forget(connection *base, prepared *p)
{
    postgres_connection *c = postgres_mine(base);
    char sql[64];
    snprintf(sql, sizeof sql, "DEALLOCATE %s", (const char *)p->handle);
    if (postgres_lost(c) || base->prepared_count != PREPARED_MAX) /* the connection ends anyway */
        return;
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    if (c->piped)
        postgres_pipe_send(c, a, sql);
    else
        PQclear(PQexec(c->pg, sql));
    arena_close(a);
}

static str int_bytes(arena *a, int64_t n)
{
    unsigned char *bytes = arena_alloc(a, 8);
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
    return (str){ (const char *)bytes, 8 };
}

static int nibble(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* bytea comes as \x and digits, which every server since 9.0 sends unless told otherwise. */
static value blob_of(arena *a, str hex)
{
    assert(str_starts(hex, STR("\\x")));
    size_t count = hex.len / 2 - 1;
    char *bytes = arena_alloc(a, count + 1);
    for (size_t i = 0; i < count; i++)
        bytes[i] = (char)(nibble(hex.at[2 + 2 * i]) << 4 | nibble(hex.at[3 + 2 * i]));
    return V_BLOB(((str){ bytes, count }));
}

/* Up to the last digit of 64 bits; numbers from libpq are NUL-ended. */
static bool whole(const char *z, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(z, &end, 10);
    return errno == 0 && end > z && *end == '\0';
}

static value cell(arena *a, const PGresult *r, int row, int column)
{
    if (PQgetisnull(r, row, column))
        return V_NULL;
    str s = { PQgetvalue(r, row, column), (size_t)PQgetlength(r, row, column) };
    int64_t n;
    switch (PQftype(r, column)) {
    case 16: /* bool */
        return V_INT(str_is(s, "t"));
    case OID_BLOB:
        return blob_of(a, s);
    case OID_INT:
    case 21:   /* int2 */
    case 23:   /* int4 */
    case 1700: /* numeric: the sum of integers */
        if (whole(s.at, &n))
            return V_INT(n);
    }
    return V_TEXT(str_copy(a, s));
}

static void read_rows(arena *a, const PGresult *r, rows *out)
{
    int columns = PQnfields(r), count = PQntuples(r);
    const char **names = arena_many(a, const char *, columns + 1);
    for (int i = 0; i < columns; i++)
        names[i] = str_z(a, str_of(PQfname(r, i)));
    value *at = arena_many(a, value, (size_t)columns * (size_t)count + 1);
    for (int row = 0; row < count; row++) {
        for (int i = 0; i < columns; i++)
            at[(size_t)row * (size_t)columns + (size_t)i] = cell(a, r, row, i);
    }
    *out =
        (rows){ .names = names, .column_count = (size_t)columns, .count = (size_t)count, .at = at };
}

static err *query(connection *base, arena *a, prepared *p, const value *values, rows *out)
{
    postgres_connection *c = postgres_mine(base);
    size_t count = p->param_count;
    const char **at = arena_many(a, const char *, count + 1);
    int *lengths = arena_many(a, int, count + 1), *binary = arena_many(a, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        str s = values[i].kind == VALUE_INT ? int_bytes(a, values[i].n) : values[i].s;
        at[i] = values[i].kind == VALUE_NULL ? NULL : s.at ? s.at : "";
        lengths[i] = (int)s.len;
        binary[i] = 1;
    }
    if (c->piped) {
        TRY(postgres_pipe_sent(c, a, p->name.at, PQsendQueryPrepared(c->pg, p->handle, (int)count, at, lengths, binary, 0)));
        if (!out)
            return NULL;
        TRY(postgres_pipe_wait(c, a));
    } else {
        postgres_drop(c);
        TRY(keep(c, a, p->name.at, PQexecPrepared(c->pg, p->handle, (int)count, at, lengths, binary, 0)));
    }
    if (out)
        read_rows(a, c->result, out);
    return NULL;
}

/* -- connections ----------------------------------------------------------------------------------- */

static void quiet(void *nothing, const char *message)
{
    (void)nothing, (void)message;
}

err *postgres_dial(postgres_connection *c, arena *a)
{
    static const char *const keys[] = { "connect_timeout", "application_name", "dbname",
                                        "client_encoding", NULL };
    const char *const values[] = { "10", "muster", c->base.s->o.url, "UTF8", NULL };
    c->dials++;
    c->pg = PQconnectdbParams(keys, values, 1);
    if (postgres_lost(c)) {
        const char *why = c->pg ? PQerrorMessage(c->pg) : "";
        return store_err(a, c->base.s, ERR_DATABASE, "store.refused", why);
    }
    PQsetNoticeProcessor(c->pg, quiet, NULL);
    return postgres_run_text(c, a,
                    "SET lock_timeout = '10s'; SET bytea_output = 'hex'; SET search_path = public; "
                    "SELECT set_config('synchronous_commit', 'on', false) "
                    "WHERE current_setting('synchronous_commit') = 'off'");
}

/* The lowest free lane; the lock falls when the session ends, however it ends. */
err *postgres_take_lane(postgres_connection *c, arena *a)
{
    for (int64_t lane = 1; lane <= LANE_MAX; lane++) {
        rows r;
        TRY(postgres_run_text(
            c, a,
            text_format(a, "SELECT pg_try_advisory_lock(%d, %d) AS got", LOCK_CLASS, (int)lane)
                .at));
        read_rows(a, c->result, &r);
        if (!rows_int(&r, 0, "got"))
            continue;
        TRY(postgres_run_text(
            c, a,
            text_format(a, "INSERT INTO lane (lane, next_id) VALUES (%d, 1) ON CONFLICT DO NOTHING",
                        (int)lane)
                .at));
        c->base.lane = lane;
        c->base.next = c->base.until = 0;
        c->base.head.known = false;
        return NULL;
    }
    return store_err(a, c->base.s, ERR_LIMIT, "store.lanes", "");
}

void postgres_hang_up(postgres_connection *c)
{
    connection_forget(&c->base);
    postgres_drop(c);
    c->piped = false;
    c->pending_count = 0;
    PQfinish(c->pg);
    c->pg = NULL;
}

/* A new connection where there is none or it broke. */
err *postgres_ready(postgres_connection *c, arena *a)
{
    if (!postgres_lost(c))
        return NULL;
    postgres_hang_up(c);
    err *e = postgres_dial(c, a);
    if (!e && !c->base.reader)
        e = postgres_take_lane(c, a);
    if (e)
        postgres_hang_up(c);
    return e;
}

/* A writer dials when its first work comes: its thread does it, not the one that submits. */
static err *connect(store *s, arena *a, bool reader, connection **out)
{
    postgres_connection *c = (postgres_connection *)connection_open(s, reader, sizeof *c);
    *out = &c->base;
    err *e = reader ? postgres_ready(c, a) : NULL;
    if (e) {
        connection_close(&c->base);
        *out = NULL;
    }
    return e;
}

void postgres_disconnect(connection *base)
{
    postgres_hang_up(postgres_mine(base));
    connection_close(base);
}

/* -- readers --------------------------------------------------------------------------------------- */

static void read_end(connection *base)
{
    postgres_connection *c = postgres_mine(base);
    postgres_drop(c);
    if (!postgres_lost(c))
        PQsendQuery(c->pg, "ROLLBACK"); /* nobody waits for it: PQexec reads the answer away before the next */
}

static err *read_begin(connection *base, arena *a)
{
    return postgres_run_text(
        postgres_mine(base), a,
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT one FROM installation");
}

const engine engine_postgres = {
    .open = postgres_open_store,
    .close = postgres_close_all,
    .connect = connect,
    .disconnect = postgres_disconnect,
    .batch = postgres_batch,
    .prepare = prepare,
    .forget = forget,
    .query = query,
    .read_begin = read_begin,
    .read_end = read_end,
    .workers_max = WORKERS_MAX,
};
