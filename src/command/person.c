#include "command/command.h"

#define PERSON_ROW \
    "name:name phone:phone? org:list? address:address? work_unit:text? kind:text? remark:text_private? skills:list? version:int?"
#define REVEAL_ROW "person:id"

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

const command person_commands[] = {
    { "person.import", "commander:all", "rows:rows", .row = PERSON_ROW, .closed = CLOSED_APART, .run = person_import },
    { "person.reveal", "leader:team liaison:org secretary:division", "rows:rows purpose:text", .row = REVEAL_ROW,
      .closed = CLOSED_APART, .run = person_reveal },
    { 0 },
};
