/*
 * event: what the record says has changed, as hints for whoever watches: a topic ("team:12") and the noun that changed
 * there, never what it was; the watcher reads its view again, where its rights are asked. Read from the audit rows, so
 * a place in them is all there is to keep, and a restart loses nothing.
 */
#ifndef MUSTER_COMMAND_EVENT_H
#define MUSTER_COMMAND_EVENT_H
#include "command/app.h"

typedef struct event_lane {
    int64_t lane, seq; /* the last row of it that was seen */
} event_lane;
typedef struct event_place {
    event_lane *lanes;
    size_t count;
} event_place;
enum { EVENT_LANES_MAX = 4096, EVENT_ROWS_MAX = 500 };

/* "0:17,3:5". False: it is none. */
bool event_place_read(arena *a, str s, event_place *out);
str event_place_text(arena *a, const event_place *p);
err *event_now(app *p, arena *a, event_place *out); /* behind everything */

/*
 * Besides the topics that may be watched: whose session, pass or right may have ended. Every stream is of one, and ends by
 * it; a browser that may still hear comes back.
 */
#define EVENT_ENDS "session:"

typedef struct event_hint event_hint;
struct event_hint {
    event_hint *next;
    str topic; /* team:12, person:5, org:3, division:320303, operation:1; all */
    str kinds; /* nouns, each once, parted by spaces */
};
typedef struct event_news {
    event_hint *hints; /* one a topic, however many rows it had */
    event_place upto;  /* where to go on */
    bool more;         /* behind it are rows already */
    bool lost;         /* the place is not of this record, or too long ago: anything may have changed */
} event_news;
/* At most EVENT_ROWS_MAX rows of each lane. far: from how many rows behind it is lost, 0: never. */
err *event_read(app *p, arena *a, const event_place *from, size_t far, event_news *out);

/* What somebody watches who says nothing: themself, their teams, what their grants are over; by spaces. */
err *event_own_topics(app *p, arena *a, int64_t actor, bool weak, int64_t now, str *out);
/* weak: a session by a group's link hears of its person and of operations alone. */
err *event_may_watch(app *p, arena *a, int64_t actor, bool weak, int64_t now, str topic, bool *may);
#endif
