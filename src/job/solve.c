#include "job/solve.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

enum { PORTION_STEPS = 500, TELL_MS = 200, LINE_MAX_BYTES = 32 << 20 };

/* -- the search ----------------------------------------------------------------------------------------- */
static str outcome(team_problem *b, const roster_solution *s)
{
    json_t *j = json_object();
    size_t missing = team_missing(b, s);
    json_object_set(j, "lines", team_lines(b, s));
    json_object_set(j, "gaps", team_gaps(b, s));
    json_object_set_new(j, "cost", json_text(team_cost(b->a, s)));
    json_object_set_new(j, "steps", json_integer((json_int_t)s->steps));
    json_object_set_new(j, "missing", json_integer((json_int_t)missing));
    str out = team_json_text(b->a, j);
    json_decref(j);
    return out;
}

/* The best is looked at in memory that is given back at once: a search of minutes looks often. */
static bool tell(team_problem *b, const solve_limits *l, roster_solver *solver)
{
    team_problem own = *b;
    if (!l->go_on)
        return true;
    own.a = arena_open(b->a, 4 << 20);
    size_t missing = team_missing(&own, roster_solve_best(solver));
    arena_close(own.a);
    return l->go_on(l->of, (int64_t)roster_solve_steps(solver), missing);
}

err *solve_here(team_problem *b, const solve_limits *l, str *out)
{
    TRY(roster_check_problem(b->a, &b->problem));
    roster_solver *solver = roster_solve_begin(b->a, &b->problem, l->seed);
    int64_t begun = l->clock(), told = begun;
    for (;;) {
        uint64_t done = roster_solve_steps(solver), portion = PORTION_STEPS;
        if (l->steps && (uint64_t)l->steps - done < portion)
            portion = (uint64_t)l->steps - done;
        if (!portion || !roster_solve_step(solver, portion))
            break;
        int64_t now = l->clock();
        if (now - begun >= l->seconds * 1000)
            break;
        if (now - told < TELL_MS)
            continue;
        told = now;
        if (!tell(b, l, solver))
            break;
    }
    *out = outcome(b, roster_solve_best(solver));
    return NULL;
}

/* -- the worker's side ---------------------------------------------------------------------------------- */
static bool write_all(int to, str s)
{
    while (s.len) {
        ssize_t n = write(to, s.at, s.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

/* The line the worker is given; nothing comes after it. False: there is none, or it is too long. */
static bool read_line(arena *a, int from, str *line)
{
    char piece[65536];
    text t = text_begin(a);
    for (size_t taken = 0; taken < LINE_MAX_BYTES;) {
        ssize_t n = read(from, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        taken += (size_t)n;
        text_put(&t, (str){ piece, (size_t)n });
        if (piece[n - 1] == '\n') {
            *line = text_done(&t);
            return true;
        }
    }
    return false;
}

typedef struct pipes {
    int from, to;
} pipes;

static bool tell_parent(void *of, int64_t steps, size_t missing)
{
    const pipes *x = of;
    char line[64];
    struct pollfd p = { .fd = x->from, .events = POLLIN };
    char byte;
    int n = snprintf(line, sizeof line, "p %lld %zu\n", (long long)steps, missing);
    if (!write_all(x->to, (str){ line, (size_t)n }))
        return false;
    return poll(&p, 1, 0) <= 0 || read(x->from, &byte, 1) > 0;
}

err *solve_work(arena *a, int from, int to, int64_t (*clock)(void))
{
    pipes x = { from, to };
    solve_limits l = { .clock = clock, .go_on = tell_parent, .of = &x };
    team_problem b;
    str line = { 0 }, out = { 0 };
    if (!read_line(a, from, &line))
        return err_new(a, ERR_INPUT, "roster.json_broken", VALUES({ "line", STR("1") }));
    TRY(team_problem_read(a, line, &b, &l.seconds, &l.steps, &l.seed));
    TRY(solve_here(&b, &l, &out));
    return write_all(to, out) && write_all(to, STR("\n")) ? NULL : err_new(a, ERR_WORKER, "job.worker", NULL);
}
