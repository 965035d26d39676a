/* What waits for a leader's word: swaps, people who ask to join, members lent or borrowed, what people wrote. */
#include "web/leader.h"

static err *put_swaps(web *w, const leader *l, int64_t *n)
{
    rows r = { 0 };
    TRY(web_view(w, "swap", NAMED({ "team", V_INT(l->team) }, { "state", V_TEXT(STR("asked")) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "swaps");
        tree_int(t, "swap", rows_int(&r, i, "id"));
        tree_text(t, "from", rows_text(&r, i, "from_name"));
        tree_text(t, "to", rows_text(&r, i, "to_name"));
        tree_text(t, "on", web_day(w, rows_text(&r, i, "starts_on")));
        tree_text(t, "shift", rows_text(&r, i, "shift"));
        tree_text(t, "post", rows_text(&r, i, "post"));
        tree_text(t, "why", rows_text(&r, i, "why"));
        tree_yes(t, "trade", rows_int(&r, i, "to_duty_id"));
    }
    *n += (int64_t)r.count;
    return NULL;
}

static err *put_joins(web *w, const leader *l, int64_t *n)
{
    rows r = { 0 };
    TRY(web_view(w, "join_request", NAMED({ "team", V_INT(l->team) }, { "state", V_TEXT(STR("asked")) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "joins");
        tree_int(t, "join_request", rows_int(&r, i, "id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_text(t, "on", web_day(w, web_local_day(w, l->zone, rows_int(&r, i, "asked_at"))));
    }
    *n += (int64_t)r.count;
    return NULL;
}

static void put_lending(web *w, const rows *r, size_t i, const char *sentence, const char *team)
{
    arena *a = w->q->a;
    tree *t = tree_add(w->tree, "lendings");
    tree_int(t, "reinforcement", rows_int(r, i, "id"));
    tree_text(t, "what", web_word(w, sentence,
                                  VALUES({ "team", rows_text(r, i, team) },
                                         { "n", text_format(a, "%lld", (long long)rows_int(r, i, "headcount")) },
                                         { "from", web_day(w, rows_text(r, i, "from_on")) }, { "to", web_day(w, rows_text(r, i, "to_on")) })));
    tree_text(t, "why", rows_text(r, i, "why"));
}

/* Whoever proposed has given the word already: only the other side's is asked for. */
static err *put_lendings(web *w, const leader *l, int64_t *n)
{
    rows out = { 0 }, in = { 0 };
    TRY(web_view(w, "reinforcement", NAMED({ "state", V_TEXT(STR("proposed")) }), &out));
    TRY(web_view(w, "reinforcement_in", NAMED({ "team", V_INT(l->team) }), &in));
    for (size_t i = 0; i < out.count; i++)
        if (rows_int(&out, i, "from_team_id") == l->team && !rows_text(&out, i, "from_word").len) {
            put_lending(w, &out, i, "leader.lend_out", "to_team");
            ++*n;
        }
    for (size_t i = 0; i < in.count; i++)
        if (str_is(rows_text(&in, i, "state"), "proposed") && !rows_int(&in, i, "answered")) {
            put_lending(w, &in, i, "leader.lend_in", "from_team");
            ++*n;
        }
    return NULL;
}

/* A liaison reads none: they are for whoever may settle them. */
static err *put_notes(web *w, const leader *l, int64_t *n)
{
    rows r = { 0 };
    TRY(web_view(w, "note", NAMED({ "team", V_INT(l->team) }, { "open", V_INT(1) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "notes");
        str kind = rows_text(&r, i, "kind"), on = rows_text(&r, i, "about_on");
        int64_t at = rows_int(&r, i, "written_at");
        tree_int(t, "note", rows_int(&r, i, "id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "what", web_word(w, text_format(w->q->a, "leader.note.%.*s", STR_ARG(kind)).at, NULL));
        tree_text(t, "about_day", on);
        tree_text(t, "on", on.len ? web_day(w, on) : on);
        tree_text(t, "post", rows_text(&r, i, "about_post"));
        tree_text(t, "shift", rows_text(&r, i, "about_shift"));
        tree_text(t, "receipt", rows_text(&r, i, "about_receipt"));
        tree_yes(t, "counted", rows_at(&r, i, "about_minutes")->kind == VALUE_INT);
        tree_text(t, "hours", leader_hours(w, rows_int(&r, i, "about_minutes")));
        tree_yes(t, "of_hours", str_is(kind, "hours"));
        tree_int(t, "need", str_is(kind, "help") ? rows_int(&r, i, "about_id") : 0);
        tree_text(t, "text", rows_text(&r, i, "text"));
        tree_text(t, "written_on", web_day(w, web_local_day(w, l->zone, at)));
        tree_text(t, "written_at", web_time(w, l->zone, at));
    }
    *n += (int64_t)r.count;
    return NULL;
}

/* The lists, and how many wait. */
err *leader_put_asks(web *w, const leader *l)
{
    int64_t n = 0;
    TRY(put_swaps(w, l, &n));
    TRY(put_joins(w, l, &n));
    TRY(put_lendings(w, l, &n));
    TRY(put_notes(w, l, &n));
    tree_int(w->tree, "n_asks", n);
    return NULL;
}

err *leader_get_asks(web *w)
{
    leader l = { 0 };
    TRY(leader_open(w, LEADER_NEXT, &l));
    TRY(leader_put_asks(w, &l));
    return web_show(w, "leader_asks");
}
