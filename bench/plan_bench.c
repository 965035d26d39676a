/*
 * plan_bench: muster itself, but each phase of `muster plan` says on standard error how long it took and how much memory
 * the process and the largest of its children had used by then. The linker puts these between (--wrap, see Makefile), so
 * that the product holds no clock for it. Called by bench/run.sh.
 */
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

#define PHASE(name) \
    err *__real_##name(plan *p); \
    err *__wrap_##name(plan *p); \
    err *__wrap_##name(plan *p) \
    { \
        double from = now(); \
        err *e = __real_##name(p); \
        tell(#name, from); \
        return e; \
    }

PHASE(plan_read)
PHASE(plan_store)
PHASE(plan_place)
PHASE(plan_needs)
PHASE(plan_rosters)
PHASE(plan_print)
