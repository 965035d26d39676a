/*
 * 队伍: the teams by subdistrict with their size and offices; one team's offices, to be confirmed from what is proposed,
 * and its structure, to be proposed, approved or sent back.
 */
#include "web/desk.h"

#include "base/map.h"
#include "domain/structure.h"

enum { DEPTH_MAX = 5, UNITS_SHOWN = 500, MEMBERS_MAX = 1000 };

/* -- all teams ------------------------------------------------------------------------------------------- */
/* Large: a structure is wanted. Small: fewer than one group. */
static void put_size(web *w, tree *t, int64_t members, str structure)
{
    const char *size = members >= STRUCTURE_TEAM_MIN ? "large" : members < STRUCTURE_GROUP_MAX ? "small" : "usual";
    tree_int(t, "members", members);
    tree_yes(t, "no_members", !members);
    tree_text(t, "size", web_word(w, text_format(w->q->a, "web_desk.team.%s", size).at, NULL));
    tree_yes(t, "large_team", members >= STRUCTURE_TEAM_MIN);
    tree_yes(t, "large_unsplit", members >= STRUCTURE_TEAM_MIN && !structure.len);
}

static void put_team(web *w, tree *t, const rows *r, size_t i, const map *structured)
{
    static const char *const offices[] = { "leader", "deputy", "liaison" };
    int64_t at = 0;
    str id = text_format(w->q->a, "%lld", (long long)rows_int(r, i, "id"));
    bool has = map_get(structured, id, &at);
    tree_int(t, "team", rows_int(r, i, "id"));
    tree_text(t, "name", rows_text(r, i, "name"));
    for (size_t k = 0; k < COUNT(offices); k++)
        tree_text(t, offices[k], rows_text(r, i, offices[k]));
    tree_yes(t, "structured", has);
    put_size(w, t, rows_int(r, i, "members"), has ? STR("yes") : (str){ 0 });
}

static err *structured_teams(web *w, map *out)
{
    rows r = { 0 };
    TRY(web_view(w, "structure", NAMED({ "state", V_TEXT(STR("in_force")) }), &r));
    for (size_t i = 0; i < r.count; i++)
        map_put(out, text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "team_id")), rows_int(&r, i, "id"));
    return NULL;
}

/* Each subdistrict once, in the order of its first community; a team whose community is gone comes last. */
static err *put_tree(web *w, const rows *teams, const map *structured)
{
    rows r = { 0 };
    arena *a = w->q->a;
    map *street_of = map_new(a), *street_at = map_new(a);
    tree **streets;
    TRY(web_view(w, "community", NAMED({ 0 }), &r));
    streets = arena_many(a, tree *, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        map_put(street_of, rows_text(&r, i, "code"), (int64_t)i);
    for (size_t i = 0; i < teams->count; i++) {
        int64_t community = (int64_t)r.count, at = 0;
        bool known = map_get(street_of, rows_text(teams, i, "community_code"), &community);
        str street = known ? rows_text(&r, (size_t)community, "subdistrict") : (str){ 0 };
        if (!map_get(street_at, street, &at)) {
            at = (int64_t)map_count(street_at);
            map_put(street_at, street, at);
            streets[at] = tree_add(w->tree, "streets");
            tree_text(streets[at], "street", street);
        }
        tree *t = tree_add(streets[at], "teams");
        tree_text(t, "community", known ? rows_text(&r, (size_t)community, "community") : (str){ 0 });
        put_team(w, t, teams, i, structured);
    }
    return NULL;
}

static err *get_teams(web *w)
{
    desk d;
    rows teams = { 0 };
    map *structured = map_new(w->q->a);
    TRY(desk_open(w, &d));
    TRY(web_view(w, "team", NAMED({ "operation", V_INT(d.operation) }), &teams));
    TRY(structured_teams(w, structured));
    TRY(put_tree(w, &teams, structured));
    tree_int(w->tree, "team_count", (int64_t)teams.count);
    tree_int(w->tree, "people_count", desk_sum(&teams, "members"));
    return desk_show(w, "desk_teams", "teams");
}

/* -- one team -------------------------------------------------------------------------------------------- */
static err *find_team(web *w, rows *r, size_t *at)
{
    int64_t team = 0;
    desk_int(w->param[0], &team);
    TRY(web_view(w, "team", NAMED({ 0 }), r));
    for (*at = 0; *at < r->count; ++*at)
        if (rows_int(r, *at, "id") == team)
            return NULL;
    return err_new(w->q->a, ERR_NOT_FOUND, "team.missing", VALUES({ "id", w->param[0] }));
}

/* Who holds the office, else who is proposed for it, is chosen; with the reason of the proposal. */
static void put_office(web *w, const char *office, int64_t holder, const rows *proposed, const rows *members)
{
    tree *t = tree_add(w->tree, "offices");
    int64_t chosen = holder;
    tree_text(t, "office", str_of(office));
    tree_text(t, "label", web_word(w, text_format(w->q->a, "web_desk.team.office.%s", office).at, NULL));
    for (size_t i = 0; i < proposed->count; i++) {
        if (!str_is(rows_text(proposed, i, "office"), office))
            continue;
        chosen = chosen ? chosen : rows_int(proposed, i, "person_id");
        tree_text(t, "proposed", rows_text(proposed, i, "name"));
        tree_text(t, "reason", rows_text(proposed, i, "reason"));
        tree_yes(t, "waits", !holder);
    }
    for (size_t i = 0; i < members->count; i++) {
        tree *m = tree_add(t, "choices");
        tree_int(m, "person", rows_int(members, i, "person_id"));
        tree_text(m, "member", rows_text(members, i, "name"));
        tree_text(m, "org", rows_text(members, i, "org"));
        tree_yes(m, "chosen", rows_int(members, i, "person_id") == chosen);
    }
}

/* Whom to move, and where to: the teams of the same operation. */
static void put_moves(web *w, const rows *teams, size_t at, const rows *members)
{
    for (size_t i = 0; i < members->count; i++) {
        tree *t = tree_add(w->tree, "movable");
        tree_int(t, "person", rows_int(members, i, "person_id"));
        tree_text(t, "member", rows_text(members, i, "name"));
        tree_text(t, "org", rows_text(members, i, "org"));
    }
    for (size_t i = 0; i < teams->count; i++) {
        if (i == at || rows_int(teams, i, "operation_id") != rows_int(teams, at, "operation_id"))
            continue;
        tree *t = tree_add(w->tree, "other_teams");
        tree_int(t, "id", rows_int(teams, i, "id"));
        tree_text(t, "other", rows_text(teams, i, "name"));
    }
}

static err *put_offices(web *w, const rows *team, size_t at)
{
    rows proposed = { 0 }, members = { 0 };
    const named *of = NAMED({ "team", V_TEXT(w->param[0]) });
    TRY(web_view(w, "team_proposal", of, &proposed));
    TRY(desk_view(w, "team_member", of, MEMBERS_MAX, &members));
    put_office(w, "leader", rows_int(team, at, "leader_id"), &proposed, &members);
    put_office(w, "deputy", rows_int(team, at, "deputy_id"), &proposed, &members);
    put_office(w, "liaison", rows_int(team, at, "liaison_id"), &proposed, &members);
    put_moves(w, team, at, &members);
    return NULL;
}

static err *put_units(web *w, tree *structure, int64_t id)
{
    rows r = { 0 };
    map *depth_of = map_new(w->q->a);
    TRY(desk_view(w, "unit", NAMED({ "structure", V_INT(id) }), UNITS_SHOWN, &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t depth = -1;
        (void)map_get(depth_of, text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "parent_id")), &depth);
        depth = depth + 1 < DEPTH_MAX ? depth + 1 : DEPTH_MAX;
        map_put(depth_of, text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "id")), depth);
        tree *t = tree_add(structure, "units");
        tree_text(t, "deep", text_format(w->q->a, "deep-%lld", (long long)depth));
        tree_text(t, "unit", rows_text(&r, i, "name"));
        tree_text(t, "leader", rows_text(&r, i, "leader"));
        tree_int(t, "members", rows_int(&r, i, "members"));
    }
    return NULL;
}

/* What is in force, and what waits or was sent back; not what was before. */
static err *put_structures(web *w, const desk *d)
{
    rows r = { 0 };
    TRY(web_view(w, "structure", NAMED({ "team", V_TEXT(w->param[0]) }), &r));
    for (size_t i = r.count; i-- > 0;) {
        str state = rows_text(&r, i, "state");
        if (str_is(state, "superseded"))
            continue;
        tree *t = tree_add(w->tree, "structures");
        tree_int(t, "structure", rows_int(&r, i, "id"));
        tree_text(t, "state", web_word(w, text_format(w->q->a, "web_desk.structure.%.*s", STR_ARG(state)).at, NULL));
        tree_yes(t, "is_proposed", str_is(state, "proposed"));
        tree_int(t, "branches", rows_int(&r, i, "branches"));
        tree_int(t, "groups", rows_int(&r, i, "groups"));
        tree_int(t, "in_it", rows_int(&r, i, "members"));
        tree_text(t, "reference", rows_text(&r, i, "reference"));
        tree_text(t, "by", rows_text(&r, i, str_is(state, "in_force") ? "approved_by" : "proposed_by"));
        tree_text(t, "when", desk_when(w, d, rows_int(&r, i, str_is(state, "in_force") ? "approved_at" : "proposed_at")));
        TRY(put_units(w, t, rows_int(&r, i, "id")));
    }
    return NULL;
}

static err *get_team(web *w)
{
    desk d;
    rows r = { 0 };
    size_t at = 0;
    map *structured = map_new(w->q->a);
    TRY(desk_open(w, &d));
    TRY(find_team(w, &r, &at));
    TRY(structured_teams(w, structured));
    put_team(w, w->tree, &r, at, structured);
    tree_int(w->tree, "version", rows_int(&r, at, "version"));
    if (d.all)
        TRY(put_offices(w, &r, at));
    TRY(put_structures(w, &d));
    return desk_show(w, "desk_team", "teams");
}

/* -- forms ----------------------------------------------------------------------------------------------- */
static void go_on(web *w, err *e)
{
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/teams/%.*s", STR_ARG(w->param[0])).at, "desk_saved");
}

static void saved(web *w, err *e, str result)
{
    (void)result;
    go_on(w, e);
}

/* An office means little without the role that opens the team's pages. */
static err *has_role(web *w, str person, bool *has)
{
    rows r = { 0 };
    int64_t team = 0;
    desk_int(w->param[0], &team);
    TRY(web_view(w, "person_role", NAMED({ "person", V_TEXT(person) }, { "at", V_INT(w->q->now) }), &r));
    for (size_t i = 0; i < r.count; i++)
        *has = *has || (str_is(rows_text(&r, i, "role"), "leader") && rows_int(&r, i, "team_id") == team);
    return NULL;
}

static void grant(web *w, const char *office, void (*then)(web *w, err *e, str result))
{
    str person = form_field(w->q, office);
    bool has = !person.len;
    err *e = has ? NULL : has_role(w, person, &has);
    if (e || has)
        then(w, e, (str){ 0 });
    else
        web_run_part(w, text_format(w->q->a, "%s:", office), w->who.person_id, "role_grant.add",
                     NAMED({ "person", V_TEXT(person) }, { "role", V_TEXT(STR("leader")) }, { "scope", V_TEXT(STR("team")) },
                           { "team", V_TEXT(w->param[0]) }), then);
}

static void leader_granted(web *w, err *e, str result)
{
    (void)result;
    if (e)
        go_on(w, e);
    else
        grant(w, "deputy", saved);
}

static void confirmed(web *w, err *e, str result)
{
    (void)result;
    if (e)
        go_on(w, e);
    else
        grant(w, "leader", leader_granted);
}

static err *is_member(web *w, const rows *members, const char *office)
{
    str person = form_field(w->q, office);
    for (size_t i = 0; i < members->count; i++)
        if (str_equal(text_format(w->q->a, "%lld", (long long)rows_int(members, i, "person_id")), person))
            return NULL;
    return person.len ? err_new(w->q->a, ERR_INPUT, "web_desk.team.no_member", NULL) : NULL;
}

static err *check_offices(web *w)
{
    rows members = { 0 };
    str leader = form_field(w->q, "leader");
    TRY(desk_view(w, "team_member", NAMED({ "team", V_TEXT(w->param[0]) }), MEMBERS_MAX, &members));
    TRY(is_member(w, &members, "leader"));
    TRY(is_member(w, &members, "deputy"));
    TRY(is_member(w, &members, "liaison"));
    return leader.len && str_equal(leader, form_field(w->q, "deputy")) ? err_new(w->q->a, ERR_INPUT, "web_desk.team.same", NULL) : NULL;
}

static err *post_offices(web *w)
{
    err *e = check_offices(w);
    if (e) {
        web_fail(w, e);
        return NULL;
    }
    web_run(w, w->who.person_id, "team.confirm", web_form_args(w), confirmed);
    return NULL;
}

static void moved(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/teams/%.*s", STR_ARG(w->param[0])).at, "desk_moved");
}

static err *post_move(web *w)
{
    if (!form_field(w->q, "person").len || !form_field(w->q, "to_team").len)
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web_desk.team.move_whom", NULL));
    else
        web_run(w, w->who.person_id, "team.move_member",
                NAMED({ "person", V_TEXT(form_field(w->q, "person")) }, { "team", V_TEXT(form_field(w->q, "to_team")) }), moved);
    return NULL;
}

static err *post_propose(web *w)
{
    web_run(w, w->who.person_id, "structure.propose", NAMED({ "team", V_TEXT(w->param[0]) }), saved);
    return NULL;
}

static err *post_decide(web *w)
{
    bool approve = str_is(form_field(w->q, "what"), "approve");
    str structure = form_field(w->q, "structure"), reference = str_trim(form_field(w->q, "reference"));
    if (approve)
        web_run(w, w->who.person_id, "structure.approve",
                NAMED({ "structure", V_TEXT(structure) }, { reference.len ? "reference" : NULL, V_TEXT(reference) }), saved);
    else
        web_run(w, w->who.person_id, "structure.send_back",
                NAMED({ "structure", V_TEXT(structure) }, { reference.len ? "why" : NULL, V_TEXT(reference) }), saved);
    return NULL;
}

const route desk_team_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/teams", .show = get_teams },
    { WEB_GET, WEB_DESK, "/desk/teams/:team", .show = get_team },
    { WEB_POST, WEB_DESK, "/desk/teams/:team/offices", .show = get_team, .form = post_offices, .args = "team=:team leader deputy liaison version" },
    { WEB_POST, WEB_DESK, "/desk/teams/:team/move", .show = get_team, .form = post_move },
    { WEB_POST, WEB_DESK, "/desk/teams/:team/propose", .show = get_team, .form = post_propose },
    { WEB_POST, WEB_DESK, "/desk/teams/:team/decide", .show = get_team, .form = post_decide },
    { 0 },
};
