#include "base/civil.h"
#include "command/message.h"
#include "command/notice.h"

typedef struct standing_down {
    rows duties;
    str channel, signature, why;
    int64_t *messages;
    size_t message_count;
    int64_t cancelled;
} standing_down;

static str say_day(context *c, str starts_on)
{
    civil_day on = 0;
    civil_day_read(starts_on, &on);
    return message_day(c, on);
}

static str text_for(context *c, const standing_down *s, size_t i)
{
    const rows *d = &s->duties;
    str contact = message_contact(c, rows_text(d, i, "contact"), rows_text(d, i, "contact_phone"));
    return words_get(c->a, c->lang, "message.stand_down",
                     VALUES({ "signature", s->signature }, { "name", rows_text(d, i, "name") },
                            { "day", say_day(c, rows_text(d, i, "starts_on")) },
                            { "place", community_short(c, rows_text(d, i, "community")) }, { "contact", contact }));
}

/* Without a channel or a telephone somebody must tell them: the view stand_down says whom. */
static err *cancel_one(context *c, void *of, size_t i)
{
    standing_down *s = of;
    rows gone = { 0 };
    const value id = *rows_at(&s->duties, i, "id");
    TRY(query(c, "stand_down.cancel", NAMED({ "id", id }, { "why", V_TEXT(s->why) }, { "now", V_INT(c->now) }), &gone));
    s->cancelled += gone.count > 0;
    if (!gone.count || !s->channel.len || !rows_text(&s->duties, i, "phone").len)
        return NULL;
    return message_prepare(c, s->channel, rows_int(&s->duties, i, "person_id"), STR("stand_down"), id.n, text_for(c, s, i),
                           &s->messages[s->message_count++]);
}

static err *begin(context *c, const args *a, standing_down *s)
{
    rows r = { 0 };
    if (!arg_given(a, "need") && !arg_given(a, "team") && !arg_given(a, "operation"))
        return refuse(c, ERR_INPUT, "stand_down.which", NULL);
    TRY(query(c, "stand_down.operation",
              NAMED({ "need", arg_value(a, "need") }, { "team", arg_value(a, "team") }, { "operation", arg_value(a, "operation") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "stand_down.which", NULL);
    TRY(message_channel(c, arg_text(a, "channel"), &s->channel));
    s->why = arg_given(a, "why") ? arg_text(a, "why") : words_get(c->a, c->lang, "stand_down.why", NULL);
    return message_signature(c, rows_int(&r, 0, "id"), &s->signature);
}

static err *duty_stand_down(context *c, const args *a)
{
    standing_down s = { 0 };
    rows left = { 0 };
    TRY(begin(c, a, &s));
    const value need = arg_value(a, "need"), team = arg_value(a, "team"), operation = arg_value(a, "operation"),
                from_on = arg_value(a, "from_on"), to_on = arg_value(a, "to_on"), now = V_INT(c->now);
    TRY(query(c, "stand_down.count",
              NAMED({ "need", need }, { "team", team }, { "operation", operation }, { "from_on", from_on }, { "to_on", to_on },
                    { "now", now }), &left));
    TRY(query(c, "stand_down.duties",
              NAMED({ "need", need }, { "team", team }, { "operation", operation }, { "from_on", from_on }, { "to_on", to_on },
                    { "now", now }, { "limit", V_INT(piece_limit(a)) }), &s.duties));
    s.messages = arena_many(c->a, int64_t, s.duties.count + 1);
    TRY(each(c, s.duties.count, cancel_one, &s));
    command_result_int(c, "cancelled", s.cancelled);
    command_result_int(c, "remaining", rows_int(&left, 0, "n") - (int64_t)s.duties.count);
    command_ids(c, "ids", s.messages, s.message_count);
    return NULL;
}

const command stand_down_commands[] = {
    { "duty.stand_down", "commander:all secretary:division leader:team",
      "need:id? team:id? operation:id? from_on:day? to_on:day? why:text? channel:text? limit:int?",
      .closed = CLOSED_STOPS, .run = duty_stand_down },
    { 0 },
};
