/*
 * site: the pages. One row of a table says for each address what is shown there, or which command a form runs and where
 * it goes on; the rest (who asks, the form's token, errors in the reader's words) is done here for all of them.
 */
#ifndef MUSTER_WEB_SITE_H
#define MUSTER_WEB_SITE_H
#include "command/health.h"
#include "command/pass.h"
#include "web/page.h"
#include "web/server.h"

typedef struct uploads uploads;
typedef struct site {
    app *app;
    bool blocking;  /* reads wait for another machine (PostgreSQL): pages are made off the loop */
    uploads *uploads; /* by uploads_open; null: no files are taken */
    const char *files; /* where background jobs have made theirs; null: none are handed out */
    str style_hash; /* of the pages' own styles, for the policy; by site_style_hash */
    health_limits limits;     /* for /readyz; its now is asked of wall */
    int64_t (*wall)(void);    /* the clock of the machine, whatever a drill plays; null: the request's */
} site;
str site_style_hash(arena *a);
/* The handler of a server; of is the site. */
void site_handle(void *of, request *q, response *p);
/* Whether this is the form of a route that takes a file, sent by somebody who may. */
bool site_takes_upload(const site *s, const request *q);

enum { PARAMS_MAX = 4 };
typedef struct web {
    const site *site;
    request *q;
    response *p;
    session who;
    str param[PARAMS_MAX]; /* what stood for :name in the path, in its order */
    tree *tree;
    const struct route *route;
    void *step_data; /* a handler's own, between its steps or commands */
    bool large; /* letters */
    struct multipart *files; /* of a form that takes files (web/upload.h), gone after the answer; null: it is none */
    err *wrong; /* why a form was refused, shown above it */
} web;

/* Which pages there are for whom; what may be read and done on them is the views' and commands' to say. */
typedef enum web_who {
    WEB_ANYBODY,
    WEB_WEAK,      /* by a group's link is enough */
    WEB_PERSON,
    WEB_LEADER,    /* leaders, deputies, liaisons, secretaries, commanders */
    WEB_SECRETARY, /* of a community, and commanders */
    WEB_DESK       /* commanders and auditors, by a password besides (web/login.c) */
} web_who;
typedef struct route {
    web_method method;
    web_who who;
    const char *path; /* "/p/duty/:duty/check-in" */
    err *(*show)(web *w);
    /* A form: the command, its arguments ("duty=:duty answer back_on why"), then the page to go on with. */
    const char *command, *args, *then;
    err *(*form)(web *w); /* or a form that is more than one command */
    bool takes_file;      /* with a file; form runs off the loop then */
} route;
/* One table per noun, each ending with { 0 }; site.c lists them all. */
extern const route public_routes[], secretary_routes[];
extern const route phone_routes[], pass_routes[], post_routes[], health_routes[], api_routes[], office_routes[], calls_routes[], login_routes[];
extern const route desk_today_routes[], desk_duty_routes[], desk_list_routes[], desk_order_routes[],
    desk_import_routes[], desk_handed_routes[], desk_tray_routes[], desk_import_undo_routes[], desk_people_routes[], desk_double_routes[], desk_person_routes[], desk_queue_routes[], desk_lending_routes[], desk_roster_routes[], desk_team_routes[],
    desk_report_routes[], desk_daily_routes[], desk_donation_routes[], desk_calls_routes[];
extern const route event_routes[], asset_routes[], file_routes[], calendar_routes[], hand_in_routes[], leader_routes[];
extern const route group_links_routes[], calls_paper_routes[], chain_routes[];
extern const route my_substitute_routes[], my_situation_routes[], my_help_routes[], my_hours_routes[];

/* The rows of a view as who asks may see them, at most PAGE_ROWS_MAX. */
err *web_view(web *w, const char *view, const named *args, rows *out);
/* The same as the machine sees it: for what a page shows by its own right, as the names at a post. */
err *web_view_all(web *w, const char *view, const named *args, rows *out);
err *web_show(web *w, const char *page);
/*
 * The page reads itself again when something changes in these topics ("team:12 operation:1"), if it holds {{>_foot.html}}:
 * by one script; without it the page is as it was. kinds: the nouns that matter in topics of several people; empty: all.
 * What answers a form stays as it is: read again it would be sent again.
 */
err *web_live(web *w, str topics, const char *kinds);
/* What this session watches where nothing is named: of the whole city only behind the password. */
err *web_own_topics(web *w, str *out);
/* Runs one command as this person, once for the page's key and the ids it names; then goes on after its commit. */
void web_run(web *w, int64_t actor, const char *command, const named *args, void (*then)(web *w, err *e, str result));
/* The same where one form runs a command more than once, or forms of a page differ by no id: each by a part of its own. */
void web_run_part(web *w, str part, int64_t actor, const char *command, const named *args, void (*then)(web *w, err *e, str result));
/* The same of a call as it is; it lives as long as the request. */
void web_submit(web *w, const call *c, void (*then)(web *w, err *e, str result));
/* A member of what a command gave back, of the object `of` in it where one is named; empty: there is none. */
str web_answered(web *w, str result, const char *of, const char *member);
/* For web_run of job.paper: goes to where the file will be. */
void web_paper(web *w, err *e, str result);
/* Whether some form that a session by a group's link may send runs this command with these arguments. */
bool web_weak_may(const char *command, const named *args);
/* What a form carries to show that it is ours; empty without a session. */
str web_form_token(web *w);
/* What the route's `args` says, from the path and the form. */
const named *web_form_args(web *w);
void web_go(web *w, const char *path, const char *done); /* 303; done: a word of web.done, or null */
void web_fail(web *w, err *e); /* the page again with what went wrong, or a page that says so */
str web_word(web *w, const char *key, const word_value *values);

/* "2月8日（周六）", "08:00–12:00", "18:00"; zone by its IANA name. */
str web_day(web *w, str day);
str web_span(web *w, int64_t start_minute, int64_t end_minute);
str web_time(web *w, str zone, int64_t at);
str web_local_day(web *w, str zone, int64_t at); /* YYYY-MM-DD */
#endif
