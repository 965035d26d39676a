/*
 * solve: a team's roster worked out for a limited time, here or in a process of its own (muster worker solve), where
 * neither a crash nor a long run touches anything else.
 * On the way out: lines "p STEPS MISSING" of the best so far, at last one line of JSON, the arguments of roster.draft.
 * On the way in: one line of team_problem_write; when the pipe is closed the worker stops and hands over its best.
 */
#ifndef MUSTER_JOB_SOLVE_H
#define MUSTER_JOB_SOLVE_H
#include "job/team_problem.h"

typedef struct solve_limits {
    int64_t (*clock)(void); /* ms; looked at between portions only, so that seed and steps give the same again */
    int64_t seconds;
    int64_t steps; /* 0: no limit of them */
    uint64_t seed;
    bool (*go_on)(void *of, int64_t steps, size_t missing); /* every 200 ms; false: enough, take the best. May be null */
    void *of;
} solve_limits;
/* The line of JSON: {"lines":[...],"gaps":[...],"cost":"0 1 ...","steps":n,"missing":n}. */
err *solve_here(team_problem *b, const solve_limits *l, str *out);

/* The worker's side: reads from one descriptor, writes to another. */
err *solve_work(arena *a, int from, int to, int64_t (*clock)(void));

/* The other side: the worker is this program, or `program`. It is given up 30 s after its time, or when go_on says
   false and it does not end within 10 s; then ERR_WORKER, as when it dies. */
err *solve_away(team_problem *b, const char *program, const solve_limits *l, str *out);
#endif
