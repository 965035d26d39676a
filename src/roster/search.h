/*
 * search: the search over single duties, for teams whose people stand several duties a day. Inside of src/roster only.
 * search.c makes a first roster and cools; search_moves.c holds the moves. Upper ends and absolute blocks hold at
 * every moment; level 0 never rises but in a lenient cycle, where it has its price.
 */
#ifndef MUSTER_ROSTER_SEARCH_H
#define MUSTER_ROSTER_SEARCH_H
#include "roster/engine.h"

typedef enum search_stage { SEARCH_PUBLISHED, SEARCH_FILL, SEARCH_COOL } search_stage;

struct search_work {
    int *able, *able_from;     /* per need: people without an absolute block */
    int *may, *may_from;       /* per person: needs likewise */
    int *unit_need, *unit_from, *unit_of, unit_count; /* needs of one day and kind: partners come together within */
    int *asked, *asked_from;   /* per need: people published there */
    int *order;                /* needs, the scarcest first */
    search_stage stage;
    int at;                    /* of the stage */
    int64_t weight[ROSTER_LEVELS]; /* of this cycle */
    bool lenient;              /* of this cycle: so that two can come one after the other where nobody may stand alone */
    int priority_most;
    int64_t heat;              /* of this moment, times 1024 */
};

size_t search_memory(const roster_problem *p); /* search_begin never takes more */
int64_t search_pack(const search_work *w, const roster_cost *c);
/* p to n where every rule allows it, with whoever must come along. False: nothing changed. */
bool search_put(roster_solver *s, int person, int need);
/* p away from n, with whoever would be left against a rule. False: nothing changed. */
bool search_take(roster_solver *s, int person, int need);
/* One move, taken or taken back by the heat. */
void search_move(roster_solver *s);
#endif
