#include "command/command.h"
#include "domain/care_rule.h"

/* What the roster must heed for a person, without the reason (that is in care, sealed). */
static err *care_rule_set(context *c, const args *a)
{
    bulk_done done = BULK_SAME;
    int64_t id = 0;
    rows r = { 0 };
    TRY(care_rule_check(c->a, c->lang, arg_text(a, "rule"), arg_int(a, "value")));
    /* it asks more of a person than the rest: nobody says that for another, but for whoever keys in what was signed */
    if (str_is(arg_text(a, "rule"), care_rules[CARE_RULE_NIGHTS_AGREED].name) && c->actor_id && c->actor_id != arg_int(a, "person"))
        return refuse(c, ERR_RIGHTS, "care_rule.own_word", NULL);
    if (arg_given(a, "from_on") && arg_given(a, "to_on") && str_compare(arg_text(a, "from_on"), arg_text(a, "to_on")) > 0)
        return refuse(c, ERR_INPUT, "care_rule.span", NULL);
    TRY(query(c, "care_rule.find_person", NAMED({ "person", arg_value(a, "person") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing",
                      VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "person")) }));
    TRY(upsert(c, "care_rule",
               NAMED({ "person", arg_value(a, "person") }, { "rule", arg_value(a, "rule") },
                     { "value", arg_value(a, "value") }, { "from_on", arg_value(a, "from_on") },
                     { "to_on", arg_value(a, "to_on") }),
               &done, &id));
    command_result(c, "id", id);
    command_about(c, arg_int(a, "person"));
    return NULL;
}

/* The rule is lifted, whatever its days. */
static err *care_rule_drop(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "care_rule.drop", NAMED({ "person", arg_value(a, "person") }, { "rule", arg_value(a, "rule") }), &r));
    command_result_int(c, "dropped", (int64_t)r.count);
    command_about(c, arg_int(a, "person"));
    return NULL;
}

const command care_rule_commands[] = {
    { "care_rule.set", "volunteer:own leader:team commander:all",
      "person:id rule:text value:int from_on:day? to_on:day?", .closed = CLOSED_APART, .run = care_rule_set },
    { "care_rule.drop", "volunteer:own leader:team commander:all", "person:id rule:text",
      .closed = CLOSED_APART, .run = care_rule_drop },
    { 0 },
};
