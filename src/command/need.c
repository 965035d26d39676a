#include "base/civil.h"
#include "command/command.h"

#define NEED_ROW \
    "team:id post:id shift:id starts_on:day starts_at:utc ends_at:utc min:int target:int limit:int priority:int? source:text? version:int?"

/* One row of need_seat for each seat; a taken one is never dropped (the foreign key says so too). */
err *need_sync_seats(context *c, int64_t need, int64_t limit)
{
    rows r = { 0 };
    TRY(query(c, "need.drop_seats", NAMED({ "id", V_INT(need) }, { "limit", V_INT(limit) }), NULL));
    TRY(query(c, "need.seats", NAMED({ "id", V_INT(need) }), &r));
    int64_t highest = rows_int(&r, 0, "highest");
    if (highest > limit)
        return refuse(c, ERR_CONFLICT, "need.seat_taken", VALUES({ "limit", text_format(c->a, "%lld", (long long)limit) }));
    for (int64_t seat = highest + 1; seat <= limit; seat++)
        TRY(query(c, "need.add_seat", NAMED({ "id", V_INT(need) }, { "seat", V_INT(seat) }), NULL));
    return NULL;
}

static err *need_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    int64_t min = arg_int(x, "min"), target = arg_int(x, "target"), limit = arg_int(x, "limit");
    if (min < 0 || target < min || limit < target || limit > HEADCOUNT_MAX)
        return refuse(c, ERR_INPUT, "need.headcount",
                    VALUES({ "max", text_format(c->a, "%d", HEADCOUNT_MAX) }, { "day", arg_text(x, "starts_on") }));
    if (arg_int(x, "ends_at") <= arg_int(x, "starts_at"))
        return refuse(c, ERR_INPUT, "need.span", VALUES({ "day", arg_text(x, "starts_on") }));
    TRY(upsert_version(c, "need", x,
               NAMED({ "team", arg_value(x, "team") }, { "post", arg_value(x, "post") },
                     { "shift", arg_value(x, "shift") }, { "starts_on", arg_value(x, "starts_on") },
                     { "starts_at", arg_value(x, "starts_at") }, { "ends_at", arg_value(x, "ends_at") },
                     { "min", V_INT(min) }, { "target", V_INT(target) }, { "limit", V_INT(limit) },
                     { "priority", V_INT(arg_int_or(x, "priority", 1)) }, { "source", arg_text_value(x, "source") }),
               done, id));
    return *done == BULK_SAME ? NULL : need_sync_seats(c, *id, limit);
}

static err *need_import(context *c, const args *a)
{
    return bulk(c, a, NEED_ROW, true, need_one);
}

typedef struct copying {
    rows rows;
    civil_zone *zone;
    civil_day day;
    str day_text;
    int64_t added;
} copying;

static err *copy_one(context *c, void *of, size_t i)
{
    copying *k = of;
    const rows *r = &k->rows;
    int64_t id;
    TRY(next_id(c, &id));
    k->added++;
    TRY(query(c, "need.add",
              NAMED({ "id", V_INT(id) }, { "team", *rows_at(r, i, "team_id") }, { "post", *rows_at(r, i, "post_id") },
                    { "shift", *rows_at(r, i, "shift_id") }, { "starts_on", V_TEXT(k->day_text) },
                    { "starts_at", V_INT(civil_instant(k->zone, k->day, (int)rows_int(r, i, "start_minute"))) },
                    { "ends_at", V_INT(civil_instant(k->zone, k->day, (int)rows_int(r, i, "end_minute"))) },
                    { "min", *rows_at(r, i, "headcount_min") }, { "target", *rows_at(r, i, "headcount_target") },
                    { "limit", *rows_at(r, i, "headcount_limit") }, { "priority", *rows_at(r, i, "priority") },
                    { "source", V_TEXT(STR("copy")) }),
              NULL));
    return need_sync_seats(c, id, rows_int(r, i, "headcount_limit"));
}

/* Needs of one day to another; what is there already stays as it is. */
static err *need_copy(context *c, const args *a)
{
    copying k = { .day_text = arg_text(a, "to_on") };
    rows zone = { 0 };
    civil_day_read(k.day_text, &k.day);
    TRY(query(c, "need.zone", NAMED({ "team", arg_value(a, "team") }), &zone));
    if (!zone.count)
        return refuse(c, ERR_NOT_FOUND, "team.missing",
                    VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "team")) }));
    TRY(civil_zone_open(c->a, rows_text(&zone, 0, "zone"), &k.zone));
    TRY(query(c, "need.to_copy",
              NAMED({ "team", arg_value(a, "team") }, { "from_on", arg_value(a, "from_on") },
                    { "to_on", arg_value(a, "to_on") }),
              &k.rows));
    TRY(each(c, k.rows.count, copy_one, &k));
    command_result_int(c, "added", k.added);
    return NULL;
}

const command need_commands[] = {
    { "need.import", "commander:all secretary:division leader:team", "rows:rows import:id?", .row = NEED_ROW,
      .closed = CLOSED_STOPS, .run = need_import },
    { "need.copy", "commander:all secretary:division leader:team", "team:id from_on:day to_on:day", .locks = "team",
      .closed = CLOSED_STOPS, .run = need_copy },
    { 0 },
};
