#include "command/command.h"

#define AVAILABILITY_ROW "person:id starts_at:utc ends_at:utc level:text source:text? version:int?"

static err *availability_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    if (arg_int(x, "ends_at") <= arg_int(x, "starts_at"))
        return refuse(c, ERR_INPUT, "availability.span", NULL);
    return upsert_version(c, "availability", x,
                  NAMED({ "person", arg_value(x, "person") }, { "starts_at", arg_value(x, "starts_at") },
                        { "ends_at", arg_value(x, "ends_at") }, { "level", arg_value(x, "level") },
                        { "source", arg_text_value(x, "source") }),
                  done, id);
}

static err *availability_import(context *c, const args *a)
{
    return bulk(c, a, AVAILABILITY_ROW, true, availability_one);
}

const command availability_commands[] = {
    { "availability.import", "commander:all leader:team liaison:org", "rows:rows",
      .row = AVAILABILITY_ROW, .closed = CLOSED_APART, .run = availability_import },
    { 0 },
};
