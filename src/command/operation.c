#include "base/civil.h"
#include "command/command.h"

static err *operation_open(context *c, const args *a)
{
    civil_zone *zone = NULL;
    int64_t id;
    TRY(civil_zone_open(c->a, arg_text(a, "zone"), &zone));
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    return query(c, "operation.add",
                 NAMED({ "id", V_INT(id) }, { "title", arg_value(a, "title") }, { "zone", arg_value(a, "zone") },
                       { "now", V_INT(c->now) }),
                 NULL);
}

const command operation_commands[] = {
    { "operation.open", "commander:all", "title:text zone:text", .run = operation_open },
    { 0 },
};
