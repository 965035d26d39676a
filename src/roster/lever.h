/*
 * lever: what would fill a place at a short need, tried on the roster itself: one rule eased, one person put there, with up
 * to two others moving on before. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_LEVER_H
#define MUSTER_ROSTER_LEVER_H
#include "roster/state.h"

enum { NEW_PEOPLE = 2 };
typedef struct lever_search {
    const roster_problem *p;
    roster_explain_options options;
    roster_problem eased;
    roster_person *people; /* eased's, to be written; the last NEW_PEOPLE are new ones, in nobody's way */
    state s;               /* the roster */
    bool hours;            /* moved hours can be tried: nothing else hangs on kinds */
    bool *seen;            /* per need: a place was moved there */
    uint64_t steps, steps_max, need_steps_max;
    /* of the need at hand */
    roster_explanation *e;
    roster_cost before, before_all; /* of the state; with the lower ends */
    roster_lever eases;    /* the rule eased just now */
    int log_from;          /* where the witness begins in the log of the state */
    int64_t rise[ROSTER_LEVERS_MAX + 1];
} lever_search;

void lever_begin(arena *a, lever_search *l, const roster_problem *p, const roster_solution *s,
                 const roster_explain_options *options);
void lever_find(lever_search *l, roster_explanation *e); /* the ledger and the verdict stand there already */
#endif
