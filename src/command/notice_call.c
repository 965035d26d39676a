#include "command/message.h"
#include "command/notice.h"
#include "domain/notice.h"

enum { ESCALATE_MINUTES_MAX = 7 * 24 * 60 };

/* -- calls ---------------------------------------------------------------------------------------------- */
static err *notice_call(context *c, const args *a)
{
    loaded_notice n;
    int64_t by, id;
    bool cut;
    str outcome = arg_text(a, "outcome");
    if (!notice_outcome_is(outcome))
        return refuse(c, ERR_INPUT, "notice.outcome_which", NULL);
    TRY(notice_load(c, arg_int(a, "notice"), &n));
    TRY(acting_person(c, a, &by));
    int64_t at = notice_claim(arg_int_or(a, "happened_at", c->now), c->now, n.of.order.released_at, &cut);
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_result_bool(c, "cut", cut);
    TRY(query(c, "notice.add_call",
              NAMED({ "id", V_INT(id) }, { "notice", V_INT(n.id) }, { "by", V_INT(by) }, { "outcome", V_TEXT(outcome) },
                    { "happened_at", V_INT(at) }, { "now", V_INT(c->now) }),
              NULL));
    str event = notice_event_of_call(outcome);
    return query(c, "notice.settle_call",
                 NAMED({ "id", V_INT(n.id) }, { "state", V_TEXT(event.len ? notice_state_after(n.state, event) : n.state) }), NULL);
}

/* Two helpers do not ring the same person: the mark stands for three minutes. */
static err *notice_calling(context *c, const args *a)
{
    loaded_notice n;
    int64_t by = 0;
    TRY(notice_load(c, arg_int(a, "notice"), &n));
    TRY(acting_person(c, a, &by));
    if (n.calling_by_id && n.calling_by_id != by && n.calling_until_at > c->now)
        return refuse(c, ERR_CONFLICT, "notice.being_called", NULL);
    command_result(c, "id", n.id);
    return query(c, "notice.mark_calling",
                 NAMED({ "id", V_INT(n.id) }, { "by", V_INT(by) }, { "until", V_INT(c->now + CALLING_MS) }), NULL);
}

static err *notice_unreachable(context *c, const args *a)
{
    loaded_notice n;
    rows r = { 0 };
    TRY(notice_load(c, arg_int(a, "notice"), &n));
    if (str_is(n.state, "answered"))
        return refuse(c, ERR_CONFLICT, "notice.answered", NULL);
    TRY(query(c, "notice.tries",
              NAMED({ "notice", V_INT(n.id) }, { "order", V_INT(n.of.order.id) }, { "person", V_INT(n.person_id) }), &r));
    if (!rows_int(&r, 0, "n"))
        return refuse(c, ERR_CONFLICT, "notice.untried", NULL);
    command_result(c, "id", n.id);
    return query(c, "notice.settle_call", NAMED({ "id", V_INT(n.id) }, { "state", V_TEXT(STR("unreachable")) }), NULL);
}

/* -- one level up --------------------------------------------------------------------------------------- */
typedef struct escalating {
    int64_t order;
    rows orgs;
} escalating;

static err *escalate_one(context *c, void *of, size_t i)
{
    escalating *x = of;
    int64_t id;
    TRY(next_id(c, &id));
    return query(c, "escalation.add",
                 NAMED({ "id", V_INT(id) }, { "order", V_INT(x->order) }, { "org", *rows_at(&x->orgs, i, "org_id") },
                       { "to_org", *rows_at(&x->orgs, i, "parent_id") }, { "now", V_INT(c->now) }),
                 NULL);
}

static err *escalate_minutes(context *c, int64_t operation, int64_t *minutes)
{
    str set;
    *minutes = ESCALATE_MINUTES;
    TRY(message_setting(c, operation, "escalate_minutes", &set));
    return !set.len || str_int(set, 0, ESCALATE_MINUTES_MAX, minutes) ? NULL
                                                                      : refuse(c, ERR_INPUT, "notice.escalate_minutes", NULL);
}

/* Only shown to the org above, once; nothing is sent and nothing moves. */
static err *notice_escalate(context *c, const args *a)
{
    escalating x = { .order = arg_int(a, "order") };
    loaded_order l = { 0 };
    int64_t minutes;
    TRY(order_load_live(c, x.order, &l));
    TRY(escalate_minutes(c, l.order.operation_id, &minutes));
    TRY(query(c, "escalation.sleeping",
              NAMED({ "order", V_INT(x.order) }, { "due_before", V_INT(c->now - minutes * 60000) }, { "limit", V_INT(PIECE_ROWS_MAX) }),
              &x.orgs));
    TRY(each(c, x.orgs.count, escalate_one, &x));
    command_result_int(c, "escalated", (int64_t)x.orgs.count);
    return NULL;
}

static err *notice_take_over(context *c, const args *a)
{
    loaded_order l = { 0 };
    rows taken = { 0 };
    int64_t by = 0;
    TRY(order_load_live(c, arg_int(a, "order"), &l));
    TRY(acting_person(c, a, &by));
    TRY(query(c, "notice.take_over", NAMED({ "order", V_INT(l.order.id) }, { "org", arg_value(a, "org") }, { "by", V_INT(by) }), &taken));
    command_result_int(c, "taken", (int64_t)taken.count);
    return query(c, "escalation.take",
                 NAMED({ "order", V_INT(l.order.id) }, { "org", arg_value(a, "org") }, { "by", V_INT(by) }, { "now", V_INT(c->now) }), NULL);
}

const command notice_call_commands[] = {
    { "notice.call", "liaison:org leader:team commander:all", "notice:id outcome:text happened_at:utc? by:id?",
      .closed = CLOSED_STOPS, .run = notice_call },
    { "notice.calling", "liaison:org leader:team commander:all", "notice:id by:id?",
      .closed = CLOSED_STOPS, .run = notice_calling },
    { "notice.unreachable", "liaison:org leader:team commander:all", "notice:id",
      .closed = CLOSED_STOPS, .run = notice_unreachable },
    { "notice.escalate", "commander:all commander:division", "order:id", .locks = "order",
      .closed = CLOSED_STOPS, .run = notice_escalate },
    { "notice.take_over", "commander:all liaison:org", "order:id org:id by:id?", .locks = "order",
      .closed = CLOSED_STOPS, .run = notice_take_over },
    { 0 },
};
