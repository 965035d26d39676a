/*
 * outbox: hands prepared messages to their channels: taken in a command, sent outside every transaction, settled in
 * a command. A crash in between leaves a message `unknown`, never sent twice.
 */
#ifndef MUSTER_CLI_OUTBOX_H
#define MUSTER_CLI_OUTBOX_H
#include "command/app.h"

typedef struct outbox_options {
    const char *folder; /* where a file channel without a folder of its own writes: FOLDER/outbox/NAME.jsonl */
    int64_t now;
    words_lang lang;
    str source;
} outbox_options;
typedef struct outbox_done {
    int64_t sent, failed, unknown;
} outbox_done;
/* Until nothing waits. The first error of a channel stops it, after what was done is settled. */
err *outbox_run(app *p, arena *a, const outbox_options *o, outbox_done *done);
/* Prepares what is due by the clock: reminders of tomorrow's duties, a last word when a watch is over. */
err *outbox_prepare(app *p, arena *a, const outbox_options *o);
#endif
