#include "command/command.h"

#define PLACEMENT_ROW "person:id community_code:code? compound:id? state:text reasons:text?"

/* Placements are only ever added; person.placement_id points to the one in force. */
static err *placement_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    const value person = arg_value(x, "person");
    const named *all = NAMED({ "person", person }, { "community", arg_value(x, "community_code") },
                             { "compound", arg_value(x, "compound") }, { "state", arg_value(x, "state") },
                             { "reasons", arg_text_value(x, "reasons") });
    rows r = { 0 };
    TRY(query(c, "placement.current", NAMED({ "person", person }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing", VALUES({ "id", text_format(c->a, "%lld", (long long)person.n) }));
    bool first = rows_at(&r, 0, "placement_id")->kind == VALUE_NULL;
    TRY(query(c, "placement.find_same", all, &r));
    if (r.count) {
        *id = rows_int(&r, 0, "id");
        return NULL;
    }
    TRY(next_id(c, id));
    *done = first ? BULK_ADDED : BULK_CHANGED;
    TRY(query(c, "placement.add",
              NAMED({ "id", V_INT(*id) }, { "person", person }, { "community", arg_value(x, "community_code") },
                    { "compound", arg_value(x, "compound") }, { "state", arg_value(x, "state") },
                    { "reasons", arg_text_value(x, "reasons") },
                    { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL }),
              NULL));
    return query(c, "placement.point", NAMED({ "person", person }, { "id", V_INT(*id) }), NULL);
}

static err *placement_record(context *c, const args *a)
{
    return bulk(c, a, PLACEMENT_ROW, false, placement_one);
}

/* "Addresses written like this lie there": the rule serves every later match of the same text. */
static err *placement_settle(context *c, const args *a)
{
    bool outside = arg_int(a, "outside") != 0;
    if (outside == arg_given(a, "community_code"))
        return refuse(c, ERR_INPUT, "placement.settle_which", NULL);
    command_result_bool(c, "outside", outside);
    return query(c, "placement.settle",
                 NAMED({ "text_key", arg_value(a, "text_key") }, { "community", arg_value(a, "community_code") },
                       { "outside", V_INT(outside) }, { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL },
                       { "now", V_INT(c->now) }),
                 NULL);
}

const command placement_commands[] = {
    { "placement.record", "commander:all secretary:division", "rows:rows", .row = PLACEMENT_ROW,
      .run = placement_record },
    { "placement.settle", "commander:all secretary:division", "text_key:text_private community_code:code? outside:yes?",
      .run = placement_settle },
    { 0 },
};
