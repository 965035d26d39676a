/* roster_lp: a problem of the public form shift24 as a linear model with whole numbers, for a MIP solver to compare with. */
#ifndef MUSTER_BENCH_ROSTER_LP_H
#define MUSTER_BENCH_ROSTER_LP_H
#include "roster/roster.h"

#include <stdio.h>

/* In the LP format; the objective is level 5. */
void roster_lp(FILE *to, const roster_problem *p);
#endif
