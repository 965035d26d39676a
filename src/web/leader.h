/*
 * leader: the pages of whoever looks after a team's roster, under /l/team/ID. Each form says in its field `back` which of
 * these pages it stands on ("", "/need/12", "/today"): there it goes on, and there it is shown again if it was refused.
 */
#ifndef MUSTER_WEB_LEADER_H
#define MUSTER_WEB_LEADER_H
#include "web/site.h"

typedef struct leader {
    int64_t team, operation;
    str name, zone, chief; /* of the team, of its operation, of its leader */
    str today, tomorrow, day; /* day: as asked for, else what otherwise says */
} leader;
typedef enum leader_day { LEADER_TODAY, LEADER_NEXT } leader_day; /* next: from noon on tomorrow */
/* Reads the team of the path, with this person's rights, and puts the frame of every page of it. */
err *leader_open(web *w, leader_day otherwise, leader *out);
/* The command of the route, with its arguments; then back. */
err *leader_post(web *w);
void leader_ended(web *w, err *e, str result); /* goes back, or shows what went wrong */
void leader_done(web *w, const char *done);    /* goes back; done: a word of web.done */
err *leader_back(web *w);                      /* shows the page the form stood on */
err *leader_path_id(web *w, int64_t *id);      /* the second id of the path */

void leader_put_week(web *w, const leader *l); /* the days to choose from: today and six more */
void leader_put_past(web *w, const leader *l); /* six days back and today */
const char *leader_ground(int64_t start_minute); /* the class of a shift's sign */
void leader_put_shift(web *w, tree *t, const rows *r, size_t i); /* shift, span, ground, post, day_text */
str leader_hours(web *w, int64_t minutes); /* "16", "7.5" */
err *leader_published(web *w, const leader *l, int64_t *version, int64_t *at); /* the newest; version 0: none */
/* Who could take a seat of the need: the view substitute_candidate; duty 0: a free seat. */
err *leader_candidates(web *w, int64_t need, int64_t duty, rows *out);
void leader_put_candidate(web *w, tree *t, const rows *r, size_t i);
bool leader_is_free(const rows *r, size_t i);
/* "23 people: 5 free, 16 on duty then": why a gap is one. */
str leader_why(web *w, const rows *candidates);

/* The other pages; leader.c lists them. */
err *leader_get_need(web *w), *leader_get_stand_in(web *w), *leader_post_stand_in(web *w), *leader_post_ring(web *w);
err *leader_get_day(web *w), *leader_post_present(web *w), *leader_get_hours(web *w), *leader_post_minutes(web *w);
err *leader_get_draft(web *w), *leader_put_draft(web *w, const leader *l), *leader_put_job(web *w, const leader *l),
    *leader_get_told(web *w);
err *leader_get_away(web *w), *leader_post_off(web *w);
err *leader_get_add(web *w);
err *leader_get_asks(web *w), *leader_put_asks(web *w, const leader *l);
err *leader_get_demand(web *w), *leader_post_demand(web *w), *leader_post_post(web *w);
#endif
