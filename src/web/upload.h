/*
 * upload: files that people hand in by a form. The server streams the body of such a form to a file, here it is taken
 * apart: fields are read as of any form, the file lies in the folder of uploads until it is used, or for a day.
 */
#ifndef MUSTER_WEB_UPLOAD_H
#define MUSTER_WEB_UPLOAD_H
#include "web/multipart.h"
#include "web/site.h"

#include <stdatomic.h>

enum { UPLOADS_AT_ONCE = 8, UPLOADS_READ_AT_ONCE = 1, UPLOAD_KEPT_HOURS = 24 };
struct uploads {
    const char *dir;
    str home; /* what this folder is called among those of several servers */
    atomic_int coming, reading;
};
/* The folder is made, for its owner alone; what an earlier run left there too long is removed. */
err *uploads_open(arena *a, const char *dir, uploads **out);
void uploads_sweep(const uploads *u); /* by the clock of the machine; nothing there is no error */

/* For server_options: whether this POST is one of a form with a file, by somebody who may send it. of: the site. */
bool upload_is(void *of, const request *q);
/* The fields of the form become the request's body, the files w->files. Waits for the disk: not on the loop. */
err *upload_take(web *w);

/* A table pasted into the form, as if it were one more file. */
err *upload_paste(web *w, str table, str name);
/* Kept for the next press of the same person: the token it is asked for by. */
err *upload_keep(web *w, const multipart_file *f, str *token);
err *upload_kept(web *w, str token, const char **path); /* ERR_NOT_FOUND: used already, or too long ago */
/* Where a list lies that an agency handed in by its link: until the next of that agency, however long. */
const char *upload_handed_path(web *w, int64_t org, str hash);
/* Such a list as if it had come with this request; it stays where it is. */
err *upload_of_handed(web *w, int64_t org, str hash, str name, multipart_file *out);
void upload_remove(const char *path);

/* -- the tray: files that one person sent together and looks at together ------------------------------- */
typedef struct upload_waiting {
    str token, name; /* name: as the browser said it */
    str kind, from_on, to_on; /* as chosen with them; empty: not */
    const char *path;
} upload_waiting;
typedef LIST(upload_waiting) upload_tray;
/* The file is kept and lies in the tray of whoever sent it. */
err *upload_lay(web *w, const multipart_file *f, str kind, str from_on, str to_on);
/* By name. */
err *upload_tray_of(web *w, upload_tray *out);
/* Out of the tray; the file stays where a job of it was asked for, else it goes, too. */
void upload_taken(web *w, str token);
void upload_drop(web *w, str token);
/* A large sheet takes much memory while it is read: one at a time, until a is closed. ERR_LIMIT: another is. */
err *upload_claim_reader(web *w, arena *a);
#endif
