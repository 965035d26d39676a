/* 增援: members lent between teams, people who ask to join, structures and swaps that wait; each with its next step. */
#include "web/desk.h"

static const char *day_span(web *w, const rows *r, size_t i)
{
    return text_format(w->q->a, "%.*s–%.*s", STR_ARG(web_day(w, rows_text(r, i, "from_on"))), STR_ARG(web_day(w, rows_text(r, i, "to_on")))).at;
}

static err *put_lendings(web *w, const desk *d)
{
    rows r = { 0 };
    TRY(web_view(w, "reinforcement", NAMED({ "operation", V_INT(d->operation) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "lendings");
        str state = rows_text(&r, i, "state");
        tree_int(t, "lending", rows_int(&r, i, "id"));
        tree_text(t, "from", rows_text(&r, i, "from_team"));
        tree_text(t, "to", rows_text(&r, i, "to_team"));
        tree_int(t, "from_id", rows_int(&r, i, "from_team_id"));
        tree_int(t, "to_id", rows_int(&r, i, "to_team_id"));
        tree_text(t, "days", str_of(day_span(w, &r, i)));
        tree_int(t, "headcount", rows_int(&r, i, "headcount"));
        tree_int(t, "people", rows_int(&r, i, "people"));
        tree_text(t, "why", rows_text(&r, i, "why"));
        tree_text(t, "from_word", rows_text(&r, i, "from_word"));
        tree_text(t, "to_word", rows_text(&r, i, "to_word"));
        tree_text(t, "state", web_word(w, text_format(w->q->a, "web_desk.lending.%.*s", STR_ARG(state)).at, NULL));
        tree_yes(t, "proposed", str_is(state, "proposed"));
        tree_yes(t, "accepted", str_is(state, "accepted"));
        tree_yes(t, "in_force", str_is(state, "in_force"));
    }
    return NULL;
}

static err *put_waiting(web *w)
{
    rows r = { 0 }, s = { 0 };
    TRY(web_view(w, "join_request", NAMED({ "state", V_TEXT(STR("asked")) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "joins");
        tree_int(t, "join", rows_int(&r, i, "id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_text(t, "team", rows_text(&r, i, "team"));
    }
    TRY(web_view(w, "structure", NAMED({ "state", V_TEXT(STR("proposed")) }), &s));
    for (size_t i = 0; i < s.count; i++) {
        tree *t = tree_add(w->tree, "structures");
        tree_int(t, "structure", rows_int(&s, i, "id"));
        tree_text(t, "team", rows_text(&s, i, "team"));
        tree_int(t, "team_id", rows_int(&s, i, "team_id"));
        tree_int(t, "branches", rows_int(&s, i, "branches"));
        tree_int(t, "groups", rows_int(&s, i, "groups"));
        tree_int(t, "members", rows_int(&s, i, "members"));
    }
    return NULL;
}

/* A duty somebody asked another to take; whoever runs the city may answer for the one who was asked. */
static err *put_swaps(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "swap", NAMED({ "state", V_TEXT(STR("asked")) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "swaps");
        tree_int(t, "swap", rows_int(&r, i, "id"));
        tree_text(t, "from", rows_text(&r, i, "from_name"));
        tree_text(t, "to", rows_text(&r, i, "to_name"));
        tree_text(t, "day", web_day(w, rows_text(&r, i, "starts_on")));
        tree_text(t, "shift", rows_text(&r, i, "shift"));
        tree_text(t, "post", rows_text(&r, i, "post"));
        tree_text(t, "team", rows_text(&r, i, "team"));
        tree_text(t, "why", rows_text(&r, i, "why"));
    }
    return NULL;
}

static err *get_lending(web *w)
{
    desk d;
    TRY(desk_open(w, &d));
    TRY(put_lendings(w, &d));
    TRY(put_waiting(w));
    TRY(put_swaps(w));
    return desk_show(w, "desk_lending", "lending");
}

#define LENDING(verb, arguments) \
    { WEB_POST, WEB_DESK, "/desk/lending/:lending/" verb, .show = get_lending, .command = "reinforcement." verb, .args = arguments, \
      .then = "/desk/lending" }
#define JOIN(verb) \
    { WEB_POST, WEB_DESK, "/desk/join/:join/" verb, .show = get_lending, .command = "join_request." verb, .args = "join_request=:join", \
      .then = "/desk/lending" }
#define SWAP(verb) \
    { WEB_POST, WEB_DESK, "/desk/swap/:swap/" verb, .show = get_lending, .command = "swap." verb, .args = "swap=:swap", .then = "/desk/lending" }
const route desk_lending_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/lending", .show = get_lending },
    LENDING("agree", "reinforcement=:lending team"),
    LENDING("decline", "reinforcement=:lending team"),
    LENDING("start", "reinforcement=:lending"),
    LENDING("end", "reinforcement=:lending"),
    JOIN("accept"),
    JOIN("refuse"),
    SWAP("accept"),
    SWAP("refuse"),
    { WEB_POST, WEB_DESK, "/desk/structure/:structure/send-back", .show = get_lending, .command = "structure.send_back",
      .args = "structure=:structure why", .then = "/desk/lending" },
    { WEB_POST, WEB_DESK, "/desk/structure/:structure/approve", .show = get_lending, .command = "structure.approve",
      .args = "structure=:structure reference", .then = "/desk/lending" },
    { 0 },
};
