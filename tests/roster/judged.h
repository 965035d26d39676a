/* The slow plain judge finds nothing broken and the same cost, level by level. */
#ifndef MUSTER_TESTS_ROSTER_JUDGED_H
#define MUSTER_TESTS_ROSTER_JUDGED_H
#include "check.h"
#include "roster/roster.h"

static inline void assert_judged(arena *a, const roster_problem *p, const roster_duty *duties, size_t count,
                                 const roster_cost *cost)
{
    roster_violations v;
    roster_cost judged = roster_check(a, p, duties, count, &v);
    assert_int_equal(v.broken, 0);
    for (int i = 0; i < ROSTER_LEVELS; i++)
        assert_int_equal(judged.at[i], cost->at[i]);
}
#endif
