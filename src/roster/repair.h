/*
 * repair: the exhaustive search for the fewest person-days to change. It tries to fill what is lost by whoever is free,
 * by moving somebody who is then replaced, and so on, up to a number of changed person-days. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_REPAIR_H
#define MUSTER_ROSTER_REPAIR_H
#include "roster/state.h"

typedef struct repair_score {
    int64_t rules, lost;
    int days;         /* changed person-days */
    roster_cost cost;
} repair_score;

typedef struct repair {
    const roster_problem *p;
    state s, base;            /* base: as it was when the search began */
    uint8_t *was;             /* person x need: stood there before */
    int *diff;                /* person x day: duties that are others than before */
    int *want;                /* per need: people to be had there */
    bool *given;              /* per need: left as it is */
    int *able, *able_from;    /* per need: people without an absolute block */
    int *free, *free_count;   /* per need, from able_from on: free in the roster the search began with; -1: not known */
    int *touched, touched_count; /* people changed since, some of them twice */
    int *changed, changed_count; /* people with changed days when the search began */
    int days_back;            /* duties lost before it that could come back: changed days become fewer by no more */
    int *gap, gap_count;      /* needs that were lost when the search began */
    repair_score now, best;
    roster_duty *found;
    size_t found_count;
    int64_t given_lost;       /* by what is given */
    int limit;                /* changed person-days at most */
    uint64_t steps, steps_max;
} repair;

/* want: filled by the caller. s: loaded, and what stood before noted in was and diff. */
void repair_begin(arena *a, repair *x, const roster_problem *p);
void repair_put(repair *x, int person, int need);
void repair_take(repair *x, int person, int need);
void repair_undo(repair *x, int mark);
/* From here on, the best with at most limit changed person-days; given needs are left alone. False: cut short. */
bool repair_search(repair *x, int limit);
void repair_restart(repair *x); /* what stands now is where the next search begins, and the best so far */
int repair_compare(const repair_score *a, const repair_score *b);
#endif
