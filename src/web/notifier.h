/*
 * notifier: one thread that reads the record and tells the open streams which topics changed, for all of them at once.
 * It looks each NOTIFIER_EVERY_MS, and a topic has one event a look: so never more than 1000 / NOTIFIER_EVERY_MS a
 * second, however much is done there.
 */
#ifndef MUSTER_WEB_NOTIFIER_H
#define MUSTER_WEB_NOTIFIER_H
#include "command/event.h"
#include "web/server.h"

enum { NOTIFIER_EVERY_MS = 250, NOTIFIER_QUIET_LOOKS = 40 };
typedef struct notifier_ear {
    void (*publish)(void *of, str topic, str event);
    size_t (*listening)(const void *of); /* how many hear it; null: somebody always does */
    size_t (*telling)(const void *of);   /* how many have not yet been told what came last; null: none */
    void *of;
} notifier_ear;
notifier_ear notifier_server(server *s);
typedef struct notifier notifier;
/*
 * From what is newest now. Where nobody listens and nobody has begun to for so many looks, what changed is not read but
 * passed by. While some are still being told of one look the next waits, and then says more at once. late: each event
 * goes out one look later: where a stream is opened by a thread that waits (PostgreSQL), so that none falls between what
 * it has read and its beginning. Closed by notifier_close.
 */
err *notifier_open(arena *a, app *p, bool late, notifier_ear ear, notifier **out);
void notifier_look(notifier *n); /* one look */
void notifier_begin(notifier *n); /* a thread that looks; until notifier_close */
void notifier_close(notifier *n);

/* An event as a stream has it; place: what whoever takes up again names as the last it saw. */
str notifier_event(arena *a, str topic, str kinds, str place);
#endif
