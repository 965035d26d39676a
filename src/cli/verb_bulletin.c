#include "cli/bulletin.h"

#include <stdio.h>

static err *show(arena *a, app *p, int64_t number, bool json, words_lang lang)
{
    bulletin b;
    TRY(bulletin_load(a, p, lang, number, &b));
    bulletin_write(&b);
    str out = json ? bulletin_json(&b) : bulletin_text(&b);
    fwrite(out.at, 1, out.len, stdout);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *which = cli_option(&argc, argv, "--number");
    bool json = cli_flag(&argc, argv, "--json");
    int64_t number = 0;
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (which && !str_int(str_of(which), 1, INT32_MAX, &number))
        return err_new(a, ERR_USAGE, "bulletin.number", NULL);
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &p));
    err *e = show(a, p, number, json, lang);
    app_close(p);
    return e;
}

int verb_bulletin(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
