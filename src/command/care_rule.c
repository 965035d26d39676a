#include "command/command.h"

/* What the roster must heed for a person, without the reason (that is in care, sealed). */
static err *care_rule_set(context *c, const args *a)
{
    bulk_done done = BULK_SAME;
    int64_t id = 0;
    TRY(upsert(c, "care_rule",
               NAMED({ "person", arg_value(a, "person") }, { "rule", arg_value(a, "rule") },
                     { "value", arg_value(a, "value") }, { "from_on", arg_value(a, "from_on") },
                     { "to_on", arg_value(a, "to_on") }),
               &done, &id));
    command_result(c, "id", id);
    command_about(c, arg_int(a, "person"));
    return NULL;
}

const command care_rule_commands[] = {
    { "care_rule.set", "volunteer:own leader:team commander:all",
      "person:id rule:text value:int from_on:day? to_on:day?", .run = care_rule_set },
    { 0 },
};
