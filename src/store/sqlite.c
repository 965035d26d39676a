/*
 * sqlite: a file in WAL mode, one writer thread that commits whole batches, readers beside it.
 * FILE.lock is held by flock as long as the store is open: two programs writing one file would each think
 * they own lane 0. Each batch leaves its mark in lane.holder, by which a COMMIT that failed half-way is judged.
 */
#include "base/file.h"
#include "base/text.h"
#include "store/engine.h"
#include "store/migrate.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x4d737472 /* 'Mstr' */, BUSY_MS = 5000, MARK_MAX_BYTES = 64 };

typedef struct sqlite {
    int lock;
    char run[40]; /* this opening, for the marks */
} sqlite;

typedef struct sqlite_connection {
    connection base;
    sqlite3 *db;
    sqlite3_stmt *busy; /* stepped and not yet reset, should memory run out in between */
    int64_t batch;
} sqlite_connection;

static sqlite_connection *mine(connection *c)
{
    return (sqlite_connection *)c;
}

/* -- errors ---------------------------------------------------------------------------------------- */

/* Columns "duty.need_id, duty.seat" -> the index over them, or the name PostgreSQL gives such a constraint. */
static void name_unique(sqlite_connection *c, const char *columns)
{
    char table[64] = "", wanted[CONSTRAINT_MAX_BYTES] = "";
    size_t dot = strcspn(columns, ".");
    snprintf(table, sizeof table, "%.*s", (int)dot, columns);
    for (const char *p = columns; p && *p; p = strstr(p, ", ") ? strstr(p, ", ") + 2 : NULL) {
        const char *column = p + dot + 1;
        size_t used = strlen(wanted);
        snprintf(wanted + used, sizeof wanted - used, "%s%.*s", used ? "_" : "",
                 (int)strcspn(column, ","), column);
    }
    snprintf(c->base.constraint, CONSTRAINT_MAX_BYTES, "%s_pkey", table); /* a rowid has no index */
    sqlite3_stmt *q = NULL;
    static const char sql[] =
        "SELECT l.name, l.origin FROM pragma_index_list(?1) l WHERE l.\"unique\" AND ?2 = (SELECT "
        "group_concat(i.name, '_') FROM pragma_index_info(l.name) i) ORDER BY l.origin";
    if (sqlite3_prepare_v2(c->db, sql, -1, &q, NULL) == SQLITE_OK) {
        sqlite3_bind_text(q, 1, table, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, wanted, -1, SQLITE_STATIC);
        if (sqlite3_step(q) == SQLITE_ROW) { /* c: made by CREATE INDEX, pk, u */
            const char *origin = (const char *)sqlite3_column_text(q, 1);
            if (*origin == 'c')
                snprintf(c->base.constraint, CONSTRAINT_MAX_BYTES, "%s", sqlite3_column_text(q, 0));
            else if (*origin == 'u')
                snprintf(c->base.constraint, CONSTRAINT_MAX_BYTES, "%.63s_%.90s_key", table,
                         wanted);
        }
    }
    sqlite3_finalize(q);
}

static void name_constraint(sqlite_connection *c, int code, const char *message)
{
    static const char unique[] = "UNIQUE constraint failed: ", index[] = "index '";
    char *to = c->base.constraint;
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
        code == SQLITE_CONSTRAINT_ROWID) {
        const char *what =
            strncmp(message, unique, strlen(unique)) == 0 ? message + strlen(unique) : "";
        if (strncmp(what, index, strlen(index)) == 0)
            snprintf(to, CONSTRAINT_MAX_BYTES, "%.*s", (int)strcspn(what + strlen(index), "'"),
                     what + strlen(index));
        else
            name_unique(c, what);
        return;
    }
    snprintf(to, CONSTRAINT_MAX_BYTES, "%s",
             code == SQLITE_CONSTRAINT_FOREIGNKEY ? "foreign_key"
             : code == SQLITE_CONSTRAINT_CHECK    ? "check"
             : code == SQLITE_CONSTRAINT_NOTNULL  ? "not_null"
             : code == SQLITE_CONSTRAINT_TRIGGER  ? message
                                                  : "");
}

static const struct {
    int code;
    err_code err;
    const char *message;
} meanings[] = {
    { SQLITE_FULL, ERR_DISK, "store.disk_full" },
    { SQLITE_IOERR, ERR_DISK, "store.io" },
    { SQLITE_BUSY, ERR_LOCKED, "store.busy" },
    { SQLITE_LOCKED, ERR_LOCKED, "store.busy" },
    { SQLITE_READONLY, ERR_DISK, "store.unwritable" },
    { SQLITE_PERM, ERR_DISK, "store.unwritable" },
    { SQLITE_CANTOPEN, ERR_DISK, "store.unwritable" },
    { SQLITE_NOTADB, ERR_DATABASE, "store.not_ours" },
    { SQLITE_CORRUPT, ERR_DATABASE, "store.damaged" },
    { SQLITE_CONSTRAINT, ERR_CONFLICT, "store.constraint" },
};

/* What the system said last about a file of this database. */
static int file_errno(sqlite3 *db, int which)
{
    sqlite3_file *file = NULL;
    int number = 0;
    sqlite3_file_control(db, "main", which, &file);
    if (file && file->pMethods)
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

/* SQLite knows a full disk only by ENOSPC, and of its -shm not even that; quotas and limits speak otherwise. */
static bool is_disk_full(sqlite3 *db, int code)
{
    static const int files[] = { SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER };
    if ((code & 0xff) != SQLITE_IOERR)
        return false;
    bool full = code == SQLITE_IOERR_SHMSIZE;
    for (size_t i = 0; i < COUNT(files); i++) {
        int number = file_errno(db, files[i]);
        full = full || number == EFBIG || number == EDQUOT || number == ENOSPC;
    }
    return full;
}

static err *failed(sqlite_connection *c, arena *a, const char *name)
{
    int code = sqlite3_extended_errcode(c->db);
    str message = str_copy(a, str_of(sqlite3_errmsg(c->db)));
    const char *detail = text_format(a, "%s: %s (%d)", name, message.at, code).at;
    if ((code & 0xff) == SQLITE_NOMEM)
        return err_memory();
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        name_constraint(c, code, message.at);
    if (is_disk_full(c->db, code))
        return store_err(a, c->base.s, ERR_DISK, "store.disk_full", detail);
    for (size_t i = 0; i < COUNT(meanings); i++) {
        if (meanings[i].code == (code & 0xff))
            return store_err(a, c->base.s, meanings[i].err, meanings[i].message, detail);
    }
    return store_err(a, c->base.s, ERR_DATABASE, "store.statement", detail);
}

static err *run_text(sqlite_connection *c, arena *a, const char *sql)
{
    return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK ? NULL : failed(c, a, "store");
}

/* -- statements ------------------------------------------------------------------------------------ */

static void leave(sqlite_connection *c)
{
    if (c->busy)
        sqlite3_reset(c->busy);
    c->busy = NULL;
}

static err *prepare(connection *base, arena *a, prepared *p)
{
    sqlite_connection *c = mine(base);
    sqlite3_stmt *q = NULL;
    p->index = arena_many(base->a, int, p->param_count + 1);
    const char **names = arena_many(a, const char *, p->param_count + 1);
    for (size_t i = 0; i < p->param_count; i++)
        names[i] = text_format(a, "$%s", p->params[i].name).at;
    /* from here on no memory is asked for: were it to run out, nobody would finalize q */
    if (sqlite3_prepare_v3(c->db, p->sql.at, (int)p->sql.len, SQLITE_PREPARE_PERSISTENT, &q,
                           NULL) != SQLITE_OK)
        return failed(c, a, p->name.at);
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
    sqlite_connection *c = mine(base);
    sqlite3_stmt *q = p->handle;
    leave(c);
    for (size_t i = 0; i < p->param_count; i++) {
        if (p->index[i] && bind(q, p->index[i], &values[i]) != SQLITE_OK)
            return failed(c, a, p->name.at);
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
    err *e = state == SQLITE_DONE ? NULL : failed(c, a, p->name.at);
    leave(c);
    out->at = cells.at;
    return e;
}

/* -- connections ----------------------------------------------------------------------------------- */

static err *dial(sqlite_connection *c, arena *a)
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
        return failed(c, a, "open");
    sqlite3_busy_timeout(c->db, BUSY_MS);
    /* a plan never depends on bound values: else partial indexes make SQLite parse a statement anew at each bind */
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    return run_text(c, a,
                    reader ? "PRAGMA query_only = ON"
                           : "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
}

static void disconnect(connection *base)
{
    sqlite3 *db = mine(base)->db;
    leave(mine(base));
    connection_close(base);
    int code = sqlite3_close(db);
    assert(code == SQLITE_OK);
    (void)code;
}

static err *connect(store *s, arena *a, bool reader, connection **out)
{
    sqlite_connection *c = (sqlite_connection *)connection_open(s, reader, sizeof *c);
    err *e = dial(c, a);
    if (e)
        disconnect(&c->base);
    else
        *out = &c->base;
    return e;
}

/* -- open ------------------------------------------------------------------------------------------ */

static err *number_of(sqlite_connection *c, arena *a, const char *sql, int64_t *out)
{
    rows r;
    TRY(connection_query(&c->base, a, sql, NULL, &r));
    *out = r.count && r.column_count ? r.at[0].n : 0;
    return NULL;
}

static err *migrate_one(sqlite_connection *c, arena *a, const embedded *m)
{
    TRY(run_text(c, a, migrate_text(a, m, false).at));
    if (migrate_number(m) == 1) {
        TRY(run_text(c, a, "INSERT INTO lane (lane, next_id) VALUES (0, 1)"));
        TRY(connection_query(&c->base, a,
                             "INSERT INTO installation (one, uid, mode, schema_version, key_mark) "
                             "VALUES (1, $uid, $mode, 0, '')",
                             NAMED({ "uid", V_TEXT(store_installation_uid(c->base.s, a)) },
                                   { "mode", V_TEXT(str_of(store_mode(c->base.s))) }),
                             NULL));
    }
    return connection_query(&c->base, a, "UPDATE installation SET schema_version = $version",
                            NAMED({ "version", V_INT(migrate_number(m)) }), NULL);
}

/* The copy is a file of its own with the rights of the database, synced before anything is changed. */
static err *copy_to(sqlite_connection *c, arena *a, const char *path)
{
    struct stat st;
    if (stat(c->base.s->o.url, &st) != 0)
        return file_err(a, c->base.s->o.url, errno);
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, st.st_mode & 0777);
    if (to < 0)
        return store_err(a, c->base.s, ERR_DISK, "store.backup", strerror(errno));
    err *e = connection_query(&c->base, a, "VACUUM INTO $path", NAMED({ "path", V_TEXT(str_of(path)) }), NULL);
    bool synced = fsync(to) == 0;
    close(to);
    if (!e && synced)
        return NULL;
    unlink(path);
    return store_err(a, c->base.s, ERR_DISK, "store.backup", e ? str_z(a, e->detail) : "fsync");
}

/* Beside the database, by the form it has and the time: muster.db.v1.2020-02-08T10-15-00Z.bak. The clock is SQLite's. */
static err *back_up(sqlite_connection *c, arena *a, int64_t version)
{
    rows r;
    TRY(connection_query(&c->base, a, "SELECT strftime('%Y-%m-%dT%H-%M-%SZ', 'now') AS at", NULL, &r));
    str path = text_format(a, "%s.v%lld.%.*s.bak", c->base.s->o.url, (long long)version, STR_ARG(rows_text(&r, 0, "at")));
    return copy_to(c, a, path.at);
}

/* All steps in one transaction: either the new schema stands, or the old one. */
static err *migrate(sqlite_connection *c, arena *a, int64_t from)
{
    if (from == migrate_newest())
        return NULL;
    if (from > 0)
        TRY(back_up(c, a, from));
    TRY(run_text(c, a, "BEGIN IMMEDIATE"));
    err *e = run_text(c, a, text_format(a, "PRAGMA application_id = %d", APPLICATION_ID).at);
    for (const embedded *m = embedded_migrations; !e && m->name; m++) {
        if (migrate_number(m) > from && store_wants(c->base.s, m))
            e = migrate_one(c, a, m);
    }
    if (!e)
        e = run_text(c, a, "COMMIT");
    if (e)
        sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
    return e;
}

/* The version found; 0 is a new file. Whoever's file it is, nothing was written to it yet. */
static err *recognise(sqlite_connection *c, arena *a, int64_t *version)
{
    int64_t id = 0, tables = 0;
    TRY(number_of(c, a, "PRAGMA application_id", &id));
    TRY(number_of(c, a, "SELECT count(*) FROM sqlite_master", &tables));
    *version = 0;
    if (id != APPLICATION_ID && (tables > 0 || id != 0 || c->base.s->o.read_only))
        return store_err(a, c->base.s, ERR_DATABASE, id || tables ? "store.not_ours" : "store.empty", "");
    if (tables > 0)
        TRY(number_of(c, a, "SELECT schema_version FROM installation", version));
    return store_version(c->base.s, a, *version);
}

static err *lock_file(store *s, arena *a)
{
    sqlite *own = s->own;
    const char *path = text_format(a, "%s.lock", s->o.url).at;
    own->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (own->lock < 0) {
        int number = errno;
        if (number == ENOENT)
            return store_err(a, s, ERR_DISK, "file.folder_missing", path);
        return number == ENOTDIR ? file_err(a, s->o.url, number)
                                 : store_err(a, s, ERR_DISK, "store.unwritable", strerror(number));
    }
    if (flock(own->lock, LOCK_EX | LOCK_NB) == 0)
        return NULL;
    return errno == EWOULDBLOCK ? store_err(a, s, ERR_LOCKED, "store.locked", path)
                                : store_err(a, s, ERR_DISK, "store.unwritable", strerror(errno));
}

static err *take_lane(sqlite_connection *c, arena *a)
{
    int64_t next;
    TRY(number_of(c, a, "SELECT next_id FROM lane WHERE lane = 0", &next));
    c->base.next = c->base.until = next; /* the next id reserves a block */
    c->base.head.known = false;
    return NULL;
}

static err *prepare_writer(sqlite_connection *c, arena *a)
{
    return run_text(c, a, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; "
                    "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY");
}

static err *open_checked(store *s, arena *a)
{
    struct stat st;
    if (stat(s->o.url, &st) == 0 && S_ISDIR(st.st_mode))
        return file_err(a, s->o.url, EISDIR);
    if (s->o.read_only && access(s->o.url, F_OK) != 0)
        return file_err(a, s->o.url, errno);
    if (!s->o.read_only)
        TRY(lock_file(s, a));
    connection *base;
    TRY(connect(s, a, s->o.read_only, &base));
    s->workers[0].c = base;
    sqlite_connection *c = mine(base);
    int64_t version;
    TRY(recognise(c, a, &version));
    if (s->o.read_only)
        return NULL;
    if (sqlite3_db_readonly(c->db, "main") == 1)
        return store_err(a, s, ERR_DISK, "store.unwritable", "");
    TRY(prepare_writer(c, a));
    TRY(migrate(c, a, version));
    return take_lane(c, a);
}

static void close_all(store *s)
{
    sqlite *own = s->own;
    if (own->lock >= 0)
        close(own->lock); /* the file stays: removing it would race with whoever opens next */
    own->lock = -1;
}

/* Counting its memory costs SQLite a lock at each malloc; nobody asks for the sum. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static err *open_store(store *s, arena *a)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    sqlite *own = arena_new(a, sqlite);
    own->lock = -1;
    snprintf(own->run, sizeof own->run, "%s", store_uid(a).at);
    s->own = own;
    err *e = open_checked(s, a);
    if (e && strcmp(e->message, "store.busy") == 0) /* not one of ours: that would hold FILE.lock */
        e = store_err(a, s, ERR_LOCKED, "store.in_use", str_z(a, e->detail));
    if (e && s->workers[0].c) {
        disconnect(s->workers[0].c);
        s->workers[0].c = NULL;
    }
    if (e)
        close_all(s);
    return e;
}

/* -- batches --------------------------------------------------------------------------------------- */

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
    leave(c);
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
    if (dial(c, a) || prepare_writer(c, a) || take_lane(c, a))
        return false;
    char mark[MARK_MAX_BYTES];
    mark_text(c, mark);
    rows r;
    int64_t busy;
    bool there =
        !connection_query(&c->base, a, "SELECT holder FROM lane WHERE lane = 0", NULL, &r) &&
        str_is(rows_text(&r, 0, "holder"), mark);
    return !number_of(c, a, "PRAGMA wal_checkpoint(TRUNCATE)", &busy) && there && busy == 0;
}

static void answer(ran *all, size_t count, const err *e)
{
    for (size_t i = 0; i < count; i++) {
        err *own = all[i].e ? all[i].e : e ? err_copy(all[i].a, e) : NULL;
        all[i].w->done(all[i].w, own);
        arena_close(all[i].a);
    }
}

static bool batch(connection *base, store_work *w, bool others)
{
    (void)others; /* there is one writer */
    sqlite_connection *c = mine(base);
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

/* -- readers --------------------------------------------------------------------------------------- */

static void read_end(connection *base)
{
    leave(mine(base));
    sqlite3_exec(mine(base)->db, "ROLLBACK", NULL, NULL, NULL);
}

static err *read_begin(connection *base, arena *a)
{
    TRY(connection_query(base, a, "BEGIN", NULL, NULL));
    err *e = connection_query(base, a, "SELECT one FROM installation", NULL,
                              NULL); /* now the snapshot stands */
    if (e)
        read_end(base);
    return e;
}

const engine engine_sqlite = {
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
    .workers_max = 1,
};
