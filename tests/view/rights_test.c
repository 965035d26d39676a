/* Who sees which rows and names. The loop below knows nothing of the views: it climbs parent by parent, grant by grant. */
#include "world.h"

#include "base/file.h"
#include "base/text.h"
#include "store/store.h"
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

typedef struct base {
    rows grants, teams, people, members, orgs, divisions, needs, rosters, duties;
} base;

static rows table(app *p, const char *sql)
{
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), check_arena(), &t));
    check_ok(store_query_text(t, check_arena(), sql, str_of(sql), NULL, 0, NULL, &r));
    store_read_end(t);
    return r;
}

static base load(app *p)
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
    };
}

static int64_t find(const rows *r, int64_t id, const char *column)
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
        org = find(&b->orgs, org, "parent_id");
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
        return org_under(b, find(&b->people, person, "org_id"), rows_int(g, grant, "org_id"));
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

/* noun: team, person, org or all; roles: empty for any. */
static bool may(const base *b, int64_t actor, const char *noun, int64_t id, str roles)
{
    const rows *g = &b->grants;
    if (strcmp(noun, "person") == 0 && id == actor)
        return true;
    for (size_t i = 0; i < g->count; i++) {
        str kind = rows_text(g, i, "scope_kind");
        if (rows_int(g, i, "person_id") != actor || rows_at(g, i, "until_at")->kind == VALUE_INT ||
            (roles.len && !has_word(roles, rows_text(g, i, "role"))))
            continue;
        if (str_is(kind, "all") || (strcmp(noun, "team") == 0 && !str_is(kind, "org") && team_in(b, i, id)) ||
            (strcmp(noun, "person") == 0 && person_in(b, i, id)) ||
            (strcmp(noun, "org") == 0 && str_is(kind, "org") && org_under(b, id, rows_int(g, i, "org_id"))))
            return true;
    }
    return false;
}

static bool has_column(const view *v, const char *name)
{
    for (size_t i = 0; i < v->column_count; i++)
        if (str_is(v->columns[i].name, name))
            return true;
    return false;
}

/* What a row of the view is about, by the columns it shows. False: a row is a sum over people. */
static bool subject(const base *b, const view *v, const rows *r, size_t i, const char **noun, int64_t *id)
{
    str scope = v->scope, word;
    str_split(&scope, ' ', &word);
    *noun = str_z(check_arena(), word);
    *id = 0;
    if (strcmp(*noun, "all") == 0)
        return true;
    if (strcmp(*noun, "team") == 0) {
        *id = has_column(v, "team_id")     ? rows_int(r, i, "team_id")
              : has_column(v, "duty_id")   ? find(&b->duties, rows_int(r, i, "duty_id"), "team_id")
              : has_column(v, "need_id")   ? find(&b->needs, rows_int(r, i, "need_id"), "team_id")
              : has_column(v, "roster_id") ? find(&b->rosters, rows_int(r, i, "roster_id"), "team_id")
                                           : rows_int(r, i, "id");
        return true;
    }
    const char *column = has_column(v, "person_id") ? "person_id" : has_column(v, "a_id") ? "a_id" : "id";
    if (!has_column(v, column))
        return false;
    *id = rows_int(r, i, column);
    return true;
}

static bool is_name(const view *v, size_t column)
{
    return str_is(v->columns[column].type, "name");
}

static bool same(const view *v, const rows *x, size_t i, const rows *y, size_t k)
{
    for (size_t c = 0; c < v->column_count; c++) {
        const value *p = &x->at[i * x->column_count + c], *q = &y->at[k * y->column_count + c];
        if (!is_name(v, c) && (p->kind != q->kind || p->n != q->n || !str_equal(p->s, q->s)))
            return false;
    }
    return true;
}

static const char name_roles[] = "commander secretary liaison leader volunteer";

/* Exactly the rows that the loop allows, in their order, and of their names those that it allows. */
static void compare(const base *b, const view *v, int64_t actor, const rows *all, const rows *his)
{
    size_t seen = 0;
    for (size_t i = 0; i < all->count; i++) {
        const char *noun;
        int64_t id;
        if (!subject(b, v, all, i, &noun, &id) || !may(b, actor, noun, id, v->roles))
            continue;
        assert_true(seen < his->count);
        assert_true(same(v, all, i, his, seen));
        for (size_t c = 0; c < v->column_count; c++) {
            const value *name = &his->at[seen * his->column_count + c], *whole = &all->at[i * all->column_count + c];
            if (is_name(v, c) && may(b, actor, noun, id, str_of(name_roles)))
                assert_true(name->kind == whole->kind && str_equal(name->s, whole->s));
            else if (is_name(v, c))
                assert_int_equal(name->kind, VALUE_NULL);
        }
        seen++;
    }
    if (!str_is(v->name, "place_queue"))
        assert_int_equal(seen, his->count);
}

static str value_of(const world *w, str argument, size_t pass)
{
    if (str_is(argument, "team"))
        return pass ? w->other : w->team;
    if (str_is(argument, "roster"))
        return w->rosters[pass];
    if (str_is(argument, "import"))
        return w->import;
    assert_true(str_is(argument, "day")); /* another one: tell this test what to put there */
    return STR("2020-02-07");
}

enum { PASSES = 2, NOW_AND_ARGS = 14 };
/* The arguments that a view cannot do without; false: it asks for none, or none that tell teams apart. */
static bool args_of(const world *w, const view *v, size_t pass, named *args)
{
    bool by_team = false;
    size_t count = 0;
    args[count++] = (named){ "now", V_INT((int64_t)DATABASE_NOW * 1000) };
    for (size_t i = 0; i < v->arg_count; i++) {
        if (str_ends(v->args[i].type, STR("?")))
            continue;
        by_team = by_team || str_is(v->args[i].name, "team") || str_is(v->args[i].name, "roster");
        args[count++] = (named){ str_z(check_arena(), v->args[i].name), V_TEXT(value_of(w, v->args[i].name, pass)) };
    }
    return by_team;
}

/* What became of a column: its values open, in some rows only, masked, or none though the row is there. */
static const char *shown(const rows *r, size_t column)
{
    bool open = false, masked = false, none = false;
    for (size_t i = 0; i < r->count; i++) {
        str s = r->at[i * r->column_count + column].s;
        open = open || (s.len && str_find(s, STR("*")) < 0);
        masked = masked || str_find(s, STR("*")) >= 0;
        none = none || r->at[i * r->column_count + column].kind == VALUE_NULL;
    }
    return open ? (none ? "some" : "open") : masked ? "masked" : r->count ? "blank" : "-";
}

typedef struct seen {
    size_t rows;
    const char *columns[40];
} seen;

/*
 * Lists of the weekend that the world of these tests does not fill yet. They are not looked at here: what each role
 * sees of them is tested only where the tests of their nouns do. To take one off, fill it in tests/world.c.
 */
static const char *const not_yet[] = {
    "attendance_audit", "attendance_before", "attendance_day", "attendance_night", "attendance_night_run",
    "attendance_open", "attendance_over_8h", "attendance_valid", "bulletin", "bulletin_figure",
    "bulletin_record", "call_order", "certificate", "certificate_day", "channel", "community_served",
    "community_short", "correction_seen", "donation_entry", "donation_goods", "donation_receiver",
    "donation_slip", "donor_net", "duty_my", "duty_today", "escalation", "hours_person", "join_request",
    "leader_by_org", "member_unlisted", "message", "need_cover", "no_show", "notice", "notice_answered_by",
    "notice_call_list", "notice_filled_for_others", "notice_node", "notice_pool", "notice_silent",
    "order_released", "reinforcement", "reinforcement_in", "reinforcement_person", "shift_cover", "stand_down",
    "structure", "structure_member", "substitute_candidate", "substituted", "swap", "team_appeal", "team_large",
    "unit", "unit_in_force", "withdrawal", "withdrawal_unreported",
};

static bool is_not_yet(const view *v)
{
    for (size_t i = 0; i < COUNT(not_yet); i++)
        if (str_is(v->name, not_yet[i]))
            return true;
    return false;
}

static seen look(const world *w, const base *b, const view *v, int64_t actor)
{
    seen s = { 0 };
    arena *a = check_arena();
    for (size_t pass = 0; pass < PASSES; pass++) {
        named args[NOW_AND_ARGS] = { { 0 } };
        rows all = { 0 }, his = { 0 };
        bool by_team = args_of(w, v, pass, args);
        if (pass && !by_team)
            break;
        check_ok(view_run(app_store(w->p), a, v, args, 0, 0, &all));
        check_ok(view_run(app_store(w->p), a, v, args, actor, 0, &his));
        assert_true(all.count > 0); /* an empty list proves nothing */
        if (str_is(v->scope, "public"))
            assert_int_equal(all.count, his.count);
        else
            compare(b, v, actor, &all, &his);
        s.rows += his.count;
        for (size_t c = 0; c < v->column_count; c++) {
            const char *now = shown(&his, c);
            if (!s.columns[c] || strcmp(s.columns[c], "-") == 0 || strcmp(now, "open") == 0 || strcmp(now, "some") == 0)
                s.columns[c] = now;
        }
    }
    return s;
}

static const struct actor {
    const char *label, *role, *scope;
} actors[] = {
    { "commander", "commander", "all" }, { "secretary", "secretary", "division" }, { "leader", "leader", "team" },
    { "liaison", "liaison", "org" },     { "volunteer", "volunteer", "team" },     { "auditor", "auditor", "all" },
    { "nobody", NULL, NULL },            { "former", "commander", "all" },         { "two roles", "auditor", "all" },
};

typedef struct ending {
    store_work work;
    int64_t person;
} ending;
static err *end_work(store_work *work, store_txn *t, arena *a)
{
    static const store_param params[] = { { "person", VALUE_INT } };
    return store_query_text(t, a, "end", STR("UPDATE role_grant SET until_at = from_at WHERE person_id = $person"), params, 1,
                            NAMED({ "person", V_INT(((ending *)work)->person) }), NULL);
}
static void end_grant(app *p, int64_t person)
{
    ending e = { .work = { .run = end_work }, .person = person };
    check_ok(store_submit_wait(app_store(p), check_arena(), &e.work));
}

static void hire(world *w, int64_t ids[COUNT(actors)])
{
    for (size_t i = 0; i < COUNT(actors); i++) {
        ids[i] = world_actor(w, actors[i].role, actors[i].scope);
        if (strcmp(actors[i].label, "two roles") == 0)
            world_grant(w, ids[i], "leader", "team");
        if (strcmp(actors[i].label, "former") == 0)
            end_grant(w->p, ids[i]);
    }
}

static void put_line(text *rows_part, text *columns_part, const world *w, const base *b, const view *v, const int64_t *ids)
{
    seen s[COUNT(actors)];
    for (size_t i = 0; i < COUNT(actors); i++) {
        CASE(text_format(check_arena(), "%.*s by %s", STR_ARG(v->name), actors[i].label).at);
        s[i] = look(w, b, v, ids[i]);
    }
    text_printf(rows_part, "%-30.*s", STR_ARG(v->name));
    for (size_t i = 0; i < COUNT(actors); i++)
        text_printf(rows_part, " %9zu", s[i].rows);
    text_put_z(rows_part, "\n");
    for (size_t c = 0; c < v->column_count; c++) {
        str type = v->columns[c].type;
        if (!str_is(type, "name") && !str_is(type, "phone") && !str_is(type, "address"))
            continue;
        text_printf(columns_part, "%-30s", text_format(check_arena(), "%.*s.%.*s %.*s", STR_ARG(v->name),
                                                       STR_ARG(v->columns[c].name), STR_ARG(type)).at);
        for (size_t i = 0; i < COUNT(actors); i++) {
            assert_true(!str_is(type, "phone") || strcmp(s[i].columns[c], "open") != 0);
            text_printf(columns_part, " %9s", s[i].columns[c]);
        }
        text_put_z(columns_part, "\n");
    }
}

static void put_head(text *t, const char *what)
{
    text_printf(t, "%-30s", what);
    for (size_t i = 0; i < COUNT(actors); i++)
        text_printf(t, " %9s", actors[i].label);
    text_put_z(t, "\n");
}

static void everybody_sees_what_the_loop_allows(const char *url)
{
    arena *a = check_arena();
    world w = world_build(url);
    int64_t ids[COUNT(actors)];
    world_fill(&w);
    hire(&w, ids);
    base b = load(w.p);
    text t = text_begin(a), columns = text_begin(a);
    put_head(&t, "rows");
    put_head(&columns, "columns");
    for (size_t i = 0; i < COUNT(not_yet); i++)
        assert_non_null(view_find(str_of(not_yet[i])));
    for (size_t i = 0; view_at(i); i++)
        if (!is_not_yet(view_at(i)))
            put_line(&t, &columns, &w, &b, view_at(i), ids);
    text_put_z(&t, "\n");
    text_put(&t, text_done(&columns));
    str have = text_done(&t), want = { 0 };
    if (getenv("MUSTER_ACCEPT"))
        check_ok(file_write(a, "tests/view/rights.golden", have));
    check_ok(file_read(a, "tests/view/rights.golden", 1 << 20, &want));
    check_str(have, str_z(a, want));
}
ON_BOTH(everybody_sees_what_the_loop_allows)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(everybody_sees_what_the_loop_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
