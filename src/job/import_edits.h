/*
 * import_edits: the cells a person mended in a file that waits, and what was said of it alone. They lie beside it (PATH.edits, JSON) and are applied
 * whenever it is read, so the file itself stays as it was sent.
 */
#ifndef MUSTER_JOB_IMPORT_EDITS_H
#define MUSTER_JOB_IMPORT_EDITS_H
#include "job/import_columns.h"
#include "sheet/amend.h"

enum { IMPORT_EDITS_MAX = 2000, IMPORT_EDIT_MAX_BYTES = 2000 /* of one cell */ };
typedef struct import_edits {
    LIST(sheet_edit) list;
    LIST(import_column) columns; /* what is said of this file alone */
    str issuer;                  /* whose list it is; empty: as it says itself */
    str bytes; /* as kept; part of what the file is */
} import_edits;

const char *import_edits_path(arena *a, const char *path);
/* None kept is no error. */
err *import_edits_read(arena *a, const char *path, import_edits *out);
/* Of one cell the last edit counts. Too many, or a text too long: ERR_LIMIT, and what was kept stays. */
err *import_edits_add(arena *a, const char *path, const sheet_edit *fresh, size_t count);
/* Whose list it is; what some columns mean, of a page without a header. Null: as before. */
err *import_edits_say(arena *a, const char *path, const str *issuer, const import_column *columns, size_t count);
#endif
