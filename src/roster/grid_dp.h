/*
 * grid_dp: the dynamic programme below grid_line. Over the days of the window, with the phase of the automaton as
 * the state, and the units of the resource, the groups worked and one kind's duties where they are counted. A lean
 * one counts no units: they and the kinds have prices, so amounts and caps are left to the caller.
 */
#ifndef MUSTER_ROSTER_GRID_DP_H
#define MUSTER_ROSTER_GRID_DP_H
#include "roster/grid_line.h"

/* What the window leaves: least and most units, groups; the days outside are as in the grid. */
void grid_dp_frame(grid_line *w, int person, int from, int to);
/* The cheapest line in w->line, its price in w->cost; false: there is none. Caps of kinds are not looked at. */
bool grid_dp_cheapest(grid_line *w, int person, int from, int to);
/* What a day brings to the groups: 1 for one more worked; adds the price of one worked in part. */
int grid_dp_group(const grid_line *w, const grid_person *q, int day, bool worked_before, bool works, int32_t *cost);

/* A kind's duties become part of the state (units are counted too), where memory and most allow it. */
bool grid_dp_count(grid_line *w, int person, int kind, int most);
void grid_dp_count_nothing(grid_line *w);

/* The kind that is over its cap by the line of the window, and by how many; -1: none is. */
int grid_dp_over_cap(const grid_line *w, int person, int *over);
/* So many of the days on which the line has the kind are closed to it, the dearest first. */
void grid_dp_forbid(grid_line *w, int kind, int over);
#endif
