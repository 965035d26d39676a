#include "sheet/page.h"

#include "base/text.h"

#include <string.h>

enum { FILL_MAX_CELLS = 4000000, MERGES_MAX = 100000 };

page_builder page_begin(arena *a, str file, sheet_page *page)
{
    return (page_builder){
        .a = a, .file = file, .page = page, .cells = arena_many(a, str, SHEET_COLUMNS_MAX)
    };
}

static err *page_row_done(page_builder *b)
{
    int marks = b->marks;
    b->marks = 0;
    if (b->cell_count == 0)
        return NULL;
    if (b->page->rows.count >= SHEET_ROWS_MAX)
        return err_new(
            b->a, ERR_LIMIT, "sheet.too_many_rows",
            VALUES({ "file", b->file }, { "limit", text_format(b->a, "%d", SHEET_ROWS_MAX) }));
    sheet_row row = { .number = b->number, .cell_count = b->cell_count, .marks = marks };
    row.cells = arena_copy(b->a, b->cells, (size_t)b->cell_count * sizeof *b->cells);
    *list_add(b->a, &b->page->rows) = row;
    memset(b->cells, 0, (size_t)b->cell_count * sizeof *b->cells);
    b->cell_count = 0;
    return NULL;
}

/* Also the full-width and no-break spaces, and the apostrophe that marks a number kept as text. */
str page_value(str s)
{
    static const char *const blanks[] = { "\xe3\x80\x80", "\xc2\xa0", "\xef\xbb\xbf",
                                          "\xe2\x80\x8b" };
    for (size_t before = s.len + 1; before != s.len;) {
        before = s.len;
        s = str_trim(s);
        for (size_t i = 0; i < COUNT(blanks); i++) {
            str blank = str_of(blanks[i]);
            if (str_starts(s, blank))
                s = str_from(s, blank.len);
            if (str_ends(s, blank))
                s.len -= blank.len;
        }
    }
    if (s.len > 1 && s.at[0] == '\'' && s.at[1] != '\'')
        s = str_from(s, 1);
    return s;
}

err *page_cell(page_builder *b, int row, int column, str value)
{
    if (row < b->number)
        return err_new(b->a, ERR_INPUT, "sheet.damaged", VALUES({ "file", b->file }));
    if (row > b->number) {
        TRY(page_row_done(b));
        b->number = row;
    }
    value = page_value(value);
    if (value.len == 0)
        return NULL;
    if (value.len > CELL_MAX_BYTES)
        return err_new(b->a, ERR_LIMIT, "sheet.cell_too_long",
                       VALUES({ "file", b->file }, { "row", text_format(b->a, "%d", row) },
                              { "limit", text_format(b->a, "%d", CELL_MAX_BYTES) }));
    if (column >= SHEET_COLUMNS_MAX)
        return err_new(b->a, ERR_LIMIT, "sheet.too_many_columns",
                       VALUES({ "file", b->file }, { "row", text_format(b->a, "%d", row) },
                              { "limit", text_format(b->a, "%d", SHEET_COLUMNS_MAX) }));
    b->cells[column] = value;
    if (column >= b->cell_count)
        b->cell_count = column + 1;
    return NULL;
}

void page_mark(page_builder *b, int marks)
{
    b->marks |= marks;
}

void page_hide_columns(page_builder *b, int first, int last)
{
    if (!b->hidden_columns)
        b->page->hidden_columns = b->hidden_columns = arena_many(b->a, bool, SHEET_COLUMNS_MAX);
    for (int c = first < 0 ? 0 : first; c <= last && c < SHEET_COLUMNS_MAX; c++)
        b->hidden_columns[c] = true;
}

err *page_merge(page_builder *b, sheet_merge m)
{
    if (m.last_row < m.first_row || m.last_column < m.first_column || m.first_column >= SHEET_COLUMNS_MAX)
        return NULL;
    if (m.last_column >= SHEET_COLUMNS_MAX)
        m.last_column = SHEET_COLUMNS_MAX - 1;
    if (b->page->merges.count >= MERGES_MAX)
        return err_new(b->a, ERR_LIMIT, "sheet.too_many_merges", VALUES({ "file", b->file }));
    *list_add(b->a, &b->page->merges) = m;
    return NULL;
}

/* The index of the first row numbered at least so. */
static size_t row_at_least(const sheet_page *p, int number)
{
    size_t low = 0, high = p->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->rows.at[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void row_fill(arena *a, sheet_row *row, const sheet_merge *m, str value)
{
    if (row->cell_count <= m->last_column) {
        str *wider = arena_many(a, str, m->last_column + 1);
        memcpy(wider, row->cells, (size_t)row->cell_count * sizeof *wider);
        row->cells = wider;
        row->cell_count = m->last_column + 1;
    }
    for (int c = m->first_column; c <= m->last_column; c++) {
        if (row->cells[c].len == 0)
            row->cells[c] = value;
    }
}

static err *page_fill(page_builder *b)
{
    sheet_page *p = b->page;
    size_t filled = 0;
    for (size_t i = 0; i < p->merges.count; i++) {
        const sheet_merge *m = &p->merges.at[i];
        size_t r = row_at_least(p, m->first_row);
        if (r >= p->rows.count || p->rows.at[r].number != m->first_row ||
            p->rows.at[r].cell_count <= m->first_column ||
            p->rows.at[r].cells[m->first_column].len == 0)
            continue;
        str value = p->rows.at[r].cells[m->first_column];
        for (; r < p->rows.count && p->rows.at[r].number <= m->last_row; r++) {
            filled += (size_t)(m->last_column - m->first_column + 1);
            if (filled > FILL_MAX_CELLS)
                return err_new(b->a, ERR_LIMIT, "sheet.too_many_merges",
                               VALUES({ "file", b->file }));
            row_fill(b->a, &p->rows.at[r], m, value);
        }
    }
    return NULL;
}

err *page_end(page_builder *b)
{
    TRY(page_row_done(b));
    return page_fill(b);
}

err *pages_check(arena *a, const sheet_file *file)
{
    size_t rows = 0;
    bool pictured = false;
    for (size_t i = 0; i < file->pages.count; i++) {
        rows += file->pages.at[i].rows.count;
        pictured |= file->pages.at[i].pictured;
    }
    const char *fault = file->pages.count == 0 ? "sheet.no_sheet" : pictured ? "sheet.only_picture" : "sheet.empty";
    return rows ? NULL : err_new(a, ERR_INPUT, fault, VALUES({ "file", file->name }));
}
