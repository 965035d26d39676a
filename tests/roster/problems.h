/* Roster problems for tests: the worked example of MODEL.md and random ones from a seed. */
#ifndef MUSTER_TESTS_ROSTER_PROBLEMS_H
#define MUSTER_TESTS_ROSTER_PROBLEMS_H
#include "base/luck.h"
#include "roster/roster.h"

static inline int some(luck *l, int limit)
{
    return (int)luck_below(l, (uint32_t)limit);
}

/* What is said of an error under that name, ended by zero as all of them are; "": nothing. */
static inline const char *value_of(const err *e, const char *name)
{
    for (size_t i = 0; i < e->value_count; i++) {
        if (str_is(str_of(e->values[i].name), name))
            return e->values[i].value.at;
    }
    return "";
}

/* MODEL.md section 3: Saturday is day 0; needs N1 N2 N3 N4; people A B C D. */
static inline roster_problem *problem_example(arena *a)
{
    static const roster_kind kinds[] = { { 1, 480, 720, false }, { 2, 720, 960, false }, { 3, 1200, 1560, true } };
    static const roster_need needs[] = {
        { .tag = 1, .day = 0, .kind = 0, .min = 3, .target = 3, .limit = 3, .priority = 1 },
        { .tag = 2, .day = 0, .kind = 1, .min = 2, .target = 2, .limit = 2, .priority = 1 },
        { .tag = 3, .day = 0, .kind = 2, .min = 2, .target = 2, .limit = 2, .priority = 1, .not_alone = true },
        { .tag = 4, .day = 1, .kind = 0, .min = 2, .target = 2, .limit = 2, .priority = 1 },
    };
    static const uint8_t no_night[] = { 0, 0, ROSTER_BLOCK_CARE, 0 }, late[] = { ROSTER_BLOCK_CANNOT, 0, 0, 0 },
                         no_sunday[] = { 0, 0, 0, ROSTER_BLOCK_CANNOT };
    static const uint8_t *const blocked[] = { NULL, no_night, late, no_sunday };
    roster_problem *p = arena_new(a, roster_problem);
    roster_person *people = arena_many(a, roster_person, 4);
    for (int i = 0; i < 4; i++)
        people[i] = (roster_person){ .tag = 11 + i, .minutes_max_day = 480, .rest_night_minutes = 480,
                                     .blocked = blocked[i], .groups_max = -1, .lead_fit = i < 2 };
    *p = (roster_problem){ .day_count = 2, .weekday_first = 5, .kinds = kinds, .kind_count = 3, .needs = needs,
                           .need_count = 4, .people = people, .person_count = 4, .fair = true };
    return p;
}

/* A best roster of it, as the model gives it. */
static inline roster_solution problem_example_roster(void)
{
    static const roster_duty duties[] = { { 0, 0, 0 }, { 1, 0, 0 }, { 0, 1, 0 }, { 1, 1, 0 },
                                          { 2, 2, 0 }, { 3, 2, 0 }, { 0, 3, 0 }, { 1, 3, 0 } };
    return (roster_solution){ .duties = duties, .duty_count = sizeof duties / sizeof *duties };
}

static inline void random_needs(arena *a, luck *l, roster_problem *p, int count)
{
    static const roster_kind kinds[] = { { 1, 480, 720, false }, { 2, 660, 960, false }, { 3, 1200, 1560, true } };
    roster_need *needs = arena_many(a, roster_need, count + 1);
    for (int n = 0; n < count; n++) {
        roster_need *x = &needs[n];
        *x = (roster_need){ .tag = 100 + n, .day = some(l, p->day_count), .kind = some(l, 3), .post = some(l, 2),
                            .min = some(l, 3), .priority = 1 + some(l, 3), .over_cost = 1, .under_cost = some(l, 3) };
        x->target = x->min + some(l, 2);
        x->limit = x->target + some(l, 2);
        x->not_alone = x->kind == 2 && some(l, 2);
        x->outdoor = some(l, 3) == 0;
        x->lead_wanted = some(l, 3) == 0;
        x->skills = some(l, 5) == 0 ? 1 : 0;
        x->wanted[0].skill = 2;
        x->wanted[0].count = some(l, 4) == 0;
    }
    p->kinds = kinds;
    p->kind_count = 3;
    p->needs = needs;
    p->need_count = (size_t)count;
}

static inline void random_people(arena *a, luck *l, roster_problem *p, int count)
{
    roster_person *people = arena_many(a, roster_person, count + 1);
    for (int i = 0; i < count; i++) {
        roster_person *w = &people[i];
        uint8_t *blocked = arena_many(a, uint8_t, p->need_count + 1);
        int *wishes = arena_many(a, int, p->need_count + 1), *km = arena_many(a, int, p->need_count + 1);
        for (size_t n = 0; n < p->need_count; n++) {
            blocked[n] = some(l, 4) == 0 ? (uint8_t)(1 << some(l, 4)) : 0;
            wishes[n] = some(l, 4) == 0 ? ROSTER_PREFER : some(l, 6) == 0 ? ROSTER_RATHER_NOT : 0;
            km[n] = some(l, 3);
        }
        roster_past *past = arena_many(a, roster_past, 2);
        past[0] = (roster_past){ -1, 1200, 1560, true };
        past[1] = (roster_past){ -2, 480, 720, false };
        *w = (roster_person){ .tag = 1 + i, .skills = (uint64_t)some(l, 4), .lead_fit = some(l, 2),
                              .unanswered = some(l, 5) == 0, .not_alone = some(l, 6) == 0, .blocked = blocked,
                              .wishes = wishes, .distance_km = km, .groups_max = some(l, 3) - 1,
                              .past = past, .past_count = (size_t)some(l, 3) };
        w->minutes_max_day = some(l, 2) ? 600 : 0;
        w->minutes_max_week = some(l, 2) ? 1200 : 0;
        w->minutes_max = some(l, 3) ? 0 : 1500;
        w->minutes_before = some(l, 3) * 120;
        w->nights_max = some(l, 3);
        w->run_max = some(l, 4);
        w->rest_minutes = some(l, 3) ? 0 : 60;
        w->rest_night_minutes = 480;
        w->outdoor_max_minutes = some(l, 2) * 200;
    }
    p->people = people;
    p->person_count = (size_t)count;
}

static inline roster_problem *problem_random(arena *a, uint64_t seed, int people, int needs, int days)
{
    luck at = luck_of(seed), *l = &at;
    roster_problem *p = arena_new(a, roster_problem);
    *p = (roster_problem){ .day_count = days, .weekday_first = some(l, 7), .fair = some(l, 2) };
    random_needs(a, l, p, needs);
    random_people(a, l, p, people);
    bool *told = arena_many(a, bool, days);
    int *group = arena_many(a, int, days);
    for (int d = 0; d < days; d++) {
        told[d] = some(l, 2);
        group[d] = d / 2;
    }
    p->day_told = told;
    p->day_group = group;
    roster_published *u = arena_many(a, roster_published, 3);
    for (int i = 0; i < 3 && i < people && i < needs; i++)
        u[p->published_count++] = (roster_published){ i, i, (roster_told)(1 + some(l, 3)) };
    p->published = u;
    if (people >= 3) {
        roster_pair *pairs = arena_many(a, roster_pair, 2);
        pairs[p->pair_count++] = (roster_pair){ 0, 1, (roster_pair_kind)some(l, 3) };
        if (some(l, 2))
            pairs[p->pair_count++] = (roster_pair){ 1, 2, (roster_pair_kind)some(l, 3) };
        p->pairs = pairs;
    }
    return p;
}

/* As problem_random, with what it leaves out: caps of kinds, forbidden followers, one duty a day, locks that may be kept. */
static inline roster_problem *problem_every_rule(arena *a, uint64_t seed, int people, int needs, int days)
{
    luck at = luck_of(seed + 77), *l = &at;
    roster_problem *p = problem_random(a, seed, people, needs, days);
    roster_person *who = arena_copy(a, p->people, p->person_count * sizeof *who);
    int *caps = arena_many(a, int, people * 3 + 1);
    for (int i = 0; i < people; i++) {
        for (int k = 0; k < 3; k++)
            caps[3 * i + k] = some(l, 4);
        who[i].kind_max = some(l, 3) ? NULL : &caps[3 * i];
        who[i].rest_minutes = some(l, 3) ? who[i].rest_minutes : 60 * some(l, 20);
    }
    bool *forbidden = arena_many(a, bool, 9);
    for (int k = 0; k < 9; k++)
        forbidden[k] = some(l, 5) == 0;
    p->people = who;
    p->next_forbidden = some(l, 2) ? forbidden : NULL;
    p->one_a_day = some(l, 4) == 0;
    p->border_exempt = some(l, 3) == 0;
    roster_lock *locks = arena_many(a, roster_lock, 4);
    for (int i = 0; i < 3 && people && needs; i++)
        locks[i] = (roster_lock){ some(l, people), some(l, needs), some(l, 2) != 0, false };
    p->locks = locks;
    for (p->lock_count = people && needs ? 3 : 0; p->lock_count && roster_check_problem(a, p);)
        p->lock_count--;
    return p;
}
#endif
