/*
 * plan_bench: muster itself, but each phase of `muster plan` and `muster demo` says on standard error how long it took and how much memory
 * the process and the largest of its children had used by then. The linker puts these between (--wrap, see Makefile), so
 * that the product holds no clock for it. Called by bench/run.sh.
 */
#include "cli/demo.h"
#include "cli/plan.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long peak_kb(int who)
{
    struct rusage used;
    getrusage(who, &used);
    return used.ru_maxrss;
}

static void tell(const char *phase, double from)
{
    fprintf(stderr, "phase %s %.3f %ld %ld\n", phase, now() - from, peak_kb(RUSAGE_SELF) / 1024,
            peak_kb(RUSAGE_CHILDREN) / 1024);
}

#define PHASE(type, name) \
    err *__real_##name(type *p); \
    err *__wrap_##name(type *p); \
    err *__wrap_##name(type *p) \
    { \
        double from = now(); \
        err *e = __real_##name(p); \
        tell(#name, from); \
        return e; \
    }

PHASE(plan, plan_read)
PHASE(plan, plan_store)
PHASE(plan, plan_place)
PHASE(plan, plan_needs)
PHASE(plan, plan_rosters)
PHASE(plan, plan_print)
PHASE(demo, demo_commanders)
PHASE(demo, demo_city)
PHASE(demo, demo_people)
PHASE(demo, demo_roles)
PHASE(demo, demo_place)
PHASE(demo, demo_order)
PHASE(demo, demo_teams)
PHASE(demo, demo_plan)
PHASE(demo, demo_duty)
PHASE(demo, demo_after)
