#include "sheet/write.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { SHEET_NAME_RUNES = 31, WIDTH_MIN = 6, WIDTH_MAX = 48 };

/* What the format forbids in a sheet's name becomes a space; cut at its length. */
static const char *sheet_name(arena *a, str name)
{
    text t = text_begin(a);
    size_t index = 0;
    for (int n = 0; n < SHEET_NAME_RUNES && index < name.len; n++) {
        uint32_t rune = str_rune(name, &index);
        text_put_rune(&t, rune < 128 && strchr("[]:*?/\\'", (int)rune) ? ' ' : rune);
    }
    return str_z(a, text_done(&t));
}

/* A Chinese sign is as wide as two letters. */
static int letters_of(str s)
{
    int n = 0;
    for (size_t i = 0; i < s.len;)
        n += str_rune(s, &i) < 0x1100 ? 1 : 2;
    return n;
}

static int column_width(const sheet_out *s, size_t column)
{
    if (s->columns[column].width > 0)
        return s->columns[column].width;
    int width = letters_of(s->columns[column].label) + 2;
    for (size_t r = 0; r < s->row_count; r++) {
        const value *v = &s->cells[r * s->column_count + column];
        int letters = v->kind == VALUE_TEXT ? letters_of(v->s) + 2 : 8;
        width = letters > width ? letters : width;
    }
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

static lxw_error cell_put(arena *a, lxw_worksheet *w, lxw_row_t row, lxw_col_t column,
                          const value *v, sheet_out_kind kind, lxw_format *format)
{
    int64_t n;
    if (v->kind == VALUE_INT)
        return worksheet_write_number(w, row, column, (double)v->n, format);
    if (v->kind != VALUE_TEXT || v->s.len == 0)
        return worksheet_write_blank(w, row, column, format);
    if (kind == SHEET_OUT_NUMBER && str_int(v->s, -1000000000000, 1000000000000, &n))
        return worksheet_write_number(w, row, column, (double)n, format);
    return worksheet_write_string(w, row, column, str_z(a, v->s), format);
}

typedef struct formats {
    lxw_format *title, *header, *cell;
} formats;

static formats formats_of(lxw_workbook *book)
{
    formats f = { workbook_add_format(book), workbook_add_format(book), workbook_add_format(book) };
    format_set_bold(f.title);
    format_set_font_size(f.title, 14);
    format_set_align(f.title, LXW_ALIGN_CENTER);
    format_set_bold(f.header);
    format_set_border(f.header, LXW_BORDER_THIN);
    format_set_align(f.header, LXW_ALIGN_CENTER);
    format_set_text_wrap(f.header);
    format_set_border(f.cell, LXW_BORDER_THIN);
    format_set_align(f.cell, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(f.cell);
    return f;
}

static lxw_error sheet_put(arena *a, lxw_workbook *book, const sheet_out *s, const formats *f)
{
    lxw_worksheet *w = workbook_add_worksheet(book, sheet_name(a, s->sheet));
    lxw_row_t row = 0;
    lxw_error error = w ? LXW_NO_ERROR : LXW_ERROR_PARAMETER_VALIDATION;
    if (w && s->title.len) {
        const char *title = str_z(a, s->title);
        if (s->column_count > 1)
            error = worksheet_merge_range(w, 0, 0, 0, (lxw_col_t)(s->column_count - 1), title,
                                          f->title);
        else
            error = worksheet_write_string(w, 0, 0, title, f->title);
        row++;
    }
    for (size_t c = 0; c < s->column_count && !error; c++) {
        worksheet_set_column(w, (lxw_col_t)c, (lxw_col_t)c, column_width(s, c), NULL);
        error =
            worksheet_write_string(w, row, (lxw_col_t)c, str_z(a, s->columns[c].label), f->header);
    }
    if (error)
        return error;
    worksheet_freeze_panes(w, row + 1, 0);
    worksheet_repeat_rows(w, row, row);
    worksheet_set_landscape(w);
    worksheet_set_paper(w, 9); /* A4 */
    worksheet_fit_to_pages(w, 1, 0);
    row++;
    for (size_t r = 0; r < s->row_count; r++, row++) {
        for (size_t c = 0; c < s->column_count && !error; c++)
            error = cell_put(a, w, row, (lxw_col_t)c, &s->cells[r * s->column_count + c],
                             s->columns[c].kind, f->cell);
    }
    if (!error && s->foot.len)
        error = worksheet_write_string(w, row, 0, str_z(a, s->foot), NULL);
    return error;
}

static err *write_err(arena *a, const char *path, lxw_error error, int error_number)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return err_memory();
    if (error == LXW_ERROR_PARAMETER_VALIDATION || error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ||
        error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ||
        error == LXW_ERROR_SHEETNAME_ALREADY_USED)
        return err_new(a, ERR_LIMIT, "sheet.write_limit", VALUES({ "file", str_of(path) }));
    if (error_number) {
        err *e = file_err(a, path, error_number);
        if (error_number == ENOENT)
            e->message = "file.folder_missing"; /* the file itself need not be there */
        return e;
    }
    return err_new(a, ERR_DISK, "sheet.write_failed", VALUES({ "file", str_of(path) }));
}

/* Given back also when memory runs out in the middle. */
typedef struct writing {
    const char *beside;
    lxw_workbook *book;
} writing;

static void writing_drop(void *what)
{
    writing *w = what;
    if (w->book)
        lxw_workbook_free(w->book);
    if (w->beside)
        remove(w->beside);
    *w = (writing){ 0 };
}

static lxw_error book_put(arena *a, lxw_workbook *book, const sheet_out *sheets, size_t sheet_count)
{
    /* 2020-01-01: the day of writing would make other bytes of the same rows */
    lxw_doc_properties properties = { .created = 1577836800 };
    lxw_error error = workbook_set_properties(book, &properties);
    formats f = formats_of(book);
    for (size_t i = 0; i < sheet_count && !error; i++)
        error = sheet_put(a, book, &sheets[i], &f);
    return error;
}

err *sheet_write_xlsx(arena *a, const char *path, const sheet_out *sheets, size_t sheet_count)
{
    const char *beside = str_z(a, text_format(a, "%s.%ld.part", path, (long)getpid()));
    writing *w = arena_new(a, writing);
    arena_defer(a, writing_drop, w);
    FILE *probe = fopen(beside, "wb"); /* the library hides why it cannot */
    if (!probe)
        return write_err(a, path, LXW_NO_ERROR, errno);
    fclose(probe);
    w->beside = beside;
    w->book = workbook_new(beside);
    if (!w->book)
        return err_memory();
    lxw_error error = book_put(a, w->book, sheets, sheet_count);
    errno = 0;
    lxw_error closed = workbook_close(w->book);
    int error_number = errno;
    w->book = NULL;
    error = error ? error : closed;
    if (!error && rename(beside, path) == 0) {
        w->beside = NULL;
        return NULL;
    }
    if (!error)
        error_number = errno;
    writing_drop(w);
    return write_err(a, path, error, error_number);
}

static void csv_cell(text *t, str s)
{
    bool runs = s.len > 1 && strchr("=+@\t\r", s.at[0]) && s.at[0];
    bool minus = s.len > 1 && s.at[0] == '-' && !(s.at[1] >= '0' && s.at[1] <= '9');
    bool quoted = runs || minus || str_find(s, STR("\"")) >= 0 || str_find(s, STR(",")) >= 0 ||
                  str_find(s, STR("\n")) >= 0 || str_find(s, STR("\r")) >= 0;
    if (!quoted) {
        text_put(t, s);
        return;
    }
    text_put_z(t, "\"");
    if (runs || minus)
        text_put_z(t, "'");
    for (size_t i = 0; i < s.len; i++)
        text_put(t, s.at[i] == '"' ? STR("\"\"") : str_part(s, i, 1));
    text_put_z(t, "\"");
}

void sheet_csv_row(text *t, const str *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            text_put_z(t, ",");
        csv_cell(t, cells[i]);
    }
    text_put_z(t, "\r\n");
}

str sheet_csv(arena *a, const sheet_out *sheet)
{
    text t = text_begin(a);
    str *cells = arena_many(a, str, sheet->column_count + 1);
    text_put_z(&t, "\xef\xbb\xbf");
    for (size_t c = 0; c < sheet->column_count; c++)
        cells[c] = sheet->columns[c].label;
    sheet_csv_row(&t, cells, sheet->column_count);
    for (size_t r = 0; r < sheet->row_count; r++) {
        for (size_t c = 0; c < sheet->column_count; c++) {
            const value *v = &sheet->cells[r * sheet->column_count + c];
            cells[c] = v->kind == VALUE_TEXT ? v->s : (str){ 0 };
            if (v->kind == VALUE_INT)
                cells[c] = text_format(a, "%lld", (long long)v->n);
        }
        sheet_csv_row(&t, cells, sheet->column_count);
    }
    return text_done(&t);
}
