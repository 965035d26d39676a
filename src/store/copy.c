/*
 * copy: a whole copy of a database while others write it, and a file put in a database's place. SQLite copies itself
 * from its own snapshot; of PostgreSQL pg_dump makes one, which hears where by the environment, as others see arguments.
 */
#include "base/file.h"
#include "base/text.h"
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static err *dump(store *s, arena *a, const char *path)
{
    pid_t pid;
    int status = -1;
    PQconninfoOption *all = PQconninfoParse(s->o.url, NULL);
    for (const PQconninfoOption *o = all; o && o->keyword; o++)
        if (o->val && o->envvar)
            setenv(o->envvar, o->val, 1);
    PQconninfoFree(all);
    const char *file = text_format(a, "--file=%s", path).at;
    const char *args[] = { "pg_dump", "--format=custom", "--no-owner", "--no-password", file, NULL };
    char *words[COUNT(args)];
    memcpy(words, args, sizeof args);
    if (posix_spawnp(&pid, "pg_dump", NULL, NULL, words, environ) != 0)
        return store_err(a, s, ERR_WORKER, "backup.no_dump", "");
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? NULL : store_err(a, s, ERR_DATABASE, "backup.dump", "");
}

/* A reader's connection writes nothing, not even elsewhere, until it is told that it may; the file stays read-only. */
static err *vacuum(store *s, arena *a, const char *path)
{
    connection *c = s->workers[0].c;
    TRY(sqlite_run_text(sqlite_mine(c), a, "PRAGMA query_only = OFF"));
    return connection_query(c, a, "VACUUM INTO $path", NAMED({ "path", V_TEXT(str_of(path)) }), NULL);
}

err *store_copy(store *s, arena *a, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_err(a, path, errno);
    err *e = store_is_postgres(s) ? dump(s, a, path) : vacuum(s, a, path);
    if (!e && fsync(fd) != 0)
        e = file_err(a, path, errno);
    close(fd);
    if (e)
        unlink(path);
    return e;
}

/* Its own name for what was there: what is put back wrongly can be put back again. */
static err *keep_old(arena *a, const char *path, const char *kept)
{
    const char *wal = text_format(a, "%s-wal", path).at, *shm = text_format(a, "%s-shm", path).at;
    if (access(path, F_OK) != 0)
        return NULL;
    if (link(path, kept) != 0)
        return file_err(a, kept, errno);
    /* What is not yet in the file goes with it, and must never be played into the new one. */
    if (access(wal, F_OK) == 0 && rename(wal, text_format(a, "%s-wal", kept).at) != 0)
        return file_err(a, wal, errno);
    unlink(shm);
    return NULL;
}

err *store_replace(arena *a, const char *path, const char *with, const char *kept)
{
    const char *lock = text_format(a, "%s.lock", path).at;
    int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_err(a, lock, errno);
    err *e = NULL;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        e = err_new(a, ERR_LOCKED, "backup.served", VALUES({ "file", str_of(path) }));
    if (!e)
        e = keep_old(a, path, kept);
    if (!e && rename(with, path) != 0)
        e = file_err(a, path, errno);
    close(fd);
    return e;
}
