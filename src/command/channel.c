#include "channel/channel.h"

#include "command/command.h"

static err *channel_set(context *c, const args *a)
{
    rows r = { 0 };
    const channel_driver *driver = channel_driver_find(arg_text(a, "driver"));
    if (!channel_name_is(arg_text(a, "name")))
        return refuse(c, ERR_INPUT, "channel.name", NULL);
    if (!driver)
        return refuse(c, ERR_INPUT, "channel.driver", NULL);
    TRY(query(c, "channel.mode", NULL, &r));
    if (driver->demo_only && str_is(rows_text(&r, 0, "mode"), "real"))
        return refuse(c, ERR_CONFLICT, "channel.demo_only", NULL);
    return query(c, "channel.put",
                 NAMED({ "name", arg_value(a, "name") }, { "driver", arg_value(a, "driver") },
                       { "rank", V_INT(arg_int_or(a, "rank", 1)) }, { "enabled", V_INT(arg_int_or(a, "enabled", 1)) },
                       { "config", arg_text_value(a, "config") }),
                 NULL);
}

const command channel_commands[] = {
    { "channel.set", "commander:all", "name:text driver:text rank:int? enabled:yes? config:text?",
      .closed = CLOSED_APART, .run = channel_set },
    { 0 },
};
