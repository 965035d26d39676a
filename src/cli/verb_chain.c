/* muster chain: a sign-up chain (接龙) from a chat group, shown with whom each line means, and then recorded as told by others. */
#include "base/civil.h"
#include "base/file.h"
#include "cli/cli.h"
#include "command/app.h"
#include "job/chain.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

enum { CHAIN_BYTES_MAX = 1 << 20, MORNING_MS = 36 * 3600 * 1000 };

typedef struct chain_run {
    arena *a;
    app *app;
    words_lang lang;
    int64_t actor, now;
    rows people;
    chain_matches all;
} chain_run;

static void line(const chain_run *r, const char *key, const word_value *values)
{
    printf("%.*s\n", STR_ARG(words_get(r->a, r->lang, key, values)));
}

static str tail_of(str phone)
{
    return phone.len > 4 ? str_from(phone, phone.len - 4) : (str){ 0 };
}

/* Those the caller rings, as the page of the chain has them. */
static err *load(chain_run *r, str chain)
{
    TRY(view_run(app_store(r->app), r->a, view_find(STR("call_board")),
                 NAMED({ "now", V_INT(r->now) }, { "caller", V_INT(r->actor) }, { "from", V_INT(r->now) }, { "until", V_INT(r->now + MORNING_MS) }),
                 r->actor, 0, &r->people));
    chain_person *people = arena_many(r->a, chain_person, r->people.count + 1);
    for (size_t i = 0; i < r->people.count; i++)
        people[i] = (chain_person){ rows_text(&r->people, i, "name"), tail_of(rows_text(&r->people, i, "phone")),
                                    rows_int(&r->people, i, "notice_id") != 0, rows_text(&r->people, i, "answer").len > 0 };
    return chain_match_all(r->a, chain, people, r->people.count, &r->all);
}

static size_t tell(const chain_run *r)
{
    static const char *const keys[] = { "chain.cli.sure", "chain.cli.look", "chain.cli.no", "chain.cli.again", "chain.cli.several", "chain.cli.nobody" };
    size_t counts[COUNT(keys)] = { 0 };
    for (size_t i = 0; i < r->all.count; i++) {
        const chain_match *m = &r->all.at[i];
        bool one = m->verdict < CHAIN_SEVERAL;
        line(r, keys[m->verdict], VALUES({ "line", m->line.text }, { "name", one ? rows_text(&r->people, m->person, "name") : (str){ 0 } },
                                         { "org", one ? rows_text(&r->people, m->person, "org") : (str){ 0 } }));
        counts[m->verdict]++;
    }
    line(r, "chain.cli.sum",
         VALUES({ "sure", text_format(r->a, "%zu", counts[CHAIN_SURE]) },
                { "look", text_format(r->a, "%zu", counts[CHAIN_TO_LOOK] + counts[CHAIN_NO] + counts[CHAIN_SEVERAL]) },
                { "again", text_format(r->a, "%zu", counts[CHAIN_AGAIN]) }, { "nobody", text_format(r->a, "%zu", counts[CHAIN_NOBODY]) }));
    return counts[CHAIN_SURE];
}

/* One answer each, by the command of the page; what one is refused for does not stop the others. */
static err *record(const chain_run *r, size_t *refused)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->all.count; i++) {
        const chain_match *m = &r->all.at[i];
        if (m->verdict != CHAIN_SURE)
            continue;
        str result;
        const call c = { .command = "notice.answer", .actor_id = r->actor, .now = r->now, .lang = r->lang, .source = STR("chain"),
                         .args = NAMED({ "notice", V_INT(rows_int(&r->people, m->person, "notice_id")) }, { "answer", V_TEXT(STR("can")) },
                                       { "via", V_TEXT(STR("group")) }) };
        err *e = app_command(r->app, r->a, &c, &result);
        if (e && e->code == ERR_DISK)
            return e;
        kept += !e;
        *refused += e != NULL;
        if (e)
            fprintf(stderr, "%.*s: %.*s %.*s\n", STR_ARG(rows_text(&r->people, m->person, "name")), STR_ARG(words_err(r->a, r->lang, e)),
                    STR_ARG(words_hint(r->a, r->lang, e)));
    }
    line(r, "chain.cli.kept", VALUES({ "n", text_format(r->a, "%zu", kept) }));
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    const char *db = cli_option(&argc, argv, "--db"), *as = cli_option(&argc, argv, "--as");
    chain_run r = { .a = a, .lang = lang, .now = civil_clock() };
    bool apply = cli_flag(&argc, argv, "--apply");
    str chain;
    size_t refused = 0;
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (!as || argc != 1)
        return err_new(a, ERR_USAGE, "chain.cli.usage", NULL);
    if (!str_int(str_of(as), 1, INT64_MAX, &r.actor))
        return err_new(a, ERR_USAGE, "cli.as_number", VALUES({ "value", str_of(as) }));
    TRY(file_read(a, strcmp(argv[0], "-") == 0 ? "/dev/stdin" : argv[0], CHAIN_BYTES_MAX, &chain));
    if (!str_is_utf8(chain))
        return err_new(a, ERR_INPUT, "chain.cli.encoding", VALUES({ "file", str_of(argv[0]) }));
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = "real", .read_only = !apply }, &r.app));
    err *e = load(&r, chain);
    size_t sure = !e ? tell(&r) : 0;
    if (!e && apply)
        e = record(&r, &refused);
    else if (!e)
        line(&r, "intake.not_applied", NULL);
    app_close(r.app);
    *code = refused || sure < r.all.count || !apply;
    return e;
}

int verb_chain(arena *a, int argc, char **argv, words_lang lang)
{
    int code = 0;
    err *e = run(a, argc, argv, lang, &code);
    return e ? cli_fail(a, lang, e) : code;
}
