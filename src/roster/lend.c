/*
 * Reinforcement across teams (roster.h). To each team's problem the short needs of the others are added, so that the
 * rules of the state judge a guest's duty like one at home.
 */
#include "roster/state.h"

#include <string.h>

enum { AWAY = ROSTER_BLOCK_TEAM | ROSTER_BLOCK_ANSWER | ROSTER_BLOCK_CANNOT | ROSTER_BLOCK_CARE };

typedef struct short_need {
    int team, need, missing, filled;
    int able; /* people of other teams who could come, as things are at the beginning */
} short_need;

typedef struct lender {
    state s;       /* the team's own needs, then the short ones of all teams */
    int own_needs;
    int *lent_to;  /* person x day: 1 + the team; 0: at home */
    int *lent_day; /* per day: people lent */
} lender;

typedef struct lending {
    const roster_team *teams;
    int count;
    short_need *shorts;
    int short_count;
    lender *lenders;
    roster_loan *loans;
    int loan_count;
} lending;

static void find_short(arena *a, lending *l)
{
    size_t needs = 0;
    for (int t = 0; t < l->count; t++)
        needs += l->teams[t].problem->need_count;
    l->shorts = arena_many(a, short_need, needs + 1);
    int *filled = arena_many(a, int, needs + 1);
    for (int t = 0; t < l->count; t++) {
        const roster_team *team = &l->teams[t];
        memset(filled, 0, team->problem->need_count * sizeof *filled);
        for (size_t i = 0; i < team->duty_count; i++)
            filled[team->duties[i].need]++;
        for (int n = 0; n < (int)team->problem->need_count; n++) {
            int missing = team->problem->needs[n].min - filled[n];
            if (missing > 0)
                l->shorts[l->short_count++] = (short_need){ t, n, missing, filled[n], 0 };
        }
    }
}

/* From what was said of the needs at home: away when one at that time says so, or, without any then, one of that day;
   and no night for whom care keeps from one. */
static uint8_t block_abroad(const state *home, int own_needs, int person, const roster_need *need, const roster_kind *kind)
{
    const roster_problem *p = home->p;
    int start = need->day * 1440 + kind->start_minute, end = need->day * 1440 + kind->end_minute;
    const uint8_t *blocked = p->people[person].blocked;
    int then = 0, that_day = 0, night = 0;
    bool any_then = false;
    for (int n = 0; blocked && n < own_needs; n++) {
        int bits = blocked[n] & AWAY;
        if (home->start[n] < end && home->end[n] > start) {
            any_then = true;
            then |= bits;
        }
        if (p->needs[n].day == need->day)
            that_day |= bits;
        if (home->night[n])
            night |= bits & ROSTER_BLOCK_CARE;
    }
    return (uint8_t)((any_then ? then : that_day) | (kind->night ? night : 0));
}

/* The kinds of all teams one after the other; kinds_from: where those of a team begin. */
static roster_kind *all_kinds(arena *a, const lending *l, int *kinds_from, size_t *count)
{
    *count = 0;
    for (int t = 0; t < l->count; t++) {
        kinds_from[t] = (int)*count;
        *count += l->teams[t].problem->kind_count;
    }
    roster_kind *kinds = arena_many(a, roster_kind, *count + 1);
    for (int t = 0; t < l->count; t++) {
        const roster_problem *p = l->teams[t].problem;
        if (p->kind_count)
            memcpy(&kinds[kinds_from[t]], p->kinds, p->kind_count * sizeof *kinds);
    }
    return kinds;
}

/* What a team's people are asked for: their needs, and the short ones of the others that lie in its days. */
static roster_need *all_needs(arena *a, const lending *l, int team, const int *kinds_from)
{
    const roster_problem *p = l->teams[team].problem;
    roster_need *needs = arena_many(a, roster_need, p->need_count + (size_t)l->short_count + 1);
    if (p->need_count)
        memcpy(needs, p->needs, p->need_count * sizeof *needs);
    for (size_t n = 0; n < p->need_count; n++)
        needs[n].kind += kinds_from[team];
    for (int i = 0; i < l->short_count; i++) {
        const short_need *x = &l->shorts[i];
        roster_need *guest = &needs[p->need_count + (size_t)i];
        *guest = l->teams[x->team].problem->needs[x->need];
        guest->kind += kinds_from[x->team];
        guest->limit = x->missing;
        guest->min = guest->target = 0;
        guest->not_alone = guest->lead_wanted = false; /* of the other team's roster, not of these few */
        memset(guest->wanted, 0, sizeof guest->wanted);
        if (guest->day >= p->day_count || x->team == team) {
            guest->day = 0;
            guest->limit = 0;
        }
    }
    return needs;
}

/* kind_max and followers know the team's own kinds: none of the others is capped or forbidden. */
static void widen_people(arena *a, const roster_problem *own, roster_problem *p, int first_kind)
{
    roster_person *people = arena_many(a, roster_person, p->person_count + 1);
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *w = &own->people[i];
        uint8_t *blocked = arena_many(a, uint8_t, p->need_count + 1);
        people[i] = *w;
        if (w->blocked)
            memcpy(blocked, w->blocked, own->need_count);
        people[i].blocked = blocked;
        people[i].wishes = people[i].distance_km = NULL;
        if (!w->kind_max)
            continue;
        int *caps = arena_many(a, int, p->kind_count + 1);
        for (size_t k = 0; k < p->kind_count; k++)
            caps[k] = INT32_MAX - 1;
        memcpy(&caps[first_kind], w->kind_max, own->kind_count * sizeof *caps);
        people[i].kind_max = caps;
    }
    p->people = people;
    if (!own->next_forbidden)
        return;
    bool *forbidden = arena_many(a, bool, p->kind_count * p->kind_count);
    for (size_t k = 0; k < own->kind_count; k++)
        memcpy(&forbidden[((size_t)first_kind + k) * p->kind_count + (size_t)first_kind],
               &own->next_forbidden[k * own->kind_count], own->kind_count * sizeof *forbidden);
    p->next_forbidden = forbidden;
}

static bool member_of(const roster_problem *p, int64_t tag)
{
    for (size_t i = 0; i < p->person_count; i++) {
        if (p->people[i].tag == tag)
            return true;
    }
    return false;
}

/* Who is in the other team already comes there by its own roster. */
static void block_guests(const lending *l, lender *x)
{
    state *s = &x->s;
    for (int q = 0; q < s->people; q++) {
        bool member = false;
        for (int i = 0; i < l->short_count; i++) {
            const roster_need *need = &s->p->needs[x->own_needs + i];
            if (i == 0 || l->shorts[i].team != l->shorts[i - 1].team)
                member = member_of(l->teams[l->shorts[i].team].problem, s->p->people[q].tag);
            s->block[AT(s, q, x->own_needs + i)] |=
                (uint8_t)(block_abroad(s, x->own_needs, q, need, &s->p->kinds[need->kind]) | (member ? ROSTER_BLOCK_TEAM : 0));
        }
    }
}

static void open_lender(arena *a, const lending *l, int team, const roster_kind *kinds, size_t kind_count,
                        const int *kinds_from)
{
    const roster_problem *own = l->teams[team].problem;
    roster_problem *p = arena_copy(a, own, sizeof *own);
    lender *x = &l->lenders[team];
    p->kinds = kinds;
    p->kind_count = kind_count;
    p->needs = all_needs(a, l, team, kinds_from);
    p->need_count = own->need_count + (size_t)l->short_count;
    p->lock_count = 0;
    widen_people(a, own, p, kinds_from[team]);
    x->own_needs = (int)own->need_count;
    x->lent_to = arena_many(a, int, p->person_count * (size_t)p->day_count + 1);
    x->lent_day = arena_many(a, int, p->day_count + 1);
    state_init(a, &x->s, p);
    block_guests(l, x);
    state_load(&x->s, l->teams[team].duties, l->teams[team].duty_count);
    for (size_t i = 0; i < own->lock_count; i++)
        x->s.fixed[AT(&x->s, own->locks[i].person, own->locks[i].need)] = own->locks[i].on;
}

/* Gives up the day's duties at home, as far as no minimum there falls; false: that may not be, and nothing changed. */
static bool leave_home(const lender *x, state *s, int person, int day, int64_t rules, roster_loan *loan)
{
    int mark = s->log_count;
    loan->gives_up_count = 0;
    for (int i = s->duty_count[person] - 1; i >= 0; i--) {
        int n = s->duty[AT(s, person, i)];
        if (n >= x->own_needs || s->p->needs[n].day != day)
            continue;
        if (s->fixed[AT(s, person, n)] || s->filled[n] <= s->p->needs[n].min ||
            loan->gives_up_count == ROSTER_LOAN_GIVES_UP_MAX) {
            state_undo(s, mark);
            return false;
        }
        state_take(s, person, n);
        loan->gives_up[loan->gives_up_count++] = n;
    }
    if (s->cost.at[0] <= rules)
        return true;
    state_undo(s, mark);
    return false;
}

/* The person goes there, if that may be; who must not be without a partner or a second one stays at home. */
static bool go(const lending *l, int from, int person, int short_index, roster_loan *loan)
{
    lender *x = &l->lenders[from];
    state *s = &x->s;
    const short_need *to = &l->shorts[short_index];
    int n = x->own_needs + short_index, day = s->p->needs[n].day, lent = x->lent_to[AT_DAY(s, person, day)];
    if (s->block[AT(s, person, n)] || s->together[person] || s->p->people[person].not_alone || s->here[AT(s, person, n)] || (lent && lent != 1 + to->team) ||
        (!lent && s->people - x->lent_day[day] <= l->teams[from].home_min))
        return false;
    int64_t rules = s->cost.at[0];
    s->log_count = 0;
    *loan = (roster_loan){ .from_team = from, .person = person, .to_team = to->team, .need = to->need };
    if (!leave_home(x, s, person, day, rules, loan))
        return false;
    if (state_block(s, person, n, NULL) == ROSTER_FREE) {
        state_put(s, person, n);
        return true;
    }
    state_undo(s, 0);
    return false;
}

static void come_back(const lending *l, const roster_loan *loan)
{
    state_undo(&l->lenders[loan->from_team].s, 0);
}

/* Fewest duties given up, then the least burdened, then by team and person. */
static bool find_guest(const lending *l, int short_index, roster_loan *best)
{
    int64_t least = INT64_MAX;
    for (int t = 0; t < l->count; t++) {
        const state *s = &l->lenders[t].s;
        for (int q = 0; t != l->shorts[short_index].team && q < s->people; q++) {
            roster_loan loan;
            int64_t price = s->burden[q];
            if (!go(l, t, q, short_index, &loan))
                continue;
            come_back(l, &loan);
            price += (int64_t)loan.gives_up_count * 1000000;
            if (price < least) {
                least = price;
                *best = loan;
            }
        }
    }
    return least < INT64_MAX;
}

static void count_able(lending *l)
{
    for (int i = 0; i < l->short_count; i++) {
        for (int t = 0; t < l->count; t++) {
            const lender *x = &l->lenders[t];
            for (int q = 0; t != l->shorts[i].team && q < x->s.people; q++)
                l->shorts[i].able += !x->s.block[AT(&x->s, q, x->own_needs + i)];
        }
    }
}

static int scarcest(const lending *l, const bool *done)
{
    int next = -1;
    for (int i = 0; i < l->short_count; i++) {
        if (!done[i] && (next < 0 || l->shorts[i].able < l->shorts[next].able))
            next = i;
    }
    return next;
}

/* Nobody stands there alone: then the one stays at home. The day's marks stay, which only keeps others there too. */
static void stay(const lending *l, const roster_loan *loan, int short_index)
{
    lender *x = &l->lenders[loan->from_team];
    state_take(&x->s, loan->person, x->own_needs + short_index);
    for (int i = 0; i < loan->gives_up_count; i++)
        state_put(&x->s, loan->person, loan->gives_up[i]);
}

static void lend_to(lending *l, int short_index)
{
    short_need *to = &l->shorts[short_index];
    const roster_need *need = &l->teams[to->team].problem->needs[to->need];
    int first = l->loan_count;
    roster_loan loan;
    while (to->missing > 0 && find_guest(l, short_index, &loan)) {
        lender *x = &l->lenders[loan.from_team];
        go(l, loan.from_team, loan.person, short_index, &loan);
        int *lent = &x->lent_to[AT_DAY(&x->s, loan.person, need->day)];
        x->lent_day[need->day] += !*lent;
        *lent = 1 + to->team;
        l->loans[l->loan_count++] = loan;
        to->missing--;
    }
    if (need->not_alone && to->filled == 0 && l->loan_count == first + 1) {
        stay(l, &l->loans[--l->loan_count], short_index);
        to->missing++;
    }
}

roster_loans roster_lend(arena *a, const roster_team *teams, size_t count)
{
    lending l = { .teams = teams, .count = (int)count };
    roster_loans out = { 0 };
    size_t kind_count;
    int *kinds_from = arena_many(a, int, count + 1);
    find_short(a, &l);
    for (int i = 0; i < l.short_count; i++)
        out.missing += l.shorts[i].missing;
    out.still_missing = out.missing;
    if (!out.missing)
        return out;
    const roster_kind *kinds = all_kinds(a, &l, kinds_from, &kind_count);
    l.lenders = arena_many(a, lender, count + 1);
    l.loans = arena_many(a, roster_loan, (size_t)out.missing + 1);
    for (int t = 0; t < l.count; t++)
        open_lender(a, &l, t, kinds, kind_count, kinds_from);
    count_able(&l);
    bool *done = arena_many(a, bool, l.short_count + 1);
    for (int next = scarcest(&l, done); next >= 0; next = scarcest(&l, done)) {
        done[next] = true;
        lend_to(&l, next);
    }
    out.at = l.loans;
    out.count = (size_t)l.loan_count;
    out.still_missing = out.missing - l.loan_count;
    return out;
}
