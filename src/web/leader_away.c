/* Nobody needed after all, and everybody leaves now: who is taken off, who is told, who is safe. */
#include "web/leader.h"

#include "base/civil.h"

static bool is_planned(const rows *r, size_t i)
{
    str state = rows_text(r, i, "state");
    return str_is(state, "planned") || str_is(state, "confirmed");
}

/* -- not needed ---------------------------------------------------------------------------------------- */
/* What a press would take off: duties that have not begun. */
static err *put_left(web *w, const leader *l)
{
    rows needs = { 0 }, duties = { 0 };
    int64_t of_day = 0, all = 0;
    TRY(web_view(w, "need_board", NAMED({ "team", V_INT(l->team) }, { "from_on", V_TEXT(l->day) }, { "to_on", V_TEXT(l->day) }), &needs));
    TRY(web_view(w, "duty_board", NAMED({ "team", V_INT(l->team) }, { "from_on", V_TEXT(l->today) }), &duties));
    for (size_t i = 0; i < duties.count; i++) {
        bool ahead = is_planned(&duties, i) && rows_int(&duties, i, "starts_at") > w->q->now;
        all += ahead;
        of_day += ahead && str_equal(rows_text(&duties, i, "starts_on"), l->day);
    }
    for (size_t i = 0; i < needs.count; i++) {
        int64_t n = 0;
        for (size_t k = 0; k < duties.count; k++)
            n += is_planned(&duties, k) && rows_int(&duties, k, "need_id") == rows_int(&needs, i, "id");
        if (!n || rows_int(&needs, i, "starts_at") <= w->q->now)
            continue;
        tree *t = tree_add(w->tree, "off_needs");
        leader_put_shift(w, t, &needs, i);
        tree_int(t, "need", rows_int(&needs, i, "id"));
        tree_int(t, "n", n);
    }
    tree_int(w->tree, "n_day", of_day);
    tree_int(w->tree, "n_all", all);
    return NULL;
}

/* Whom nobody has told yet stands first. */
static err *put_called_off(web *w, const leader *l)
{
    rows r = { 0 };
    int64_t untold = 0;
    TRY(web_view(w, "stand_down", NAMED({ "team", V_INT(l->team) }), &r));
    for (int told = 0; told < 2; told++)
        for (size_t i = 0; i < r.count; i++) {
            if ((rows_int(&r, i, "told") != 0) != told || str_compare(rows_text(&r, i, "starts_on"), l->today) < 0)
                continue;
            tree *t = tree_add(w->tree, told ? "told" : "untold");
            untold += !told;
            tree_int(t, "person", rows_int(&r, i, "person_id"));
            tree_text(t, "name", rows_text(&r, i, "name"));
            tree_text(t, "on", web_day(w, rows_text(&r, i, "starts_on")));
            tree_text(t, "shift", rows_text(&r, i, "shift"));
            tree_text(t, "post", rows_text(&r, i, "post"));
            tree_text(t, "phone", rows_text(&r, i, "phone"));
            tree_text(t, "why", rows_text(&r, i, "why"));
        }
    tree_int(w->tree, "n_untold", untold);
    return NULL;
}

/* -- everybody leaves ---------------------------------------------------------------------------------- */
static err *put_withdrawal(web *w, const leader *l)
{
    rows r = { 0 }, left = { 0 };
    TRY(web_view(w, "withdrawal", NAMED({ "team", V_INT(l->team) }), &r));
    if (!r.count || rows_at(&r, 0, "ended_at")->kind == VALUE_INT)
        return NULL;
    tree *t = tree_add(w->tree, "withdrawal");
    tree_int(t, "id", rows_int(&r, 0, "id"));
    tree_text(t, "text", rows_text(&r, 0, "text"));
    tree_text(t, "place", rows_text(&r, 0, "meeting_place"));
    tree_text(t, "since", web_time(w, l->zone, rows_int(&r, 0, "started_at")));
    tree_int(t, "people", rows_int(&r, 0, "people"));
    tree_int(t, "safe", rows_int(&r, 0, "safe"));
    tree_int(t, "unreported", rows_int(&r, 0, "unreported"));
    TRY(web_view(w, "withdrawal_unreported", NAMED({ "withdrawal", *rows_at(&r, 0, "id") }), &left));
    for (size_t i = 0; i < left.count; i++) {
        tree *p = tree_add(t, "missing");
        tree_int(p, "person", rows_int(&left, i, "person_id"));
        tree_text(p, "name", rows_text(&left, i, "name"));
        tree_text(p, "phone", rows_text(&left, i, "phone"));
        tree_text(p, "work_unit", rows_text(&left, i, "work_unit"));
    }
    return NULL;
}

/* Who is counted when it begins: there now, or due there now. */
static err *put_there(web *w, const leader *l)
{
    rows r = { 0 };
    int64_t there = 0;
    TRY(web_view(w, "duty_today", NAMED({ "day", V_TEXT(l->today) }, { "team", V_INT(l->team) }), &r));
    for (size_t i = 0; i < r.count; i++)
        there += str_is(rows_text(&r, i, "state"), "on_duty") ||
                 (is_planned(&r, i) && rows_int(&r, i, "starts_at") <= w->q->now && rows_int(&r, i, "ends_at") > w->q->now);
    tree_int(w->tree, "n_there", there);
    return NULL;
}

err *leader_get_away(web *w)
{
    leader l = { 0 };
    TRY(leader_open(w, LEADER_TODAY, &l));
    TRY(put_withdrawal(w, &l));
    TRY(put_there(w, &l));
    TRY(put_called_off(w, &l));
    TRY(put_left(w, &l));
    leader_put_week(w, &l);
    return web_show(w, "leader_away");
}

/* One day and all to come are two forms of one team: their days tell them apart. */
err *leader_post_off(web *w)
{
    civil_day from = 0, to = 0;
    (void)civil_day_read(form_field(w->q, "from_on"), &from);
    (void)civil_day_read(form_field(w->q, "to_on"), &to);
    web_run_part(w, text_format(w->q->a, "%lld-%lld:", (long long)from, (long long)to), w->who.person_id, w->route->command,
                 web_form_args(w), leader_ended);
    return NULL;
}
