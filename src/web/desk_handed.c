/* On the page of imports: which agencies have handed their list in, to be looked at and taken in as any file. */
#include "web/desk.h"
#include "web/desk_handed.h"
#include "web/desk_import.h"
#include "web/upload.h"

/* -- headcounts without names ---------------------------------------------------------------------------- */
static str number(web *w, int64_t n)
{
    return text_format(w->q->a, "%lld", (long long)n);
}

/* How many stand on the lists an agency handed in; empty: none came. */
static str named_of(web *w, const rows *lists, int64_t org)
{
    int64_t people = 0;
    bool any = false;
    for (size_t i = 0; i < lists->count; i++)
        if (rows_int(lists, i, "org_id") == org && rows_text(lists, i, "file").len) {
            people += rows_int(lists, i, "rows");
            any = true;
        }
    return any ? number(w, people) : STR("");
}

static err *put_headcounts(web *w, const rows *lists)
{
    rows r = { 0 };
    str shown = w->step_data ? *(str *)w->step_data : (str){ 0 };
    TRY(web_view(w, "org_headcount", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "headcounts");
        str org = number(w, rows_int(&r, i, "org_id")), whole = web_answered(w, shown, "phones", org.at);
        tree_int(t, "org_id", rows_int(&r, i, "org_id"));
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_text(t, "people", number(w, rows_int(&r, i, "headcount")));
        tree_text(t, "named", named_of(w, lists, rows_int(&r, i, "org_id")));
        tree_text(t, "name", rows_text(&r, i, "contact"));
        tree_text(t, "note", rows_text(&r, i, "note"));
        tree_text(t, "phone", whole.len ? whole : rows_text(&r, i, "phone"));
        tree_yes(t, "whole", whole.len > 0);
    }
    tree_text(w->tree, "headcount_agencies", text_format(w->q->a, "%zu", r.count));
    tree_text(w->tree, "headcount_people", number(w, desk_sum(&r, "headcount")));
    return NULL;
}

/* -- lists ----------------------------------------------------------------------------------------------- */
/* An agency has one row for each of its lists. */
static bool stands_before(const rows *lists, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (rows_int(lists, i, "org_id") == rows_int(lists, row, "org_id"))
            return true;
    return false;
}

err *desk_put_handed(web *w, str zone)
{
    rows r = { 0 };
    int64_t count = 0, agencies = 0;
    TRY(web_view(w, "handed_list", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (!rows_text(&r, i, "file").len)
            continue;
        tree *t = tree_add(w->tree, "handed");
        static const char *const texts[] = { "org", "file", "contact" };
        for (size_t k = 0; k < COUNT(texts); k++)
            tree_text(t, texts[k], rows_text(&r, i, texts[k]));
        tree_int(t, "list_id", rows_int(&r, i, "list_id"));
        tree_text(t, "rows", text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "rows")));
        tree_text(t, "errors", text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "errors")));
        tree_text(t, "day", web_day(w, web_local_day(w, zone, rows_int(&r, i, "handed_at"))));
        tree_text(t, "time", web_time(w, zone, rows_int(&r, i, "handed_at")));
        tree_yes(t, "taken", rows_int(&r, i, "taken"));
        count += !stands_before(&r, i);
    }
    for (size_t i = 0; i < r.count; i++) {
        if (stands_before(&r, i))
            continue;
        agencies++;
        tree *t = tree_add(w->tree, "all_agencies");
        tree_int(t, "org_id", rows_int(&r, i, "org_id"));
        tree_text(t, "org", rows_text(&r, i, "org"));
    }
    TRY(put_headcounts(w, &r));
    tree_yes(w->tree, "agencies", r.count > 0);
    tree_text(w->tree, "handed_count", text_format(w->q->a, "%lld", (long long)count));
    tree_text(w->tree, "agency_count", number(w, agencies));
    return NULL;
}

err *desk_take_handed(web *w, multipart_file *out)
{
    rows r = { 0 };
    TRY(web_view(w, "handed_list", NAMED({ "list", V_TEXT(w->param[0]) }), &r));
    if (!r.count || !rows_text(&r, 0, "file").len)
        return err_new(w->q->a, ERR_NOT_FOUND, "hand_in.none", NULL);
    if (!w->site->uploads || !str_equal(w->site->uploads->home, rows_text(&r, 0, "home")))
        return err_new(w->q->a, ERR_CONFLICT, "upload.elsewhere", NULL);
    return upload_of_handed(w, rows_int(&r, 0, "org_id"), rows_text(&r, 0, "file_hash"), rows_text(&r, 0, "file"), out);
}

/* -- presses -------------------------------------------------------------------------------------------- */
static void revealed(web *w, err *e, str result)
{
    w->step_data = &result;
    if (!e)
        e = desk_import_show(w);
    w->step_data = NULL;
    if (e)
        web_fail(w, e);
}

static err *post_show(web *w)
{
    web_run(w, w->who.person_id, "org_headcount.reveal",
            NAMED({ "rows", V_TEXT(text_format(w->q->a, "[{\"org\":\"%.*s\"}]", STR_ARG(w->param[0]))) }, { "purpose", V_TEXT(STR("call of an agency")) }),
            revealed);
    return NULL;
}

static void entered(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, "/desk/import", "headcount");
}

static err *post_headcount(web *w)
{
    web_run(w, w->who.person_id, "org_headcount.say", web_form_args(w), entered);
    return NULL;
}

const route desk_handed_routes[] = {
    { WEB_POST, WEB_DESK, "/desk/headcounts", .show = desk_import_show, .args = "org headcount contact=name phone", .form = post_headcount },
    { WEB_POST, WEB_DESK, "/desk/headcounts/:org/show", .show = desk_import_show, .form = post_show },
    { 0 },
};
