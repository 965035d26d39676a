/* muster restore: a backup in the place of a database, once it is known to be whole. The old one is kept. */
#include "base/text.h"
#include "cli/cli.h"
#include "command/app.h"
#include "command/backup.h"
#include "command/check.h"
#include "command/key.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* An older program's backup is brought up to date first; everything happens to the new file. */
static err *open_new(arena *a, const char *file, app **out)
{
    err *e = app_open(a, &(app_options){ .url = file, .stepped = true, .read_only = true }, out);
    if (!e || strcmp(e->message, "store.older") != 0)
        return e;
    TRY(app_open(a, &(app_options){ .url = file, .stepped = true }, out));
    app_close(*out);
    return app_open(a, &(app_options){ .url = file, .stepped = true, .read_only = true }, out);
}

static err *check(arena *a, const char *file, const char *named_file, words_lang lang, check_report *report)
{
    app *p = NULL;
    TRY(open_new(a, file, &p));
    err *e = app_check(p, a, (str){ 0 }, report);
    app_close(p);
    if (!e && report->count)
        e = err_new(a, ERR_INPUT, "backup.not_whole",
                    VALUES({ "file", str_of(named_file) }, { "finding", words_err(a, lang, report->findings[0]) }));
    return e;
}

static void remove_all(arena *a, const char *file)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
    for (size_t i = 0; i < COUNT(ends); i++)
        unlink(text_format(a, "%s%s", file, ends[i]).at);
}

static const char *kept_name(arena *a, const char *db)
{
    char at[32];
    time_t now = time(NULL);
    struct tm parts;
    strftime(at, sizeof at, "%Y-%m-%dT%H-%M-%SZ", gmtime_r(&now, &parts));
    return text_format(a, "%s.before.%s", db, at).at;
}

static void say(arena *a, words_lang lang, const char *db, const char *kept, const check_report *r)
{
    const word_value *values = VALUES({ "file", str_of(db) }, { "kept", str_of(kept) }, { "key", str_of(key_path(a, db)) },
                                      { "rows", text_format(a, "%lld", (long long)r->rows) },
                                      { "seal", r->last_seal.len ? r->last_seal : STR("-") });
    printf("%.*s\n", STR_ARG(words_get(a, lang, "restore.done", values)));
    if (access(kept, F_OK) == 0)
        printf("%.*s\n", STR_ARG(words_get(a, lang, "restore.kept", values)));
    if (access(key_path(a, db), F_OK) != 0)
        printf("%.*s\n", STR_ARG(words_get(a, lang, "restore.no_key", values)));
}

static err *restore(arena *a, const char *from, const char *db, str passphrase, words_lang lang)
{
    check_report report = { 0 };
    const char *fresh = text_format(a, "%s.%ld.restore", db, (long)getpid()).at, *kept = kept_name(a, db);
    TRY(backup_open(a, from, passphrase, fresh));
    err *e = check(a, fresh, from, lang, &report);
    if (!e)
        e = backup_replace(a, db, fresh, kept);
    remove_all(a, fresh);
    if (!e)
        say(a, lang, db, kept, &report);
    return e;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *plain = cli_option(&argc, argv, "--plain"),
               *secret = cli_option(&argc, argv, "--passphrase-file");
    str passphrase;
    TRY(cli_unknown_option(a, argc, argv));
    if (argc != 1)
        return err_new(a, ERR_USAGE, "restore.what", NULL);
    if (!db && !plain)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    TRY(cli_passphrase(a, secret, lang, &passphrase));
    if (plain)
        return backup_open(a, argv[0], passphrase, plain);
    if (str_starts(str_of(db), STR("postgres")))
        return err_new(a, ERR_USAGE, "restore.postgres", VALUES({ "file", str_of(argv[0]) }));
    return restore(a, argv[0], db, passphrase, lang);
}

int verb_restore(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
