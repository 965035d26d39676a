/* What is not published yet: the work in the background, the draft it leaves, and what publishing would change. */
#include "web/leader.h"

#include "base/civil.h"

enum { SOLVE_DAYS = 7, RECENT_MS = 3600 * 1000 };

/* -- the solver in the background ------------------------------------------------------------------------ */
static bool is_state(const rows *r, size_t i, const char *state)
{
    return str_is(rows_text(r, i, "state"), state);
}

static void put_span(web *w, const leader *l)
{
    civil_day from = 0;
    civil_day_read(l->today, &from);
    str first = civil_day_text(w->q->a, from + 1), last = civil_day_text(w->q->a, from + SOLVE_DAYS);
    tree_text(w->tree, "solve_from", first);
    tree_text(w->tree, "solve_to", last);
    tree_text(w->tree, "solve_from_text", web_day(w, first));
    tree_text(w->tree, "solve_to_text", web_day(w, last));
}

static err *put_solve(web *w, const leader *l, int64_t *newest)
{
    rows r = { 0 };
    TRY(web_view(w, "job", NAMED({ "team", V_INT(l->team) }, { "kind", V_TEXT(STR("solve")) }), &r));
    if (!r.count)
        return NULL;
    bool runs = is_state(&r, 0, "waiting") || is_state(&r, 0, "leased");
    *newest = rows_int(&r, 0, "id");
    if (is_state(&r, 0, "parked")) /* put_parked has it */
        return NULL;
    if (!runs && rows_int(&r, 0, "ended_at") < w->q->now - RECENT_MS)
        return NULL;
    tree *t = tree_add(w->tree, "job");
    tree_int(t, "id", rows_int(&r, 0, "id"));
    tree_yes(t, "runs", runs);
    tree_yes(t, "stopping", runs && rows_int(&r, 0, "cancel"));
    tree_yes(t, "done", is_state(&r, 0, "done"));
    tree_text(t, "state", web_word(w, text_format(w->q->a, "job.state.%.*s", STR_ARG(rows_text(&r, 0, "state"))).at, NULL));
    tree_yes(t, "counted", rows_at(&r, 0, "missing")->kind == VALUE_INT);
    tree_int(t, "missing", rows_int(&r, 0, "missing"));
    tree_int(t, "steps", rows_int(&r, 0, "steps"));
    tree_text(t, "seconds", text_format(w->q->a, "%lld", (long long)((w->q->now - rows_int(&r, 0, "asked_at")) / 1000)));
    tree_text(t, "failed", rows_text(&r, 0, "wrong"));
    return NULL;
}

/* A roster that was worked out since makes an older try of no matter. */
static void put_given_up(web *w, const leader *l, const rows *r, int64_t newest_solve, bool of_team)
{
    for (size_t i = 0; i < r->count; i++) {
        str kind = rows_text(r, i, "kind");
        const char *word = text_format(w->q->a, "job.kind.%.*s", STR_ARG(kind)).at;
        bool older = str_is(kind, "solve") && rows_int(r, i, "id") < newest_solve, teams = rows_int(r, i, "team_id") != 0;
        int64_t at = rows_int(r, i, "ended_at");
        if (older || teams != of_team)
            continue;
        tree *t = tree_add(w->tree, "parked");
        tree_int(t, "id", rows_int(r, i, "id"));
        tree_text(t, "what", words_has(w->q->lang, word) ? web_word(w, word, NULL) : kind);
        tree_text(t, "failed", rows_text(r, i, "wrong"));
        tree_text(t, "on", at ? web_day(w, web_local_day(w, l->zone, at)) : (str){ 0 });
        tree_text(t, "at", at ? web_time(w, l->zone, at) : (str){ 0 });
    }
}

/* What was given up: of the team, and what this reader asked for himself and is of no team. */
static err *put_parked(web *w, const leader *l, int64_t newest_solve)
{
    rows of_team = { 0 }, own = { 0 };
    const value parked = V_TEXT(STR("parked"));
    TRY(web_view(w, "job", NAMED({ "team", V_INT(l->team) }, { "state", parked }), &of_team));
    TRY(web_view(w, "job_my", NAMED({ "state", parked }), &own));
    put_given_up(w, l, &of_team, newest_solve, true);
    put_given_up(w, l, &own, newest_solve, false);
    return NULL;
}

err *leader_put_job(web *w, const leader *l)
{
    int64_t newest = 0;
    put_span(w, l);
    TRY(put_solve(w, l, &newest));
    return put_parked(w, l, newest);
}

/* -- what publishing would change ------------------------------------------------------------------------ */
static void put_changes(web *w, const rows *r)
{
    int64_t told = 0;
    for (size_t i = 0; i < r->count; i++) {
        tree *t = tree_add(w->tree, "changes");
        bool again = false;
        leader_put_shift(w, t, r, i);
        tree_text(t, "name", rows_text(r, i, "name"));
        tree_text(t, "what", web_word(w, text_format(w->q->a, "leader.change.%.*s", STR_ARG(rows_text(r, i, "change"))).at,
                                      VALUES({ "name", rows_text(r, i, "name") })));
        for (size_t k = 0; k < i && !again; k++)
            again = rows_int(r, k, "person_id") == rows_int(r, i, "person_id");
        told += !again;
    }
    tree_int(w->tree, "n_changes", (int64_t)r->count);
    tree_int(w->tree, "n_told", told);
}

err *leader_put_draft(web *w, const leader *l)
{
    rows d = { 0 }, r = { 0 };
    TRY(web_view(w, "draft", NAMED({ "team", V_INT(l->team) }), &d));
    if (!d.count)
        return NULL;
    tree_int(w->tree, "draft", rows_int(&d, 0, "id"));
    tree_int(w->tree, "version", rows_int(&d, 0, "version"));
    tree_int(w->tree, "seen", rows_int(&d, 0, "seen"));
    tree_text(w->tree, "draft_from", web_day(w, rows_text(&d, 0, "from_on")));
    tree_text(w->tree, "draft_to", web_day(w, rows_text(&d, 0, "to_on")));
    TRY(web_view(w, "draft_change", NAMED({ "team", V_INT(l->team) }, { "after", V_INT(w->q->now) }), &r));
    put_changes(w, &r);
    return NULL;
}

/* -- the draft of a day, seat by seat --------------------------------------------------------------------- */
static void put_lines(web *w, const rows *r)
{
    tree *t = NULL;
    int64_t need = 0, have = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!t || rows_int(r, i, "need_id") != need) {
            t = tree_add(w->tree, "seats");
            leader_put_shift(w, t, r, i);
            need = rows_int(r, i, "need_id");
            have = 0;
        }
        int64_t missing = rows_int(r, i, "headcount_min") - ++have;
        tree_int(t, "have", have);
        tree_int(t, "want", rows_int(r, i, "headcount_min"));
        tree_int(t, "short", missing > 0 ? missing : 0);
        tree *p = tree_add(t, "people");
        tree_int(p, "need", need);
        tree_int(p, "person", rows_int(r, i, "person_id"));
        tree_text(p, "name", rows_text(r, i, "name"));
        tree_yes(p, "lead", rows_int(r, i, "lead"));
        tree_yes(p, "locked", rows_int(r, i, "locked"));
    }
}

err *leader_get_draft(web *w)
{
    leader l = { 0 };
    rows r = { 0 }, gaps = { 0 };
    TRY(leader_open(w, LEADER_NEXT, &l));
    TRY(leader_put_job(w, &l));
    TRY(leader_put_draft(w, &l));
    TRY(web_view(w, "draft_line", NAMED({ "team", V_INT(l.team) }, { "from_on", V_TEXT(l.day) }, { "to_on", V_TEXT(l.day) }), &r));
    put_lines(w, &r);
    rows d = { 0 };
    TRY(web_view(w, "draft", NAMED({ "team", V_INT(l.team) }), &d));
    if (d.count)
        TRY(web_view(w, "roster_gap", NAMED({ "roster", *rows_at(&d, 0, "id") }), &gaps));
    for (size_t i = 0; i < gaps.count; i++) {
        tree *t = tree_add(w->tree, "gaps");
        tree_text(t, "on", web_day(w, rows_text(&gaps, i, "starts_on")));
        tree_text(t, "shift", rows_text(&gaps, i, "shift"));
        tree_text(t, "post", rows_text(&gaps, i, "post"));
        tree_int(t, "short", rows_int(&gaps, i, "missing"));
        tree_text(t, "why", rows_text(&gaps, i, "explanation"));
    }
    leader_put_week(w, &l);
    return web_show(w, "leader_draft");
}

/* -- published: whom to tell ------------------------------------------------------------------------------ */
err *leader_get_told(web *w)
{
    leader l = { 0 };
    rows r = { 0 };
    int64_t version, at;
    TRY(leader_open(w, LEADER_NEXT, &l));
    TRY(web_view(w, "roster_change", NAMED({ "team", V_INT(l.team) }), &r));
    TRY(leader_published(w, &l, &version, &at));
    tree_int(w->tree, "version", version);
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "changes");
        tree_int(t, "person", rows_int(&r, i, "person_id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "on", web_day(w, rows_text(&r, i, "starts_on")));
        tree_text(t, "shift", rows_text(&r, i, "shift"));
        tree_text(t, "post", rows_text(&r, i, "post"));
        tree_yes(t, "sent", rows_int(&r, i, "told"));
        tree_yes(t, "confirmed", !str_is(rows_text(&r, i, "state"), "planned"));
        tree_text(t, "what", web_word(w, text_format(w->q->a, "leader.change.%.*s", STR_ARG(rows_text(&r, i, "change"))).at,
                                      VALUES({ "name", rows_text(&r, i, "name") })));
    }
    return web_show(w, "leader_told");
}
