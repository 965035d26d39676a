/* grid_search: the search over whole lines; what roster.c sees of the grid. Inside of src/roster only. */
#ifndef MUSTER_ROSTER_GRID_SEARCH_H
#define MUSTER_ROSTER_GRID_SEARCH_H
#include "roster/engine.h"

void grid_begin(arena *a, roster_solver *s);
/* One small piece of work: a line built, some hundred exchanges and a rebuilt line, or a round of pricing. */
void grid_step(roster_solver *s);
size_t grid_best(roster_solver *s, roster_duty *out); /* by need, then person */
#endif
