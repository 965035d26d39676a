/*
 * serve_jobs: background work while the server runs: a thread for rosters, one for files to be read in, one for all the
 * rest, which also looks each minute at what is due by the clock and hands prepared messages to their channels.
 */
#ifndef MUSTER_CLI_SERVE_JOBS_H
#define MUSTER_CLI_SERVE_JOBS_H
#include "job/job.h"

typedef struct serve_jobs serve_jobs;
typedef struct serve_jobs_options {
    app *app;
    int64_t (*clock)(void);
    const char *db; /* files are made in the folder `files` beside it */
    const char *uploads; /* where files wait to be read in, and what that folder is called; null: none do */
    str home;
    words_lang lang;
    void (*log)(str lines);
} serve_jobs_options;
serve_jobs *serve_jobs_begin(arena *a, const serve_jobs_options *o);
/* What is under way stops and goes back to the queue. Returns when the threads have ended. */
void serve_jobs_end(serve_jobs *s);
#endif
