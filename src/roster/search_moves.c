/*
 * The moves of the search. What one person does at one need is reckoned before it is done; what moves several is
 * done and taken back. Each ends with what the heat says of the rise.
 */
#include "roster/search.h"

enum { CHAIN_MAX = 3, BLOCK_DAYS_MAX = 7 };

static int pick(roster_solver *s, int limit)
{
    return (int)luck_below(&s->luck, (uint32_t)limit);
}

int64_t search_pack(const search_work *w, const roster_cost *c)
{
    int64_t sum = 0;
    for (int i = 0; i < ROSTER_LEVELS; i++)
        sum += w->weight[i] * c->at[i];
    return sum;
}

/* Somebody who may stand at n by the absolute rules; -1: nobody. */
static int pick_able(roster_solver *s, int n)
{
    const search_work *w = s->search;
    int count = w->able_from[n + 1] - w->able_from[n];
    return count ? w->able[w->able_from[n] + pick(s, count)] : -1;
}

static int pick_may(roster_solver *s, int person)
{
    const search_work *w = s->search;
    int count = w->may_from[person + 1] - w->may_from[person];
    return count ? w->may[w->may_from[person] + pick(s, count)] : -1;
}

static bool pick_duty(roster_solver *s, int *person, int *n)
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

/* -- people who cannot come or go alone ----------------------------------------------------------------------- */
/* Partners that must come along with p at n: there, or at another post of that shift. */
static void bring_partners(roster_solver *s, int person, int n)
{
    state *t = &s->s;
    const search_work *w = s->search;
    const roster_need *need = &s->p->needs[n];
    for (int i = t->pair_from[person]; i < t->pair_from[person + 1]; i++) {
        int other = t->pair_other[i];
        if (t->pair_kind[i] != ROSTER_PAIR_TOGETHER || state_works(t, other, need->day, need->kind))
            continue;
        if (state_block(t, other, n, NULL) == ROSTER_FREE) {
            state_put(t, other, n);
            continue;
        }
        int unit = w->unit_of[n];
        for (int k = w->unit_from[unit]; k < w->unit_from[unit + 1]; k++) {
            int m = w->unit_need[k];
            if (m != n && state_block(t, other, m, NULL) == ROSTER_FREE) {
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
    const search_work *w = s->search;
    int count = w->able_from[n + 1] - w->able_from[n], from = pick(s, count);
    for (int i = 0; i < count && t->cost.at[0] > rules; i++) {
        int q = w->able[w->able_from[n] + (from + i) % count];
        if (state_block(t, q, n, NULL) != ROSTER_FREE || t->here[AT(t, q, n)])
            continue;
        int mark = t->log_count;
        state_put(t, q, n);
        if (t->together[q])
            bring_partners(s, q, n);
        if (t->cost.at[0] > rules)
            state_undo(t, mark);
    }
}

bool search_put(roster_solver *s, int person, int n)
{
    state *t = &s->s;
    if (t->here[AT(t, person, n)] || state_block(t, person, n, NULL) != ROSTER_FREE)
        return false;
    int mark = t->log_count;
    int64_t rules = t->cost.at[0];
    state_put(t, person, n);
    if (t->cost.at[0] > rules && t->together[person])
        bring_partners(s, person, n);
    if (t->cost.at[0] > rules && t->filled[n] == 1 && (!s->search->lenient || pick(s, 2)))
        bring_second(s, n, rules);
    if (t->cost.at[0] <= rules || s->search->lenient)
        return true;
    state_undo(t, mark);
    return false;
}

static void take_partners(roster_solver *s, int person, int n, int64_t rules)
{
    state *t = &s->s;
    const roster_need *need = &s->p->needs[n];
    for (int i = t->pair_from[person]; t->cost.at[0] > rules && i < t->pair_from[person + 1]; i++) {
        int other = t->pair_other[i];
        if (t->pair_kind[i] != ROSTER_PAIR_TOGETHER)
            continue;
        for (int k = t->duty_count[other] - 1; k >= 0; k--) {
            int m = t->duty[AT(t, other, k)];
            if (s->p->needs[m].day == need->day && s->p->needs[m].kind == need->kind && !t->fixed[AT(t, other, m)])
                state_take(t, other, m);
        }
    }
}

bool search_take(roster_solver *s, int person, int n)
{
    state *t = &s->s;
    if (t->fixed[AT(t, person, n)])
        return false;
    int mark = t->log_count;
    int64_t rules = t->cost.at[0];
    state_take(t, person, n);
    if (s->search->lenient && pick(s, 2))
        return true;
    if (t->cost.at[0] > rules && t->filled[n] == 1) {
        int last = t->member[t->member_from[n]];
        if (!t->fixed[AT(t, last, n)])
            state_take(t, last, n);
    }
    if (t->cost.at[0] > rules && t->together[person])
        take_partners(s, person, n, rules);
    if (t->cost.at[0] <= rules)
        return true;
    state_undo(t, mark);
    return false;
}

/* -- what one person does at one need ------------------------------------------------------------------------- */
static bool rise_accepted(roster_solver *s, const roster_cost *rise)
{
    return (rise->at[0] <= 0 || s->search->lenient) && engine_accepts(s, search_pack(s->search, rise), s->search->heat);
}

/* In for out, or a new one where there is room. */
static bool try_replace(roster_solver *s, int n, int out, int in)
{
    state *t = &s->s;
    roster_cost rise = { 0 };
    if (in < 0 || in == out || t->here[AT(t, in, n)] || (out >= 0 && t->fixed[AT(t, out, n)]))
        return false;
    roster_reason r = state_block(t, in, n, NULL);
    if (r != ROSTER_FREE && !(r == ROSTER_FULL && out >= 0))
        return false;
    state_rise(t, n, out, in, &rise);
    if (!rise_accepted(s, &rise))
        return false;
    if (out >= 0)
        state_take(t, out, n);
    state_put(t, in, n);
    return true;
}

static bool try_remove(roster_solver *s, int n, int out)
{
    state *t = &s->s;
    roster_cost rise = { 0 };
    if (t->fixed[AT(t, out, n)])
        return false;
    state_rise(t, n, out, -1, &rise);
    if (!rise_accepted(s, &rise))
        return false;
    state_take(t, out, n);
    return true;
}

/* -- what moves several: done, and kept or taken back -------------------------------------------------------------- */
static bool kept(roster_solver *s, const roster_cost *before)
{
    roster_cost rise;
    for (int i = 0; i < ROSTER_LEVELS; i++)
        rise.at[i] = s->s.cost.at[i] - before->at[i];
    if (rise_accepted(s, &rise))
        return true;
    state_undo(&s->s, 0);
    return false;
}

/* The duty whose going may free p for n: person and need, or false. */
static bool find_ejected(roster_solver *s, int person, int n, const roster_why *why, int *from, int *ejected)
{
    state *t = &s->s;
    *from = person;
    if (why->reason == ROSTER_FULL) {
        if (!t->filled[n])
            return false; /* a limit of 0 */
        *from = t->member[t->member_from[n] + pick(s, t->filled[n])];
        *ejected = n;
        return true;
    }
    if (why->other_need >= 0) {
        *from = why->reason == ROSTER_APART ? why->other_person : person;
        *ejected = why->other_need;
        return true;
    }
    if (why->reason < ROSTER_MINUTES_DAY || why->reason > ROSTER_RUN || t->duty_count[person] == 0)
        return false;
    int at = pick(s, t->duty_count[person]);
    for (int i = 0; i < t->duty_count[person]; i++) {
        *ejected = t->duty[AT(t, person, (at + i) % t->duty_count[person])];
        if (state_counts(t, n, *ejected, why->reason))
            return true;
    }
    return false;
}

static bool put_chain(roster_solver *s, int person, int n, int spare, int depth);

/* Somebody else where one was pushed out: whoever is spare, else the cheapest of a few who can. */
static void refill(roster_solver *s, int n, int not_person, int spare, int depth)
{
    enum { FEW = 3, TRIES = 12 };
    state *t = &s->s;
    const search_work *w = s->search;
    int count = w->able_from[n + 1] - w->able_from[n], from = count ? pick(s, count) : 0;
    if (spare >= 0 && search_put(s, spare, n))
        return;
    int64_t least = INT64_MAX;
    int who = -1, found = 0;
    for (int k = 0; k < count && k < TRIES && found < FEW; k++) {
        int q = w->able[w->able_from[n] + (from + k) % count];
        if (q == not_person || t->here[AT(t, q, n)] || state_block(t, q, n, NULL))
            continue;
        roster_cost rise = { 0 };
        state_rise(t, n, -1, q, &rise);
        rise.at[0] = 0;
        int64_t cost = search_pack(w, &rise);
        found++;
        if (cost < least) {
            least = cost;
            who = q;
        }
    }
    if (who >= 0 && t->filled[n] < s->p->needs[n].target && search_put(s, who, n))
        return;
    if (count && depth > 1 && t->filled[n] < s->p->needs[n].target)
        put_chain(s, w->able[w->able_from[n] + from], n, -1, depth - 1);
}

/* p to n, pushing out up to CHAIN_MAX duties; their needs are refilled, to the given depth by pushing again. */
static bool put_chain(roster_solver *s, int person, int n, int spare, int depth)
{
    state *t = &s->s;
    int lost[CHAIN_MAX], lost_count = 0;
    if (person < 0 || t->here[AT(t, person, n)] || t->block[AT(t, person, n)] || !state_room(t, 64))
        return false;
    int mark = t->log_count;
    while (!search_put(s, person, n)) {
        roster_why why;
        int from, ejected;
        if (state_block(t, person, n, &why) == ROSTER_FREE || depth <= 0 || lost_count == CHAIN_MAX ||
            !find_ejected(s, person, n, &why, &from, &ejected) || !search_take(s, from, ejected)) {
            state_undo(t, mark);
            return false;
        }
        lost[lost_count++] = ejected;
    }
    for (int i = 0; i < lost_count; i++)
        refill(s, lost[i], person, spare, depth);
    return true;
}

static bool brings(const state *t, int n, int person)
{
    const roster_need *need = &t->p->needs[n];
    const roster_person *who = &t->p->people[person];
    if (need->lead_wanted && !t->leads[n] && who->lead_fit && !who->unanswered)
        return true;
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
        if (t->skilled[n * ROSTER_NEED_SKILLS_MAX + k] < need->wanted[k].count &&
            (who->skills & need->wanted[k].skill) == need->wanted[k].skill)
            return true;
    }
    return false;
}

/* Somebody with what the need lacks; who makes room goes where the other comes from, if that may be. */
static bool move_mend(roster_solver *s)
{
    state *t = &s->s;
    roster_cost before = t->cost;
    if (!t->lacking.count)
        return false;
    int n = t->lacking.at[pick(s, t->lacking.count)], in = -1, out = -1;
    for (int tries = 0; tries < 24 && in < 0; tries++) {
        int q = pick_able(s, n);
        if (q >= 0 && !t->here[AT(t, q, n)] && brings(t, n, q))
            in = q;
    }
    if (in < 0)
        return false;
    if (t->filled[n] >= s->p->needs[n].target || t->filled[n] >= s->p->needs[n].limit) {
        out = t->member[t->member_from[n] + pick(s, t->filled[n])];
        if (t->fixed[AT(t, out, n)])
            return false;
        state_take(t, out, n);
    }
    if (put_chain(s, in, n, out, 1 + pick(s, 3)))
        return kept(s, &before);
    state_undo(t, 0);
    return false;
}

/* For the minimum, the target, or anywhere. */
static int pick_wanting(roster_solver *s)
{
    state *t = &s->s;
    int aim = pick(s, 3);
    if (aim == 0 && t->below_min.count)
        return t->below_min.at[pick(s, t->below_min.count)];
    if (aim <= 1 && t->below_target.count)
        return t->below_target.at[pick(s, t->below_target.count)];
    return pick(s, t->needs);
}

static bool move_insert(roster_solver *s)
{
    int n = pick_wanting(s);
    return try_replace(s, n, -1, pick_able(s, n));
}

static bool move_chain(roster_solver *s)
{
    roster_cost before = s->s.cost;
    int n = pick_wanting(s);
    return put_chain(s, pick_able(s, n), n, -1, 1 + pick(s, 3)) && kept(s, &before);
}

static bool move_replace(roster_solver *s)
{
    state *t = &s->s;
    roster_cost before = t->cost;
    int n = pick(s, t->needs);
    if (!t->filled[n])
        return move_insert(s);
    int out = t->member[t->member_from[n] + pick(s, t->filled[n])], in = pick_able(s, n);
    if (in < 0 || in == out || t->here[AT(t, in, n)])
        return false;
    if (!t->together[out] && !t->together[in])
        return try_replace(s, n, out, in);
    if (!search_take(s, out, n))
        return false;
    if (search_put(s, in, n))
        return kept(s, &before);
    state_undo(t, 0);
    return false;
}

static bool move_push(roster_solver *s)
{
    int p, n;
    roster_cost before = s->s.cost;
    if (!pick_duty(s, &p, &n) || s->s.fixed[AT(&s->s, p, n)])
        return false;
    state_take(&s->s, p, n);
    if (put_chain(s, pick_able(s, n), n, p, 1 + pick(s, 2)))
        return kept(s, &before);
    state_undo(&s->s, 0);
    return false;
}

static bool move_remove(roster_solver *s)
{
    int p, n;
    roster_cost before = s->s.cost;
    if (!pick_duty(s, &p, &n))
        return false;
    if (!s->s.together[p] && s->s.filled[n] != 2)
        return try_remove(s, n, p);
    return search_take(s, p, n) && kept(s, &before);
}

static bool move_along(roster_solver *s)
{
    state *t = &s->s;
    int p, n;
    roster_cost before = t->cost;
    if (!pick_duty(s, &p, &n) || t->fixed[AT(t, p, n)])
        return false;
    int m = pick_may(s, p);
    if (m < 0 || m == n || t->here[AT(t, p, m)])
        return false;
    state_take(t, p, n);
    if (search_put(s, p, m))
        return kept(s, &before);
    state_undo(t, 0);
    return false;
}

static bool move_swap(roster_solver *s)
{
    state *t = &s->s;
    int p, n, q, m;
    roster_cost before = t->cost;
    if (!pick_duty(s, &p, &n) || !pick_duty(s, &q, &m) || p == q || n == m || t->block[AT(t, p, m)] ||
        t->block[AT(t, q, n)] || t->fixed[AT(t, p, n)] || t->fixed[AT(t, q, m)] || t->here[AT(t, p, m)] ||
        t->here[AT(t, q, n)])
        return false;
    state_take(t, p, n);
    state_take(t, q, m);
    if (search_put(s, q, n) && (t->here[AT(t, p, m)] || search_put(s, p, m)))
        return kept(s, &before);
    state_undo(t, 0);
    return false;
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
    roster_cost before = s->s.cost;
    int p = pick(s, s->s.people), q = pick(s, s->s.people);
    int from = pick(s, s->p->day_count), to = from + 1 + pick(s, BLOCK_DAYS_MAX);
    if (p == q)
        return false;
    int our_count = take_days(s, p, from, to, ours, ROOM);
    int their_count = take_days(s, q, from, to, theirs, ROOM);
    for (int i = our_count - 1; i >= 0; i--)
        search_put(s, q, ours[i]);
    for (int i = their_count - 1; i >= 0; i--)
        search_put(s, p, theirs[i]);
    return our_count + their_count > 0 && kept(s, &before);
}

/* The cheapest of those who can, while the need is below its minimum. */
static void fill_cheapest(roster_solver *s, int n)
{
    state *t = &s->s;
    const search_work *w = s->search;
    while (t->filled[n] < s->p->needs[n].min && state_room(t, 16)) {
        int64_t least = INT64_MAX;
        int who = -1;
        for (int i = w->able_from[n]; i < w->able_from[n + 1]; i++) {
            int q = w->able[i];
            if (t->here[AT(t, q, n)] || state_block(t, q, n, NULL))
                continue;
            roster_cost rise = { 0 };
            state_rise(t, n, -1, q, &rise);
            rise.at[0] = 0;
            int64_t cost = search_pack(w, &rise) + pick(s, 40); /* so that it does not come out the same again */
            if (cost < least) {
                least = cost;
                who = q;
            }
        }
        if (who < 0 || !search_put(s, who, n))
            return;
    }
}

/* A few people lose a day or two, and what is short there is filled anew in another order. */
static bool move_ruin(roster_solver *s)
{
    enum { PEOPLE_MAX = 8, ROOM = 24, NEEDS_MAX = 24 };
    state *t = &s->s;
    int lost[ROOM], people = 2 + pick(s, PEOPLE_MAX - 1), from = pick(s, s->p->day_count), to = from + 1 + pick(s, 2);
    roster_cost before = t->cost;
    for (int i = 0; i < people && state_room(t, ROOM + 64); i++)
        take_days(s, pick(s, t->people), from, to, lost, ROOM);
    for (int i = 0; i < NEEDS_MAX && t->below_min.count && state_room(t, 64); i++) {
        int n = t->below_min.at[pick(s, t->below_min.count)];
        if (s->p->needs[n].day >= from && s->p->needs[n].day < to)
            fill_cheapest(s, n);
    }
    int first = s->day_from[from], last = s->day_from[to < s->p->day_count ? to : s->p->day_count], at = last - first;
    for (int i = 0, k = at ? pick(s, at) : 0; i < at; i++, k = (k + 1) % at)
        fill_cheapest(s, s->day_need[first + k]);
    return kept(s, &before);
}

void search_move(roster_solver *s)
{
    static bool (*const moves[16])(roster_solver *) = {
        move_insert, move_chain, move_chain, move_mend, move_mend, move_replace, move_replace, move_replace,
        move_replace, move_push, move_push, move_along, move_swap, move_swap, move_blocks, move_remove
    };
    s->s.log_count = 0;
    if (s->s.below_min.count && pick(s, 8) == 0)
        move_ruin(s);
    else
        moves[pick(s, 16)](s);
}
