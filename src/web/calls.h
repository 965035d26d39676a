/*
 * calls: whom the one who asks rings: the own list and the members of the own teams, one row a person, as the pages of
 * calls, of paper and of the chain read it (views/call_board.sql).
 */
#ifndef MUSTER_WEB_CALLS_H
#define MUSTER_WEB_CALLS_H
#include "web/site.h"

/* On the list of the next morning is whose duty begins within so many hours. */
enum { MORNING_HOURS = 18 };

err *calls_load(web *w, rows *out);
typedef struct call_counts {
    int64_t called, can, cannot, hindered, silent, unreachable; /* the last five add up to called */
    int64_t morning;                                             /* silent and on duty next morning */
} call_counts;
call_counts calls_count(const rows *r);
bool calls_silent(const rows *r, size_t i);  /* was told or not, no answer yet; has a notice */
bool calls_morning(const rows *r, size_t i); /* on duty next morning and to be rung before it */
void calls_put(web *w, tree *t, const rows *r, size_t i);
/* The row of that notice, or r->count. */
size_t calls_find(const rows *r, int64_t notice);

/* What a call can end with: the words of the buttons and of the paper. */
typedef struct call_outcome {
    const char *name;
    const char *answer, *call; /* of notice.answer, or else of notice.call */
} call_outcome;
enum { CALL_OUTCOMES = 6 };
extern const call_outcome call_outcomes[CALL_OUTCOMES];
const call_outcome *calls_outcome(str name); /* null: none of them */
/*
 * Keeps one outcome: the answer or the call, and of a dead number that nobody is reached. via: call, paper or group.
 * done gets the first error.
 */
void calls_keep(web *w, int64_t notice, const call_outcome *o, const char *via, void (*done)(web *w, err *e, str result));
#endif
