/* muster pass: somebody's personal link, or a group's, for whoever runs the machine. */
#include "base/civil.h"
#include "cli/cli.h"
#include "cli/operator.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *kind, *page;
} kinds[] = { { "person", "p" }, { "team", "g" }, { "org", "g" }, { "post", "c" } };

static err *print_link(arena *a, const char *db, const char *kind, const char *page, str id, bool renew, const char *base, words_lang lang)
{
    str result = { 0 };
    call c = { .command = "pass.issue", .now = civil_clock(), .lang = lang, .source = STR("cli"),
               .args = NAMED({ "kind", V_TEXT(str_of(kind)) }, { kind, V_TEXT(id) }) };
    const app_options how = { .url = db, .stepped = true, .key_file = getenv("MUSTER_KEY_FILE") };
    TRY(operator_command(a, &how, &c, &result));
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    if (renew) {
        str pass = str_copy(a, str_of(json_string_value(json_object_get(o, "id"))));
        json_decref(o);
        c.command = "pass.renew";
        c.args = NAMED({ "pass", V_TEXT(pass) });
        TRY(operator_command(a, &how, &c, &result));
        o = json_loadb(result.at, result.len, 0, NULL);
    }
    printf("%s/%s/%s\n", base ? base : "", page, json_string_value(json_object_get(o, "token")));
    json_decref(o);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *base = cli_option(&argc, argv, "--base"), *page = "p";
    bool renew = cli_flag(&argc, argv, "--renew");
    const char *kind = "person";
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (argc < 1)
        return err_new(a, ERR_USAGE, "web.pass_who", NULL);
    for (size_t i = 0; argc > 1 && i < COUNT(kinds); i++)
        if (strcmp(argv[0], kinds[i].kind) == 0) {
            kind = kinds[i].kind;
            page = kinds[i].page;
        }
    if (argc > 1 && strcmp(argv[0], kind) != 0)
        return err_new(a, ERR_USAGE, "web.pass_who", NULL);
    return print_link(a, db, kind, page, str_of(argv[argc - 1]), renew, base, lang);
}

int verb_pass(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
