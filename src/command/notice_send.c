#include "base/civil.h"
#include "command/message.h"
#include "command/notice.h"
#include "domain/message.h"

/* What all messages of one run share, and what came of them. */
typedef struct sending {
    loaded_order l;
    str channel, purpose, signature, when, number;
    rows people;
    int64_t *ids;
    int64_t parts;
} sending;

/* 2月8日8:00 in the operation's zone. */
static err *say_when(context *c, str zone_name, int64_t at, str *out)
{
    civil_zone *zone = NULL;
    civil_day on;
    int minute, year, month, day;
    TRY(civil_zone_open(c->a, zone_name, &zone));
    civil_local(zone, at, &on, &minute);
    civil_parts(on, &year, &month, &day);
    *out = words_get(c->a, c->lang, "message.when",
                     VALUES({ "month", text_format(c->a, "%d", month) }, { "day", text_format(c->a, "%d", day) },
                            { "time", text_format(c->a, "%d:%02d", minute / 60, minute % 60) }));
    return NULL;
}

static str text_for(context *c, const sending *s, size_t i)
{
    str contact = message_contact(c, rows_text(&s->people, i, "liaison"), rows_text(&s->people, i, "liaison_phone"));
    str community = rows_text(&s->people, i, "community");
    if (str_is(s->purpose, "chase"))
        return words_get(c->a, c->lang, "message.chase",
                         VALUES({ "signature", s->signature }, { "number", s->number }, { "contact", contact }));
    if (s->l.order.corrects_id)
        return words_get(c->a, c->lang, "message.correction",
                         VALUES({ "signature", s->signature }, { "text", s->l.text }, { "contact", contact }));
    if (contact.len)
        contact = words_get(c->a, c->lang, "message.contact.also", VALUES({ "contact", contact }));
    str place = community.len ? community_short(c, community) : words_get(c->a, c->lang, "message.place", NULL);
    return words_get(c->a, c->lang, "message.call_out",
                     VALUES({ "signature", s->signature }, { "number", s->number }, { "when", s->when }, { "place", place },
                            { "contact", contact }));
}

static err *send_one(context *c, void *of, size_t i)
{
    sending *s = of;
    str text = str_trim(text_for(c, s, i));
    int64_t parts = (int64_t)message_parts(text);
    s->parts = parts > s->parts ? parts : s->parts;
    return message_prepare(c, s->channel, rows_int(&s->people, i, "person_id"), s->purpose, s->l.order.id, text, &s->ids[i]);
}

static err *begin_sending(context *c, const args *a, sending *s)
{
    str kind = arg_text(a, "kind");
    if (kind.len && !str_is(kind, "call_out") && !str_is(kind, "chase"))
        return refuse(c, ERR_INPUT, "notice.kind", NULL);
    s->purpose = str_is(kind, "chase") ? STR("chase") : STR("order");
    TRY(order_load_live(c, arg_int(a, "order"), &s->l));
    TRY(message_channel(c, arg_text(a, "channel"), &s->channel));
    if (!s->channel.len)
        return refuse(c, ERR_CONFLICT, "channel.none", NULL);
    TRY(message_signature(c, s->l.order.operation_id, &s->signature));
    s->number = text_format(c->a, "%lld", (long long)s->l.order.number);
    return say_when(c, s->l.zone, s->l.order.report_at, &s->when);
}

/* People without a telephone get none: they stand in the call list. */
static err *notice_send(context *c, const args *a)
{
    sending s = { 0 };
    rows left = { 0 };
    TRY(begin_sending(c, a, &s));
    const value order = V_INT(s.l.order.id), purpose = V_TEXT(s.purpose), channel = V_TEXT(s.channel),
                round = V_INT(arg_int_or(a, "round", 1)), org = arg_value(a, "org"), tries = V_INT(MESSAGE_TRIES_MAX);
    TRY(query(c, "message.candidates_count",
              NAMED({ "order", order }, { "purpose", purpose }, { "channel", channel }, { "round", round }, { "org", org },
                    { "tries", tries }), &left));
    TRY(query(c, "message.candidates",
              NAMED({ "order", order }, { "purpose", purpose }, { "channel", channel }, { "round", round }, { "org", org },
                    { "tries", tries }, { "limit", V_INT(piece_limit(a)) }), &s.people));
    s.ids = arena_many(c->a, int64_t, s.people.count + 1);
    TRY(each(c, s.people.count, send_one, &s));
    command_ids(c, "ids", s.ids, s.people.count);
    command_result_int(c, "prepared", (int64_t)s.people.count);
    command_result_int(c, "remaining", rows_int(&left, 0, "n") - (int64_t)s.people.count);
    command_result_int(c, "parts", s.parts);
    return NULL;
}

const command notice_send_commands[] = {
    { "notice.send", "commander:all commander:division liaison:org",
      "order:id channel:text? kind:text? org:id? round:int? limit:int?",
      .locks = "order", .closed = CLOSED_STOPS, .run = notice_send },
    { 0 },
};
