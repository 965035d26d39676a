/* A community's secretary: the same pages of the day that the team's leader has, behind three questions. */
#include "web/site.h"

static err *get_home(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "team_led", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "teams");
        tree_int(t, "team", rows_int(&r, i, "id"));
        tree_text(t, "name", rows_text(&r, i, "team"));
        tree_text(t, "leader", rows_text(&r, i, "leader"));
    }
    return web_show(w, "secretary");
}

const route secretary_routes[] = {
    { WEB_GET, WEB_SECRETARY, "/s", .show = get_home },
    { 0 },
};
