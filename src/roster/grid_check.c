/* What the grid takes: the rules it knows, sizes that its small numbers hold, weights that its sums hold. */
#include "base/text.h"
#include "roster/grid.h"
#include "roster/pattern.h"

enum {
    OPTIONS_MAX = 250,        /* needs of a day: a cell is a byte */
    PHASES_MAX = 30000,       /* of a type: 16 bits */
    CELLS_MAX = 40000000,     /* person x day x need of a day */
    DAY_WEIGHT_MAX = 1 << 19, /* in fine parts below GRID_NEVER, with as much again for noise */
    LINE_WEIGHT_MAX = 1 << 22 /* in fine parts half of what the sums over a line hold */
};

bool grid_wanted(const roster_problem *p)
{
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *w = &p->people[i];
        if (w->minutes_min > 0 || w->run_min > 1 || w->free_min > 1 || w->soft)
            return true;
    }
    return false;
}

static bool person_is_strange(const roster_problem *p, const roster_person *w)
{
    const roster_soft *f = w->soft;
    bool hard = w->run_max || w->run_min > 1 || w->free_min > 1 || w->rest_minutes || w->rest_night_minutes;
    bool history = f && (f->last_kind >= 0 || f->last_free_run); /* it is the soft rules' alone */
    return w->past_count || w->minutes_max_week || w->nights_max || w->not_alone || w->minutes_before ||
           w->outdoor_max_minutes || (hard && history) || (w->soft && p->border_exempt);
}

/* Hours of some people and a cost by the number of duties of some: one resource only, unless all kinds are as long. */
static bool amounts_are_mixed(const roster_problem *p)
{
    bool hours = false, duties = false, differ = false;
    for (size_t i = 0; i < p->person_count; i++) {
        hours = hours || p->people[i].minutes_min || p->people[i].minutes_max;
        duties = duties || (p->people[i].soft && p->people[i].soft->duties_cost);
    }
    for (size_t k = 1; k < p->kind_count; k++)
        differ = differ || p->kinds[k].end_minute - p->kinds[k].start_minute !=
                               p->kinds[0].end_minute - p->kinds[0].start_minute;
    return hours && duties && differ;
}


/* The grid asks a day for the next one alone, so rest may not reach further. */
static bool rest_is_long(const roster_problem *p, const roster_person *w)
{
    int last = 0, first = 1440;
    for (size_t k = 0; k < p->kind_count; k++) {
        int end = p->kinds[k].end_minute + pattern_rest(w, p->kinds[k].night);
        last = end > last ? end : last;
        first = p->kinds[k].start_minute < first ? p->kinds[k].start_minute : first;
    }
    return last > first + 2 * 1440;
}

static err *check_rules(arena *a, const roster_problem *p)
{
    bool strange = !p->one_a_day || p->pair_count || p->fair || amounts_are_mixed(p);
    for (size_t i = 0; i < p->person_count; i++)
        strange = strange || person_is_strange(p, &p->people[i]);
    for (size_t i = 0; i < p->need_count; i++)
        strange = strange || p->needs[i].not_alone;
    for (int d = 2; p->day_group && d < p->day_count; d++)
        strange = strange || (p->day_group[d] >= 0 && p->day_group[d] == p->day_group[d - 2]);
    if (strange)
        return err_new(a, ERR_INPUT, "roster.lower_mixed", NULL);
    for (size_t i = 0; i < p->person_count; i++) {
        if (rest_is_long(p, &p->people[i]))
            return err_new(a, ERR_INPUT, "roster.rest_long",
                           VALUES({ "person", text_format(a, "%lld", (long long)p->people[i].tag) }));
    }
    return NULL;
}

/* -- sizes --------------------------------------------------------------------------------------- */
static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t run_states(const roster_run *r, int hard_max, int hard_min)
{
    static const roster_run none = { 0 };
    r = r ? r : &none;
    return larger(larger(r->max, r->min), larger(larger(hard_max, hard_min), 1));
}

/* Never fewer than the automaton of that person has. */
int64_t grid_phases_at_most(const roster_problem *p, const roster_person *w)
{
    int64_t kind = 1, twice = p->border_exempt || w->soft ? 2 : 1;
    for (size_t k = 0; w->soft && p->kind_runs && k < p->kind_count; k++)
        kind = larger(kind, run_states(&p->kind_runs[k], 0, 0));
    int64_t work = run_states(w->soft ? &w->soft->work : NULL, w->run_max, w->run_min),
            free_days = run_states(w->soft ? &w->soft->free : NULL, 0, w->free_min);
    return twice * ((int64_t)p->kind_count * work * kind + free_days + 1);
}

static err *large(arena *a, const char *what, int64_t value, int64_t most)
{
    return err_new(a, ERR_INPUT, "roster.grid_large",
                   VALUES({ "what", str_of(what) }, { "value", text_format(a, "%lld", (long long)value) },
                          { "most", text_format(a, "%lld", (long long)most) }));
}

static err *check_sizes(arena *a, const roster_problem *p)
{
    int64_t options = 0;
    int *count = arena_many(a, int, p->day_count + 1);
    if (p->kind_count > GRID_CLASSES_MAX - 1)
        return large(a, "kinds", (int64_t)p->kind_count, GRID_CLASSES_MAX - 1);
    for (size_t n = 0; n < p->need_count; n++)
        options = larger(options, ++count[p->needs[n].day]);
    if (options > OPTIONS_MAX)
        return large(a, "needs", options, OPTIONS_MAX);
    int64_t cells = (int64_t)p->person_count * p->day_count * (options + 1);
    if (cells > CELLS_MAX)
        return large(a, "people", cells, CELLS_MAX);
    for (size_t i = 0; i < p->person_count; i++) {
        int64_t phases = grid_phases_at_most(p, &p->people[i]);
        if (phases > PHASES_MAX)
            return large(a, "run", phases, PHASES_MAX);
    }
    return NULL;
}

/* -- weights ------------------------------------------------------------------------------------- */
static int64_t run_weight(const roster_run *r)
{
    return (int64_t)r->weight * larger(r->min, 1);
}

/* What a change of one need for one person may cost at most, either way. */
static int64_t need_weight(const roster_problem *p, const roster_person *w, size_t n)
{
    const roster_need *x = &p->needs[n];
    int64_t wish = w->wishes ? w->wishes[n] : 0;
    int64_t under = x->under_cost ? x->under_cost : (int64_t)GRID_WORTH_TARGET * x->priority;
    int64_t cover = larger(under, x->over_cost) + (x->min ? (int64_t)GRID_WORTH_MINIMUM * x->priority : 0);
    return (wish < 0 ? -wish : wish) + (w->distance_km ? w->distance_km[n] : 0) + cover;
}

/* What a day brings to a person's line besides: the rules of days in a row, groups, and what was published. */
static int64_t step_weight(const roster_problem *p, const roster_person *w)
{
    int64_t kind = 0, all = 4 * GRID_WORTH_CHANGE;
    for (size_t k = 0; w->soft && p->kind_runs && k < p->kind_count; k++)
        kind = larger(kind, run_weight(&p->kind_runs[k]));
    return w->soft ? all + 2 * kind + run_weight(&w->soft->work) + run_weight(&w->soft->free) + w->soft->whole_weight : all;
}

static int64_t list_weight(const int *costs, int count)
{
    int64_t most = 0;
    for (int i = 0; costs && i <= count; i++)
        most = larger(most, costs[i] < 0 ? -(int64_t)costs[i] : costs[i]);
    return most;
}

/* The dearest need of each day, all days and the costs of the whole line together. */
static err *check_person_weights(arena *a, const roster_problem *p, const roster_person *w, int64_t *days)
{
    int64_t step = step_weight(p, w), sum = 0;
    for (int d = 0; d < p->day_count; d++)
        days[d] = step;
    for (size_t n = 0; n < p->need_count; n++)
        days[p->needs[n].day] = larger(days[p->needs[n].day], step + need_weight(p, w, n));
    str person = text_format(a, "%lld", (long long)w->tag);
    for (int d = 0; d < p->day_count; d++) {
        if (days[d] > DAY_WEIGHT_MAX)
            return err_new(a, ERR_INPUT, "roster.weight_day",
                           VALUES({ "person", person }, { "day", text_format(a, "%d", d) },
                                  { "value", text_format(a, "%lld", (long long)days[d]) },
                                  { "most", text_format(a, "%d", DAY_WEIGHT_MAX) }));
        sum += days[d];
    }
    if (w->soft)
        sum += list_weight(w->soft->duties_cost, p->day_count) + list_weight(w->soft->groups_cost, p->day_count);
    return sum <= LINE_WEIGHT_MAX ? NULL
                                  : err_new(a, ERR_INPUT, "roster.weight_line",
                                            VALUES({ "person", person }, { "value", text_format(a, "%lld", (long long)sum) },
                                                   { "most", text_format(a, "%d", LINE_WEIGHT_MAX) }));
}

/* Said of the need itself, which is clearer than of a day's sum. */
static err *check_priorities(arena *a, const roster_problem *p)
{
    for (size_t i = 0; i < p->need_count; i++) {
        const roster_need *n = &p->needs[i];
        int worth = (n->min ? GRID_WORTH_MINIMUM : 0) + (n->under_cost ? 0 : GRID_WORTH_TARGET);
        int most = worth ? (DAY_WEIGHT_MAX - 4 * GRID_WORTH_CHANGE) / worth : n->priority;
        if (n->priority > most)
            return err_new(a, ERR_INPUT, "roster.priority_large",
                           VALUES({ "need", text_format(a, "%lld", (long long)n->tag) },
                                  { "priority", text_format(a, "%d", n->priority) },
                                  { "most", text_format(a, "%d", most) }));
    }
    return NULL;
}

err *grid_check(arena *a, const roster_problem *p)
{
    if (!grid_wanted(p))
        return NULL;
    TRY(check_rules(a, p));
    TRY(check_sizes(a, p));
    TRY(check_priorities(a, p));
    int64_t *days = arena_many(a, int64_t, p->day_count + 1);
    for (size_t i = 0; i < p->person_count; i++)
        TRY(check_person_weights(a, p, &p->people[i], days));
    return NULL;
}
