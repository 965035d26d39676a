/*
 * teams: the rosters of many teams worked out at once, on the cores there are. Their steps are one budget: it is dealt
 * out in rounds by the size of a team, twice as much where people are missing, and a team that has come to rest leaves
 * its share to the others. What a team is given depends on rosters alone, never on cores or clocks: the same problems,
 * seeds and steps give the same bytes.
 */
#ifndef MUSTER_JOB_TEAMS_H
#define MUSTER_JOB_TEAMS_H
#include "roster/roster.h"

typedef struct teams_work {
    roster_solver *solver; /* begun by the caller, so all memory is taken */
    size_t size;           /* needs of the team, say */
    /* made */
    uint64_t given;        /* steps */
    bool rests;            /* nothing left to gain, or nothing gained in some rounds of its search */
    roster_cost cost;
} teams_work;

typedef struct teams_limits {
    uint64_t steps;            /* of all teams together */
    int workers;               /* threads; 0: one for each core */
    bool (*go_on)(void *of);   /* asked by the calling thread again and again; false: enough. May be null */
    void *of;
} teams_limits;

/* Each solver holds its best afterwards. */
void teams_solve(teams_work *teams, size_t count, const teams_limits *l);
#endif
