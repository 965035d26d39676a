/* muster roster check: the slow plain judge over a finished roster; what is broken, in words. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/roster_verb.h"

#include <stdio.h>
#include <string.h>

typedef struct report {
    arena *a;
    words_lang lang;
    const roster_file *file;
} report;

static void say(const report *r, const char *key, const word_value *values)
{
    printf("%.*s\n", STR_ARG(words_get(r->a, r->lang, key, values)));
}

static str number(const report *r, int64_t n)
{
    return text_format(r->a, "%lld", (long long)n);
}

static void say_cost(const report *r, const roster_cost *c)
{
    say(r, "roster.check.cost",
        VALUES({ "rules", number(r, c->at[0]) }, { "minimum", number(r, c->at[1]) }, { "shape", number(r, c->at[2]) },
               { "changes", number(r, c->at[3]) }, { "target", number(r, c->at[4]) }, { "burden", number(r, c->at[5]) }));
}

static void say_violation(const report *r, const roster_violation *v)
{
    const char *rule = text_format(r->a, "roster.broken.%s", roster_reason_name(v->rule)).at;
    str person = { 0 }, need = { 0 };
    if (v->person >= 0)
        person = roster_file_person(r->a, r->file, v->person);
    if (v->need >= 0)
        need = roster_file_need(r->a, r->file, v->need);
    const char *key = v->person < 0 ? "roster.check.need" : v->need < 0 ? "roster.check.person" : "roster.check.both";
    say(r, key, VALUES({ "person", person }, { "need", need }, { "rule", words_get(r->a, r->lang, rule, NULL) }));
}

/* The competition's minimum cover must be there; elsewhere a gap is a cost and no breach, but worth saying. */
static void say_gaps(const report *r, const roster_duty *duties, size_t count)
{
    const roster_problem *p = r->file->problem;
    int *filled = arena_many(r->a, int, p->need_count + 1);
    for (size_t i = 0; i < count; i++)
        filled[duties[i].need]++;
    for (size_t n = 0; n < p->need_count; n++) {
        if (filled[n] < p->needs[n].min)
            say(r, "roster.check.gap", VALUES({ "need", roster_file_need(r->a, r->file, (int)n) },
                                              { "missing", number(r, p->needs[n].min - filled[n]) },
                                              { "min", number(r, p->needs[n].min) }));
    }
}

static bool judge(const report *r, const roster_duty *duties, size_t count)
{
    roster_violations v;
    const roster_cost c = roster_check(r->a, r->file->problem, duties, count, &v);
    bool legal = v.count == 0 && (!r->file->inrc2 || c.at[1] == 0);
    say_cost(r, &c);
    for (size_t i = 0; i < v.count; i++)
        say_violation(r, &v.at[i]);
    say_gaps(r, duties, count);
    say(r, legal ? "roster.check.legal" : "roster.check.broken", VALUES({ "n", number(r, (int64_t)v.count) }));
    return legal;
}

err *roster_judge(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    const bool inrc2 = cli_flag(&argc, argv, "--inrc2");
    const char *history = cli_option(&argc, argv, "--history-out");
    roster_file file;
    scan_file solution;
    roster_duty *duties;
    size_t count;
    TRY(cli_unknown_option(a, argc, argv));
    if (argc != (inrc2 ? 4 : 2) || (history && !inrc2))
        return err_new(a, ERR_USAGE, "roster.usage_check", NULL);
    TRY(roster_verb_read(a, inrc2, argv, &file));
    TRY(roster_verb_text(a, argv[argc - 1], SHEET_MAX_BYTES, &solution));
    TRY(roster_file_solution_read(a, &file, solution, &duties, &count));
    const report r = { a, lang, &file };
    *code = judge(&r, duties, count) ? 0 : 1;
    return history ? file_write(a, history, inrc2_history_write(a, file.inrc2, duties, count)) : NULL;
}
