/* The call list on the phone: one tap to the number, one tap for what came of it. */
#include "web/calls.h"

#include "base/limits.h"

enum { HOUR_MS = 3600 * 1000, ROWS_SHOWN = 60 };

const call_outcome call_outcomes[CALL_OUTCOMES] = {
    { "can", "can", NULL },           { "cannot", "cannot", NULL },
    { "hindered", "hindered", NULL }, { "no_answer", NULL, "no_answer" },
    { "wrong_number", NULL, "wrong_number" }, { "family", NULL, "family" },
};

const call_outcome *calls_outcome(str name)
{
    for (size_t i = 0; i < CALL_OUTCOMES; i++)
        if (str_is(name, call_outcomes[i].name))
            return &call_outcomes[i];
    return NULL;
}

/* -- the list ------------------------------------------------------------------------------------------ */
err *calls_load(web *w, rows *out)
{
    return web_view(w, "call_board",
                    NAMED({ "caller", V_INT(w->who.person_id) }, { "from", V_INT(w->q->now) },
                          { "until", V_INT(w->q->now + (int64_t)MORNING_HOURS * HOUR_MS) }),
                    out);
}

static bool is_state(const rows *r, size_t i, const char *state)
{
    return str_is(rows_text(r, i, "state"), state);
}

bool calls_silent(const rows *r, size_t i)
{
    return rows_int(r, i, "notice_id") && !is_state(r, i, "answered") && !is_state(r, i, "unreachable");
}

bool calls_morning(const rows *r, size_t i)
{
    return rows_text(r, i, "duty_on").len && !is_state(r, i, "answered");
}

call_counts calls_count(const rows *r)
{
    call_counts n = { 0 };
    for (size_t i = 0; i < r->count; i++) {
        if (!rows_int(r, i, "notice_id"))
            continue;
        str answer = rows_text(r, i, "answer");
        n.called++;
        n.can += str_is(answer, "can");
        n.cannot += str_is(answer, "cannot");
        n.hindered += str_is(answer, "hindered");
        n.unreachable += is_state(r, i, "unreachable");
        n.silent += calls_silent(r, i);
        n.morning += calls_silent(r, i) && calls_morning(r, i);
    }
    return n;
}

size_t calls_find(const rows *r, int64_t notice)
{
    size_t i = 0;
    while (i < r->count && (!notice || rows_int(r, i, "notice_id") != notice))
        i++;
    return i;
}

static str minute_of(web *w, const rows *r, size_t i, const char *column)
{
    return web_time(w, rows_text(r, i, "zone"), rows_int(r, i, column));
}

static void put_last(web *w, tree *t, const rows *r, size_t i)
{
    str outcome = rows_text(r, i, "last_outcome");
    if (outcome.len)
        tree_text(t, "last", web_word(w, text_format(w->q->a, "calls.last.%.*s", STR_ARG(outcome)).at,
                                      VALUES({ "time", minute_of(w, r, i, "last_at") })));
    tree_int(t, "tries", rows_int(r, i, "tries"));
    if (rows_int(r, i, "calling_until") > w->q->now && rows_int(r, i, "calling_by") != w->who.person_id) {
        tree_text(t, "calling", rows_text(r, i, "calling_name"));
        tree_text(t, "calling_until", minute_of(w, r, i, "calling_until"));
    }
}

static void put_answer(web *w, tree *t, const rows *r, size_t i)
{
    str answer = rows_text(r, i, "answer");
    tree_yes(t, "can", str_is(answer, "can"));
    tree_yes(t, "cannot", str_is(answer, "cannot"));
    tree_yes(t, "hindered", str_is(answer, "hindered"));
    tree_yes(t, "unreachable", is_state(r, i, "unreachable"));
    if (!answer.len)
        return;
    tree_text(t, "answer", web_word(w, text_format(w->q->a, "web.answer.%.*s", STR_ARG(answer)).at, NULL));
    tree_text(t, "answered_at", minute_of(w, r, i, "answered_at"));
    tree_yes(t, "for_other", rows_int(r, i, "answered_by") != rows_int(r, i, "person_id"));
    if (rows_text(r, i, "back_on").len)
        tree_text(t, "back_on", web_day(w, rows_text(r, i, "back_on")));
}

void calls_put(web *w, tree *t, const rows *r, size_t i)
{
    static const char *const texts[] = { "name", "org", "work_unit", "phone", "remark", "post" };
    for (size_t k = 0; k < COUNT(texts); k++)
        tree_text(t, texts[k], rows_text(r, i, texts[k]));
    tree_int(t, "notice", rows_int(r, i, "notice_id"));
    tree_int(t, "person", rows_int(r, i, "person_id"));
    tree_int(t, "operation", rows_int(r, i, "operation_id"));
    tree_yes(t, "due", calls_morning(r, i));
    if (rows_text(r, i, "duty_on").len) {
        tree_text(t, "duty_day", web_day(w, rows_text(r, i, "duty_on")));
        tree_text(t, "duty_span", web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute")));
    }
    put_last(w, t, r, i);
    put_answer(w, t, r, i);
}

/* -- what the page shows ------------------------------------------------------------------------------- */
/* A name, or the last digits of the number: someone rings back. */
static bool is_found(const rows *r, size_t i, str find)
{
    return str_find(rows_text(r, i, "name"), find) >= 0 || str_ends(rows_text(r, i, "phone"), find);
}

static const char *section_of(const rows *r, size_t i, str find, str show)
{
    if (find.len)
        return is_found(r, i, find) ? "found" : NULL;
    if (show.len) {
        str group = calls_silent(r, i) ? STR("silent") : is_state(r, i, "unreachable") ? STR("unreachable") : rows_text(r, i, "answer");
        return str_equal(group, show) ? "found" : NULL;
    }
    return calls_morning(r, i) ? "due_list" : calls_silent(r, i) ? "left" : NULL;
}

static void put_lists(web *w, const rows *r)
{
    str find = str_trim(query_field(w->q, "find")), show = query_field(w->q, "show");
    int64_t from = 0, seen = 0, shown = 0;
    str_int(query_field(w->q, "from"), 0, PAGE_ROWS_MAX, &from);
    /* the next morning's first, whatever stands between them in the list */
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < r->count; i++) {
            const char *section = section_of(r, i, find, show);
            if (!section || (pass == 0) != calls_morning(r, i) || ++seen <= from || shown == ROWS_SHOWN)
                continue;
            shown++;
            tree *t = tree_add(w->tree, section);
            calls_put(w, t, r, i);
            tree_yes(t, "open", find.len || shown == 1);
        }
    if (seen > from + shown)
        tree_int(w->tree, "next_from", from + shown);
    tree_text(w->tree, "find", find);
    tree_text(w->tree, "show", show);
    tree_yes(w->tree, "filtered", find.len || show.len);
}

static void put_counts(web *w, const rows *r)
{
    call_counts n = calls_count(r);
    tree_int(w->tree, "n_called", n.called);
    tree_int(w->tree, "n_can", n.can);
    tree_int(w->tree, "n_cannot", n.cannot);
    tree_int(w->tree, "n_hindered", n.hindered);
    tree_int(w->tree, "n_silent", n.silent);
    tree_int(w->tree, "n_unreachable", n.unreachable);
    tree_int(w->tree, "n_morning", n.morning);
    tree_yes(w->tree, "cut", r->count == PAGE_ROWS_MAX);
}

/* Whom the one who just rang can say more about. */
static void put_just_now(web *w, const rows *r)
{
    int64_t notice = 0;
    if (!str_int(query_field(w->q, "last"), 1, INT64_MAX, &notice))
        return;
    size_t i = calls_find(r, notice);
    if (i < r->count)
        calls_put(w, tree_add(w->tree, "just_now"), r, i);
}

/* The agencies one level down that sleep; who of them to remind. */
static err *put_sleeping(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "escalation", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        rows silent = { 0 };
        if (!rows_int(&r, i, "silent"))
            continue;
        TRY(web_view(w, "notice_silent", NAMED({ "order", *rows_at(&r, i, "order_id") }, { "org", *rows_at(&r, i, "org_id") }), &silent));
        /* the own list stands above already */
        if (silent.count && rows_int(&silent, 0, "liaison_id") == w->who.person_id && !rows_int(&r, i, "taken_by"))
            continue;
        tree *t = tree_add(w->tree, "sleeping");
        tree_int(t, "order", rows_int(&r, i, "order_id"));
        tree_int(t, "org_id", rows_int(&r, i, "org_id"));
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_int(t, "n", rows_int(&r, i, "silent"));
        if (silent.count && rows_int(&silent, 0, "liaison_id") != w->who.person_id)
            tree_text(t, "liaison", rows_text(&silent, 0, "liaison"));
        tree_text(t, "taken", rows_text(&r, i, "taken_name"));
        tree_yes(t, "mine", rows_int(&r, i, "taken_by") == w->who.person_id);
    }
    return NULL;
}

static err *get_calls(web *w)
{
    rows r = { 0 };
    TRY(calls_load(w, &r));
    put_counts(w, &r);
    put_lists(w, &r);
    put_just_now(w, &r);
    TRY(put_sleeping(w));
    return web_show(w, "calls");
}

/* -- what came of a call ------------------------------------------------------------------------------- */
typedef struct keeping {
    int64_t notice;
    const call_outcome *outcome;
    void (*done)(web *w, err *e, str result);
    void *of; /* the form's, given back for done */
} keeping;

static void kept(web *w, err *e, str result)
{
    keeping *k = w->step_data;
    w->step_data = k->of;
    k->done(w, e, result);
}

static void call_kept(web *w, err *e, str result)
{
    keeping *k = w->step_data;
    if (e || !str_is(str_of(k->outcome->name), "wrong_number")) {
        kept(w, e, result);
        return;
    }
    web_run_part(w, text_format(w->q->a, "%lld:", (long long)k->notice), w->who.person_id, "notice.unreachable",
                 NAMED({ "notice", V_INT(k->notice) }), kept);
}

/* The key ends in what was tapped: going back and tapping something else is another tap. */
void calls_keep(web *w, int64_t notice, const call_outcome *o, const char *via, void (*done)(web *w, err *e, str result))
{
    keeping *k = arena_new(w->q->a, keeping);
    *k = (keeping){ .notice = notice, .outcome = o, .done = done, .of = w->step_data };
    w->step_data = k;
    str why = form_field(w->q, "why"), back = form_field(w->q, "back_on");
    str part = text_format(w->q->a, "%lld:%s:%s:", (long long)notice, o->name, why.len || back.len ? "why" : "");
    if (o->call) {
        web_run_part(w, part, w->who.person_id, "notice.call",
                     NAMED({ "notice", V_INT(notice) }, { "outcome", V_TEXT(str_of(o->call)) }), call_kept);
        return;
    }
    web_run_part(w, part, w->who.person_id, "notice.answer",
                 NAMED({ "notice", V_INT(notice) }, { "answer", V_TEXT(str_of(o->answer)) }, { "via", V_TEXT(str_of(via)) },
                       { "reason", V_TEXT(why) }, { "back_on", back.len ? V_TEXT(back) : V_NULL }),
                 call_kept);
}

static void outcome_kept(web *w, err *e, str result)
{
    (void)result;
    if (e) {
        web_fail(w, e);
        return;
    }
    str outcome = form_field(w->q, "outcome");
    response_see(w->q, w->p, text_format(w->q->a, "/l/calls?last=%.*s&done=call_%.*s", STR_ARG(w->param[0]), STR_ARG(outcome)));
}

static err *post_outcome(web *w)
{
    int64_t notice = 0;
    const call_outcome *o = calls_outcome(form_field(w->q, "outcome"));
    if (!str_int(w->param[0], 1, INT64_MAX, &notice) || !o)
        web_fail(w, err_new(w->q->a, ERR_INPUT, o ? "notice.missing" : "calls.outcome_wanted", NULL));
    else
        calls_keep(w, notice, o, "call", outcome_kept);
    return NULL;
}

/* -- the number ---------------------------------------------------------------------------------------- */
/* "13900001234" as it is read out: 139 0000 1234. */
static str spaced(arena *a, str phone)
{
    return phone.len == 11 ? text_format(a, "%.3s %.4s %.4s", phone.at, phone.at + 3, phone.at + 7) : phone;
}

static void put_number(web *w, str result)
{
    str phone = web_answered(w, result, "phones", str_z(w->q->a, w->param[0]));
    tree_text(w->tree, "number", spaced(w->q->a, phone));
    tree_text(w->tree, "call", text_format(w->q->a, "tel:%.*s", STR_ARG(phone)));
}

/* Shown once, on the answer of the press itself: a number stands on no page that a GET would bring again. */
static void revealed(web *w, err *e, str result)
{
    rows r = { 0 };
    if (!e)
        e = calls_load(w, &r);
    if (e) {
        web_fail(w, e);
        return;
    }
    put_number(w, result);
    for (size_t i = 0; i < r.count; i++)
        if (str_equal(w->param[0], text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "person_id"))))
            calls_put(w, tree_add(w->tree, "people"), &r, i);
    e = web_show(w, "calls_ring");
    if (e)
        web_fail(w, e);
}

static void reveal(web *w, err *e, str result)
{
    int64_t person = 0;
    (void)result;
    if (!e && !str_int(w->param[0], 1, INT64_MAX, &person))
        e = err_new(w->q->a, ERR_INPUT, "notice.missing", NULL);
    if (e) {
        web_fail(w, e);
        return;
    }
    str part = text_format(w->q->a, "%lld:", (long long)person);
    web_run_part(w, part, w->who.person_id, "person.reveal",
                 NAMED({ "rows", V_TEXT(text_format(w->q->a, "[{\"person\":\"%lld\"}]", (long long)person)) }, { "purpose", V_TEXT(STR("call")) }),
                 revealed);
}

/* Whoever has no notice is on duty all the same: rung, without the mark. */
static err *post_ring(web *w)
{
    str notice = form_field(w->q, "notice");
    if (!notice.len || str_is(notice, "0"))
        reveal(w, NULL, (str){ 0 });
    else
        web_run_part(w, text_format(w->q->a, "%.*s:", STR_ARG(notice)), w->who.person_id, "notice.calling",
                     NAMED({ "notice", V_TEXT(notice) }), reveal);
    return NULL;
}

const route calls_routes[] = {
    { WEB_GET, WEB_LEADER, "/l/calls", .show = get_calls },
    { WEB_POST, WEB_LEADER, "/l/calls/ring/:person", .show = get_calls, .form = post_ring },
    { WEB_POST, WEB_LEADER, "/l/calls/when/:person", .show = get_calls, .command = "availability.say",
      .args = "person=:person operation saturday sunday day night source", .then = "/l/calls" },
    { WEB_POST, WEB_LEADER, "/l/calls/take-over/:order/:org", .show = get_calls, .command = "notice.take_over",
      .args = "order=:order org=:org", .then = "/l/calls" },
    { WEB_POST, WEB_LEADER, "/l/calls/answer/:notice", .show = get_calls, .form = post_outcome },
    { 0 },
};
