/*
 * import_edits: the cells a person mended in a file that waits. They lie beside it (PATH.edits, JSON) and are applied
 * whenever it is read, so the file itself stays as it was sent.
 */
#ifndef MUSTER_JOB_IMPORT_EDITS_H
#define MUSTER_JOB_IMPORT_EDITS_H
#include "sheet/amend.h"

enum { IMPORT_EDITS_MAX = 2000, IMPORT_EDIT_MAX_BYTES = 2000 /* of one cell */ };
typedef struct import_edits {
    LIST(sheet_edit) list;
    str bytes; /* as kept; part of what the file is */
} import_edits;

const char *import_edits_path(arena *a, const char *path);
/* None kept is no error. */
err *import_edits_read(arena *a, const char *path, import_edits *out);
/* Of one cell the last edit counts. Too many, or a text too long: ERR_LIMIT, and what was kept stays. */
err *import_edits_add(arena *a, const char *path, const sheet_edit *fresh, size_t count);
#endif
