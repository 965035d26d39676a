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

err *operation_known(context *c, int64_t operation_id)
{
    rows r = { 0 };
    TRY(query(c, "operation.load", NAMED({ "id", V_INT(operation_id) }), &r));
    return r.count ? NULL : refuse(c, ERR_NOT_FOUND, "operation.missing", NULL);
}

/* Nobody is left standing: a withdrawal that still counts heads goes first. */
static err *operation_close(context *c, const args *a)
{
    rows r = { 0 };
    const value id = arg_value(a, "operation");
    TRY(operation_known(c, id.n));
    TRY(query(c, "operation.withdrawing", NAMED({ "id", id }), &r));
    if (r.count)
        return refuse(c, ERR_CONFLICT, "operation.withdrawing", NULL);
    TRY(query(c, "operation.close", NAMED({ "id", id }, { "now", V_INT(c->now) }), NULL));
    command_result(c, "id", id.n);
    return NULL;
}

const command operation_commands[] = {
    { "operation.open", "commander:all", "title:text zone:text", .closed = CLOSED_APART, .run = operation_open },
    { "operation.close", "commander:all", "operation:id", .locks = "operation",
      .closed = CLOSED_STOPS, .run = operation_close },
    { 0 },
};
