/* What waits for a leader's word: swaps, people who ask to join, members lent or borrowed. */
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

/* The lists, and how many wait. */
err *leader_put_asks(web *w, const leader *l)
{
    int64_t n = 0;
    TRY(put_swaps(w, l, &n));
    TRY(put_joins(w, l, &n));
    TRY(put_lendings(w, l, &n));
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
