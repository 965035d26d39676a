#include "rosters.h"

#include "base/luck.h"

enum { DAY_KINDS = 4, NIGHT = 3, SKILLS = 3, WAY_MAX = 8, PEOPLE_A_POST = 9 };

static int some(luck *l, int limit)
{
    return (int)luck_below(l, (uint32_t)limit);
}

static bool one_in(luck *l, int of)
{
    return some(l, of) == 0;
}

int rosters_posts(int people)
{
    return people < PEOPLE_A_POST ? 1 : people / PEOPLE_A_POST;
}

/* Each post: four shifts a day; the first two posts want more by day, every third has no night. */
static void put_needs(arena *a, luck *l, roster_problem *p, int posts)
{
    static const roster_kind kinds[DAY_KINDS] = { { 1, 7 * 60, 11 * 60, false }, { 2, 11 * 60, 15 * 60, false },
                                                  { 3, 15 * 60, 20 * 60, false }, { 4, 20 * 60, 26 * 60, true } };
    roster_need *needs = arena_many(a, roster_need, p->day_count * posts * DAY_KINDS + 1);
    for (int day = 0; day < p->day_count; day++) {
        for (int post = 0; post < posts; post++) {
            for (int kind = 0; kind < DAY_KINDS; kind++) {
                if (kind == NIGHT && post % 3 == 2)
                    continue;
                roster_need *n = &needs[p->need_count];
                *n = (roster_need){ .tag = (int64_t)++p->need_count, .day = day, .kind = kind, .post = post,
                                    .min = kind == NIGHT || post < 2 ? 2 : 1, .priority = post == 0 ? 2 : 1,
                                    .over_cost = 1, .outdoor = post % 2 == 0, .not_alone = kind == NIGHT,
                                    .lead_wanted = post % 2 == 0 || kind == NIGHT };
                n->target = n->min + (post == 0 || one_in(l, 4));
                n->limit = n->target + some(l, 2);
                n->skills = post == 1 && kind == 1 ? 1 : 0;
                n->wanted[0].skill = 2;
                n->wanted[0].count = post % 2;
                n->wanted[1].skill = 4;
                n->wanted[1].count = kind == NIGHT;
            }
        }
    }
    p->kinds = kinds;
    p->kind_count = DAY_KINDS;
    p->needs = needs;
}

/* What somebody says of the needs: whole days, one shift all along, single ones; and the way to each post. */
static void put_answers(arena *a, luck *l, const roster_problem *p, roster_person *w, int away)
{
    uint8_t *blocked = arena_many(a, uint8_t, p->need_count + 1);
    int *wishes = arena_many(a, int, p->need_count + 1), *way = arena_many(a, int, p->need_count + 1);
    int home = some(l, 64), never = one_in(l, 3) ? some(l, DAY_KINDS) : -1, liked = some(l, DAY_KINDS);
    bool no_night = one_in(l, 8), *off = arena_many(a, bool, p->day_count + 1);
    for (int d = 0; d < p->day_count; d++)
        off[d] = some(l, 100) < away;
    for (size_t i = 0; i < p->need_count; i++) {
        const roster_need *n = &p->needs[i];
        if (off[n->day] || n->kind == never || some(l, 100) < away / 3)
            blocked[i] = ROSTER_BLOCK_CANNOT;
        if (no_night && n->kind == NIGHT)
            blocked[i] |= ROSTER_BLOCK_CARE;
        if (n->kind == liked && one_in(l, 3))
            wishes[i] = ROSTER_PREFER;
        else if (one_in(l, 8))
            wishes[i] = ROSTER_RATHER_NOT;
        way[i] = (home + 5 * n->post) % WAY_MAX;
    }
    w->blocked = blocked;
    w->wishes = wishes;
    w->distance_km = way;
}

static void put_history(arena *a, luck *l, roster_person *w)
{
    roster_past *past = arena_many(a, roster_past, 3);
    for (int day = -1; day >= -3; day--) {
        bool night = one_in(l, 4);
        if (!one_in(l, 3))
            continue;
        past[w->past_count++] = (roster_past){ day, night ? 20 * 60 : 7 * 60, night ? 26 * 60 : 11 * 60, night };
        w->had_night = w->had_night || night;
    }
    w->past = past;
    w->minutes_before = 240 * some(l, 5) + (w->had_night ? 360 : 0);
    w->night_minutes_before = w->had_night ? 360 : 0;
}

static void put_people(arena *a, luck *l, roster_problem *p, const rosters_shape *shape)
{
    roster_person *people = arena_many(a, roster_person, shape->people + 1);
    for (int i = 0; i < shape->people; i++) {
        roster_person *w = &people[i];
        *w = (roster_person){ .tag = 1000 + i, .groups_max = one_in(l, 6) ? 1 : -1, .lead_fit = one_in(l, 4),
                              .unanswered = one_in(l, 12), .not_alone = one_in(l, 25), .minutes_max_day = 540,
                              .minutes_max_week = one_in(l, 4) ? 1200 : 2400, .minutes_max = one_in(l, 8) ? 1800 : 0,
                              .nights_max = 2 + some(l, 2), .run_max = 4 + some(l, 3),
                              .rest_night_minutes = 600, .outdoor_max_minutes = one_in(l, 5) ? 360 : 0 };
        for (int k = 0; k < SKILLS; k++)
            w->skills |= one_in(l, 2 + k) ? 1u << k : 0;
        put_answers(a, l, p, w, shape->away);
        put_history(a, l, w);
    }
    p->people = people;
    p->person_count = (size_t)shape->people;
}

/* Of each kind some; nobody is in two of them, so none contradicts another. The last people are in none. */
static void put_pairs(arena *a, luck *l, roster_problem *p)
{
    size_t count = p->person_count / 12;
    roster_pair *pairs = arena_many(a, roster_pair, count + 1);
    for (size_t i = 0; i < count; i++)
        pairs[i] = (roster_pair){ (int)(2 * i), (int)(2 * i + 1), (roster_pair_kind)some(l, 3) };
    p->pairs = pairs;
    p->pair_count = count;
}

/* One lock at most for a person of no pair, by day and late enough for any rest: these never break a rule. */
static void put_locks(arena *a, luck *l, roster_problem *p)
{
    size_t first = 2 * p->pair_count;
    roster_lock *locks = arena_many(a, roster_lock, p->person_count + 1);
    int *taken = arena_many(a, int, p->need_count + 1);
    for (size_t i = first; i < p->person_count && p->need_count; i += 5) {
        int n = some(l, (int)p->need_count);
        const roster_need *need = &p->needs[n];
        const roster_person *w = &p->people[i];
        bool on = one_in(l, 2);
        if (on && (w->blocked[n] || need->day < 2 || need->kind == NIGHT || need->skills || w->groups_max == 1 ||
                   taken[n] == need->min))
            continue;
        taken[n] += on;
        locks[p->lock_count++] = (roster_lock){ (int)i, n, on, false };
    }
    p->locks = locks;
}

/* Dealt out in turns, a shift a day each, as somebody does it on paper; not every line of it keeps every rule. */
static void put_published(arena *a, luck *l, roster_problem *p)
{
    roster_published *u = arena_many(a, roster_published, p->need_count * 4 + 1);
    int *last_day = arena_many(a, int, p->person_count + 1);
    int next = 0, people = (int)p->person_count;
    for (int i = 0; i < people; i++)
        last_day[i] = -1;
    for (size_t n = 0; n < p->need_count; n++) {
        const roster_need *need = &p->needs[n];
        int put = 0;
        for (int tries = 0; tries < people && put < need->min; tries++, next++) {
            const roster_person *w = &p->people[next % people];
            if (last_day[next % people] >= need->day || w->blocked[n] || (w->skills & need->skills) != need->skills)
                continue;
            last_day[next % people] = need->day + (need->kind == NIGHT);
            put++;
            u[p->published_count++] = (roster_published){ next % people, (int)n,
                need->day >= p->day_count / 2 ? ROSTER_UNTOLD : one_in(l, 3) ? ROSTER_TOLD : ROSTER_CONFIRMED };
        }
    }
    bool *told = arena_many(a, bool, p->day_count + 1);
    for (int d = 0; d < p->day_count; d++)
        told[d] = d < p->day_count / 2;
    p->published = u;
    p->day_told = told;
}

roster_problem *rosters_team(arena *a, const rosters_shape *shape)
{
    luck at = luck_of(shape->seed), *l = &at;
    roster_problem *p = arena_new(a, roster_problem);
    *p = (roster_problem){ .day_count = shape->days, .weekday_first = some(l, 7), .fair = true };
    int *group = arena_many(a, int, shape->days + 1);
    for (int d = 0; d < shape->days; d++)
        group[d] = (d + p->weekday_first) % 7 >= 5 ? (d + p->weekday_first) / 7 : -1;
    p->day_group = group;
    put_needs(a, l, p, shape->posts);
    put_people(a, l, p, shape);
    put_pairs(a, l, p);
    put_locks(a, l, p);
    if (shape->published && shape->people)
        put_published(a, l, p);
    return p;
}

rosters_shape rosters_city(int i, uint64_t seed)
{
    luck at = luck_of(seed * 1000 + (uint64_t)i), *l = &at;
    int people = 8 + some(l, 53);
    int posts = rosters_posts(people) + (i % 5 == 0);
    return (rosters_shape){ .people = people, .days = 14, .posts = posts, .away = 20 + some(l, 30),
                            .published = i % 3 == 1, .seed = luck_next(l) };
}
