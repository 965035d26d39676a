#include "reach.h"

#include "store/store.h"

#include <string.h>

static rows table(app *p, const char *sql)
{
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), check_arena(), &t));
    check_ok(store_query_text(t, check_arena(), sql, str_of(sql), NULL, 0, NULL, &r));
    store_read_end(t);
    return r;
}

base reach_load(app *p)
{
    return (base){
        .grants = table(p, "SELECT person_id, role, scope_kind, org_id, division_code, team_id, until_at FROM role_grant"),
        .teams = table(p, "SELECT id, community_code FROM team"),
        .people = table(p, "SELECT p.id, p.org_id, l.community_code FROM person p LEFT JOIN placement l ON l.id = p.placement_id"),
        .members = table(p, "SELECT team_id, person_id FROM membership WHERE state = 'active'"),
        .orgs = table(p, "SELECT id, parent_id FROM org"),
        .divisions = table(p, "SELECT code, parent_code FROM division"),
        .needs = table(p, "SELECT id, team_id FROM need"),
        .rosters = table(p, "SELECT id, team_id FROM roster"),
        .duties = table(p, "SELECT d.id, n.team_id FROM duty d JOIN need n ON n.id = d.need_id"),
        .lendings = table(p, "SELECT id, from_team_id AS team_id FROM reinforcement"),
        .attendances = table(p, "SELECT DISTINCT person_id AS id, team_id FROM attendance"), /* nobody in two */
    };
}

int64_t reach_find(const rows *r, int64_t id, const char *column)
{
    for (size_t i = 0; i < r->count; i++)
        if (rows_int(r, i, "id") == id)
            return rows_int(r, i, column);
    fail();
    return 0;
}

static str community_of(const rows *r, int64_t id)
{
    for (size_t i = 0; i < r->count; i++)
        if (rows_int(r, i, "id") == id)
            return rows_text(r, i, "community_code");
    fail();
    return (str){ 0 };
}

static bool division_under(const base *b, str code, str above)
{
    while (code.len && !str_equal(code, above)) {
        str up = { 0 };
        for (size_t i = 0; i < b->divisions.count; i++)
            if (str_equal(rows_text(&b->divisions, i, "code"), code))
                up = rows_text(&b->divisions, i, "parent_code");
        code = up;
    }
    return code.len > 0;
}

static bool org_under(const base *b, int64_t org, int64_t above)
{
    while (org && org != above)
        org = reach_find(&b->orgs, org, "parent_id");
    return org != 0;
}

static bool team_in(const base *b, size_t grant, int64_t team)
{
    const rows *g = &b->grants;
    if (str_is(rows_text(g, grant, "scope_kind"), "division"))
        return division_under(b, community_of(&b->teams, team), rows_text(g, grant, "division_code"));
    return rows_int(g, grant, "team_id") == team;
}

static bool person_in(const base *b, size_t grant, int64_t person)
{
    const rows *g = &b->grants;
    if (str_is(rows_text(g, grant, "scope_kind"), "org"))
        return org_under(b, reach_find(&b->people, person, "org_id"), rows_int(g, grant, "org_id"));
    if (str_is(rows_text(g, grant, "scope_kind"), "division") &&
        division_under(b, community_of(&b->people, person), rows_text(g, grant, "division_code")))
        return true;
    for (size_t i = 0; i < b->members.count; i++)
        if (rows_int(&b->members, i, "person_id") == person && team_in(b, grant, rows_int(&b->members, i, "team_id")))
            return true;
    return false;
}

static bool has_word(str list, str word)
{
    str one;
    while (str_split(&list, ' ', &one))
        if (str_equal(one, word))
            return true;
    return false;
}

static bool grant_reaches(const base *b, size_t grant, about what)
{
    const rows *g = &b->grants;
    str kind = rows_text(g, grant, "scope_kind");
    if (str_is(kind, "all"))
        return true;
    if (strcmp(what.noun, "org") == 0)
        return str_is(kind, "org") && org_under(b, what.id, rows_int(g, grant, "org_id"));
    if (strcmp(what.noun, "division") == 0 && str_is(kind, "division"))
        return division_under(b, what.code, rows_text(g, grant, "division_code"));
    if (strcmp(what.noun, "division") == 0)
        return str_is(kind, "team") && str_equal(community_of(&b->teams, rows_int(g, grant, "team_id")), what.code);
    if (strcmp(what.noun, "team") == 0)
        return !str_is(kind, "org") && team_in(b, grant, what.id);
    return strcmp(what.noun, "person") == 0 && person_in(b, grant, what.id);
}

bool reach_may(const base *b, int64_t actor, about what, str roles)
{
    const rows *g = &b->grants;
    if (strcmp(what.noun, "own") == 0)
        return what.id == actor;
    if (strcmp(what.noun, "person") == 0 && what.id == actor)
        return true;
    for (size_t i = 0; i < g->count; i++)
        if (rows_int(g, i, "person_id") == actor && rows_at(g, i, "until_at")->kind != VALUE_INT &&
            (!roles.len || has_word(roles, rows_text(g, i, "role"))) && grant_reaches(b, i, what))
            return true;
    return false;
}
