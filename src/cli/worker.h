/*
 * worker: PDFs made in child processes (muster worker print), a few at once: a fault of a font library takes
 * nothing else with it.
 */
#ifndef MUSTER_CLI_WORKER_H
#define MUSTER_CLI_WORKER_H
#include "base/words.h"
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

/* Starts printing to d->path, once one of the workers is free. Ctrl-C was pressed: ERR_INTERRUPTED. */
err *worker_print(arena *a, words_lang lang, workers *w, const print_document *d);
/* Until only so many are left; the first failure. */
err *workers_wait(arena *a, workers *w, size_t left);
/* All of them, each worker printing many: loading the fonts takes longer than a page. Waits for the end. */
err *worker_print_many(arena *a, words_lang lang, const print_document *list, size_t count);
err *worker_interrupted(arena *a);
#endif
