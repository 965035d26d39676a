/* A volunteer's phone: what is due soonest stands first, then the order to answer, then all duties. */
#include "command/event.h"
#include "web/my.h"

enum { HOUR_MS = 3600 * 1000, SOON_MS = 2 * HOUR_MS };

/* -- duties -------------------------------------------------------------------------------------------- */
static const char *ground_of(int64_t start_minute)
{
    return start_minute < 4 * 60 || start_minute >= 18 * 60 ? "shift shift-night"
           : start_minute < 12 * 60                         ? "shift shift-early"
                                                            : "shift shift-mid";
}

static void put_duty(web *w, tree *t, const rows *r, size_t i)
{
    arena *a = w->q->a;
    tree_int(t, "duty", rows_int(r, i, "id"));
    tree_text(t, "day", web_day(w, rows_text(r, i, "starts_on")));
    tree_text(t, "span", web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute")));
    tree_text(t, "shift", rows_text(r, i, "shift"));
    tree_text(t, "ground", str_of(ground_of(rows_int(r, i, "start_minute"))));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_int(t, "post_id", rows_int(r, i, "post_id"));
    tree_yes(t, "lead", rows_int(r, i, "lead"));
    str state = text_format(a, "web.duty.%.*s", STR_ARG(rows_text(r, i, "state")));
    tree_text(t, "state", web_word(w, state.at, NULL));
    bool waits = str_is(rows_text(r, i, "state"), "planned") || str_is(rows_text(r, i, "state"), "confirmed");
    tree_yes(t, "may_leave", waits && rows_int(r, i, "ends_at") > w->q->now && !w->who.weak);
}

static bool is_state(const rows *r, size_t i, const char *state)
{
    return str_is(rows_text(r, i, "state"), state);
}

/* The one on hand: on duty now, else the next that is not over. */
static void put_next(web *w, const rows *r)
{
    size_t found = r->count;
    for (size_t i = 0; i < r->count; i++) {
        bool waits = is_state(r, i, "planned") || is_state(r, i, "confirmed");
        if (is_state(r, i, "on_duty") || (waits && found == r->count && rows_int(r, i, "ends_at") > w->q->now))
            found = i;
        if (is_state(r, i, "on_duty"))
            break;
    }
    if (found == r->count)
        return;
    tree *t = tree_add(w->tree, "next");
    put_duty(w, t, r, found);
    int64_t left = rows_int(r, found, "starts_at") - w->q->now;
    tree_yes(t, "on_duty", is_state(r, found, "on_duty"));
    tree_yes(t, "soon", left < SOON_MS);
    tree_yes(t, "begun", left <= 0);
    tree_text(t, "minutes", text_format(w->q->a, "%lld", (long long)(left / 60000)));
}

static err *put_duties(web *w)
{
    rows r = { 0 };
    str from = web_local_day(w, STR("UTC"), w->q->now - 24 * HOUR_MS);
    TRY(web_view(w, "duty_my", NAMED({ "person", V_INT(w->who.person_id) }, { "from_on", V_TEXT(from) }), &r));
    put_next(w, &r);
    for (size_t i = 0; i < r.count; i++)
        put_duty(w, tree_add(w->tree, "duties"), &r, i);
    return NULL;
}

/* -- the order ----------------------------------------------------------------------------------------- */
static err *put_orders(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "notice_my", NAMED({ "person", V_INT(w->who.person_id) }), &r));
    for (size_t i = 0; i < r.count && i < 3; i++) {
        tree *t = tree_add(w->tree, "orders");
        str zone = rows_text(&r, i, "zone"), answer = rows_text(&r, i, "answer");
        tree_int(t, "notice", rows_int(&r, i, "id"));
        tree_int(t, "number", rows_int(&r, i, "number"));
        tree_text(t, "order_text", rows_text(&r, i, "order_text"));
        tree_text(t, "liaison", rows_text(&r, i, "liaison"));
        tree_text(t, "reply_day", web_day(w, web_local_day(w, zone, rows_int(&r, i, "reply_by"))));
        tree_text(t, "reply_time", web_time(w, zone, rows_int(&r, i, "reply_by")));
        tree_text(t, "report_day", web_day(w, web_local_day(w, zone, rows_int(&r, i, "report_at"))));
        tree_text(t, "report_time", web_time(w, zone, rows_int(&r, i, "report_at")));
        tree_yes(t, "open", str_is(rows_text(&r, i, "order_state"), "released"));
        if (answer.len)
            tree_text(t, "answer", web_word(w, text_format(w->q->a, "web.answer.%.*s", STR_ARG(answer)).at, NULL));
        if (rows_text(&r, i, "back_on").len)
            tree_text(t, "back_on", web_day(w, rows_text(&r, i, "back_on")));
    }
    return NULL;
}

/* -- the page ------------------------------------------------------------------------------------------ */
/* Whoever came by a group's link sees no telephone: anybody in the group could be at this phone. */
static err *put_team(web *w)
{
    rows r = { 0 };
    arena *a = w->q->a;
    text topics = text_begin(a);
    text_printf(&topics, "person:%lld", (long long)w->who.person_id);
    TRY(web_view(w, "team_contact", NAMED({ "person", V_INT(w->who.person_id) }), &r));
    for (size_t i = 0; i < r.count && !w->who.weak; i++)
        text_printf(&topics, " team:%lld", (long long)rows_int(&r, i, "team_id"));
    TRY(web_live(w, text_done(&topics), "roster order post need operation withdrawal swap"));
    if (!r.count)
        return NULL;
    tree_text(w->tree, "team", rows_text(&r, 0, "team"));
    tree_text(w->tree, "leader", rows_text(&r, 0, "leader"));
    str phone = rows_text(&r, 0, "leader_phone");
    if (phone.len && !w->who.weak)
        tree_text(w->tree, "leader_call", text_format(a, "tel:%.*s", STR_ARG(phone)));
    return NULL;
}

static err *get_home(web *w)
{
    tree_yes(w->tree, "weak", w->who.weak);
    TRY(put_team(w));
    TRY(put_duties(w));
    TRY(put_orders(w));
    if (!w->who.weak)
        TRY(my_put_asked(w));
    return web_show(w, "phone_home");
}

const route phone_routes[] = {
    { WEB_GET, WEB_WEAK, "/p", .show = get_home },
    { WEB_POST, WEB_WEAK, "/p/notice/:notice/answer", .show = get_home, .command = "notice.answer",
      .args = "notice=:notice answer back_on reason=why via=via", .then = "/p" },
    { WEB_POST, WEB_WEAK, "/p/duty/:duty/check-in", .show = get_home, .command = "duty.check_in", .args = "duty=:duty",
      .then = "/p" },
    { WEB_POST, WEB_WEAK, "/p/duty/:duty/check-out", .show = get_home, .command = "duty.check_out", .args = "duty=:duty",
      .then = "/p" },
    { WEB_POST, WEB_WEAK, "/p/duty/:duty/confirm", .show = get_home, .command = "duty.confirm", .args = "duty=:duty",
      .then = "/p" },
    { 0 },
};
