#include "command/call_order.h"

err *order_load(context *c, int64_t id, loaded_order *out)
{
    rows r = { 0 };
    TRY(query(c, "order.load", NAMED({ "id", V_INT(id) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "order.missing", NULL);
    *out = (loaded_order){
        .order = { .id = id,
                   .operation_id = rows_int(&r, 0, "operation_id"),
                   .number = rows_int(&r, 0, "number"),
                   .drafted_by = rows_int(&r, 0, "drafted_by"),
                   .released_at = rows_int(&r, 0, "released_at"),
                   .reply_by = rows_int(&r, 0, "reply_by"),
                   .report_at = rows_int(&r, 0, "report_at"),
                   .corrects_id = rows_int(&r, 0, "corrects_id"),
                   .state = rows_text(&r, 0, "state") },
        .text = rows_text(&r, 0, "text"),
        .zone = rows_text(&r, 0, "zone"),
        .division = *rows_at(&r, 0, "division_code"),
    };
    return NULL;
}

static err *say_no(context *c, const call_order *o, const char *why)
{
    return why ? refuse(c, ERR_CONFLICT, why, VALUES({ "number", text_format(c->a, "%lld", (long long)o->number) })) : NULL;
}

err *order_load_live(context *c, int64_t id, loaded_order *out)
{
    TRY(order_load(c, id, out));
    return say_no(c, &out->order, call_order_no_notices(&out->order));
}

/* -- drafting ------------------------------------------------------------------------------------------- */
/* *division comes as given; that of a correction is the corrected one's, as its addressees are. */
static err *check_draft(context *c, const call_order *o, value *division)
{
    rows taken = { 0 }, there = { 0 };
    loaded_order corrects;
    if (o->corrects_id) {
        TRY(order_load(c, o->corrects_id, &corrects));
        *division = corrects.division;
    }
    if (division->kind != VALUE_NULL) {
        TRY(query(c, "division.find", NAMED({ "code", *division }), &there));
        if (!there.count)
            return refuse(c, ERR_NOT_FOUND, "division.missing", VALUES({ "code", division->s }));
    }
    TRY(query(c, "order.find_number", NAMED({ "operation", V_INT(o->operation_id) }, { "number", V_INT(o->number) }), &taken));
    return say_no(c, o, call_order_no_draft(o, o->corrects_id ? &corrects.order : NULL, taken.count > 0, c->now));
}

static err *add_addressee(context *c, int64_t id, const json_t *j)
{
    int64_t org = json_is_integer(j) ? json_integer_value(j) : 0;
    rows r = { 0 };
    if (json_is_string(j))
        str_int((str){ json_string_value(j), json_string_length(j) }, 1, INT64_MAX, &org);
    TRY(query(c, "order.org", NAMED({ "org", V_INT(org) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "order.org_missing", VALUES({ "id", text_format(c->a, "%lld", (long long)org) }));
    return query(c, "order.add_addressee", NAMED({ "id", V_INT(id) }, { "org", V_INT(org) }), NULL);
}

/* A correction goes to those of the order it corrects, whatever orgs are given. */
static err *add_addressees(context *c, const args *a, const call_order *o)
{
    const json_t *list = arg_of(a, "orgs")->json;
    size_t i;
    json_t *j;
    if (o->corrects_id)
        return query(c, "order.copy_addressees", NAMED({ "id", V_INT(o->id) }, { "corrects", V_INT(o->corrects_id) }), NULL);
    if (!json_array_size(list))
        return refuse(c, ERR_INPUT, "order.no_addressee", NULL);
    json_array_foreach((json_t *)(uintptr_t)list, i, j) {
        TRY(add_addressee(c, o->id, j));
    }
    return NULL;
}

static err *order_draft(context *c, const args *a)
{
    call_order o = { .operation_id = arg_int(a, "operation"), .number = arg_int(a, "number"), .reply_by = arg_int(a, "reply_by"),
                     .report_at = arg_int(a, "report_at"), .corrects_id = arg_int(a, "corrects"), .state = STR("draft") };
    value division = arg_value(a, "division");
    TRY(operation_known(c, o.operation_id));
    TRY(acting_person(c, a, &o.drafted_by));
    if (!str_trim(arg_text(a, "text")).len)
        return refuse(c, ERR_INPUT, "order.text_empty", NULL);
    TRY(check_draft(c, &o, &division));
    TRY(next_id(c, &o.id));
    command_result(c, "id", o.id);
    TRY(query(c, "order.add",
              NAMED({ "id", V_INT(o.id) }, { "operation", V_INT(o.operation_id) }, { "number", V_INT(o.number) },
                    { "text", V_TEXT(str_trim(arg_text(a, "text"))) }, { "principle", arg_text_value(a, "principle") },
                    { "drafted_by", V_INT(o.drafted_by) }, { "reply_by", V_INT(o.reply_by) },
                    { "report_at", V_INT(o.report_at) }, { "corrects", arg_value(a, "corrects") }, { "division", division }),
              NULL));
    return add_addressees(c, a, &o);
}

/* -- releasing, closing --------------------------------------------------------------------------------- */
static err *order_release(context *c, const args *a)
{
    loaded_order l = { 0 };
    int64_t by = 0;
    TRY(order_load(c, arg_int(a, "order"), &l));
    TRY(acting_person(c, a, &by));
    TRY(say_no(c, &l.order, call_order_no_release(&l.order, by, c->now)));
    command_result(c, "id", l.order.id);
    return query(c, "order.release", NAMED({ "id", V_INT(l.order.id) }, { "by", V_INT(by) }, { "now", V_INT(c->now) }), NULL);
}

static err *order_close(context *c, const args *a)
{
    loaded_order l = { 0 };
    TRY(order_load(c, arg_int(a, "order"), &l));
    TRY(say_no(c, &l.order, call_order_no_close(&l.order)));
    command_result(c, "id", l.order.id);
    return query(c, "order.close", NAMED({ "id", V_INT(l.order.id) }), NULL);
}

const command order_commands[] = {
    { "order.draft", "commander:all commander:division",
      "operation:id number:int text:text principle:text? reply_by:utc report_at:utc orgs:list? division:code? corrects:id? by:id?",
      .locks = "operation", .closed = CLOSED_STOPS, .run = order_draft },
    { "order.release", "commander:all commander:division", "order:id by:id?", .locks = "order",
      .closed = CLOSED_STOPS, .run = order_release },
    { "order.close", "commander:all commander:division", "order:id", .locks = "order",
      .closed = CLOSED_STOPS, .run = order_close },
    { 0 },
};
