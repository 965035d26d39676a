/* muster roster solve: the engine on one instance, for a time or for a number of steps. */
#include "base/civil.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/roster_verb.h"
#include "job/inrc2_ahead.h"
#include "roster/anneal.h"

#include <stdio.h>

enum { PORTION_MILLIS = 10, SECONDS_MAX = 86400, BOUND_STEPS = 4000000 /* below 0.2 s */ };

typedef struct solve_options {
    const char *out, *custom_in, *custom_out;
    int64_t seconds, steps, seed; /* seconds or steps is -1 */
    bool inrc2;
} solve_options;

typedef struct solve_run {
    const solve_options *o;
    roster_file file;
    const roster_problem *problem; /* what the engine works on: of the competition with more than the week in it */
    inrc2_memory *memory;
    roster_solver *solver;
    int64_t started;
    bool interrupted;
} solve_run;

static err *read_option(arena *a, int *argc, char **argv, const char *name, int64_t max, int64_t *out)
{
    const char *value = cli_option(argc, argv, name);
    if (value && !str_int(str_of(value), 0, max, out))
        return err_new(a, ERR_USAGE, "roster.option_number",
                       VALUES({ "option", str_of(name) }, { "value", str_of(value) }));
    return NULL;
}

static err *read_options(arena *a, int *argc, char **argv, solve_options *o)
{
    *o = (solve_options){ .out = cli_option(argc, argv, "-o"), .seconds = -1, .steps = -1, .seed = 1,
                          .custom_in = cli_option(argc, argv, "--custom-in"),
                          .custom_out = cli_option(argc, argv, "--custom-out"),
                          .inrc2 = cli_flag(argc, argv, "--inrc2") };
    TRY(read_option(a, argc, argv, "--seconds", SECONDS_MAX, &o->seconds));
    TRY(read_option(a, argc, argv, "--steps", INT64_MAX, &o->steps));
    TRY(read_option(a, argc, argv, "--seed", INT64_MAX, &o->seed));
    TRY(cli_unknown_option(a, *argc, argv));
    bool custom = o->custom_in || o->custom_out;
    if (*argc != (o->inrc2 ? 3 : 1) || (custom && !o->inrc2) || !o->out || (o->seconds < 0) == (o->steps < 0))
        return err_new(a, ERR_USAGE, "roster.usage", NULL);
    return NULL;
}

static err *read_instance(arena *a, char **argv, solve_run *run)
{
    scan_file custom = { 0 };
    TRY(roster_verb_read(a, run->o->inrc2, argv, &run->file));
    run->problem = run->file.problem;
    if (!run->o->inrc2)
        return NULL;
    if (run->o->custom_in)
        TRY(roster_verb_text(a, run->o->custom_in, CUSTOM_MAX_BYTES, &custom));
    TRY(inrc2_memory_read(a, run->file.inrc2, custom, &run->memory));
    run->problem = inrc2_ahead(a, run->file.inrc2, run->memory);
    return NULL;
}

/* The clock is looked at between portions only, and sets their size. */
typedef struct pace {
    uint64_t portion;
    int64_t before, end;
} pace;

static pace pace_of(const solve_run *run)
{
    return (pace){ .portion = 1, .before = civil_clock(), .end = run->started + run->o->seconds * 1000 };
}

/* How many steps to do next; 0: it is over. */
static uint64_t next_portion(solve_run *run, pace *p, int64_t now, uint64_t done)
{
    int64_t steps = run->o->steps;
    if ((steps >= 0 && done >= (uint64_t)steps) || (steps < 0 && now >= p->end))
        return 0;
    if ((run->interrupted = cli_interrupted()))
        return 0;
    if (now - p->before < PORTION_MILLIS)
        p->portion *= 2;
    else if (p->portion > 1)
        p->portion /= 2;
    p->before = now;
    uint64_t left = steps >= 0 ? (uint64_t)steps - done : p->portion;
    return left < p->portion ? left : p->portion;
}

/* The roster depends on the count of steps alone. */
static void solve(solve_run *run)
{
    pace p = pace_of(run);
    uint64_t portion;
    while ((portion = next_portion(run, &p, civil_clock(), roster_solve_steps(run->solver)))) {
        if (!roster_solve_step(run->solver, portion))
            return;
    }
}

static void put_bound(text *t, const char *name, int64_t bound)
{
    if (bound < 0)
        text_printf(t, "\"%s\":null,", name);
    else
        text_printf(t, "\"%s\":%lld,", name, (long long)bound);
}

static void print_result(arena *a, const roster_solution *s, int64_t millis)
{
    text t = text_begin(a);
    text_put_z(&t, "{\"cost\":[");
    for (int i = 0; i < ROSTER_LEVELS; i++)
        text_printf(&t, "%s%lld", i ? "," : "", (long long)s->cost.at[i]);
    text_put_z(&t, "],");
    put_bound(&t, "bound_minimum", s->bound_minimum);
    put_bound(&t, "bound", s->bound_burden);
    text_printf(&t, "\"seconds\":%lld.%03d,\"steps\":%llu}\n", (long long)(millis / 1000), (int)(millis % 1000),
                (unsigned long long)s->steps);
    str line = text_done(&t);
    fwrite(line.at, 1, line.len, stdout);
}

/*
 * The same for weeks of the competition. Annealing cools over the steps there are; with a time there are as many as
 * the clock lets expect, which is looked at again between portions.
 */
static void anneal(solve_run *run, roster_annealer *s)
{
    pace p = pace_of(run);
    int64_t first = p.before;
    if (run->o->steps >= 0)
        roster_anneal_plan(s, (uint64_t)run->o->steps);
    for (;;) {
        int64_t now = civil_clock();
        uint64_t done = roster_anneal_steps(s), portion = next_portion(run, &p, now, done);
        if (!portion)
            return;
        if (run->o->steps < 0 && now > first)
            roster_anneal_plan(s, done + done * (uint64_t)(p.end - now) / (uint64_t)(now - first));
        roster_anneal_step(s, portion);
    }
}

static roster_solution find_best(arena *a, solve_run *run)
{
    if (run->file.inrc2 && roster_anneal_fits(run->problem)) {
        roster_annealer *s = roster_anneal_begin(a, run->problem, (uint64_t)run->o->seed);
        anneal(run, s);
        return *roster_anneal_best(s);
    }
    run->solver = roster_solve_begin(a, run->problem, (uint64_t)run->o->seed);
    solve(run);
    return *roster_solve_best(run->solver);
}

/* The week alone, judged by the rules of the competition; bounds of more than the week say nothing about it. */
static roster_solution week_of(arena *a, const solve_run *run, const roster_solution *s)
{
    const inrc2 *i = run->file.inrc2;
    roster_solution own = *s;
    own.duty_count = inrc2_ahead_count(i, s->duties, s->duty_count);
    own.cost = roster_check(a, &i->problem, own.duties, own.duty_count, NULL);
    if (run->problem != &i->problem)
        own.bound_minimum = own.bound_burden = -1;
    return own;
}

err *roster_solve(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    solve_options o;
    (void)lang;
    TRY(read_options(a, &argc, argv, &o));
    solve_run run = { .o = &o, .started = civil_clock() };
    TRY(read_instance(a, argv, &run));
    roster_solution s = find_best(a, &run);
    if (run.file.inrc2)
        s = week_of(a, &run, &s);
    else if (!run.file.shift24)
        roster_bounds(a, run.problem, &s, BOUND_STEPS);
    print_result(a, &s, civil_clock() - run.started);
    if (run.file.inrc2 && (s.cost.at[0] || s.cost.at[1])) {
        *code = 1; /* no legal roster was found: nothing is written */
        return NULL;
    }
    TRY(file_write(a, o.out, roster_file_solution(a, &run.file, &s)));
    if (o.custom_out)
        TRY(file_write(a, o.custom_out, inrc2_memory_write(a, run.file.inrc2, run.memory)));
    return run.interrupted ? err_new(a, ERR_INTERRUPTED, "roster.interrupted", VALUES({ "file", str_of(o.out) }))
                           : NULL;
}
