#include "domain/call_order.h"

static const char *no_correction(const call_order *o, const call_order *corrects)
{
    if (corrects->operation_id != o->operation_id)
        return "order.corrects_elsewhere";
    if (str_is(corrects->state, "draft"))
        return "order.corrects_draft";
    return corrects->number == o->number ? NULL : "order.corrects_number";
}

const char *call_order_no_draft(const call_order *o, const call_order *corrects, bool number_taken, int64_t now)
{
    if (o->number < 1)
        return "order.number";
    if (o->reply_by <= now)
        return "order.reply_by_past";
    if (corrects)
        return no_correction(o, corrects);
    return number_taken ? "order.number_taken" : NULL;
}

const char *call_order_no_release(const call_order *o, int64_t by, int64_t now)
{
    if (!str_is(o->state, "draft"))
        return "order.not_draft";
    if (by == o->drafted_by)
        return "order.own_draft";
    return o->reply_by <= now ? "order.reply_by_past" : NULL;
}

const char *call_order_no_close(const call_order *o)
{
    return str_is(o->state, "draft") ? "order.not_released" : str_is(o->state, "closed") ? "order.closed" : NULL;
}

const char *call_order_no_notices(const call_order *o)
{
    return call_order_no_close(o); /* released and not closed, the same */
}
