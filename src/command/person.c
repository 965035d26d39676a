#include "command/import_before.h"
#include "command/pass.h"
#include "command/person_key.h"
#include "domain/message.h"
#include "sheet/records.h"

#define PERSON_ROW \
    "name:name phone:phone? org:list? address:address? work_unit:text? kind:text? remark:text_private? skills:list? version:int?"
#define REVEAL_ROW "person:id"
enum { SKILL_MAX_BYTES = 60, SKILLS_MAX = 20 };

/* What a row says of a person; of one on the list of another agency only what is missing there, and its unit beside his. */
typedef struct said {
    value org, address, work_unit, kind, remark;
    bool elsewhere;
} said;

static value unless(const rows *r, const char *column, value otherwise)
{
    str there = rows_text(r, 0, column);
    return there.len ? V_TEXT(there) : otherwise;
}

static err *said_of(context *c, const args *x, int64_t org, said *s)
{
    rows r = { 0 };
    *s = (said){ org ? V_INT(org) : V_NULL, arg_text_value(x, "address"), arg_text_value(x, "work_unit"), arg_text_value(x, "kind"),
                 arg_text_value(x, "remark"), false };
    TRY(query(c, "person.find",
              NAMED({ "name", arg_value(x, "name") }, { "phone", arg_text_value(x, "phone") }, { "org", s->org }, { "address", s->address },
                    { "work_unit", s->work_unit }, { "kind", s->kind }, { "remark", s->remark }, { "name_key", V_TEXT(STR("")) },
                    { "home_key", V_TEXT(STR("")) }), &r));
    if (!r.count)
        return NULL;
    TRY(query(c, "person.listed", NAMED({ "id", *rows_at(&r, 0, "id") }, { "org", s->org }), &r));
    s->elsewhere = rows_int(&r, 0, "elsewhere");
    if (s->elsewhere)
        *s = (said){ *rows_at(&r, 0, "org_id"), unless(&r, "address_text", s->address), unless(&r, "work_unit", s->work_unit),
                     unless(&r, "kind", s->kind), unless(&r, "remark", s->remark), true };
    return NULL;
}

static err *add_unit(context *c, const args *x, int64_t person, int64_t org, bulk_done *done)
{
    rows r = { 0 };
    str before;
    TRY(import_before_image(c, "person", V_INT(person), &before));
    TRY(query(c, "person.add_unit", NAMED({ "id", V_INT(person) }, { "org", V_INT(org) }, { "work_unit", arg_text_value(x, "work_unit") }), &r));
    if (!r.count)
        return NULL;
    *done = *done == BULK_SAME ? BULK_CHANGED : *done;
    return import_before_keep(c, "person", V_INT(person), before);
}

/* A person is known by name and telephone; without a telephone by name, organisation and address. */
static err *person_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    int64_t org = 0;
    bulk_done org_done = BULK_SAME;
    TRY(org_of_path(c, arg_of(x, "org")->json, &org, &org_done));
    said s;
    TRY(said_of(c, x, org, &s));
    TRY(upsert_version(c, "person", x,
               NAMED({ "name", arg_value(x, "name") }, { "phone", arg_text_value(x, "phone") }, { "org", s.org },
                     { "address", s.address }, { "work_unit", s.work_unit }, { "kind", s.kind }, { "remark", s.remark },
                     { "name_key", person_name_key(c, arg_value(x, "name")) }, { "home_key", person_home_key(c, s.address) }),
               done, id));
    if (s.elsewhere)
        return add_unit(c, x, *id, org, done);
    return sync_texts(c, "person", "skill", *id, arg_of(x, "skills")->json, done);
}

static err *person_import(context *c, const args *a)
{
    return bulk(c, a, PERSON_ROW, true, person_one);
}

typedef struct revealing {
    const json_t *list;
    LIST(int64_t) ids;
    LIST(str) phones;
} revealing;

static err *reveal_one(context *c, revealing *r, size_t i)
{
    args x;
    rows found = { 0 };
    TRY(args_parse_row(c, REVEAL_ROW, json_array_get((json_t *)(uintptr_t)r->list, i), i + 1, &x));
    TRY(query(c, "person.phone", NAMED({ "id", arg_value(&x, "person") }), &found));
    if (!found.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing",
                      VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(&x, "person")) }));
    *list_add(c->a, &r->ids) = arg_int(&x, "person");
    *list_add(c->a, &r->phones) = rows_text(&found, 0, "phone");
    return NULL;
}

/* Telephones in full (ruling 16). The audit line says who saw whose and what for, but not the numbers. */
static err *person_reveal(context *c, const args *a)
{
    revealing r = { .list = arg_of(a, "rows")->json };
    for (size_t i = 0; i < json_array_size(r.list); i++)
        TRY(reveal_one(c, &r, i));
    if (r.ids.count == 1)
        command_about(c, r.ids.at[0]);
    json *kept = command_json(c), *shown = command_shown(c);
    json_key(kept, "ids");
    json_open(kept, '[');
    json_key(shown, "phones");
    json_open(shown, '{');
    for (size_t i = 0; i < r.ids.count; i++) {
        str id = text_format(c->a, "%lld", (long long)r.ids.at[i]);
        json_str(kept, id);
        json_key(shown, id.at);
        json_str(shown, r.phones.at[i]);
    }
    json_close(kept, ']');
    json_close(shown, '}');
    return NULL;
}

/* What somebody can do, in the own words of the list: car, dialect, first aid. */
static err *person_skill(context *c, const args *a)
{
    rows r = { 0 };
    str skill = str_trim(arg_text(a, "skill"));
    if (!skill.len || skill.len > SKILL_MAX_BYTES)
        return refuse(c, ERR_INPUT, "person.skill", NULL);
    TRY(query(c, "person.is", NAMED({ "id", arg_value(a, "person") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing",
                      VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "person")) }));
    TRY(query(c, "person.find_skill", NAMED({ "id", arg_value(a, "person") }), &r));
    bool has = false;
    for (size_t i = 0; i < r.count; i++)
        has = has || str_equal(rows_text(&r, i, "text"), skill);
    if (!has && arg_int(a, "yes") && r.count >= SKILLS_MAX)
        return refuse(c, ERR_CONFLICT, "person.skills", NULL);
    command_about(c, arg_int(a, "person"));
    if (has == (arg_int(a, "yes") != 0))
        return NULL;
    return query(c, has ? "person.drop_skill" : "person.add_skill",
                 NAMED({ "id", arg_value(a, "person") }, { "text", V_TEXT(skill) }), NULL);
}

/* -- the own telephone ----------------------------------------------------------------------------------- */
/* A whole mobile number that nobody else has; whose it is, is not said. */
static err *check_phone(context *c, const args *a, str was, str *out)
{
    rows r = { 0 };
    if (sheet_phone_read(c->a, arg_text(a, "phone"), out) || !out->len)
        return refuse(c, ERR_INPUT, "person.phone_whole", NULL);
    if (str_equal(*out, was))
        return refuse(c, ERR_INPUT, "person.phone_same", NULL);
    TRY(query(c, "person.phone_taken", NAMED({ "id", arg_value(a, "person") }, { "phone", V_TEXT(*out) }), &r));
    return r.count ? refuse(c, ERR_CONFLICT, "person.phone_taken", NULL) : NULL;
}

static err *replace_phone(context *c, value person, str phone)
{
    const named *with = NAMED({ "id", person }, { "phone", V_TEXT(phone) });
    TRY(query(c, "person.drop_phone", with, NULL)); /* back to one he had before */
    TRY(query(c, "person.keep_phone", NAMED({ "id", person }, { "now", V_INT(c->now) }), NULL));
    return query(c, "person.set_phone", with, NULL);
}

/* Links go on as they are. A wrong try is a success of the command, or it would not be counted. */
static err *person_change_phone(context *c, const args *a)
{
    rows r = { 0 };
    str is = { 0 };
    bool good = false;
    TRY(query(c, "person.phone", NAMED({ "id", arg_value(a, "person") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing", VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "person")) }));
    str was = rows_text(&r, 0, "phone");
    if (!was.len)
        return refuse(c, ERR_CONFLICT, "person.phone_none", NULL);
    command_about(c, arg_int(a, "person"));
    TRY(pass_digits(c, arg_int(a, "person"), was, arg_text(a, "digits"), &good));
    command_result_bool(c, "changed", good);
    if (!good)
        return NULL;
    TRY(check_phone(c, a, was, &is));
    command_result_text(c, "was", message_mask(c->a, was));
    command_result_text(c, "is", message_mask(c->a, is));
    return replace_phone(c, arg_value(a, "person"), is);
}

const command person_commands[] = {
    { "person.import", "commander:all", "rows:rows import:id?", .row = PERSON_ROW, .closed = CLOSED_APART, .run = person_import },
    { "person.reveal", "leader:team liaison:org secretary:division commander:division", "rows:rows purpose:text", .row = REVEAL_ROW,
      .closed = CLOSED_APART, .run = person_reveal },
    { "person.change_phone", "volunteer:own", "person:id digits:text_private phone:phone", .locks = "person", .closed = CLOSED_APART, .run = person_change_phone },
    { "person.skill", "volunteer:own leader:team commander:all", "person:id skill:text yes:yes", .closed = CLOSED_APART, .run = person_skill },
    { 0 },
};
