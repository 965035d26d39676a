/*
 * pass: links that open pages without a password, and the sessions that come of them. A personal link says who it is; a
 * team's, agency's or post's asks for a name and the last four digits of that person's telephone, and what comes of it
 * is weak: it answers and checks in, and sees nothing that is private (docs/model.md). Kept are keyed hashes alone.
 * That of a calendar opens none: it gives its person's duties to a calendar program.
 */
#ifndef MUSTER_COMMAND_PASS_H
#define MUSTER_COMMAND_PASS_H
#include "command/app.h"

enum {
    PASS_KEEP_MS_DAYS = 30,             /* a link ends so long after it was issued, unless it is issued again */
    PASS_CALENDAR_DAYS = 180,           /* the same of a calendar, which nobody opens again by hand */
    SESSION_DAYS = 30, SESSION_WEAK_HOURS = 24,
    TRIES_OF_NAME_MAX = 5, TRIES_OF_NAME_MINUTES = 15, /* wrong digits for one name at one link */
    TRIES_OF_PASS_MAX = 60                             /* in 24 h at one group link; then it is renewed */
};

typedef struct pass {
    int64_t id, person_id, org_id, team_id, post_id; /* 0: not of this kind */
    str kind;                                        /* person, org, team, post */
    str name;                                        /* of the person, agency, team or post */
    str token_hash;
} pass;
/* Changes nothing. Unknown, revoked, expired, for another purpose (open, calendar, upload): ERR_NOT_FOUND, with the same words. */
err *pass_find(app *p, arena *a, const char *purpose, str token, int64_t now, pass *out);
/* Who can choose a name at this group link: columns id, name. */
err *pass_names(app *p, arena *a, const pass *x, rows *out);
/* Whom a name and four digits that were typed may mean; 0: nobody of that name. The digits are not checked yet. */
err *pass_named(app *p, arena *a, str name, str digits, int64_t *person);
/* In a command: the last four digits of a person's own number, with the tries of the own link; a wrong one is counted. */
struct context;
err *pass_digits(struct context *c, int64_t person, str phone, str digits, bool *good);

typedef struct session {
    int64_t person_id; /* 0: nobody */
    int64_t opened_at, ends_at; /* ends_at: it, its password's mark or a role of it, as far as that is known now */
    bool weak;
    bool strong; /* a password was given too, not long ago */
    str name, kind;
    int64_t team_id, post_id; /* of the group link it came from */
    bool is_leader, is_liaison, is_secretary, is_commander, is_auditor;
} session;
/* Nobody for a token that is none, or no longer one. */
err *session_find(app *p, arena *a, str token, int64_t now, session *out);
/* What else this person is signed in on, the newest first: columns opened_at, weak. */
err *session_mine(app *p, arena *a, const session *who, int64_t now, rows *out);
#endif
