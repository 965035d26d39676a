/*
 * rosters: made-up roster problems as teams have them, for tests and for bench/: several duties a day at several posts,
 * a night that nobody stands alone, skills, leads, pairs, wishes, ways, limits, history, blocks, locks, and on request
 * a published roster. Same shape and seed, same problem. Nothing in it is a real place or person.
 */
#ifndef MUSTER_TESTS_ROSTERS_H
#define MUSTER_TESTS_ROSTERS_H
#include "roster/roster.h"

typedef struct rosters_shape {
    int people, days, posts;
    int away;        /* of 100 needs a person cannot come to, about; 30 is usual, 60 leaves gaps */
    bool published;  /* a roster stands already, the first half of it told */
    uint64_t seed;
} rosters_shape;

/* Posts wanted by so many people so that nearly all of it can be filled. */
int rosters_posts(int people);
/* The problem passes roster_check_problem. */
roster_problem *rosters_team(arena *a, const rosters_shape *shape);

enum { ROSTERS_CITY_TEAMS = 46 };
/* Team i of a city: 8 to 60 people, 14 days, some of them badly off. */
rosters_shape rosters_city(int i, uint64_t seed);
#endif
