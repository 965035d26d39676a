/*
 * roster_bench: the roster engine against the clock. Seconds are of the processor, as other work may run beside.
 *   roster_bench shift24 FILE SEED SECOND...   first legal, the value at each second, the bound
 *   roster_bench duty SEED SECONDS             made-up teams: first legal, costs, bound, one absence repaired
 *   roster_bench city SEED STEPS                46 made-up teams at once, so many steps for each; who could be lent
 *   roster_bench lp FILE                       the model of a shift24 file for a MIP solver
 * Called by bench/roster.sh.
 */
#include "base/file.h"
#include "bare.h"
#include "job/roster_file.h"
#include "job/teams.h"
#include "roster_lp.h"
#include "rosters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MARKS_MAX = 8, PORTION = 20, ABSENCES = 40 };

static double used(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void stop_at(const err *e)
{
    if (e)
        bare_quit("roster", e->message);
}

static const roster_problem *read_problem(arena *a, const char *path, roster_file *f)
{
    str content;
    stop_at(file_read(a, path, 64u << 20, &content));
    stop_at(roster_file_read(a, content, f));
    stop_at(roster_check_problem(a, f->problem));
    return f->problem;
}

/* One run, looked at whenever a mark has passed; first: when the first roster without a broken rule was there, or -1. */
typedef struct run {
    double first;
    roster_cost at[MARKS_MAX];
    uint64_t steps;
    int64_t bound;
} run;

static roster_solver *run_to(arena *a, const roster_problem *p, uint64_t seed, const double *marks, int count, run *out)
{
    double begun = used();
    *out = (run){ .first = -1, .bound = -1 };
    roster_solver *s = roster_solve_begin(a, p, seed);
    bool more = true;
    for (int i = 0; i < count;) {
        if (out->first < 0 && roster_solve_best(s)->cost.at[0] == 0)
            out->first = used() - begun;
        if (more && used() - begun < marks[i]) {
            more = roster_solve_step(s, PORTION);
            continue;
        }
        out->at[i++] = roster_solve_best(s)->cost;
    }
    out->steps = roster_solve_steps(s);
    out->bound = roster_solve_best(s)->bound_burden;
    return s;
}

/* -- shift24 --------------------------------------------------------------------------------------------------- */
static void shift24_row(arena *a, const char *path, uint64_t seed, const double *marks, int count)
{
    roster_file f;
    run r;
    run_to(a, read_problem(a, path, &f), seed, marks, count, &r);
    printf("%.3f", r.first);
    for (int i = 0; i < count; i++) {
        if (r.at[i].at[0])
            printf(" -");
        else
            printf(" %lld", (long long)r.at[i].at[5]);
    }
    if (r.bound < 0)
        printf(" -\n");
    else
        printf(" %lld\n", (long long)r.bound);
}

/* -- teams as they are ------------------------------------------------------------------------------------------- */
static void print_cost(const roster_cost *c)
{
    for (int i = 0; i < ROSTER_LEVELS; i++)
        printf("%s%lld", i ? " " : "", (long long)c->at[i]);
}

/* One duty lost an hour before it begins, many times over. */
static void print_absences(arena *a, const roster_problem *p, const roster_solution *s)
{
    double sum = 0, worst = 0;
    int count = 0, proven = 0, whole = 0;
    for (size_t i = 0; i < s->duty_count; i += s->duty_count / ABSENCES + 1) {
        arena *own = arena_open(a, 1u << 30);
        const roster_need *n = &p->needs[s->duties[i].need];
        int start = n->day * 1440 + p->kinds[n->kind].start_minute;
        const roster_problem *now = roster_absent(own, p, s->duties[i].person, start - 60, start + 1);
        double begun = used();
        roster_replanned r = roster_replan(own, now, s->duties, s->duty_count, NULL);
        double took = used() - begun;
        sum += took;
        worst = took > worst ? took : worst;
        proven += r.proven;
        whole += r.lost == 0;
        count++;
        arena_close(own);
    }
    printf(" %.1f, %.1f | %d, %d of %d |\n", 1000 * sum / count, 1000 * worst, whole, proven, count);
}

static int64_t minimum_bound(arena *a, const roster_problem *p, const roster_solution *s)
{
    roster_bounder *b = roster_bound_begin(a, p, s);
    double begun = used();
    while (used() - begun < 5 && roster_bound_minimum(b) < s->cost.at[1] && roster_bound_step(b, 1000))
        ;
    return roster_bound_minimum(b);
}

static int64_t shape_bound(arena *a, const roster_problem *p, const roster_solution *s)
{
    roster_shape *b = roster_shape_begin(a, p, s);
    double begun = used();
    while (used() - begun < 5 && roster_shape_step(b, 1000))
        ;
    return roster_shape_bound(b);
}

static void duty_row(const char *name, const rosters_shape *shape, uint64_t seed, double seconds)
{
    const double marks[] = { 0.02, 0.1, 0.5, seconds, 10 * seconds };
    arena *a = arena_open(NULL, (size_t)2 << 30);
    const roster_problem *p = rosters_team(a, shape);
    run r;
    stop_at(roster_check_problem(a, p));
    const roster_solution *s = roster_solve_best(run_to(a, p, seed, marks, 5, &r));
    printf("| %s | %.1f |", name, 1000 * r.first);
    for (int i = 0; i < 5; i++) {
        printf(" ");
        print_cost(&r.at[i]);
        printf(" |");
    }
    printf(" %lld, %lld | %.0f |", (long long)minimum_bound(a, p, s), (long long)shape_bound(a, p, s), (double)r.steps / (10 * seconds) / 1000);
    print_absences(a, p, s);
    fflush(stdout);
    arena_close(a);
}

static void duty_table(uint64_t seed, double seconds)
{
    static const struct {
        const char *name;
        rosters_shape shape;
    } rows[] = {
        { "40 people, 14 days", { 40, 14, 4, 30, false, 11 } },
        { "40, 14, badly off", { 40, 14, 5, 45, false, 12 } },
        { "40, 14, published", { 40, 14, 4, 30, true, 13 } },
        { "150, 14", { 150, 14, 16, 30, false, 14 } },
        { "150, 14, badly off", { 150, 14, 18, 45, false, 15 } },
        { "150, 14, published", { 150, 14, 16, 30, true, 16 } },
        { "12, 28", { 12, 28, 1, 30, false, 17 } },
        { "8, 7", { 8, 7, 1, 30, false, 18 } },
    };
    printf("| team | first legal, ms | 0.02 s | 0.1 s | 0.5 s | %g s | %g s | bounds of levels 1, 2 | 1000 steps/s |"
           " repair, ms: mean, worst | made good, proven |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
           seconds, 10 * seconds);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        duty_row(rows[i].name, &rows[i].shape, seed, seconds);
}

/* -- a city -------------------------------------------------------------------------------------------------------- */
static roster_team *city_rosters(arena *a, uint64_t seed, uint64_t steps, int workers, double *took)
{
    teams_work *work = arena_many(a, teams_work, ROSTERS_CITY_TEAMS);
    roster_team *teams = arena_many(a, roster_team, ROSTERS_CITY_TEAMS);
    double begun = bare_now();
    for (int t = 0; t < ROSTERS_CITY_TEAMS; t++) {
        rosters_shape shape = rosters_city(t, seed);
        roster_problem *p = rosters_team(a, &shape);
        stop_at(roster_check_problem(a, p));
        teams[t] = (roster_team){ .problem = p, .home_min = shape.people * 2 / 3 };
        work[t] = (teams_work){ .solver = roster_solve_begin(a, p, seed), .size = p->need_count };
    }
    teams_solve(work, ROSTERS_CITY_TEAMS, &(teams_limits){ .steps = steps * ROSTERS_CITY_TEAMS, .workers = workers });
    *took = bare_now() - begun;
    for (int t = 0; t < ROSTERS_CITY_TEAMS; t++) {
        const roster_solution *best = roster_solve_best(work[t].solver);
        teams[t].duties = best->duties;
        teams[t].duty_count = best->duty_count;
    }
    return teams;
}

static void city_line(uint64_t seed, uint64_t steps)
{
    for (int workers = 1; workers >= 0; workers--) {
        arena *a = arena_open(NULL, (size_t)2 << 30);
        double took;
        size_t people = 0, needs = 0;
        roster_team *teams = city_rosters(a, seed, steps, workers, &took);
        double begun = used();
        roster_loans loans = roster_lend(a, teams, ROSTERS_CITY_TEAMS);
        double lending = used() - begun;
        for (int t = 0; t < ROSTERS_CITY_TEAMS; t++) {
            people += teams[t].problem->person_count;
            needs += teams[t].problem->need_count;
        }
        printf("%d teams, %zu people, %zu needs, %s: %.2f s for %llu steps each; %d missing, %zu of them by lending (%.2f s)\n",
               ROSTERS_CITY_TEAMS, people, needs, workers ? "one core" : "all cores", took, (unsigned long long)steps,
               loans.missing, loans.count, lending);
        arena_close(a);
    }
}

int main(int argc, char **argv)
{
    arena *a = arena_open(NULL, (size_t)4 << 30);
    double marks[MARKS_MAX];
    int count = 0;
    for (int i = 4; i < argc && count < MARKS_MAX; i++)
        marks[count++] = atof(argv[i]);
    if (argc > 4 && strcmp(argv[1], "shift24") == 0) {
        shift24_row(a, argv[2], strtoull(argv[3], NULL, 10), marks, count);
    } else if (argc == 4 && strcmp(argv[1], "duty") == 0) {
        duty_table(strtoull(argv[2], NULL, 10), atof(argv[3]));
    } else if (argc == 4 && strcmp(argv[1], "city") == 0) {
        city_line(strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10));
    } else if (argc == 3 && strcmp(argv[1], "lp") == 0) {
        roster_file f;
        roster_lp(stdout, read_problem(a, argv[2], &f));
    } else {
        bare_quit("roster_bench", "shift24 FILE SEED SECOND... | duty SEED SECONDS | city SEED STEPS | lp FILE");
    }
    arena_close(a);
    return 0;
}
