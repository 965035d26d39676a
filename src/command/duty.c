#include "command/attendance.h"
#include "command/substitute.h"

#define DUTY_WHO "volunteer:own leader:team secretary:division commander:all"

/* -- loading and saving --------------------------------------------------------------------------------- */
err *duty_load(context *c, int64_t id, duty *out)
{
    rows r = { 0 };
    TRY(query(c, "duty.load", NAMED({ "id", V_INT(id) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "duty.missing", id);
    str state = rows_text(&r, 0, "state");
    *out = (duty){ .id = id, .need_id = rows_int(&r, 0, "need_id"), .person_id = rows_int(&r, 0, "person_id"),
                   .team_id = rows_int(&r, 0, "team_id"), .post_id = rows_int(&r, 0, "post_id"),
                   .attendance_id = rows_int(&r, 0, "attendance_id"),
                   .seat = rows_int(&r, 0, "seat"),
                   .planned = str_is(state, "planned") || str_is(state, "confirmed"), .state = state,
                   .shift = { rows_int(&r, 0, "starts_at"), rows_int(&r, 0, "ends_at"), 0 },
                   .starts_on = rows_text(&r, 0, "starts_on"), .post = rows_text(&r, 0, "post"),
                   .zone = rows_text(&r, 0, "zone") };
    civil_day_read(out->starts_on, &out->shift.day);
    command_about(c, out->person_id);
    return NULL;
}

err *duty_state(context *c, int64_t id, const char *state, str why)
{
    return query(c, "duty.set_state",
                 NAMED({ "id", V_INT(id) }, { "state", V_TEXT(str_of(state)) }, { "why", V_TEXT(why) }, { "now", V_INT(c->now) }), NULL);
}

static str state_word(context *c, str state)
{
    return words_get(c->a, c->lang, text_format(c->a, "duty.state.%.*s", STR_ARG(state)).at, NULL);
}

static err *not_live(context *c, const duty *d)
{
    return refuse(c, ERR_CONFLICT, "duty.not_live", VALUES({ "state", state_word(c, d->state) }));
}

/* -- coming and going ----------------------------------------------------------------------------------- */
/* At another post of the same team is accepted and marked; whose post it is not, is told where to ask. */
static err *wrong_post(context *c, const duty *d, const args *a, arrival *in)
{
    rows r = { 0 };
    if (!arg_given(a, "post") || arg_int(a, "post") == d->post_id)
        return NULL;
    TRY(query(c, "attendance.post_team", NAMED({ "post", arg_value(a, "post") }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "attendance.post_missing", arg_int(a, "post"));
    if (rows_int(&r, 0, "team_id") != d->team_id)
        return refuse(c, ERR_CONFLICT, "duty.other_post",
                      VALUES({ "there", rows_text(&r, 0, "name") }, { "post", d->post }));
    in->post_id = arg_int(a, "post");
    in->marks |= MARK_WRONG_POST;
    return NULL;
}

/* "I am here". Early, late or at the post next door is accepted and marked, never refused. */
static err *duty_check_in(context *c, const args *a)
{
    duty d = { 0 };
    unsigned marks = 0;
    int64_t id = 0;
    TRY(duty_load(c, arg_int(a, "duty"), &d));
    int64_t at = attendance_claimed(c, a, &marks);
    arrival in = arrival_at(&d, at);
    in.marks |= marks;
    if (d.attendance_id)
        return refuse(c, ERR_CONFLICT, "duty.twice", VALUES({ "day", d.starts_on }, { "post", d.post }));
    if (!d.planned)
        return not_live(c, &d);
    TRY(arrival_fits(c, &d, at));
    TRY(wrong_post(c, &d, a, &in));
    TRY(attendance_by(c, a, &in.by));
    TRY(attendance_via(c, a, d.person_id, in.by, &in.via));
    TRY(arrival_record(c, &in, &id));
    command_result(c, "id", id);
    return NULL;
}

static err *duty_check_out(context *c, const args *a)
{
    duty d = { 0 };
    presence p = { 0 };
    unsigned marks = 0;
    int64_t by = 0;
    TRY(duty_load(c, arg_int(a, "duty"), &d));
    if (!d.attendance_id)
        return refuse(c, ERR_CONFLICT, "duty.not_in", NULL);
    TRY(attendance_by(c, a, &by));
    TRY(presence_load(c, d.attendance_id, &p));
    int64_t at = attendance_claimed(c, a, &marks);
    p.marks |= marks;
    TRY(presence_leave(c, &p, at));
    command_result(c, "id", p.id);
    return NULL;
}

/* -- coming, not coming --------------------------------------------------------------------------------- */
static err *load_planned(context *c, const args *a, duty *d)
{
    TRY(duty_load(c, arg_int(a, "duty"), d));
    return d->planned ? NULL : not_live(c, d);
}

static err *duty_confirm(context *c, const args *a)
{
    duty d = { 0 };
    TRY(load_planned(c, a, &d));
    if (d.shift.ends_at <= c->now)
        return refuse(c, ERR_CONFLICT, "duty.past", NULL);
    command_result(c, "id", d.id);
    return duty_state(c, d.id, "confirmed", STR(""));
}

/* The seat is free again, and whatever was asked about the duty is void. */
static err *release(context *c, const duty *d, const char *state, str why)
{
    TRY(query(c, "duty.drop_swaps", NAMED({ "id", V_INT(d->id) }, { "now", V_INT(c->now) }), NULL));
    command_result(c, "id", d->id);
    return query(c, "duty.release",
                 NAMED({ "id", V_INT(d->id) }, { "state", V_TEXT(str_of(state)) }, { "why", V_TEXT(why) }, { "now", V_INT(c->now) }), NULL);
}

err *duty_why(context *c, const args *a, str *out)
{
    *out = str_trim(arg_text_value(a, "why").s);
    return out->len > DUTY_WHY_MAX_BYTES ? refuse(c, ERR_INPUT, "duty.why_long", NULL) : NULL;
}

static err *duty_excuse(context *c, const args *a)
{
    duty d = { 0 };
    str why = { 0 };
    TRY(duty_why(c, a, &why));
    TRY(load_planned(c, a, &d));
    if (d.shift.ends_at <= c->now)
        return refuse(c, ERR_CONFLICT, "duty.past", NULL);
    return release(c, &d, "excused", why);
}

static err *duty_no_show(context *c, const args *a)
{
    duty d = { 0 };
    TRY(load_planned(c, a, &d));
    if (c->now < d.shift.starts_at)
        return refuse(c, ERR_CONFLICT, "duty.not_begun", NULL);
    return release(c, &d, "no_show", STR(""));
}

/* Who says how many were on it when he looked is told if it is another number by now. */
static err *check_taken(context *c, const args *a, str post)
{
    rows r = { 0 };
    if (!arg_given(a, "taken"))
        return NULL;
    TRY(query(c, "duty.taken", NAMED({ "need", arg_value(a, "need") }), &r));
    int64_t n = rows_int(&r, 0, "n");
    if (n == arg_int(a, "taken"))
        return NULL;
    return refuse(c, ERR_STALE, "duty.stale", VALUES({ "post", post }, { "n", text_format(c->a, "%lld", (long long)n) }));
}

/* The lowest free seat. The need is locked, so that of many who reach for it one gets it. */
err *duty_take(context *c, const args *a, int64_t person_id, str source, const char *result)
{
    rows need = { 0 }, held = { 0 }, seat = { 0 };
    int64_t id;
    const value person = V_INT(person_id);
    TRY(query(c, "duty.need", NAMED({ "need", arg_value(a, "need") }), &need));
    if (!need.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "duty.need_missing", arg_int(a, "need"));
    if (rows_int(&need, 0, "ends_at") <= c->now)
        return refuse(c, ERR_CONFLICT, "duty.past", NULL);
    TRY(check_taken(c, a, rows_text(&need, 0, "post")));
    TRY(query(c, "duty.held", NAMED({ "need", arg_value(a, "need") }, { "person", person }), &held));
    if (held.count)
        return refuse(c, ERR_CONFLICT, "duty.once", NULL);
    TRY(query(c, "duty.free_seat", NAMED({ "need", arg_value(a, "need") }), &seat));
    if (!seat.count)
        return refuse(c, ERR_CONFLICT, "duty.full", VALUES({ "post", rows_text(&need, 0, "post") }));
    TRY(substitute_check(c, &(substitution){ .need_id = arg_int(a, "need"), .person_id = person.n }));
    TRY(next_id(c, &id));
    command_result(c, result, id);
    command_about(c, person.n);
    return query(c, "duty.add",
                 NAMED({ "id", V_INT(id) }, { "need", arg_value(a, "need") }, { "person", person },
                       { "seat", *rows_at(&seat, 0, "seat") }, { "source", V_TEXT(source) }, { "now", V_INT(c->now) },
                       { "state", V_TEXT(c->actor_id == person.n ? STR("confirmed") : STR("planned")) }),
                 NULL);
}

/* Whoever signs up, or is put on it by the leader. */
static err *duty_add(context *c, const args *a)
{
    str source = arg_given(a, "source") ? arg_text(a, "source") : STR("sign_up");
    if (str_is(source, "roster")) /* what a roster brought, the next roster may take away */
        return refuse(c, ERR_INPUT, "duty.source", NULL);
    return duty_take(c, a, arg_int(a, "person"), source, "id");
}

const command duty_commands[] = {
    { "duty.check_in", DUTY_WHO, "duty:id happened_at:utc? post:id? via:text? by:id?", .locks = "duty",
      .closed = CLOSED_STOPS, .run = duty_check_in },
    { "duty.check_out", DUTY_WHO, "duty:id happened_at:utc? by:id?", .locks = "duty",
      .closed = CLOSED_STOPS, .run = duty_check_out },
    { "duty.confirm", DUTY_WHO, "duty:id", .locks = "duty", .closed = CLOSED_STOPS, .run = duty_confirm },
    { "duty.excuse", DUTY_WHO, "duty:id why:text_private?", .locks = "duty",
      .closed = CLOSED_STOPS, .run = duty_excuse },
    { "duty.no_show", "leader:team secretary:division commander:all", "duty:id by:id?", .locks = "duty",
      .closed = CLOSED_STOPS, .run = duty_no_show },
    { "duty.add", DUTY_WHO, "need:id person:id source:text? taken:int?", .locks = "need person",
      .closed = CLOSED_STOPS, .run = duty_add },
    { 0 },
};
