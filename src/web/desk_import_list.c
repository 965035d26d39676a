/* 导入: what is being written, what was read in, and what can be taken back. */
#include "web/desk_import.h"
#include "web/desk_handed.h"

#include "base/limits.h"
#include "web/upload.h"

enum { IMPORTS_SHOWN = 20, LOOK_AGAIN_SECONDS = 2, UNDO_HOURS = 24 };

static str number(web *w, int64_t n)
{
    return text_format(w->q->a, "%lld", (long long)n);
}

/* What is being written just now, so that whoever left that page finds it again. */
static err *put_jobs(web *w, bool *some)
{
    rows r = { 0 };
    *some = false;
    TRY(web_view(w, "job_my", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        bool on = str_is(rows_text(&r, i, "state"), "waiting") || str_is(rows_text(&r, i, "state"), "leased");
        if (!on || !str_is(rows_text(&r, i, "kind"), "import"))
            continue;
        tree *t = tree_add(w->tree, "jobs");
        tree_int(t, "job", rows_int(&r, i, "id"));
        tree_text(t, "percent", number(w, rows_int(&r, i, "steps")));
        *some = true;
    }
    return NULL;
}

/* What was sent and is not read in yet. */
static err *put_tray(web *w)
{
    upload_tray tray;
    if (!w->site->uploads)
        return NULL;
    TRY(upload_tray_of(w, &tray));
    tree_int(w->tree, "in_tray", (int64_t)tray.count);
    tree_yes(w->tree, "some_in_tray", tray.count);
    return NULL;
}

/* Within a day, by whoever may: the button of others would only be refused. */
static void put_undo(web *w, const desk *d, tree *t, const rows *r, size_t i)
{
    int64_t written_at = rows_int(r, i, "written_at"), undone_at = rows_int(r, i, "undone_at");
    bool in_time = w->q->now - written_at <= UNDO_HOURS * DESK_HOUR_MS;
    tree_yes(t, "may_undo", d->all && in_time && str_is(rows_text(r, i, "state"), "applied"));
    tree_text(t, "written_at", written_at && d->local ? desk_when(w, d, written_at) : STR(""));
    tree_text(t, "undone_at", undone_at && d->local ? desk_when(w, d, undone_at) : STR(""));
    tree_text(t, "undone_by", rows_text(r, i, "undone_by"));
}

static err *put_imports(web *w, const desk *d)
{
    rows r = { 0 };
    int64_t asked = 0;
    bool writing;
    TRY(put_jobs(w, &writing));
    TRY(put_tray(w));
    if (writing)
        response_header(w->q, w->p, "Refresh", text_format(w->q->a, "%d", LOOK_AGAIN_SECONDS));
    desk_int(query_field(w->q, "import"), &asked);
    TRY(desk_view(w, "import", NAMED({ 0 }), IMPORTS_SHOWN, &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "imports");
        int64_t id = rows_int(&r, i, "id");
        tree_int(t, "import", id);
        tree_text(t, "file", rows_text(&r, i, "file"));
        tree_text(t, "kind", web_word(w, text_format(w->q->a, "web_desk.import.kind.%.*s", STR_ARG(rows_text(&r, i, "kind"))).at, NULL));
        tree_int(t, "rows", rows_int(&r, i, "rows"));
        tree_text(t, "errors", number(w, rows_int(&r, i, "errors")));
        tree_yes(t, "some_errors", rows_int(&r, i, "errors"));
        tree_yes(t, "undone", str_is(rows_text(&r, i, "state"), "undone"));
        put_undo(w, d, t, &r, i);
        tree_yes(t, "whole", writing || str_is(rows_text(&r, i, "state"), "undone") || str_is(rows_text(&r, i, "state"), "applied")); /* which of them it is, nobody says */
        tree_yes(t, "just_now", id == asked);
    }
    return NULL;
}

/* What the import that was just written leaves to be decided. */
static err *put_doubles(web *w)
{
    int64_t import = 0, n = 0;
    if (!desk_int(query_field(w->q, "import"), &import))
        return NULL;
    TRY(desk_count(w, "person_double", NAMED({ "question", V_INT(1) }, { "import", V_INT(import) }), &n));
    tree_yes(w->tree, "some_doubles", n);
    tree_int(w->tree, "doubles", n);
    tree_int(w->tree, "doubles_of", import);
    return NULL;
}

err *desk_import_show(web *w)
{
    desk d;
    TRY(desk_open(w, &d));
    tree_yes(w->tree, "takes_files", w->site->uploads != NULL);
    tree_int(w->tree, "hours", UPLOAD_KEPT_HOURS);
    static const char *const counts[] = { "added", "changed", "same", "placed", "queued", "given_up" };
    for (size_t i = 0; i < COUNT(counts); i++) {
        int64_t n = 0;
        str_int(query_field(w->q, counts[i]), 0, INT32_MAX, &n);
        tree_text(w->tree, counts[i], number(w, n));
    }
    tree_yes(w->tree, "of_people", !str_is(query_field(w->q, "placed"), "0") || !str_is(query_field(w->q, "queued"), "0"));
    tree_yes(w->tree, "some_given_up", query_field(w->q, "given_up").len && !str_is(query_field(w->q, "given_up"), "0"));
    tree_yes(w->tree, "written", query_field(w->q, "import").len);
    int64_t undone, kept;
    if (str_int(query_field(w->q, "undone"), 0, INT64_MAX, &undone) && str_int(query_field(w->q, "kept"), 0, INT64_MAX, &kept)) {
        tree_yes(w->tree, "was_undone", true);
        tree_int(w->tree, "undone_count", undone);
        tree_int(w->tree, "kept_count", kept);
    }
    TRY(put_doubles(w));
    TRY(put_imports(w, &d));
    TRY(desk_put_handed(w, d.zone));
    return desk_show(w, "desk_import", "import");
}
