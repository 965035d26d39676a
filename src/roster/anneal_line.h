/*
 * anneal_line: what the lines of people with soft rules cost, and how much more a change of a few days would. A changed
 * line is walked from the first changed day to where it is in the same state as before, so the length of the horizon
 * does not matter. The roster itself (person x day: need or -1) is the caller's and is read where it lies.
 */
#ifndef MUSTER_ROSTER_ANNEAL_LINE_H
#define MUSTER_ROSTER_ANNEAL_LINE_H
#include "roster/roster.h"

enum { ANNEAL_NEVER = 1 << 28 /* a line that may not be */, ANNEAL_RUN_MAX = 60000 };

typedef struct anneal_lines anneal_lines;
/* x is empty as yet. */
anneal_lines *anneal_lines_begin(arena *a, const roster_problem *p, const int *x);
/* What an empty line costs. */
int anneal_line_empty(const anneal_lines *l, int person);
/* Days from..to-1 of x are new, old says what they were: what they cost more, or ANNEAL_NEVER. */
int anneal_line_rise(const anneal_lines *l, int person, int from, int to, const int *old);
/* The same once it is decided that they stay. */
void anneal_line_keep(anneal_lines *l, int person, int from, int to, const int *old);
#endif
