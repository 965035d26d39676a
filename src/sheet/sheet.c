#include "sheet/sheet.h"
#include "sheet/page.h"
#include "sheet/write.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static str file_name(arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_copy(a, str_of(slash ? slash + 1 : path));
}

/* The old binary format, and how programs wrap a workbook with a password. */
static err *old_or_locked(arena *a, str name, str bytes)
{
    static const char mark[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    bool locked = str_find(bytes, (str){ mark, sizeof mark - 1 }) >= 0;
    return err_new(a, ERR_INPUT, locked ? "sheet.encrypted" : "sheet.old_format",
                   VALUES({ "file", name }));
}

err *sheet_read(arena *a, const char *path, sheet_file *out)
{
    str bytes;
    TRY(file_read(a, path, SHEET_MAX_BYTES, &bytes));
    return sheet_read_bytes(a, file_name(a, path), bytes, out);
}

err *sheet_read_bytes(arena *a, str name, str bytes, sheet_file *out)
{
    *out = (sheet_file){ .name = name };
    if (bytes.len == 0)
        return err_new(a, ERR_INPUT, "sheet.empty", VALUES({ "file", out->name }));
    if (str_starts(bytes, STR("\xd0\xcf\x11\xe0")))
        return old_or_locked(a, out->name, bytes);
    if (str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("PK\x05\x06")))
        return xlsx_read(a, bytes, out);
    return sheet_read_csv(a, out->name, bytes, out);
}

str sheet_column_letters(arena *a, int column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (int n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
        letters[--at] = (char)('A' + (n - 1) % 26);
    return str_copy(a, (str){ letters + at, sizeof letters - at });
}

str sheet_trouble_text(arena *a, words_lang lang, const sheet_trouble *t)
{
    str what = words_get(a, lang, t->what, t->values);
    const char *key = t->row == 0     ? "sheet.at_sheet"
                      : t->column < 0 ? "sheet.at_row"
                                      : "sheet.at_cell";
    str file =
        t->sheet.len ? text_format(a, "%.*s [%.*s]", STR_ARG(t->file), STR_ARG(t->sheet)) : t->file;
    return words_get(a, lang, key,
                     VALUES({ "file", file }, { "row", text_format(a, "%d", t->row) },
                            { "column", sheet_column_letters(a, t->column) },
                            { "header", t->header }, { "what", what }));
}

str sheet_trouble_hint(arena *a, words_lang lang, const sheet_trouble *t)
{
    const char *key = str_z(a, text_format(a, "%s.hint", t->what));
    return words_has(lang, key) ? words_get(a, lang, key, t->values) : (str){ 0 };
}

typedef struct left_out {
    const sheet_trouble **at; /* errors of one page by row */
    size_t count;
} left_out;

static int by_row(const void *a, const void *b)
{
    const sheet_trouble *x = *(const sheet_trouble *const *)a,
                        *y = *(const sheet_trouble *const *)b;
    return (x->row > y->row) - (x->row < y->row);
}

static left_out left_out_of(arena *a, const sheet_page *page, const sheet_troubles *troubles)
{
    left_out l = { .at = arena_many(a, const sheet_trouble *, troubles->list.count + 1) };
    for (size_t i = 0; i < troubles->list.count; i++) {
        const sheet_trouble *t = &troubles->list.at[i];
        if (t->severity == SHEET_ERROR && t->row > 0 && str_equal(t->sheet, page->name))
            l.at[l.count++] = t;
    }
    if (l.count)
        qsort(l.at, l.count, sizeof *l.at, by_row); /* of pointers. NOLINT(bugprone-sizeof-expression) */
    return l;
}

static void row_put(text *out, const sheet_row *row, str *cells, int width, str reason)
{
    memset(cells, 0, (size_t)(width + 1) * sizeof *cells);
    memcpy(cells, row->cells, (size_t)row->cell_count * sizeof *cells);
    cells[width] = reason;
    sheet_csv_row(out, cells, (size_t)width + 1);
}

static void page_put(arena *a, words_lang lang, text *out, const sheet_page *page,
                     const left_out *l)
{
    str *cells = arena_many(a, str, SHEET_COLUMNS_MAX + 1);
    int width = 0;
    size_t next = 0;
    for (size_t i = 0; i < page->rows.count; i++) {
        if (page->rows.at[i].cell_count > width)
            width = page->rows.at[i].cell_count;
    }
    for (size_t i = 0; i < page->rows.count && next < l->count; i++) {
        const sheet_row *row = &page->rows.at[i];
        if (row->number >= l->at[0]->header_row && row->number <= l->at[0]->header_last_row)
            row_put(out, row, cells, width, words_get(a, lang, "sheet.reason", NULL));
        if (row->number < l->at[next]->row)
            continue;
        text reason = text_begin(a);
        for (; next < l->count && l->at[next]->row <= row->number; next++) {
            if (reason.len)
                text_put_z(&reason, "; ");
            words_put(&reason, lang, l->at[next]->what, l->at[next]->values);
        }
        row_put(out, row, cells, width, text_done(&reason));
    }
}

str sheet_left_out_csv(arena *a, words_lang lang, const sheet_file *file,
                       const sheet_troubles *troubles)
{
    text out = text_begin(a);
    text_put_z(&out, "\xef\xbb\xbf");
    for (size_t p = 0; p < file->pages.count; p++) {
        left_out l = left_out_of(a, &file->pages.at[p], troubles);
        if (l.count)
            page_put(a, lang, &out, &file->pages.at[p], &l);
    }
    return text_done(&out);
}
