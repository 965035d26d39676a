/*
 * head: where a request ends and what it is, read twice. Once by our own strict reader: CRLF only, no folding, no
 * control byte, one Host, at most one Content-Length of digits alone, no Transfer-Encoding (RFC 9112, sections 2.2,
 * 3.2, 5.1, 5.2, 6.3). And once by llhttp, which must find the same ends at the very same bytes. Where the two would
 * disagree a proxy in front could be led astray, so such a request is refused and its connection closed.
 */
#ifndef MUSTER_WEB_HEAD_H
#define MUSTER_WEB_HEAD_H
#include "web/request.h"

#include <llhttp.h>

enum {
    REQUEST_LINE_MAX_BYTES = 4 << 10,
    HEAD_MAX_BYTES = 16 << 10, /* with the request line */
    FORM_MAX_BYTES = 64 << 10,
    UPLOAD_MAX_BYTES = 32 << 20
};

/*
 * Looks for the end of the head in bytes. 0: more are wanted, *head_bytes is 0 then. Else the status to refuse it
 * with: 414 or 431 for one too long, 400 for a line end that is none.
 * *from (0 at first) is where the search goes on at the next call.
 */
int head_find(str bytes, size_t *from, size_t *head_bytes);
/* Reads a whole head. 0, or the status to refuse with. Texts of q point into head. */
int head_read(str head, request *q);

/* The second reader. Each answers false where it saw something else than we did. */
typedef struct framing {
    llhttp_t parser;
    bool head_done, whole, keep_alive;
} framing;
bool framing_head(framing *f, str head, const request *q);
bool framing_body(framing *f, str part);
bool framing_whole(const framing *f); /* exactly here the message ends */
#endif
