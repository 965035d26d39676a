/*
 * call_order: what may be drafted, released and closed. Pure: the clock comes in.
 */
#ifndef MUSTER_DOMAIN_CALL_ORDER_H
#define MUSTER_DOMAIN_CALL_ORDER_H
#include "base/str.h"

typedef struct call_order {
    int64_t id, operation_id, number;
    int64_t drafted_by, released_at, reply_by, report_at;
    int64_t corrects_id; /* 0: an order of its own */
    str state;           /* draft, released, closed */
} call_order;

/* Each answers null where it may be, else the key of the words that say why not. */
const char *call_order_no_draft(const call_order *o, const call_order *corrects, bool number_taken, int64_t now);
const char *call_order_no_release(const call_order *o, int64_t by, int64_t now);
const char *call_order_no_close(const call_order *o);
const char *call_order_no_notices(const call_order *o); /* none can be queued, sent or answered */
#endif
