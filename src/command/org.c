#include "command/import_before.h"

#define ORG_ROW "path:list"

static err *org_step(context *c, int64_t parent, str name, size_t depth, int64_t *id, bulk_done *done)
{
    rows r = { 0 };
    const value above = parent ? V_INT(parent) : V_NULL;
    TRY(query(c, "org.find", NAMED({ "parent", above }, { "name", V_TEXT(name) }), &r));
    if (r.count) {
        *id = rows_int(&r, 0, "id");
        return NULL;
    }
    TRY(next_id(c, id));
    *done = BULK_ADDED;
    TRY(query(c, "org.add",
              NAMED({ "id", V_INT(*id) }, { "parent", above }, { "name", V_TEXT(name) },
                    { "kind", V_TEXT(depth ? STR("branch") : STR("agency")) }),
              NULL));
    TRY(query(c, "org.add_above", NAMED({ "id", V_INT(*id) }, { "parent", above }), NULL));
    return import_before_keep(c, "org", V_INT(*id), (str){ 0 });
}

/* Hundreds of people of one command have the same few; bulk's memory holds the keys as long as the map. */
static err *org_known(context *c, int64_t parent, str name, int64_t *id, bulk_done *done)
{
    text key = text_begin(c->a);
    text_put_int(&key, parent);
    text_put_z(&key, "/");
    text_put(&key, name);
    if (!c->orgs)
        c->orgs = map_new(c->a);
    if (map_get(c->orgs, text_done(&key), id))
        return NULL;
    TRY(org_step(c, parent, name, parent != 0, id, done));
    map_put(c->orgs, text_done(&key), *id);
    return NULL;
}

err *org_of_path(context *c, const json_t *path, int64_t *id, bulk_done *done)
{
    size_t i;
    json_t *j;
    int64_t parent = 0;
    *id = 0;
    json_array_foreach((json_t *)(uintptr_t)path, i, j) {
        str name = json_is_string(j) ? str_trim((str){ json_string_value(j), json_string_length(j) }) : (str){ 0 };
        if (!name.len)
            continue;
        TRY(org_known(c, parent, name, id, done));
        parent = *id;
    }
    return NULL;
}

static err *org_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    return org_of_path(c, arg_of(x, "path")->json, id, done);
}

static err *org_import(context *c, const args *a)
{
    return bulk(c, a, ORG_ROW, true, org_one);
}

const command org_commands[] = {
    { "org.import", "commander:all", "rows:rows import:id?", .row = ORG_ROW, .closed = CLOSED_APART, .run = org_import },
    { 0 },
};
