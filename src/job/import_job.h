/*
 * import_job: a file that waits in the folder of uploads, written in the background by the commands of an import, as the
 * person who asked. Stopped or killed between any two of them, a second run finds what is there and finishes it.
 */
#ifndef MUSTER_JOB_IMPORT_JOB_H
#define MUSTER_JOB_IMPORT_JOB_H
#include "command/job.h"

typedef struct import_job_how {
    const char *uploads; /* the folder */
    bool (*go_on)(void *of, int percent); /* asked before each command; false: stop there */
    void *of;
} import_job_how;
/* result: JSON of import, added, changed, same, placed, queued, given_up. Stopped: ERR_CONFLICT. */
err *import_job_run(arena *a, app *p, const job *j, int64_t now, const import_job_how *how, str *result);
void import_job_remove(arena *a, const job *j, const char *uploads);

/* Where a file waits: in its name stands whose it is, so another's token finds nothing. */
const char *import_kept_path(arena *a, const char *uploads, int64_t person, str token);
bool import_kept_token(str token); /* it may stand in such a name */
#endif
