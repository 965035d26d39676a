#include "sheet/header.h"
#include "sheet/word.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { TITLE_PARTS_MAX = 3, SPANS_MAX = 10 };

static const int field_ditto[SHEET_FIELD_COUNT] = {
    [SHEET_NONE] = 0,
#define FIELD(id, ditto) [id] = ditto,
#include "sheet/headers.def"
};
static const char *const dittos[] = {
#define DITTO(word) word,
#include "sheet/headers.def"
};
static const char *const nones[] = {
#define NONE(word) word,
#include "sheet/headers.def"
};
static const char *const sums[] = {
#define SUM(word) word,
#include "sheet/headers.def"
};
static const char *const foots[] = {
#define FOOT(word) word,
#include "sheet/headers.def"
};

void sheet_tell(arena *a, sheet_troubles *troubles, const sheet_table *t, const sheet_row *row,
                int column, sheet_severity severity, const char *what, str value)
{
    if (!troubles)
        return;
    sheet_trouble *trouble = list_add(a, &troubles->list);
    *trouble = (sheet_trouble){
        .file = t->file->name,
        .sheet = t->page->name,
        .row = row ? row->number : t->header_row,
        .column = column,
        .header_row = t->header_row,
        .header_last_row = t->header_last_row,
        .severity = severity,
        .what = what,
        .values = { { "value", value } },
    };
    if (column >= 0 && column < t->column_count)
        trouble->header = t->columns[column].label;
    troubles->error_count += severity == SHEET_ERROR;
}

static void columns_tell(const header_finder *f, const sheet_table *t)
{
    for (int c = 0; c < t->column_count; c++) {
        const sheet_column *column = &t->columns[c];
        if (column->unwanted)
            sheet_tell(f->a, f->troubles, t, NULL, c, SHEET_WARNING, "sheet.column_dropped",
                       column->label);
        else if (column->field == SHEET_NONE && column->label.len)
            sheet_tell(f->a, f->troubles, t, NULL, c, SHEET_WARNING, "sheet.column_unknown",
                       column->label);
    }
}

/* ---- rows ---- */

static bool is_one_of(str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(s, words[i]))
            return true;
    }
    return false;
}

bool sheet_is_ditto(str cell)
{
    return cell.len <= 12 && is_one_of(cell, dittos, COUNT(dittos));
}

bool sheet_is_none(str cell)
{
    return cell.len <= 12 && is_one_of(cell, nones, COUNT(nones));
}

/* The header printed again on a later page. */
static bool is_header_again(const header_finder *f, const sheet_table *t, const sheet_row *row)
{
    int own = 0, known = 0;
    int64_t found;
    for (int c = 0; c < row->cell_count && c < t->column_count; c++) {
        if (row->cells[c].len == 0)
            continue;
        own++;
        if (str_equal(row->cells[c], t->columns[c].label) || header_known(f, row->cells[c], &found))
            known++;
        else
            return false;
    }
    return own >= 2 && known == own;
}

static bool is_sum(arena *a, const sheet_row *row)
{
    int seen = 0;
    for (int c = 0; c < row->cell_count && seen < TITLE_PARTS_MAX; c++) {
        str cell = row->cells[c];
        if (cell.len == 0)
            continue;
        seen++;
        if (cell.len > 40 || (cell.at[0] >= '0' && cell.at[0] <= '9'))
            continue;
        str key = word_key(a, cell);
        for (size_t i = 0; i < COUNT(sums); i++) {
            str sum = str_of(sums[i]);
            if (str_equal(key, sum) || (str_ends(key, sum) && sum.at[0] != 't') ||
                (str_starts(key, sum) && key.len > sum.len &&
                 strchr(":(0123456789", key.at[sum.len])))
                return true;
        }
    }
    return false;
}

static bool is_foot(arena *a, const sheet_row *row)
{
    for (int c = 0; c < row->cell_count; c++) {
        if (row->cells[c].len == 0)
            continue;
        if (row->cells[c].at[0] >= '0' && row->cells[c].at[0] <= '9')
            return false;
        str key = word_key(a, row->cells[c]);
        for (size_t i = 0; i < COUNT(foots); i++) {
            if (str_starts(key, str_of(foots[i])))
                return true;
        }
        return false;
    }
    return false;
}

/* One value across the row, or in a column that alone says nothing: a group's title, a line of remarks. */
static bool is_lone_line(const sheet_table *t, const sheet_row *row, int *column)
{
    int count = 0;
    bool same = true;
    for (int c = 0; c < row->cell_count; c++) {
        if (row->cells[c].len == 0)
            continue;
        if (count++ == 0)
            *column = c;
        else
            same &= str_equal(row->cells[c], row->cells[*column]);
    }
    if (count == 0)
        return true;
    if (count > 1)
        return same && count >= 3 && t->column_count >= 3;
    sheet_field field = *column < t->column_count ? t->columns[*column].field : SHEET_NONE;
    return !header_is_needed(t->kind, field) && t->column_count >= 3;
}

static bool blank_is_same(const sheet_table *t, const sheet_column *head)
{
    return head->stands_below || (field_ditto[head->field] == 2 && (t->kind == SHEET_NEEDS || t->kind == SHEET_COMMUNITIES));
}

static str cell_of(const sheet_row *row, int column)
{
    return column < row->cell_count ? row->cells[column] : (str){ 0 };
}

/* Titles fill one cell; lines that add up and foots speak of nobody. */
static bool fills_two(arena *a, const sheet_row *row)
{
    int n = 0;
    for (int c = 0; c < row->cell_count && n < 2; c++)
        n += row->cells[c].len > 0;
    return n == 2 && !is_sum(a, row) && !is_foot(a, row);
}

/* A branch written once over its people, as merged cells leave it in a CSV: the first line has it, a third do not. */
static bool stands_below(arena *a, const sheet_table *t, size_t first, int column)
{
    int rows = 0, blank = 0;
    for (size_t i = first; i < t->page->rows.count; i++) {
        const sheet_row *row = &t->page->rows.at[i];
        bool is_blank = !cell_of(row, column).len;
        if (!fills_two(a, row))
            continue;
        if (is_blank && !rows)
            return false;
        rows++;
        blank += is_blank;
    }
    return blank * 3 >= rows && blank;
}

static void find_stands_below(const header_finder *f, sheet_table *t, size_t first)
{
    for (int c = 0; c < t->column_count && t->kind == SHEET_PEOPLE; c++) {
        sheet_column *head = &t->columns[c];
        head->stands_below = head->field == SHEET_ORG && stands_below(f->a, t, first, c);
        if (head->stands_below)
            sheet_tell(f->a, f->troubles, t, NULL, c, SHEET_WARNING, "sheet.blank_is_same", head->label);
    }
}

static str cell_resolved(const header_finder *f, const sheet_table *t, const sheet_row *row, int column,
                         str above)
{
    str cell = cell_of(row, column);
    const sheet_column *head = &t->columns[column];
    if (head->field == SHEET_NONE)
        return (str){ 0 };
    if (cell.len == 0)
        return blank_is_same(t, head) ? above : cell;
    if (field_ditto[head->field] == 3)
        return cell;
    if (sheet_is_ditto(cell)) {
        if (field_ditto[head->field])
            return above;
        sheet_tell(f->a, f->troubles, t, row, column, SHEET_WARNING, "sheet.same_unclear", cell);
        return (str){ 0 };
    }
    if (sheet_is_none(cell))
        return (str){ 0 };
    bool formula_error =
        cell.len > 3 && cell.at[0] == '#' && cell.at[1] >= 'A' && cell.at[1] <= 'Z';
    if (formula_error &&
        (str_ends(cell, STR("!")) || str_ends(cell, STR("?")) || str_is(cell, "#N/A"))) {
        sheet_tell(f->a, f->troubles, t, row, column, SHEET_WARNING, "sheet.formula_error", cell);
        return (str){ 0 };
    }
    return cell;
}

static void rows_take(const header_finder *f, sheet_table *t, size_t first)
{
    str *above = arena_many(f->a, str, t->column_count);
    bool foot = false;
    find_stands_below(f, t, first);
    list_room(f->a, &t->rows, first < t->page->rows.count ? t->page->rows.count - first : 0);
    for (size_t i = first; i < t->page->rows.count; i++) {
        const sheet_row *row = &t->page->rows.at[i];
        int column = 0;
        if (is_sum(f->a, row)) {
            *list_add(f->a, &t->sums) = *row;
            continue;
        }
        if (is_header_again(f, t, row))
            continue;
        if (is_foot(f->a, row)) {
            foot = true;
            continue;
        }
        if (is_lone_line(t, row, &column)) {
            bool number = column < t->column_count && t->columns[column].field == SHEET_IGNORED;
            if (!foot && !number && cell_of(row, column).len)
                sheet_tell(f->a, f->troubles, t, row, column, SHEET_WARNING, "sheet.line_passed",
                           cell_of(row, column));
            continue;
        }
        foot = false;
        sheet_row taken = { .number = row->number, .cell_count = t->column_count, .marks = row->marks };
        taken.cells = arena_many(f->a, str, t->column_count);
        for (int c = 0; c < t->column_count; c++)
            above[c] = taken.cells[c] = cell_resolved(f, t, row, c, above[c]);
        *list_add(f->a, &t->rows) = taken;
    }
}

/* ---- what is there beside the texts ---- */

/* "5-7, 12" of numbers that come in ascending order. */
typedef struct spans {
    text t;
    int first, last, count, total;
} spans;

static void span_close(spans *s, arena *a, bool letters)
{
    if (s->total == 0 || s->count++ > SPANS_MAX)
        return;
    if (s->count > 1)
        text_put_z(&s->t, ", ");
    if (s->count > SPANS_MAX)
        text_put_z(&s->t, "…");
    else if (letters)
        text_put(&s->t, sheet_column_letters(a, s->first));
    else
        text_put_int(&s->t, s->first);
    if (s->count > SPANS_MAX || s->first == s->last)
        return;
    text_put_z(&s->t, "-");
    if (letters)
        text_put(&s->t, sheet_column_letters(a, s->last));
    else
        text_put_int(&s->t, s->last);
}

static void span_add(spans *s, arena *a, int number, bool joins, bool letters)
{
    if (s->total == 0 || !joins) {
        span_close(s, a, letters);
        s->first = number;
    }
    s->last = number;
    s->total++;
}

static void rows_tell(const header_finder *f, const sheet_table *t, int mark, const sheet_row *rows, size_t count,
                      bool all_too, const char *what)
{
    spans s = { .t = text_begin(f->a) };
    for (size_t i = 0; i < count; i++) {
        if (rows[i].number > t->header_last_row && rows[i].marks & mark)
            span_add(&s, f->a, rows[i].number, rows[i].number == s.last + 1, false);
    }
    if (s.total == 0 || (!all_too && (size_t)s.total == count))
        return;
    span_close(&s, f->a, false);
    sheet_tell(f->a, f->troubles, t, NULL, -1, SHEET_WARNING, what, text_done(&s.t));
}

static void hidden_columns_tell(const header_finder *f, const sheet_table *t)
{
    spans s = { .t = text_begin(f->a) };
    for (int c = 0; c < t->column_count && t->page->hidden_columns; c++) {
        if (t->page->hidden_columns[c])
            span_add(&s, f->a, c, c == s.last + 1, true);
    }
    if (s.total == 0)
        return;
    span_close(&s, f->a, true);
    sheet_tell(f->a, f->troubles, t, NULL, -1, SHEET_WARNING, "sheet.hidden_columns", text_done(&s.t));
}

/* Where all rows are of one colour it means nothing. */
static void page_tell(const header_finder *f, const sheet_table *t)
{
    const sheet_page *p = t->page;
    if (p->hidden)
        sheet_tell(f->a, f->troubles, t, NULL, -1, SHEET_WARNING, "sheet.page_hidden", p->name);
    rows_tell(f, t, SHEET_ROW_HIDDEN, p->rows.at, p->rows.count, true,
              p->filtered ? "sheet.filtered_rows" : "sheet.hidden_rows");
    hidden_columns_tell(f, t);
    rows_tell(f, t, SHEET_ROW_COLOURED, t->rows.at, t->rows.count, false, "sheet.coloured");
    rows_tell(f, t, SHEET_ROW_STRUCK, t->rows.at, t->rows.count, true, "sheet.struck");
    if (p->noted)
        sheet_tell(f->a, f->troubles, t, NULL, -1, SHEET_WARNING, "sheet.noted", p->name);
}

static sheet_table table_begin(const header_finder *f, const sheet_page *page)
{
    sheet_table t = { .kind = f->kind, .file = f->file, .page = page };
    t.columns = arena_many(f->a, sheet_column, SHEET_COLUMNS_MAX);
    return t;
}

/* A page without a header is a table once somebody said what its columns mean. */
static bool bare_take(const header_finder *f, sheet_table *t, size_t *first)
{
    if (!f->file->choice_count || !t->page->rows.count)
        return false;
    *first = header_bare(f, t->page, t);
    return header_choose(f, t) && sheet_columns_suffice(f->kind, t->columns, t->column_count);
}

static bool table_take(const header_finder *f, sheet_table *t)
{
    size_t first = header_find(f, t->page, t);
    if (first == 0 && !bare_take(f, t, &first)) {
        t->header_row = t->column_count = 0;
        if (t->page->rows.count || t->page->pictured)
            sheet_tell(f->a, f->troubles, t, NULL, -1, SHEET_WARNING,
                       t->page->pictured ? "sheet.page_picture" : "sheet.page_without_header", t->page->name);
        return false;
    }
    columns_tell(f, t);
    rows_take(f, t, first);
    page_tell(f, t);
    return true;
}

err *sheet_tables_of(arena *a, const sheet_file *file, sheet_kind kind, sheet_troubles *troubles,
                     sheet_tables *out)
{
    assert(kind < SHEET_KIND_COUNT);
    header_finder f = header_finder_of(a, file, kind, troubles);
    *out = (sheet_tables){ 0 };
    for (size_t i = 0; i < file->pages.count; i++) {
        sheet_table t = table_begin(&f, &file->pages.at[i]);
        if (table_take(&f, &t))
            *list_add(a, &out->list) = t;
    }
    if (out->list.count == 0)
        return err_new(a, ERR_INPUT, "sheet.no_header",
                       VALUES({ "file", file->name }, { "headers", header_wanted(a, kind) }));
    return NULL;
}

err *sheet_table_at(arena *a, const sheet_file *file, size_t page, sheet_kind kind, int first, int last,
                    sheet_table *out)
{
    assert(kind < SHEET_KIND_COUNT);
    header_finder f = header_finder_of(a, file, kind, NULL);
    const sheet_page *p = page < file->pages.count ? &file->pages.at[page] : NULL;
    size_t i = 0, two = last != first;
    while (p && i < p->rows.count && p->rows.at[i].number != first)
        i++;
    if (!p || i + two >= p->rows.count || p->rows.at[i + two].number != last || last - first > 1)
        return err_new(a, ERR_INPUT, "sheet.header_nowhere",
                       VALUES({ "file", file->name }, { "row", text_format(a, "%d", first) }));
    *out = table_begin(&f, p);
    header_take(&f, p, i, two, out);
    rows_take(&f, out, i + 1 + two);
    return NULL;
}

err *sheet_table_bare(arena *a, const sheet_file *file, size_t page, sheet_kind kind, sheet_table *out)
{
    assert(kind < SHEET_KIND_COUNT);
    header_finder f = header_finder_of(a, file, kind, NULL);
    if (page >= file->pages.count || !file->pages.at[page].rows.count)
        return err_new(a, ERR_INPUT, "sheet.header_nowhere", VALUES({ "file", file->name }, { "row", STR("1") }));
    *out = table_begin(&f, &file->pages.at[page]);
    size_t first = header_bare(&f, out->page, out);
    header_choose(&f, out);
    rows_take(&f, out, first);
    return NULL;
}

str sheet_cell(const sheet_table *t, const sheet_row *row, sheet_field field, int *column)
{
    int best = -1, first = -1;
    for (int c = 0; c < t->column_count; c++) {
        if (t->columns[c].field != field)
            continue;
        if (first < 0)
            first = c;
        if (row->cells[c].len && (best < 0 || t->columns[c].rank < t->columns[best].rank))
            best = c;
    }
    if (column)
        *column = best >= 0 ? best : first;
    return best >= 0 ? row->cells[best] : (str){ 0 };
}
