#include "sheet/amend.h"
#include "sheet/page.h"

#include "base/text.h"

#include <string.h>

void sheet_choose(sheet_file *file, const sheet_choice *choices, size_t count)
{
    file->choices = choices;
    file->choice_count = count;
}

/* ---- cells ---- */

static sheet_page *page_named(sheet_file *file, str name)
{
    for (size_t i = 0; i < file->pages.count; i++) {
        if (str_equal(file->pages.at[i].name, name))
            return &file->pages.at[i];
    }
    return NULL;
}

static sheet_row *row_numbered(sheet_page *page, int number)
{
    for (size_t i = 0; i < page->rows.count; i++) {
        if (page->rows.at[i].number == number)
            return &page->rows.at[i];
    }
    return NULL;
}

static int page_width(const sheet_page *page)
{
    int width = 0;
    for (size_t i = 0; i < page->rows.count; i++) {
        if (page->rows.at[i].cell_count > width)
            width = page->rows.at[i].cell_count;
    }
    return width;
}

static err *edit_err(arena *a, const sheet_file *file, const sheet_edit *e, const char *what)
{
    return err_new(a, ERR_INPUT, what,
                   VALUES({ "file", file->name }, { "sheet", e->sheet }, { "row", text_format(a, "%d", e->row) },
                          { "column", sheet_column_letters(a, e->column) },
                          { "limit", text_format(a, "%d", CELL_MAX_BYTES) }));
}

static err *edit_check(arena *a, sheet_file *file, const sheet_edit *e)
{
    sheet_page *page = page_named(file, e->sheet);
    if (!page || !row_numbered(page, e->row) || e->column < 0 || e->column >= page_width(page))
        return edit_err(a, file, e, "sheet.edit_nowhere");
    if (!str_is_utf8(e->text))
        return edit_err(a, file, e, "sheet.edit_text");
    return e->text.len > CELL_MAX_BYTES ? edit_err(a, file, e, "sheet.edit_long") : NULL;
}

static void edit_put(arena *a, sheet_file *file, const sheet_edit *e)
{
    sheet_row *row = row_numbered(page_named(file, e->sheet), e->row);
    int count = e->column < row->cell_count ? row->cell_count : e->column + 1;
    str *cells = arena_many(a, str, count); /* the old ones may be another's */
    memcpy(cells, row->cells, (size_t)row->cell_count * sizeof *cells);
    cells[e->column] = str_copy(a, page_value(e->text));
    row->cells = cells;
    row->cell_count = count;
}

err *sheet_edit_apply(arena *a, sheet_file *file, const sheet_edit *edits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        TRY(edit_check(a, file, &edits[i]));
    for (size_t i = 0; i < count; i++)
        edit_put(a, file, &edits[i]);
    return NULL;
}
