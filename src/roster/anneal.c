#include "roster/anneal.h"

#include "base/luck.h"

#include <assert.h>
#include <string.h>

enum {
    TRIES = 2048,               /* of one step */
    MISSING_COST = 400,         /* of one below a minimum while searching: a barrier that can be passed when hot */
    HOTTEST = 60, HALVINGS = 5, /* from 60 to 2, when rules cost 10 to 30 */
    NEVER = 1 << 28,            /* a line that may not be */
    DAYS_MAX = 64, POSTS_MAX = 1000, DAY_CHANGED = 40, BLOCK_CHANGED = 70 /* of 100 tries; the rest are exchanges */
};

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
    int *line;                  /* per person: what the line costs */
    int *filled;                /* per need */
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
    return w->soft && !w->past_count && !w->minutes_max_day && !w->minutes_max_week && !w->minutes_max &&
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

/* -- what a line costs ------------------------------------------------------------------------------------------- */

/* A row of days that ends here, or goes on. */
static int ended(const roster_run *r, int length)
{
    return length && length < r->min ? r->weight * (r->min - length) : 0;
}
static int grown(const roster_run *r, int length)
{
    return r->max && length > r->max ? r->weight : 0;
}

typedef struct walk {
    int last, kind_run, work_run, free_run; /* up to the day before */
    int duties, groups, worked, off;        /* worked, off: days of the group that is open */
} walk;

static int walk_duty(const roster_problem *p, const roster_soft *soft, walk *w, int kind)
{
    int cost = ended(&soft->free, w->free_run);
    if (w->last >= 0 && w->last != kind && p->kind_runs)
        cost += ended(&p->kind_runs[w->last], w->kind_run);
    w->kind_run = w->last == kind ? w->kind_run + 1 : 1;
    w->work_run++;
    w->free_run = 0;
    w->duties++;
    if (p->kind_runs)
        cost += grown(&p->kind_runs[kind], w->kind_run);
    w->last = kind;
    return cost + grown(&soft->work, w->work_run);
}

static int walk_off(const roster_problem *p, const roster_soft *soft, walk *w)
{
    int cost = ended(&soft->work, w->work_run);
    if (w->last >= 0 && p->kind_runs)
        cost += ended(&p->kind_runs[w->last], w->kind_run);
    w->kind_run = w->work_run = 0;
    w->last = -1;
    w->free_run++;
    return cost + grown(&soft->free, w->free_run);
}

static int walk_group(const roster_problem *p, const roster_soft *soft, walk *w, int day, bool works)
{
    if (!p->day_group || p->day_group[day] < 0)
        return 0;
    w->worked += works;
    w->off += !works;
    if (day + 1 < p->day_count && p->day_group[day + 1] == p->day_group[day])
        return 0;
    int cost = w->worked && w->off ? soft->whole_weight : 0;
    w->groups += w->worked > 0;
    w->worked = w->off = 0;
    return cost;
}

/* What it costs, or NEVER; below 0 when wishes are met. */
static int line_cost(const roster_annealer *s, int person)
{
    const roster_problem *p = s->p;
    const roster_person *who = &p->people[person];
    const roster_soft *soft = who->soft;
    const int *x = &s->x[person * s->days];
    bool worked = soft->last_kind >= 0;
    walk w = { .last = soft->last_kind, .kind_run = worked ? soft->last_kind_run : 0,
               .work_run = worked ? soft->last_work_run : 0, .free_run = worked ? 0 : soft->last_free_run };
    int cost = 0;
    for (int d = 0; d < s->days; d++) {
        if (x[d] >= 0) {
            int kind = p->needs[x[d]].kind;
            if (w.last >= 0 && p->next_forbidden && p->next_forbidden[w.last * s->kinds + kind])
                return NEVER;
            cost += walk_duty(p, soft, &w, kind);
            if (who->wishes)
                cost -= who->wishes[x[d]]; /* met it saves, against it costs */
            if (who->distance_km)
                cost += who->distance_km[x[d]];
        } else {
            cost += walk_off(p, soft, &w);
        }
        cost += walk_group(p, soft, &w, d, x[d] >= 0);
    }
    cost += soft->duties_cost ? soft->duties_cost[w.duties] : 0;
    cost += soft->groups_cost ? soft->groups_cost[w.groups] : 0;
    return cost;
}

static int missing_at(const roster_need *n, int filled)
{
    return filled < n->min ? n->priority * (n->min - filled) : 0;
}

static int cover_cost(const roster_need *n, int filled)
{
    int cost = MISSING_COST * missing_at(n, filled);
    return cost + (filled < n->target ? n->under_cost * (n->target - filled) : n->over_cost * (filled - n->target));
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

/* Days of one person become off, or duties of one kind and post where the person may. False: nothing new. */
static bool set_days(roster_annealer *s, const move *m)
{
    enum { OFF_SHARE = 3 };
    int at = m->person * s->days + m->from, count = s->option_from[at + 1] - s->option_from[at];
    int chosen = pick(s, count + OFF_SHARE);
    const roster_need *like = chosen < count ? &s->p->needs[s->option[s->option_from[at] + chosen]] : NULL;
    bool changed = false;
    for (int d = m->from; d < m->to; d++) {
        int n = like ? s->need_of[(d * s->kinds + like->kind) * s->posts + like->post] : -1;
        if (n >= 0 && !s->able[(size_t)m->person * s->p->need_count + (size_t)n])
            n = -1;
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

/* One more or less at a need; what that costs more. */
static int fill(roster_annealer *s, int n, int by)
{
    if (n < 0)
        return 0;
    const roster_need *need = &s->p->needs[n];
    int before = cover_cost(need, s->filled[n]);
    s->missing -= missing_at(need, s->filled[n]);
    s->filled[n] += by;
    s->missing += missing_at(need, s->filled[n]);
    return cover_cost(need, s->filled[n]) - before;
}

/* The cover goes from the old days to the new ones, or back. An exchange leaves it as it is. */
static int move_cover(roster_annealer *s, const move *m, int by)
{
    int rise = 0;
    for (int d = m->from; m->other < 0 && d < m->to; d++) {
        int old = m->old[d - m->from], new = s->x[m->person * s->days + d];
        if (old != new)
            rise += fill(s, old, -by) + fill(s, new, by);
    }
    return rise;
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

static void one_try(roster_annealer *s, int64_t heat)
{
    move *m = &s->m;
    if (!try_move(s, m))
        return;
    int line = line_cost(s, m->person), other = m->other < 0 ? 0 : line_cost(s, m->other);
    if (line == NEVER || other == NEVER) {
        put_back(s, m);
        return;
    }
    int64_t rise = line - s->line[m->person] + (m->other < 0 ? 0 : other - s->line[m->other]);
    rise += move_cover(s, m, 1);
    if (!accepts(s, rise, heat)) {
        move_cover(s, m, -1);
        put_back(s, m);
        return;
    }
    s->cost += rise;
    s->line[m->person] = line;
    if (m->other >= 0)
        s->line[m->other] = other;
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
    s->line = arena_many(a, int, s->people);
    s->filled = arena_many(a, int, p->need_count + 1);
    s->shown_filled = arena_many(a, int, p->need_count + 1);
    index_options(a, s);
    index_needs(a, s);
    memset(s->x, -1, cells * sizeof *s->x);
    for (int i = 0; i < s->people; i++) {
        const int *wishes = p->people[i].wishes;
        s->cost += s->line[i] = line_cost(s, i);
        for (size_t n = 0; wishes && n < p->need_count; n++)
            s->cost += wishes[n] > 0 ? wishes[n] : 0; /* not met yet */
    }
    for (size_t n = 0; n < p->need_count; n++) {
        s->cost += cover_cost(&p->needs[n], 0);
        s->missing += missing_at(&p->needs[n], 0);
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
