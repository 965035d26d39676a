#include "base/civil.h"
#include "command/call_order.h"
#include "command/notice.h"
#include "domain/notice.h"

/* -- queueing: a piece at a time ------------------------------------------------------------------------- */
typedef struct queueing {
    loaded_order l;
    rows people;
} queueing;

static err *queue_one(context *c, void *of, size_t i)
{
    queueing *q = of;
    int64_t id;
    TRY(next_id(c, &id));
    return query(c, "notice.add",
                 NAMED({ "id", V_INT(id) }, { "order", V_INT(q->l.order.id) }, { "person", *rows_at(&q->people, i, "person_id") },
                       { "liaison", *rows_at(&q->people, i, "liaison_id") }, { "due_at", V_INT(q->l.order.reply_by) }, { "now", V_INT(c->now) }),
                 NULL);
}

int64_t piece_limit(const args *a)
{
    int64_t limit = arg_int_or(a, "limit", PIECE_ROWS_MAX);
    return limit < 1 ? 1 : limit > PIECE_ROWS_MAX ? PIECE_ROWS_MAX : limit;
}

static err *notice_queue(context *c, const args *a)
{
    queueing q = { 0 };
    rows left = { 0 };
    TRY(order_load_live(c, arg_int(a, "order"), &q.l));
    const value order = V_INT(q.l.order.id), corrects = V_INT(q.l.order.corrects_id), limit = V_INT(piece_limit(a));
    if (q.l.order.corrects_id) {
        const named *of = NAMED({ "order", order }, { "corrects", corrects });
        TRY(query(c, "notice.uncorrected", NAMED({ "order", order }, { "corrects", corrects }, { "limit", limit }), &q.people));
        TRY(query(c, "notice.uncorrected_count", of, &left));
    } else {
        TRY(query(c, "notice.unqueued", NAMED({ "order", order }, { "limit", limit }, { "now", V_INT(c->now) }), &q.people));
        TRY(query(c, "notice.unqueued_count", NAMED({ "order", order }), &left));
    }
    TRY(each(c, q.people.count, queue_one, &q));
    command_result_int(c, "added", (int64_t)q.people.count);
    command_result_int(c, "remaining", rows_int(&left, 0, "n") - (int64_t)q.people.count);
    return NULL;
}

/* -- one notice ----------------------------------------------------------------------------------------- */
err *notice_load(context *c, int64_t id, loaded_notice *out)
{
    rows r = { 0 };
    TRY(query(c, "notice.load", NAMED({ "id", V_INT(id) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "notice.missing", NULL);
    *out = (loaded_notice){ .id = id,
                            .person_id = rows_int(&r, 0, "person_id"),
                            .state = rows_text(&r, 0, "state"),
                            .calling_by_id = rows_int(&r, 0, "calling_by_id"),
                            .calling_until_at = rows_int(&r, 0, "calling_until_at") };
    command_about(c, out->person_id);
    return order_load_live(c, rows_int(&r, 0, "order_id"), &out->of);
}

/* By its own number, or by order and person. */
static err *notice_named(context *c, const args *a, loaded_notice *out)
{
    rows r = { 0 };
    int64_t id = arg_int(a, "notice");
    if (!id && (!arg_given(a, "order") || !arg_given(a, "person")))
        return refuse(c, ERR_INPUT, "notice.which", NULL);
    if (!id) {
        TRY(query(c, "notice.find", NAMED({ "order", arg_value(a, "order") }, { "person", arg_value(a, "person") }), &r));
        if (!r.count)
            return refuse(c, ERR_NOT_FOUND, "notice.none", NULL);
        id = rows_int(&r, 0, "id");
    }
    TRY(notice_load(c, id, out));
    bool fits = (!arg_given(a, "person") || arg_int(a, "person") == out->person_id) &&
                (!arg_given(a, "order") || arg_int(a, "order") == out->of.order.id);
    return fits ? NULL : refuse(c, ERR_INPUT, "notice.which", NULL);
}

/* -- answers -------------------------------------------------------------------------------------------- */
typedef struct answering {
    loaded_notice n;
    str via;
    int64_t by, happened_at;
    bool cut;
} answering;

static err *check_answer(context *c, const args *a, answering *x)
{
    bool own = x->by == x->n.person_id;
    x->via = arg_given(a, "via") ? arg_text(a, "via") : own ? STR("link") : STR("call");
    if (!notice_answer_is(arg_text(a, "answer")))
        return refuse(c, ERR_INPUT, "notice.answer_which", NULL);
    if (!notice_via_is(x->via))
        return refuse(c, ERR_INPUT, "notice.via_which", NULL);
    x->happened_at = notice_claim(arg_int_or(a, "happened_at", c->now), c->now, x->n.of.order.released_at, &x->cut);
    if (!arg_given(a, "back_on"))
        return NULL;
    civil_zone *zone = NULL;
    civil_day back = 0, day = 0;
    int minute;
    TRY(civil_zone_open(c->a, x->n.of.zone, &zone));
    civil_local(zone, x->happened_at, &day, &minute);
    civil_day_read(arg_text(a, "back_on"), &back);
    if (str_is(arg_text(a, "answer"), "can"))
        return refuse(c, ERR_INPUT, "notice.back_on_can", NULL);
    return back < day ? refuse(c, ERR_INPUT, "notice.back_on_past", NULL) : NULL;
}

/* What the notice shows is the answer in force; the answers themselves all stay. */
static err *put_in_force(context *c, int64_t notice, int64_t answer)
{
    rows r = { 0 };
    TRY(query(c, "notice.answers", NAMED({ "notice", V_INT(notice) }), &r));
    notice_answer *all = arena_many(c->a, notice_answer, r.count);
    for (size_t i = 0; i < r.count; i++)
        all[i] = (notice_answer){ rows_int(&r, i, "own") != 0, rows_int(&r, i, "happened_at"), rows_int(&r, i, "recorded_at") };
    size_t in_force = notice_in_force(all, r.count);
    command_result_bool(c, "in_force", rows_int(&r, in_force, "id") == answer);
    return query(c, "notice.settle_answer",
                 NAMED({ "id", V_INT(notice) }, { "answer", *rows_at(&r, in_force, "answer") },
                       { "back_on", *rows_at(&r, in_force, "back_on") }),
                 NULL);
}

static err *notice_answer_command(context *c, const args *a)
{
    answering x = { 0 };
    int64_t id;
    TRY(notice_named(c, a, &x.n));
    TRY(acting_person(c, a, &x.by));
    TRY(check_answer(c, a, &x));
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_result_bool(c, "cut", x.cut);
    TRY(query(c, "notice.add_answer",
              NAMED({ "id", V_INT(id) }, { "notice", V_INT(x.n.id) }, { "answer", arg_value(a, "answer") },
                    { "back_on", arg_value(a, "back_on") }, { "reason", arg_text_value(a, "reason") }, { "by", V_INT(x.by) },
                    { "via", V_TEXT(x.via) }, { "happened_at", V_INT(x.happened_at) }, { "now", V_INT(c->now) },
                    { "cut", V_INT(x.cut) }),
              NULL));
    return put_in_force(c, x.n.id, id);
}

const command notice_commands[] = {
    { "notice.queue", "commander:all commander:division", "order:id limit:int?", .locks = "order",
      .closed = CLOSED_STOPS, .run = notice_queue },
    { "notice.answer", "volunteer:own liaison:org leader:team commander:all",
      "notice:id? order:id? person:id? answer:text back_on:day? reason:text_private? happened_at:utc? via:text? by:id?",
      .closed = CLOSED_STOPS, .run = notice_answer_command },
    { 0 },
};
