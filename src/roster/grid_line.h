/*
 * grid_line: the cheapest days from..to-1 of one person at given prices, by dynamic programming over the days:
 * phase of the automaton, units of the resource, groups worked. All rules of the line hold in the result.
 * A kind whose cap the cheapest line breaks becomes part of the state; for a second such kind the dearest days of
 * it are forbidden, which may miss the best line but never breaks a cap.
 */
#ifndef MUSTER_ROSTER_GRID_LINE_H
#define MUSTER_ROSTER_GRID_LINE_H
#include "roster/grid.h"

typedef struct grid_bundle { /* kinds of the same class and length lead to the same state */
    int symbol, units;
} grid_bundle;

typedef struct grid_trail { /* a line, and units, groups, phase and price after each of its days */
    bool known;
    uint8_t *line;
    int *units, *groups, *phase;
    int64_t *cost;
} grid_trail;

typedef struct grid_line {
    const grid *g;
    size_t room;    /* values there is memory for */
    int32_t *value; /* day x phase x groups x units */
    bool *live;     /* day x phase x groups */
    int32_t *price; /* day x option, in fine units, of the window */
    grid_bundle *bundles;
    int bundle_count, *kind_bundle;
    int32_t *cheapest;   /* day x (1 + class before) x bundle */
    uint8_t *choice;     /* the option of it, + 1 */
    int32_t *penalty;    /* person x kind, fine units, where penal */
    int32_t *unit_price; /* per person, fine units of one unit of the resource, where lean */
    grid_trail trail[2]; /* lean lines with too little and too much */
    int8_t *watched;     /* per person: the kind that is counted for grid_line_priced, or -1 */
    bool penal, lean;
    uint8_t *kept;
    int64_t *suffix; /* per phase: what the days after the window cost more */
    int phases_max;
    uint8_t *line;
    int64_t cost; /* of the last line, in fine units, with the soft costs of steps and amounts */
    /* of the current window */
    bool grouped;          /* groups are part of the state */
    int counted, cap_room; /* the kind whose number is part of the state, or -1; how many and 1 are left */
    bool building;         /* days after the window are still empty: amounts in proportion, */
    int leeway;            /* give or take so many of the longest kind */
    int from, to, unit_room, group_room, units_out, groups_out, least, most;
} grid_line;

enum { GRID_LINE_DAYS = 90 }; /* most days of a window */

size_t grid_line_memory(const grid_sizes *z); /* grid_line_init never takes more */
void grid_line_init(arena *a, grid_line *w, const grid *g);
/* The longest window from a day on that memory and the way of groups allow; at least 7 days. */
int grid_line_end(const grid_line *w, int person, int from, int to);
/* Prices in w->price for days from..to-1. False: no line. The window must not cut a group of days. */
bool grid_line_best(grid_line *w, int person, int from, int to);
/*
 * A good line rather than the best, the longer the window the faster: units and kinds with caps are priced instead
 * of counted, and the prices are learnt from call to call. Windows may be of any length. Not for people whose
 * amounts have a soft cost. False: none was found in a few tries.
 */
bool grid_line_lean(grid_line *w, int person, int from, int to);
/*
 * The same for the whole horizon with the caps priced too (Lagrange; the penalties are kept from call to call):
 * a good line within the caps, its price in w->cost, and what no such line is cheaper than, both in fine units.
 */
bool grid_line_priced(grid_line *w, int person, int64_t *bound);
#endif
