#include "command/import_before.h"

#include <string.h>

#define PLACEMENT_ROW \
    "person:id community_code:code? compound:id? state:text reasons:text? text_key:text_private? " \
    "candidates:text? suggested_code:code? settled:yes?"

/* Placements are only ever added; person.placement_id points to the one in force. */
static err *put_in_force(context *c, const named *all, int64_t *id)
{
    named full[16] = { { 0 } };
    size_t count = 0;
    value person = V_NULL;
    for (; all[count].name; count++) {
        full[count] = all[count];
        if (strcmp(all[count].name, "person") == 0)
            person = all[count].value;
    }
    str before;
    TRY(import_before_image(c, "person", person, &before));
    TRY(next_id(c, id));
    full[count++] = (named){ "id", V_INT(*id) };
    full[count] = (named){ "by", c->actor_id ? V_INT(c->actor_id) : V_NULL };
    TRY(query(c, "placement.add", full, NULL));
    TRY(query(c, "placement.point", NAMED({ "person", person }, { "id", V_INT(*id) }), NULL));
    return import_before_keep(c, "person", person, before);
}

/* What a person decided about this address stands, though the engine still doubts. */
static bool is_decided(const rows *current, const args *x)
{
    return rows_int(current, 0, "settled") && str_is(arg_text(x, "state"), "queued") &&
           str_equal(rows_text(current, 0, "text_key"), arg_text(x, "text_key"));
}

static err *placement_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    const value person = arg_value(x, "person");
    const named *all = NAMED({ "person", person }, { "community", arg_value(x, "community_code") },
                             { "compound", arg_value(x, "compound") }, { "state", arg_value(x, "state") },
                             { "reasons", arg_text_value(x, "reasons") }, { "text_key", arg_text_value(x, "text_key") },
                             { "candidates", arg_text_value(x, "candidates") },
                             { "suggested", arg_value(x, "suggested_code") },
                             { "settled", V_INT(arg_int(x, "settled")) });
    rows r = { 0 };
    TRY(query(c, "placement.current", NAMED({ "person", person }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing", VALUES({ "id", text_format(c->a, "%lld", (long long)person.n) }));
    bool first = rows_at(&r, 0, "placement_id")->kind == VALUE_NULL;
    *id = rows_int(&r, 0, "placement_id");
    if (is_decided(&r, x))
        return NULL;
    TRY(query(c, "placement.find_same", all, &r));
    if (r.count)
        return NULL;
    *done = first ? BULK_ADDED : BULK_CHANGED;
    return put_in_force(c, all, id);
}

static err *placement_record(context *c, const args *a)
{
    return bulk(c, a, PLACEMENT_ROW, false, placement_one);
}

typedef struct settling {
    rows people;
    value text_key, community;
} settling;

static err *settle_one(context *c, void *of, size_t i)
{
    const settling *s = of;
    int64_t id;
    return put_in_force(c, NAMED({ "person", V_INT(rows_int(&s->people, i, "person_id")) }, { "community", s->community },
                                 { "compound", V_NULL },
                                 { "state", V_TEXT(s->community.kind == VALUE_NULL ? STR("outside") : STR("placed")) },
                                 { "reasons", V_TEXT(words_get(c->a, c->lang, "place.by_rule", NULL)) },
                                 { "text_key", s->text_key }, { "candidates", V_TEXT(STR("")) },
                                 { "suggested", V_NULL }, { "settled", V_INT(1) }), &id);
}

static err *is_community(context *c, value code)
{
    rows r = { 0 };
    if (code.kind == VALUE_NULL)
        return NULL;
    TRY(query(c, "division.find", NAMED({ "code", code }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "division.missing", VALUES({ "code", code.s }));
    return str_is(rows_text(&r, 0, "level"), "community")
               ? NULL : refuse(c, ERR_INPUT, "placement.settle_level", VALUES({ "code", code.s }));
}

/*
 * "Addresses written like this lie there": all that wait are placed now, and the rule serves every later match of
 * the same text. Who was settled by an earlier rule of the text follows the new one.
 */
static err *placement_settle(context *c, const args *a)
{
    bool outside = arg_int(a, "outside") != 0;
    settling s = { .text_key = arg_value(a, "text_key"), .community = arg_value(a, "community_code") };
    if (outside == arg_given(a, "community_code"))
        return refuse(c, ERR_INPUT, "placement.settle_which", NULL);
    TRY(is_community(c, s.community));
    TRY(query(c, "placement.settle",
              NAMED({ "text_key", s.text_key }, { "community", s.community }, { "outside", V_INT(outside) },
                    { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL }, { "now", V_INT(c->now) }),
              NULL));
    TRY(query(c, "placement.alike", NAMED({ "text_key", s.text_key }, { "community", s.community }), &s.people));
    TRY(each(c, s.people.count, settle_one, &s));
    command_result_bool(c, "outside", outside);
    command_result_int(c, "settled", (int64_t)s.people.count);
    return NULL;
}

const command placement_commands[] = {
    { "placement.record", "commander:all secretary:division", "rows:rows import:id?", .row = PLACEMENT_ROW,
      .closed = CLOSED_APART, .run = placement_record },
    { "placement.settle", "commander:all secretary:division", "text_key:text_private community_code:code? outside:yes?",
      .closed = CLOSED_APART, .run = placement_settle },
    { 0 },
};
