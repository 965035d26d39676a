/*
 * import_row: keeps what each row of a file said and what became of it (the view import_row), by the commands
 * import.begin, import.rows and import.finish. The same file a second time is no second import.
 */
#ifndef MUSTER_JOB_IMPORT_ROW_H
#define MUSTER_JOB_IMPORT_ROW_H
#include "base/rows.h"
#include "sheet/records.h"

#include <jansson.h>

typedef struct import_record {
    sheet_origin from;
    bool repeats; /* another before it says the same */
    bool known;   /* of people: on the list already */
    int64_t noun; /* what it became; 0 where it is not one thing of the database */
} import_record;

typedef struct import_rows {
    /* given */
    arena *a;
    words_lang lang;
    sheet_kind kind;
    str hash; /* of the file's bytes */
    str bytes_hash; /* of those before they were mended; empty: as hash */
    const sheet_file *content;
    const sheet_troubles *troubles;
    const import_record *records;
    size_t record_count;
    err *(*command)(void *of, const char *name, const named *args, json_t **result); /* result may be null */
    void *of;
    /* of import_rows_begin */
    int64_t id;
    bool same; /* this file was read in before: nothing is kept again */
} import_rows;
sheet_kind import_kind_named(str name); /* SHEET_KIND_COUNT: of none */
extern const char *const import_kinds[]; /* of sheet_kind: what an import is called; null: none of it */

err *import_rows_begin(import_rows *r);
err *import_rows_keep(import_rows *r); /* all rows, and the end of it */
#endif
