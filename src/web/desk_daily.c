/*
 * 日报: the figures of a day up to a cut-off, in the order of the table that goes upward, to be copied as text; and that
 * table itself, sent with marks in its cells and handed back filled.
 */
#include "web/desk_import.h"

#include "base/file.h"
#include "base/limits.h"
#include "job/daily.h"
#include "sheet/records.h"
#include "web/upload.h"

/* Of the address, or of the form where one was sent. */
static str asked(web *w, const char *name)
{
    return w->q->method == WEB_POST ? form_field(w->q, name) : query_field(w->q, name);
}

static err *load(web *w, arena *a, const desk *of, daily *d)
{
    civil_day day;
    int minute, at = -1;
    str until = str_trim(asked(w, "until"));
    *d = (daily){ .a = a, .app = w->site->app, .lang = w->q->lang, .actor = w->who.person_id, .operation = of->operation,
                  .now = w->q->now, .zone = of->local, .title = of->title };
    if (until.len && (sheet_time_read(a, until, &at) || at > DAILY_DAY_MINUTES))
        return err_new(w->q->a, ERR_INPUT, "form.until_option", VALUES({ "value", until }));
    daily_when(d, str_trim(asked(w, "day")), at, &day, &minute);
    return daily_load(d, day, minute);
}

/* -- the figures ----------------------------------------------------------------------------------------- */
static void put_figures(web *w, const daily *d)
{
    text copy = text_begin(w->q->a);
    text_printf(&copy, "%.*s %.*s\n", STR_ARG(d->title), STR_ARG(web_word(w, "web_desk.daily.until", VALUES({ "until", daily_until_text(d) }))));
    for (size_t i = 0; i < DAILY_FIGURES && d->units.count; i++) {
        tree *t = tree_add(w->tree, "figures");
        str name = daily_figure_name(d, i), is = daily_figure_text(d, 0, i);
        tree_text(t, "name", name);
        tree_text(t, "is", is);
        tree_text(t, "rule", daily_rule(d, i));
        tree_text(t, "mark", text_format(w->q->a, "{%.*s}", STR_ARG(sheet_label(SHEET_DAILY, daily_figures[i].field, w->q->lang))));
        text_printf(&copy, "%.*s: %.*s\n", STR_ARG(name), STR_ARG(is));
    }
    tree_text(w->tree, "copy", text_done(&copy));
    tree_text(w->tree, "example", text_format(w->q->a, "{%.*s}", STR_ARG(sheet_label(SHEET_DAILY, SHEET_DUE, w->q->lang))));
    tree_text(w->tree, "day", civil_day_text(w->q->a, d->day));
    tree_text(w->tree, "until", str_from(daily_until_text(d), civil_day_text(w->q->a, d->day).len + 1));
    tree_text(w->tree, "until_text", daily_until_text(d));
    tree_int(w->tree, "until_at", d->until);
    tree_int(w->tree, "teams", (int64_t)d->units.count - 1);
}

/* What could not be filled: as told by post_table, whose error brings the page again. */
static void put_troubles(web *w)
{
    const sheet_troubles *all = w->step_data;
    for (size_t i = 0; all && i < all->list.count; i++) {
        tree *t = tree_add(w->tree, "troubles");
        tree_text(t, "sheet", all->list.at[i].sheet);
        tree_text(t, "cell", all->list.at[i].header);
        tree_text(t, "reason", words_get(w->q->a, w->q->lang, all->list.at[i].what, all->list.at[i].values));
        tree_text(t, "remedy", sheet_trouble_hint(w->q->a, w->q->lang, &all->list.at[i]));
    }
}

static err *get_daily(web *w)
{
    desk of;
    daily d;
    TRY(desk_open(w, &of));
    if (!of.operation)
        return desk_show_none(w, "reports");
    TRY(load(w, w->q->a, &of, &d));
    put_figures(w, &d);
    put_troubles(w);
    tree_int(w->tree, "operation_id", of.operation);
    tree_yes(w->tree, "takes_files", w->site->uploads != NULL);
    return desk_show(w, "desk_daily", "reports");
}

/* -- the upper level's table ----------------------------------------------------------------------------- */
/* What is told outlives the memory that the table is read in. */
static void keep_troubles(web *w, const sheet_troubles *all)
{
    arena *a = w->q->a;
    sheet_troubles *kept = arena_new(a, sheet_troubles);
    for (size_t i = 0; i < all->list.count; i++) {
        sheet_trouble *x = list_add(a, &kept->list);
        *x = all->list.at[i];
        x->sheet = str_copy(a, x->sheet);
        x->header = str_copy(a, x->header);
        for (size_t v = 0; v < COUNT(x->values) && x->values[v].name; v++)
            x->values[v].value = str_copy(a, x->values[v].value);
    }
    w->step_data = kept;
}

static void send(web *w, str bytes, str name)
{
    text t = text_begin(w->q->a);
    w->p->body = str_copy(w->q->a, bytes);
    w->p->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    text_put_z(&t, "attachment; filename*=UTF-8''");
    percent_put(&t, name);
    response_header(w->q, w->p, "Content-Disposition", text_done(&t));
}

static err *fill_table(web *w, arena *a)
{
    desk of;
    daily d;
    daily_marks marks = { 0 };
    sheet_fill done = { 0 };
    str bytes;
    TRY(desk_open(w, &of));
    if (!w->files->files.count)
        return err_new(w->q->a, ERR_INPUT, "upload.none", NULL);
    const multipart_file *f = &w->files->files.at[0];
    TRY(upload_claim_reader(w, a));
    TRY(load(w, a, &of, &d));
    TRY(file_read(a, f->path, SHEET_MAX_BYTES, &bytes));
    err *e = daily_fill(&d, f->name, bytes, &done, &marks);
    keep_troubles(w, &done.troubles);
    if (e)
        return e;
    send(w, done.bytes, str_copy(w->q->a, f->name));
    return NULL;
}

static err *post_table(web *w)
{
    w->tree = tree_new(w->q->a);
    desk_import_in_memory(w, fill_table);
    return NULL;
}

const route desk_daily_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/daily", .show = get_daily },
    { WEB_POST, WEB_DESK, "/desk/daily", .show = get_daily, .form = post_table, .takes_file = true },
    { 0 },
};
