#include "cli/bulletin.h"

#include <stdio.h>

typedef struct wanted {
    int64_t number; /* 0: the newest */
    bool json;
    const char *path, *link; /* of the paper; null: none */
} wanted;

static err *show(arena *a, app *p, const wanted *w, words_lang lang)
{
    bulletin b;
    TRY(bulletin_load(a, p, lang, w->number, &b));
    bulletin_write(&b);
    if (w->path)
        return bulletin_paper(&b, w->link, w->path);
    str out = w->json ? bulletin_json(&b) : bulletin_text(&b);
    fwrite(out.at, 1, out.len, stdout);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *which = cli_option(&argc, argv, "--number");
    wanted w = { .path = cli_option(&argc, argv, "-o"), .link = cli_option(&argc, argv, "--link") };
    w.json = cli_flag(&argc, argv, "--json");
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (which && !str_int(str_of(which), 1, INT32_MAX, &w.number))
        return err_new(a, ERR_USAGE, "bulletin.number", NULL);
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &p));
    err *e = show(a, p, &w, lang);
    app_close(p);
    return e;
}

int verb_bulletin(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
