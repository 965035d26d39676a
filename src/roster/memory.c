/* What a search takes at its beginning; it takes nothing later. */
#include "roster/grid.h"
#include "roster/search.h"

size_t roster_memory(const roster_problem *p)
{
    enum { SPARE = 1024, BLOCK = 1 << 18 };
    size_t duties = 0;
    for (size_t n = 0; n < p->need_count; n++)
        duties += (size_t)p->needs[n].limit < p->person_count ? (size_t)p->needs[n].limit : p->person_count;
    size_t search = grid_wanted(p) ? grid_memory(p) : state_memory(p) + search_memory(p);
    size_t sum = sizeof(roster_solver) + search +
                 2 * (duties + p->need_count + 1) * sizeof(roster_duty) +
                 (p->need_count + (size_t)p->day_count) * sizeof(int) + SPARE;
    return 2 * sum + BLOCK; /* what an arena leaves unused of a block is less than what then did not fit, but for the last */
}
