/* One post and shift: who is on it, who could be; who could stand in for somebody; and the number to ring. */
#include "web/leader.h"

static bool is_planned(str state)
{
    return str_is(state, "planned") || str_is(state, "confirmed");
}

static void put_holders(web *w, const rows *held)
{
    for (size_t i = 0; i < held->count; i++) {
        str state = rows_text(held, i, "state");
        tree *t = tree_add(w->tree, "people");
        tree_int(t, "duty", rows_int(held, i, "id"));
        tree_int(t, "person", rows_int(held, i, "person_id"));
        tree_text(t, "name", rows_text(held, i, "name"));
        tree_yes(t, "lead", rows_int(held, i, "lead"));
        tree_yes(t, "changed", rows_int(held, i, "changed"));
        tree_yes(t, "ask", !rows_text(held, i, "answer").len && str_is(state, "planned"));
        tree_yes(t, "planned", is_planned(state));
        tree_text(t, "state", web_word(w, text_format(w->q->a, "leader.state.%.*s", STR_ARG(state)).at, NULL));
    }
}

static bool holds(const rows *held, int64_t person)
{
    for (size_t i = 0; i < held->count; i++)
        if (rows_int(held, i, "person_id") == person)
            return true;
    return false;
}

static void put_candidates(web *w, const rows *r, const rows *held)
{
    for (size_t i = 0; i < r->count; i++)
        if (!held || !holds(held, rows_int(r, i, "person_id")))
            leader_put_candidate(w, tree_add(w->tree, leader_is_free(r, i) ? "free" : "others"), r, i);
    tree_text(w->tree, "why", leader_why(w, r));
}

enum { LENDERS_SHOWN = 20 };

/* Who could be asked for people on this day, and who was asked already. */
static err *put_lenders(web *w, const leader *l, str day)
{
    rows r = { 0 }, asked = { 0 };
    TRY(web_view(w, "team_lender", NAMED({ "team", V_INT(l->team) }, { "day", V_TEXT(day) }), &r));
    for (size_t i = 0; i < r.count && i < LENDERS_SHOWN; i++) {
        tree *t = tree_add(w->tree, "lenders");
        tree_int(t, "id", rows_int(&r, i, "id"));
        tree_text(t, "name", rows_text(&r, i, "team"));
        tree_int(t, "free", rows_int(&r, i, "free"));
        tree_yes(t, "near", rows_int(&r, i, "near"));
    }
    TRY(web_view(w, "reinforcement_in", NAMED({ "team", V_INT(l->team) }), &asked));
    for (size_t i = 0; i < asked.count; i++)
        if (str_compare(rows_text(&asked, i, "from_on"), day) <= 0 && str_compare(rows_text(&asked, i, "to_on"), day) >= 0) {
            tree *t = tree_add(w->tree, "borrowing");
            tree_text(t, "name", rows_text(&asked, i, "from_team"));
            tree_int(t, "n", rows_int(&asked, i, "headcount"));
            tree_text(t, "state", web_word(w, text_format(w->q->a, "web_desk.lending.%.*s", STR_ARG(rows_text(&asked, i, "state"))).at, NULL));
        }
    return NULL;
}

err *leader_get_need(web *w)
{
    leader l = { 0 };
    rows need = { 0 }, held = { 0 }, r = { 0 };
    int64_t id = 0;
    TRY(leader_open(w, LEADER_NEXT, &l));
    TRY(leader_path_id(w, &id));
    TRY(web_view(w, "need_board", NAMED({ "team", V_INT(l.team) }, { "need", V_INT(id) }), &need));
    if (!need.count)
        return err_new(w->q->a, ERR_NOT_FOUND, "leader.need_missing", NULL);
    int64_t missing = rows_int(&need, 0, "headcount_min") - rows_int(&need, 0, "rostered");
    leader_put_shift(w, w->tree, &need, 0);
    tree_text(w->tree, "day", rows_text(&need, 0, "starts_on"));
    tree_int(w->tree, "need", id);
    tree_int(w->tree, "taken", rows_int(&need, 0, "rostered"));
    tree_int(w->tree, "want", rows_int(&need, 0, "headcount_min"));
    tree_int(w->tree, "short", missing > 0 ? missing : 0);
    tree_yes(w->tree, "ahead", rows_int(&need, 0, "starts_at") > w->q->now);
    tree_yes(w->tree, "room", rows_int(&need, 0, "rostered") < rows_int(&need, 0, "headcount_limit") && rows_int(&need, 0, "ends_at") > w->q->now);
    TRY(web_view(w, "duty_board", NAMED({ "need", V_INT(id) }), &held));
    put_holders(w, &held);
    TRY(leader_candidates(w, id, 0, &r));
    put_candidates(w, &r, &held);
    if (missing > 0)
        TRY(put_lenders(w, &l, rows_text(&need, 0, "starts_on")));
    return web_show(w, "leader_need");
}

/* -- somebody else for a duty -------------------------------------------------------------------------- */
static size_t duty_at(const rows *r, int64_t id)
{
    size_t i = 0;
    while (i < r->count && rows_int(r, i, "id") != id)
        i++;
    return i;
}

/* Of somebody who did not come the seat is free already: then it is the need that is filled. */
err *leader_get_stand_in(web *w)
{
    leader l = { 0 };
    rows duties = { 0 }, r = { 0 };
    int64_t id = 0;
    TRY(leader_open(w, LEADER_TODAY, &l));
    TRY(leader_path_id(w, &id));
    TRY(web_view(w, "duty_today", NAMED({ "day", V_TEXT(l.day) }, { "team", V_INT(l.team) }), &duties));
    size_t i = duty_at(&duties, id);
    if (i == duties.count)
        return err_new(w->q->a, ERR_NOT_FOUND, "leader.duty_missing", NULL);
    leader_put_shift(w, w->tree, &duties, i);
    tree_int(w->tree, "duty", id);
    tree_int(w->tree, "need", rows_int(&duties, i, "need_id"));
    tree_text(w->tree, "holder", rows_text(&duties, i, "name"));
    tree_yes(w->tree, "planned", is_planned(rows_text(&duties, i, "state")));
    TRY(leader_candidates(w, rows_int(&duties, i, "need_id"), id, &r));
    put_candidates(w, &r, NULL);
    return web_show(w, "leader_stand_in");
}

static void stood_in(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        leader_done(w, "leader_stand");
}

static void asked(web *w, err *e, str result)
{
    if (e)
        web_fail(w, e);
    else
        web_run(w, w->who.person_id, "swap.accept", NAMED({ "swap", V_TEXT(web_answered(w, result, NULL, "id")) }), stood_in);
}

/* The leader has it from the telephone: asked and accepted at once. A seat that is free already is only taken. */
err *leader_post_stand_in(web *w)
{
    str duty = form_field(w->q, "duty"), need = form_field(w->q, "need"), person = form_field(w->q, "person");
    if (form_field(w->q, "planned").len)
        web_run(w, w->who.person_id, "swap.ask", NAMED({ "duty", V_TEXT(duty) }, { "to_person", V_TEXT(person) }), asked);
    else
        web_run(w, w->who.person_id, "duty.add",
                NAMED({ "need", V_TEXT(need) }, { "person", V_TEXT(person) }, { "source", V_TEXT(STR("leader")) }), stood_in);
    return NULL;
}

/* -- the number ---------------------------------------------------------------------------------------- */
/* Shown once, on the answer of the press itself: a number stands on no page that a GET would bring again. */
static void revealed(web *w, err *e, str result)
{
    leader l = { 0 };
    if (!e)
        e = leader_open(w, LEADER_NEXT, &l);
    if (e) {
        web_fail(w, e);
        return;
    }
    str person = form_field(w->q, "person"), page = form_field(w->q, "back");
    str phone = web_answered(w, result, "phones", str_z(w->q->a, person));
    tree_text(w->tree, "name", form_field(w->q, "name"));
    tree_text(w->tree, "number", phone);
    tree_text(w->tree, "call", text_format(w->q->a, "tel:%.*s", STR_ARG(phone)));
    tree_text(w->tree, "to_page", text_format(w->q->a, "/l/team/%lld%.*s?day=%.*s", (long long)l.team, STR_ARG(page), STR_ARG(l.day)));
    e = web_show(w, "leader_ring");
    if (e)
        web_fail(w, e);
}

err *leader_post_ring(web *w)
{
    int64_t person = 0;
    if (!str_int(form_field(w->q, "person"), 1, INT64_MAX, &person)) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "leader.person_wanted", NULL));
        return NULL;
    }
    web_run_part(w, text_format(w->q->a, "%lld:", (long long)person), w->who.person_id, "person.reveal",
                 NAMED({ "rows", V_TEXT(text_format(w->q->a, "[{\"person\":\"%lld\"}]", (long long)person)) }, { "purpose", V_TEXT(STR("call")) }),
                 revealed);
    return NULL;
}
