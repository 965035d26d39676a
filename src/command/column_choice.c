#include "command/command.h"
#include "sheet/amend.h"

#define CHOICE_ROW "label:text nth:int? field:text"
enum { KEY_DIGITS = 32, COLUMNS_MAX = 256 };

static err *put_one(context *c, const args *a, const args *x)
{
    sheet_field field = sheet_field_named(c->a, arg_text(x, "field"));
    if (field == SHEET_FIELD_COUNT || field == SHEET_NONE)
        return refuse(c, ERR_INPUT, "column_choice.field", VALUES({ "value", arg_text(x, "field") }));
    if (!arg_text(x, "label").len || arg_int(x, "nth") < 0 || arg_int(x, "nth") >= COLUMNS_MAX)
        return refuse(c, ERR_INPUT, "column_choice.label", NULL);
    return query(c, "column_choice.add",
                 NAMED({ "kind", arg_value(a, "kind") }, { "header_key", arg_value(a, "header_key") }, { "label", arg_value(x, "label") },
                       { "nth", V_INT(arg_int(x, "nth")) }, { "field", V_TEXT(sheet_field_name(c->a, field)) }), NULL);
}

/* All that is chosen of one set of headers; what is not named again is guessed from now on. */
static err *column_choice_put(context *c, const args *a)
{
    const json_t *list = arg_of(a, "rows")->json;
    args x = { 0 };
    size_t i;
    json_t *j;
    if (arg_text(a, "header_key").len != KEY_DIGITS)
        return refuse(c, ERR_INPUT, "column_choice.key", NULL);
    TRY(query(c, "column_choice.drop", NAMED({ "kind", arg_value(a, "kind") }, { "header_key", arg_value(a, "header_key") }), NULL));
    json_array_foreach((json_t *)(uintptr_t)list, i, j) {
        TRY(args_parse_next(c, CHOICE_ROW, j, i + 1, &x));
        TRY(put_one(c, a, &x));
    }
    command_result_int(c, "columns", (int64_t)json_array_size(list));
    return NULL;
}

const command column_choice_commands[] = {
    { "column_choice.put", "commander:all", "kind:text header_key:text rows:rows", .row = CHOICE_ROW,
      .closed = CLOSED_APART, .run = column_choice_put },
    { 0 },
};
