/* The day at the posts: who has come, who is late, whoever turns up; and the hours that come of it. */
#include "web/leader.h"


/* -- who has come -------------------------------------------------------------------------------------- */
static bool is_planned(const rows *r, size_t i)
{
    str state = rows_text(r, i, "state");
    return str_is(state, "planned") || str_is(state, "confirmed");
}

static bool is_state(const rows *r, size_t i, const char *state)
{
    return str_is(rows_text(r, i, "state"), state);
}

static void put_person(web *w, const leader *l, tree *t, const rows *r, size_t i)
{
    int64_t came = rows_int(r, i, "in_happened_at"), left = rows_int(r, i, "out_happened_at");
    leader_put_shift(w, t, r, i);
    tree_int(t, "duty", rows_int(r, i, "id"));
    tree_int(t, "person", rows_int(r, i, "person_id"));
    tree_int(t, "attendance", rows_int(r, i, "attendance_id"));
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_yes(t, "lead", rows_int(r, i, "lead"));
    tree_yes(t, "planned", is_planned(r, i));
    tree_yes(t, "missed", is_state(r, i, "no_show"));
    tree_yes(t, "excused", is_state(r, i, "excused"));
    tree_yes(t, "on_duty", is_state(r, i, "on_duty"));
    tree_yes(t, "late", str_find(rows_text(r, i, "marks"), STR("late")) >= 0);
    tree_yes(t, "begun", rows_int(r, i, "starts_at") <= w->q->now);
    tree_yes(t, "open", rows_int(r, i, "ends_at") > w->q->now);
    tree_text(t, "came", came ? web_time(w, l->zone, came) : (str){ 0 });
    tree_text(t, "left", left ? web_time(w, l->zone, left) : (str){ 0 });
    tree_text(t, "minutes", text_format(w->q->a, "%lld", (long long)((w->q->now - rows_int(r, i, "starts_at")) / 60000)));
}

typedef struct day_sum {
    int64_t due, here, absent;
} day_sum;

/* Due so far; a seat given up is nobody's. */
static day_sum sum_of(web *w, const rows *r)
{
    day_sum s = { 0 };
    for (size_t i = 0; i < r->count; i++) {
        bool came = rows_int(r, i, "attendance_id") != 0;
        if (is_state(r, i, "excused") || (rows_int(r, i, "starts_at") > w->q->now && !came))
            continue;
        s.due++;
        s.here += came;
        s.absent += !came;
    }
    return s;
}

/* Late and missing first: each is a call or a substitute. */
static void put_absent(web *w, const leader *l, const rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        bool due = rows_int(r, i, "starts_at") <= w->q->now && rows_int(r, i, "ends_at") > w->q->now && is_planned(r, i);
        if (due || is_state(r, i, "no_show"))
            put_person(w, l, tree_add(w->tree, "absent"), r, i);
    }
}

static void put_groups(web *w, const leader *l, const rows *r)
{
    tree *t = NULL;
    int64_t need = 0, due = 0, here = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!t || rows_int(r, i, "need_id") != need) {
            t = tree_add(w->tree, "groups");
            leader_put_shift(w, t, r, i);
            need = rows_int(r, i, "need_id");
            due = here = 0;
        }
        due += !is_state(r, i, "excused");
        here += rows_int(r, i, "attendance_id") != 0;
        tree_int(t, "need", need);
        tree_int(t, "due", due);
        tree_int(t, "here", here);
        put_person(w, l, tree_add(t, "people"), r, i);
        if (is_planned(r, i))
            put_person(w, l, tree_add(t, "waited"), r, i);
    }
}

static err *put_walk_in(web *w, const leader *l)
{
    rows posts = { 0 }, members = { 0 };
    TRY(web_view(w, "post", NAMED({ "team", V_INT(l->team) }), &posts));
    TRY(web_view(w, "team_member", NAMED({ "team", V_INT(l->team) }), &members));
    for (size_t i = 0; i < posts.count; i++) {
        tree *t = tree_add(w->tree, "post_choices");
        tree_int(t, "id", rows_int(&posts, i, "id"));
        tree_text(t, "name", rows_text(&posts, i, "name"));
    }
    for (size_t i = 0; i < members.count; i++) {
        tree *t = tree_add(w->tree, "members");
        tree_int(t, "id", rows_int(&members, i, "person_id"));
        tree_text(t, "name", rows_text(&members, i, "name"));
        tree_text(t, "work_unit", rows_text(&members, i, "work_unit"));
    }
    return NULL;
}

err *leader_get_day(web *w)
{
    leader l = { 0 };
    rows r = { 0 };
    TRY(leader_open(w, LEADER_TODAY, &l));
    TRY(web_view(w, "duty_today", NAMED({ "day", V_TEXT(l.day) }, { "team", V_INT(l.team) }), &r));
    day_sum s = sum_of(w, &r);
    tree_int(w->tree, "n_due", s.due);
    tree_int(w->tree, "n_here", s.here);
    tree_int(w->tree, "n_absent", s.absent);
    put_absent(w, &l, &r);
    put_groups(w, &l, &r);
    TRY(put_walk_in(w, &l));
    return web_show(w, "leader_day");
}

/* -- all here, except ---------------------------------------------------------------------------------- */
err *leader_post_present(web *w)
{
    text t = text_begin(w->q->a);
    str rest = w->q->body, name, s;
    bool first = true;
    text_put_z(&t, "[");
    while (form_next(w->q->a, &rest, &name, &s)) {
        int64_t id;
        if (!str_is(name, "except") || !str_int(s, 1, INT64_MAX, &id))
            continue;
        text_printf(&t, "%s\"%lld\"", first ? "" : ",", (long long)id);
        first = false;
    }
    text_put_z(&t, "]");
    web_run(w, w->who.person_id, "attendance.all_present",
            NAMED({ "need", V_TEXT(form_field(w->q, "need")) }, { "except", V_TEXT(text_done(&t)) }), leader_ended);
    return NULL;
}

/* -- hours --------------------------------------------------------------------------------------------- */
static void put_entry(web *w, const leader *l, const rows *r, size_t i, bool confirmed)
{
    int64_t came = rows_int(r, i, "in_happened_at"), left = rows_int(r, i, "out_happened_at");
    int64_t minutes = confirmed ? rows_int(r, i, "confirmed_minutes") : left ? (left - came) / 60000 : 0;
    tree *t = tree_add(w->tree, !left ? "forgotten" : confirmed ? "confirmed" : "waiting");
    tree_int(t, "attendance", rows_int(r, i, "id"));
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_text(t, "came", web_time(w, l->zone, came));
    tree_text(t, "left", left ? web_time(w, l->zone, left) : (str){ 0 });
    tree_text(t, "hours", leader_hours(w, minutes));
    tree_int(t, "minutes", minutes);
    tree_yes(t, "by_rule", str_find(rows_text(r, i, "marks"), STR("closed_by_rule")) >= 0);
}

err *leader_get_hours(web *w)
{
    leader l = { 0 };
    rows r = { 0 };
    int64_t waiting = 0, forgotten = 0;
    TRY(leader_open(w, LEADER_TODAY, &l));
    TRY(web_view(w, "attendance_valid", NAMED({ "team", V_INT(l.team) }, { "from_on", V_TEXT(l.day) }, { "to_on", V_TEXT(l.day) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        bool confirmed = rows_at(&r, i, "confirmed_minutes")->kind == VALUE_INT, out = rows_int(&r, i, "out_happened_at") != 0;
        waiting += out && !confirmed;
        forgotten += !out;
        put_entry(w, &l, &r, i, confirmed);
    }
    tree_int(w->tree, "n_waiting", waiting);
    tree_int(w->tree, "n_forgotten", forgotten);
    tree_text(w->tree, "now_ms", text_format(w->q->a, "%lld", (long long)w->q->now));
    leader_put_past(w, &l);
    return web_show(w, "leader_hours");
}

/* Whoever changes hours says why; as they stand they need no word. */
err *leader_post_minutes(web *w)
{
    str why = str_trim(form_field(w->q, "why"));
    if (!why.len) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "leader.why_wanted", NULL));
        return NULL;
    }
    web_run(w, w->who.person_id, "attendance.confirm",
            NAMED({ "attendance", V_TEXT(form_field(w->q, "attendance")) }, { "minutes", V_TEXT(form_field(w->q, "minutes")) },
                  { "why", V_TEXT(why) }),
            leader_ended);
    return NULL;
}
