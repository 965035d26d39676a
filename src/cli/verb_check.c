#include "cli/cli.h"
#include "command/check.h"

#include <stdio.h>
#include <string.h>

static void print_line(str s)
{
    printf("%.*s\n", STR_ARG(s));
}

static void print_report(arena *a, const check_report *r, words_lang lang)
{
    for (size_t i = 0; i < r->count; i++) {
        print_line(words_err(a, lang, r->findings[i]));
        print_line(words_hint(a, lang, r->findings[i]));
    }
    const word_value *counts = VALUES({ "rows", text_format(a, "%lld", (long long)r->rows) },
                                      { "seals", text_format(a, "%lld", (long long)r->seals) },
                                      { "seal", r->last_seal });
    print_line(words_get(a, lang, r->count ? "check.bad" : "check.good", counts));
    if (r->last_seal.len)
        print_line(words_get(a, lang, "check.last_seal", counts));
}

static err *check(arena *a, int argc, char **argv, words_lang lang, check_report *report)
{
    const char *db = cli_option(&argc, argv, "--db");
    const char *seal = cli_option(&argc, argv, "--seal");
    TRY(cli_unknown_option(a, argc, argv));
    if (argc)
        return err_new(a, ERR_USAGE, "cli.option_unknown", VALUES({ "option", str_of(argv[0]) }));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &p));
    err *e = app_check(p, a, str_of(seal), report);
    app_close(p);
    if (!e)
        print_report(a, report, lang);
    return e;
}

int verb_check(arena *a, int argc, char **argv, words_lang lang)
{
    check_report report = { 0 };
    err *e = check(a, argc, argv, lang, &report);
    if (e) {
        int code = cli_fail(a, lang, e);
        return strcmp(e->message, "store.damaged") == 0 ? err_exit(ERR_CONFLICT) : code; /* that was the question */
    }
    return report.count ? err_exit(ERR_CONFLICT) : 0;
}
