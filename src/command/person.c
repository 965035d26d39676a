#include "command/command.h"

#define PERSON_ROW \
    "name:name phone:phone? org:list? address:address? work_unit:text? kind:text? remark:text_private? skills:list? version:int?"
#define REVEAL_ROW "person:id"
enum { SKILL_MAX_BYTES = 60, SKILLS_MAX = 20 };

/* A person is known by name and telephone; without a telephone by name, organisation and address. */
static err *person_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    int64_t org = 0;
    bulk_done org_done = BULK_SAME;
    TRY(org_of_path(c, arg_of(x, "org")->json, &org, &org_done));
    TRY(upsert_version(c, "person", x,
               NAMED({ "name", arg_value(x, "name") }, { "phone", arg_text_value(x, "phone") },
                     { "org", org ? V_INT(org) : V_NULL }, { "address", arg_text_value(x, "address") },
                     { "work_unit", arg_text_value(x, "work_unit") }, { "kind", arg_text_value(x, "kind") },
                     { "remark", arg_text_value(x, "remark") }),
               done, id));
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

const command person_commands[] = {
    { "person.import", "commander:all", "rows:rows", .row = PERSON_ROW, .closed = CLOSED_APART, .run = person_import },
    { "person.reveal", "leader:team liaison:org secretary:division commander:division", "rows:rows purpose:text", .row = REVEAL_ROW,
      .closed = CLOSED_APART, .run = person_reveal },
    { "person.skill", "volunteer:own leader:team commander:all", "person:id skill:text yes:yes", .closed = CLOSED_APART, .run = person_skill },
    { 0 },
};
