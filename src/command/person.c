#include "command/command.h"

#define PERSON_ROW \
    "name:name phone:phone? org:list? address:address? work_unit:text? kind:text? remark:text_private? skills:list? version:int?"

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

const command person_commands[] = {
    { "person.import", "commander:all", "rows:rows", .row = PERSON_ROW, .run = person_import },
    { 0 },
};
