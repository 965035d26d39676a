/* desk_handed: lists that agencies handed in by their links (web/hand_in.c), for the page of imports. */
#ifndef MUSTER_WEB_DESK_HANDED_H
#define MUSTER_WEB_DESK_HANDED_H
#include "web/multipart.h"
#include "web/site.h"

/* List "handed" and the counts for pages/_desk_handed.html. */
err *desk_put_handed(web *w, str zone);
/* The list of the org in the path as if it had been uploaded just now; the one handed in stays. */
err *desk_take_handed(web *w, multipart_file *out);
#endif
