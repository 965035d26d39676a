/*
 * sqlite_open: the lock, whose file it is, the copy before a migration, and the migration.
 */
#include "base/file.h"
#include "base/text.h"
#include "store/migrate.h"
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x4d737472 /* 'Mstr' */ };

err *sqlite_number_of(sqlite_connection *c, arena *a, const char *sql, int64_t *out)
{
    rows r;
    TRY(connection_query(&c->base, a, sql, NULL, &r));
    *out = r.count && r.column_count ? r.at[0].n : 0;
    return NULL;
}

static err *migrate_one(sqlite_connection *c, arena *a, const embedded *m)
{
    TRY(sqlite_run_text(c, a, migrate_text(a, m, false).at));
    if (migrate_number(m) == 1) {
        TRY(sqlite_run_text(c, a, "INSERT INTO lane (lane, next_id) VALUES (0, 1)"));
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
    TRY(sqlite_run_text(c, a, "BEGIN IMMEDIATE"));
    err *e = sqlite_run_text(c, a, text_format(a, "PRAGMA application_id = %d", APPLICATION_ID).at);
    for (const embedded *m = embedded_migrations; !e && m->name; m++) {
        if (migrate_number(m) > from && store_wants(c->base.s, m))
            e = migrate_one(c, a, m);
    }
    if (!e)
        e = sqlite_run_text(c, a, "COMMIT");
    if (e)
        sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
    return e;
}

/* The version found; 0 is a new file. Whoever's file it is, nothing was written to it yet. */
static err *recognise(sqlite_connection *c, arena *a, int64_t *version)
{
    int64_t id = 0, tables = 0;
    TRY(sqlite_number_of(c, a, "PRAGMA application_id", &id));
    TRY(sqlite_number_of(c, a, "SELECT count(*) FROM sqlite_master", &tables));
    *version = 0;
    if (id != APPLICATION_ID && (tables > 0 || id != 0 || c->base.s->o.read_only))
        return store_err(a, c->base.s, ERR_DATABASE, id || tables ? "store.not_ours" : "store.empty", "");
    if (tables > 0)
        TRY(sqlite_number_of(c, a, "SELECT schema_version FROM installation", version));
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

err *sqlite_take_lane(sqlite_connection *c, arena *a)
{
    int64_t next;
    TRY(sqlite_number_of(c, a, "SELECT next_id FROM lane WHERE lane = 0", &next));
    c->base.next = c->base.until = next; /* the next id reserves a block */
    c->base.head.known = false;
    return NULL;
}

err *sqlite_prepare_writer(sqlite_connection *c, arena *a)
{
    return sqlite_run_text(c, a, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; "
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
    TRY(sqlite_connect(s, a, s->o.read_only, &base));
    s->workers[0].c = base;
    sqlite_connection *c = sqlite_mine(base);
    int64_t version;
    TRY(recognise(c, a, &version));
    if (s->o.read_only)
        return NULL;
    if (sqlite3_db_readonly(c->db, "main") == 1)
        return store_err(a, s, ERR_DISK, "store.unwritable", "");
    TRY(sqlite_prepare_writer(c, a));
    TRY(migrate(c, a, version));
    return sqlite_take_lane(c, a);
}

void sqlite_close_all(store *s)
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

err *sqlite_open_store(store *s, arena *a)
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
        sqlite_disconnect(s->workers[0].c);
        s->workers[0].c = NULL;
    }
    if (e)
        sqlite_close_all(s);
    return e;
}
