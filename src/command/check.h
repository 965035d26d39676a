/*
 * check: whether everything in the database is as it was written: the chain of each lane, the seals over them,
 * foreign keys and, for SQLite, the file itself. Reads only.
 */
#ifndef MUSTER_COMMAND_CHECK_H
#define MUSTER_COMMAND_CHECK_H
#include "command/app.h"

enum { CHECK_FINDINGS_MAX = 20 };

typedef struct check_report {
    int64_t rows, seals; /* looked at */
    str last_seal;       /* the short form; empty: none */
    err *findings[CHECK_FINDINGS_MAX]; /* the first ones; each names its row */
    size_t count;
} check_report;
/* printed: the short form of a seal that was kept elsewhere, looked for among the seals; may be empty. */
err *app_check(app *p, arena *a, str printed, check_report *out);
#endif
