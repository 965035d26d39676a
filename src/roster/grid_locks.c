/*
 * Locks and the lines of their people. A lock may be allowed by itself and still leave no legal line: a run becomes too
 * short, days off too few, hours out of reach, or what a lower end then asks for passes a cap. Which line there is, is
 * searched for exactly, day by day: what can still come to an end without regard to caps and groups is known before, so
 * only those lead astray, and where they did is remembered.
 */
#include "base/text.h"
#include "roster/grid.h"

#include <string.h>

enum {
    TRIES_MAX = 200000,          /* days put on trial for one person */
    FAILED_ROOM = 4096,          /* states remembered */
    ENDS_MAX = 1 << 23           /* words; beyond, nothing is decided */
};

typedef enum found { NO_LINE, A_LINE, UNDECIDED } found;

typedef struct line_state {
    int day, phase, units, groups;
    uint16_t count[GRID_CLASSES_MAX]; /* of kinds with a cap */
} line_state;

typedef struct line_search {
    const grid *g;
    int *taken;      /* day x option: seats that are gone */
    int person;
    const grid_person *q;
    const uint8_t *forced; /* of the person, per day */
    bool counts;           /* some end of the resource can be reached, so units are counted */
    size_t words, room;    /* of units, a bit each; words there is memory for */
    uint64_t *ends;        /* day x phase x words: with so many units up to that day a line can come to its end */
    line_state *at, *failed; /* before each day */
    int *tried;
} line_search;

static int units_of(const line_search *s, int day, int x)
{
    return s->counts ? grid_units(s->g, day, x) : 0;
}

static bool is_open(const line_search *s, int day, int x)
{
    const grid *g = s->g;
    size_t cell = grid_cell(g, s->person, day);
    if (s->forced[day] && x != s->forced[day])
        return false;
    if (!x || g->cell[cell * (size_t)g->options + (size_t)x - 1] >= GRID_NEVER)
        return !x;
    int at = day * g->options + x - 1, others = s->taken[at] - (g->forced[cell] == x);
    return others < g->p->needs[g->need_of[at]].limit;
}

/* -1: the step is forbidden. */
static int next_of(const line_search *s, int day, int phase, int x)
{
    const grid *g = s->g;
    const grid_type *t = s->q->type;
    if (x && !t->allowed[(1 + t->class_of[phase]) * g->kinds + g->kind_of[day * g->options + x - 1]])
        return -1;
    return t->next[phase * g->symbols + grid_symbol(g, day, x)];
}

static uint64_t *ends_of(const line_search *s, int day, int phase)
{
    return &s->ends[((size_t)day * (size_t)s->q->type->phases + (size_t)phase) * s->words];
}

static void add_shifted(uint64_t *to, const uint64_t *from, size_t words, int by)
{
    size_t whole = (size_t)by / 64, part = (size_t)by % 64;
    for (size_t i = 0; i + whole < words; i++) {
        to[i] |= from[i + whole] >> part;
        if (part && i + whole + 1 < words)
            to[i] |= from[i + whole + 1] << (64 - part);
    }
}

static void look_ahead(line_search *s)
{
    const grid *g = s->g;
    int phases = s->q->type->phases;
    memset(s->ends, 0, (size_t)(g->days + 1) * (size_t)phases * s->words * sizeof *s->ends);
    for (int phase = 0; phase < phases; phase++) {
        for (int u = s->counts ? s->q->least : 0; u <= (s->counts ? s->q->most : 0); u++)
            ends_of(s, g->days, phase)[u / 64] |= (uint64_t)1 << u % 64;
    }
    for (int d = g->days - 1; d >= 0; d--) {
        for (int x = 0; x <= g->options; x++) {
            for (int phase = 0; is_open(s, d, x) && phase < phases; phase++) {
                int next = next_of(s, d, phase, x);
                if (next >= 0)
                    add_shifted(ends_of(s, d, phase), ends_of(s, d + 1, next), s->words, units_of(s, d, x));
            }
        }
    }
}

static bool can_end(const line_search *s, const line_state *at)
{
    return s->words > (size_t)at->units / 64 && ends_of(s, at->day, at->phase)[at->units / 64] >> at->units % 64 & 1;
}

/* The state after one more day; false: a rule forbids it, or leads to no end. */
static bool step(const line_search *s, const line_state *from, int x, line_state *to)
{
    const grid *g = s->g;
    int d = from->day, next = is_open(s, d, x) ? next_of(s, d, from->phase, x) : -1;
    if (next < 0)
        return false;
    *to = *from;
    to->day = d + 1;
    to->phase = next;
    to->units += units_of(s, d, x);
    if (x) {
        int kind = g->kind_of[d * g->options + x - 1], first = g->group_first[d];
        bool new_group = first >= 0 && (d == first || s->q->type->class_of[from->phase] < 0); /* a group has 2 days */
        to->groups += new_group && s->q->groups_max < g->days;
        if (s->q->capped && s->q->kind_max[kind] < g->days && ++to->count[kind] > s->q->kind_max[kind])
            return false;
    }
    return to->groups <= s->q->groups_max && can_end(s, to);
}

static line_state *place_of(const line_search *s, const line_state *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    uint64_t sum = 1469598103934665603u;
    for (size_t i = 0; i < sizeof *at; i++)
        sum = (sum ^ bytes[i]) * 1099511628211u;
    return &s->failed[sum >> 32 & (FAILED_ROOM - 1)];
}

static bool has_failed(const line_search *s, const line_state *at)
{
    return memcmp(place_of(s, at), at, sizeof *at) == 0;
}

/* Days are filled one by one and taken back where none fits. */
static found go_through(line_search *s)
{
    const grid *g = s->g;
    int d = 0, tries = 0;
    memset(s->failed, 0xff, FAILED_ROOM * sizeof *s->failed); /* no state looks like that */
    memset(&s->at[0], 0, sizeof s->at[0]);
    s->at[0].phase = s->q->start;
    s->tried[0] = 0;
    if (!can_end(s, &s->at[0]))
        return NO_LINE;
    while (d >= 0 && d < g->days) {
        if (s->tried[d] > g->options || (!s->tried[d] && has_failed(s, &s->at[d]))) {
            *place_of(s, &s->at[d]) = s->at[d];
            d--;
            continue;
        }
        if (!step(s, &s->at[d], s->tried[d]++, &s->at[d + 1]))
            continue;
        s->tried[++d] = 0;
        if (++tries > TRIES_MAX)
            return UNDECIDED;
    }
    return d < 0 ? NO_LINE : A_LINE;
}

/* A line of that person with these days as they are; then tried - 1 is the line. */
static found find_line(line_search *s, int person, const uint8_t *forced)
{
    const grid *g = s->g;
    s->person = person;
    s->q = &g->person[person];
    s->forced = forced;
    s->counts = s->q->least > 0 || s->q->most < g->days * g->longest;
    s->words = s->counts ? (size_t)s->q->most / 64 + 1 : 1;
    size_t all = (size_t)(g->days + 1) * (size_t)s->q->type->phases * s->words;
    if (s->counts && s->q->least > s->q->most)
        return NO_LINE;
    if (all > s->room)
        return UNDECIDED;
    look_ahead(s);
    return go_through(s);
}

static bool is_locked(const grid *g, int person)
{
    bool any = false;
    for (int d = 0; d < g->days; d++)
        any = any || g->forced[grid_cell(g, person, d)];
    return any;
}

static void begin(arena *a, line_search *s, const grid *g)
{
    *s = (line_search){ .g = g };
    for (int i = 0; i < g->people; i++) {
        const grid_person *q = &g->person[i];
        size_t all = (size_t)(g->days + 1) * (size_t)q->type->phases * ((size_t)q->most / 64 + 1);
        if (is_locked(g, i) && all > s->room)
            s->room = all < ENDS_MAX ? all : ENDS_MAX;
    }
    s->ends = arena_many(a, uint64_t, s->room + 1);
    s->at = arena_many(a, line_state, g->days + 1);
    s->failed = arena_many(a, line_state, FAILED_ROOM);
    s->tried = arena_many(a, int, g->days + 1);
    s->taken = arena_many(a, int, g->days * g->options + 1);
    for (int i = 0; i < g->people; i++) {
        for (int d = 0; d < g->days; d++) {
            int x = g->forced[grid_cell(g, i, d)];
            if (x)
                s->taken[d * g->options + x - 1]++;
        }
    }
}

size_t grid_lock_memory(const grid_sizes *z)
{
    enum { ARRAYS = 8, SPARE = 64 };
    size_t all = (z->days + 1) * z->phases * (z->units / 64 + 1), room = all < ENDS_MAX ? all : ENDS_MAX;
    return ARRAYS * SPARE + (room + 1) * sizeof(uint64_t) + (FAILED_ROOM + z->days + 1) * sizeof(line_state) +
           (z->days + 1) * (z->options + 2) * sizeof(int) + z->needs;
}

bool grid_lock_lines(arena *a, const grid *g, uint8_t *x)
{
    line_search s;
    bool all = true;
    begin(a, &s, g);
    for (int i = 0; i < g->people; i++) {
        const uint8_t *forced = &g->forced[grid_cell(g, i, 0)];
        uint8_t *line = &x[grid_cell(g, i, 0)];
        if (!is_locked(g, i))
            continue;
        bool legal = find_line(&s, i, forced) == A_LINE;
        all = all && legal;
        for (int d = 0; d < g->days; d++) {
            line[d] = legal ? (uint8_t)(s.tried[d] - 1) : forced[d];
            if (line[d] && !forced[d])
                s.taken[d * g->options + line[d] - 1]++;
        }
    }
    return all;
}

/* -- what is in the way -------------------------------------------------------------------------- */
/* Upper ends first: a lower end is in the way of every lock that is named here. */
static const roster_reason asked[] = { ROSTER_REST, ROSTER_MINUTES_ALL, ROSTER_KIND, ROSTER_GROUPS, ROSTER_RUN };

static void release(arena *a, roster_person *w, roster_reason rule)
{
    switch (rule) {
    case ROSTER_REST:
        w->rest_minutes = w->rest_night_minutes = 0;
        if (w->soft) {
            roster_soft *soft = arena_new(a, roster_soft);
            *soft = *w->soft;
            soft->last_kind = -1;
            soft->last_kind_run = soft->last_work_run = 0;
            w->soft = soft;
        }
        break;
    case ROSTER_MINUTES_ALL: w->minutes_max = 0; break;
    case ROSTER_KIND: w->kind_max = NULL; break;
    case ROSTER_GROUPS: w->groups_max = -1; break;
    default: w->run_max = 0; break;
    }
}

/* Would there be a line without that rule? The person alone, at the seats that are left. */
static bool is_in_the_way(arena *a, const line_search *s, int person, const uint8_t *forced, roster_reason rule)
{
    roster_problem *p = arena_new(a, roster_problem);
    roster_person *w = arena_new(a, roster_person);
    line_search alone;
    *p = *s->g->p;
    *w = p->people[person];
    release(a, w, rule);
    p->people = w;
    p->person_count = 1;
    p->published_count = p->lock_count = 0;
    grid *g = arena_new(a, grid);
    grid_init(a, g, p);
    size_t days = (size_t)g->days;
    memcpy(g->forced, forced, days);
    begin(a, &alone, g);
    memcpy(alone.taken, s->taken, days * (size_t)g->options * sizeof *s->taken);
    for (size_t i = 0; i < s->g->p->lock_count; i++) {
        const roster_lock *l = &s->g->p->locks[i];
        for (int o = 0; l->person == person && !l->on && o < g->options; o++) {
            int at = p->needs[l->need].day * g->options + o;
            if (g->need_of[at] == l->need)
                g->cell[at] = GRID_NEVER;
        }
    }
    for (int d = 0; d < g->days; d++) /* own seats that are not locked here */
        if (s->g->forced[grid_cell(s->g, person, d)] && !forced[d])
            alone.taken[d * g->options + s->g->forced[grid_cell(s->g, person, d)] - 1]--;
    return find_line(&alone, 0, forced) == A_LINE;
}

/* The first lock that leaves its person no line, and the rule. */
static err *name_lock(arena *a, line_search *s, int person)
{
    const roster_problem *p = s->g->p;
    uint8_t *forced = arena_many(a, uint8_t, s->g->days + 1);
    const roster_lock *first = NULL;
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        int day = p->needs[l->need].day;
        if (l->person != person || !l->on)
            continue;
        first = l;
        forced[day] = s->g->forced[grid_cell(s->g, person, day)];
        if (find_line(s, person, forced) == NO_LINE)
            break;
    }
    roster_reason rule = ROSTER_LOWER;
    for (size_t k = 0; first && rule == ROSTER_LOWER && k < sizeof asked / sizeof *asked; k++) {
        if (is_in_the_way(a, s, person, forced, asked[k]))
            rule = asked[k];
    }
    return err_new(a, ERR_INPUT, "roster.lock_lower",
                   VALUES({ "person", text_format(a, "%lld", (long long)p->people[person].tag) },
                          { "need", text_format(a, "%lld", (long long)p->needs[first ? first->need : 0].tag) },
                          { "rule", str_of(roster_reason_name(rule)) }));
}

err *grid_check_locks(arena *a, const roster_problem *p)
{
    if (!grid_wanted(p))
        return NULL;
    line_search s;
    grid *g = arena_new(a, grid);
    grid_init(a, g, p);
    begin(a, &s, g);
    for (int i = 0; i < g->people; i++) {
        if (is_locked(g, i) && find_line(&s, i, &g->forced[grid_cell(g, i, 0)]) == NO_LINE)
            return name_lock(a, &s, i);
    }
    return NULL;
}
