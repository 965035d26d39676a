/*
 * api: the two waists as JSON under /api/v1, for the console, for scripts and for other programs. Views are read and
 * commands run as the person of the session, with exactly that person's rights; who came by a group's link may do and
 * read here what the pages let such a session, and no more. What goes wrong is a problem (RFC 9457). docs/api.md.
 */
#ifndef MUSTER_WEB_API_H
#define MUSTER_WEB_API_H
#include "base/json.h"
#include "view/view.h"
#include "web/site.h"

#include <jansson.h>

struct command;
enum {
    API_ROWS_USUAL = 200,        /* of a page of a view; at most PAGE_ROWS_MAX */
    API_EXPORT_ROWS_MAX = 20000, /* of a CSV */
    API_ANSWER_MAX_BYTES = 64 << 20,
    API_KEY_MAX_BYTES = 100
};

/* Memory for an answer larger than a request's own; given back with the request. */
arena *api_room(web *w);
/* 200 with this body, an ETag of it, and 304 where that is what the asker has already. */
void api_answer(web *w, const char *type, str body);
/* What went wrong as a problem; arguments (may be null) are the bad ones with what is wrong with each. */
typedef struct api_fault {
    str name;
    err *e;
} api_fault;
void api_problem(web *w, err *e, const api_fault *faults, size_t count);

/* Roles as the rows of commands name them; volunteer is every person. */
typedef struct api_roles {
    bool has[6]; /* in the order of api_role_names */
} api_roles;
extern const char *const api_role_names[]; /* ends with null */
api_roles api_roles_of(const session *s);
/* Of "leader secretary"; false: a word is no role. */
bool api_roles_read(str words, api_roles *out);
bool api_may_read(const view *v, const api_roles *r);
bool api_may_run(const struct command *m, const api_roles *r);
/* For a session by a group's link: those few lists that are its own or everybody's. */
bool api_weak_reads(const view *v);

/* openapi.c: the description of what these roles see and do. weak: of a group's link. */
str openapi_print(arena *a, const api_roles *r, bool weak, words_lang lang);
/*
 * Whoever commands or audits gives the password here as at the desk: else the link alone, on anybody's phone, would open
 * by this door what it does not open by the other.
 */
err *api_strong(const web *w);
err *api_get_openapi(web *w);
err *api_get_views(web *w);
err *api_get_view(web *w);
err *api_get_commands(web *w);
err *api_post_command(web *w);
#endif
