#include "domain/structure.h"

#include "command/command.h"

#define UNIT_ROW "unit:int parent:int? kind:text name:text leader:id?"
#define MEMBER_ROW "person:id unit:int"

enum { UNITS_MAX = 500 };
static const char *const kinds[] = { "general_branch", "branch", "group" };

typedef struct building {
    int64_t id, team;
    str team_name;
    int64_t leader;
    value by;
    rows people;
} building;

static str number_text(context *c, int64_t n)
{
    return text_format(c->a, "%lld", (long long)n);
}

static value actor_of(context *c, const args *a)
{
    return arg_given(a, "by") ? arg_value(a, "by") : c->actor_id ? V_INT(c->actor_id) : V_NULL;
}

static err *open_structure(context *c, const args *a, building *b)
{
    rows r = { 0 };
    *b = (building){ .team = arg_int(a, "team"), .by = actor_of(c, a) };
    const named *team = NAMED({ "team", arg_value(a, "team") });
    TRY(query(c, "structure.team", team, &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "team.missing", VALUES({ "id", number_text(c, b->team) }));
    b->team_name = rows_text(&r, 0, "name");
    b->leader = rows_int(&r, 0, "leader_id");
    TRY(query(c, "structure.people", team, &b->people));
    if (!b->people.count)
        return refuse(c, ERR_CONFLICT, "structure.empty", NULL);
    TRY(query(c, "structure.drop_drafts", team, NULL));
    TRY(next_id(c, &b->id));
    command_result(c, "id", b->id);
    return query(c, "structure.add",
                 NAMED({ "id", V_INT(b->id) }, { "team", V_INT(b->team) }, { "by", b->by }, { "now", V_INT(c->now) }), NULL);
}

static err *add_unit(context *c, const building *b, int64_t id, value parent, const char *kind, str name, int64_t leader,
                     int rank)
{
    return query(c, "structure.add_unit",
                 NAMED({ "id", V_INT(id) }, { "structure", V_INT(b->id) }, { "parent", parent },
                       { "kind", V_TEXT(str_of(kind)) }, { "name", V_TEXT(name) },
                       { "leader", leader ? V_INT(leader) : V_NULL }, { "rank", V_INT(rank) }),
                 NULL);
}

static err *add_member(context *c, const building *b, int64_t person, int64_t unit)
{
    return query(c, "structure.add_member",
                 NAMED({ "structure", V_INT(b->id) }, { "person", V_INT(person) }, { "unit", V_INT(unit) }), NULL);
}

/* -- proposed by the program ------------------------------------------------------------------------------ */
static str unit_name(context *c, const building *b, const structure_unit *u)
{
    const char *key = text_format(c->a, "structure.%s", kinds[u->kind]).at;
    return words_get(c->a, c->lang, key,
                     VALUES({ "team", b->team_name }, { "n", number_text(c, u->number) },
                            { "number", c->lang == WORDS_ZH ? text_spelled(c->a, "zh", u->number) : number_text(c, u->number) }));
}

static err *save_plan(context *c, const building *b, const structure_plan *p)
{
    int64_t *ids = arena_many(c->a, int64_t, p->unit_count);
    for (size_t u = 0; u < p->unit_count; u++) {
        const structure_unit *unit = &p->units[u];
        TRY(next_id(c, &ids[u]));
        TRY(add_unit(c, b, ids[u], unit->parent < 0 ? V_NULL : V_INT(ids[unit->parent]), kinds[unit->kind],
                     unit_name(c, b, unit), unit->leader_id, unit->number));
    }
    for (size_t i = 0; i < b->people.count; i++)
        TRY(add_member(c, b, rows_int(&b->people, i, "person_id"), ids[p->unit_of[i]]));
    return NULL;
}

static err *propose(context *c, const args *a)
{
    building b;
    TRY(open_structure(c, a, &b));
    structure_person *people = arena_many(c->a, structure_person, b.people.count);
    for (size_t i = 0; i < b.people.count; i++)
        people[i] = (structure_person){ rows_int(&b.people, i, "person_id"), rows_int(&b.people, i, "home_id"),
                                        rows_int(&b.people, i, "agency_id"), (int)rows_int(&b.people, i, "rank") };
    structure_plan p = structure_propose(c->a, people, b.people.count, b.leader);
    command_result_int(c, "branches", (int64_t)p.branch_count);
    command_result_int(c, "groups", (int64_t)p.group_count);
    return save_plan(c, &b, &p);
}

/* -- drawn up by hand --------------------------------------------------------------------------------------- */
typedef struct by_hand {
    building b;
    int64_t ids[UNITS_MAX + 1]; /* of the units as numbered by the caller, 0: none */
} by_hand;

static bool kind_is_known(str kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(kind, kinds[i]))
            return true;
    return false;
}

static err *draft_unit(context *c, by_hand *h, const json_t *row, size_t row_no)
{
    args x;
    TRY(args_parse_row(c, UNIT_ROW, row, row_no, &x));
    int64_t unit = arg_int(&x, "unit"), parent = arg_int(&x, "parent");
    const word_value *where = VALUES({ "row", number_text(c, (int64_t)row_no) });
    if (unit < 1 || unit > UNITS_MAX || h->ids[unit] || !kind_is_known(arg_text(&x, "kind")))
        return refuse(c, ERR_INPUT, "structure.unit_bad", where);
    if (parent < 0 || parent > UNITS_MAX || (parent && !h->ids[parent]))
        return refuse(c, ERR_INPUT, "structure.parent_bad", where);
    TRY(next_id(c, &h->ids[unit]));
    return add_unit(c, &h->b, h->ids[unit], parent ? V_INT(h->ids[parent]) : V_NULL, str_z(c->a, arg_text(&x, "kind")),
                    arg_text(&x, "name"), arg_int(&x, "leader"), (int)row_no);
}

static str name_of(const building *b, int64_t person)
{
    for (size_t i = 0; i < b->people.count; i++)
        if (rows_int(&b->people, i, "person_id") == person)
            return rows_text(&b->people, i, "name");
    return (str){ 0 };
}

static err *draft_member(context *c, by_hand *h, const json_t *row, size_t row_no, map *placed)
{
    args x;
    TRY(args_parse_row(c, MEMBER_ROW, row, row_no, &x));
    int64_t person = arg_int(&x, "person"), unit = arg_int(&x, "unit");
    str name = name_of(&h->b, person), key = number_text(c, person);
    if (!name.len)
        return refuse(c, ERR_INPUT, "structure.not_a_member", VALUES({ "person", key }));
    if (map_get(placed, key, NULL))
        return refuse(c, ERR_INPUT, "structure.twice", VALUES({ "name", name }));
    if (unit < 1 || unit > UNITS_MAX || !h->ids[unit])
        return refuse(c, ERR_INPUT, "structure.no_unit", VALUES({ "name", name }, { "unit", number_text(c, unit) }));
    map_put(placed, key, 1);
    return add_member(c, &h->b, person, h->ids[unit]);
}

static err *all_are_placed(context *c, const by_hand *h, const map *placed)
{
    for (size_t i = 0; i < h->b.people.count; i++)
        if (!map_get(placed, number_text(c, rows_int(&h->b.people, i, "person_id")), NULL))
            return refuse(c, ERR_INPUT, "structure.left_out", VALUES({ "name", rows_text(&h->b.people, i, "name") }));
    return NULL;
}

static err *draft(context *c, const args *a)
{
    by_hand *h = arena_new(c->a, by_hand);
    map *placed = map_new(c->a);
    const json_t *units = arg_of(a, "units")->json, *members = arg_of(a, "members")->json;
    TRY(open_structure(c, a, &h->b));
    for (size_t i = 0; i < json_array_size(units); i++)
        TRY(draft_unit(c, h, json_array_get(units, i), i + 1));
    for (size_t i = 0; i < json_array_size(members); i++)
        TRY(draft_member(c, h, json_array_get(members, i), i + 1, placed));
    return all_are_placed(c, h, placed);
}

/* -- approved or sent back -------------------------------------------------------------------------------- */
static err *load_proposed(context *c, const args *a, rows *r)
{
    TRY(query(c, "structure.load", NAMED({ "id", arg_value(a, "structure") }), r));
    if (!r->count)
        return refuse(c, ERR_NOT_FOUND, "structure.missing", VALUES({ "id", number_text(c, arg_int(a, "structure")) }));
    if (!str_is(rows_text(r, 0, "state"), "proposed"))
        return refuse(c, ERR_CONFLICT, "structure.not_proposed", NULL);
    command_result(c, "id", arg_int(a, "structure"));
    return NULL;
}

/* Who joined the team since it was drawn up has no unit yet; the answer says how many. */
static err *approve(context *c, const args *a)
{
    rows r = { 0 }, without = { 0 };
    TRY(load_proposed(c, a, &r));
    if (!str_trim(arg_text(a, "reference")).len)
        return refuse(c, ERR_INPUT, "structure.reference", NULL);
    TRY(query(c, "structure.supersede", NAMED({ "team", *rows_at(&r, 0, "team_id") }), NULL));
    TRY(query(c, "structure.enforce",
              NAMED({ "id", arg_value(a, "structure") }, { "reference", arg_value(a, "reference") },
                    { "by", actor_of(c, a) }, { "now", V_INT(c->now) }),
              NULL));
    TRY(query(c, "structure.without_unit", NAMED({ "id", arg_value(a, "structure") }), &without));
    command_result_int(c, "without_unit", (int64_t)without.count);
    return NULL;
}

static err *send_back(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_proposed(c, a, &r));
    return query(c, "structure.send_back", NAMED({ "id", arg_value(a, "structure") }), NULL);
}

const command structure_commands[] = {
    { "structure.propose", "commander:all commander:division leader:team", "team:id by:id?", .locks = "team",
      .closed = CLOSED_STOPS, .run = propose },
    { "structure.draft", "commander:all commander:division leader:team", "team:id units:lines members:lines by:id?",
      .locks = "team", .closed = CLOSED_STOPS, .run = draft },
    { "structure.approve", "commander:all commander:division", "structure:id reference:text by:id?", .locks = "structure",
      .closed = CLOSED_STOPS, .run = approve },
    { "structure.send_back", "commander:all commander:division", "structure:id why:text?", .locks = "structure",
      .closed = CLOSED_STOPS, .run = send_back },
    { 0 },
};
