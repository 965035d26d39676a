/*
 * A first roster in steps, each of which makes it better: what is published, then the scarcest needs first. Then
 * annealing in cycles, each from hot to cold; the levels freeze in their order, as their weights lie apart.
 */
#include "roster/search.h"

/* -- beginning ---------------------------------------------------------------------------------------------- */
/* The needs of a day and kind next to each other; order is only a place to work in. */
static void index_units(arena *a, roster_solver *s, search_work *w)
{
    const state *t = &s->s;
    int cells = t->days * t->kinds, *from = arena_many(a, int, cells + 2);
    w->unit_need = arena_many(a, int, t->needs + 1);
    w->unit_of = arena_many(a, int, t->needs + 1);
    w->unit_count = cells;
    for (int n = 0; n < t->needs; n++) {
        w->unit_of[n] = s->p->needs[n].day * t->kinds + s->p->needs[n].kind;
        from[w->unit_of[n] + 1]++;
    }
    for (int u = 0; u < cells; u++)
        from[u + 1] += from[u];
    w->unit_from = arena_copy(a, from, ((size_t)cells + 2) * sizeof *from);
    for (int n = 0; n < t->needs; n++)
        w->unit_need[from[w->unit_of[n]]++] = n;
}

static void index_able(arena *a, const state *t, search_work *w)
{
    size_t cells = 0, to_need = 0, to_person = 0;
    for (size_t i = 0; i < (size_t)t->people * (size_t)t->needs; i++)
        cells += !t->block[i];
    w->able = arena_many(a, int, cells + 1);
    w->may = arena_many(a, int, cells + 1);
    w->able_from = arena_many(a, int, t->needs + 1);
    w->may_from = arena_many(a, int, t->people + 1);
    for (int p = 0; p < t->people; p++) {
        for (int n = 0; n < t->needs; n++) {
            if (!t->block[AT(t, p, n)])
                w->may[to_person++] = n;
        }
        w->may_from[p + 1] = (int)to_person;
    }
    for (int n = 0; n < t->needs; n++) {
        for (int p = 0; p < t->people; p++) {
            if (!t->block[AT(t, p, n)])
                w->able[to_need++] = p;
        }
        w->able_from[n + 1] = (int)to_need;
    }
}

static void index_asked(arena *a, const state *t, search_work *w)
{
    const roster_problem *p = t->p;
    int *from = arena_many(a, int, t->needs + 2);
    w->asked = arena_many(a, int, p->published_count + 1);
    for (size_t i = 0; i < p->published_count; i++)
        from[p->published[i].need + 1]++;
    for (int n = 0; n < t->needs; n++)
        from[n + 1] += from[n];
    w->asked_from = arena_copy(a, from, ((size_t)t->needs + 2) * sizeof *from);
    for (size_t i = 0; i < p->published_count; i++)
        w->asked[from[p->published[i].need]++] = p->published[i].person;
}

static int64_t scarcity(const roster_solver *s, int n)
{
    const search_work *w = s->search;
    return (int64_t)(w->able_from[n + 1] - w->able_from[n] - s->p->needs[n].min) * 1000 - s->p->needs[n].priority;
}

/* A heap sort: the same on every machine, equal ones by their index. */
static void sift(roster_solver *s, int *order, int at, int count)
{
    for (;;) {
        int low = at;
        for (int child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++) {
            int64_t gap = scarcity(s, order[child]) - scarcity(s, order[low]);
            if (gap > 0 || (gap == 0 && order[child] > order[low]))
                low = child;
        }
        if (low == at)
            return;
        int moved = order[at];
        order[at] = order[low];
        order[low] = moved;
        at = low;
    }
}

static void index_order(arena *a, roster_solver *s, search_work *w)
{
    int count = s->s.needs;
    w->order = arena_many(a, int, count + 1);
    for (int n = 0; n < count; n++)
        w->order[n] = n;
    for (int i = count / 2 - 1; i >= 0; i--)
        sift(s, w->order, i, count);
    for (int i = count - 1; i > 0; i--) {
        int last = w->order[i];
        w->order[i] = w->order[0];
        w->order[0] = last;
        sift(s, w->order, 0, i);
    }
}

static void weigh(search_work *w, bool strict)
{
    static const int64_t soft[ROSTER_LEVELS] = { 40000000, 40000, 2000, 500, 300, 1 },
                         apart[ROSTER_LEVELS] = { 10000000000000, 10000000000, 20000000, 400000, 2000, 1 };
    for (int i = 0; i < ROSTER_LEVELS; i++)
        w->weight[i] = strict ? apart[i] : soft[i];
    w->lenient = !strict && w->stage == SEARCH_COOL;
    if (w->lenient) /* a bit more than somebody alone is worth at any need */
        w->weight[0] = w->weight[1] * w->priority_most * 5 / 4;
}

void search_begin(arena *a, roster_solver *s)
{
    search_work *w = s->search = arena_new(a, search_work);
    index_units(a, s, w);
    index_able(a, &s->s, w);
    index_asked(a, &s->s, w);
    index_order(a, s, w);
    w->priority_most = 1;
    for (size_t n = 0; n < s->p->need_count; n++) {
        if (s->p->needs[n].priority > w->priority_most)
            w->priority_most = s->p->needs[n].priority;
    }
    weigh(w, false);
}

size_t search_memory(const roster_problem *p)
{
    enum { ARRAYS = 16, SPARE = 64, PER_CELL = 2 * sizeof(int), PER_NEED = 8 * sizeof(int), PER_UNIT = 2 * sizeof(int) };
    size_t units = (size_t)p->day_count * p->kind_count;
    return sizeof(search_work) + ARRAYS * SPARE + p->person_count * p->need_count * PER_CELL + p->need_count * PER_NEED +
           units * PER_UNIT + (p->person_count + p->published_count) * sizeof(int);
}

/* -- the first roster ------------------------------------------------------------------------------------------- */
/* What made the roster worse, or no better, goes again: so it never gets worse while it is made. */
static void keep_if_better(state *t, const roster_cost *before)
{
    if (roster_cost_compare(&t->cost, before) >= 0)
        state_undo(t, 0);
    t->log_count = 0;
}

/* All who are published for one shift of one day, and nobody of them who would stand against a rule there. */
static void put_published(roster_solver *s, int unit)
{
    state *t = &s->s;
    const search_work *w = s->search;
    roster_cost before = t->cost;
    for (int k = w->unit_from[unit]; k < w->unit_from[unit + 1]; k++) {
        int n = w->unit_need[k];
        for (int i = w->asked_from[n]; i < w->asked_from[n + 1]; i++) {
            if (!t->here[AT(t, w->asked[i], n)] && state_room(t, 64) && !state_block(t, w->asked[i], n, NULL))
                state_put(t, w->asked[i], n);
        }
    }
    for (int i = t->log_count - 1; i >= 0 && t->cost.at[0] > before.at[0] && state_room(t, 1); i--) {
        int64_t rules = t->cost.at[0];
        state_change c = t->log[i];
        if (!c.put || !t->here[AT(t, c.person, c.need)])
            continue;
        state_take(t, c.person, c.need);
        if (t->cost.at[0] >= rules)
            state_undo(t, t->log_count - 1);
    }
    keep_if_better(t, &before);
}

/* Whose coming costs least, level 0 left out where a second one may follow; -1: nobody may. */
static int cheapest(const roster_solver *s, int n)
{
    const state *t = &s->s;
    const search_work *w = s->search;
    int64_t least = INT64_MAX;
    int who = -1;
    for (int i = w->able_from[n]; i < w->able_from[n + 1]; i++) {
        int p = w->able[i];
        if (t->here[AT(t, p, n)] || state_block(t, p, n, NULL))
            continue;
        roster_cost rise = { 0 };
        state_rise(t, n, -1, p, &rise);
        rise.at[0] = t->together[p];
        int64_t cost = search_pack(w, &rise);
        if (cost < least) {
            least = cost;
            who = p;
        }
    }
    return who;
}

static void fill(roster_solver *s, int n)
{
    state *t = &s->s;
    while (t->filled[n] < s->p->needs[n].min) {
        roster_cost before = t->cost;
        int who = cheapest(s, n), second = -1;
        if (who < 0)
            return;
        state_put(t, who, n);
        if (t->cost.at[0] > before.at[0] && t->filled[n] == 1)
            second = cheapest(s, n);
        if (second >= 0)
            state_put(t, second, n);
        if (t->cost.at[0] > before.at[0]) {
            state_undo(t, 0);
            search_put(s, who, n);
        }
        int put = t->log_count;
        keep_if_better(t, &before);
        if (!put || t->cost.at[1] == before.at[1])
            return;
    }
}

static void build(roster_solver *s)
{
    search_work *w = s->search;
    s->steps++;
    s->s.log_count = 0;
    if (w->stage == SEARCH_PUBLISHED && (w->at == w->unit_count || !s->p->published_count)) {
        w->stage = SEARCH_FILL;
        w->at = 0;
    }
    if (w->stage == SEARCH_PUBLISHED) {
        put_published(s, w->at++);
    } else if (w->at < s->s.needs) {
        fill(s, w->order[w->at++]);
    } else {
        w->stage = SEARCH_COOL;
        s->strict = true; /* the short first cycle makes the roster good soon, for those who have little time */
        s->cycle_length = 500 + 20 * s->p->need_count;
        weigh(w, true);
        engine_note_best(s);
    }
}

/* -- the cooling ---------------------------------------------------------------------------------------------- */
/* No short need stays with somebody who could simply be added. */
static void fill_short(roster_solver *s)
{
    state *t = &s->s;
    const search_work *w = s->search;
    for (int k = t->below_min.count - 1; k >= 0; k = k < t->below_min.count ? k - 1 : t->below_min.count - 1) {
        int n = t->below_min.at[k];
        for (int i = w->able_from[n]; i < w->able_from[n + 1] && t->filled[n] < s->p->needs[n].min; i++) {
            roster_cost before = t->cost;
            t->log_count = 0;
            if (search_put(s, w->able[i], n))
                keep_if_better(t, &before);
        }
    }
    t->log_count = 0;
}

/*
 * Falls by half again and again over the cycle. A soft cycle begins where a lead or a skill may be given up for a
 * while, so that each level in turn comes to rest; a strict one moves only what leaves the levels above as they are.
 */
static int64_t heat_now(const roster_solver *s)
{
    const int64_t hottest = s->strict ? 1000 : 15000;
    const uint64_t halvings = s->strict ? 9 : 11;
    uint64_t at = s->cycle_at * halvings * 1024 / s->cycle_length;
    int64_t heat = (hottest * 1024) >> (at / 1024);
    return heat - heat * (int64_t)(at % 1024) / 2048;
}

/* Cycles that gain nothing are followed by longer ones: there is always something a slower one may find. */
static bool cycle_ended(roster_solver *s)
{
    enum { LENGTH_MAX = 1 << 28 };
    s->steps++;
    if (++s->cycle_at < s->cycle_length)
        return false;
    bool settled = s->cycle_length > 4000 + 100 * s->p->need_count;
    if (s->cycle_length < LENGTH_MAX)
        s->cycle_length = s->cycle_length * (settled && s->improved ? 9 : 12) / 8;
    s->idle_cycles = s->improved ? 0 : s->idle_cycles + 1;
    s->improved = false;
    s->strict = !s->strict;
    s->cycle_at = 0;
    return true;
}

static void cool(roster_solver *s)
{
    s->search->heat = heat_now(s);
    search_move(s);
    if (s->s.log_count && roster_cost_compare(&s->s.cost, &s->best_cost) < 0) {
        fill_short(s);
        engine_note_best(s);
    }
    if (cycle_ended(s)) {
        state_load(&s->s, s->best, s->best_count);
        weigh(s->search, s->strict);
    }
}

void search_step(roster_solver *s)
{
    if (s->search->stage == SEARCH_COOL)
        cool(s);
    else
        build(s);
}

bool search_building(const roster_solver *s)
{
    return s->search->stage != SEARCH_COOL;
}
