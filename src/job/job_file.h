/* job_file: the file a job has made, for whoever asked for it, or may see that team's background work. */
#ifndef MUSTER_JOB_JOB_FILE_H
#define MUSTER_JOB_JOB_FILE_H
#include "command/app.h"

typedef struct job_file {
    const char *path;
    str name;         /* to show and to save it under */
    const char *type; /* of its content */
} job_file;
/* ERR_NOT_FOUND: none there, or none for him; ERR_CONFLICT: not made yet, or it could not be made. */
err *job_file_find(app *p, arena *a, int64_t actor, int64_t now, int64_t job, const char *folder, job_file *out);
#endif
