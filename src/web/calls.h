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
/* A row of paper or of a chain: what is to be kept, and what came of it. */
typedef struct call_row {
    int64_t notice, person, operation;
    str name;
    int64_t number; /* on the paper; 0: none */
    const call_outcome *outcome;
    bool saturday, sunday, day, night; /* after can: availability.say, where one is chosen */
    err *wrong;                        /* null: kept */
} call_row;
/* One after the other, each a command of its own; a bad one hinders none of the others. Rows that are wrong already are left. */
void calls_keep_all(web *w, call_row *all, size_t count, const char *via, void (*done)(web *w, call_row *all, size_t count));
/* Puts the wrong ones as the list `bad`, and how many were kept as `kept`. */
void calls_put_kept(web *w, const call_row *all, size_t count);
#endif
