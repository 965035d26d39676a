#include "command/command.h"

#define SHIFT_ROW "operation:id name:text kind:text start_minute:minute end_minute:minute"

static err *shift_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    int64_t start = arg_int(x, "start_minute"), end = arg_int(x, "end_minute");
    if (start > 1439 || end <= start || end - start > 1440)
        return refuse(c, ERR_INPUT, "shift.span", VALUES({ "name", arg_text(x, "name") }));
    return upsert(c, "shift",
                  NAMED({ "operation", arg_value(x, "operation") }, { "name", arg_value(x, "name") },
                        { "kind", arg_value(x, "kind") }, { "start", V_INT(start) }, { "end", V_INT(end) }),
                  done, id);
}

static err *shift_import(context *c, const args *a)
{
    return bulk(c, a, SHIFT_ROW, true, shift_one);
}

const command shift_commands[] = {
    { "shift.import", "commander:all", "rows:rows import:id?", .row = SHIFT_ROW, .closed = CLOSED_STOPS, .run = shift_import },
    { 0 },
};
