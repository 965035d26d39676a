/* The first page of whoever leads or rings: what is to be done now. The teams' own pages are leader.c's. */
#include "web/calls.h"
#include "web/office.h"

#include "base/civil.h"
#include "command/event.h"

enum { DAY_MS = 24 * 3600 * 1000 };

typedef struct team_sum {
    int64_t need, rostered, missing;
} team_sum;

static team_sum sum_of(const rows *needs, int64_t team)
{
    team_sum s = { 0 };
    for (size_t i = 0; i < needs->count; i++) {
        if (rows_int(needs, i, "team_id") != team)
            continue;
        s.need += rows_int(needs, i, "headcount_min");
        s.rostered += rows_int(needs, i, "rostered");
        s.missing += rows_int(needs, i, "missing");
    }
    return s;
}

bool office_is_mine(const web *w, const rows *teams, size_t i)
{
    static const char *const offices[] = { "leader_id", "deputy_id", "liaison_id" };
    bool mine = !w->who.is_commander;
    for (size_t k = 0; k < COUNT(offices); k++)
        mine = mine || rows_int(teams, i, offices[k]) == w->who.person_id;
    return mine;
}

err *office_zone(web *w, str *out)
{
    rows r = { 0 };
    TRY(web_view(w, "operation", NAMED({ 0 }), &r));
    *out = r.count ? rows_text(&r, 0, "zone") : STR("UTC");
    return NULL;
}

static err *put_operation_teams(web *w, int64_t operation, str tomorrow, int64_t *missing)
{
    rows teams = { 0 }, needs = { 0 };
    TRY(web_view(w, "team", NAMED({ "operation", V_INT(operation) }), &teams));
    TRY(web_view(w, "need_cover", NAMED({ "operation", V_INT(operation) }, { "from_on", V_TEXT(tomorrow) }, { "to_on", V_TEXT(tomorrow) }), &needs));
    for (size_t i = 0; i < teams.count; i++) {
        if (!office_is_mine(w, &teams, i))
            continue;
        team_sum s = sum_of(&needs, rows_int(&teams, i, "id"));
        tree *t = tree_add(w->tree, "teams");
        tree_int(t, "id", rows_int(&teams, i, "id"));
        tree_text(t, "name", rows_text(&teams, i, "name"));
        tree_int(t, "need", s.need);
        tree_int(t, "rostered", s.rostered);
        tree_int(t, "missing", s.missing);
        *missing += s.missing;
    }
    return NULL;
}

static err *put_teams(web *w)
{
    rows r = { 0 };
    int64_t missing = 0;
    TRY(web_view(w, "operation", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (!str_is(rows_text(&r, i, "state"), "open"))
            continue;
        str tomorrow = web_local_day(w, rows_text(&r, i, "zone"), w->q->now + DAY_MS);
        tree_text(w->tree, "tomorrow", web_day(w, tomorrow));
        TRY(put_operation_teams(w, rows_int(&r, i, "id"), tomorrow, &missing));
    }
    tree_int(w->tree, "missing", missing);
    return NULL;
}

static err *get_office(web *w)
{
    rows r = { 0 };
    str topics = { 0 };
    TRY(web_own_topics(w, &topics));
    TRY(web_live(w, topics, ""));
    TRY(put_teams(w));
    TRY(calls_load(w, &r));
    call_counts n = calls_count(&r);
    tree_int(w->tree, "called", n.called);
    tree_int(w->tree, "silent", n.silent);
    tree_int(w->tree, "morning", n.morning);
    return web_show(w, "calls_home");
}

const route office_routes[] = {
    { WEB_GET, WEB_LEADER, "/l", .show = get_office },
    { 0 },
};
