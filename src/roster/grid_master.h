/*
 * grid_master: the linear programme over whole lines. Each of some people mixes lines, the mix covers the needs, and
 * what is missing or too much costs; lines are priced by grid_line, so all of them take part without being listed.
 * Primal simplex with a dense inverse, begun from the roster at hand (Dantzig and Wolfe 1960; for rosters see
 * Strandmark, Qu and Curtois 2020). Its duals are the prices of needs, its value is a lower bound once no line is
 * cheaper, and rounding it person by person gives rosters.
 */
#ifndef MUSTER_ROSTER_GRID_MASTER_H
#define MUSTER_ROSTER_GRID_MASTER_H
#include "roster/grid_line.h"

typedef struct grid_master {
    const grid *g;
    grid_line *w;
    luck *luck;
    int room;              /* rows there is memory for */
    int rows, count;       /* rows of people of this programme, then of cover */
    int *who;              /* per person row */
    bool *fixed;           /* per person row: one line alone */
    int *cover_at;         /* per cover row: day x option */
    int *cover_row;        /* day x option: its row, or -1 */
    double *inverse;       /* rows x rows */
    double *value, *dual, *entering;
    double *basic_cost;
    int *basic;            /* per row: a line of the pool, or SLACK of a cover row */
    uint8_t *pool;         /* lines x days */
    double *line_cost;
    int *line_owner;       /* person row */
    int *spare, spare_count;
    uint8_t *recent;       /* person x RECENT x days: lines that were priced lately, tried before new ones are made */
    double *recent_cost;   /* by themselves */
    int *recent_count;     /* per person, ever */
    double *dual_at;       /* day x (1 + option), 0 for a free day */
    struct {               /* a place to come back to */
        double *inverse, *value, *dual, *basic_cost, *line_cost;
        int *basic;
        bool *fixed;
    } saved;
    bool *needed;          /* per line of the pool: the saved place needs it */
    double *wanted;        /* per cover row, with what the others cover taken off */
    int64_t outside;       /* cost of what no line of these people changes */
    uint64_t pivots;
    double bound;          /* so far */
    int bound_calls;
    int64_t line_bound;    /* the best of the person at hand, fine units */
} grid_master;

bool grid_master_fits(const grid *g);  /* are there only costs under and over a target? */
size_t grid_master_rows(const grid *g);
size_t grid_master_memory(const grid_sizes *z); /* grid_master_init never takes more */
void grid_master_init(arena *a, grid_master *m, const grid *g, grid_line *w, luck *l);
/* The people as they stand in the grid are the first solution; what the others cover is taken as given. */
void grid_master_begin(grid_master *m, const int *people, int count);
/* One round of pricing over the people; how much the programme may still be above its optimum, in cost. */
double grid_master_round(grid_master *m);
double grid_master_cost(const grid_master *m);
/*
 * A lower bound at the duals of now, in m->bound: no roster with the others unchanged costs less. Begin, then a piece of
 * work with each next, until it is false; far below 0 where nothing is known.
 */
void grid_master_bound_begin(grid_master *m);
bool grid_master_bound_next(grid_master *m);
void grid_master_save(grid_master *m);
void grid_master_restore(grid_master *m);
/*
 * Fixes the person whose mix is nearest to one line (by luck among near ones), and
 * whoever is at it already; not those who are shunned (null: nobody is). The person's row; -1: nobody is left.
 */
int grid_master_fix(grid_master *m, const bool *shunned);
bool grid_master_done(const grid_master *m); /* all are fixed */
const uint8_t *grid_master_line(const grid_master *m, int row); /* the heaviest line of a person row */
#endif
