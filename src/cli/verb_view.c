#include "base/civil.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/sheets.h"
#include "command/app.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>


typedef struct view_options {
    const char *db, *as, *out;
    bool json, xlsx, count;
} view_options;

static int list_views(arena *a, words_lang lang)
{
    cli_view_rows(a, lang, NULL);
    return 0;
}

void cli_view_rows(arena *a, words_lang lang, const char *name)
{
    for (size_t i = 0; view_at(i); i++) {
        const view *v = view_at(i);
        if (name && !str_is(v->name, name))
            continue;
        printf("%.*s\n    %.*s\n   ", STR_ARG(v->name), STR_ARG(view_title(a, v, lang)));
        for (size_t k = 0; k < v->arg_count; k++)
            printf(" %.*s=%.*s", STR_ARG(v->args[k].name), STR_ARG(v->args[k].type));
        printf("\n");
    }
}

static err *put_out(arena *a, const view_options *o, str content)
{
    if (o->out)
        return file_write(a, o->out, content);
    fwrite(content.at, 1, content.len, stdout);
    return NULL;
}

/* The clock is asked here alone: grants begin and end by it. */
static const named *with_now(arena *a, const named *args)
{
    size_t count = 0;
    while (args[count].name)
        count++;
    named *all = arena_many(a, named, count + 2);
    all[0] = (named){ "now", V_INT(civil_clock()) };
    memcpy(all + 1, args, count * sizeof *args);
    return all;
}

static err *show_view(arena *a, app *p, const view *v, const view_options *o, const named *args, words_lang lang)
{
    int64_t actor = 0;
    if (o->as && !str_int(str_of(o->as), 1, INT64_MAX, &actor))
        return err_new(a, ERR_USAGE, "cli.as_number", VALUES({ "value", str_of(o->as) }));
    if (o->count) {
        int64_t count = 0;
        TRY(view_count(app_store(p), a, v, args, actor, &count));
        return put_out(a, o, text_format(a, "%lld\n", (long long)count));
    }
    rows r = { 0 };
    TRY(view_run(app_store(p), a, v, args, actor, 0, &r));
    if (o->xlsx)
        return cli_view_xlsx(a, v, &r, lang, o->out);
    return put_out(a, o, o->json ? view_json(a, v, &r) : view_csv(a, v, &r, lang));
}

static err *run_view(arena *a, int argc, char **argv, words_lang lang)
{
    view_options o = { .db = cli_option(&argc, argv, "--db"), .as = cli_option(&argc, argv, "--as"),
                       .out = cli_option(&argc, argv, "-o") };
    o.json = cli_flag(&argc, argv, "--json");
    o.xlsx = cli_flag(&argc, argv, "--xlsx");
    o.count = cli_flag(&argc, argv, "--count");
    cli_flag(&argc, argv, "--csv"); /* what it is anyway */
    TRY(cli_unknown_option(a, argc, argv));
    if (argc < 1)
        return err_new(a, ERR_USAGE, "cli.view_missing", NULL);
    if (!o.db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (o.xlsx && !o.out)
        return err_new(a, ERR_USAGE, "cli.xlsx_needs_file", NULL);
    const view *v = view_find(str_of(argv[0]));
    if (!v)
        return err_new(a, ERR_NOT_FOUND, "cli.view_unknown", VALUES({ "view", str_of(argv[0]) }));
    const named *args = NULL;
    TRY(cli_named(a, argc - 1, argv + 1, &args));
    args = with_now(a, args);
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = o.db, .stepped = true, .read_only = true }, &p));
    err *e = show_view(a, p, v, &o, args, lang);
    app_close(p);
    return e;
}

int verb_view(arena *a, int argc, char **argv, words_lang lang)
{
    if (cli_flag(&argc, argv, "--list"))
        return list_views(a, lang);
    err *e = run_view(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
