/* On the page of imports: which agencies have handed their list in, to be looked at and taken in as any file. */
#include "web/desk.h"
#include "web/desk_handed.h"
#include "web/upload.h"

err *desk_put_handed(web *w, str zone)
{
    rows r = { 0 };
    int64_t count = 0;
    TRY(web_view(w, "handed_list", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (!rows_text(&r, i, "file").len)
            continue;
        tree *t = tree_add(w->tree, "handed");
        static const char *const texts[] = { "org", "file", "contact" };
        for (size_t k = 0; k < COUNT(texts); k++)
            tree_text(t, texts[k], rows_text(&r, i, texts[k]));
        tree_int(t, "org_id", rows_int(&r, i, "org_id"));
        tree_text(t, "rows", text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "rows")));
        tree_text(t, "errors", text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "errors")));
        tree_text(t, "day", web_day(w, web_local_day(w, zone, rows_int(&r, i, "handed_at"))));
        tree_text(t, "time", web_time(w, zone, rows_int(&r, i, "handed_at")));
        tree_yes(t, "taken", rows_int(&r, i, "taken"));
        count++;
    }
    tree_yes(w->tree, "agencies", r.count > 0);
    tree_text(w->tree, "handed_count", text_format(w->q->a, "%lld", (long long)count));
    tree_text(w->tree, "agency_count", text_format(w->q->a, "%zu", r.count));
    return NULL;
}

err *desk_take_handed(web *w, multipart_file *out)
{
    rows r = { 0 };
    TRY(web_view(w, "handed_list", NAMED({ "org", V_TEXT(w->param[0]) }), &r));
    if (!r.count || !rows_text(&r, 0, "file").len)
        return err_new(w->q->a, ERR_NOT_FOUND, "hand_in.none", NULL);
    if (!w->site->uploads || !str_equal(w->site->uploads->home, rows_text(&r, 0, "home")))
        return err_new(w->q->a, ERR_CONFLICT, "upload.elsewhere", NULL);
    return upload_of_handed(w, rows_int(&r, 0, "org_id"), rows_text(&r, 0, "file_hash"), rows_text(&r, 0, "file"), out);
}
