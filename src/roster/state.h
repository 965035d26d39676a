/*
 * state: a legal roster under search, with its cost vector kept up to date. Inside of src/roster only.
 * state_put asks nothing: call state_block first. Every change goes into a log, so a move can be undone.
 */
#ifndef MUSTER_ROSTER_STATE_H
#define MUSTER_ROSTER_STATE_H
#include "roster/roster.h"

enum { STATE_LOG_MAX = 512 };

typedef struct state_change {
    int person, need;
    bool put;
} state_change;

typedef struct state {
    const roster_problem *p;
    int people, needs, kinds;
    int *start, *end, *minutes, *week; /* per need; start and end in minutes from day 0, 00:00 */
    bool *night;
    uint8_t *block;    /* person x need: absolute bits */
    uint8_t *here;     /* person x need */
    uint8_t *fixed;    /* person x need: locked to 1 */
    uint8_t *told;     /* person x need: price of dropping a published duty */
    int *duty;         /* person x needs: own needs by start */
    int *duty_count;   /* per person */
    int *member;       /* people at a need, from member_from[n] */
    int *member_from, *filled;
    int64_t *burden;   /* per person, minutes with nights twice */
    int *pair_from, *pair_other; /* partners of person p: pair_other[pair_from[p] .. pair_from[p + 1]) */
    roster_pair_kind *pair_kind;
    roster_cost cost;
    state_change log[STATE_LOG_MAX];
    int log_count;
} state;

void state_init(arena *a, state *s, const roster_problem *p); /* empty but for the locks */
/* First rule that keeps p from n; why may be null. Pairs and not_alone (level 0) are not asked. */
roster_reason state_block(const state *s, int person, int need, roster_why *why);
void state_put(state *s, int person, int need);
void state_take(state *s, int person, int need);
void state_undo(state *s, int mark); /* back to log_count == mark */
bool state_room(const state *s, int changes); /* the log has room for so many */
void state_load(state *s, const roster_duty *duties, size_t count); /* instead of what is there */
size_t state_save(const state *s, roster_duty *out); /* by need, then person */
#define AT(s, p, n) ((size_t)(p) * (size_t)(s)->needs + (size_t)(n))
#endif
