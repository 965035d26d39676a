/*
 * my: what the pages of a volunteer share: forms that are a command as this person and a page to go on with, a list from
 * which to choose somebody, a duty as it is shown. Everything lives as long as the request.
 */
#ifndef MUSTER_WEB_MY_H
#define MUSTER_WEB_MY_H
#include "web/site.h"

/* Runs the command as whoever asks, then goes to path with web.done.<done>; refused, the page says why. */
void my_run(web *w, const char *command, const named *args, const char *path, const char *done);
/* The argument person=<me>, for NAMED. */
#define MY_SELF(w) { "person", V_INT((w)->who.person_id) }

typedef struct my_team {
    int64_t team_id, operation_id; /* 0: in no team */
    str team, leader, leader_call; /* tel:…, empty: none */
    str zone;
} my_team;
/* A page of one's own, read again when something of this person changes. */
err *my_show(web *w, const char *page);
/* The home team; where there is none, the first a person is lent to. */
err *my_team_find(web *w, my_team *out);
/* The other members of the team as list "people" of id and name; the names of a team are known to its members. */
err *my_put_people(web *w, const my_team *t);
/* Who asks this person to stand in, as list "asked", for the home page. */
err *my_put_asked(web *w);
str my_local_day(web *w, str zone, int64_t at); /* "2月8日（周六）" */
str my_number(web *w, int64_t n);
str my_hours(web *w, int64_t minutes); /* one decimal, rounded down, as certificates have them */
/* path of an SVG square that holds the text, and its side in modules, border included; false: too long. */
bool my_square(web *w, str text, str *path, int64_t *side);
#endif
