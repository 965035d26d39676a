/*
 * 报告: the bulletins; one as it reads, each figure a link to its records; drawn up again, checked by a second person and
 * frozen, printed in the background.
 */
#include "web/desk.h"

#include "job/bulletin.h"

#include <string.h>

/* -- all of them ----------------------------------------------------------------------------------------- */
static err *get_reports(web *w)
{
    desk d;
    rows r = { 0 };
    int64_t last = 0;
    TRY(desk_open(w, &d));
    TRY(web_view(w, "bulletin", NAMED({ "operation", V_INT(d.operation) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "bulletins");
        last = rows_int(&r, i, "number") > last ? rows_int(&r, i, "number") : last;
        tree_int(t, "number", rows_int(&r, i, "number"));
        tree_text(t, "title", rows_text(&r, i, "title").len ? rows_text(&r, i, "title") : rows_text(&r, i, "operation"));
        tree_text(t, "as_of", desk_when(w, &d, rows_int(&r, i, "as_of")));
        tree_yes(t, "frozen", str_is(rows_text(&r, i, "state"), "frozen"));
        tree_text(t, "filled_by", rows_text(&r, i, "filled_by"));
        tree_text(t, "checked_by", rows_text(&r, i, "checked_by"));
    }
    tree_int(w->tree, "operation_id", d.operation);
    tree_int(w->tree, "next", last + 1);
    tree_yes(w->tree, "may_draft", d.all && d.operation);
    return desk_show(w, "desk_reports", "reports");
}

/* -- one ------------------------------------------------------------------------------------------------- */
/* The view and arguments of a figure, as the address of a list. */
static str list_of(web *w, const rows *figures, str name)
{
    text t = text_begin(w->q->a);
    for (size_t i = 0; i < figures->count; i++) {
        if (!str_equal(rows_text(figures, i, "name"), name))
            continue;
        str rest = rows_text(figures, i, "args"), value, key;
        text_printf(&t, "/desk/list/%.*s", STR_ARG(rows_text(figures, i, "view")));
        for (const char *sign = "?"; rest.len && str_split(&rest, ' ', &value); sign = "&") {
            str_split(&value, '=', &key);
            text_printf(&t, "%s%.*s=", sign, STR_ARG(key));
            percent_put(&t, value);
        }
        break;
    }
    return text_done(&t);
}

/* The line in pieces: words, and figures between their marks. */
static void put_line(web *w, tree *part, const bulletin *b, str line)
{
    tree *t = tree_add(part, "lines");
    while (line.len) {
        ptrdiff_t begin = str_find(line, STR(BULLETIN_FIGURE_BEGIN)), end = str_find(line, STR(BULLETIN_FIGURE_END));
        str before = begin < 0 || end < begin ? line : str_part(line, 0, (size_t)begin);
        if (before.len)
            tree_text(tree_add(t, "pieces"), "words", before);
        if (before.len == line.len)
            return;
        str figure = str_part(line, (size_t)begin + strlen(BULLETIN_FIGURE_BEGIN), (size_t)(end - begin) - strlen(BULLETIN_FIGURE_BEGIN));
        ptrdiff_t mark = str_find(figure, STR(BULLETIN_FIGURE_NAME));
        tree *piece = tree_add(t, "pieces");
        tree_text(piece, "figure", mark < 0 ? figure : str_from(figure, (size_t)mark + strlen(BULLETIN_FIGURE_NAME)));
        if (mark >= 0)
            tree_text(piece, "href", list_of(w, &b->figures, str_part(figure, 0, (size_t)mark)));
        line = str_from(line, (size_t)end + strlen(BULLETIN_FIGURE_END));
    }
}

static void put_parts(web *w, const bulletin *b)
{
    for (size_t i = 0; i < b->parts.count; i++) {
        const bulletin_part *part = &b->parts.at[i];
        tree *t = tree_add(w->tree, "parts");
        tree_text(t, "heading", part->heading);
        for (size_t k = 0; k < part->lines.count; k++)
            put_line(w, t, b, part->lines.at[k]);
        if (part->rule.len)
            put_line(w, tree_add(t, "rules"), b, part->rule);
    }
}

static err *load(web *w, int64_t *number, bulletin *b)
{
    if (!desk_int(w->param[0], number))
        return err_new(w->q->a, ERR_NOT_FOUND, "bulletin.no_number", VALUES({ "number", w->param[0] }));
    return bulletin_load(w->q->a, w->site->app, w->q->lang, *number,
                         (bulletin_reader){ .actor_id = w->who.person_id, .now = w->q->now, .named = true }, b);
}

static err *get_report(web *w)
{
    desk d;
    bulletin b;
    int64_t number = 0;
    TRY(desk_open(w, &d));
    TRY(load(w, &number, &b));
    bulletin_write(&b);
    put_parts(w, &b);
    tree_int(w->tree, "number", number);
    tree_int(w->tree, "bulletin", b.id);
    tree_text(w->tree, "title", b.title);
    tree_text(w->tree, "issuer", b.issuer);
    tree_text(w->tree, "as_of", desk_when(w, &d, b.as_of));
    tree_text(w->tree, "requests", b.requests);
    tree_text(w->tree, "filled_by", b.filled_by);
    tree_text(w->tree, "checked_by", b.checked_by);
    tree_yes(w->tree, "frozen", b.frozen);
    tree_yes(w->tree, "may_change", d.all && !b.frozen);
    tree_yes(w->tree, "mine", str_equal(b.filled_by, w->who.name));
    return desk_show(w, "desk_report", "reports");
}

/* -- forms ----------------------------------------------------------------------------------------------- */
static void drafted(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/reports/%.*s", STR_ARG(str_trim(form_field(w->q, "number")))).at, "desk_saved");
}

/* As of this moment. */
static err *post_draft(web *w)
{
    desk d;
    str title = str_trim(form_field(w->q, "title")), issuer = str_trim(form_field(w->q, "issuer")), requests = str_trim(form_field(w->q, "requests"));
    TRY(desk_open(w, &d));
    named args[7] = { { "operation", V_INT(d.operation) }, { "number", V_TEXT(str_trim(form_field(w->q, "number"))) }, { "as_of", V_INT(w->q->now) } };
    size_t count = 3;
    if (title.len)
        args[count++] = (named){ "title", V_TEXT(title) };
    if (issuer.len)
        args[count++] = (named){ "issuer", V_TEXT(issuer) };
    if (requests.len)
        args[count++] = (named){ "requests", V_TEXT(requests) };
    w->tree = tree_new(w->q->a);
    web_run(w, w->who.person_id, "bulletin.draft", args, drafted);
    return NULL;
}

static void frozen(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/reports/%.*s", STR_ARG(w->param[0])).at, "desk_frozen");
}

static err *post_freeze(web *w)
{
    web_run(w, w->who.person_id, "bulletin.freeze", NAMED({ "bulletin", V_TEXT(form_field(w->q, "bulletin")) }), frozen);
    return NULL;
}

static err *post_paper(web *w)
{
    web_run(w, w->who.person_id, "job.paper", NAMED({ "paper", V_TEXT(STR("bulletin")) }, { "bulletin", V_TEXT(w->param[0]) }), web_paper);
    return NULL;
}

const route desk_report_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/reports", .show = get_reports },
    { WEB_POST, WEB_DESK, "/desk/reports", .show = get_reports, .form = post_draft },
    { WEB_GET, WEB_DESK, "/desk/reports/:number", .show = get_report },
    { WEB_POST, WEB_DESK, "/desk/reports/:number/freeze", .show = get_report, .form = post_freeze },
    { WEB_POST, WEB_DESK, "/desk/reports/:number/paper", .show = get_report, .form = post_paper },
    { 0 },
};
