/*
 * import_issuer: whose list a file of people is, who says so, and whether such a unit is known.
 */
#ifndef MUSTER_JOB_IMPORT_ISSUER_H
#define MUSTER_JOB_IMPORT_ISSUER_H
#include "job/import.h"

typedef struct import_issuer {
    str name; /* empty: nobody says it */
    sheet_said_in where;
    bool known;
    sheet_list near; /* the units called nearly so, if it is not known */
} import_issuer;
/* Of the first table of people; of another kind of file nobody. */
err *import_issuer_of(import *m, import_issuer *out);
/* One that a person said is a unit there is, or like none: else a slip of the pen would become a unit. ERR_INPUT, naming the nearest. */
err *import_issuer_check(import *m);
/* "取自标题" */
str import_issuer_where(const import *m, const import_issuer *of);
str import_issuer_near(const import *m, const import_issuer *of); /* the nearest in one line */
#endif
