/*
 * job: the loop that works background jobs off, in three steps: take one (a command), work at it (no transaction, no
 * store held), settle it (a command). Threads of `muster serve` run loops; a test calls job_step one by one and may stop
 * between any two: what was taken is taken again once its lease has run out.
 * Not for several threads at once; several loops, also of other processes, may work on one database.
 */
#ifndef MUSTER_JOB_JOB_H
#define MUSTER_JOB_JOB_H
#include "command/job.h"

#include <stdatomic.h>

/* Makes the file of a job that wants one, at `path`; its name to show goes to *name. Registered by the cli. */
typedef err *job_maker(arena *a, app *p, const job *j, int64_t now, const char *folder, str *name);

typedef struct job_options {
    app *app;
    int64_t (*clock)(void); /* ms UTC */
    int which;              /* 0: the quick ones; 1: rosters; 2: files to be read in; -1: any */
    bool here;              /* rosters are worked out in this process, `steps` long: for tests */
    int64_t steps;
    const char *program;    /* null: a worker is this program again */
    const char *files;      /* where files are made; null: none are */
    const char *uploads;    /* where files wait to be read in, and what that folder is called; null: none do */
    str home;
    job_maker *make;
    const atomic_bool *stop; /* the program ends: what is under way goes back to the queue. May be null */
} job_options;

typedef struct job_loop job_loop;
job_loop *job_loop_open(arena *a, const job_options *o); /* closed with the arena; what was taken and not settled is left to its lease */

typedef enum job_stage { JOB_IDLE, JOB_TAKEN, JOB_WORKED } job_stage;
job_stage job_loop_stage(const job_loop *l);
/* One step. *did: something was done. An error is of the store or machine; the next step tries again. */
err *job_step(job_loop *l, arena *a, bool *did);

/* Writes down what is due by the clock: check-outs that were forgotten, silence to be shown one level up, reminders. */
err *job_plan_due(app *p, arena *a, int64_t now);
/* What ended longer than JOB_KEPT_MS ago goes, its file first: files hold names and telephones. */
err *job_forget_old(app *p, arena *a, int64_t now, const char *files);
/* Runs the command of a job that is due by the clock, until it has nothing left to do; *known: it is such a kind. */
err *job_run_due(app *p, arena *a, const job *j, int64_t now, bool *known);
/* A command as the loop runs it. */
err *job_command(app *p, arena *a, int64_t now, words_lang lang, int64_t actor, const char *command, const named *args, str *result);
#endif
