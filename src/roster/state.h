/*
 * state: a legal roster under search, with its cost vector and every counter of the rules kept up to date.
 * Inside of src/roster only. state_put asks nothing: call state_block first. Every change goes into a log, so a
 * move can be undone. state.c changes it, state_rules.c says what stops somebody, state_cost.c what it costs.
 */
#ifndef MUSTER_ROSTER_STATE_H
#define MUSTER_ROSTER_STATE_H
#include "roster/roster.h"

enum { STATE_LOG_MAX = 512, STATE_PAST_DAYS = 8 }; /* days before day 0 that are kept, and one that is always off */

typedef struct state_change {
    int person, need;
    bool put;
} state_change;

/* Needs of one sort, in no order; at[place[n]] == n for those that are in it. */
typedef struct state_set {
    int *at, *place;
    int count;
} state_set;

typedef struct state {
    const roster_problem *p;
    int people, needs, kinds, days, weeks, groups;
    int *start, *end, *minutes, *week; /* per need; start and end in minutes from day 0, 00:00 */
    bool *night;
    int *group;        /* per need: of its day, counted from 0; -1: none */
    int *rest, *reach; /* per person: rest by night or not (2 each); no duty further away can clash */
    int *free_from;    /* per person: minute from which what lies before day 0 lets start */
    uint8_t *block;    /* person x need: absolute bits */
    uint8_t *here;     /* person x need */
    uint8_t *fixed;    /* person x need: locked to 1 */
    uint8_t *told;     /* person x need: price of dropping a published duty */
    int *duty;         /* person x needs: own needs by start */
    int *duty_count;   /* per person */
    int *member;       /* people at a need, from member_from[n] */
    int *member_from, *filled;
    int *skilled, *leads;  /* of those at a need: with the wanted skill (ROSTER_NEED_SKILLS_MAX each), able to lead */
    int64_t *burden;       /* per person, minutes with nights twice */
    int *day_minutes, *day_outside; /* person x day; outside: of outdoor needs */
    int *week_minutes;     /* person x week, what lies before included */
    int *all_minutes;      /* per person, likewise */
    int *kind_duties;      /* person x kind */
    int *group_duties;     /* person x group */
    int *groups_worked;    /* per person */
    uint8_t *day_duties;   /* person x (STATE_PAST_DAYS + days + 1), what lies before included; the ends are off */
    uint8_t *day_nights;   /* person x (6 + days + 6), likewise */
    int *pair_from, *pair_other; /* partners of person p: pair_other[pair_from[p] .. pair_from[p + 1]) */
    roster_pair_kind *pair_kind;
    bool *together;        /* per person: has such a partner */
    state_set below_min, below_target;
    state_set lacking;     /* staffed, but without a wanted skill or lead */
    roster_cost cost;
    state_change log[STATE_LOG_MAX];
    int log_count;
} state;

void state_init(arena *a, state *s, const roster_problem *p); /* empty but for the locks */
size_t state_memory(const roster_problem *p); /* state_init never takes more */
void state_put(state *s, int person, int need);
void state_take(state *s, int person, int need);
void state_undo(state *s, int mark); /* back to log_count == mark */
bool state_room(const state *s, int changes); /* the log has room for so many */
void state_load(state *s, const roster_duty *duties, size_t count); /* instead of what is there */
size_t state_save(const state *s, roster_duty *out); /* by need, then person */

/* state_rules.c: first rule that keeps p from n; why may be null. Pairs and not_alone (level 0) are not asked. */
roster_reason state_block(const state *s, int person, int need, roster_why *why);
/* Of a counter's reason for n, does the own duty m count? Without those that do, that reason is gone. */
bool state_counts(const state *s, int need, int m, roster_reason r);
bool state_works(const state *s, int person, int day, int kind);

/* state_cost.c. A rise is added to the cost given; state.cost itself stays. */
void state_cost_first(state *s); /* of nobody anywhere */
void state_cost_need(const state *s, int need, int sign, roster_cost *rise);
void state_cost_person(const state *s, int person, int need, int sign, roster_cost *rise); /* all but together */
int64_t state_cost_together(const state *s, int person, int need); /* breaches of that day and kind */
/* What it would cost if out left the need and in came; -1: nobody. Not for people with a partner who must come along. */
void state_rise(const state *s, int need, int out, int in, roster_cost *rise);
#define AT(s, p, n) ((size_t)(p) * (size_t)(s)->needs + (size_t)(n))
#define AT_DAY(s, p, d) ((size_t)(p) * (size_t)(s)->days + (size_t)(d))
#define AT_WEEK(s, p, w) ((size_t)(p) * (size_t)(s)->weeks + (size_t)(w))
#define AT_WORKED(s, p, d) ((size_t)(p) * (size_t)((s)->days + STATE_PAST_DAYS + 1) + (size_t)((d) + STATE_PAST_DAYS))
#define AT_NIGHT(s, p, d) ((size_t)(p) * (size_t)((s)->days + 12) + (size_t)((d) + 6))
#endif
