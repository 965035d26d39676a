/* What stands wrong about people who are known: put right by id, so that a name or a telephone can be, too. */
#include "command/person_key.h"
#include "sheet/records.h"

/* Without a phone it stays: who sends the others has often seen it masked. Without work_unit and kind there is none. */
#define CORRECT_ROW "person:id version:int? name:name phone:phone? work_unit:text? kind:text?"

/* The old number is kept, so that a list which still has it finds the person (person.find). */
static err *replace_phone(context *c, const args *x, str was, str phone, bulk_done *done)
{
    const named *with = NAMED({ "id", arg_value(x, "person") }, { "phone", V_TEXT(phone) });
    if (str_equal(phone, was))
        return NULL;
    TRY(query(c, "person.drop_phone", with, NULL)); /* back to one he had before */
    if (was.len)
        TRY(query(c, "person.keep_phone", NAMED({ "id", arg_value(x, "person") }, { "now", V_INT(c->now) }), NULL));
    *done = BULK_CHANGED;
    return query(c, "person.set_phone", with, NULL);
}

static err *check(context *c, const args *x, str name, str phone)
{
    rows r = { 0 };
    str read;
    if (arg_given(x, "phone") && (sheet_phone_read(c->a, phone, &read) || !read.len))
        return refuse(c, ERR_INPUT, "person.phone_whole", NULL);
    TRY(query(c, "person_correct.twin", NAMED({ "id", arg_value(x, "person") }, { "name", V_TEXT(name) }, { "phone", V_TEXT(phone) }), &r));
    return r.count ? refuse(c, ERR_CONFLICT, "person.twin", VALUES({ "name", name })) : NULL;
}

static err *correct_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    rows was = { 0 }, changed = { 0 };
    *id = arg_int(x, "person");
    TRY(query(c, "person_correct.load", NAMED({ "id", V_INT(*id) }), &was));
    if (!was.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing", VALUES({ "id", text_format(c->a, "%lld", (long long)*id) }));
    TRY(version_check(c, "person", *id, x));
    str name = arg_text(x, "name"), phone = arg_given(x, "phone") ? arg_text(x, "phone") : rows_text(&was, 0, "phone");
    TRY(check(c, x, name, phone));
    TRY(query(c, "person_correct.save",
              NAMED({ "id", V_INT(*id) }, { "name", V_TEXT(name) }, { "name_key", person_name_key(c, V_TEXT(name)) },
                    { "work_unit", arg_text_value(x, "work_unit") }, { "kind", arg_text_value(x, "kind") }),
              &changed));
    *done = changed.count ? BULK_CHANGED : BULK_SAME;
    return replace_phone(c, x, rows_text(&was, 0, "phone"), phone, done);
}

static err *person_correct(context *c, const args *a)
{
    return bulk(c, a, CORRECT_ROW, true, correct_one);
}

const command person_correct_commands[] = {
    { "person.correct", "commander:all", "rows:rows", .row = CORRECT_ROW, .closed = CLOSED_APART, .run = person_correct },
    { 0 },
};
