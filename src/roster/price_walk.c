#include "roster/price_walk.h"

#include <string.h>

/*
 * A state packed in two words; a field is followed by a guard bit, so one subtraction compares all fields at once.
 * a: minutes until free | days worked in a row | minutes of the week | 2 * groups - this one counted | 6 last days' nights
 * b: minutes in all | duties of each capped kind
 */
enum {
    FREE_AT = 0, FREE_BITS = 14, RUN_AT = 15, RUN_BITS = 5, WEEK_AT = 21, WEEK_BITS = 14, GROUP_AT = 36, GROUP_BITS = 6,
    NIGHT_AT = 43, NIGHT_BITS = 2, NIGHT_DAYS = 6, ALL_AT = 0, ALL_BITS = 16, CAP_AT = 17, CAP_BITS = 4,
    KEPT_COMPARED = 48
};

static uint64_t guards_a(void)
{
    uint64_t g = (uint64_t)1 << (FREE_AT + FREE_BITS) | (uint64_t)1 << (RUN_AT + RUN_BITS) |
                 (uint64_t)1 << (WEEK_AT + WEEK_BITS) | (uint64_t)1 << (GROUP_AT + GROUP_BITS);
    for (int i = 0; i < NIGHT_DAYS; i++)
        g |= (uint64_t)1 << (NIGHT_AT + i * (NIGHT_BITS + 1) + NIGHT_BITS);
    return g;
}

static uint64_t guards_b(void)
{
    uint64_t g = (uint64_t)1 << (ALL_AT + ALL_BITS);
    for (int i = 0; i < WALK_CAPS_MAX; i++)
        g |= (uint64_t)1 << (CAP_AT + i * (CAP_BITS + 1) + CAP_BITS);
    return g;
}

/* No field of the key is above that of the limit. */
static bool within(uint64_t key, uint64_t limit, uint64_t guards)
{
    return (((limit | guards) - key) & guards) == guards;
}

static uint64_t field(uint64_t word, int at, int bits)
{
    return word >> at & (((uint64_t)1 << bits) - 1);
}

static uint64_t with(uint64_t word, int at, int bits, uint64_t value)
{
    uint64_t most = ((uint64_t)1 << bits) - 1;
    return (word & ~(most << at)) | (value < most ? value : most) << at;
}

int price_week(const roster_problem *p, int day)
{
    return (day + p->weekday_first + 700) / 7;
}

/* How long the last duties keep the person from the kinds of the next day; exact beyond it. */
static uint64_t free_of(const price *x, int minutes)
{
    int i = x->start_count;
    if (minutes > 1440)
        return (uint64_t)minutes;
    while (i > 0 && x->starts[i - 1] >= minutes)
        i--;
    return i ? (uint64_t)x->starts[i - 1] + 1 : 0;
}

static uint64_t ones(int bits)
{
    return ((uint64_t)1 << bits) - 1;
}

static void put_caps(price *x, const roster_person *w, walk_keep keep)
{
    rules *r = &x->r;
    int left = w->minutes_max - w->minutes_before;
    if (keep >= WALK_KEEP_NOT_ALL_MINUTES)
        return;
    if (w->minutes_max) {
        r->all_unit = left > (int)ones(ALL_BITS) ? left / (int)ones(ALL_BITS) + 1 : 1;
        r->limit_b = with(r->limit_b, ALL_AT, ALL_BITS, left > 0 ? (uint64_t)(left / r->all_unit) : 0);
        r->left_out = r->all_unit > 1; /* rounded */
    }
    for (int k = 0; w->kind_max && k < (int)x->p->kind_count; k++) {
        if (w->kind_max[k] <= 0 || w->kind_max[k] >= x->p->day_count)
            continue;
        if (r->caps == WALK_CAPS_MAX || w->kind_max[k] >= (int)ones(CAP_BITS)) {
            r->left_out = true;
            continue;
        }
        r->limit_b = with(r->limit_b, CAP_AT + r->caps * (CAP_BITS + 1), CAP_BITS, (uint64_t)w->kind_max[k]);
        r->cap_kind[r->caps++] = k;
    }
}

/* Limits that could bind, and are too large for their fields. */
static bool too_large(const price *x, const roster_person *w)
{
    int days = x->p->day_count;
    bool run = w->run_max >= (int)ones(RUN_BITS) && w->run_max < days + 7;
    bool groups = x->p->day_group && 2 * w->groups_max >= (int)ones(GROUP_BITS) && w->groups_max < days;
    bool kinds = x->p->next_forbidden && (x->p->kind_count > 64 || x->types->forbid_count == PATTERN_FORBIDS_MAX);
    return run || groups || kinds;
}

static void put_rules(price *x, const roster_person *w, walk_keep keep)
{
    rules *r = &x->r;
    *r = (rules){ .limit_a = ~guards_a() & ones(NIGHT_AT + NIGHT_DAYS * (NIGHT_BITS + 1)),
                  .limit_b = ~guards_b() & ones(CAP_AT + WALK_CAPS_MAX * (CAP_BITS + 1)) };
    put_caps(x, w, keep);
    r->left_out = r->left_out || keep != WALK_KEEP_ALL || too_large(x, w);
    r->week = w->minutes_max_week && w->minutes_max_week < (int)ones(WEEK_BITS) && keep < WALK_KEEP_NOT_WEEK;
    r->nights = w->nights_max && keep < WALK_KEEP_NOT_NIGHTS;
    r->nights_max = w->nights_max;
    r->run = w->run_max && w->run_max < (int)ones(RUN_BITS) && keep < WALK_KEEP_NOT_RUNS;
    r->groups = x->p->day_group && w->groups_max >= 0 && 2 * w->groups_max < (int)ones(GROUP_BITS) &&
                keep < WALK_KEEP_NOT_ALL_MINUTES;
    if (r->week)
        r->limit_a = with(r->limit_a, WEEK_AT, WEEK_BITS, (uint64_t)w->minutes_max_week);
    if (r->run)
        r->limit_a = with(r->limit_a, RUN_AT, RUN_BITS, (uint64_t)w->run_max);
    if (r->groups)
        r->limit_a = with(r->limit_a, GROUP_AT, GROUP_BITS, 2 * (uint64_t)w->groups_max);
}

static bool past_on(const roster_person *w, int day)
{
    for (size_t i = 0; i < w->past_count; i++) {
        if (w->past[i].day == day)
            return true;
    }
    return false;
}

/* What lies before day 0. */
static spot first_spot(const price *x, const roster_person *w)
{
    const rules *r = &x->r;
    int free = 0, week = 0, run = 0, nights[NIGHT_DAYS] = { 0 };
    for (size_t i = 0; i < w->past_count; i++) {
        const roster_past *d = &w->past[i];
        int until = d->day * 1440 + d->end_minute + pattern_rest(w, d->night);
        free = until > free ? until : free;
        if (price_week(x->p, d->day) == price_week(x->p, 0))
            week += d->end_minute - d->start_minute;
        if (d->night && d->day >= -NIGHT_DAYS)
            nights[-d->day - 1]++;
    }
    while (!x->p->border_exempt && past_on(w, -1 - run))
        run++;
    spot s = { .parent = -1 };
    s.a = with(0, FREE_AT, FREE_BITS, free_of(x, free));
    if (r->week)
        s.a = with(s.a, WEEK_AT, WEEK_BITS, (uint64_t)week);
    if (r->run)
        s.a = with(s.a, RUN_AT, RUN_BITS, (uint64_t)run);
    for (int i = 0; r->nights && i < NIGHT_DAYS; i++)
        s.a = with(s.a, NIGHT_AT + i * (NIGHT_BITS + 1), NIGHT_BITS, (uint64_t)nights[i]);
    return s;
}

static choice choice_of(const price *x, const pattern *q, int64_t value)
{
    const rules *r = &x->r;
    choice c = { .x = q, .value = value };
    if (r->week)
        c.add_a += (uint64_t)q->minutes << WEEK_AT;
    if (r->run)
        c.add_a += (uint64_t)1 << RUN_AT;
    for (int i = 0; i < q->count; i++) {
        const roster_kind *k = &x->p->kinds[q->kinds[i]];
        if (r->all_unit)
            c.add_b += (uint64_t)((k->end_minute - k->start_minute) / r->all_unit) << ALL_AT;
        for (int j = 0; j < r->caps; j++)
            c.add_b += (uint64_t)(r->cap_kind[j] == q->kinds[i]) << (CAP_AT + j * (CAP_BITS + 1));
    }
    return c;
}

/* What a day could bring, rest and everything else left aside: the patterns all of whose kinds are worth something. */
static int put_day(price *x, const pattern_type *t, int day, int at)
{
    const int *slot = &x->slot[(size_t)day * x->p->kind_count];
    for (int i = 0; i < t->count; i++) {
        const pattern *q = &t->patterns[i];
        int64_t value = 0;
        int k = 0;
        for (; k < q->count && slot[q->kinds[k]] >= 0 && x->value[slot[q->kinds[k]]] > 0; k++)
            value += x->value[slot[q->kinds[k]]];
        if (k == q->count)
            x->choices[at++] = choice_of(x, q, value);
    }
    x->steps += (uint64_t)t->count / 4 + 1;
    return at;
}

/* Left out: then a day brings all that is worth something. */
static int put_day_freely(price *x, const pattern_type *t, int day, int at)
{
    int64_t value = 0;
    for (size_t k = 0; k < x->p->kind_count; k++) {
        int s = x->slot[(size_t)day * x->p->kind_count + k];
        value += s >= 0 ? x->value[s] : 0;
    }
    x->choices[at++] = (choice){ .x = &t->patterns[0], .value = value };
    return at;
}

void price_walk_begin(price *x, int person, walk_keep keep)
{
    const pattern_type *t = &x->types->types[x->types->of_person[person]];
    bool freely = keep == WALK_KEEP_NONE;
    put_rules(x, &x->p->people[person], keep);
    int at = 0, days = x->p->day_count;
    for (int d = 0; d < days; d++) {
        x->choice_from[d] = at;
        at = freely || t->wide ? put_day_freely(x, t, d, at) : put_day(x, t, d, at);
    }
    x->choice_from[days] = at;
    x->rest[days] = 0;
    for (int d = days - 1; d >= 0; d--) {
        int64_t most = 0;
        for (int i = x->choice_from[d]; i < x->choice_from[d + 1]; i++)
            most = x->choices[i].value > most ? x->choices[i].value : most;
        x->rest[d] = x->rest[d + 1] + most;
    }
}

/* -- from day to day ----------------------------------------------------------------------------------- */

static int nights_of(uint64_t a)
{
    int sum = 0;
    for (int i = 0; i < NIGHT_DAYS; i++)
        sum += (int)field(a, NIGHT_AT + i * (NIGHT_BITS + 1), NIGHT_BITS);
    return sum;
}

/* The key after the duties of the day, or false: a rule forbids them. */
static bool work(const price *x, const spot *s, const choice *c, uint64_t *a, uint64_t *b, int day)
{
    const pattern *q = c->x;
    const rules *r = &x->r;
    if (q->first < (int)field(s->a, FREE_AT, FREE_BITS) || (x->types->forbids[s->forbid] & q->mask))
        return false;
    if (r->nights && q->nights && nights_of(s->a) + q->nights > r->nights_max)
        return false;
    *a += c->add_a;
    *b += c->add_b;
    if (r->groups && x->p->day_group[day] >= 0 && field(*a, GROUP_AT, 1) == 0)
        *a += (uint64_t)1 << GROUP_AT;
    return within(*a, r->limit_a, guards_a()) && within(*b, r->limit_b, guards_b());
}

/* The key as the next day begins. */
static uint64_t sleep_over(const price *x, uint64_t a, const pattern *q, int day)
{
    const rules *r = &x->r;
    int free = (int)field(a, FREE_AT, FREE_BITS);
    free = (q->free_after > free ? q->free_after : free) - 1440;
    uint64_t nights = a >> NIGHT_AT;
    a = with(a & ones(NIGHT_AT), FREE_AT, FREE_BITS, free > 0 ? free_of(x, free) : 0);
    if (x->week_new[day + 1])
        a = with(a, WEEK_AT, WEEK_BITS, 0);
    if (!r->nights)
        return a;
    nights = (nights << (NIGHT_BITS + 1) & ones(NIGHT_DAYS * (NIGHT_BITS + 1)));
    return a | with(nights, 0, NIGHT_BITS, (uint64_t)q->nights) << NIGHT_AT;
}

static bool follow(const price *x, const spot *s, const choice *c, int day, spot *out)
{
    uint64_t a = s->a, b = s->b;
    if (x->group_new[day] && x->r.groups)
        a += (a & (uint64_t)1 << GROUP_AT); /* round up: the last group is behind */
    if (c->x->count == 0)
        a = with(a, RUN_AT, RUN_BITS, 0);
    else if (!work(x, s, c, &a, &b, day))
        return false;
    *out = (spot){ .a = sleep_over(x, a, c->x, day), .b = b, .value = s->value + c->value, .forbid = c->x->forbid };
    return true;
}

static void keep_spot(price *x, const spot *s)
{
    uint64_t h = (s->a * 0x9e3779b97f4a7c15u) ^ (s->b * 0xc2b2ae3d27d4eb4fu) ^ (uint64_t)s->forbid;
    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9u;
    size_t mask = (size_t)x->table_size - 1;
    for (size_t at = (size_t)(h >> 32) & mask;; at = (at + 1) & mask) {
        if (!x->table[at]) {
            if (x->next_count == x->states_max) {
                x->full = true;
                return;
            }
            x->next[x->next_count++] = *s;
            x->table[at] = x->next_count;
            return;
        }
        spot *old = &x->next[x->table[at] - 1];
        if (old->a == s->a && old->b == s->b && old->forbid == s->forbid) {
            if (s->value > old->value)
                *old = *s;
            return;
        }
    }
}

static bool before(const spot *s, const spot *t)
{
    if (s->value != t->value)
        return s->value > t->value;
    if (s->a != t->a)
        return s->a < t->a;
    return s->b != t->b ? s->b < t->b : s->forbid < t->forbid;
}

/* The best value first; no two are alike. Without memory of its own, as qsort might take it. */
static void sort_spots(spot *s, int count)
{
    int gap = 1;
    while (gap < count / 3)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3) {
        for (int i = gap; i < count; i++) {
            spot x = s[i];
            int k = i;
            for (; k >= gap && before(&x, &s[k - gap]); k -= gap)
                s[k] = s[k - gap];
            s[k] = x;
        }
    }
}

/* Leaves out what another state is no worse than in every way; all that is left is kept in traces. */
static void sift(price *x, int day)
{
    spot *s = x->next;
    int kept = 0;
    sort_spots(s, x->next_count);
    for (int i = 0; i < x->next_count; i++) {
        bool beaten = false;
        for (int k = 0; k < kept && k < KEPT_COMPARED && !beaten; k++)
            beaten = (s[k].forbid == 0 || s[k].forbid == s[i].forbid) && within(s[k].a, s[i].a, guards_a()) &&
                     within(s[k].b, s[i].b, guards_b());
        if (beaten)
            continue;
        x->traces[(size_t)day * (size_t)(x->states_max + 1) + (size_t)kept] = (trace){ s[i].parent, s[i].choice };
        s[kept++] = s[i];
    }
    x->steps += (uint64_t)x->next_count;
    x->next = x->now;
    x->now = s;
    x->now_count = kept;
}

bool price_walk(price *x, int person, int64_t beat)
{
    x->now[0] = first_spot(x, &x->p->people[person]);
    x->now_count = 1;
    for (int d = 0; d < x->p->day_count; d++) {
        memset(x->table, 0, (size_t)x->table_size * sizeof *x->table);
        x->next_count = 0;
        x->full = false;
        for (int i = 0; i < x->now_count; i++) {
            for (int c = x->choice_from[d]; c < x->choice_from[d + 1]; c++) {
                spot out;
                x->steps++;
                if (x->now[i].value + x->choices[c].value + x->rest[d + 1] <= beat ||
                    !follow(x, &x->now[i], &x->choices[c], d, &out))
                    continue;
                out.parent = i;
                out.choice = c;
                keep_spot(x, &out);
            }
        }
        if (x->full)
            return false;
        sift(x, d);
    }
    return true;
}

