/* job_paper: the papers and sheets that are asked for as background jobs; see command/job.h for their kinds. */
#ifndef MUSTER_CLI_JOB_PAPER_H
#define MUSTER_CLI_JOB_PAPER_H
#include "job/job.h"

/* Into FOLDER/ID/NAME; *name is the name. A job of another kind: nothing is made. What is on it is read, and telephones are
   asked for, as the person who asked. */
err *job_paper_make(arena *a, app *p, const job *j, int64_t now, const char *folder, str *name);
#endif
