#include "base/civil.h"
#include "cli/cli.h"
#include "cli/job_paper.h"
#include "job/job.h"
#include "job/outbox.h"

#include <stdio.h>
#include <string.h>

static err *send(arena *a, app *p, const outbox_options *o)
{
    outbox_done done = { 0 };
    err *e = outbox_prepare(p, a, o);
    e = e ? e : outbox_run(p, a, o, &done);
    printf("%.*s\n", STR_ARG(words_get(a, o->lang, "job.done",
                                       VALUES({ "sent", text_format(a, "%lld", (long long)done.sent) },
                                              { "failed", text_format(a, "%lld", (long long)done.failed) },
                                              { "unknown", text_format(a, "%lld", (long long)done.unknown) }))));
    return e;
}

/* All that is due now; what fails waits for its next time. */
static err *work(arena *a, app *p, const outbox_options *o)
{
    size_t steps = 0;
    TRY(job_plan_due(p, a, o->now));
    job_loop *l = job_loop_open(a, &(job_options){ .app = p, .clock = civil_clock, .which = -1,
                                                   .files = text_format(a, "%s/files", o->folder).at, .make = job_paper_make });
    for (bool did = true; did && !cli_interrupted(); steps += did)
        TRY(job_step(l, a, &did));
    printf("%.*s\n", STR_ARG(words_get(a, o->lang, "job.worked", VALUES({ "n", text_format(a, "%zu", steps / 3) }))));
    return NULL;
}

static err *run_jobs(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *dir = cli_option(&argc, argv, "--dir");
    TRY(cli_unknown_option(a, argc, argv));
    bool works = argc == 1 && strcmp(argv[0], "work") == 0;
    if (argc != 1 || (!works && strcmp(argv[0], "run") != 0))
        return err_new(a, ERR_USAGE, "job.usage", NULL);
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = "real" }, &p));
    const outbox_options o = { .folder = dir ? dir : cli_folder_of(a, db), .now = civil_clock(), .lang = lang, .source = STR("job") };
    err *e = works ? work(a, p, &o) : send(a, p, &o);
    app_close(p);
    return e;
}

int verb_job(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run_jobs(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
