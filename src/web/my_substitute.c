/* Not coming to a duty: somebody stands in, or it is given back. Until the other accepts, it stays with the first. */
#include "web/my.h"

static err *no_such_duty(web *w)
{
    return err_new(w->q->a, ERR_NOT_FOUND, "web.my.not_yours", NULL);
}

/* The own duty of the path, ahead or under way. */
static err *find_duty(web *w, rows *r, size_t *at)
{
    int64_t id = 0;
    if (!str_int(w->param[0], 1, INT64_MAX, &id))
        return no_such_duty(w);
    TRY(web_view(w, "duty_my", NAMED(MY_SELF(w)), r));
    for (*at = 0; *at < r->count; ++*at) {
        str state = rows_text(r, *at, "state");
        if (rows_int(r, *at, "id") == id && rows_int(r, *at, "ends_at") > w->q->now && (str_is(state, "planned") || str_is(state, "confirmed")))
            return NULL;
    }
    return no_such_duty(w);
}

/* Who could: the page is the holder's own, and shows of the others that they are free, not why somebody is not. */
static err *put_candidates(web *w, int64_t duty)
{
    enum { SHOWN = 12 };
    rows r = { 0 };
    TRY(web_view_all(w, "substitute_candidate", NAMED({ "duty", V_INT(duty) }), &r));
    for (size_t i = 0, shown = 0; i < r.count && shown < SHOWN; i++) {
        if (!str_is(rows_text(&r, i, "reason"), "free"))
            continue;
        tree *t = tree_add(w->tree, "candidates");
        tree_int(t, "id", rows_int(&r, i, "person_id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "near", web_word(w, text_format(w->q->a, "web.my.near.%lld", (long long)rows_int(&r, i, "near")).at, NULL));
        if (rows_int(&r, i, "minutes"))
            tree_text(t, "busy", my_hours(w, rows_int(&r, i, "minutes")));
        shown++;
    }
    return NULL;
}

static err *put_asked(web *w, int64_t duty, bool *asked)
{
    rows r = { 0 };
    *asked = false;
    TRY(web_view(w, "swap_my", NAMED(MY_SELF(w), { "state", V_TEXT(STR("asked")) }), &r));
    for (size_t i = 0; i < r.count && !*asked; i++) {
        if (rows_int(&r, i, "from_duty_id") != duty || !rows_int(&r, i, "asking"))
            continue;
        *asked = true;
        tree_int(w->tree, "swap", rows_int(&r, i, "id"));
        tree_text(w->tree, "asked_name", rows_text(&r, i, "to_name"));
    }
    return NULL;
}

err *my_put_asked(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "swap_my", NAMED(MY_SELF(w), { "state", V_TEXT(STR("asked")) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (rows_int(&r, i, "asking") || rows_int(&r, i, "ends_at") <= w->q->now)
            continue;
        tree *t = tree_add(w->tree, "asked");
        tree_int(t, "swap", rows_int(&r, i, "id"));
        tree_text(t, "from_name", rows_text(&r, i, "from_name"));
        tree_text(t, "day", web_day(w, rows_text(&r, i, "starts_on")));
        tree_text(t, "span", web_span(w, rows_int(&r, i, "start_minute"), rows_int(&r, i, "end_minute")));
        tree_text(t, "post", rows_text(&r, i, "post"));
        tree_yes(t, "trade", rows_int(&r, i, "trade"));
    }
    return NULL;
}

static err *get_substitute(web *w)
{
    rows r = { 0 };
    size_t i = 0;
    bool asked;
    my_team team;
    TRY(find_duty(w, &r, &i));
    int64_t duty = rows_int(&r, i, "id");
    TRY(my_team_find(w, &team));
    tree_int(w->tree, "duty", duty);
    tree_text(w->tree, "day", web_day(w, rows_text(&r, i, "starts_on")));
    tree_text(w->tree, "span", web_span(w, rows_int(&r, i, "start_minute"), rows_int(&r, i, "end_minute")));
    tree_text(w->tree, "post", rows_text(&r, i, "post"));
    tree_text(w->tree, "leader", team.leader);
    tree_text(w->tree, "leader_call", team.leader_call);
    TRY(put_asked(w, duty, &asked));
    if (!asked)
        TRY(put_candidates(w, duty));
    return my_show(w, "my_substitute");
}

static err *post_ask(web *w)
{
    str who = form_field(w->q, "to_person"), why = str_trim(form_field(w->q, "why"));
    if (!who.len) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web.my.chosen_none", NULL));
        return NULL;
    }
    my_run(w, "swap.ask", NAMED({ "duty", V_TEXT(w->param[0]) }, { "to_person", V_TEXT(who) }, { why.len ? "why" : NULL, V_TEXT(why) }),
           text_format(w->q->a, "/p/duty/%.*s/substitute", STR_ARG(w->param[0])).at, "my_asked");
    return NULL;
}

static err *post_excuse(web *w)
{
    str why = str_trim(form_field(w->q, "why"));
    my_run(w, "duty.excuse", NAMED({ "duty", V_TEXT(w->param[0]) }, { why.len ? "why" : NULL, V_TEXT(why) }), "/p", "my_excused");
    return NULL;
}

static err *post_swap(web *w, const char *command, const char *done)
{
    my_run(w, command, NAMED({ "swap", V_TEXT(w->param[0]) }), "/p", done);
    return NULL;
}
static err *post_withdraw(web *w)
{
    return post_swap(w, "swap.withdraw", "my_withdrawn");
}
static err *post_accept(web *w)
{
    return post_swap(w, "swap.accept", "my_taken");
}
static err *post_refuse(web *w)
{
    return post_swap(w, "swap.refuse", "my_refused");
}

const route my_substitute_routes[] = {
    { WEB_GET, WEB_PERSON, "/p/duty/:duty/substitute", .show = get_substitute },
    { WEB_POST, WEB_PERSON, "/p/duty/:duty/substitute", .show = get_substitute, .form = post_ask },
    { WEB_POST, WEB_PERSON, "/p/duty/:duty/excuse", .show = get_substitute, .form = post_excuse },
    { WEB_POST, WEB_PERSON, "/p/swap/:swap/withdraw", .form = post_withdraw },
    { WEB_POST, WEB_PERSON, "/p/swap/:swap/accept", .form = post_accept },
    { WEB_POST, WEB_PERSON, "/p/swap/:swap/refuse", .form = post_refuse },
    { 0 },
};
