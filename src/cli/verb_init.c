/*
 * muster init: the first commander of a new installation, with the link and the code that let this person in. Where
 * somebody is on the list already nothing is done.
 */
#include "base/civil.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "command/app.h"
#include "view/view.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

typedef struct first {
    arena *a;
    app *app;
    words_lang lang;
    const char *name, *phone, *base;
} first;

/* The text of this name in what the command answers, or the first of a list. */
static err *run_one(first *f, const char *command, const named *args, const char *name, str *out)
{
    str result = { 0 };
    call c = { .command = command, .now = civil_clock(), .lang = f->lang, .source = STR("cli"), .args = args };
    TRY(app_command(f->app, f->a, &c, &result));
    json_t *o = json_loadb(result.at, result.len, 0, NULL), *v = json_object_get(o, name);
    *out = str_copy(f->a, str_of(json_string_value(json_is_array(v) ? json_array_get(v, 0) : v)));
    json_decref(o);
    return NULL;
}

static err *refuse_used(first *f, const char *db)
{
    rows r = { 0 };
    TRY(view_run(app_store(f->app), f->a, view_find(STR("person")), NAMED({ "now", V_INT(civil_clock()) }), 0, 1, &r));
    return r.count ? err_new(f->a, ERR_CONFLICT, "init.used", VALUES({ "file", str_of(db) })) : NULL;
}

static str person_row(first *f)
{
    text t = text_begin(f->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    json_open(&j, '{');
    json_key(&j, "name");
    json_str(&j, str_of(f->name));
    json_key(&j, "phone");
    json_str(&j, str_of(f->phone));
    json_close(&j, '}');
    json_close(&j, ']');
    return text_done(&t);
}

static err *make(first *f)
{
    str id, token, code, ignored;
    TRY(run_one(f, "person.import", NAMED({ "rows", V_TEXT(person_row(f)) }), "ids", &id));
    TRY(run_one(f, "role_grant.add", NAMED({ "person", V_TEXT(id) }, { "role", V_TEXT(STR("commander")) }, { "scope", V_TEXT(STR("all")) }),
                "id", &ignored));
    TRY(run_one(f, "pass.issue", NAMED({ "kind", V_TEXT(STR("person")) }, { "person", V_TEXT(id) }), "token", &token));
    TRY(cli_issue_code(f->a, f->app, id, f->lang, &code));
    str said = words_get(f->a, f->lang, "init.done",
                         VALUES({ "name", str_of(f->name) }, { "id", id }, { "code", code },
                                { "link", text_format(f->a, "%s/p/%.*s", f->base ? f->base : "", STR_ARG(token)) }));
    printf("%.*s\n", STR_ARG(said));
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *mode = cli_option(&argc, argv, "--mode");
    first f = { .a = a, .lang = lang, .name = cli_option(&argc, argv, "--name"), .phone = cli_option(&argc, argv, "--phone"),
                .base = cli_option(&argc, argv, "--base") };
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (!f.name || !f.phone || argc)
        return err_new(a, ERR_USAGE, "init.who", NULL);
    if (str_of(f.phone).len < 4) /* its last four digits are asked for */
        return err_new(a, ERR_USAGE, "init.phone", NULL);
    if (mode && strcmp(mode, "real") != 0 && strcmp(mode, "drill") != 0)
        return err_new(a, ERR_USAGE, "init.mode", VALUES({ "mode", str_of(mode) }));
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = mode ? mode : "real" }, &f.app));
    err *e = refuse_used(&f, db);
    if (!e)
        e = make(&f);
    app_close(f.app);
    return e;
}

int verb_init(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}
