/*
 * notice: a notice with its order, as the commands that work on it load it.
 */
#ifndef MUSTER_COMMAND_NOTICE_H
#define MUSTER_COMMAND_NOTICE_H
#include "command/call_order.h"

typedef struct loaded_notice {
    int64_t id, person_id;
    int64_t calling_by_id, calling_until_at; /* 0: nobody calls */
    str state;
    loaded_order of;
} loaded_notice;
/* Locked, and of an order that is released and open; else refused. */
err *notice_load(context *c, int64_t id, loaded_notice *out);
/* The argument `limit`, within 1 and a piece. */
int64_t piece_limit(const args *a);
#endif
