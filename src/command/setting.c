#include "command/command.h"

static err *setting_set(context *c, const args *a)
{
    return query(c, "setting.put",
                 NAMED({ "scope", arg_value(a, "scope") }, { "name", arg_value(a, "name") },
                       { "value", arg_text_value(a, "value") }),
                 NULL);
}

const command setting_commands[] = {
    { "setting.set", "commander:all", "scope:text name:text value:text?", .run = setting_set },
    { 0 },
};
