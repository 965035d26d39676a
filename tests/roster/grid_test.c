/* The grid: a change costs what the judge counts, lines are the cheapest there are, the solver finds the best of tiny problems. */
#include "check.h"
#include "base/text.h"
#include "problems.h"
#include "roster/grid_line.h"

#include <string.h>

enum { KINDS = 3, PROBLEMS = 60, MOVES = 60, TINY = 60, LINES = 80, TINY_STEPS = 1500 };

typedef struct want { /* what a random problem may hold besides the rules of lines */
    bool soft, minimum, published, spare; /* spare: nobody has a lower end of hours, */
    bool counted;                         /* nor an upper one: duties may have a cost instead */
    bool wanted;                          /* skills and a lead: counted, but not searched for */
    bool open, uncapped;                  /* needs with room for everybody; people without caps of kinds and groups */
    int days, people, posts;
} want;

static roster_run some_run(luck *l)
{
    int min = 1 + some(l, 3);
    return (roster_run){ min, some(l, 3) ? min + some(l, 2) : 0, 1 + some(l, 4) };
}

/* History goes with soft rules alone: hard runs and rest ask only what is in the roster. */
static const roster_soft *some_soft(luck *l, const want *w, roster_person *who)
{
    roster_soft *soft = arena_new(check_arena(), roster_soft);
    int *duties = arena_many(check_arena(), int, w->days + 1), *groups = arena_many(check_arena(), int, w->days + 1);
    for (int k = 0; k <= w->days; k++) {
        duties[k] = some(l, 6);
        groups[k] = some(l, 6);
    }
    *soft = (roster_soft){ .work = some_run(l), .free = some_run(l), .whole_weight = some(l, 5), .last_kind = -1,
                           .duties_cost = w->counted ? duties : NULL,
                           .groups_cost = some(l, 2) ? groups : NULL };
    if (some(l, 2))
        return soft;
    who->run_min = who->run_max = who->free_min = who->rest_minutes = who->rest_night_minutes = 0;
    soft->last_kind = some(l, KINDS + 1) - 1;
    if (soft->last_kind < 0)
        soft->last_free_run = some(l, 5);
    else
        soft->last_work_run = soft->last_kind_run = 1 + some(l, 4);
    return soft;
}

static void some_person(luck *l, const want *w, const roster_problem *p, roster_person *who)
{
    int *wishes = arena_many(check_arena(), int, p->need_count + 1), *km = arena_many(check_arena(), int, p->need_count + 1);
    int *caps = arena_many(check_arena(), int, KINDS);
    uint8_t *blocked = arena_many(check_arena(), uint8_t, p->need_count + 1);
    for (size_t n = 0; n < p->need_count; n++) {
        wishes[n] = some(l, 4) ? 0 : some(l, 7) - 3;
        km[n] = some(l, 3);
        blocked[n] = some(l, 8) ? 0 : ROSTER_BLOCK_CANNOT;
    }
    for (int k = 0; k < KINDS; k++)
        caps[k] = some(l, 4);
    *who = (roster_person){ .skills = (uint64_t)some(l, 4), .wishes = some(l, 3) ? wishes : NULL, .lead_fit = some(l, 2),
                            .distance_km = some(l, 2) ? km : NULL, .blocked = some(l, 3) ? blocked : NULL,
                            .groups_max = some(l, 4) - 1, .kind_max = some(l, 2) ? caps : NULL };
    who->minutes_min = w->spare || w->counted || some(l, 2) ? 0 : 240 * some(l, 4);
    who->minutes_max = w->counted || some(l, 2) ? 0 : who->minutes_min + 240 * some(l, 8);
    who->minutes_max_day = some(l, 4) ? 0 : 480;
    who->run_min = 1 + some(l, 3);
    who->run_max = some(l, 3) ? who->run_min + some(l, 3) : 0;
    who->free_min = 1 + some(l, 3);
    who->rest_minutes = some(l, 2) ? 0 : 60 * some(l, 13);
    who->rest_night_minutes = some(l, 2) ? 0 : 60 * some(l, 17);
    who->kind_max = w->uncapped ? NULL : who->kind_max;
    who->groups_max = w->uncapped ? -1 : who->groups_max;
    who->soft = w->soft && some(l, 4) ? some_soft(l, w, who) : NULL;
}

static void some_needs(luck *l, const want *w, roster_problem *p)
{
    roster_need *needs = arena_many(check_arena(), roster_need, w->days * w->posts);
    for (int n = 0; n < w->days * w->posts; n++) {
        roster_need *x = &needs[p->need_count++];
        *x = (roster_need){ .tag = n, .day = n / w->posts, .kind = some(l, KINDS), .post = n % w->posts, .priority = 1,
                            .min = w->minimum ? some(l, 2) : 0, .skills = some(l, 4) ? 0 : 1, .under_cost = 1 + some(l, 9),
                            .over_cost = some(l, 4) };
        x->lead_wanted = w->wanted && some(l, 3) == 0;
        x->wanted[0].skill = 2;
        x->wanted[0].count = w->wanted && some(l, 3) == 0 ? 1 + some(l, 2) : 0;
        x->target = x->min + some(l, 2);
        x->limit = w->open ? w->people : x->target + some(l, 2);
    }
    p->needs = needs;
}

static void some_links(luck *l, const want *w, roster_problem *p)
{
    bool *told = arena_many(check_arena(), bool, w->days);
    roster_published *u = arena_many(check_arena(), roster_published, w->people);
    for (int d = 0; d < w->days; d++)
        told[d] = some(l, 2);
    for (int i = 0; i < w->people; i++)
        u[i] = (roster_published){ i, some(l, (int)p->need_count), (roster_told)(1 + some(l, 3)) };
    p->published = u;
    p->published_count = (size_t)w->people;
    p->day_told = told;
}

static roster_problem *some_problem(uint64_t seed, want w)
{
    static const roster_kind kinds[KINDS] = { { 1, 480, 960, false }, { 2, 840, 1080, false }, { 3, 1200, 1920, true } };
    luck at = luck_of(seed), *l = &at;
    roster_problem *p = arena_new(check_arena(), roster_problem);
    *p = (roster_problem){ .day_count = w.days, .kinds = kinds, .kind_count = KINDS, .one_a_day = true,
                           .border_exempt = !w.soft && some(l, 2) };
    some_needs(l, &w, p);
    roster_person *people = arena_many(check_arena(), roster_person, w.people);
    for (int i = 0; i < w.people; i++)
        some_person(l, &w, p, &people[i]);
    people[0].run_min = people[0].soft ? people[0].run_min : 2; /* else it may be none for the grid */
    people[0].run_max = people[0].soft || !people[0].run_max ? people[0].run_max : 2 + people[0].run_max;
    p->people = people;
    p->person_count = (size_t)w.people;
    int *group = arena_many(check_arena(), int, w.days);
    bool *forbidden = arena_many(check_arena(), bool, KINDS * KINDS);
    roster_run *runs = arena_many(check_arena(), roster_run, KINDS);
    int first = some(l, 3);
    for (int d = 0; d < w.days; d++)
        group[d] = (d + first) % 3 ? (d + first) / 3 : -1;
    for (int k = 0; k < KINDS * KINDS; k++)
        forbidden[k] = some(l, 4) == 0;
    for (int k = 0; k < KINDS; k++)
        runs[k] = some_run(l);
    p->day_group = some(l, 4) ? group : NULL;
    p->next_forbidden = some(l, 2) ? forbidden : NULL;
    p->kind_runs = w.soft && some(l, 2) ? runs : NULL;
    if (w.published)
        some_links(l, &w, p);
    assert_true(grid_wanted(p));
    assert_null(roster_check_problem(check_arena(), p));
    return p;
}

/* -- what the grid says against the judge -------------------------------------------------------- */
static roster_cost judged(const grid *g, const uint8_t *x, roster_violations *v)
{
    roster_duty *duties = arena_many(check_arena(), roster_duty, g->people * g->days + 1);
    return roster_check(check_arena(), g->p, duties, grid_save(g, x, duties), v);
}

/* The levels in the one number that the grid steers by. */
static int64_t steering(const roster_cost *c)
{
    return 2000 * c->at[1] + 200 * c->at[3] + 20 * c->at[4] + c->at[5];
}

static int minutes_of(const grid *g, int person, const uint8_t *x)
{
    int minutes = 0;
    for (int d = 0; d < g->days; d++) {
        int now = x[grid_cell(g, person, d)];
        const roster_kind *k = now ? &g->p->kinds[g->kind_of[d * g->options + now - 1]] : NULL;
        minutes += k ? k->end_minute - k->start_minute : 0;
    }
    return minutes;
}

/* Does the judge let the person have these lines? Hours below the least may stay so, but not sink. */
static bool judge_allows(const grid *g, int person, const roster_violations *v, const uint8_t *old, const uint8_t *x)
{
    int least = g->p->people[person].minutes_min, minutes = minutes_of(g, person, x);
    int lower = minutes < least ? -1 : 0;
    for (size_t i = 0; i < v->count; i++) {
        if (v->at[i].person != person)
            continue;
        if (v->at[i].rule != ROSTER_LOWER)
            return false;
        lower++;
    }
    return lower == 0 && (minutes >= least || minutes >= minutes_of(g, person, old));
}

static void random_move(luck *l, const grid *g, int *person, int *from, int *to, uint8_t *line)
{
    *person = some(l, g->people);
    *from = some(l, g->days);
    *to = *from + 1 + some(l, g->days - *from);
    bool off = some(l, 4) == 0;
    for (int d = *from; d < *to; d++) {
        line[d - *from] = (uint8_t)(off ? 0 : some(l, g->options + 1));
        if (line[d - *from] && g->need_of[d * g->options + line[d - *from] - 1] < 0)
            line[d - *from] = 0;
    }
}

static void assert_vector(const grid *g)
{
    roster_cost counted, cost = judged(g, g->x, NULL);
    grid_vector(g, g->x, &counted);
    assert_int_equal(g->cost, steering(&cost));
    for (int k = 0; k < ROSTER_LEVELS; k++)
        assert_int_equal(counted.at[k], cost.at[k]);
}

/* One random move: the grid and the judge forbid the same, and find the same difference. True: it was made. */
static bool move_and_compare(luck *l, grid *g)
{
    int person = 0, from = 0, to = 0;
    uint8_t line[32];
    random_move(l, g, &person, &from, &to, line);
    size_t cells = (size_t)(g->people * g->days);
    uint8_t *x = arena_copy(check_arena(), g->x, cells);
    memcpy(&x[grid_cell(g, person, from)], line, (size_t)(to - from));
    roster_violations v;
    roster_cost after = judged(g, x, &v);
    int64_t change = grid_line_change(g, person, from, to, line), cover = grid_cover_change(g, person, from, to, line);
    assert_int_equal(change < GRID_NEVER, judge_allows(g, person, &v, g->x, x));
    if (change >= GRID_NEVER || cover >= GRID_NEVER / 2)
        return false;
    assert_int_equal(g->cost + change + cover, steering(&after));
    grid_put(g, person, from, to, line);
    assert_vector(g);
    return true;
}

static void a_change_costs_what_the_judge_counts(void)
{
    int made = 0;
    for (int i = 0; i < PROBLEMS; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        want w = { .soft = i % 2, .counted = i % 4 == 1, .minimum = i % 3 == 0, .wanted = i % 4 < 2, .published = i % 5 == 0,
                   .days = 3 + i % 7, .people = 3, .posts = 3 };
        grid g;
        grid_init(check_arena(), &g, some_problem((uint64_t)i, w));
        luck l = luck_of((uint64_t)(1000 + i));
        assert_vector(&g);
        for (int m = 0; m < MOVES; m++)
            made += move_and_compare(&l, &g);
    }
    assert_true(made > PROBLEMS * MOVES / 20);
}

/* -- lines --------------------------------------------------------------------------------------- */
/* The next of all lines of the window; false after the last. */
static bool next_line(const grid *g, uint8_t *line)
{
    for (int d = 0; d < g->days; d++) {
        if (line[d] < g->options) {
            line[d]++;
            return true;
        }
        line[d] = 0;
    }
    return false;
}

/* In fine units, over the free line; INT64_MAX: a rule forbids it. */
static int64_t price_of(const grid_line *w, int person, const uint8_t *line)
{
    const grid *g = w->g;
    int64_t cost = 0, cells = 0;
    int units = 0;
    for (int d = 0; d < g->days; d++) {
        int at = d * g->options + line[d] - 1;
        if (!line[d])
            continue;
        if (w->price[at] >= GRID_NEVER)
            return INT64_MAX;
        cost += w->price[at];
        cells += g->cell[grid_cell(g, person, d) * (size_t)g->options + (size_t)line[d] - 1];
        units += g->kind_units[g->kind_of[at]];
    }
    int64_t change = grid_line_change(g, person, 0, g->days, line);
    return change >= GRID_NEVER || units < g->person[person].least ? INT64_MAX : cost + (change - cells) * GRID_FINE;
}

static int64_t cheapest_of_all(const grid_line *w, int person)
{
    uint8_t line[8] = { 0 };
    int64_t least = INT64_MAX;
    do {
        int64_t cost = price_of(w, person, line);
        least = cost < least ? cost : least;
    } while (next_line(w->g, line));
    return least;
}

static void random_prices(luck *l, grid_line *w, int person)
{
    const grid *g = w->g;
    for (int at = 0; at < g->days * g->options; at++) {
        bool open = g->need_of[at] >= 0 && g->cell[grid_cell(g, person, 0) * (size_t)g->options + (size_t)at] < GRID_NEVER;
        w->price[at] = open ? (some(l, 60) - 40) * GRID_FINE + some(l, GRID_FINE) : GRID_NEVER;
    }
}

static int caps_of(const roster_problem *p, int person)
{
    int caps = 0;
    for (int k = 0; p->people[person].kind_max && k < KINDS; k++)
        caps += p->people[person].kind_max[k] > 0 && p->people[person].kind_max[k] < p->day_count;
    return caps;
}

static void the_best_line_is_the_cheapest_of_all(void)
{
    int capped = 0, none = 0;
    for (int i = 0; i < LINES; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        want want = { .soft = i % 2, .counted = i % 4 == 1, .days = 5, .people = 2, .posts = 3, .spare = i % 3 == 0 };
        grid *g = arena_new(check_arena(), grid);
        grid_line w;
        luck l = luck_of((uint64_t)i);
        grid_init(check_arena(), g, some_problem((uint64_t)(2000 + i), want));
        grid_line_init(check_arena(), &w, g);
        random_prices(&l, &w, 0);
        int64_t least = cheapest_of_all(&w, 0);
        bool found = grid_line_best(&w, 0, 0, g->days);
        int caps = caps_of(g->p, 0);
        capped += caps > 0;
        none += least == INT64_MAX;
        int64_t cost = found ? price_of(&w, 0, w.line) : INT64_MAX;
        assert_true(!found || cost < INT64_MAX);
        if (caps <= 1)
            assert_int_equal(cost, least);
        assert_true(cost >= least);
    }
    assert_true(capped > LINES / 8 && none < LINES / 2);
}

static void a_priced_line_is_legal_and_its_bound_true(void)
{
    int exact = 0, all = 0;
    for (int i = 0; i < LINES; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        want want = { .days = 5, .people = 2, .posts = 3, .spare = i % 3 == 0 };
        grid *g = arena_new(check_arena(), grid);
        grid_line w;
        luck l = luck_of((uint64_t)i);
        int64_t bound = 0;
        grid_init(check_arena(), g, some_problem((uint64_t)(3000 + i), want));
        grid_line_init(check_arena(), &w, g);
        for (int round = 0; round < 3; round++) { /* penalties are kept */
            random_prices(&l, &w, 0);
            int64_t least = cheapest_of_all(&w, 0);
            if (!grid_line_priced(&w, 0, &bound)) {
                assert_true(least == INT64_MAX || caps_of(g->p, 0) > 1);
                continue;
            }
            assert_int_equal(w.cost, price_of(&w, 0, w.line));
            assert_true(bound <= least && least <= w.cost && w.cost < INT64_MAX);
            all++;
            exact += w.cost == least;
        }
    }
    assert_true(all > LINES && exact > all * 9 / 10);
}

/* -- the solver ---------------------------------------------------------------------------------- */
static roster_cost best_of_all(const grid *g)
{
    roster_cost best = { { INT64_MAX } };
    size_t cells = (size_t)(g->people * g->days);
    uint8_t *x = arena_many(check_arena(), uint8_t, cells + 1);
    for (size_t at = 0; at < cells;) {
        arena *a = arena_open(NULL, 1 << 20);
        roster_violations v;
        roster_duty duties[16];
        roster_cost cost = roster_check(a, g->p, duties, grid_save(g, x, duties), &v);
        arena_close(a);
        if (!v.broken && roster_cost_compare(&cost, &best) < 0)
            best = cost;
        for (at = 0; at < cells && x[at] == g->options; at++)
            x[at] = 0;
        x[at] += at < cells;
    }
    return best;
}

static void the_solver_finds_the_best_of_tiny_problems(void)
{
    int bounds = 0, legal = 0, missed = 0;
    for (int i = 0; i < TINY; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        want w = { .soft = i % 2, .counted = i % 4 == 1, .minimum = i % 3 == 0, .published = i % 3 == 1 && i % 4 < 2,
                   .open = i % 3, .days = 3, .people = 2, .posts = 2 };
        const roster_problem *p = some_problem((uint64_t)(4000 + i), w);
        grid g;
        grid_init(check_arena(), &g, p);
        roster_cost best = best_of_all(&g);
        roster_solver *s = roster_solve_begin(check_arena(), p, 1);
        roster_solve_step(s, TINY_STEPS);
        const roster_solution *found = roster_solve_best(s);
        roster_violations v;
        roster_cost cost = roster_check(check_arena(), p, found->duties, found->duty_count, &v);
        assert_int_equal(v.broken, 0);
        for (int k = 0; k < ROSTER_LEVELS; k++)
            assert_int_equal(cost.at[k], found->cost.at[k]);
        if (best.at[0] > 0) /* nobody can have all lower ends: the least bad is not searched for */
            continue;
        legal++;
        assert_true(roster_cost_compare(&cost, &best) >= 0);
        missed += roster_cost_compare(&cost, &best) != 0;
        assert_true(found->bound_burden <= best.at[5]);
        bounds += found->bound_burden >= 0;
    }
    assert_true(legal > TINY / 2 && bounds > TINY / 8);
    assert_true(missed <= 1); /* two people at narrow limits may have to change at once */
}

static void same_seed_and_steps_give_the_same_roster(void)
{
    enum { STEPS = 120, PORTION = 7 };
    want w = { .soft = true, .days = 9, .people = 6, .posts = 3 };
    const roster_problem *p = some_problem(5000, w);
    roster_solver *whole = roster_solve_begin(check_arena(), p, 42), *parts = roster_solve_begin(check_arena(), p, 42);
    roster_solve_step(whole, STEPS);
    for (int done = 0; done < STEPS; done += PORTION) {
        roster_solve_step(parts, (uint64_t)(STEPS - done < PORTION ? STEPS - done : PORTION));
    }
    const roster_solution *a = roster_solve_best(whole), *b = roster_solve_best(parts);
    assert_int_equal(a->steps, STEPS);
    assert_int_equal(b->steps, STEPS);
    assert_int_equal(a->duty_count, b->duty_count);
    assert_true(a->duty_count > 0);
    for (size_t i = 0; i < a->duty_count; i++) {
        assert_int_equal(a->duties[i].person, b->duties[i].person);
        assert_int_equal(a->duties[i].need, b->duties[i].need);
    }
    assert_int_equal(roster_cost_compare(&a->cost, &b->cost), 0);
}

/* -- locks --------------------------------------------------------------------------------------- */
static roster_problem *with_locks(uint64_t seed, const roster_lock *locks, size_t count)
{
    want w = { .days = 6, .people = 3, .posts = 3, .spare = true, .open = true, .uncapped = true };
    roster_problem *p = some_problem(seed, w);
    p->locks = locks;
    p->lock_count = count;
    return p;
}

static void locks_are_kept(void)
{
    int tried = 0;
    for (int i = 0; i < TINY; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        roster_lock locks[] = { { 0, i % 18, true, false }, { 1, (i * 5 + 2) % 18, true, false }, { 2, i % 7, false, false } };
        const roster_problem *p = with_locks((uint64_t)(6000 + i), locks, COUNT(locks));
        if (roster_check_problem(check_arena(), p))
            continue;
        roster_solver *s = roster_solve_begin(check_arena(), p, 1);
        roster_solve_step(s, TINY_STEPS);
        roster_violations v;
        const roster_solution *found = roster_solve_best(s);
        roster_check(check_arena(), p, found->duties, found->duty_count, &v);
        assert_int_equal(v.broken, 0);
        tried++;
    }
    assert_true(tried > TINY / 4);
}

/* Some line of person 0 that the judge finds no fault with, by trying all. */
static bool some_line_is_legal(const grid *g)
{
    const roster_problem *p = g->p;
    roster_problem alone = *p;
    roster_lock locks[8];
    uint8_t *x = arena_many(check_arena(), uint8_t, g->people * g->days);
    alone.locks = locks;
    alone.lock_count = 0;
    for (size_t i = 0; i < p->lock_count; i++) {
        if (p->locks[i].person == 0)
            locks[alone.lock_count++] = p->locks[i];
    }
    for (int d = 0; d >= 0;) {
        arena *a = arena_open(NULL, 1 << 20);
        roster_violations v;
        roster_duty duties[16];
        bool own = false;
        roster_check(a, &alone, duties, grid_save(g, x, duties), &v);
        for (size_t i = 0; i < v.count; i++)
            own = own || v.at[i].person == 0;
        arena_close(a);
        if (!own)
            return true;
        for (d = g->days - 1; d >= 0 && x[d] == g->options; d--)
            x[d] = 0;
        if (d >= 0)
            x[d]++;
    }
    return false;
}

/* Exactly those locks are refused which leave no legal line, with every rule of a line; and no search drops one. */
static void locks_are_refused_where_no_line_holds_them(void)
{
    enum { MANY = 150 };
    int refused = 0, kept = 0, rules[ROSTER_REASON_COUNT] = { 0 };
    for (int i = 0; i < MANY; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        want w = { .soft = i % 2, .counted = i % 4 == 1, .open = true, .days = 4, .people = 2, .posts = 2 };
        roster_problem *p = some_problem((uint64_t)(7000 + i), w);
        roster_lock locks[] = { { 0, i % 8, true, false }, { 0, (i / 8 + 3) % 8, true, false }, { 1, i % 5, false, false } };
        grid g;
        p->locks = locks;
        p->lock_count = (size_t)(i % 3 + 1);
        err *e = roster_check_problem(check_arena(), p);
        if (p->lock_count > 1 && p->needs[locks[0].need].day == p->needs[locks[1].need].day) {
            assert_true(e || locks[0].need == locks[1].need);
            continue;
        }
        grid_init(check_arena(), &g, p);
        assert_int_equal(e == NULL, some_line_is_legal(&g));
        refused += e != NULL;
        for (int k = 0; e && k < ROSTER_REASON_COUNT; k++)
            rules[k] += str_is(str_of(value_of(e, "rule")), roster_reason_name((roster_reason)k));
        for (uint64_t steps = 0; !e && steps < 40; steps = steps * 3 + 1) {
            roster_solver *s = roster_solve_begin(check_arena(), p, 1);
            roster_violations v;
            roster_solve_step(s, steps);
            const roster_solution *found = roster_solve_best(s);
            roster_check(check_arena(), p, found->duties, found->duty_count, &v);
            assert_int_equal(v.broken, 0);
            kept++;
        }
    }
    assert_true(refused > MANY / 5 && kept > MANY / 5);
    assert_true(rules[ROSTER_LOWER] && rules[ROSTER_KIND] && rules[ROSTER_MINUTES_ALL] && rules[ROSTER_CANNOT]);
}

/* Two days in a row are asked for, and the second one is one too many of its kind, weekend, or hours. */
static void the_rule_in_the_way_of_a_lock_is_named(void)
{
    static const roster_lock locks[] = { { 1, 0, false, false }, { 0, 4, true, false }, { 0, 6, true, false } };
    static const int one[KINDS] = { 1, 0, 1 }, group[6] = { 0, 0, 1, 1, 2, 2 };
    static const roster_reason rules[] = { ROSTER_KIND, ROSTER_GROUPS, ROSTER_MINUTES_ALL, ROSTER_LOWER, ROSTER_FREE };
    static const uint8_t middle[18] = { [3] = ROSTER_BLOCK_CANNOT, [5] = ROSTER_BLOCK_CANNOT, [9] = ROSTER_BLOCK_CANNOT,
                                        [10] = ROSTER_BLOCK_CANNOT, [11] = ROSTER_BLOCK_CANNOT };
    for (size_t i = 0; i < COUNT(rules); i++) {
        CASE(roster_reason_name(rules[i]));
        roster_problem *p = with_locks(1, locks, COUNT(locks));
        roster_need *needs = arena_copy(check_arena(), p->needs, p->need_count * sizeof *needs);
        roster_person *people = arena_many(check_arena(), roster_person, 3);
        for (size_t n = 0; n < p->need_count; n++)
            needs[n] = (roster_need){ .tag = (int64_t)n, .day = (int)n / 3, .kind = (int)n % 3, .target = 1, .limit = 3, .priority = 1 };
        for (int k = 0; k < 3; k++)
            people[k] = (roster_person){ .tag = 70 + k, .groups_max = -1, .run_min = 3, .blocked = middle };
        people[0].kind_max = rules[i] == ROSTER_KIND ? one : NULL;
        people[0].groups_max = rules[i] == ROSTER_GROUPS ? 1 : -1;
        people[0].minutes_max = rules[i] == ROSTER_MINUTES_ALL ? 480 + 240 : 0;
        people[0].run_min = rules[i] == ROSTER_LOWER ? 4 : 3; /* day 3 cannot be */
        p->day_group = group;
        p->next_forbidden = NULL;
        p->border_exempt = false;
        p->needs = needs;
        p->people = people;
        err *e = roster_check_problem(check_arena(), p);
        assert_int_equal(e == NULL, rules[i] == ROSTER_FREE);
        if (e)
            assert_string_equal(value_of(e, "rule"), roster_reason_name(rules[i]));
    }
}

static void a_lock_that_breaks_a_rule_is_an_error(void)
{
    static const roster_lock locks[] = { { 0, 0, true, false }, { 0, 6, true, false } };
    static const uint8_t middle[18] = { [3] = ROSTER_BLOCK_CANNOT, [4] = ROSTER_BLOCK_CANNOT, [5] = ROSTER_BLOCK_CANNOT },
                         first[18] = { [0] = ROSTER_BLOCK_CANNOT };
    roster_problem *p = with_locks(1, NULL, 0);
    roster_person *people = arena_many(check_arena(), roster_person, 3);
    p->people = people;
    for (int i = 0; i < 3; i++)
        people[i] = (roster_person){ .tag = 70 + i, .groups_max = -1, .free_min = 2, .blocked = middle, .skills = 1 };
    p->locks = locks;
    p->lock_count = COUNT(locks);
    err *one_day_off = roster_check_problem(check_arena(), p);
    assert_non_null(one_day_off);
    assert_string_equal(one_day_off->message, "roster.lock_lower");
    people[0].free_min = 1;
    assert_null(roster_check_problem(check_arena(), p));
    people[0].blocked = first;
    err *cannot = roster_check_problem(check_arena(), p);
    assert_non_null(cannot);
    assert_string_equal(cannot->message, "roster.lock_rule");
}

/* -- memory -------------------------------------------------------------------------------------- */
static void no_more_memory_is_taken_than_was_said(void)
{
    static const struct { int people, days, posts; bool soft, counted, open; int locks; } cases[] = {
        { 2, 3, 2, false, false, false, 0 }, { 12, 28, 3, false, false, true, 0 }, { 30, 14, 4, true, true, true, 0 },
        { 40, 56, 2, false, false, true, 0 }, { 10, 7, 3, true, false, true, 2 }, { 150, 14, 8, false, false, true, 1 },
        { 20, 180, 2, false, false, true, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(text_format(check_arena(), "case %zu", i).at);
        want w = { .soft = cases[i].soft, .counted = cases[i].counted, .open = cases[i].open, .uncapped = i % 2,
                   .days = cases[i].days, .people = cases[i].people, .posts = cases[i].posts };
        roster_problem *p = some_problem(8000 + i, w);
        roster_lock locks[] = { { 1, 0, true, false }, { 0, 1, false, false } };
        p->locks = locks;
        p->lock_count = (size_t)cases[i].locks;
        size_t said = roster_memory(p);
        arena *a = arena_open(NULL, said); /* an arena at its limit ends the program */
        roster_solver *s = roster_solve_begin(a, p, 1);
        size_t taken = arena_used(a);
        assert_true(taken <= said && taken >= said / 10);
        roster_solve_step(s, 60);
        roster_solve_best(s);
        assert_int_equal(arena_used(a), taken);
        arena_close(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_change_costs_what_the_judge_counts),
        CHECK_TEST(the_best_line_is_the_cheapest_of_all),
        CHECK_TEST(a_priced_line_is_legal_and_its_bound_true),
        CHECK_TEST(the_solver_finds_the_best_of_tiny_problems),
        CHECK_TEST(same_seed_and_steps_give_the_same_roster),
        CHECK_TEST(locks_are_kept),
        CHECK_TEST(locks_are_refused_where_no_line_holds_them),
        CHECK_TEST(the_rule_in_the_way_of_a_lock_is_named),
        CHECK_TEST(a_lock_that_breaks_a_rule_is_an_error),
        CHECK_TEST(no_more_memory_is_taken_than_was_said),
    };
    return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
