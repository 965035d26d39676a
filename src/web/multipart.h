/*
 * multipart: the body of a form with files (multipart/form-data), as the server streamed it to a file: its fields, and
 * its files written out beside it. GMime reads it, in pieces: a large file takes no memory. May wait for the disk.
 */
#ifndef MUSTER_WEB_MULTIPART_H
#define MUSTER_WEB_MULTIPART_H
#include "base/err.h"
#include "base/map.h"

enum { MULTIPART_PARTS_MAX = 120, MULTIPART_FILES_MAX = 100, MULTIPART_FIELD_MAX_BYTES = 512 << 10 /* a pasted table */, MULTIPART_NAME_MAX_BYTES = 200 };

typedef struct multipart_file {
    str name; /* as the browser says it, without folders */
    const char *path;
} multipart_file;
typedef struct multipart {
    str fields; /* name=value&..., as a form without a file sends them */
    LIST(multipart_file) files; /* none: none was chosen */
} multipart;

/*
 * content_type: the header as sent. The first file goes to `to`, the next to `to`-1 and so on; they must not be there
 * yet. Broken, too many files, too many or too long fields: ERR_INPUT, and what is in files may be left there.
 */
err *multipart_read(arena *a, str content_type, const char *body, const char *to, multipart *out);
#endif
