/*
 * sqlite: connections to the file, their statements and queries, readers, and the table of the engine.
 */
#include "base/text.h"
#include "store/sqlite.h"

#include <assert.h>
#include <string.h>

enum { BUSY_MS = 5000 };

sqlite_connection *sqlite_mine(connection *c)
{
    return (sqlite_connection *)c;
}

err *sqlite_run_text(sqlite_connection *c, arena *a, const char *sql)
{
    return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK ? NULL : sqlite_failed(c, a, "store");
}

/* -- statements ------------------------------------------------------------------------------------ */

void sqlite_leave(sqlite_connection *c)
{
    if (c->busy)
        sqlite3_reset(c->busy);
    c->busy = NULL;
}

static err *prepare(connection *base, arena *a, prepared *p)
{
    sqlite_connection *c = sqlite_mine(base);
    sqlite3_stmt *q = NULL;
    p->index = arena_many(base->a, int, p->param_count + 1);
    const char **names = arena_many(a, const char *, p->param_count + 1);
    for (size_t i = 0; i < p->param_count; i++)
        names[i] = text_format(a, "$%s", p->params[i].name).at;
    /* from here on no memory is asked for: were it to run out, nobody would finalize q */
    if (sqlite3_prepare_v3(c->db, p->sql.at, (int)p->sql.len, SQLITE_PREPARE_PERSISTENT, &q,
                           NULL) != SQLITE_OK)
        return sqlite_failed(c, a, p->name.at);
    if (!q)
        return statement_err(a, p->name.at, "no text");
    p->handle = q;
    for (size_t i = 0; i < p->param_count; i++)
        p->index[i] = sqlite3_bind_parameter_index(q, names[i]);
    return NULL;
}

static void forget(connection *base, prepared *p)
{
    (void)base;
    sqlite3_finalize(p->handle);
}

static int bind(sqlite3_stmt *q, int index, const value *v)
{
    const char *at = v->s.at ? v->s.at : "";
    switch (v->kind) {
    case VALUE_INT:
        return sqlite3_bind_int64(q, index, v->n);
    case VALUE_TEXT:
        return sqlite3_bind_text64(q, index, at, v->s.len, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(q, index, at, v->s.len, SQLITE_STATIC);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(q, index);
}

static value column_value(arena *a, sqlite3_stmt *q, int i)
{
    switch (sqlite3_column_type(q, i)) {
    case SQLITE_NULL:
        return V_NULL;
    case SQLITE_INTEGER:
        return V_INT(sqlite3_column_int64(q, i));
    case SQLITE_BLOB: {
        str s = { sqlite3_column_blob(q, i), (size_t)sqlite3_column_bytes(q, i) };
        return V_BLOB(str_copy(a, s));
    }
    default: {
        str s = { (const char *)sqlite3_column_text(q, i), 0 };
        s.len = (size_t)sqlite3_column_bytes(q, i);
        return V_TEXT(str_copy(a, s));
    }
    }
}

static err *query(connection *base, arena *a, prepared *p, const value *values, rows *out)
{
    sqlite_connection *c = sqlite_mine(base);
    sqlite3_stmt *q = p->handle;
    rows ignored = { 0 };
    out = out ? out : &ignored;
    sqlite_leave(c);
    for (size_t i = 0; i < p->param_count; i++) {
        if (p->index[i] && bind(q, p->index[i], &values[i]) != SQLITE_OK)
            return sqlite_failed(c, a, p->name.at);
    }
    int columns = sqlite3_column_count(q), state;
    const char **names = arena_many(a, const char *, columns + 1);
    for (int i = 0; i < columns; i++)
        names[i] = str_z(a, str_of(sqlite3_column_name(q, i)));
    LIST(value) cells = { 0 };
    *out = (rows){ .names = names, .column_count = (size_t)columns };
    c->busy = q;
    while ((state = sqlite3_step(q)) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) {
            value v = column_value(a, q, i);
            *list_add(a, &cells) = v;
        }
        out->count++;
    }
    err *e = state == SQLITE_DONE ? NULL : sqlite_failed(c, a, p->name.at);
    sqlite_leave(c);
    out->at = cells.at;
    return e;
}

/* -- connections ----------------------------------------------------------------------------------- */

err *sqlite_dial(sqlite_connection *c, arena *a)
{
    bool reader = c->base.reader;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const char *file = c->base.s->o.url;
    int code = sqlite3_open_v2(file, &c->db, flags | (reader ? 0 : SQLITE_OPEN_CREATE), NULL);
    if (code != SQLITE_OK && reader) {
        sqlite3_close(c->db);
        code = sqlite3_open_v2(
            file, &c->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    }
    if (code != SQLITE_OK)
        return sqlite_failed(c, a, "open");
    sqlite3_busy_timeout(c->db, BUSY_MS);
    /* a plan never depends on bound values: else partial indexes make SQLite parse a statement anew at each bind */
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    return sqlite_run_text(c, a,
                    reader ? "PRAGMA query_only = ON"
                           : "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
}

void sqlite_disconnect(connection *base)
{
    sqlite_connection *c = sqlite_mine(base);
    sqlite3 *db = c->db;
    sqlite_leave(c);
    sqlite3_finalize(c->begin);
    sqlite3_finalize(c->look);
    sqlite3_finalize(c->end);
    connection_close(base);
    int code = sqlite3_close(db);
    assert(code == SQLITE_OK);
    (void)code;
}

err *sqlite_connect(store *s, arena *a, bool reader, connection **out)
{
    sqlite_connection *c = (sqlite_connection *)connection_open(s, reader, sizeof *c);
    err *e = sqlite_dial(c, a);
    if (e)
        sqlite_disconnect(&c->base);
    else
        *out = &c->base;
    return e;
}

/* -- readers --------------------------------------------------------------------------------------- */

/* A snapshot is begun and ended for each request: no memory is asked for, nothing looked up. */
static int run_ready(sqlite_connection *c, sqlite3_stmt **q, const char *sql)
{
    int code = *q ? SQLITE_OK : sqlite3_prepare_v3(c->db, sql, -1, SQLITE_PREPARE_PERSISTENT, q, NULL);
    if (code != SQLITE_OK)
        return code;
    code = sqlite3_step(*q);
    sqlite3_reset(*q);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static void read_end(connection *base)
{
    sqlite_connection *c = sqlite_mine(base);
    sqlite_leave(c);
    run_ready(c, &c->end, "ROLLBACK");
}

static err *read_begin(connection *base, arena *a)
{
    sqlite_connection *c = sqlite_mine(base);
    if (run_ready(c, &c->begin, "BEGIN") != SQLITE_OK)
        return sqlite_failed(c, a, "store");
    if (run_ready(c, &c->look, "SELECT one FROM installation") == SQLITE_OK) /* now the snapshot stands */
        return NULL;
    err *e = sqlite_failed(c, a, "store");
    read_end(base);
    return e;
}

const engine engine_sqlite = {
    .open = sqlite_open_store,
    .close = sqlite_close_all,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .batch = sqlite_batch,
    .prepare = prepare,
    .forget = forget,
    .query = query,
    .read_begin = read_begin,
    .read_end = read_end,
    .workers_max = 1,
};
