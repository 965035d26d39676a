#include "command/import_before.h"

#define PROPOSAL_ROW "team:id office:text person:id reason:text?"

typedef struct forming {
    int64_t operation;
    rows rows;
    int64_t teams, added, moved, same;
} forming;

/* 东塘社区居委会 has the 东塘社区 service team: the endings of committees are the catalogue's. */
str community_short(context *c, str community)
{
    static const char *const endings[] = { "team.ending.residents", "team.ending.village" };
    for (size_t i = 0; i < COUNT(endings); i++) {
        str ending = words_get(c->a, WORDS_ZH, endings[i], NULL);
        if (str_ends(community, ending)) {
            community.len -= ending.len;
            break;
        }
    }
    return community;
}

static str team_name(context *c, str community)
{
    return words_get(c->a, c->lang, "team.name", VALUES({ "community", community_short(c, community) }));
}

static err *form_team(context *c, void *of, size_t i)
{
    forming *f = of;
    int64_t id;
    TRY(next_id(c, &id));
    f->teams++;
    TRY(query(c, "team.add",
                 NAMED({ "id", V_INT(id) }, { "operation", V_INT(f->operation) },
                       { "community", V_TEXT(rows_text(&f->rows, i, "code")) },
                       { "name", V_TEXT(team_name(c, rows_text(&f->rows, i, "name"))) }),
                 NULL));
    return import_before_keep(c, "team", V_INT(id), (str){ 0 });
}

static err *move_away(context *c, forming *f, int64_t membership)
{
    str before;
    f->moved++;
    TRY(import_before_image(c, "membership", V_INT(membership), &before));
    TRY(query(c, "team.move_member", NAMED({ "id", V_INT(membership) }, { "now", V_INT(c->now) }), NULL));
    return import_before_keep(c, "membership", V_INT(membership), before);
}

/* Who joined by himself stays where he is; whoever was assigned follows his placement. */
static err *form_member(context *c, void *of, size_t i)
{
    forming *f = of;
    int64_t team = rows_int(&f->rows, i, "team_id"), home = rows_int(&f->rows, i, "home_team_id"), id;
    if (home == team || str_is(rows_text(&f->rows, i, "home_source"), "joined")) {
        f->same++;
        return NULL;
    }
    if (home)
        TRY(move_away(c, f, rows_int(&f->rows, i, "membership_id")));
    else
        f->added++;
    TRY(next_id(c, &id));
    TRY(query(c, "team.add_member",
                 NAMED({ "id", V_INT(id) }, { "operation", V_INT(f->operation) }, { "team", V_INT(team) },
                       { "person", V_INT(rows_int(&f->rows, i, "person_id")) }, { "now", V_INT(c->now) }),
                 NULL));
    return import_before_keep(c, "membership", V_INT(id), (str){ 0 });
}

static err *team_form(context *c, const args *a)
{
    forming f = { .operation = arg_int(a, "operation") };
    const named *operation = NAMED({ "operation", V_INT(f.operation) });
    TRY(import_before_begin(c, a));
    TRY(query(c, "team.communities_without", operation, &f.rows));
    TRY(each(c, f.rows.count, form_team, &f));
    TRY(query(c, "team.placed_people", operation, &f.rows));
    TRY(each(c, f.rows.count, form_member, &f));
    command_result_int(c, "teams", f.teams);
    command_result_int(c, "added", f.added);
    command_result_int(c, "moved", f.moved);
    command_result_int(c, "same", f.same);
    return NULL;
}

static err *propose_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    (void)id;
    rows r = { 0 };
    str office = arg_text(x, "office");
    if (!str_is(office, "leader") && !str_is(office, "deputy") && !str_is(office, "liaison"))
        return refuse(c, ERR_INPUT, "team.office", VALUES({ "office", office }));
    const named *all = NAMED({ "team", arg_value(x, "team") }, { "office", arg_value(x, "office") },
                             { "person", arg_value(x, "person") }, { "reason", arg_text_value(x, "reason") });
    TRY(query(c, "team.find_proposal", NAMED({ "team", arg_value(x, "team") }, { "office", arg_value(x, "office") }),
              &r));
    bool is_new = !r.count;
    TRY(query(c, "team.put_proposal", all, &r));
    *done = is_new ? BULK_ADDED : r.count ? BULK_CHANGED : BULK_SAME;
    return NULL;
}

static err *team_propose(context *c, const args *a)
{
    return bulk(c, a, PROPOSAL_ROW, false, propose_one);
}

static err *team_confirm(context *c, const args *a)
{
    rows r = { 0 };
    TRY(version_check(c, "team", arg_int(a, "team"), a));
    TRY(query(c, "team.confirm",
              NAMED({ "team", arg_value(a, "team") }, { "leader", arg_value(a, "leader") },
                    { "deputy", arg_value(a, "deputy") }, { "liaison", arg_value(a, "liaison") }),
              &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "team.missing",
                    VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "team")) }));
    command_result(c, "id", arg_int(a, "team"));
    return NULL;
}

const command team_commands[] = {
    { "team.form", "commander:all", "operation:id import:id?", .locks = "operation", .closed = CLOSED_STOPS, .run = team_form },
    { "team.propose", "commander:all secretary:division", "rows:rows", .row = PROPOSAL_ROW,
      .closed = CLOSED_STOPS, .run = team_propose },
    { "team.confirm", "commander:all secretary:division", "team:id leader:id? deputy:id? liaison:id? version:int?",
      .locks = "team", .closed = CLOSED_STOPS, .run = team_confirm },
    { 0 },
};
