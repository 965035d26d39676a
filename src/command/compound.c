#include "command/import_before.h"

#define COMPOUND_ROW "community_code:code kind:text name:text aliases:list? ranges:list?"
#define RANGE_ROW "from:int to:int side:text?"

/* House numbers are compared as a whole and replaced as a whole. */
static err *sync_ranges(context *c, int64_t id, value community, const json_t *ranges, bulk_done *done)
{
    rows have = { 0 };
    size_t i;
    json_t *j;
    TRY(query(c, "compound.find_ranges", NAMED({ "id", V_INT(id) }), &have));
    args *wanted = arena_many(c->a, args, json_array_size(ranges) + 1);
    bool same = have.count == json_array_size(ranges);
    json_array_foreach((json_t *)(uintptr_t)ranges, i, j) {
        TRY(args_parse_row(c, RANGE_ROW, j, i + 1, &wanted[i]));
        str side = arg_given(&wanted[i], "side") ? arg_text(&wanted[i], "side") : STR("both");
        same = same && rows_int(&have, i, "number_from") == arg_int(&wanted[i], "from") &&
               rows_int(&have, i, "number_to") == arg_int(&wanted[i], "to") &&
               str_equal(rows_text(&have, i, "side"), side);
    }
    if (same)
        return NULL;
    str before;
    TRY(import_before_image(c, "compound", V_INT(id), &before)); /* of a new one that is kept already, nothing new */
    *done = *done == BULK_SAME ? BULK_CHANGED : *done;
    TRY(query(c, "compound.clear_ranges", NAMED({ "id", V_INT(id) }), NULL));
    for (i = 0; i < json_array_size(ranges); i++) {
        int64_t range_id;
        TRY(next_id(c, &range_id));
        TRY(query(c, "compound.add_range",
                  NAMED({ "range", V_INT(range_id) }, { "id", V_INT(id) }, { "community", community },
                        { "from", arg_value(&wanted[i], "from") }, { "to", arg_value(&wanted[i], "to") },
                        { "side", arg_given(&wanted[i], "side") ? arg_value(&wanted[i], "side")
                                                                : V_TEXT(STR("both")) }),
                  NULL));
    }
    return import_before_keep(c, "compound", V_INT(id), before);
}

static err *compound_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    rows r = { 0 };
    const value community = arg_value(x, "community_code");
    TRY(query(c, "division.find", NAMED({ "code", community }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "division.missing", VALUES({ "code", community.s }));
    TRY(upsert(c, "compound",
               NAMED({ "community", community }, { "kind", arg_value(x, "kind") }, { "name", arg_value(x, "name") }),
               done, id));
    TRY(sync_texts(c, "compound", "alias", *id, arg_of(x, "aliases")->json, done));
    const json_t *ranges = arg_of(x, "ranges")->json;
    return ranges ? sync_ranges(c, *id, community, ranges, done) : NULL;
}

static err *compound_import(context *c, const args *a)
{
    return bulk(c, a, COMPOUND_ROW, true, compound_one);
}

const command compound_commands[] = {
    { "compound.import", "commander:all secretary:division", "rows:rows import:id?", .row = COMPOUND_ROW,
      .closed = CLOSED_APART, .run = compound_import },
    { 0 },
};
