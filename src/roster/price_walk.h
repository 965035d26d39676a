/*
 * price_walk: the days of one person, state by state: what price.c asks to be walked. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_PRICE_WALK_H
#define MUSTER_ROSTER_PRICE_WALK_H
#include "roster/pattern.h"
#include "roster/price.h"

enum { WALK_CAPS_MAX = 8 };
/* Rules in the order in which they are left out where states do not fit. */
typedef enum walk_keep {
    WALK_KEEP_ALL, WALK_KEEP_NOT_ALL_MINUTES, WALK_KEEP_NOT_WEEK, WALK_KEEP_NOT_NIGHTS, WALK_KEEP_NOT_RUNS, WALK_KEEP_NONE
} walk_keep;

typedef struct spot {
    uint64_t a, b;
    int64_t value;
    int forbid;
    int parent, choice;
} spot;

typedef struct choice { /* a pattern on a day, for the person at hand */
    const pattern *x;
    int64_t value;
    uint64_t add_a, add_b;
} choice;

typedef struct rules { /* of the person at hand */
    uint64_t limit_a, limit_b;
    bool run, week, groups, nights;
    int nights_max, all_unit;
    int cap_kind[WALK_CAPS_MAX], caps;
    bool left_out; /* a rule is not, or not quite, kept */
} rules;

typedef struct trace {
    int parent, choice;
} trace;

struct price {
    const roster_problem *p;
    pattern_types *types;
    uint8_t *block;      /* person x need: 1 blocked, 2 locked there */
    int *line, *line_count; /* person x needs: the last best line */
    bool *line_legal;    /* a roster's, or found with all rules: what others are compared with */
    int *slot;           /* day x kind: index of a pair that needs use, or -1 */
    int *need_slot;
    int64_t *value;      /* per slot, for the person at hand */
    int *best;           /* per slot: the need of that value */
    bool *group_new, *week_new; /* per day */
    int slots, states_max;
    int *starts, start_count; /* of kinds, rising */
    rules r;
    choice *choices;     /* of all days */
    int *choice_from;
    int64_t *rest;       /* per day: what the days from there on could be worth, each alone */
    spot *now, *next;
    int now_count, next_count;
    int *table;          /* hash of next: index + 1 */
    int table_size;
    trace *traces;       /* day x states */
    bool full;
    uint64_t steps;
};

int price_week(const roster_problem *p, int day);
/* The rules and what each day could bring; afterwards rest[0] is what all days together could be worth at most. */
void price_walk_begin(price *x, int person, walk_keep keep);
/* All days; only what can still beat the value at hand is followed. The best state is now[0]. False: too many states. */
bool price_walk(price *x, int person, int64_t beat);
#endif
