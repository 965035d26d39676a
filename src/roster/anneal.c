#include "roster/anneal.h"

#include "base/luck.h"
#include "roster/anneal_line.h"

#include <assert.h>
#include <string.h>

enum {
    TRIES = 2048,               /* of one step */
    MISSING_COST = 400,         /* of one below a minimum while searching: a barrier that can be passed when hot */
    HOTTEST = 16, HALVINGS = 4, /* from 16 to 1, when rules cost 10 to 30 */
    DAYS_MAX = 64, POSTS_MAX = 1000, DAY_CHANGED = 20, BLOCK_CHANGED = 40 /* of 100 tries; the rest are exchanges */
};

/* What a need costs by the people there, kept small: it is asked for all the time. */
typedef struct cover {
    int min, target, priority, under, over, filled;
} cover;

typedef struct move {
    int person, other; /* other: -1, or who gets the days of person */
    int from, to;      /* days from..to-1 */
    int old[DAYS_MAX], old_other[DAYS_MAX];
} move;

struct roster_annealer {
    const roster_problem *p;
    luck luck;
    uint64_t steps, planned;
    int people, days, kinds, posts;
    int *x;                     /* person x day: need or -1 */
    int *best;
    anneal_lines *lines;
    cover *cover;               /* per need */
    int *option, *option_from;  /* needs a person may have on a day; from person x day */
    int *need_of;               /* day x kind x post: need or -1 */
    uint8_t *able;              /* person x need */
    int64_t cost, best_cost;    /* of all, MISSING_COST for each that is missing */
    int missing, best_missing;  /* below a minimum, in all */
    roster_duty *shown;
    int *shown_filled;          /* per need */
    roster_solution out;
    move m;
};

static bool person_fits(const roster_person *w)
{
    const roster_soft *soft = w->soft;
    return soft && soft->last_kind_run < ANNEAL_RUN_MAX && soft->last_work_run < ANNEAL_RUN_MAX &&
           soft->last_free_run < ANNEAL_RUN_MAX && !w->past_count && !w->minutes_max_day && !w->minutes_max_week && !w->minutes_max &&
           !w->nights_max && !w->run_max && !w->rest_minutes && !w->rest_night_minutes && !w->outdoor_max_minutes &&
           !w->minutes_min && !w->run_min && !w->free_min && !w->kind_max && !w->not_alone && w->groups_max < 0;
}

bool roster_anneal_fits(const roster_problem *p)
{
    bool fits = p->one_a_day && !p->fair && !p->border_exempt && !p->pair_count && !p->lock_count &&
                !p->published_count && !p->day_told && p->day_count <= DAYS_MAX && p->person_count;
    for (size_t i = 0; fits && i < p->person_count; i++)
        fits = person_fits(&p->people[i]);
    for (size_t n = 0; fits && n < p->need_count; n++) {
        const roster_need *need = &p->needs[n];
        fits = need->post >= 0 && need->post < POSTS_MAX && !need->lead_wanted && !need->not_alone && need->limit >= (int)p->person_count &&
               p->kinds[need->kind].end_minute <= 1440;
        for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++)
            fits = fits && !need->wanted[k].count;
    }
    return fits;
}

/* -- cover ------------------------------------------------------------------------------------------------------- */

static int missing_at(const cover *c, int filled)
{
    return filled < c->min ? c->priority * (c->min - filled) : 0;
}

static int cover_cost(const cover *c, int filled)
{
    int cost = MISSING_COST * missing_at(c, filled);
    return cost + (filled < c->target ? c->under * (c->target - filled) : c->over * (filled - c->target));
}

/* What one more or less at a need costs. */
static int fill_rise(const roster_annealer *s, int n, int by)
{
    if (n < 0)
        return 0;
    const cover *c = &s->cover[n];
    return cover_cost(c, c->filled + by) - cover_cost(c, c->filled);
}

/* -- moves ------------------------------------------------------------------------------------------------------- */

static int pick(roster_annealer *s, int limit)
{
    return (int)luck_below(&s->luck, (uint32_t)limit);
}

/* Short blocks are most of it; a week is the longest. */
static int pick_length(roster_annealer *s)
{
    static const int lengths[16] = { 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6, 7 };
    int length = lengths[pick(s, 16)];
    return length < s->days ? length : s->days;
}

/* The need of that day and kind where the person is worth most as the cover is, or -1. */
static int best_post(roster_annealer *s, const move *m, int day, int kind)
{
    const int *needs = &s->need_of[(day * s->kinds + kind) * s->posts];
    const uint8_t *able = &s->able[(size_t)m->person * s->p->need_count];
    int best = -1, best_rise = 0, old = m->old[day - m->from], from = pick(s, s->posts);
    for (int k = 0; k < s->posts; k++) {
        int n = needs[from + k < s->posts ? from + k : from + k - s->posts];
        if (n < 0 || !able[n])
            continue;
        int rise = n == old ? -fill_rise(s, n, -1) : fill_rise(s, n, 1);
        if (best < 0 || rise < best_rise) {
            best = n;
            best_rise = rise;
        }
    }
    return best;
}

/* Days of one person become off, or duties of one kind wherever the person may. False: nothing new. */
static bool set_days(roster_annealer *s, const move *m)
{
    enum { OFF_SHARE = 3 };
    int at = m->person * s->days + m->from, count = s->option_from[at + 1] - s->option_from[at];
    int chosen = pick(s, count + OFF_SHARE);
    int kind = chosen < count ? s->p->needs[s->option[s->option_from[at] + chosen]].kind : -1;
    bool changed = false;
    for (int d = m->from; d < m->to; d++) {
        int n = kind < 0 ? -1 : best_post(s, m, d, kind);
        changed = changed || s->x[m->person * s->days + d] != n;
        s->x[m->person * s->days + d] = n;
    }
    return changed;
}

static bool swap_days(roster_annealer *s, const move *m)
{
    size_t needs = s->p->need_count;
    int *x = &s->x[m->person * s->days], *y = &s->x[m->other * s->days];
    bool changed = false;
    for (int d = m->from; d < m->to; d++) {
        if ((x[d] >= 0 && !s->able[(size_t)m->other * needs + (size_t)x[d]]) ||
            (y[d] >= 0 && !s->able[(size_t)m->person * needs + (size_t)y[d]]))
            return false;
        changed = changed || x[d] != y[d];
    }
    for (int d = m->from; changed && d < m->to; d++) {
        int t = x[d];
        x[d] = y[d];
        y[d] = t;
    }
    return changed;
}

static void put_back(roster_annealer *s, const move *m)
{
    size_t bytes = (size_t)(m->to - m->from) * sizeof(int);
    memcpy(&s->x[m->person * s->days + m->from], m->old, bytes);
    if (m->other >= 0)
        memcpy(&s->x[m->other * s->days + m->from], m->old_other, bytes);
}

/* What the cover costs more with the new days; an exchange leaves it as it is. */
static int cover_rise(const roster_annealer *s, const move *m)
{
    const int *x = &s->x[m->person * s->days];
    int rise = 0;
    for (int d = m->from; m->other < 0 && d < m->to; d++) {
        int old = m->old[d - m->from];
        if (old != x[d])
            rise += fill_rise(s, old, -1) + fill_rise(s, x[d], 1);
    }
    return rise;
}

static void fill(roster_annealer *s, int n, int by)
{
    if (n < 0)
        return;
    cover *c = &s->cover[n];
    s->missing += missing_at(c, c->filled + by) - missing_at(c, c->filled);
    c->filled += by;
}

static void keep_move(roster_annealer *s, const move *m)
{
    anneal_line_keep(s->lines, m->person, m->from, m->to, m->old);
    if (m->other >= 0) {
        anneal_line_keep(s->lines, m->other, m->from, m->to, m->old_other);
        return;
    }
    for (int d = m->from; d < m->to; d++) {
        fill(s, m->old[d - m->from], -1);
        fill(s, s->x[m->person * s->days + d], 1);
    }
}

/* Times 1024; halves HALVINGS times over the plan, straight in between. */
static int64_t heat_now(const roster_annealer *s)
{
    uint64_t steps = s->steps < s->planned ? s->steps : s->planned;
    uint64_t at = s->planned ? steps * HALVINGS * 1024 / s->planned : 0;
    int64_t heat = ((int64_t)HOTTEST * 1024) >> (at / 1024);
    return heat - heat * (int64_t)(at % 1024) / 2048;
}

/* Metropolis with integers alone, so that every machine decides alike: -log2 of a random number, read off its bits. */
static bool accepts(roster_annealer *s, int64_t rise, int64_t heat)
{
    if (rise <= 0)
        return true;
    uint64_t r = luck_next(&s->luck) | 1;
    int zeros = __builtin_clzll(r);
    int64_t rest = zeros >= 53 ? 512 : (int64_t)((r << zeros) >> 53) & 1023;
    int64_t depth = zeros * 1024 + (1023 - rest);
    return rise * 1024 <= heat * depth / 1024 * 710 / 1024;
}

static void note_best(roster_annealer *s)
{
    if (s->missing > s->best_missing || (s->missing == s->best_missing && s->cost >= s->best_cost))
        return;
    s->best_missing = s->missing;
    s->best_cost = s->cost;
    memcpy(s->best, s->x, (size_t)(s->people * s->days) * sizeof *s->best);
}

static bool try_move(roster_annealer *s, move *m)
{
    int kind = pick(s, 100), length = kind < DAY_CHANGED ? 1 : pick_length(s);
    m->person = pick(s, s->people);
    m->other = kind < BLOCK_CHANGED ? -1 : pick(s, s->people);
    m->from = pick(s, s->days - length + 1);
    m->to = m->from + length;
    if (m->other == m->person)
        return false;
    size_t bytes = (size_t)length * sizeof(int);
    memcpy(m->old, &s->x[m->person * s->days + m->from], bytes);
    if (m->other >= 0)
        memcpy(m->old_other, &s->x[m->other * s->days + m->from], bytes);
    return m->other < 0 ? set_days(s, m) : swap_days(s, m);
}

/* ANNEAL_NEVER: it may not be. */
static int64_t rise_of(const roster_annealer *s, const move *m)
{
    int rise = anneal_line_rise(s->lines, m->person, m->from, m->to, m->old);
    if (rise == ANNEAL_NEVER)
        return rise;
    if (m->other < 0)
        return rise + cover_rise(s, m);
    int other = anneal_line_rise(s->lines, m->other, m->from, m->to, m->old_other);
    return other == ANNEAL_NEVER ? other : rise + other;
}

static void one_try(roster_annealer *s, int64_t heat)
{
    move *m = &s->m;
    if (!try_move(s, m))
        return;
    int64_t rise = rise_of(s, m);
    if (rise == ANNEAL_NEVER || !accepts(s, rise, heat)) {
        put_back(s, m);
        return;
    }
    s->cost += rise;
    keep_move(s, m);
    note_best(s);
}

/* -- begin, step, best ------------------------------------------------------------------------------------------- */

static void index_options(arena *a, roster_annealer *s)
{
    const roster_problem *p = s->p;
    size_t needs = p->need_count;
    s->able = arena_many(a, uint8_t, (size_t)s->people * needs + 1);
    s->option = arena_many(a, int, (size_t)s->people * needs + 1);
    s->option_from = arena_many(a, int, s->people * s->days + 1);
    int at = 0;
    for (int i = 0; i < s->people; i++) {
        const roster_person *who = &p->people[i];
        for (int d = 0; d < s->days; d++) {
            s->option_from[i * s->days + d] = at;
            for (size_t n = 0; n < needs; n++) {
                if (p->needs[n].day != d || (who->blocked && who->blocked[n]) ||
                    (who->skills & p->needs[n].skills) != p->needs[n].skills)
                    continue;
                s->able[(size_t)i * needs + n] = 1;
                s->option[at++] = (int)n;
            }
        }
    }
    s->option_from[s->people * s->days] = at;
}

static void index_needs(arena *a, roster_annealer *s)
{
    const roster_problem *p = s->p;
    for (size_t n = 0; n < p->need_count; n++)
        s->posts = p->needs[n].post >= s->posts ? p->needs[n].post + 1 : s->posts;
    int cells = s->days * s->kinds * s->posts;
    s->need_of = arena_many(a, int, cells + 1);
    for (int c = 0; c < cells; c++)
        s->need_of[c] = -1;
    for (size_t n = 0; n < p->need_count; n++) {
        const roster_need *need = &p->needs[n];
        s->need_of[(need->day * s->kinds + need->kind) * s->posts + need->post] = (int)n;
    }
}

roster_annealer *roster_anneal_begin(arena *a, const roster_problem *p, uint64_t seed)
{
    assert(roster_anneal_fits(p));
    roster_annealer *s = arena_new(a, roster_annealer);
    s->p = p;
    s->luck = luck_of(seed);
    s->people = (int)p->person_count;
    s->days = p->day_count;
    s->kinds = (int)p->kind_count;
    size_t cells = p->person_count * (size_t)p->day_count;
    s->x = arena_many(a, int, cells + 1);
    s->best = arena_many(a, int, cells + 1);
    s->shown = arena_many(a, roster_duty, cells + 1);
    s->cover = arena_many(a, cover, p->need_count + 1);
    s->shown_filled = arena_many(a, int, p->need_count + 1);
    index_options(a, s);
    index_needs(a, s);
    memset(s->x, -1, cells * sizeof *s->x);
    s->lines = anneal_lines_begin(a, p, s->x);
    for (int i = 0; i < s->people; i++) {
        const int *wishes = p->people[i].wishes;
        s->cost += anneal_line_empty(s->lines, i);
        for (size_t n = 0; wishes && n < p->need_count; n++)
            s->cost += wishes[n] > 0 ? wishes[n] : 0; /* not met yet */
    }
    for (size_t n = 0; n < p->need_count; n++) {
        const roster_need *need = &p->needs[n];
        s->cover[n] = (cover){ need->min, need->target, need->priority, need->under_cost, need->over_cost, 0 };
        s->cost += cover_cost(&s->cover[n], 0);
        s->missing += missing_at(&s->cover[n], 0);
    }
    memcpy(s->best, s->x, cells * sizeof *s->x);
    s->best_cost = s->cost;
    s->best_missing = s->missing;
    return s;
}

void roster_anneal_plan(roster_annealer *s, uint64_t steps)
{
    s->planned = steps;
}

void roster_anneal_step(roster_annealer *s, uint64_t steps)
{
    for (uint64_t i = 0; i < steps; i++, s->steps++) {
        int64_t heat = heat_now(s);
        for (int k = 0; k < TRIES; k++)
            one_try(s, heat);
    }
}

uint64_t roster_anneal_steps(const roster_annealer *s)
{
    return s->steps;
}

/* Level 5 is what the search went by; the levels of cover are counted from the roster. */
static roster_cost vector_of(const roster_annealer *s, const int *filled)
{
    roster_cost cost = { { 0, s->best_missing, 0, 0, 0, s->best_cost - (int64_t)MISSING_COST * s->best_missing } };
    for (size_t n = 0; n < s->p->need_count; n++) {
        const roster_need *need = &s->p->needs[n];
        int missing = filled[n] < need->min ? need->min - filled[n] : 0;
        cost.at[2] += need->priority * missing * (missing - 1) / 2 + (need->priority && need->min && !filled[n] ? 10 : 0);
        if (filled[n] < need->target && !need->under_cost)
            cost.at[4] += need->priority * (need->target - filled[n]);
    }
    return cost;
}

const roster_solution *roster_anneal_best(roster_annealer *s)
{
    size_t count = 0;
    for (size_t n = 0; n < s->p->need_count; n++) {
        size_t before = count;
        for (int i = 0; i < s->people; i++) {
            if (s->best[i * s->days + s->p->needs[n].day] == (int)n)
                s->shown[count++] = (roster_duty){ .person = i, .need = (int)n };
        }
        s->shown_filled[n] = (int)(count - before);
    }
    s->out = (roster_solution){ .duties = s->shown, .duty_count = count, .cost = vector_of(s, s->shown_filled),
                                .bound_minimum = -1, .bound_burden = -1, .steps = s->steps };
    return &s->out;
}
