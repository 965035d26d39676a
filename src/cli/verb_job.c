#include "base/civil.h"
#include "cli/cli.h"
#include "cli/outbox.h"

#include <stdio.h>
#include <string.h>

/* The folder a database file lies in; for a server the one the program runs in. */
static const char *folder_of(arena *a, const char *db)
{
    const char *slash = strrchr(db, '/');
    if (!slash || strncmp(db, "postgres", 8) == 0)
        return ".";
    return slash == db ? "/" : str_z(a, (str){ db, (size_t)(slash - db) });
}

static err *run_jobs(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *dir = cli_option(&argc, argv, "--dir");
    TRY(cli_unknown_option(a, argc, argv));
    if (argc != 1 || strcmp(argv[0], "run") != 0)
        return err_new(a, ERR_USAGE, "job.usage", NULL);
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    app *p = NULL;
    outbox_done done = { 0 };
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = "real" }, &p));
    const outbox_options o = { .folder = dir ? dir : folder_of(a, db), .now = civil_clock(), .lang = lang, .source = STR("job") };
    err *e = outbox_prepare(p, a, &o);
    e = e ? e : outbox_run(p, a, &o, &done);
    app_close(p);
    printf("%.*s\n", STR_ARG(words_get(a, lang, "job.done",
                                       VALUES({ "sent", text_format(a, "%lld", (long long)done.sent) },
                                              { "failed", text_format(a, "%lld", (long long)done.failed) },
                                              { "unknown", text_format(a, "%lld", (long long)done.unknown) }))));
    return e;
}

int verb_job(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run_jobs(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
