/* 属地: addresses in no community yet, those alike together; whoever settles one settles all that are written so. */
#include "web/desk.h"

enum { GROUPS_SHOWN = 100, CANDIDATES_MAX = 5 };

/* "320303001001 柳堤街道 东塘社区; 3203... ..." as the placing left them. */
static void put_candidates(web *w, tree *group, str candidates)
{
    str one, code;
    for (int n = 0; n < CANDIDATES_MAX && candidates.len && str_split(&candidates, ';', &one); n++) {
        one = str_trim(one);
        str_split(&one, ' ', &code);
        if (!code.len || !one.len)
            continue;
        tree *t = tree_add(group, "candidates");
        tree_text(t, "code", code);
        tree_text(t, "candidate", one);
        tree_text(t, "mark", text_format(w->q->a, "%d", n + 1));
    }
}

static err *put_communities(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "community", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "communities");
        tree_text(t, "code", rows_text(&r, i, "code"));
        tree_text(t, "community", rows_text(&r, i, "community"));
        tree_text(t, "subdistrict", rows_text(&r, i, "subdistrict"));
    }
    return NULL;
}

static err *get_queue(web *w)
{
    desk d;
    rows r = { 0 };
    TRY(desk_open(w, &d));
    TRY(web_view(w, "place_queue", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count && i < GROUPS_SHOWN; i++) {
        tree *t = tree_add(w->tree, "groups");
        tree_text(t, "cause", rows_text(&r, i, "cause"));
        tree_text(t, "text_key", rows_text(&r, i, "text_key"));
        tree_int(t, "count", rows_int(&r, i, "count"));
        tree_text(t, "example", rows_text(&r, i, "example"));
        tree_int(t, "at", (int64_t)i + 1);
        put_candidates(w, t, rows_text(&r, i, "candidates"));
    }
    tree_int(w->tree, "sum", desk_sum(&r, "count"));
    tree_int(w->tree, "group_count", (int64_t)r.count);
    TRY(put_communities(w));
    return desk_show(w, "desk_queue", "queue");
}

static void settled(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, "/desk/queue", "desk_saved");
}

static err *post_queue(web *w)
{
    str code = form_field(w->q, "code");
    bool outside = str_is(code, "outside");
    if (!code.len)
        return err_new(w->q->a, ERR_INPUT, "web_desk.form_bad", NULL);
    web_run(w, w->who.person_id, "placement.settle",
            NAMED({ "text_key", V_TEXT(form_field(w->q, "text_key")) },
                  { outside ? "outside" : "community_code", V_TEXT(outside ? STR("yes") : code) }), settled);
    return NULL;
}

const route desk_queue_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/queue", .show = get_queue },
    { WEB_POST, WEB_DESK, "/desk/queue", .show = get_queue, .form = post_queue },
    { 0 },
};
