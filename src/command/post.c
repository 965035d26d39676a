#include "command/command.h"

#define POST_ROW "team:id name:text kind:text outdoor:yes? instructions:text? skills:list? compound:id? version:int?"

static err *post_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    TRY(upsert_version(c, "post", x,
               NAMED({ "team", arg_value(x, "team") }, { "name", arg_value(x, "name") },
                     { "kind", arg_value(x, "kind") }, { "outdoor", V_INT(arg_int(x, "outdoor")) },
                     { "instructions", arg_text_value(x, "instructions") }, { "compound", arg_value(x, "compound") }),
               done, id));
    return sync_texts(c, "post", "skill", *id, arg_of(x, "skills")->json, done);
}

static err *post_import(context *c, const args *a)
{
    return bulk(c, a, POST_ROW, true, post_one);
}

const command post_commands[] = {
    { "post.import", "commander:all secretary:division leader:team", "rows:rows import:id?", .row = POST_ROW,
      .closed = CLOSED_STOPS, .run = post_import },
    { 0 },
};
