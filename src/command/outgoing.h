/*
 * outgoing: what the runner needs of messages it has taken, with telephone numbers. For cli's outbox alone.
 */
#ifndef MUSTER_COMMAND_OUTGOING_H
#define MUSTER_COMMAND_OUTGOING_H
#include "channel/channel.h"
#include "command/app.h"

typedef struct outgoing {
    channel via;
    channel_message message;
} outgoing;
/* In the order of ids; each must be there. */
err *app_outgoing(app *p, arena *a, const int64_t *ids, size_t count, outgoing *out);
#endif
