/*
 * multipart: the body of a form with a file (multipart/form-data), as the server streamed it to a file: its fields, and
 * its one file written out beside it. GMime reads it, in pieces: a large file takes no memory. May wait for the disk.
 */
#ifndef MUSTER_WEB_MULTIPART_H
#define MUSTER_WEB_MULTIPART_H
#include "base/err.h"
#include "base/str.h"

enum { MULTIPART_PARTS_MAX = 32, MULTIPART_FIELD_MAX_BYTES = 512 << 10 /* a pasted table */, MULTIPART_NAME_MAX_BYTES = 200 };

typedef struct multipart {
    str fields; /* name=value&..., as a form without a file sends them */
    str name;   /* of the file, as the browser says it, without folders; empty: none was chosen */
} multipart;

/*
 * content_type: the header as sent. The file goes to `to`, which must not be there yet and is made only where one was
 * chosen. Broken, a second file, too many or too long fields: ERR_INPUT, and `to` may be left there.
 */
err *multipart_read(arena *a, str content_type, const char *body, const char *to, multipart *out);
#endif
