/*
 * Why a need stays short: the ledger of people, a certificate, the cheapest lever (MODEL.md section 3).
 * A certificate is integer prices y on needs: whatever is done, sum y * (min - filled) >= D(y) =
 * sum y * min - sum over people of their best legal line alone; so ceil(D / max y) stay missing among them.
 */
#include "roster/engine.h"

#include <string.h>

enum { WINDOW_MAX = 14, ROUNDS = 48, NODES_MAX = 4000 };

typedef struct window {
    const roster_problem *p;
    state *s; /* nobody anywhere */
    int need[WINDOW_MAX], price[WINDOW_MAX], count;
    int used[WINDOW_MAX]; /* how often the best lines use a need */
    int line[WINDOW_MAX], line_best[WINDOW_MAX];
    int64_t best;
    int nodes;
} window;

/* Best legal line of one person alone over the window, by plain branching. */
static void branch(window *w, int person, int i, int64_t sum, int64_t rest)
{
    if (w->nodes++ > NODES_MAX || sum + rest <= w->best)
        return;
    if (i == w->count) {
        w->best = sum;
        memcpy(w->line_best, w->line, sizeof w->line);
        return;
    }
    int n = w->need[i];
    if (w->price[i] > 0 && state_block(w->s, person, n, NULL) == ROSTER_FREE) {
        state_put(w->s, person, n);
        w->line[i] = 1;
        branch(w, person, i + 1, sum + w->price[i], rest - w->price[i]);
        w->line[i] = 0;
        state_take(w->s, person, n);
        w->s->log_count = 0;
    }
    branch(w, person, i + 1, sum, rest - w->price[i]);
}

/* What surely stays missing among the needs of the window with a price. */
static int certified(window *w)
{
    int64_t wanted = 0, lines = 0, highest = 0;
    memset(w->used, 0, sizeof w->used);
    for (int i = 0; i < w->count; i++) {
        wanted += (int64_t)w->price[i] * w->p->needs[w->need[i]].min;
        highest = w->price[i] > highest ? w->price[i] : highest;
    }
    for (int p = 0; p < w->s->people; p++) {
        int64_t all = 0;
        w->best = -1;
        w->nodes = 0;
        memset(w->line_best, 0, sizeof w->line_best);
        memset(w->line, 0, sizeof w->line);
        for (int i = 0; i < w->count; i++)
            all += w->s->block[AT(w->s, p, w->need[i])] ? 0 : w->price[i];
        int64_t rest = 0;
        for (int i = 0; i < w->count; i++)
            rest += w->price[i];
        branch(w, p, 0, 0, rest);
        bool cut = w->nodes > NODES_MAX; /* then only what the person could at most do is sure */
        lines += cut ? all : w->best > 0 ? w->best : 0;
        for (int i = 0; i < w->count; i++)
            w->used[i] += w->line_best[i];
    }
    return highest && wanted > lines ? (int)((wanted - lines + highest - 1) / highest) : 0;
}

static int missing_of(const roster_problem *p, const state *full, const window *w)
{
    int missing = 0;
    for (int i = 0; i < w->count; i++) {
        const roster_need *n = &p->needs[w->need[i]];
        if (w->price[i] > 0 && full->filled[w->need[i]] < n->min)
            missing += n->min - full->filled[w->need[i]];
    }
    return missing;
}

/* Tries prices; keeps the best gap between what is missing and what is certified. */
static void prove(arena *a, const roster_problem *p, const state *full, roster_explanation *e)
{
    window *w = arena_new(a, window);
    roster_problem bare = *p;
    bare.lock_count = bare.pair_count = 0;
    w->p = p;
    w->s = arena_new(a, state);
    state_init(a, w->s, &bare);
    memcpy(w->s->block, full->block, p->person_count * p->need_count);
    for (int far = 0; far <= 2 && w->count < WINDOW_MAX; far++) { /* nearest days first */
        for (int n = 0; n < (int)p->need_count && w->count < WINDOW_MAX; n++) {
            int apart = p->needs[n].day - p->needs[e->need].day;
            if ((apart < 0 ? -apart : apart) == far && p->needs[n].min > 0)
                w->need[w->count++] = n;
        }
    }
    int own = -1;
    for (int i = 0; i < w->count; i++)
        own = w->need[i] == e->need ? i : own;
    if (own < 0)
        return;
    w->price[own] = 1; /* plain counting of this need alone */
    int sure = certified(w), open = missing_of(p, full, w) - sure;
    e->possible = open < e->missing ? open : e->missing;
    for (int i = 0; i < w->count; i++)
        w->price[i] = 2;
    for (int round = 0; round < ROUNDS && e->possible > 0; round++) {
        sure = certified(w);
        open = missing_of(p, full, w) - sure;
        if (w->price[own] > 0 && open < e->possible)
            e->possible = open;
        for (int i = 0; i < w->count; i++) {
            int lacking = p->needs[w->need[i]].min - w->used[i];
            if (lacking > 0 && w->price[i] < 8)
                w->price[i]++;
            else if (lacking < 0 && w->price[i] > (i == own))
                w->price[i]--;
        }
    }
    if (e->possible < 0)
        e->possible = 0;
    e->proven = e->possible == 0;
}

/* Pairs and lone posts: would adding p worsen level 0? */
static roster_reason block_rules(state *s, int p, int n, roster_why *why)
{
    int64_t rules = s->cost.at[0];
    s->log_count = 0;
    state_put(s, p, n);
    bool worse = s->cost.at[0] > rules, alone = s->filled[n] == 1;
    state_undo(s, 0);
    if (!worse)
        return ROSTER_FREE;
    const roster_need *need = &s->p->needs[n];
    if (alone && (need->not_alone || s->p->people[p].not_alone))
        return ROSTER_ALONE;
    for (int i = s->pair_from[p]; i < s->pair_from[p + 1]; i++) {
        if (s->pair_kind[i] == ROSTER_PAIR_TOGETHER)
            why->other_person = s->pair_other[i];
    }
    return ROSTER_TOGETHER;
}

static void keep_ledger(arena *a, state *s, roster_explanation *e)
{
    roster_why *why = arena_many(a, roster_why, s->people + 1);
    for (int p = 0; p < s->people; p++) {
        bool able = !s->block[AT(s, p, e->need)];
        e->eligible += able;
        if (s->here[AT(s, p, e->need)]) {
            e->there += able;
            continue;
        }
        roster_why *row = &why[e->why_count++];
        if (state_block(s, p, e->need, row) == ROSTER_FREE)
            row->reason = block_rules(s, p, e->need, row);
        e->counts[row->reason]++;
    }
    e->why = why;
}

static int *limit_of(roster_person *w, roster_reason r)
{
    switch (r) {
    case ROSTER_MINUTES_DAY: return &w->minutes_max_day;
    case ROSTER_MINUTES_WEEK: return &w->minutes_max_week;
    case ROSTER_MINUTES_ALL: return &w->minutes_max;
    case ROSTER_NIGHTS: return &w->nights_max;
    case ROSTER_RUN: return &w->run_max;
    default: return NULL;
    }
}

/* One limit of one person up, and that person can be added at once; the smallest rise wins. */
static void find_lever(arena *a, const roster_problem *p, const roster_solution *sol, roster_explanation *e)
{
    roster_person *people = arena_many(a, roster_person, p->person_count + 1);
    if (p->person_count)
        memcpy(people, p->people, p->person_count * sizeof *people);
    roster_problem eased = *p;
    eased.people = people;
    state *s = arena_new(a, state);
    state_init(a, s, &eased);
    state_load(s, sol->duties, sol->duty_count);
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < e->why_count; i++) {
        const roster_why *y = &e->why[i];
        int *limit = limit_of(&people[y->person], y->reason);
        if (!limit)
            continue;
        int64_t price = (int64_t)(y->value - y->max) * 1000 / y->max;
        *limit = y->value;
        roster_why again;
        if (price < least && state_block(s, y->person, e->need, &again) == ROSTER_FREE &&
            block_rules(s, y->person, e->need, &again) == ROSTER_FREE) {
            least = price;
            e->lever = (roster_lever){ .exists = true, .person = y->person, .rule = y->reason,
                                       .old_value = y->max, .new_value = y->value, .add_count = 1 };
            e->lever.add[0] = (roster_duty){ .person = y->person, .need = e->need };
        }
        *limit = y->max;
    }
    if (!e->lever.exists)
        e->lever = (roster_lever){ .exists = true, .one_more_person = true, .person = -1 };
}

const roster_explanation *roster_explain(arena *a, const roster_problem *p, const roster_solution *sol, int need)
{
    roster_explanation *e = arena_new(a, roster_explanation);
    e->need = need;
    state *s = arena_new(a, state);
    state_init(a, s, p);
    state_load(s, sol->duties, sol->duty_count);
    int missing = p->needs[need].min - s->filled[need];
    e->missing = missing > 0 ? missing : 0;
    keep_ledger(a, s, e);
    if (!e->missing)
        return e;
    e->possible = e->missing;
    prove(a, p, s, e);
    find_lever(a, p, sol, e);
    return e;
}
