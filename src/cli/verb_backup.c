/* muster backup: the database as one file, also while it is served. */
#include "base/file.h"
#include "base/text.h"
#include "cli/cli.h"
#include "command/app.h"
#include "command/backup.h"
#include "command/health.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSPHRASE_MAX_BYTES = 1024 };

err *cli_passphrase(arena *a, const char *file, words_lang lang, str *out)
{
    str content = { 0 };
    *out = (str){ 0 };
    if (!file)
        return NULL;
    if (str_is(str_of(file), "-")) {
        content = cli_secret(a, lang, "backup.type");
    } else {
        TRY(file_read(a, file, PASSPHRASE_MAX_BYTES, &content));
        str_split(&content, '\n', out);
        content = *out;
    }
    *out = str_trim(content);
    return out->len ? NULL : err_new(a, ERR_USAGE, "backup.no_passphrase", VALUES({ "file", str_of(file) }));
}

/* When the last one was made, for /readyz. A database server's own is not ours to mark. */
static err *leave_mark(arena *a, const char *db)
{
    if (str_starts(str_of(db), STR("postgres")))
        return NULL;
    const char *path = health_backup_mark(a, db);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || futimens(fd, NULL) != 0) {
        err *e = file_err(a, path, errno);
        if (fd >= 0)
            close(fd);
        return e;
    }
    close(fd);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *to = cli_option(&argc, argv, "-o"),
               *secret = cli_option(&argc, argv, "--passphrase-file");
    str passphrase;
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (!to || argc)
        return err_new(a, ERR_USAGE, "backup.where", NULL);
    TRY(cli_passphrase(a, secret, lang, &passphrase));
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &p));
    err *e = backup_make(p, a, to, passphrase);
    app_close(p);
    if (!e)
        e = leave_mark(a, db);
    if (!e)
        printf("%.*s\n", STR_ARG(words_get(a, lang, passphrase.len ? "backup.done_sealed" : "backup.done", VALUES({ "file", str_of(to) }))));
    return e;
}

int verb_backup(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
