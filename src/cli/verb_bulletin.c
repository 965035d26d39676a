#include "base/civil.h"
#include "cli/cli.h"
#include "cli/paper.h"
#include "job/bulletin.h"

#include <stdio.h>

static err *show(arena *a, const paper_wanted *w, bool as_json)
{
    bulletin b;
    if (w->path)
        return paper_write(a, w);
    TRY(bulletin_load(a, w->app, w->lang, w->id, (bulletin_reader){ .actor_id = w->actor_id, .now = w->now }, &b));
    bulletin_write(&b);
    str out = as_json ? bulletin_json(&b) : bulletin_text(&b);
    fwrite(out.at, 1, out.len, stdout);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *which = cli_option(&argc, argv, "--number"),
               *as = cli_option(&argc, argv, "--as");
    paper_wanted w = { .kind = PAPER_BULLETIN, .lang = lang, .now = civil_clock(), .path = cli_option(&argc, argv, "-o"),
                       .link = str_of(cli_option(&argc, argv, "--link")) };
    bool as_json = cli_flag(&argc, argv, "--json");
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (which && !str_int(str_of(which), 1, INT32_MAX, &w.id))
        return err_new(a, ERR_USAGE, "bulletin.number", NULL);
    if (as && !str_int(str_of(as), 1, INT64_MAX, &w.actor_id))
        return err_new(a, ERR_USAGE, "cli.as_number", VALUES({ "value", str_of(as) }));
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &w.app));
    err *e = show(a, &w, as_json);
    app_close(w.app);
    return e;
}

int verb_bulletin(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
