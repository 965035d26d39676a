/*
 * job: background work as rows. A job is asked for or planned (once for each key), taken with a lease, worked at outside
 * every transaction, and settled by a command. A lease that ran out may be taken by another; the number of the attempt
 * says whose it is, and whoever lost it is refused (ERR_STALE). After JOB_ATTEMPTS_MAX it is parked and shown.
 */
#ifndef MUSTER_COMMAND_JOB_H
#define MUSTER_COMMAND_JOB_H
#include "command/command.h"

enum {
    JOB_ATTEMPTS_MAX = 3,
    JOB_LEASE_MS = 60000,
    JOB_AGAIN_MS = 10000, /* after a failure, times the attempts so far */
    SOLVE_SECONDS = 20, SOLVE_SECONDS_MAX = 300, SOLVE_DAYS_MAX = 31
};

#define JOB_KEPT_MS ((int64_t)30 * 86400000) /* after its end: row and file */

/* Something to take: quick (0), rosters (1), files to be read in (2), any (-1); what must run beside a folder of uploads only for
   that home. Changes nothing, so a loop may ask each second. */
err *app_job_due(app *p, arena *a, int64_t now, int which, str home, bool *due);
/* Its people want it stopped. */
err *app_job_cancelled(app *p, arena *a, int64_t job, bool *cancelled);

/* Something was planned with this key. */
err *app_job_planned(app *p, arena *a, str key, bool *planned);

/* Which ended longer ago than they are kept: as many ids as one job.forget takes. */
err *app_job_old(app *p, arena *a, int64_t now, rows *out);

typedef struct job {
    int64_t id, attempts;
    str kind, state, from_on, to_on, file;
    str body; /* JSON, of a kind that needs it */
    int64_t asked_by;                       /* 0: nobody but the clock, or whoever runs the machine */
    int64_t team_id, operation_id, noun_id; /* 0: none */
    int64_t seconds;
    bool cancel;
    words_lang lang;
} job;
err *app_job_find(app *p, arena *a, int64_t id, job *out); /* ERR_NOT_FOUND; asks nobody's rights */

/* In a command that brings the work's outcome: the job ends with it, or the whole is refused because the lease is lost. */
err *job_end(context *c, const args *a, int64_t roster); /* arguments job, attempt, steps?, missing? */
#endif
