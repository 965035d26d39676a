/*
 * postgres: one transaction per work, on up to 16 connections, each with a lane held by a session advisory lock.
 * A connection that breaks is made anew. Broken at COMMIT, the server is asked what became of the transaction.
 */
#include "base/text.h"
#include "store/engine.h"
#include "store/migrate.h"

#include <assert.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    LOCK_CLASS = 0x4d737472 /* 'Mstr' */,
    OID_BLOB = 17,
    OID_INT = 20,
    OID_TEXT = 25,
    SETTLE_TRIES = 100
};

typedef struct postgres_connection {
    connection base;
    PGconn *pg;
    PGresult *result;     /* held until the next query: memory may run out while it is read */
    char state[6];        /* SQLSTATE of the last failure */
    int64_t names, dials; /* so many so far */
} postgres_connection;

static postgres_connection *mine(connection *c)
{
    return (postgres_connection *)c;
}

static void drop(postgres_connection *c)
{
    PQclear(c->result);
    c->result = NULL;
}

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

/* -- errors ---------------------------------------------------------------------------------------- */

static bool lost(const postgres_connection *c)
{
    return !c->pg || PQstatus(c->pg) != CONNECTION_OK;
}

/* The server's DETAIL holds values of rows, so it goes nowhere. */
static const char *field(const postgres_connection *c, int code)
{
    const char *text = c->result ? PQresultErrorField(c->result, code) : NULL;
    return text ? text : "";
}

static void name_constraint(postgres_connection *c)
{
    const char *name = strcmp(c->state, "23505") == 0 || strcmp(c->state, "23P01") == 0
                           ? field(c, PG_DIAG_CONSTRAINT_NAME)
                       : strcmp(c->state, "P0001") == 0 ? field(c, PG_DIAG_MESSAGE_PRIMARY)
                       : strcmp(c->state, "23503") == 0 ? "foreign_key"
                       : strcmp(c->state, "23514") == 0 ? "check"
                       : strcmp(c->state, "23502") == 0 ? "not_null"
                                                        : "";
    snprintf(c->base.constraint, CONSTRAINT_MAX_BYTES, "%s", name);
}

/* By the beginning of the SQLSTATE; the first that fits. */
static const struct {
    const char *state;
    err_code err;
    const char *message;
} meanings[] = {
    { "23", ERR_CONFLICT, "store.constraint" }, { "P0001", ERR_CONFLICT, "store.constraint" },
    { "53100", ERR_DISK, "store.disk_full" },   { "53300", ERR_DATABASE, "store.refused" },
    { "53200", ERR_MEMORY, "memory.out" },      { "40", ERR_LOCKED, "store.busy" },
    { "55P03", ERR_LOCKED, "store.busy" },      { "42501", ERR_DATABASE, "store.rights" },
    { "25006", ERR_DISK, "store.unwritable" },  { "58", ERR_DISK, "store.io" },
    { "57014", ERR_LOCKED, "store.busy" },      { "57P", ERR_DATABASE, "store.lost" },
    { "XX001", ERR_DATABASE, "store.damaged" }, { "08", ERR_DATABASE, "store.lost" },
};

static err *failed(postgres_connection *c, arena *a, const char *name)
{
    snprintf(c->state, sizeof c->state, "%s", field(c, PG_DIAG_SQLSTATE));
    const char *detail =
        text_format(a, "%s: %s (%s)", name, field(c, PG_DIAG_MESSAGE_PRIMARY), c->state).at;
    name_constraint(c);
    if (lost(c))
        return store_err(a, c->base.s, ERR_DATABASE, "store.lost", detail);
    for (size_t i = 0; i < COUNT(meanings); i++) {
        if (strncmp(c->state, meanings[i].state, strlen(meanings[i].state)) == 0)
            return store_err(a, c->base.s, meanings[i].err, meanings[i].message, detail);
    }
    return store_err(a, c->base.s, ERR_DATABASE, "store.statement", detail);
}

static err *keep(postgres_connection *c, arena *a, const char *name, PGresult *result)
{
    c->result = result;
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? NULL : failed(c, a, name);
}

/* One text of any number of commands, in one round trip. */
static err *run_text(postgres_connection *c, arena *a, const char *sql)
{
    drop(c);
    return keep(c, a, "store", PQexec(c->pg, sql));
}

/* -- statements ------------------------------------------------------------------------------------ */

static err *prepare(connection *base, arena *a, prepared *p)
{
    postgres_connection *c = mine(base);
    Oid *types = arena_many(a, Oid, p->param_count + 1);
    for (size_t i = 0; i < p->param_count; i++)
        types[i] = p->params[i].kind == VALUE_INT    ? OID_INT
                   : p->params[i].kind == VALUE_BLOB ? OID_BLOB
                                                     : OID_TEXT;
    str name = text_format(base->a, "s%lld", (long long)++c->names);
    p->handle = arena_copy(base->a, name.at, name.len + 1);
    drop(c);
    return keep(c, a, p->name.at,
                PQprepare(c->pg, p->handle, p->sql.at, (int)p->param_count, types));
}

static void forget(connection *base, prepared *p)
{
    postgres_connection *c = mine(base);
    char sql[64];
    snprintf(sql, sizeof sql, "DEALLOCATE %s", (const char *)p->handle);
    if (!lost(c) && base->prepared_count == PREPARED_MAX) /* else the connection ends anyway */
        PQclear(PQexec(c->pg, sql));
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
    postgres_connection *c = mine(base);
    size_t count = p->param_count;
    const char **at = arena_many(a, const char *, count + 1);
    int *lengths = arena_many(a, int, count + 1), *binary = arena_many(a, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        str s = values[i].kind == VALUE_INT ? int_bytes(a, values[i].n) : values[i].s;
        at[i] = values[i].kind == VALUE_NULL ? NULL : s.at ? s.at : "";
        lengths[i] = (int)s.len;
        binary[i] = 1;
    }
    drop(c);
    TRY(keep(c, a, p->name.at,
             PQexecPrepared(c->pg, p->handle, (int)count, at, lengths, binary, 0)));
    read_rows(a, c->result, out);
    return NULL;
}

/* -- connections ----------------------------------------------------------------------------------- */

static void quiet(void *nothing, const char *message)
{
    (void)nothing, (void)message;
}

static err *dial(postgres_connection *c, arena *a)
{
    static const char *const keys[] = { "connect_timeout", "application_name", "dbname",
                                        "client_encoding", NULL };
    const char *const values[] = { "10", "muster", c->base.s->o.url, "UTF8", NULL };
    c->dials++;
    c->pg = PQconnectdbParams(keys, values, 1);
    if (lost(c)) {
        const char *why = c->pg ? PQerrorMessage(c->pg) : "";
        return store_err(a, c->base.s, ERR_DATABASE, "store.refused", why);
    }
    PQsetNoticeProcessor(c->pg, quiet, NULL);
    return run_text(c, a,
                    "SET lock_timeout = '10s'; SET bytea_output = 'hex'; SET search_path = public; "
                    "SELECT set_config('synchronous_commit', 'on', false) "
                    "WHERE current_setting('synchronous_commit') = 'off'");
}

/* The lowest free lane; the lock falls when the session ends, however it ends. */
static err *take_lane(postgres_connection *c, arena *a)
{
    for (int64_t lane = 1; lane <= LANE_MAX; lane++) {
        rows r;
        TRY(run_text(
            c, a,
            text_format(a, "SELECT pg_try_advisory_lock(%d, %d) AS got", LOCK_CLASS, (int)lane)
                .at));
        read_rows(a, c->result, &r);
        if (!rows_int(&r, 0, "got"))
            continue;
        TRY(run_text(
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

static void hang_up(postgres_connection *c)
{
    connection_forget(&c->base);
    drop(c);
    PQfinish(c->pg);
    c->pg = NULL;
}

/* A new connection where there is none or it broke. */
static err *ready(postgres_connection *c, arena *a)
{
    if (!lost(c))
        return NULL;
    hang_up(c);
    err *e = dial(c, a);
    if (!e && !c->base.reader)
        e = take_lane(c, a);
    if (e)
        hang_up(c);
    return e;
}

/* A writer dials when its first work comes: its thread does it, not the one that submits. */
static err *connect(store *s, arena *a, bool reader, connection **out)
{
    postgres_connection *c = (postgres_connection *)connection_open(s, reader, sizeof *c);
    *out = &c->base;
    err *e = reader ? ready(c, a) : NULL;
    if (e) {
        connection_close(&c->base);
        *out = NULL;
    }
    return e;
}

static void disconnect(connection *base)
{
    hang_up(mine(base));
    connection_close(base);
}

/* -- open ------------------------------------------------------------------------------------------ */

static err *ask(postgres_connection *c, arena *a, const char *sql, str *out)
{
    TRY(run_text(c, a, sql));
    *out = PQntuples(c->result) && !PQgetisnull(c->result, 0, 0)
               ? str_copy(a, str_of(PQgetvalue(c->result, 0, 0)))
               : STR("");
    return NULL;
}

/* Other collations sort and compare differently from SQLite. */
static err *check_collation(postgres_connection *c, arena *a)
{
    static const char *const good[] = { "C", "C.UTF-8", "C.UTF8", "C.utf8", "POSIX" };
    str collation;
    TRY(ask(c, a,
            "SELECT CASE WHEN datlocprovider = 'c' AND pg_encoding_to_char(encoding) = 'UTF8' "
            "THEN datcollate ELSE pg_encoding_to_char(encoding) || ' ' || datcollate END "
            "FROM pg_database WHERE datname = current_database()",
            &collation));
    for (size_t i = 0; i < COUNT(good); i++) {
        if (str_is(collation, good[i]))
            return NULL;
    }
    return err_new(a, ERR_DATABASE, "store.collation",
                   VALUES({ "file", str_of(c->base.s->label) }, { "collation", collation }));
}

static err *recognise(postgres_connection *c, arena *a, int64_t *version)
{
    str tables, ours, number;
    store *s = c->base.s;
    *version = 0;
    TRY(ask(c, a, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", &tables));
    TRY(ask(c, a,
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename IN "
            "('installation', 'lane', 'audit')",
            &ours));
    if (!str_is(ours, "3") && (!str_is(tables, "0") || s->o.read_only))
        return store_err(a, s, ERR_DATABASE, "store.not_ours", "");
    if (str_is(ours, "3")) {
        TRY(ask(c, a, "SELECT schema_version FROM installation", &number));
        str_int(number, 0, INT64_MAX, version);
    }
    return store_version(s, a, *version);
}

static err *migrate_one(postgres_connection *c, arena *a, const embedded *m)
{
    TRY(run_text(c, a, migrate_text(a, m, true).at));
    if (migrate_number(m) == 1)
        TRY(connection_query(&c->base, a,
                             "INSERT INTO installation (one, uid, mode, schema_version, key_mark) "
                             "VALUES (1, $uid, $mode, 0, '')",
                             NAMED({ "uid", V_TEXT(store_installation_uid(c->base.s, a)) },
                                   { "mode", V_TEXT(str_of(store_mode(c->base.s))) }),
                             NULL));
    return connection_query(&c->base, a, "UPDATE installation SET schema_version = $version",
                            NAMED({ "version", V_INT(migrate_number(m)) }), NULL);
}

/* Under an advisory lock: of several servers that start at once one migrates, the others then find it done. */
static err *migrate(postgres_connection *c, arena *a)
{
    int64_t version;
    if (c->base.s->o.read_only)
        return recognise(c, a, &version);
    TRY(run_text(c, a,
                 text_format(a, "BEGIN; SELECT pg_advisory_xact_lock(%d, 0)", LOCK_CLASS).at));
    TRY(recognise(c, a, &version));
    for (const embedded *m = embedded_migrations; m->name; m++) {
        if (migrate_number(m) > version && store_wants(c->base.s, m))
            TRY(migrate_one(c, a, m));
    }
    return run_text(c, a, "COMMIT");
}

static err *open_checked(postgres_connection *c, arena *a)
{
    TRY(dial(c, a));
    TRY(check_collation(c, a));
    TRY(migrate(c, a));
    return c->base.reader ? NULL : take_lane(c, a);
}

/* Host, port and database, as the errors show them; without user and password. */
static void set_label(store *s)
{
    char *why = NULL;
    PQconninfoOption *all = PQconninfoParse(s->o.url, &why);
    const char *host = "", *port = "", *name = "";
    for (PQconninfoOption *o = all; o && o->keyword; o++) {
        const char *value = o->val ? o->val : "";
        if (strcmp(o->keyword, "host") == 0)
            host = value;
        else if (strcmp(o->keyword, "port") == 0)
            port = value;
        else if (strcmp(o->keyword, "dbname") == 0)
            name = value;
    }
    s->label = text_format(s->a, "%s%s%s/%s", host, *port ? ":" : "", port, name).at;
    PQconninfoFree(all);
    PQfreemem(why);
}

static err *open_store(store *s, arena *a)
{
    set_label(s);
    connection *base = connection_open(s, s->o.read_only, sizeof(postgres_connection));
    err *e = open_checked(mine(base), a);
    if (e)
        disconnect(base);
    else
        s->workers[0].c = base;
    return e;
}

static void close_all(store *s)
{
    (void)s; /* nothing but connections */
}

/* -- works ----------------------------------------------------------------------------------------- */

/* The transaction's number with BEGIN costs no round trip and tells later what became of it. */
static err *begin(postgres_connection *c, arena *a, str *xid)
{
    return ask(c, a, "BEGIN; SELECT pg_current_xact_id()", xid);
}

/* The connection broke at COMMIT: null if the transaction stands; *again if it certainly does not. */
static err *settle(postgres_connection *c, arena *a, str xid, err *e, bool *again)
{
    for (int i = 0; i < SETTLE_TRIES; i++) {
        str status = STR("");
        if (!ready(c, a) &&
            !ask(c, a, text_format(a, "SELECT pg_xact_status('%s'::xid8)", xid.at).at, &status)) {
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

static err *commit(postgres_connection *c, arena *a, str xid, bool *again)
{
    err *e = run_text(c, a, "COMMIT");
    if (e && lost(c))
        return settle(c, a, xid, e, again);
    if (!e && strcmp(PQcmdStatus(c->result), "COMMIT") != 0)
        e = store_err(a, c->base.s, ERR_DATABASE, "store.statement", "COMMIT became ROLLBACK");
    return e;
}

/* Once through; *again: nothing of it stands, and a new try may well succeed. */
static err *run_once(postgres_connection *c, store_work *w, arena *a, bool *again)
{
    str xid;
    c->state[0] = '\0';
    *again = true;
    TRY(ready(c, a));
    TRY(begin(c, a, &xid));
    int64_t next = c->base.next, until = c->base.until;
    err *e = work_run(&c->base, w, a);
    *again = e && lost(c);
    int64_t dials = c->dials;
    if (!e)
        e = commit(c, a, xid, again);
    if (e)
        c->base.head.known = false;
    if (!e || lost(c) ||
        c->dials != dials) /* after settling: a new connection with a lane of its own */
        return e;
    *again = strcmp(c->state, "40001") == 0 || strcmp(c->state, "40P01") == 0;
    PQclear(PQexec(c->pg, "ROLLBACK"));
    if (PQtransactionStatus(c->pg) != PQTRANS_IDLE)
        hang_up(c);
    c->base.next = next;
    c->base.until = until;
    return e;
}

static bool reached(postgres_connection *c)
{
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    bool well = !ready(c, a);
    arena_close(a);
    return well;
}

static bool batch(connection *base, store_work *w, bool others)
{
    postgres_connection *c = mine(base);
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

/* -- readers --------------------------------------------------------------------------------------- */

static void read_end(connection *base)
{
    postgres_connection *c = mine(base);
    drop(c);
    if (!lost(c))
        PQclear(PQexec(c->pg, "ROLLBACK"));
}

static err *read_begin(connection *base, arena *a)
{
    return run_text(
        mine(base), a,
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT one FROM installation");
}

const engine engine_postgres = {
    .open = open_store,
    .close = close_all,
    .connect = connect,
    .disconnect = disconnect,
    .batch = batch,
    .prepare = prepare,
    .forget = forget,
    .query = query,
    .read_begin = read_begin,
    .read_end = read_end,
    .workers_max = WORKERS_MAX,
};
