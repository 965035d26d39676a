/* muster roster solve: the engine alone, on the project's JSON or the public text form. */
#include "base/civil.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "job/instance.h"

#include <stdio.h>
#include <string.h>

enum { PORTION_STEPS = 4096, PORTION_LINES = 4, SECONDS_MAX = 86400 };

typedef struct roster_options {
    const char *out;
    int64_t seconds, steps, seed; /* seconds or steps is -1 */
} roster_options;

typedef struct solve_run {
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

static err *read_options(arena *a, int *argc, char **argv, roster_options *o)
{
    *o = (roster_options){ .out = cli_option(argc, argv, "-o"), .seconds = -1, .steps = -1, .seed = 1 };
    TRY(read_option(a, argc, argv, "--seconds", SECONDS_MAX, &o->seconds));
    TRY(read_option(a, argc, argv, "--steps", INT64_MAX, &o->steps));
    TRY(read_option(a, argc, argv, "--seed", INT64_MAX, &o->seed));
    TRY(cli_unknown_option(a, *argc, argv));
    if (*argc != 2 || strcmp(argv[0], "solve") != 0 || !o->out || (o->seconds < 0) == (o->steps < 0))
        return err_new(a, ERR_USAGE, "roster.usage", NULL);
    return NULL;
}

/* The clock is looked at between portions only; the roster depends on the step count alone. */
static void solve(const roster_options *o, bool lines, solve_run *run)
{
    uint64_t portion = lines ? PORTION_LINES : PORTION_STEPS;
    for (;;) {
        uint64_t done = roster_solve_steps(run->solver);
        if (o->steps >= 0 && done >= (uint64_t)o->steps)
            return;
        if (o->seconds >= 0 && civil_clock() - run->started >= o->seconds * 1000)
            return;
        if ((run->interrupted = cli_interrupted()))
            return;
        uint64_t left = o->steps >= 0 ? (uint64_t)o->steps - done : portion;
        if (!roster_solve_step(run->solver, left < portion ? left : portion))
            return;
    }
}

static void print_result(arena *a, const roster_solution *s, int64_t millis)
{
    text t = text_begin(a);
    text_put_z(&t, "{\"cost\":[");
    for (int i = 0; i < ROSTER_LEVELS; i++)
        text_printf(&t, "%s%lld", i ? "," : "", (long long)s->cost.at[i]);
    text_printf(&t, "],\"bound\":null,\"seconds\":%lld.%03d,\"steps\":%llu}\n", (long long)(millis / 1000),
                (int)(millis % 1000), (unsigned long long)s->steps);
    str line = text_done(&t);
    fwrite(line.at, 1, line.len, stdout);
}

static err *roster_solve(arena *a, int argc, char **argv)
{
    roster_options o;
    str content;
    shift24 *public_form = NULL;
    roster_problem *p = NULL;
    TRY(read_options(a, &argc, argv, &o));
    solve_run run = { .started = civil_clock() };
    TRY(file_read(a, argv[1], SHEET_MAX_BYTES, &content));
    if (shift24_is(content)) {
        TRY(shift24_read(a, content, &public_form));
        p = &public_form->problem;
    } else {
        TRY(instance_read(a, content, &p));
    }
    run.solver = roster_solve_begin(a, p, (uint64_t)o.seed);
    solve(&o, public_form != NULL, &run);
    const roster_solution *s = roster_solve_best(run.solver);
    TRY(file_write(a, o.out, public_form ? shift24_solution(a, public_form, s) : solution_write(a, p, s)));
    print_result(a, s, civil_clock() - run.started);
    return run.interrupted ? err_new(a, ERR_INTERRUPTED, "roster.interrupted", VALUES({ "file", str_of(o.out) }))
                           : NULL;
}

int verb_roster(arena *a, int argc, char **argv, words_lang lang)
{
    if (argc && strcmp(argv[0], "explain") == 0)
        return verb_roster_explain(a, argc - 1, argv + 1, lang);
    err *e = roster_solve(a, argc, argv);
    return e ? cli_fail(a, lang, e) : 0;
}
