/*
 * call_order: an order as the commands around it load it.
 */
#ifndef MUSTER_COMMAND_CALL_ORDER_H
#define MUSTER_COMMAND_CALL_ORDER_H
#include "command/command.h"
#include "domain/call_order.h"

/* text and zone are for the words of its messages; missing: refused. */
typedef struct loaded_order {
    call_order order;
    str text, zone;
    value division; /* its code; null: the whole tree of the addressees */
} loaded_order;
err *order_load(context *c, int64_t id, loaded_order *out);
/* The same, of an order whose notices may be worked on: released, not closed. */
err *order_load_live(context *c, int64_t id, loaded_order *out);
#endif
