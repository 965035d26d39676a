/*
 * Lists that an agency handed in by its link: they wait here, with their files in the folder of uploads, and change nothing.
 * Whoever holds the link does all this; who that is nobody knows, so the web asks for the link and no person is the actor.
 */
#include "command/command.h"

#define FILE_ROW "file:text file_hash:text rows_read:int errors:int"
typedef LIST(str) hashes;

/* One of the same name replaces that one, the others stay. */
static err *add_one(context *c, const args *a, const args *x, hashes *closed, int64_t *id)
{
    rows before = { 0 };
    TRY(query(c, "handed_list.same_name", NAMED({ "org", arg_value(a, "org") }, { "file", arg_value(x, "file") }), &before));
    if (before.count) {
        TRY(query(c, "handed_list.close", NAMED({ "id", V_INT(rows_int(&before, 0, "id")) }, { "now", V_INT(c->now) }), NULL));
        *list_add(c->a, closed) = rows_text(&before, 0, "file_hash");
    }
    TRY(next_id(c, id));
    return query(c, "handed_list.add",
                 NAMED({ "id", V_INT(*id) }, { "org", arg_value(a, "org") }, { "file", arg_value(x, "file") },
                       { "hash", arg_value(x, "file_hash") }, { "home", arg_text_value(a, "home") },
                       { "contact", arg_text_value(a, "contact") }, { "rows", arg_value(x, "rows_read") },
                       { "errors", arg_value(x, "errors") }, { "now", V_INT(c->now) }),
                 NULL);
}

/* Whose bytes no list of the agency is any more: separated by blanks, for whoever holds the files. */
static err *tell_gone(context *c, const args *a, const hashes *closed)
{
    text gone = text_begin(c->a);
    for (size_t i = 0; i < closed->count; i++) {
        rows r = { 0 };
        TRY(query(c, "handed_list.waits", NAMED({ "org", arg_value(a, "org") }, { "hash", V_TEXT(closed->at[i]) }), &r));
        if (!r.count)
            text_printf(&gone, "%.*s ", STR_ARG(closed->at[i]));
    }
    command_result_text(c, "gone", text_done(&gone));
    return NULL;
}

static err *handed_list_add(context *c, const args *a)
{
    json_t *list = (json_t *)(uintptr_t)arg_of(a, "rows")->json;
    args x = { 0 };
    hashes closed = { 0 };
    size_t count = json_array_size(list);
    int64_t *ids = arena_many(c->a, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        TRY(args_parse_next(c, FILE_ROW, json_array_get(list, i), i + 1, &x));
        TRY(add_one(c, a, &x, &closed, &ids[i]));
    }
    command_ids(c, "ids", ids, count);
    return tell_gone(c, a, &closed);
}

/* Until the clerk has taken it in: then it is for the clerk to take back. */
static err *handed_list_withdraw(context *c, const args *a)
{
    rows r = { 0 };
    hashes closed = { 0 };
    TRY(query(c, "handed_list.load", NAMED({ "org", arg_value(a, "org") }, { "list", arg_value(a, "list") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "hand_in.none", NULL);
    if (rows_int(&r, 0, "taken"))
        return refuse(c, ERR_CONFLICT, "hand_in.is_in", VALUES({ "file", rows_text(&r, 0, "file") }));
    TRY(query(c, "handed_list.close", NAMED({ "id", arg_value(a, "list") }, { "now", V_INT(c->now) }), NULL));
    *list_add(c->a, &closed) = rows_text(&r, 0, "file_hash");
    command_result(c, "id", arg_int(a, "list"));
    return tell_gone(c, a, &closed);
}

const command handed_list_commands[] = {
    { "handed_list.add", "nobody", "org:id home:text? contact:text_private? rows:rows", .row = FILE_ROW,
      .closed = CLOSED_APART, .run = handed_list_add },
    { "handed_list.withdraw", "nobody", "org:id list:id", .closed = CLOSED_APART, .run = handed_list_withdraw },
    { 0 },
};
