/* The face of the engine: checks a problem, begins, steps, shows the best. */
#include "base/text.h"
#include "roster/engine.h"
#include "roster/grid.h"
#include "roster/grid_search.h"

#include <string.h>

enum { CYCLE_BASE = 4000, IDLE_CYCLES_MAX = 12, DAYS_MAX = 400 };
enum { RUN_MAX = 1000, PAST_RUN_MAX = 10000, WEIGHT_MAX = 1000000, PRIORITY_MAX = 1000 };

const char *roster_reason_name(roster_reason r)
{
    static const char *const names[ROSTER_REASON_COUNT] = {
        "free", "team", "answer", "cannot", "care", "skill", "lock", "closed", "busy", "rest", "minutes_day",
        "minutes_week", "minutes_all", "nights", "kind", "groups", "run", "apart", "together", "alone", "full",
        "lower"
    };
    return names[r];
}

int roster_cost_compare(const roster_cost *a, const roster_cost *b)
{
    for (int i = 0; i < ROSTER_LEVELS; i++) {
        if (a->at[i] != b->at[i])
            return a->at[i] < b->at[i] ? -1 : 1;
    }
    return 0;
}

static str number(arena *a, int64_t n)
{
    return text_format(a, "%lld", (long long)n);
}

static err *bad(arena *a, const char *what, size_t index)
{
    return err_new(a, ERR_INPUT, "roster.problem_bad",
                   VALUES({ "what", str_of(what) }, { "index", number(a, (int64_t)index) }));
}

static bool skills_bad(const roster_need *n)
{
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
        if (n->wanted[k].count < 0 || n->wanted[k].count > 1000)
            return true;
    }
    return false;
}

static err *need_weights(arena *a, const roster_need *n)
{
    return err_new(a, ERR_INPUT, "roster.need_weights",
                   VALUES({ "need", number(a, n->tag) }, { "priority", number(a, n->priority) },
                          { "under", number(a, n->under_cost) }, { "over", number(a, n->over_cost) },
                          { "priority_most", number(a, PRIORITY_MAX) }, { "most", number(a, WEIGHT_MAX) }));
}

static err *check_needs(arena *a, const roster_problem *p)
{
    for (size_t i = 0; i < p->kind_count; i++) {
        const roster_kind *k = &p->kinds[i];
        if (k->start_minute < 0 || k->start_minute > 1439 || k->end_minute <= k->start_minute ||
            k->end_minute > 2879 || k->end_minute - k->start_minute > 1440)
            return bad(a, "kind", i);
    }
    for (size_t i = 0; i < p->need_count; i++) {
        const roster_need *n = &p->needs[i];
        if (n->day < 0 || n->day >= p->day_count || n->kind < 0 || n->kind >= (int)p->kind_count)
            return bad(a, "need", i);
        bool ordered = 0 <= n->min && n->min <= n->target && n->target <= n->limit && n->limit <= 100000;
        if (n->priority < 0 || n->priority > PRIORITY_MAX || n->under_cost < 0 || n->over_cost < 0 ||
            n->under_cost > WEIGHT_MAX || n->over_cost > WEIGHT_MAX)
            return need_weights(a, n);
        if (!ordered || (n->priority == 0 && n->min > 0) || skills_bad(n))
            return err_new(a, ERR_INPUT, "roster.need_bounds",
                           VALUES({ "need", number(a, n->tag) }, { "min", number(a, n->min) },
                                  { "target", number(a, n->target) }, { "limit", number(a, n->limit) }));
    }
    return NULL;
}

static err *check_past(arena *a, const roster_person *w, size_t i)
{
    for (size_t k = 0; k < w->past_count; k++) {
        const roster_past *d = &w->past[k];
        bool times = 0 <= d->start_minute && d->start_minute <= 1439 && d->start_minute < d->end_minute &&
                     d->end_minute <= 2879 && d->end_minute - d->start_minute <= 1440;
        if (d->day >= 0 || d->day < -7 || !times)
            return bad(a, "past", i);
    }
    return w->night_minutes_before > w->minutes_before ? bad(a, "night_minutes_before", i) : NULL;
}

static err *check_people(arena *a, const roster_problem *p)
{
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *w = &p->people[i];
        if (w->minutes_max_day < 0 || w->minutes_max_week < 0 || w->minutes_max < 0 || w->nights_max < 0 ||
            w->run_max < 0 || w->rest_minutes < 0 || w->rest_night_minutes < 0 || w->rest_minutes > 10080 ||
            w->rest_night_minutes > 10080 || w->minutes_before < 0 || w->night_minutes_before < 0 ||
            w->minutes_min < 0 || w->run_min < 0 || w->free_min < 0 || w->outdoor_max_minutes < 0)
            return bad(a, "person", i);
        if ((w->run_max && w->run_min > w->run_max) || (w->minutes_max && w->minutes_min > w->minutes_max))
            return err_new(a, ERR_INPUT, "roster.person_bounds", VALUES({ "person", number(a, w->tag) }));
        TRY(check_past(a, w, i));
    }
    return NULL;
}

static bool run_bad(const roster_run *r)
{
    return r->min < 0 || r->max < 0 || r->min > RUN_MAX || r->max > RUN_MAX || (r->max && r->min > r->max) ||
           r->weight < 0 || r->weight > WEIGHT_MAX;
}

static err *check_run(arena *a, const roster_run *r, const char *key, size_t index)
{
    if (!run_bad(r))
        return NULL;
    return err_new(a, ERR_INPUT, "roster.run_bounds",
                   VALUES({ "key", str_of(key) }, { "index", number(a, (int64_t)index) }, { "min", number(a, r->min) },
                          { "max", number(a, r->max) }, { "weight", number(a, r->weight) }));
}

static bool costs_bad(const int *costs, int days)
{
    for (int i = 0; costs && i <= days; i++) {
        if (costs[i] < -WEIGHT_MAX || costs[i] > WEIGHT_MAX)
            return true;
    }
    return false;
}

static bool past_run_bad(int days)
{
    return days < 0 || days > PAST_RUN_MAX;
}

/* The day before day 0 was worked or off, and each row of days ends with it. */
static err *check_before(arena *a, const roster_problem *p, size_t i)
{
    const roster_soft *s = p->people[i].soft;
    if (s->last_kind < -1 || s->last_kind >= (int)p->kind_count)
        return bad(a, "last_kind", i);
    if (past_run_bad(s->last_kind_run) || past_run_bad(s->last_work_run) || past_run_bad(s->last_free_run))
        return bad(a, "last_run", i);
    bool off = s->last_kind < 0;
    if (!(off ? s->last_kind_run || s->last_work_run : s->last_free_run || s->last_kind_run > s->last_work_run))
        return NULL;
    return err_new(a, ERR_INPUT, "roster.history_bad",
                   VALUES({ "person", number(a, p->people[i].tag) }, { "kind", number(a, s->last_kind) },
                          { "kind_run", number(a, s->last_kind_run) }, { "work_run", number(a, s->last_work_run) },
                          { "free_run", number(a, s->last_free_run) }));
}

/* Soft rules of lines; what lies before day 0 may be any number of days. */
static err *check_soft(arena *a, const roster_problem *p)
{
    for (size_t k = 0; p->kind_runs && k < p->kind_count; k++)
        TRY(check_run(a, &p->kind_runs[k], "kind_runs", k));
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_soft *s = p->people[i].soft;
        if (!s)
            continue;
        TRY(check_run(a, &s->work, "work", i));
        TRY(check_run(a, &s->free, "free", i));
        if (s->whole_weight < 0 || s->whole_weight > WEIGHT_MAX)
            return bad(a, "whole_weight", i);
        if (costs_bad(s->duties_cost, p->day_count) || costs_bad(s->groups_cost, p->day_count))
            return bad(a, costs_bad(s->duties_cost, p->day_count) ? "duties_cost" : "groups_cost", i);
        TRY(check_before(a, p, i));
    }
    return NULL;
}

static bool index_bad(const roster_problem *p, int person, int need)
{
    return person < 0 || person >= (int)p->person_count || need < 0 || need >= (int)p->need_count;
}

static err *check_links(arena *a, const roster_problem *p)
{
    for (size_t i = 0; i < p->pair_count; i++) {
        const roster_pair *r = &p->pairs[i];
        if (r->a == r->b || r->a < 0 || r->b < 0 || r->a >= (int)p->person_count ||
            r->b >= (int)p->person_count || r->kind < ROSTER_PAIR_APART || r->kind > ROSTER_PAIR_TOGETHER)
            return bad(a, "pair", i);
        for (size_t k = 0; k < i; k++) {
            const roster_pair *o = &p->pairs[k];
            bool same = (o->a == r->a && o->b == r->b) || (o->a == r->b && o->b == r->a);
            if (same && (o->kind == r->kind ||
                         (o->kind == ROSTER_PAIR_TOGETHER) != (r->kind == ROSTER_PAIR_TOGETHER)))
                return err_new(a, ERR_INPUT, "roster.pair_twice",
                               VALUES({ "person", number(a, p->people[r->a].tag) },
                                      { "other", number(a, p->people[r->b].tag) }));
        }
    }
    for (size_t i = 0; i < p->published_count; i++) {
        const roster_published *u = &p->published[i];
        if (index_bad(p, u->person, u->need) || u->told < ROSTER_UNTOLD || u->told > ROSTER_CONFIRMED)
            return bad(a, "published", i);
        for (size_t k = 0; k < i; k++) {
            if (p->published[k].person == u->person && p->published[k].need == u->need)
                return bad(a, "published", i);
        }
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        if (index_bad(p, p->locks[i].person, p->locks[i].need))
            return bad(a, "lock", i);
    }
    return NULL;
}

static err *lock_against(arena *a, const roster_problem *p, const roster_lock *l, roster_reason rule)
{
    return err_new(a, ERR_INPUT, "roster.lock_rule",
                   VALUES({ "person", number(a, p->people[l->person].tag) }, { "need", number(a, p->needs[l->need].tag) },
                          { "rule", str_of(roster_reason_name(rule)) }));
}

/* With all locks in place: may anybody else, or one person at least, still come to that need? */
static bool anybody_may(const state *s, int person, int need)
{
    const roster_problem *p = s->p;
    for (int i = 0; i < (int)p->person_count; i++) {
        if ((person < 0 || i == person) && !s->here[AT(s, i, need)] && state_block(s, i, need, NULL) == ROSTER_FREE)
            return true;
    }
    return false;
}

/* The other of a pair is there at the same day and kind, or may come. */
static bool partner_may(const state *s, int other, int need)
{
    const roster_problem *p = s->p;
    const roster_need *n = &p->needs[need];
    bool may = state_works(s, other, n->day, n->kind);
    for (int m = 0; m < (int)p->need_count && !may; m++)
        may = p->needs[m].day == n->day && p->needs[m].kind == n->kind && anybody_may(s, other, m);
    return may;
}

/* Rules that want somebody besides: broken for good where nobody may come. */
static err *check_lonely_locks(arena *a, const state *s, const roster_problem *p)
{
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (!l->on)
            continue;
        for (int k = s->pair_from[l->person]; k < s->pair_from[l->person + 1]; k++) {
            if (s->pair_kind[k] == ROSTER_PAIR_TOGETHER && !partner_may(s, s->pair_other[k], l->need))
                return lock_against(a, p, l, ROSTER_TOGETHER);
        }
        bool alone = s->filled[l->need] == 1 && (p->needs[l->need].not_alone || p->people[l->person].not_alone);
        if (alone && !anybody_may(s, -1, l->need))
            return lock_against(a, p, l, ROSTER_ALONE);
    }
    return NULL;
}

/* Puts the locks one by one; the first that does not fit is named with what it breaks. */
static err *check_locks(arena *a, const roster_problem *p)
{
    state *s = arena_new(a, state);
    roster_problem bare = *p;
    bare.lock_count = 0;
    state_init(a, s, &bare);
    for (size_t i = 0; i < p->lock_count; i++) {
        if (!p->locks[i].on)
            s->block[AT(s, p->locks[i].person, p->locks[i].need)] |= ROSTER_BLOCK_LOCK;
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (!l->on || s->here[AT(s, l->person, l->need)])
            continue;
        roster_why why;
        roster_reason r = state_block(s, l->person, l->need, &why);
        if (r == ROSTER_FREE) {
            state_put(s, l->person, l->need);
            continue;
        }
        if (why.other_need < 0)
            return lock_against(a, p, l, r);
        int other = why.other_person < 0 ? l->person : why.other_person;
        return err_new(a, ERR_INPUT, "roster.lock_clash",
                       VALUES({ "person", number(a, p->people[l->person].tag) },
                              { "need", number(a, p->needs[l->need].tag) }, { "rule", str_of(roster_reason_name(r)) },
                              { "other_person", number(a, p->people[other].tag) },
                              { "other", number(a, p->needs[why.other_need].tag) }));
    }
    return check_lonely_locks(a, s, p);
}

err *roster_check_problem(arena *a, const roster_problem *p)
{
    if (p->day_count < 0 || p->day_count > DAYS_MAX || p->weekday_first < 0 || p->weekday_first > 6)
        return bad(a, "days", (size_t)(p->day_count < 0 ? 0 : p->day_count));
    TRY(check_needs(a, p));
    TRY(check_people(a, p));
    TRY(check_soft(a, p));
    TRY(check_links(a, p));
    TRY(grid_check(a, p));
    if (!p->lock_count)
        return NULL;
    TRY(check_locks(a, p));
    return grid_check_locks(a, p);
}

int64_t engine_pack(const roster_cost *c)
{
    return c->at[0] * 20000000 + c->at[1] * 400000 + c->at[2] * 20000 + c->at[3] * 4000 + c->at[4] * 1000 + c->at[5];
}

int64_t engine_pack_strict(const roster_cost *c)
{
    return c->at[0] * 10000000000000 + c->at[1] * 10000000000 + c->at[2] * 20000000 + c->at[3] * 400000 +
           c->at[4] * 2000 + c->at[5];
}

/* Halves HALVINGS times over the cycle, straight in between. */
int64_t engine_heat(const roster_solver *s, int64_t hottest)
{
    enum { HALVINGS = 9 };
    uint64_t at = s->cycle_at * HALVINGS * 1024 / s->cycle_length;
    int64_t heat = (hottest * 1024) >> (at / 1024);
    return heat - heat * (int64_t)(at % 1024) / 2048;
}

/* Metropolis with integers alone, so that every machine decides alike: -log2 of a random number, read off its bits. */
bool engine_accepts(roster_solver *s, int64_t rise, int64_t heat)
{
    enum { RISE_MAX = 1 << 30 }; /* never taken anyway; keeps the product below in range */
    if (rise <= 0)
        return true;
    if (rise > RISE_MAX)
        return false;
    uint64_t r = luck_next(&s->luck) | 1;
    int zeros = __builtin_clzll(r);
    int64_t rest = zeros >= 53 ? 512 : (int64_t)((r << zeros) >> 53) & 1023;
    int64_t depth = zeros * 1024 + (1023 - rest);
    return rise * 1024 <= heat * depth / 1024 * 710 / 1024;
}

void engine_note_best(roster_solver *s)
{
    if (roster_cost_compare(&s->s.cost, &s->best_cost) >= 0)
        return;
    s->best_cost = s->s.cost;
    s->best_count = state_save(&s->s, s->best);
    s->improved = true;
}

bool engine_cycle_next(roster_solver *s)
{
    s->steps++;
    if (++s->cycle_at < s->cycle_length)
        return false;
    uint64_t most = s->cycle_length;
    s->cycle_at = 0;
    s->strict = !s->strict;
    if (s->idle_cycles < 6)
        s->cycle_length = most * 3 / 2;
    s->idle_cycles = s->improved ? 0 : s->idle_cycles + 1;
    s->improved = false;
    return true;
}

static void index_days(arena *a, roster_solver *s)
{
    const roster_problem *p = s->p;
    s->day_need = arena_many(a, int, p->need_count + 1);
    s->day_from = arena_many(a, int, p->day_count + 2);
    int at = 0;
    for (int d = 0; d < p->day_count; d++) {
        s->day_from[d] = at;
        for (size_t n = 0; n < p->need_count; n++) {
            if (p->needs[n].day == d)
                s->day_need[at++] = (int)n;
        }
    }
    s->day_from[p->day_count] = at;
}

static size_t duties_max(const roster_problem *p)
{
    size_t most = 0;
    for (size_t n = 0; n < p->need_count; n++) {
        size_t limit = (size_t)p->needs[n].limit;
        most += limit < p->person_count ? limit : p->person_count;
    }
    size_t days = p->person_count * (size_t)p->day_count;
    return p->one_a_day && days < most ? days : most;
}

roster_solver *roster_solve_begin(arena *a, const roster_problem *p, uint64_t seed)
{
    roster_solver *s = arena_new(a, roster_solver);
    s->p = p;
    s->luck = luck_of(seed);
    s->bound_burden = -1;
    size_t most = duties_max(p) + p->need_count + 1;
    s->best = arena_many(a, roster_duty, most);
    s->shown = arena_many(a, roster_duty, most);
    if (grid_wanted(p)) {
        grid_begin(a, s);
        return s;
    }
    state_init(a, &s->s, p);
    index_days(a, s);
    s->cycle_length = CYCLE_BASE + 100 * p->need_count;
    search_begin(a, s);
    s->best_cost = s->s.cost;
    s->best_count = state_save(&s->s, s->best);
    return s;
}

bool roster_solve_step(roster_solver *s, uint64_t steps)
{
    if (!s->p->person_count || !s->p->need_count)
        return false;
    for (uint64_t i = 0; i < steps && s->idle_cycles < IDLE_CYCLES_MAX; i++) {
        if (s->grid)
            grid_step(s);
        else
            search_step(s);
    }
    return s->idle_cycles < IDLE_CYCLES_MAX;
}

const roster_solution *roster_solve_best(roster_solver *s)
{
    if (s->search && search_building(s))
        engine_note_best(s);
    if (s->grid)
        s->best_count = grid_best(s, s->best);
    memcpy(s->shown, s->best, s->best_count * sizeof *s->shown);
    lead_choose(s->p, s->shown, s->best_count);
    s->out = (roster_solution){ s->shown, s->best_count, s->best_cost, -1, s->bound_burden, s->steps };
    return &s->out;
}

uint64_t roster_solve_steps(const roster_solver *s)
{
    return s->steps;
}

int roster_solve_idle(const roster_solver *s)
{
    return s->idle_cycles;
}
