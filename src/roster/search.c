/*
 * The search over single duties: greedy by scarcity, then annealing with insert, replace, move, swap,
 * swap of blocks and ejection chains. Upper ends hold at every moment (state_block before each put).
 */
#include "roster/engine.h"

enum { HOTTEST = 800, MOVE_KINDS = 8, CHAIN_MAX = 3, BLOCK_DAYS_MAX = 7 };

static int pick(roster_solver *s, int limit)
{
    return (int)luck_below(&s->luck, (uint32_t)limit);
}

static bool works_at(const state *t, int person, int n)
{
    for (int i = 0; i < t->duty_count[person]; i++) {
        const roster_need *own = &t->p->needs[t->duty[AT(t, person, i)]];
        if (own->day == t->p->needs[n].day && own->kind == t->p->needs[n].kind)
            return true;
    }
    return false;
}

/* Partners that must come along with p at n. */
static void bring_partners(roster_solver *s, int person, int n)
{
    state *t = &s->s;
    const roster_need *need = &s->p->needs[n];
    for (int i = t->pair_from[person]; i < t->pair_from[person + 1]; i++) {
        int other = t->pair_other[i];
        if (t->pair_kind[i] != ROSTER_PAIR_TOGETHER || works_at(t, other, n))
            continue;
        if (state_block(t, other, n, NULL) == ROSTER_FREE) {
            state_put(t, other, n);
            continue;
        }
        for (int k = s->day_from[need->day]; k < s->day_from[need->day + 1]; k++) {
            int m = s->day_need[k];
            if (m != n && s->p->needs[m].kind == need->kind && state_block(t, other, m, NULL) == ROSTER_FREE) {
                state_put(t, other, m);
                break;
            }
        }
    }
}

/* A second person where nobody may stand alone. */
static void bring_second(roster_solver *s, int n, int64_t rules)
{
    state *t = &s->s;
    int from = pick(s, t->people);
    for (int i = 0; i < t->people && t->cost.at[0] > rules; i++) {
        int q = (from + i) % t->people;
        if (state_block(t, q, n, NULL) != ROSTER_FREE)
            continue;
        int mark = t->log_count;
        state_put(t, q, n);
        bring_partners(s, q, n);
        if (t->cost.at[0] > rules)
            state_undo(t, mark);
    }
}

/* p to n where every rule allows it, with whoever must come along. False: nothing changed. */
static bool put_free(roster_solver *s, int person, int n)
{
    state *t = &s->s;
    if (state_block(t, person, n, NULL) != ROSTER_FREE)
        return false;
    int mark = t->log_count;
    int64_t rules = t->cost.at[0];
    state_put(t, person, n);
    if (t->cost.at[0] > rules)
        bring_partners(s, person, n);
    if (t->cost.at[0] > rules && t->filled[n] == 1)
        bring_second(s, n, rules);
    if (t->cost.at[0] <= rules)
        return true;
    state_undo(t, mark);
    return false;
}

/* p away from n, with whoever would be left against a rule. False: nothing changed. */
static bool take_whole(roster_solver *s, int person, int n)
{
    state *t = &s->s;
    if (t->fixed[AT(t, person, n)])
        return false;
    int mark = t->log_count;
    int64_t rules = t->cost.at[0];
    state_take(t, person, n);
    if (t->cost.at[0] > rules && t->filled[n] == 1) {
        int last = t->member[t->member_from[n]];
        if (!t->fixed[AT(t, last, n)])
            state_take(t, last, n);
    }
    for (int i = t->pair_from[person]; t->cost.at[0] > rules && i < t->pair_from[person + 1]; i++) {
        int other = t->pair_other[i];
        if (t->pair_kind[i] != ROSTER_PAIR_TOGETHER)
            continue;
        for (int k = t->duty_count[other] - 1; k >= 0; k--) {
            int m = t->duty[AT(t, other, k)];
            if (s->p->needs[m].day == s->p->needs[n].day && s->p->needs[m].kind == s->p->needs[n].kind &&
                !t->fixed[AT(t, other, m)])
                state_take(t, other, m);
        }
    }
    if (t->cost.at[0] <= rules)
        return true;
    state_undo(t, mark);
    return false;
}

static bool in_the_way(const state *t, int n, int m, roster_reason r)
{
    switch (r) {
    case ROSTER_MINUTES_DAY:
        return t->p->needs[m].day == t->p->needs[n].day;
    case ROSTER_MINUTES_WEEK:
        return t->week[m] == t->week[n];
    case ROSTER_NIGHTS:
        return t->night[m] && t->p->needs[m].day - t->p->needs[n].day < 7 &&
               t->p->needs[n].day - t->p->needs[m].day < 7;
    case ROSTER_KIND:
        return t->p->needs[m].kind == t->p->needs[n].kind;
    default:
        return true;
    }
}

/* The duty whose going may free p for n: person and need, or false. */
static bool find_ejected(roster_solver *s, int person, int n, roster_reason r, const roster_why *why,
                         int *from, int *ejected)
{
    state *t = &s->s;
    *from = person;
    if (r == ROSTER_FULL) {
        if (!t->filled[n])
            return false; /* a limit of 0 */
        *from = t->member[t->member_from[n] + pick(s, t->filled[n])];
        *ejected = n;
        return true;
    }
    if (why->other_need >= 0) {
        *from = r == ROSTER_APART ? why->other_person : person;
        *ejected = why->other_need;
        return true;
    }
    if (r < ROSTER_MINUTES_DAY || r > ROSTER_RUN || t->duty_count[person] == 0)
        return false;
    int at = pick(s, t->duty_count[person]);
    for (int i = 0; i < t->duty_count[person]; i++) {
        *ejected = t->duty[AT(t, person, (at + i) % t->duty_count[person])];
        if (in_the_way(t, n, *ejected, r))
            return true;
    }
    return false;
}

/* p to n, pushing out up to CHAIN_MAX duties; their needs are refilled, to the given depth by pushing again. */
static bool put_chain(roster_solver *s, int person, int n, int depth)
{
    state *t = &s->s;
    int lost[CHAIN_MAX], lost_count = 0;
    if (t->here[AT(t, person, n)] || t->block[AT(t, person, n)] || !state_room(t, 64))
        return false;
    int mark = t->log_count;
    while (!put_free(s, person, n)) {
        roster_why why;
        int from, ejected;
        roster_reason r = state_block(t, person, n, &why);
        if (r == ROSTER_FREE || depth <= 0 || lost_count == CHAIN_MAX ||
            !find_ejected(s, person, n, r, &why, &from, &ejected) || !take_whole(s, from, ejected)) {
            state_undo(t, mark);
            return false;
        }
        lost[lost_count++] = ejected;
    }
    for (int i = 0; i < lost_count && t->people > 0; i++) {
        int from = pick(s, t->people);
        bool filled = t->filled[lost[i]] >= s->p->needs[lost[i]].target;
        for (int k = 0; k < t->people && !filled; k++) {
            int q = (from + k) % t->people;
            filled = q != person && !t->here[AT(t, q, lost[i])] && put_free(s, q, lost[i]);
        }
        if (!filled && depth > 1)
            put_chain(s, from, lost[i], depth - 1);
    }
    return true;
}

static bool random_duty(roster_solver *s, int *person, int *n)
{
    state *t = &s->s;
    for (int tries = 0; tries < 8; tries++) {
        int p = pick(s, t->people);
        if (!t->duty_count[p])
            continue;
        *person = p;
        *n = t->duty[AT(t, p, pick(s, t->duty_count[p]))];
        return true;
    }
    return false;
}

static bool move_insert(roster_solver *s)
{
    state *t = &s->s;
    int n = pick(s, t->needs), aim = pick(s, 3); /* for the minimum, the target, or anywhere */
    for (int i = 0; i < 16; i++) {
        const roster_need *need = &s->p->needs[n];
        if (aim == 2 || t->filled[n] < (aim ? need->target : need->min))
            break;
        n = pick(s, t->needs);
    }
    return put_chain(s, pick(s, t->people), n, pick(s, 4));
}

static bool move_replace(roster_solver *s)
{
    int p, n;
    if (!random_duty(s, &p, &n) || s->s.fixed[AT(&s->s, p, n)])
        return false;
    state_take(&s->s, p, n);
    return put_chain(s, pick(s, s->s.people), n, pick(s, 3));
}

static bool move_along(roster_solver *s)
{
    int p, n;
    if (!random_duty(s, &p, &n) || s->s.fixed[AT(&s->s, p, n)])
        return false;
    int m = pick(s, s->s.needs);
    state_take(&s->s, p, n);
    return m != n && put_chain(s, p, m, pick(s, 2));
}

static bool move_swap(roster_solver *s)
{
    state *t = &s->s;
    int p, n, q, m;
    if (!random_duty(s, &p, &n) || !random_duty(s, &q, &m) || p == q || n == m ||
        t->fixed[AT(t, p, n)] || t->fixed[AT(t, q, m)] || t->here[AT(t, p, m)] || t->here[AT(t, q, n)])
        return false;
    state_take(t, p, n);
    state_take(t, q, m);
    return put_free(s, q, n) && put_free(s, p, m);
}

static int take_days(roster_solver *s, int p, int from, int to, int *out, int room)
{
    state *t = &s->s;
    int count = 0;
    for (int i = t->duty_count[p] - 1; i >= 0; i--) {
        int n = t->duty[AT(t, p, i)];
        if (s->p->needs[n].day < from || s->p->needs[n].day >= to || t->fixed[AT(t, p, n)] || count == room)
            continue;
        state_take(t, p, n);
        out[count++] = n;
    }
    return count;
}

static bool move_blocks(roster_solver *s)
{
    enum { ROOM = 24 };
    int ours[ROOM], theirs[ROOM];
    int p = pick(s, s->s.people), q = pick(s, s->s.people);
    int from = pick(s, s->p->day_count), to = from + 1 + pick(s, BLOCK_DAYS_MAX);
    if (p == q)
        return false;
    int our_count = take_days(s, p, from, to, ours, ROOM);
    int their_count = take_days(s, q, from, to, theirs, ROOM);
    for (int i = our_count - 1; i >= 0; i--) {
        if (!s->s.here[AT(&s->s, q, ours[i])])
            put_free(s, q, ours[i]);
    }
    for (int i = their_count - 1; i >= 0; i--) {
        if (!s->s.here[AT(&s->s, p, theirs[i])])
            put_free(s, p, theirs[i]);
    }
    return our_count + their_count > 0;
}

static bool move_remove(roster_solver *s)
{
    int p, n;
    return random_duty(s, &p, &n) && take_whole(s, p, n);
}

/* No short need stays with somebody who could simply be added. */
static void fill_short(roster_solver *s)
{
    state *t = &s->s;
    for (int n = 0; n < t->needs; n++) {
        for (int p = 0; p < t->people && t->filled[n] < s->p->needs[n].min; p++) {
            if (t->here[AT(t, p, n)] || t->block[AT(t, p, n)])
                continue;
            roster_cost before = t->cost;
            int mark = t->log_count = 0;
            if (put_free(s, p, n) && roster_cost_compare(&t->cost, &before) > 0)
                state_undo(t, mark);
        }
    }
    t->log_count = 0;
}

static int64_t scarcity(const state *t, int n)
{
    int able = 0;
    for (int p = 0; p < t->people; p++)
        able += !t->block[AT(t, p, n)];
    return (int64_t)(able - t->p->needs[n].min) * 1000 - t->p->needs[n].priority;
}

/* The person whose coming costs least. */
static bool put_cheapest(roster_solver *s, int n)
{
    state *t = &s->s;
    int64_t least = INT64_MAX;
    int who = -1;
    for (int p = 0; p < t->people; p++) {
        t->log_count = 0;
        if (t->here[AT(t, p, n)] || !put_free(s, p, n))
            continue;
        int64_t cost = engine_pack(&t->cost);
        state_undo(t, 0);
        if (cost < least) {
            least = cost;
            who = p;
        }
    }
    bool put = who >= 0 && put_free(s, who, n);
    t->log_count = 0;
    return put;
}

void search_begin(roster_solver *s)
{
    state *t = &s->s;
    if (!t->people || !t->needs)
        return;
    for (size_t i = 0; i < s->p->published_count; i++) {
        const roster_published *u = &s->p->published[i];
        if (!t->here[AT(t, u->person, u->need)] && state_block(t, u->person, u->need, NULL) == ROSTER_FREE)
            state_put(t, u->person, u->need);
    }
    for (int p = 0; p < t->people; p++) { /* published ones that would leave a pair or a lone one behind */
        for (int i = t->duty_count[p] - 1; i >= 0 && t->cost.at[0] > 0; i--) {
            int n = t->duty[AT(t, p, i)];
            int64_t rules = t->cost.at[0];
            if (t->fixed[AT(t, p, n)])
                continue;
            state_take(t, p, n);
            if (t->cost.at[0] >= rules)
                state_put(t, p, n);
        }
    }
    t->log_count = 0;
    bool *done = (bool *)s->shown; /* room to spare: shown is larger, and not yet in use */
    for (int n = 0; n < t->needs; n++)
        done[n] = false;
    for (int round = 0; round < t->needs; round++) {
        int next = -1;
        int64_t least = INT64_MAX;
        for (int n = 0; n < t->needs; n++) {
            if (!done[n] && scarcity(t, n) < least) {
                least = scarcity(t, n);
                next = n;
            }
        }
        done[next] = true;
        while (t->filled[next] < s->p->needs[next].min && put_cheapest(s, next))
            ;
    }
    fill_short(s);
}

static int64_t energy(const roster_solver *s)
{
    return s->strict ? engine_pack_strict(&s->s.cost) : engine_pack(&s->s.cost);
}

void search_step(roster_solver *s)
{
    static bool (*const moves[MOVE_KINDS])(roster_solver *) = {
        move_insert, move_insert, move_replace, move_replace, move_along, move_swap, move_blocks, move_remove
    };
    state *t = &s->s;
    t->log_count = 0;
    int64_t before = energy(s);
    bool whole = moves[pick(s, MOVE_KINDS)](s);
    if (!whole || !engine_accepts(s, energy(s) - before, engine_heat(s, HOTTEST))) {
        state_undo(t, 0);
    } else if (roster_cost_compare(&t->cost, &s->best_cost) < 0) {
        fill_short(s);
        engine_note_best(s);
    }
    if (engine_cycle_next(s))
        state_load(t, s->best, s->best_count);
}
