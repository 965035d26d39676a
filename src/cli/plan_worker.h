/*
 * plan_worker: PDFs made in child processes (muster worker print), a few at once: a fault of a font library
 * takes nothing else with it.
 */
#ifndef MUSTER_CLI_PLAN_WORKER_H
#define MUSTER_CLI_PLAN_WORKER_H
#include "cli/plan.h"
#include "print/print.h"

#include <sys/types.h>

enum { WORKERS_MAX = 2 };

typedef struct worker {
    pid_t pid;
    const char *path;
} worker;
typedef struct workers {
    worker at[WORKERS_MAX]; /* oldest first */
    size_t count;
} workers;

/* Starts printing to d->path, once one of the workers is free. */
err *worker_print(plan *p, workers *w, const print_document *d);
/* Until only so many are left; the first failure. */
err *workers_wait(plan *p, workers *w, size_t left);
err *plan_interrupted(plan *p);
#endif
