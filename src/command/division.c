#include "command/import_before.h"

#define DIVISION_ROW "code:code name:text level:text parent_code:code?"

/* division_above holds each code with all above it and itself. A moved one is rare: then all is built anew. */
static err *division_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    (void)id;
    rows r = { 0 };
    const value code = arg_value(x, "code"), parent = arg_value(x, "parent_code");
    TRY(query(c, "division.find", NAMED({ "code", code }), &r));
    if (arg_given(x, "parent_code")) {
        rows above = { 0 };
        TRY(query(c, "division.find", NAMED({ "code", parent }), &above));
        if (!above.count)
            return refuse(c, ERR_NOT_FOUND, "division.parent_missing",
                        VALUES({ "code", code.s }, { "parent", parent.s }));
    }
    const named *all = NAMED({ "code", code }, { "name", arg_value(x, "name") }, { "level", arg_value(x, "level") },
                             { "parent", parent });
    if (!r.count) {
        *done = BULK_ADDED;
        TRY(query(c, "division.add", all, NULL));
        TRY(query(c, "division.add_above", NAMED({ "code", code }, { "parent", parent }), NULL));
        return import_before_keep(c, "division", code, (str){ 0 });
    }
    bool moved = !str_equal(rows_text(&r, 0, "parent_code"), parent.s);
    str before;
    TRY(import_before_image(c, "division", code, &before));
    TRY(query(c, "division.change", all, &r));
    *done = r.count ? BULK_CHANGED : BULK_SAME;
    if (r.count)
        TRY(import_before_keep(c, "division", code, before));
    return moved ? division_build(c, code) : NULL;
}

err *division_build(context *c, value code)
{
    TRY(query(c, "division.clear_above", NAMED({ "code", code }), NULL));
    return query(c, "division.build_above", NAMED({ "code", code }), NULL);
}

static err *division_import(context *c, const args *a)
{
    return bulk(c, a, DIVISION_ROW, false, division_one);
}

const command division_commands[] = {
    { "division.import", "commander:all", "rows:rows import:id?", .row = DIVISION_ROW,
      .closed = CLOSED_APART, .run = division_import },
    { 0 },
};
