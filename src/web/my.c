#include "web/my.h"

#include "domain/certificate.h"

#include <qrencode.h>

/* -- forms --------------------------------------------------------------------------------------------- */
typedef struct going {
    web *w;
    const char *path, *done;
} going;

static void ended(web *w, err *e, str result)
{
    (void)result;
    const going *g = w->step_data;
    if (e)
        web_fail(w, e);
    else
        web_go(w, g->path, g->done);
}

void my_run(web *w, const char *command, const named *args, const char *path, const char *done)
{
    going *g = arena_new(w->q->a, going);
    *g = (going){ .w = w, .path = path, .done = done };
    w->step_data = g;
    web_run(w, w->who.person_id, command, args, ended);
}

err *my_show(web *w, const char *page)
{
    TRY(web_live(w, text_format(w->q->a, "person:%lld", (long long)w->who.person_id), ""));
    return web_show(w, page);
}

/* -- the team ------------------------------------------------------------------------------------------ */
err *my_team_find(web *w, my_team *out)
{
    rows r = { 0 };
    *out = (my_team){ 0 };
    TRY(web_view(w, "team_contact", NAMED(MY_SELF(w)), &r));
    if (!r.count)
        return NULL;
    str phone = rows_text(&r, 0, "leader_phone");
    *out = (my_team){ .team_id = rows_int(&r, 0, "team_id"), .operation_id = rows_int(&r, 0, "operation_id"),
                      .team = rows_text(&r, 0, "team"), .leader = rows_text(&r, 0, "leader"), .zone = rows_text(&r, 0, "zone"),
                      .leader_call = phone.len ? text_format(w->q->a, "tel:%.*s", STR_ARG(phone)) : (str){ 0 } };
    return NULL;
}

err *my_put_people(web *w, const my_team *t)
{
    rows r = { 0 };
    if (!t->team_id)
        return NULL;
    TRY(web_view_all(w, "team_member", NAMED({ "team", V_INT(t->team_id) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (rows_int(&r, i, "person_id") == w->who.person_id)
            continue;
        tree *x = tree_add(w->tree, "people");
        tree_int(x, "id", rows_int(&r, i, "person_id"));
        tree_text(x, "name", rows_text(&r, i, "name"));
    }
    return NULL;
}

/* -- values -------------------------------------------------------------------------------------------- */
str my_local_day(web *w, str zone, int64_t at)
{
    return web_day(w, web_local_day(w, zone, at));
}

str my_number(web *w, int64_t n)
{
    return text_format(w->q->a, "%lld", (long long)n);
}

str my_hours(web *w, int64_t minutes)
{
    return certificate_hours(w->q->a, minutes);
}

/* Runs of dark modules as strokes of a path: a square of 1 by n. */
static void put_row(text *t, const unsigned char *row, int width, int y)
{
    enum { BORDER = 4 };
    for (int x = 0; x < width;) {
        int run = 0;
        while (x + run < width && (row[x + run] & 1))
            run++;
        if (run)
            text_printf(t, "M%d %dh%dv1h-%dz", x + BORDER, y + BORDER, run, run);
        x += run ? run : 1;
    }
}

bool my_square(web *w, str given, str *path, int64_t *side)
{
    QRcode *code = QRcode_encodeString8bit(str_z(w->q->a, given), 0, QR_ECLEVEL_L);
    if (!code)
        return false;
    text t = text_begin(w->q->a);
    for (int y = 0; y < code->width; y++)
        put_row(&t, code->data + y * code->width, code->width, y);
    *path = text_done(&t);
    *side = code->width + 8;
    QRcode_free(code);
    return true;
}
