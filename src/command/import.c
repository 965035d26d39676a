#include "command/import_before.h"

#define IMPORT_ROW "row_no:int sheet:text? sheet_row:int? cells:text_private verdict:text trouble:text_private? noun_id:id?"

/* The same file again is no second import: its hash is known. One that was broken off is taken up again. */
static err *import_begin(context *c, const args *a)
{
    rows r = { 0 };
    int64_t id;
    const value kind = arg_value(a, "kind"), hash = arg_value(a, "file_hash");
    TRY(query(c, "import.find", NAMED({ "kind", kind }, { "hash", hash }), &r));
    if (r.count) {
        command_result(c, "id", rows_int(&r, 0, "id"));
        command_result_bool(c, "same", str_is(rows_text(&r, 0, "state"), "applied"));
        return NULL;
    }
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_result_bool(c, "same", false);
    return query(c, "import.add", NAMED({ "id", V_INT(id) }, { "kind", kind }, { "file", arg_text_value(a, "file") }, { "hash", hash },
                                     { "bytes_hash", arg_value(a, "bytes_hash") }, { "now", V_INT(c->now) }), NULL);
}

static err *import_rows(context *c, const args *a)
{
    const json_t *list = arg_of(a, "rows")->json;
    args x = { 0 };
    size_t i;
    json_t *j;
    json_array_foreach((json_t *)(uintptr_t)list, i, j) {
        TRY(args_parse_next(c, IMPORT_ROW, j, i + 1, &x));
        TRY(query(c, "import.put_row",
                  NAMED({ "import", arg_value(a, "import") }, { "row_no", arg_value(&x, "row_no") },
                        { "cells", arg_value(&x, "cells") }, { "verdict", arg_value(&x, "verdict") },
                        { "sheet", arg_text_value(&x, "sheet") }, { "sheet_row", V_INT(arg_int(&x, "sheet_row")) },
                        { "trouble", arg_text_value(&x, "trouble") }, { "noun", arg_value(&x, "noun_id") }),
                  NULL));
    }
    command_result_int(c, "rows", (int64_t)json_array_size(list));
    return NULL;
}

static err *import_finish(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "import.finish", NAMED({ "import", arg_value(a, "import") }, { "now", V_INT(c->now) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "import.missing", NULL);
    command_result(c, "id", arg_int(a, "import"));
    return NULL;
}

const command import_commands[] = {
    { "import.begin", "commander:all", "kind:text file_hash:text bytes_hash:text? file:text?",
      .closed = CLOSED_APART, .run = import_begin },
    { "import.rows", "commander:all", "import:id rows:rows", .row = IMPORT_ROW,
      .closed = CLOSED_APART, .run = import_rows },
    { "import.finish", "commander:all", "import:id", .closed = CLOSED_APART, .run = import_finish },
    { "import.undo", "commander:all", "import:id", .closed = CLOSED_APART, .run = import_undo_piece },
    { 0 },
};
