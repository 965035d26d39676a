/* A whole import taken back by one press, in pieces of a command each. */
#include "web/desk_import.h"

typedef struct undoing {
    int64_t import, undone, kept;
    int piece;
} undoing;

static void undo_next(web *w);

static int64_t answered(web *w, str result, const char *member)
{
    int64_t n = 0;
    str_int(web_answered(w, result, NULL, member), 0, INT64_MAX, &n);
    return n;
}

static void undid(web *w, err *e, str result)
{
    undoing *u = w->step_data;
    if (e) {
        web_fail(w, e);
        return;
    }
    u->undone += answered(w, result, "undone");
    u->kept += answered(w, result, "kept");
    if (answered(w, result, "left"))
        undo_next(w);
    else
        web_go(w, text_format(w->q->a, "/desk/import?undone=%lld&kept=%lld", (long long)u->undone, (long long)u->kept).at, NULL);
}

static void undo_next(web *w)
{
    undoing *u = w->step_data;
    web_run_part(w, text_format(w->q->a, "%lld:%d", (long long)u->import, u->piece++), w->who.person_id, "import.undo",
                 NAMED({ "import", V_INT(u->import) }), undid);
}

static err *post_undo(web *w)
{
    undoing *u = arena_new(w->q->a, undoing);
    TRY(desk_import_may(w));
    if (!desk_int(form_field(w->q, "import"), &u->import))
        return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
    w->step_data = u;
    undo_next(w);
    return NULL;
}

const route desk_import_undo_routes[] = {
    { WEB_POST, WEB_DESK, "/desk/import/undo", .show = desk_import_show, .form = post_undo },
    { 0 },
};
