#include "command/command.h"

typedef struct pair {
    int64_t a, b; /* a < b */
} pair;

static pair pair_of(const args *a)
{
    int64_t x = arg_int(a, "a"), y = arg_int(a, "b");
    return (pair){ x < y ? x : y, x < y ? y : x };
}

/* Whether the two can be a pair of that kind: other people, of this operation, not told the contrary. */
static err *check_pair(context *c, const args *a, pair p)
{
    str kind = arg_text(a, "kind");
    rows people = { 0 }, operation = { 0 }, contrary = { 0 };
    if (p.a == p.b)
        return refuse(c, ERR_INPUT, "person_pair.same", NULL);
    if (!str_is(kind, "apart") && !str_is(kind, "together") && !str_is(kind, "not_both"))
        return refuse(c, ERR_INPUT, "person_pair.kind", VALUES({ "kind", kind }));
    TRY(query(c, "person_pair.people", NAMED({ "a", V_INT(p.a) }, { "b", V_INT(p.b) }), &people));
    if (people.count < 2)
        return refuse(c, ERR_NOT_FOUND, "person.missing",
                      VALUES({ "id", text_format(c->a, "%lld", (long long)(rows_int(&people, 0, "id") == p.a ? p.b : p.a)) }));
    TRY(query(c, "setting.find_operation", NAMED({ "id", arg_value(a, "operation") }), &operation));
    if (!operation.count)
        return refuse(c, ERR_NOT_FOUND, "person_pair.operation", NULL);
    TRY(query(c, "person_pair.contrary",
              NAMED({ "operation", arg_value(a, "operation") }, { "a", V_INT(p.a) }, { "b", V_INT(p.b) },
                    { "together", V_INT(str_is(kind, "together")) }), &contrary));
    return contrary.count ? refuse(c, ERR_CONFLICT, "person_pair.contrary", NULL) : NULL;
}

static err *person_pair_set(context *c, const args *a)
{
    bulk_done done = BULK_SAME;
    pair p = pair_of(a);
    int64_t id = 0;
    TRY(check_pair(c, a, p));
    TRY(upsert(c, "person_pair",
               NAMED({ "operation", arg_value(a, "operation") }, { "a", V_INT(p.a) }, { "b", V_INT(p.b) },
                     { "kind", arg_value(a, "kind") }),
               &done, &id));
    command_result(c, "id", id);
    return NULL;
}

static err *person_pair_drop(context *c, const args *a)
{
    pair p = pair_of(a);
    rows r = { 0 };
    TRY(query(c, "person_pair.drop",
              NAMED({ "operation", arg_value(a, "operation") }, { "a", V_INT(p.a) }, { "b", V_INT(p.b) }), &r));
    command_result_int(c, "dropped", (int64_t)r.count);
    return NULL;
}

/* Either of two may say that they are not on duty at once, and take it back; no reason is asked. */
static err *person_pair_wish(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "person_pair.both_serve",
              NAMED({ "operation", arg_value(a, "operation") }, { "a", arg_value(a, "person") }, { "b", arg_value(a, "other") }), &r));
    if (r.count < 2)
        return refuse(c, ERR_NOT_FOUND, "person_pair.not_serving", NULL);
    const args wish = { .count = 4, .at = { { .name = STR("operation"), .value = arg_value(a, "operation") },
                                            { .name = STR("a"), .value = arg_value(a, "person") },
                                            { .name = STR("b"), .value = arg_value(a, "other") },
                                            { .name = STR("kind"), .value = V_TEXT(STR("not_both")) } } };
    pair p = pair_of(&wish);
    command_about(c, arg_int(a, "person"));
    if (arg_int(a, "yes"))
        return person_pair_set(c, &wish);
    TRY(query(c, "person_pair.drop_kind",
              NAMED({ "operation", arg_value(a, "operation") }, { "a", V_INT(p.a) }, { "b", V_INT(p.b) },
                    { "kind", arg_value(&wish, "kind") }), &r));
    command_result_int(c, "dropped", (int64_t)r.count);
    return NULL;
}

const command person_pair_commands[] = {
    { "person_pair.set", "commander:all leader:team", "operation:id a:id b:id kind:text",
      .closed = CLOSED_STOPS, .run = person_pair_set },
    { "person_pair.drop", "commander:all leader:team", "operation:id a:id b:id",
      .closed = CLOSED_STOPS, .run = person_pair_drop },
    { "person_pair.wish", "volunteer:own", "operation:id person:id other:id yes:yes",
      .closed = CLOSED_STOPS, .run = person_pair_wish },
    { 0 },
};
