/*
 * 导入: one file. First it is shown what was understood, read on another thread; then one press has it written in the background
 * (job/import_job.h), and the page waits. The file lies in the folder of uploads meanwhile.
 */
#include "web/desk_import.h"
#include "web/desk_handed.h"

#include "base/limits.h"
#include "job/import_edits.h"
#include "sheet/amend.h"
#include "web/upload.h"

enum { LINES_SHOWN = 8, TROUBLES_SHOWN = 200, CELL_SHOWN_BYTES = 90, LOOK_AGAIN_SECONDS = 2 };

static str number(web *w, int64_t n)
{
    return text_format(w->q->a, "%lld", (long long)n);
}

/* -- what was understood -------------------------------------------------------------------------------- */
static err *read_file(web *w, arena *a, const char *path, str name, import *m)
{
    *m = (import){ .a = a, .app = w->site->app, .lang = w->q->lang, .actor = w->who.person_id, .now = w->q->now,
                   .path = path, .name = name, .mended = true, .kind = import_kind_named(form_field(w->q, "kind")), .from_on = form_field(w->q, "from_on"), .to_on = form_field(w->q, "to_on") };
    TRY(upload_claim_reader(w, a));
    TRY(import_read(m));
    return import_alike(m);
}

/* At a whole sign. */
static str shortened(str s)
{
    size_t len = s.len < CELL_SHOWN_BYTES ? s.len : CELL_SHOWN_BYTES;
    while (len < s.len && len > 0 && ((unsigned char)s.at[len] & 0xc0) == 0x80)
        len--;
    return str_part(s, 0, len);
}

static void put_columns(web *w, tree *table, const import *m, const sheet_table *t)
{
    for (int c = 0; c < t->column_count; c++) {
        const sheet_column *column = &t->columns[c];
        tree *one = tree_add(table, "columns");
        bool read = column->field != SHEET_NONE && column->field != SHEET_IGNORED && !column->unwanted;
        tree_text(one, "label", shortened(column->label));
        tree_yes(one, "read", read);
        if (read)
            tree_text(one, "means", sheet_label(m->kind, column->field, w->q->lang));
    }
}

/* What is not kept is not shown either. */
static void put_lines(tree *table, const sheet_table *t)
{
    for (size_t r = 0; r < t->rows.count && r < LINES_SHOWN; r++) {
        const sheet_row *row = &t->rows.at[r];
        tree *line = tree_add(table, "lines");
        tree_int(line, "row", row->number);
        for (int c = 0; c < t->column_count; c++) {
            bool kept = t->columns[c].field != SHEET_NONE && !t->columns[c].unwanted && c < row->cell_count;
            tree_text(tree_add(line, "cells"), "cell", kept ? shortened(row->cells[c]) : (str){ 0 });
        }
    }
}

/* What stands in the cell, to be mended there; what is not kept is not shown. */
static void put_cell(tree *t, const import *m, const sheet_trouble *x, str front)
{
    for (size_t i = 0; i < m->tables.list.count; i++) {
        const sheet_table *table = &m->tables.list.at[i];
        bool here = x->row > table->header_last_row && x->column >= 0 && x->column < table->column_count &&
                    !table->columns[x->column].unwanted && str_equal(table->page->name, x->sheet);
        for (size_t r = 0; here && r < table->page->rows.count; r++) {
            const sheet_row *row = &table->page->rows.at[r];
            if (row->number != x->row)
                continue;
            tree_yes(t, "may_mend", true);
            tree_text(t, "place", text_format(m->a, "%.*s%zu.%d.%d", STR_ARG(front), i, x->row, x->column));
            tree_text(t, "cell", x->column < row->cell_count ? row->cells[x->column] : (str){ 0 });
        }
    }
}

bool desk_import_is_aside(const sheet_trouble *x)
{
    return x->severity == SHEET_WARNING && str_is(str_of(x->what), "sheet.column_dropped");
}

void desk_import_put_trouble(web *w, tree *t, const import *m, const sheet_trouble *x, str front)
{
    tree_yes(t, "is_error", x->severity == SHEET_ERROR);
    tree_text(t, "trouble_file", x->file);
    tree_text(t, "sheet", x->sheet);
    tree_int(t, "row", x->row);
    tree_text(t, "header", x->column >= 0 ? shortened(x->header) : (str){ 0 });
    tree_text(t, "reason", words_get(m->a, w->q->lang, x->what, x->values));
    tree_text(t, "remedy", sheet_trouble_hint(m->a, w->q->lang, x));
    put_cell(t, m, x, front);
}

/* Errors first, as they leave a row out. */
static void put_troubles(web *w, const import *m)
{
    size_t shown = 0, all = 0;
    for (size_t i = 0; i < m->troubles.list.count; i++)
        all += !desk_import_is_aside(&m->troubles.list.at[i]);
    for (int pass = SHEET_ERROR; pass >= SHEET_WARNING; pass--)
        for (size_t i = 0; i < m->troubles.list.count && shown < TROUBLES_SHOWN; i++) {
            const sheet_trouble *x = &m->troubles.list.at[i];
            if ((int)x->severity != pass || desk_import_is_aside(x))
                continue;
            desk_import_put_trouble(w, tree_add(w->tree, "troubles"), m, x, STR("c"));
            shown++;
        }
    tree_int(w->tree, "more_troubles", (int64_t)(all - shown));
}

/* For these days, whatever today is when the next press comes. */
static void put_needs(web *w, const import *m)
{
    str from = civil_day_text(w->q->a, m->days.first_day), to = civil_day_text(w->q->a, m->days.last_day);
    tree_yes(w->tree, "of_needs", true);
    tree_text(w->tree, "from_on", from);
    tree_text(w->tree, "to_on", to);
    tree_text(w->tree, "from_text", web_day(w, from));
    tree_text(w->tree, "to_text", web_day(w, to));
    tree_text(w->tree, "asked", number(w, (int64_t)m->asked));
    tree_text(w->tree, "given_up", number(w, (int64_t)m->given_up));
}

/* Whose the rows are taken to be because of the link they came by; empty: the table says so itself. */
static str unit_by_link(const import *m, const sheet_table *t)
{
    bool says = m->kind != SHEET_PEOPLE || sheet_has(t, SHEET_WORK_UNIT) || sheet_issuer(m->a, t, NULL).len;
    return says ? STR("") : m->handed_by;
}

static err *show_understood(web *w, const import *m, str token)
{
    desk d;
    TRY(desk_open(w, &d));
    for (size_t i = 0; i < m->tables.list.count; i++) {
        tree *table = tree_add(w->tree, "tables");
        tree_text(table, "sheet", m->tables.list.at[i].page->name);
        tree_text(table, "handed_by", unit_by_link(m, &m->tables.list.at[i]));
        tree_text(table, "issuer", m->kind == SHEET_PEOPLE ? sheet_issuer(m->a, &m->tables.list.at[i], NULL) : (str){ 0 });
        put_columns(w, table, m, &m->tables.list.at[i]);
        put_lines(table, &m->tables.list.at[i]);
    }
    put_troubles(w, m);
    size_t ready = m->count - m->repeated, warnings = m->troubles.list.count - m->troubles.error_count;
    tree_text(w->tree, "file", m->name);
    tree_text(w->tree, "kind", str_of(import_kinds[m->kind]));
    tree_text(w->tree, "kind_word", web_word(w, text_format(w->q->a, "web_desk.import.kind.%s", import_kinds[m->kind]).at, NULL));
    tree_text(w->tree, "ready", number(w, (int64_t)ready));
    tree_yes(w->tree, "some_ready", ready > 0 && !m->applied);
    tree_text(w->tree, "errors", number(w, (int64_t)m->troubles.error_count));
    tree_yes(w->tree, "some_errors", m->troubles.error_count > 0);
    tree_text(w->tree, "warnings", number(w, (int64_t)warnings));
    tree_text(w->tree, "repeated", number(w, (int64_t)m->repeated));
    tree_text(w->tree, "known", number(w, (int64_t)m->known));
    tree_int(w->tree, "alike", (int64_t)m->alike);
    tree_yes(w->tree, "applied", m->applied);
    tree_text(w->tree, "upload", token);
    tree_text(w->tree, "home", w->site->uploads->home);
    if (m->kind == SHEET_NEEDS)
        put_needs(w, m);
    tree_int(w->tree, "hours", UPLOAD_KEPT_HOURS);
    return desk_show(w, "desk_import_read", "import");
}

err *desk_import_may(web *w)
{
    desk d;
    TRY(desk_open(w, &d));
    w->tree = tree_new(w->q->a);
    return d.all ? NULL : err_new(w->q->a, ERR_RIGHTS, "web_desk.import.rights", NULL);
}

/* Several lie in the tray and are looked at together. */
static err *lay_all(web *w)
{
    for (size_t i = 0; i < w->files->files.count; i++)
        TRY(upload_lay(w, &w->files->files.at[i], form_field(w->q, "kind"), form_field(w->q, "from_on"), form_field(w->q, "to_on")));
    web_go(w, "/desk/import/tray", NULL);
    return NULL;
}

/* Else it is no table at all. */
static bool has_columns(const sheet_file *f)
{
    for (size_t p = 0; p < f->pages.count; p++)
        for (size_t i = 0; i < f->pages.at[p].rows.count; i++)
            if (f->pages.at[p].rows.at[i].cell_count > 1)
                return true;
    return false;
}

static err *understand(web *w, arena *a)
{
    import m;
    str token, pasted = form_field(w->q, "paste");
    TRY(desk_import_may(w));
    if (str_trim(pasted).len)
        TRY(upload_paste(w, pasted, web_word(w, "intake.pasted", NULL)));
    if (!w->files || !w->files->files.count)
        return err_new(a, ERR_INPUT, "upload.none", NULL);
    if (w->files->files.count > 1)
        return lay_all(w);
    const multipart_file *f = &w->files->files.at[0];
    err *e = read_file(w, a, f->path, f->name, &m);
    if (e && str_is(str_of(e->message), "sheet.no_header") && has_columns(&m.content))
        return lay_all(w); /* what its columns mean is asked there */
    TRY(e);
    TRY(upload_keep(w, f, &token));
    return show_understood(w, &m, token);
}

/* Several servers of one database have each a folder of their own. */
static bool is_elsewhere(web *w, str home)
{
    return home.len && (!w->site->uploads || !str_equal(home, w->site->uploads->home));
}

/* -- written -------------------------------------------------------------------------------------------- */
/* The file went by its token; its name comes back with the form and is only what the list of imports shows. */
static err *kept_file(web *w, arena *a, const char **path, import *m)
{
    str name = form_field(w->q, "file");
    TRY(desk_import_may(w));
    if (is_elsewhere(w, form_field(w->q, "home")))
        return err_new(a, ERR_CONFLICT, "upload.elsewhere", NULL);
    TRY(upload_kept(w, form_field(w->q, "upload"), path));
    return read_file(w, a, *path, name.len ? name : STR("?"), m);
}

static err *send_left_out(web *w, arena *a)
{
    import m = { 0 };
    const char *path = NULL;
    str bytes = { 0 };
    TRY(kept_file(w, a, &path, &m));
    TRY(sheet_left_out_xlsx(a, w->q->lang, m.kind, &(sheet_left){ &m.content, &m.troubles }, 1, &bytes));
    w->p->body = str_copy(w->q->a, bytes);
    w->p->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    text t = text_begin(w->q->a);
    text_put_z(&t, "attachment; filename*=UTF-8''");
    percent_put(&t, text_format(w->q->a, "%.*s-%.*s.xlsx", STR_ARG(web_word(w, "file.bad_rows", NULL)), STR_ARG(m.name)));
    response_header(w->q, w->p, "Content-Disposition", text_done(&t));
    return NULL;
}

/* -- mended in place ------------------------------------------------------------------------------------- */
/* "0.7.3": table, row and column. */
static bool read_place(str name, const import *m, sheet_edit *e)
{
    str table, row;
    int64_t t, r, c;
    if (!str_split(&name, '.', &table) || !str_split(&name, '.', &row) || !str_int(table, 0, INT32_MAX, &t) || !str_int(row, 1, INT32_MAX, &r) ||
        !str_int(name, 0, SHEET_COLUMNS_MAX - 1, &c) || (size_t)t >= m->tables.list.count)
        return false;
    e->sheet = m->tables.list.at[t].page->name;
    e->row = (int)r;
    e->column = (int)c;
    return true;
}

static bool stands_there(const import *m, const sheet_edit *e)
{
    for (size_t i = 0; i < m->content.pages.count; i++) {
        const sheet_page *page = &m->content.pages.at[i];
        for (size_t r = 0; str_equal(page->name, e->sheet) && r < page->rows.count; r++) {
            const sheet_row *row = &page->rows.at[r];
            if (row->number == e->row)
                return str_equal(e->column < row->cell_count ? row->cells[e->column] : (str){ 0 }, e->text);
        }
    }
    return false;
}

bool desk_import_take_edit(const import *m, str name, str given, sheet_edit *out)
{
    *out = (sheet_edit){ .text = str_trim(given) };
    return read_place(name, m, out) && !stands_there(m, out);
}

static err *mend(web *w, arena *a)
{
    import m = { 0 }, again;
    const char *path = NULL;
    str rest = w->q->body, name, given;
    LIST(sheet_edit) edits = { 0 };
    TRY(kept_file(w, a, &path, &m));
    while (form_next(w->q->a, &rest, &name, &given)) {
        sheet_edit e;
        if (str_starts(name, STR("c")) && desk_import_take_edit(&m, str_from(name, 1), given, &e))
            *list_add(a, &edits) = e;
    }
    TRY(import_edits_add(a, path, edits.at, edits.count));
    tree_yes(w->tree, "mended", edits.count);
    tree_text(w->tree, "mended_count", number(w, (int64_t)edits.count));
    again = m;
    again.troubles = (sheet_troubles){ 0 };
    again.count = again.repeated = again.known = again.alike = 0;
    again.applied = false;
    TRY(import_read(&again));
    TRY(import_alike(&again));
    return show_understood(w, &again, form_field(w->q, "upload"));
}

/* -- off the loop --------------------------------------------------------------------------------------- */
typedef struct memory {
    arena *a;
} memory;

static void give_back(void *of)
{
    memory *m = of;
    arena_close(m->a);
    m->a = NULL;
}

void desk_import_in_memory(web *w, err *(*step)(web *w, arena *a))
{
    memory *m = arena_new(w->q->a, memory);
    arena_defer(w->q->a, give_back, m);
    m->a = arena_open(w->q->a, IMPORT_MAX_BYTES);
    err *e = step(w, m->a);
    if (e)
        web_fail(w, e);
    w->p->detail = str_copy(w->q->a, w->p->detail);
    give_back(m);
}

/* The list of an agency: from here on as a file that was chosen just now. */
static err *understand_handed(web *w, arena *a)
{
    import m;
    str token;
    multipart_file f;
    TRY(desk_import_may(w));
    TRY(desk_take_handed(w, &f));
    TRY(read_file(w, a, f.path, f.name, &m));
    TRY(upload_keep(w, &f, &token));
    return show_understood(w, &m, token);
}

static void work_handed(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    desk_import_in_memory(p->step_data, understand_handed);
}

static err *post_handed(web *w)
{
    w->p->step_data = w;
    w->p->later = work_handed;
    return NULL;
}

static err *post_file(web *w)
{
    desk_import_in_memory(w, understand);
    return NULL;
}

static void work(void *of, request *q, response *p)
{
    (void)of;
    web *w = p->step_data;
    desk_import_in_memory(w, str_is(form_field(q, "what"), "mend") ? mend : send_left_out);
}

/* -- in the background ----------------------------------------------------------------------------------- */
static void go_to_job(web *w, err *e, str job)
{
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/import/job/%.*s", STR_ARG(job)).at, NULL);
}

static void asked(web *w, err *e, str result)
{
    go_to_job(w, e, !e ? web_answered(w, result, NULL, "id") : (str){ 0 });
}

/* Where the file is elsewhere it is asked for even so: it is read in there. */
static err *ask_for_it(web *w)
{
    const char *path = NULL;
    str home = form_field(w->q, "home"), name = form_field(w->q, "file");
    TRY(desk_import_may(w));
    if (!is_elsewhere(w, home)) {
        TRY(upload_kept(w, form_field(w->q, "upload"), &path));
        home = w->site->uploads->home;
    }
    static const char *const others[] = { "kind", "from_on", "to_on" };
    named args[7] = { { "upload", V_TEXT(form_field(w->q, "upload")) }, { "home", V_TEXT(home) }, { "file", V_TEXT(name.len ? name : STR("?")) } };
    size_t count = 3;
    for (size_t i = 0; i < COUNT(others); i++)
        if (form_field(w->q, others[i]).len)
            args[count++] = (named){ others[i], V_TEXT(form_field(w->q, others[i])) };
    web_run(w, w->who.person_id, "job.import", args, asked);
    return NULL;
}

static err *post_write(web *w)
{
    if (!str_is(form_field(w->q, "what"), "left_out") && !str_is(form_field(w->q, "what"), "mend"))
        return ask_for_it(w);
    w->p->step_data = w;
    w->p->later = work;
    return NULL;
}

/* What came of it stands in the address of the page of imports. */
static err *show_written(web *w, str result)
{
    static const char *const counts[] = { "import", "added", "changed", "same", "placed", "queued", "given_up" };
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    text t = text_begin(w->q->a);
    text_put_z(&t, "/desk/import");
    for (size_t i = 0; i < COUNT(counts); i++)
        text_printf(&t, "%c%s=%lld", i ? '&' : '?', counts[i], (long long)json_integer_value(json_object_get(o, counts[i])));
    json_decref(o);
    web_go(w, text_done(&t).at, NULL);
    return NULL;
}

static err *get_job(web *w)
{
    desk d;
    rows r = { 0 };
    int64_t id = 0;
    str_int(w->param[0], 1, INT64_MAX, &id);
    TRY(desk_open(w, &d));
    TRY(web_view(w, "job_my", NAMED({ "job", V_INT(id) }), &r));
    if (!r.count || !str_is(rows_text(&r, 0, "kind"), "import"))
        return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
    str state = rows_text(&r, 0, "state");
    if (str_is(state, "done"))
        return show_written(w, rows_text(&r, 0, "result"));
    bool waits = str_is(state, "waiting"), runs = str_is(state, "leased");
    tree_int(w->tree, "job", id);
    tree_yes(w->tree, "waits", waits);
    tree_yes(w->tree, "runs", waits || runs);
    tree_yes(w->tree, "stopping", runs && rows_int(&r, 0, "cancel"));
    tree_yes(w->tree, "elsewhere", waits && is_elsewhere(w, rows_text(&r, 0, "home")));
    tree_text(w->tree, "percent", number(w, rows_int(&r, 0, "steps")));
    tree_text(w->tree, "failed", rows_text(&r, 0, "wrong"));
    if (waits || runs)
        response_header(w->q, w->p, "Refresh", text_format(w->q->a, "%d", LOOK_AGAIN_SECONDS));
    return desk_show(w, "desk_import_wait", "import");
}

static void pressed(web *w, err *e, str result)
{
    (void)result;
    go_to_job(w, e, w->param[0]);
}

static err *post_press(web *w)
{
    web_run(w, w->who.person_id, w->route->command, web_form_args(w), pressed);
    return NULL;
}

const route desk_import_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/import", .show = desk_import_show },
    { WEB_POST, WEB_DESK, "/desk/import", .show = desk_import_show, .form = post_file, .takes_file = true },
    { WEB_POST, WEB_DESK, "/desk/import/handed/:list", .show = desk_import_show, .form = post_handed },
    { WEB_POST, WEB_DESK, "/desk/import/write", .show = desk_import_show, .form = post_write },
    { WEB_GET, WEB_DESK, "/desk/import/job/:job", .show = get_job },
    { WEB_POST, WEB_DESK, "/desk/import/job/:job/stop", .show = get_job, .form = post_press, .command = "job.cancel", .args = "job=:job" },
    { WEB_POST, WEB_DESK, "/desk/import/job/:job/again", .show = get_job, .form = post_press, .command = "job.again", .args = "job=:job" },
    { 0 },
};
