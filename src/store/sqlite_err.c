/*
 * sqlite_err: what SQLite's codes mean to a reader, and which constraint broke.
 */
#include "base/text.h"
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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

err *sqlite_failed(sqlite_connection *c, arena *a, const char *name)
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
