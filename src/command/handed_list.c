/* A list that an agency handed in by its link: it waits here, with its file in the folder of uploads, and changes nothing. */
#include "command/command.h"

/* Whoever holds the link hands in; who that is nobody knows, so the web asks for the link and no person is the actor. */
static err *handed_list_add(context *c, const args *a)
{
    rows before = { 0 };
    int64_t id;
    TRY(query(c, "handed_list.newest", NAMED({ "org", arg_value(a, "org") }), &before));
    TRY(query(c, "handed_list.replace", NAMED({ "org", arg_value(a, "org") }, { "now", V_INT(c->now) }), NULL));
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_result_text(c, "replaced", before.count ? rows_text(&before, 0, "file_hash") : (str){ 0 });
    return query(c, "handed_list.add",
                 NAMED({ "id", V_INT(id) }, { "org", arg_value(a, "org") }, { "file", arg_value(a, "file") },
                       { "hash", arg_value(a, "file_hash") }, { "home", arg_text_value(a, "home") },
                       { "contact", arg_text_value(a, "contact") }, { "rows", arg_value(a, "rows_read") },
                       { "errors", arg_value(a, "errors") }, { "now", V_INT(c->now) }),
                 NULL);
}

const command handed_list_commands[] = {
    { "handed_list.add", "nobody", "org:id file:text file_hash:text home:text? contact:text_private? rows_read:int errors:int",
      .closed = CLOSED_APART, .run = handed_list_add },
    { 0 },
};
