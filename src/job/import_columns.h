/*
 * import_columns: what the columns of a file mean, as people said: remembered for each set of headers (column_choice), and
 * given with this very import. Looked up by import_read; whoever writes remembers what was given.
 */
#ifndef MUSTER_JOB_IMPORT_COLUMNS_H
#define MUSTER_JOB_IMPORT_COLUMNS_H
#include "job/import.h"

/* One that is given: the header as written (without a header: B or 2), the field by its label in any language, by its name, or the word for "not read". */
struct import_column {
    str label, field;
    bool used; /* some file has a column so called */
};

/* What is remembered, for the tables of m->content. */
err *import_columns_load(import *m);
/* What is given with m, for each table of the kind that has such a header, also one nobody would take for a header. ERR_USAGE: no such field. */
err *import_columns_give(import *m);
/*
 * What was given is remembered; of a page without a header, whose columns go by letters or numbers, only where its
 * contents bear out every column: then another table of as many columns that look alike is read alike.
 */
err *import_columns_keep(import *m);
bool import_columns_once(const import *m, const sheet_table *t); /* what was said of it counts for this import alone */
/* The hash of a file is of what its columns were chosen to mean too: with another meaning it is another file. */
void import_columns_mark(import *m);
#endif
