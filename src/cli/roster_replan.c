/* muster roster replan: something happened to a roster that stands; the fewest changes, and who must be told. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/roster_verb.h"

#include <stdio.h>

enum { MINUTES_DAY = 24 * 60 };

typedef struct replanning {
    arena *a;
    words_lang lang;
    roster_file file;
    const roster_problem *p;
    roster_duty *before;
    size_t before_count;
    const char *absent, *days, *out;
    roster_replan_options options;
} replanning;

static void say(const replanning *r, const char *key, const word_value *values)
{
    printf("%.*s\n", STR_ARG(words_get(r->a, r->lang, key, values)));
}

static str number(const replanning *r, int64_t n)
{
    return text_format(r->a, "%lld", (long long)n);
}

/* -- reading ------------------------------------------------------------------------------------------------ */

/* "3" or "3-5": days of the instance, from 0. */
static err *read_days(const replanning *r, int *from, int *to)
{
    str text = str_of(r->days), first = text, last;
    int64_t a = 0, b = 0;
    size_t dash = 0;
    while (dash < text.len && text.at[dash] != '-')
        dash++;
    first.len = dash;
    last = dash < text.len ? (str){ text.at + dash + 1, text.len - dash - 1 } : first;
    if (!str_int(first, 0, r->p->day_count - 1, &a) || !str_int(last, a, r->p->day_count - 1, &b))
        return err_new(r->a, ERR_USAGE, "roster.replan.days",
                       VALUES({ "value", text }, { "last", number(r, r->p->day_count - 1) }));
    *from = (int)a;
    *to = (int)b + 1;
    return NULL;
}

/* The instance as it is without that person on these days. */
static err *take_absence(replanning *r)
{
    int64_t tag = 0;
    int from = 0, to = r->p->day_count, person = -1;
    bool is_number = str_int(str_of(r->absent), INT64_MIN, INT64_MAX, &tag);
    for (size_t i = 0; is_number && i < r->p->person_count && person < 0; i++)
        person = r->p->people[i].tag == tag ? (int)i : -1;
    if (person < 0)
        return err_new(r->a, ERR_INPUT, "roster.replan.no_person", VALUES({ "person", str_of(r->absent) }));
    if (r->days)
        TRY(read_days(r, &from, &to));
    r->p = roster_absent(r->a, r->p, person, from * MINUTES_DAY, to * MINUTES_DAY);
    return NULL;
}

static err *read_all(replanning *r, int argc, char **argv)
{
    scan_file solution;
    r->absent = cli_option(&argc, argv, "--absent");
    r->days = cli_option(&argc, argv, "--days");
    r->out = cli_option(&argc, argv, "-o");
    r->options.all_gaps = cli_flag(&argc, argv, "--all-gaps");
    TRY(cli_unknown_option(r->a, argc, argv));
    if (argc != 2 || !r->out || (r->days && !r->absent))
        return err_new(r->a, ERR_USAGE, "roster.replan.usage", NULL);
    TRY(roster_verb_read(r->a, false, argv, &r->file));
    if (r->file.shift24)
        return err_new(r->a, ERR_INPUT, "roster.replan.text_form", NULL);
    TRY(roster_verb_text(r->a, argv[1], SHEET_MAX_BYTES, &solution));
    TRY(roster_file_solution_read(r->a, &r->file, solution, &r->before, &r->before_count));
    r->p = r->file.problem;
    return r->absent ? take_absence(r) : NULL;
}

/* -- telling ------------------------------------------------------------------------------------------------ */

static void say_change(const replanning *r, const roster_change *c)
{
    const char *key = c->added ? "roster.replan.added" : c->told ? "roster.replan.dropped_told" : "roster.replan.dropped";
    say(r, key, VALUES({ "person", roster_file_person(r->a, &r->file, c->person) },
                       { "need", roster_file_need(r->a, &r->file, c->need) }));
}

static void say_all(const replanning *r, const roster_replanned *now)
{
    say(r, now->proven ? "roster.replan.days_proven" : "roster.replan.days_changed",
        VALUES({ "days", number(r, now->changed_days) }, { "forced", number(r, now->forced_days) }));
    for (size_t i = 0; i < now->change_count; i++)
        say_change(r, &now->changes[i]);
    if (now->change_count)
        say(r, "roster.replan.told", VALUES({ "people", number(r, now->people_told) }));
    if (now->lost)
        say(r, "roster.replan.lost", VALUES({ "lost", number(r, now->lost) }));
}

err *roster_replanning(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    replanning r = { .a = a, .lang = lang };
    TRY(read_all(&r, argc, argv));
    roster_replanned now = roster_replan(a, r.p, r.before, r.before_count, &r.options);
    roster_solution s = { .duties = now.duties, .duty_count = now.duty_count, .cost = now.cost, .steps = now.steps };
    TRY(file_write(a, r.out, solution_write(a, r.p, &s)));
    say_all(&r, &now);
    *code = now.lost ? 1 : 0;
    return NULL;
}
