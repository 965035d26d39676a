/* An agency that may not hand over names: how many people it has, and whom to ring there. Never counted among people by name. */
#include "command/command.h"

#define REVEAL_ROW "org:id"
enum { ORG_HEADCOUNT_MAX = 100000 };

/* Another number replaces it, none takes it back. By the link nobody knows who says so, and no person is the actor. */
static err *org_headcount_say(context *c, const args *a)
{
    rows r = { 0 };
    int64_t n = arg_int(a, "headcount"), id = 0;
    if (n < 0 || n > ORG_HEADCOUNT_MAX)
        return refuse(c, ERR_INPUT, "org_headcount.number", VALUES({ "most", text_format(c->a, "%d", ORG_HEADCOUNT_MAX) }));
    if (n && (!arg_given(a, "contact") || !arg_given(a, "phone")))
        return refuse(c, ERR_INPUT, "org_headcount.contact", NULL);
    TRY(query(c, "org_headcount.org", NAMED({ "org", arg_value(a, "org") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "order.org_missing", VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "org")) }));
    TRY(query(c, "org_headcount.replace", NAMED({ "org", arg_value(a, "org") }, { "now", V_INT(c->now) }), NULL));
    if (!n) {
        command_result_bool(c, "taken_back", true);
        return NULL;
    }
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    return query(c, "org_headcount.add",
                 NAMED({ "id", V_INT(id) }, { "org", arg_value(a, "org") }, { "headcount", V_INT(n) }, { "contact", arg_value(a, "contact") },
                       { "phone", arg_value(a, "phone") }, { "note", arg_text_value(a, "note") }, { "now", V_INT(c->now) }),
                 NULL);
}

/* The telephone of an agency's contact in full, as person.reveal of people: the audit line says of which agencies, not the numbers. */
static err *org_headcount_reveal(context *c, const args *a)
{
    json_t *list = (json_t *)(uintptr_t)arg_of(a, "rows")->json;
    json *kept = command_json(c), *shown = command_shown(c);
    json_key(kept, "orgs");
    json_open(kept, '[');
    json_key(shown, "phones");
    json_open(shown, '{');
    for (size_t i = 0; i < json_array_size(list); i++) {
        args x;
        rows r = { 0 };
        TRY(args_parse_row(c, REVEAL_ROW, json_array_get(list, i), i + 1, &x));
        TRY(query(c, "org_headcount.phone", NAMED({ "org", arg_value(&x, "org") }), &r));
        str id = text_format(c->a, "%lld", (long long)arg_int(&x, "org"));
        if (!r.count)
            return refuse(c, ERR_NOT_FOUND, "org_headcount.missing", NULL);
        json_str(kept, id);
        json_key(shown, id.at);
        json_str(shown, rows_text(&r, 0, "phone"));
    }
    json_close(kept, ']');
    json_close(shown, '}');
    return NULL;
}

const command org_headcount_commands[] = {
    { "org_headcount.say", "liaison:org commander:all", "org:id headcount:int contact:name? phone:phone? note:text_private?",
      .closed = CLOSED_APART, .run = org_headcount_say },
    { "org_headcount.reveal", "liaison:org commander:all", "rows:rows purpose:text", .row = REVEAL_ROW, .closed = CLOSED_APART,
      .run = org_headcount_reveal },
    { 0 },
};
