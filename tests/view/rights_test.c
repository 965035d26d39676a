/* Who sees which rows and names. What reach.h allows is what each must see. */
#include "reach.h"
#include "weekend.h"

#include "base/file.h"
#include "base/text.h"
#include "store/store.h"
#include "view/page.h"

#include <stdlib.h>
#include <string.h>

static bool has_column(const view *v, const char *name)
{
    for (size_t i = 0; i < v->column_count; i++)
        if (str_is(v->columns[i].name, name))
            return true;
    return false;
}

/* Of whom the rows are is not in all lists: these are about what was asked for, or sum what is about several. */
enum about_what { ASKED_TEAM, ASKED_PERSON, ASKED_COMMUNITY, TEAM_OF_PERSON, TEAM_OF_LENDING, SUMS };
static const struct exception {
    const char *view;
    enum about_what what;
} exceptions[] = {
    { "substitute_candidate", ASKED_TEAM },   { "structure_member", ASKED_TEAM },      { "unit", ASKED_TEAM },
    { "certificate_day", ASKED_PERSON },      { "donation_slip", ASKED_COMMUNITY },    { "attendance_day", TEAM_OF_PERSON },
    { "attendance_over_8h", TEAM_OF_PERSON }, { "attendance_night_run", TEAM_OF_PERSON }, { "hours_person", TEAM_OF_PERSON },
    { "reinforcement_person", TEAM_OF_LENDING }, { "shift_cover", SUMS },              { "place_queue", SUMS },
    { "shift_begin", SUMS },
};

static const struct exception *exception_of(const view *v)
{
    for (size_t i = 0; i < COUNT(exceptions); i++)
        if (str_is(v->name, exceptions[i].view))
            return &exceptions[i];
    return NULL;
}

static bool is_sum(const view *v)
{
    const struct exception *x = exception_of(v);
    return x && x->what == SUMS;
}

/* What was asked for in this pass. */
typedef struct asked {
    int64_t team, person;
    str community;
} asked;

static about about_asked(const base *b, const struct exception *x, const asked *q, const rows *r, size_t i)
{
    switch (x->what) {
    case ASKED_TEAM: return (about){ .noun = "team", .id = q->team };
    case ASKED_PERSON: return (about){ .noun = "person", .id = q->person };
    case ASKED_COMMUNITY: return (about){ .noun = "division", .code = q->community };
    case TEAM_OF_PERSON: return (about){ .noun = "team", .id = reach_find(&b->attendances, rows_int(r, i, "person_id"), "team_id") };
    case TEAM_OF_LENDING: return (about){ .noun = "team", .id = reach_find(&b->lendings, rows_int(r, i, "reinforcement_id"), "team_id") };
    case SUMS: break;
    }
    return (about){ .noun = "all" };
}

static int64_t team_of(const base *b, const view *v, const rows *r, size_t i)
{
    return has_column(v, "team_id")     ? rows_int(r, i, "team_id")
           : has_column(v, "duty_id")   ? reach_find(&b->duties, rows_int(r, i, "duty_id"), "team_id")
           : has_column(v, "need_id")   ? reach_find(&b->needs, rows_int(r, i, "need_id"), "team_id")
           : has_column(v, "roster_id") ? reach_find(&b->rosters, rows_int(r, i, "roster_id"), "team_id")
                                        : rows_int(r, i, "id");
}

/* "team f.from_team_id": the column the scope is asked of, where the list shows it. */
static const char *scope_column(const view *v)
{
    ptrdiff_t dot = str_find(v->scope, STR("."));
    const char *column = dot < 0 ? "id" : str_z(check_arena(), str_from(v->scope, (size_t)dot + 1));
    return strcmp(column, "id") != 0 && has_column(v, column) ? column : NULL;
}

/* What a row of the view is about, by the columns it shows. */
static about subject(const base *b, const view *v, const asked *q, const rows *r, size_t i)
{
    str scope = v->scope, word;
    str_split(&scope, ' ', &word);
    about what = { .noun = str_z(check_arena(), word) };
    const struct exception *x = exception_of(v);
    const char *column = scope_column(v);
    if (x)
        return about_asked(b, x, q, r, i);
    if (strcmp(what.noun, "all") == 0)
        return what;
    if (strcmp(what.noun, "division") == 0) {
        what.code = rows_text(r, i, has_column(v, "community_code") ? "community_code" : "division_code");
        if (!what.code.len) /* an order to nobody's division is the whole city's */
            what.noun = "all";
    } else if (column)
        what.id = rows_int(r, i, column);
    else if (strcmp(what.noun, "team") == 0)
        what.id = team_of(b, v, r, i);
    else {
        const char *noun_id = strcmp(what.noun, "org") == 0 ? "org_id" : "person_id";
        what.id = rows_int(r, i, has_column(v, noun_id) ? noun_id : "id");
    }
    return what;
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

static str names_for(const view *v)
{
    return v->name_roles.len ? v->name_roles : str_of(name_roles);
}

/* Exactly the rows that the loop allows, in their order, and of their names those that it allows. */
static void compare(const base *b, const view *v, const asked *q, int64_t actor, const rows *all, const rows *his)
{
    size_t seen = 0;
    for (size_t i = 0; i < all->count && !is_sum(v); i++) {
        about what = subject(b, v, q, all, i);
        if (!reach_may(b, actor, what, v->roles))
            continue;
        assert_true(seen < his->count);
        assert_true(same(v, all, i, his, seen));
        for (size_t c = 0; c < v->column_count; c++) {
            const value *name = &his->at[seen * his->column_count + c], *whole = &all->at[i * all->column_count + c];
            if (is_name(v, c) && reach_may(b, actor, what, names_for(v)))
                assert_true(name->kind == whole->kind && str_equal(name->s, whole->s));
            else if (is_name(v, c))
                assert_int_equal(name->kind, VALUE_NULL);
        }
        seen++;
    }
    if (!is_sum(v))
        assert_int_equal(seen, his->count);
}

/* What lists ask for; of a pair the own team's in the first pass, the other's in the second. */
static str value_of(const weekend *d, const view *v, str argument, size_t pass)
{
    const world *w = &d->w;
    const struct { const char *name; str value[2]; } known[] = {
        { "team", { w->team, w->other } },
        { "roster", { w->rosters[0], w->rosters[1] } },
        { "structure", { d->structure[0], d->structure[1] } },
        { "duty", { d->duty[0], d->duty[1] } },
        { "donation", { d->donation[0], d->donation[1] } },
        { "person", { d->served[0], d->served[1] } },
        { "operation", { w->operation, w->operation } },
        { "order", { d->order, d->order } },
        { "liaison", { d->liaison, d->liaison } },
        { "caller", { d->liaison, d->liaison } },
        { "since", { STR("1580000000000"), STR("1580000000000") } },
        { "from", { STR("1581033600000"), STR("1581033600000") } },
        { "bulletin", { d->bulletin, d->bulletin } },
        { "name", { STR("person_times"), STR("person_times") } },
        { "import", { w->import, w->import } },
        { "day", { STR("2020-02-10"), STR("2020-02-10") } },
        { "from_on", { STR("2020-02-08"), STR("2020-02-08") } },
        { "post", { w->posts[0], w->posts[1] } },
        { "at", { STR("1581120900000"), STR("1581120900000") } },
        { "from_at", { STR("1581033600000"), STR("1581033600000") } },
        { "to_at", { STR("1581292800000"), STR("1581292800000") } },
        { "after", { STR("1581033600000"), STR("1581033600000") } },
        { "before", { STR("1581292800000"), STR("1581292800000") } },
        { "to_on", { STR("2020-02-10"), STR("2020-02-10") } },
        { "until", { STR("4102444800000"), STR("4102444800000") } },
    };
    if (str_is(v->name, "correction_seen"))
        return d->correction;
    if (str_is(v->name, "certificate_check")) {
        rows r = { 0 };
        check_ok(view_run(app_store(d->w.p), check_arena(), view_find(STR("certificate")), NAMED({ 0 }), 0, 0, &r));
        return rows_text(&r, 0, str_is(argument, "tag") ? "tag" : "number");
    }
    if (str_is(v->name, "notice_answered_by") && str_is(argument, "person"))
        return d->liaison;
    if (str_is(argument, "day") && (str_is(v->name, "attendance_sheet") || str_is(v->name, "duty_today")))
        return STR("2020-02-08");
    if (str_is(argument, "day") && str_is(v->name, "call_list"))
        return STR("2020-02-07");
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_is(argument, known[i].name))
            return known[i].value[pass];
    fail_msg("another argument: tell this test what to put there");
    return (str){ 0 };
}

enum { PASSES = 2, NOW_AND_ARGS = 14 };
/* The arguments that a view cannot do without; false: it asks for none, or none that tell teams apart. */
static bool args_of(const weekend *d, const view *v, size_t pass, named *args)
{
    static const char *const by_team[] = { "team", "roster", "structure", "duty", "donation", "person" };
    bool apart = false;
    size_t count = 0;
    args[count++] = (named){ "now", V_INT((int64_t)DATABASE_NOW * 1000) };
    for (size_t i = 0; i < v->arg_count; i++) {
        if (str_ends(v->args[i].type, STR("?")))
            continue;
        for (size_t k = 0; k < COUNT(by_team); k++)
            apart = apart || str_is(v->args[i].name, by_team[k]);
        args[count++] = (named){ str_z(check_arena(), v->args[i].name), V_TEXT(value_of(d, v, v->args[i].name, pass)) };
    }
    return apart;
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

static asked asked_in(const weekend *d, size_t pass)
{
    return (asked){ .team = atoll((pass ? d->w.other : d->w.team).at), .person = atoll(d->served[pass].at),
                    .community = pass ? STR("320303001002") : STR("320303001001") };
}

static seen look(const weekend *w, const base *b, const view *v, int64_t actor)
{
    seen s = { 0 };
    arena *a = check_arena();
    for (size_t pass = 0; pass < PASSES; pass++) {
        named args[NOW_AND_ARGS] = { { 0 } };
        rows all = { 0 }, his = { 0 };
        bool by_team = args_of(w, v, pass, args);
        asked q = asked_in(w, pass);
        if (pass && !by_team)
            break;
        check_ok(view_run(app_store(w->w.p), a, v, args, 0, 0, &all));
        check_ok(view_run(app_store(w->w.p), a, v, args, actor, 0, &his));
        assert_true(all.count > 0); /* an empty list proves nothing */
        if (str_is(v->scope, "public"))
            assert_int_equal(all.count, his.count);
        else
            compare(b, v, &q, actor, &all, &his);
        s.rows += his.count;
        for (size_t c = 0; c < v->column_count; c++) {
            const char *now = shown(&his, c);
            if (!s.columns[c] || strcmp(s.columns[c], "-") == 0 || strcmp(now, "open") == 0 || strcmp(now, "some") == 0)
                s.columns[c] = now;
        }
    }
    return s;
}

/* Ordered by what a list does not show: its pages have an order of their own. */
static bool is_ordered_by_columns(const view *v)
{
    static const char *const others[] = { "attendance_sheet", "daily_report",     "notice_call_list", "notice_silent",
                                          "structure_member", "substitute_candidate", "team_contact" };
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_is(v->name, others[i]))
            return false;
    return true;
}

static bool same_whole(const view *v, const rows *x, size_t i, const rows *y, size_t k)
{
    for (size_t c = 0; c < v->column_count; c++) {
        const value *p = &x->at[i * x->column_count + c], *q = &y->at[k * y->column_count + c];
        if (p->kind != q->kind || p->n != q->n || !str_equal(p->s, q->s))
            return false;
    }
    return true;
}

/* Page behind page of one row: the whole list, each row once, in an order that each page goes on with. */
static void compare_pages(const weekend *d, const view *v, const named *args, int64_t actor)
{
    arena *a = check_arena();
    rows all = { 0 };
    bool *taken, more = true;
    view_after after = { 0 };
    check_ok(view_run(app_store(d->w.p), a, v, args, actor, 0, &all));
    taken = arena_many(a, bool, all.count + 1);
    for (size_t given = 0; given < all.count; given++) {
        rows page = { 0 };
        size_t i = 0;
        assert_true(more);
        check_ok(view_page(app_store(d->w.p), a, v, args, actor, &after, 1, &page, &more));
        assert_int_equal(page.count, 1);
        while (i < all.count && (taken[i] || !same_whole(v, &all, i, &page, 0)))
            i++;
        assert_true(i < all.count);
        assert_true(i == given || !is_ordered_by_columns(v));
        taken[i] = true;
        after = view_last(&page, &after);
    }
    rows none = { 0 };
    check_ok(view_page(app_store(d->w.p), a, v, args, actor, &after, 1, &none, &more));
    assert_true(!none.count && !more);
}

static const struct actor {
    const char *label, *role, *scope;
} actors[] = {
    { "commander", "commander", "all" }, { "secretary", "secretary", "division" }, { "leader", "leader", "team" },
    { "liaison", "liaison", "org" },     { "volunteer", "volunteer", "team" },     { "auditor", "auditor", "all" },
    { "nobody", NULL, NULL },            { "former", "commander", "all" },         { "two roles", "auditor", "all" },
    { "member", NULL, NULL }, /* of the team, with no grant: his own rows alone */
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
        bool member = strcmp(actors[i].label, "member") == 0;
        ids[i] = member ? atoll(w->person[0].at) : world_actor(w, actors[i].role, actors[i].scope);
        if (strcmp(actors[i].label, "two roles") == 0)
            world_grant(w, ids[i], "leader", "team");
        if (strcmp(actors[i].label, "former") == 0)
            end_grant(w->p, ids[i]);
    }
}

static void put_line(text *rows_part, text *columns_part, const weekend *w, const base *b, const view *v, const int64_t *ids)
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

/* Somebody whose address waits, and seems to lie in the first community. */
static void wait_to_be_placed(const weekend *d)
{
    str id = weekend_do(d, 10, "person.import", "ids", ROWS("[{\"name\":\"Waits\",\"phone\":\"13900000777\",\"org\":[\"Bureau\",\"One\"],\"address\":\"Willow yard\"}]"));
    weekend_do(d, 10, "placement.record", NULL, ROWS("[{\"person\":\"%s\",\"state\":\"queued\",\"reasons\":\"no number\",\"text_key\":\"Willow yard\","
                                                     "\"suggested_code\":\"320303001001\"}]", id.at));
}

/* Each organisation, as one that may name nobody. */
static void give_headcounts(const weekend *d)
{
    rows r = weekend_list(d, "org", NULL);
    for (size_t i = 0; i < r.count; i++)
        weekend_do(d, 10, "org_headcount.say", NULL,
                   NAMED({ "org", V_INT(rows_int(&r, i, "id")) }, { "headcount", V_INT(9) }, { "contact", V_TEXT(STR("Contact")) },
                         { "phone", V_TEXT(STR("13900000778")) }, { "note", V_TEXT(STR("by day")) }));
}

/* Someone on no roster at each team's post. */
static void walk_in(const weekend *d)
{
    for (int i = 0; i < PASSES; i++)
        weekend_do(d, 10, "attendance.walk_in", NULL, NAMED({ "post", V_TEXT(d->w.posts[i]) }, { "person", V_TEXT(d->spare[i]) }, { "by", V_TEXT(d->spare[i]) }));
}

static void everybody_sees_what_the_loop_allows(const char *url)
{
    arena *a = check_arena();
    world w = world_build(url);
    int64_t ids[COUNT(actors)];
    world_fill(&w);
    weekend d = weekend_play(&w);
    walk_in(&d);
    wait_to_be_placed(&d);
    give_headcounts(&d);
    hire(&w, ids);
    base b = reach_load(w.p);
    text t = text_begin(a), columns = text_begin(a);
    put_head(&t, "rows");
    put_head(&columns, "columns");
    for (size_t i = 0; view_at(i); i++)
        put_line(&t, &columns, &d, &b, view_at(i), ids);
    text_put_z(&t, "\n");
    text_put(&t, text_done(&columns));
    str have = text_done(&t), want = { 0 };
    if (getenv("MUSTER_ACCEPT"))
        check_ok(file_write(a, "tests/view/rights.golden", have));
    check_ok(file_read(a, "tests/view/rights.golden", 1 << 20, &want));
    check_str(have, str_z(a, want));
}
ON_BOTH(everybody_sees_what_the_loop_allows)

static void every_list_comes_whole_in_pages(const char *url)
{
    world w = world_build(url);
    world_fill(&w);
    weekend d = weekend_play(&w);
    int64_t commander = world_actor(&w, "commander", "all");
    for (size_t i = 0; view_at(i); i++)
        for (size_t pass = 0; pass < PASSES; pass++) {
            named args[NOW_AND_ARGS] = { { 0 } };
            CASE(str_z(check_arena(), view_at(i)->name));
            args_of(&d, view_at(i), pass, args);
            compare_pages(&d, view_at(i), args, 0);
            compare_pages(&d, view_at(i), args, commander);
        }
}
ON_BOTH(every_list_comes_whole_in_pages)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(everybody_sees_what_the_loop_allows),
        BOTH(every_list_comes_whole_in_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
