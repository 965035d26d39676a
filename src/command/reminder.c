/* Texts around a duty: a reminder the evening before, and when the watch is over a word of hours. */
#include "base/civil.h"
#include "command/message.h"
#include "command/notice.h"
#include "domain/message.h"

enum {
    EVENING_MINUTE = 18 * 60,     /* before it nobody is reminded: plans still change */
    COME_EARLY_MINUTES = 10,
    CHECK_DAYS = 7,               /* hours are open to objection so long after the end */
    FINISHED_MS = 48 * 3600 * 1000 /* a watch that ended earlier is not spoken of any more */
};

typedef struct reminding {
    civil_zone *zone;
    civil_day today;
    int minute;
    str channel, signature, purpose;
    rows people;
    int64_t *ids;
    str (*text_for)(context *c, const struct reminding *r, size_t i);
} reminding;

static str number(context *c, int n)
{
    return text_format(c->a, "%d", n);
}

/* Who answers for the team; where nobody does, its leader by office. */
static void contact_of(context *c, const reminding *r, size_t i, str *name, str *phone)
{
    *name = rows_text(&r->people, i, "contact");
    *phone = message_mask(c->a, rows_text(&r->people, i, "contact_phone"));
    if (!name->len)
        *name = words_get(c->a, c->lang, "message.leader", NULL);
}

static str reminder_for(context *c, const reminding *r, size_t i)
{
    const rows *p = &r->people;
    str name, phone;
    int year, month, day, start = (int)rows_int(p, i, "start_minute"), end = (int)rows_int(p, i, "end_minute");
    civil_parts(r->today + 1, &year, &month, &day);
    contact_of(c, r, i, &name, &phone);
    str span = text_format(c->a, "%.*s–%.*s", STR_ARG(civil_time_text(c->a, start)),
                           STR_ARG(civil_time_text(c->a, end)));
    str place = words_get(c->a, c->lang, "message.post",
                          VALUES({ "community", community_short(c, rows_text(p, i, "community")) }, { "post", rows_text(p, i, "post") }));
    int at = start < COME_EARLY_MINUTES ? start : start - COME_EARLY_MINUTES;
    return words_get(c->a, c->lang, "message.reminder",
                     VALUES({ "signature", r->signature }, { "name", rows_text(p, i, "name") }, { "day", number(c, day) },
                            { "span", span }, { "place", place }, { "at", civil_time_text(c->a, at) },
                            { "contact", message_contact(c, name, rows_text(p, i, "contact_phone")) }));
}

static str finished_for(context *c, const reminding *r, size_t i)
{
    str name, phone;
    civil_day on;
    int minute, year, month, day;
    civil_local(r->zone, rows_int(&r->people, i, "ends_at"), &on, &minute);
    civil_parts(on, &year, &month, &day);
    contact_of(c, r, i, &name, &phone);
    str when = words_get(c->a, c->lang, "message.when",
                         VALUES({ "month", number(c, month) }, { "day", number(c, day) }, { "time", civil_time_text(c->a, minute) }));
    return words_get(c->a, c->lang, "message.finished",
                     VALUES({ "signature", r->signature }, { "place", community_short(c, rows_text(&r->people, i, "community")) },
                            { "when", when }, { "until", message_day(c, on + CHECK_DAYS) }, { "name", name }, { "phone", phone }));
}

static err *prepare_one(context *c, void *of, size_t i)
{
    reminding *r = of;
    return message_prepare(c, r->channel, rows_int(&r->people, i, "person_id"), r->purpose, rows_int(&r->people, i, "id"),
                           str_trim(r->text_for(c, r, i)), &r->ids[i]);
}

static err *begin(context *c, const args *a, reminding *r)
{
    rows o = { 0 };
    const int64_t operation = arg_int(a, "operation");
    TRY(query(c, "reminder.operation", NAMED({ "operation", V_INT(operation) }), &o));
    if (!o.count)
        return refuse(c, ERR_NOT_FOUND, "operation.missing", NULL);
    TRY(civil_zone_open(c->a, rows_text(&o, 0, "zone"), &r->zone));
    civil_local(r->zone, c->now, &r->today, &r->minute);
    TRY(message_channel(c, arg_text(a, "channel"), &r->channel));
    return message_signature(c, operation, &r->signature);
}

/* Without a channel nobody is told: the roster on paper and the call list remain. */
static err *prepare(context *c, reminding *r, const char *statement, const named *args)
{
    if (r->channel.len)
        TRY(query(c, statement, args, &r->people));
    r->ids = arena_many(c->a, int64_t, r->people.count + 1);
    TRY(each(c, r->people.count, prepare_one, r));
    command_ids(c, "ids", r->ids, r->people.count);
    command_result_int(c, "prepared", (int64_t)r->people.count);
    return NULL;
}

static err *duty_remind(context *c, const args *a)
{
    reminding r = { .purpose = STR("reminder"), .text_for = reminder_for };
    TRY(begin(c, a, &r));
    if (r.minute < EVENING_MINUTE)
        r.channel = (str){ 0 };
    return prepare(c, &r, "reminder.duties",
                   NAMED({ "operation", arg_value(a, "operation") }, { "day", V_TEXT(civil_day_text(c->a, r.today + 1)) },
                         { "now", V_INT(c->now) }, { "channel", V_TEXT(r.channel) }, { "tries", V_INT(MESSAGE_TRIES_MAX) },
                         { "limit", V_INT(piece_limit(a)) }));
}

static err *duty_thank(context *c, const args *a)
{
    reminding r = { .purpose = STR("finished"), .text_for = finished_for };
    TRY(begin(c, a, &r));
    return prepare(c, &r, "reminder.finished",
                   NAMED({ "operation", arg_value(a, "operation") }, { "since", V_INT(c->now - FINISHED_MS) },
                         { "now", V_INT(c->now) }, { "channel", V_TEXT(r.channel) }, { "tries", V_INT(MESSAGE_TRIES_MAX) },
                         { "limit", V_INT(piece_limit(a)) }));
}

const command reminder_commands[] = {
    { "duty.remind", "commander:all", "operation:id channel:text? limit:int?", .locks = "operation", .closed = CLOSED_STOPS,
      .run = duty_remind },
    { "duty.thank", "commander:all", "operation:id channel:text? limit:int?", .locks = "operation", .closed = CLOSED_GOES_ON,
      .run = duty_thank },
    { 0 },
};
