#include "base/civil.h"
#include "command/command.h"

#define AVAILABILITY_ROW "person:id starts_at:utc ends_at:utc level:text source:text? version:int?"

static err *availability_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    if (arg_int(x, "ends_at") <= arg_int(x, "starts_at"))
        return refuse(c, ERR_INPUT, "availability.span", NULL);
    return upsert_version(c, "availability", x,
                  NAMED({ "person", arg_value(x, "person") }, { "starts_at", arg_value(x, "starts_at") },
                        { "ends_at", arg_value(x, "ends_at") }, { "level", arg_value(x, "level") },
                        { "source", arg_text_value(x, "source") }),
                  done, id);
}

static err *availability_import(context *c, const args *a)
{
    return bulk(c, a, AVAILABILITY_ROW, true, availability_one);
}

/* -- what somebody says on the telephone: Saturday, Sunday, by day, by night ----------------------------- */
enum { DAY_BEGINS = 6 * 60, NIGHT_BEGINS = 20 * 60, NIGHT_ENDS = 30 * 60, SATURDAY = 5 };
typedef struct saying {
    context *c;
    const args *a;
    civil_zone *zone;
    civil_day today;
} saying;

static err *say_span(saying *s, civil_day day, bool night, bool can)
{
    bulk_done done;
    int64_t id;
    int from = night ? NIGHT_BEGINS : DAY_BEGINS, to = night ? NIGHT_ENDS : NIGHT_BEGINS;
    return upsert(s->c, "availability",
                  NAMED({ "person", arg_value(s->a, "person") }, { "starts_at", V_INT(civil_instant(s->zone, day, from)) },
                        { "ends_at", V_INT(civil_instant(s->zone, day, to)) }, { "level", V_TEXT(can ? STR("can") : STR("cannot")) },
                        { "source", arg_text_value(s->a, "source") }),
                  &done, &id);
}

/* The next Saturday or Sunday, today included. */
static err *say_day(saying *s, int weekday, bool chosen)
{
    bool by_day = arg_int(s->a, "day"), by_night = arg_int(s->a, "night");
    civil_day day = s->today + (weekday - civil_weekday(s->today) + 7) % 7;
    if (!by_day && !by_night)
        by_day = by_night = true;
    TRY(say_span(s, day, false, chosen && by_day));
    return say_span(s, day, true, chosen && by_night);
}

/* What is not chosen is not offered; of days or halves of the day that nobody speaks of both are meant. */
static err *availability_say(context *c, const args *a)
{
    saying s = { .c = c, .a = a };
    rows r = { 0 };
    int minute;
    bool saturday = arg_int(a, "saturday"), sunday = arg_int(a, "sunday");
    if (!saturday && !sunday && !arg_int(a, "day") && !arg_int(a, "night"))
        return refuse(c, ERR_INPUT, "availability.say_when", NULL);
    TRY(operation_known(c, arg_int(a, "operation")));
    TRY(query(c, "operation.load", NAMED({ "id", arg_value(a, "operation") }), &r));
    TRY(civil_zone_open(c->a, rows_text(&r, 0, "zone"), &s.zone));
    civil_local(s.zone, c->now, &s.today, &minute);
    command_about(c, arg_int(a, "person"));
    command_result(c, "person", arg_int(a, "person"));
    TRY(say_day(&s, SATURDAY, saturday || !sunday));
    return say_day(&s, SATURDAY + 1, sunday || !saturday);
}

const command availability_commands[] = {
    { "availability.say", "volunteer:own leader:team liaison:org commander:all",
      "person:id operation:id saturday:yes? sunday:yes? day:yes? night:yes? source:text?",
      .closed = CLOSED_STOPS, .run = availability_say },
    { "availability.import", "commander:all leader:team liaison:org", "rows:rows import:id?",
      .row = AVAILABILITY_ROW, .closed = CLOSED_APART, .run = availability_import },
    { 0 },
};
