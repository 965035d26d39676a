/*
 * explain_bench: CPU time of explaining all short needs of a team, of the bound, and of the substitutes for a seat. Teams
 * are made up here, from a seed. Called by hand: explain_bench [PEOPLE DAYS SEED STEPS].
 */
#include "base/luck.h"
#include "roster/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { POSTS = 3, KINDS = 4, ARENA_BYTES = 512 << 20 };
static const roster_kind kinds[KINDS] = { { 1, 480, 720, false }, { 2, 720, 960, false }, { 3, 960, 1200, false },
                                          { 4, 1200, 1560, true } };

static double cpu_ms(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

static roster_need *some_needs(arena *a, luck *l, int count, int hard)
{
    roster_need *needs = arena_many(a, roster_need, count);
    for (int n = 0; n < count; n++) {
        int min = 1 + (int)luck_below(l, (uint32_t)hard);
        needs[n] = (roster_need){ .tag = n, .day = n / (POSTS * KINDS), .kind = n % KINDS, .post = n / KINDS % POSTS,
                                  .min = min, .target = min, .limit = min + 1, .priority = 1, .over_cost = 1,
                                  .not_alone = n % KINDS == 3 && min > 1, .lead_wanted = true };
    }
    return needs;
}

static roster_person *some_people(arena *a, luck *l, const roster_need *needs, int need_count, int count)
{
    roster_person *people = arena_many(a, roster_person, count);
    for (int i = 0; i < count; i++) {
        uint8_t *blocked = arena_many(a, uint8_t, need_count);
        int *km = arena_many(a, int, need_count), off = (int)luck_below(l, 7);
        bool nights = luck_below(l, 3) > 0;
        for (int n = 0; n < need_count; n++) {
            bool away = (needs[n].day + off) % 7 < 3 || luck_below(l, 4) == 0;
            blocked[n] = away ? ROSTER_BLOCK_CANNOT : !nights && kinds[needs[n].kind].night ? ROSTER_BLOCK_CARE : 0;
            km[n] = needs[n].post;
        }
        people[i] = (roster_person){ .tag = i, .blocked = blocked, .distance_km = km, .lead_fit = i % 2 == 0,
                                     .minutes_max_day = 480, .minutes_max_week = 2400, .nights_max = 3, .run_max = 6,
                                     .rest_night_minutes = 480, .groups_max = -1 };
    }
    return people;
}

static roster_problem some_team(arena *a, int people, int days, uint64_t seed, int hard)
{
    luck l = luck_of(seed);
    roster_problem p = { .day_count = days, .weekday_first = 5, .kinds = kinds, .kind_count = KINDS,
                         .need_count = (size_t)days * POSTS * KINDS, .person_count = (size_t)people, .fair = true };
    p.needs = some_needs(a, &l, (int)p.need_count, hard);
    p.people = some_people(a, &l, p.needs, (int)p.need_count, people);
    return p;
}

static void explain_all(arena *a, const roster_problem *p, const roster_solution *s)
{
    int proven = 0, open = 0, levers = 0, slow = 0, possible = 0;
    double from = cpu_ms(), slowest = 0;
    roster_explainer *x = roster_explain_begin(a, p, s, NULL);
    for (int n = 0; n < (int)p->need_count; n++) {
        double begun = cpu_ms();
        const roster_explanation *e = roster_explain_need(x, n);
        if (!e->missing)
            continue;
        proven += e->proven;
        open += !e->proven;
        possible += e->possible;
        levers += e->lever_count;
        slowest = cpu_ms() - begun > slowest ? cpu_ms() - begun : slowest;
        slow += cpu_ms() - begun > 5;
    }
    printf("  explained: %d proven, %d open (%d possible), %d levers, %.1f ms CPU in all, the slowest need %.1f ms\n", proven, open,
           possible, levers, cpu_ms() - from, slowest);
}

static void bound_of(arena *a, const roster_problem *p, const roster_solution *s)
{
    double from = cpu_ms();
    roster_bounder *b = roster_bound_begin(a, p, s);
    int64_t early = 0;
    for (int i = 0; i < 400 && roster_bound_step(b, 100000); i++)
        early = i == 19 ? roster_bound_minimum(b) : early;
    printf("  level 1: %lld, bound %lld (after 2,000,000 steps %lld), %.1f ms CPU\n", (long long)s->cost.at[1],
           (long long)roster_bound_minimum(b), (long long)early, cpu_ms() - from);
}

static void burden_of(arena *a, const roster_problem *p, const roster_solution *s)
{
    double from = cpu_ms();
    roster_burden *b = roster_burden_begin(a, p, s);
    int64_t early = 0;
    for (int i = 0; i < 2000 && roster_burden_step(b, 100000); i++)
        early = i == 19 ? roster_burden_bound(b) : early;
    printf("  level 5: %lld, bound %lld (after 2,000,000 steps %lld), %.1f ms CPU\n", (long long)s->cost.at[5],
           (long long)roster_burden_bound(b), (long long)early, cpu_ms() - from);
}

static void substitutes_of(const roster_problem *p, const roster_solution *s)
{
    double from = cpu_ms();
    size_t able = 0, seats = s->duty_count < 200 ? s->duty_count : 200;
    for (size_t i = 0; i < seats; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        able += roster_substitutes_of(a, p, s, s->duties[i].need, s->duties[i].person).able;
        arena_close(a);
    }
    if (seats)
        printf("  substitutes of %zu seats: %.1f able of %zu, %.2f ms CPU a seat\n", seats, (double)able / (double)seats,
               p->person_count, (cpu_ms() - from) / (double)seats);
}

int main(int argc, char **argv)
{
    int people = argc > 2 ? atoi(argv[1]) : 40, days = argc > 2 ? atoi(argv[2]) : 14;
    uint64_t seed = argc > 3 ? (uint64_t)atoi(argv[3]) : 1, steps = argc > 4 ? (uint64_t)atoi(argv[4]) : 30000;
    for (int hard = 1; hard <= 7; hard++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        roster_problem p = some_team(a, people, days, seed, hard);
        roster_solver *solver = roster_solve_begin(a, &p, seed);
        roster_solve_step(solver, steps);
        const roster_solution *s = roster_solve_best(solver);
        printf("%d people, %d days, 1 to %d wanted: level 1 is %lld\n", people, days, hard, (long long)s->cost.at[1]);
        bound_of(a, &p, s);
        burden_of(a, &p, s);
        explain_all(a, &p, s);
        substitutes_of(&p, s);
        arena_close(a);
    }
    return 0;
}
