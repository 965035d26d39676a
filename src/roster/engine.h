/*
 * engine: what the two searches share. search.c moves duties of a team roster; grid_search.c rebuilds whole
 * lines of people where lower ends (minutes, runs, free days) or soft rules must hold. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_ENGINE_H
#define MUSTER_ROSTER_ENGINE_H
#include "base/luck.h"
#include "roster/state.h"

typedef struct grid_work grid_work;
typedef struct search_work search_work;

struct roster_solver {
    const roster_problem *p;
    state s;
    luck luck;
    uint64_t steps;
    roster_duty *best;
    size_t best_count;
    roster_cost best_cost;
    roster_duty *shown;
    roster_solution out;
    uint64_t cycle_at, cycle_length; /* annealing: one cycle cools from hot to cold */
    int idle_cycles;                 /* since the best was last improved */
    bool improved, strict;
    int *day_need, *day_from;        /* needs by day */
    grid_work *grid;                 /* null: search.c */
    int64_t bound_burden;            /* of level 5, -1: not known */
    search_work *search;
};

/* The levels in one number to steer by. Soft lets a higher level pay for a lower one, which leads across
 * barriers; strict keeps their order for what one move can change. The search takes turns. */
int64_t engine_pack(const roster_cost *c);
int64_t engine_pack_strict(const roster_cost *c);
int64_t engine_heat(const roster_solver *s, int64_t hottest); /* of this moment of the cycle, times 1024 */
bool engine_accepts(roster_solver *s, int64_t rise, int64_t heat);
void engine_note_best(roster_solver *s); /* keeps the state if its vector is better */
bool engine_cycle_next(roster_solver *s); /* counts a step; true when a cycle ended */

void search_begin(arena *a, roster_solver *s); /* the first roster is made by the first steps */
void search_step(roster_solver *s);
bool search_building(const roster_solver *s);  /* then the state is the best there is, and gets no worse */
void lead_choose(const roster_problem *p, roster_duty *duties, size_t count);
#endif
