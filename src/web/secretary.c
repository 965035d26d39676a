/* A community's secretary: the same pages of the day that the team's leader has, behind a few questions. */
#include "web/site.h"

static int64_t of_team(const rows *notes, int64_t team)
{
    int64_t n = 0;
    for (size_t i = 0; i < notes->count; i++)
        n += rows_int(notes, i, "team_id") == team;
    return n;
}

static err *get_home(web *w)
{
    rows r = { 0 }, notes = { 0 };
    str topics = { 0 };
    TRY(web_own_topics(w, &topics));
    TRY(web_live(w, topics, ""));
    TRY(web_view(w, "team_led", NAMED({ 0 }), &r));
    TRY(web_view(w, "note", NAMED({ "open", V_INT(1) }), &notes));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "teams");
        tree_int(t, "team", rows_int(&r, i, "id"));
        tree_text(t, "name", rows_text(&r, i, "team"));
        tree_text(t, "leader", rows_text(&r, i, "leader"));
        tree_int(t, "n_notes", of_team(&notes, rows_int(&r, i, "id")));
    }
    return web_show(w, "secretary");
}

const route secretary_routes[] = {
    { WEB_GET, WEB_SECRETARY, "/s", .show = get_home },
    { 0 },
};
