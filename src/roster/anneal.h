/*
 * anneal: simulated annealing for rosters of at most one duty a day whose rules of a line are all soft
 * (roster_person.soft), as week-by-week planning has them. Days are changed and exchanged in blocks; what may never be
 * is never done, what is missing below a minimum is dear; levels 2 and 4 are not searched for. Other problems go to roster_solve_begin.
 * It cools once over a planned number of steps: same problem, seed, plan and steps, same roster. All memory is taken
 * from the arena at begin.
 */
#ifndef MUSTER_ROSTER_ANNEAL_H
#define MUSTER_ROSTER_ANNEAL_H
#include "roster/roster.h"

typedef struct roster_annealer roster_annealer;
bool roster_anneal_fits(const roster_problem *p);
roster_annealer *roster_anneal_begin(arena *a, const roster_problem *p, uint64_t seed);
/* So many steps in all; whoever has a time and not a number of steps corrects it as the clock goes. */
void roster_anneal_plan(roster_annealer *s, uint64_t steps);
void roster_anneal_step(roster_annealer *s, uint64_t steps); /* a step is some thousand tries */
uint64_t roster_anneal_steps(const roster_annealer *s);
/* The best so far; it lives in the annealer and is overwritten by the next call. */
const roster_solution *roster_anneal_best(roster_annealer *s);
#endif
