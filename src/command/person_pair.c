#include "command/command.h"

static err *person_pair_set(context *c, const args *a)
{
    bulk_done done = BULK_SAME;
    int64_t x = arg_int(a, "a"), y = arg_int(a, "b"), id = 0;
    if (x == y)
        return refuse(c, ERR_INPUT, "person_pair.same", NULL);
    TRY(upsert(c, "person_pair",
               NAMED({ "operation", arg_value(a, "operation") }, { "a", V_INT(x < y ? x : y) },
                     { "b", V_INT(x < y ? y : x) }, { "kind", arg_value(a, "kind") }),
               &done, &id));
    command_result(c, "id", id);
    return NULL;
}

const command person_pair_commands[] = {
    { "person_pair.set", "commander:all leader:team", "operation:id a:id b:id kind:text", .run = person_pair_set },
    { 0 },
};
