/* Somebody on no list: who, how to be reached, and on which shift at once. What was typed stays when it is refused. */
#include "web/leader.h"

static const char *const typed[] = { "name", "phone", "work_unit", "address" };

static err *put_needs(web *w, const leader *l)
{
    rows r = { 0 };
    str chosen = form_field(w->q, "need");
    TRY(web_view(w, "need_board", NAMED({ "team", V_INT(l->team) }, { "from_on", V_TEXT(l->day) }, { "to_on", V_TEXT(l->day) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        arena *a = w->q->a;
        int64_t have = rows_int(&r, i, "rostered");
        if (rows_int(&r, i, "ends_at") <= w->q->now || have >= rows_int(&r, i, "headcount_limit"))
            continue;
        tree *t = tree_add(w->tree, "needs");
        str id = text_format(a, "%lld", (long long)rows_int(&r, i, "id"));
        tree_text(t, "need", id);
        tree_yes(t, "chosen", str_equal(id, chosen));
        tree_text(t, "seat", web_word(w, "leader.add_seat",
                                      VALUES({ "post", rows_text(&r, i, "post") }, { "shift", rows_text(&r, i, "shift") },
                                             { "span", web_span(w, rows_int(&r, i, "start_minute"), rows_int(&r, i, "end_minute")) },
                                             { "have", text_format(a, "%lld", (long long)have) },
                                             { "want", text_format(a, "%lld", (long long)rows_int(&r, i, "headcount_min")) })));
    }
    return NULL;
}

static str digits_of(web *w, str phone)
{
    text t = text_begin(w->q->a);
    for (size_t i = 0; i < phone.len; i++)
        if (phone.at[i] != ' ' && phone.at[i] != '-')
            text_put(&t, str_part(phone, i, 1));
    return text_done(&t);
}

/* Enough for whoever knows the person: 林*远. */
static str half_name(web *w, str name)
{
    size_t first = 0, second = 0;
    if (name.len)
        str_rune(name, &first);
    second = first;
    if (second < name.len)
        str_rune(name, &second);
    return text_format(w->q->a, "%.*s*%.*s", STR_ARG(str_part(name, 0, first)), STR_ARG(str_from(name, second)));
}

/* Whoever of this number this reader may see, and who is in no team yet, is offered. */
static err *put_known(web *w)
{
    rows r = { 0 };
    str phone = digits_of(w, form_field(w->q, "phone"));
    if (!phone.len)
        return NULL;
    TRY(web_view(w, "person_find", NAMED({ "phone", V_TEXT(phone) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (rows_text(&r, i, "team").len)
            continue;
        tree *t = tree_add(w->tree, "known");
        tree_int(t, "person", rows_int(&r, i, "id"));
        tree_text(t, "half", half_name(w, rows_text(&r, i, "name")));
    }
    return NULL;
}

err *leader_get_add(web *w)
{
    leader l = { 0 };
    TRY(leader_open(w, LEADER_NEXT, &l));
    for (size_t i = 0; i < COUNT(typed); i++)
        tree_text(w->tree, typed[i], form_field(w->q, typed[i]));
    tree_yes(w->tree, "here", !w->wrong || form_field(w->q, "lives_here").len);
    if (w->wrong && (str_is(str_of(w->wrong->message), "team_person.phone_known") || str_is(str_of(w->wrong->message), "team_person.phone_here"))) {
        tree_yes(w->tree, "same_number", true);
        TRY(put_known(w));
    }
    TRY(put_needs(w, &l));
    leader_put_week(w, &l);
    return web_show(w, "leader_add");
}
