#include "sheet/write.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { SHEET_NAME_RUNES = 31, WIDTH_MIN = 6, WIDTH_MAX = 60, LINE_HEIGHT = 16, LINES_MAX = 25 };

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

static int widest_line(str s)
{
    int widest = 0;
    str line;
    while (s.len && str_split(&s, '\n', &line)) {
        int letters = letters_of(line);
        widest = letters > widest ? letters : widest;
    }
    return widest;
}

static int lines_of(str s, int width)
{
    int lines = 0, room = width > 2 ? width - 1 : 1;
    str line;
    while (s.len && str_split(&s, '\n', &line))
        lines += line.len ? (letters_of(line) + room - 1) / room : 1;
    return lines ? lines : 1;
}

static int column_width(const sheet_out *s, size_t column)
{
    if (s->columns[column].width > 0)
        return s->columns[column].width;
    int width = letters_of(s->columns[column].label) + 2;
    for (size_t r = 0; r < s->row_count; r++) {
        const value *v = &s->cells[r * s->column_count + column];
        int letters = v->kind == VALUE_TEXT ? widest_line(v->s) + 2 : 8;
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
    lxw_format *title, *header, *cell, *foot;
} formats;

static formats formats_of(lxw_workbook *book)
{
    formats f = { workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                  workbook_add_format(book) };
    format_set_bold(f.title);
    format_set_font_size(f.title, 14);
    format_set_align(f.title, LXW_ALIGN_CENTER);
    format_set_bold(f.header);
    format_set_border(f.header, LXW_BORDER_THIN);
    format_set_align(f.header, LXW_ALIGN_CENTER);
    format_set_align(f.header, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(f.header);
    format_set_border(f.cell, LXW_BORDER_THIN);
    format_set_align(f.cell, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(f.cell);
    format_set_align(f.foot, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(f.foot);
    return f;
}

/* One sheet being written. */
typedef struct sheet_writing {
    arena *a;
    lxw_worksheet *to;
    const sheet_out *from;
    const formats *formats;
    int *widths; /* one for each column */
    lxw_row_t row;
} sheet_writing;

/* As one cell over the width of the table. */
static lxw_error across_put(sheet_writing *w, str s, lxw_format *format, double line)
{
    int width = 0;
    for (size_t c = 0; c < w->from->column_count; c++)
        width += w->widths[c];
    worksheet_set_row(w->to, w->row, lines_of(s, width) * line, NULL);
    lxw_col_t last = (lxw_col_t)(w->from->column_count - 1);
    const char *text = str_z(w->a, s);
    lxw_row_t row = w->row++;
    return last > 0 ? worksheet_merge_range(w->to, row, 0, row, last, text, format)
                    : worksheet_write_string(w->to, row, 0, text, format);
}

static lxw_error head_put(sheet_writing *w)
{
    lxw_error error = LXW_NO_ERROR;
    for (size_t c = 0; c < w->from->column_count && !error; c++) {
        worksheet_set_column(w->to, (lxw_col_t)c, (lxw_col_t)c, w->widths[c], NULL);
        error = worksheet_write_string(w->to, w->row, (lxw_col_t)c,
                                       str_z(w->a, w->from->columns[c].label), w->formats->header);
    }
    worksheet_freeze_panes(w->to, w->row + 1, 0);
    worksheet_repeat_rows(w->to, w->row, w->row);
    w->row++;
    return error;
}

/* Spreadsheet programs make a row as high as its text only when it is edited. */
static void height_set(sheet_writing *w, const value *cells, lxw_row_t row)
{
    int lines = 1;
    for (size_t c = 0; c < w->from->column_count; c++) {
        int n = cells[c].kind == VALUE_TEXT ? lines_of(cells[c].s, w->widths[c]) : 1;
        lines = n > lines ? n : lines;
    }
    worksheet_set_row(w->to, row, (lines < LINES_MAX ? lines : LINES_MAX) * LINE_HEIGHT + 2, NULL);
}

static bool cell_same(const sheet_out *s, size_t r, size_t other, size_t c)
{
    const value *x = &s->cells[r * s->column_count + c], *y = &s->cells[other * s->column_count + c];
    return x->kind == VALUE_TEXT && y->kind == VALUE_TEXT && str_equal(x->s, y->s);
}

/* The cell and, at the first of a run to be merged, all of the run. */
static lxw_error value_put(sheet_writing *w, size_t r, size_t c)
{
    const sheet_out *s = w->from;
    const value *v = &s->cells[r * s->column_count + c];
    size_t end = r;
    lxw_row_t row = w->row + (lxw_row_t)r;
    if (s->columns[c].merge_same && r > 0 && cell_same(s, r - 1, r, c))
        return LXW_NO_ERROR; /* stands in the run above */
    while (s->columns[c].merge_same && end + 1 < s->row_count && cell_same(s, r, end + 1, c))
        end++;
    if (end > r)
        return worksheet_merge_range(w->to, row, (lxw_col_t)c, w->row + (lxw_row_t)end, (lxw_col_t)c,
                                     str_z(w->a, v->s), w->formats->cell);
    return cell_put(w->a, w->to, row, (lxw_col_t)c, v, s->columns[c].kind, w->formats->cell);
}

static lxw_error rows_put(sheet_writing *w)
{
    const sheet_out *s = w->from;
    lxw_error error = LXW_NO_ERROR;
    for (size_t r = 0; r < s->row_count && !error; r++) {
        height_set(w, &s->cells[r * s->column_count], w->row + (lxw_row_t)r);
        for (size_t c = 0; c < s->column_count && !error; c++)
            error = value_put(w, r, c);
    }
    w->row += (lxw_row_t)s->row_count;
    return error;
}

/* A4 across, all columns on one page's width, the head on each page. */
static void paper_set(sheet_writing *w)
{
    worksheet_set_landscape(w->to);
    worksheet_set_paper(w->to, 9); /* A4 */
    worksheet_fit_to_pages(w->to, 1, 0);
    worksheet_set_margins(w->to, 0.4, 0.4, 0.5, 0.6);
    worksheet_center_horizontally(w->to);
    worksheet_set_footer(w->to, "&C&P / &N");
    if (w->row && w->from->column_count)
        worksheet_print_area(w->to, 0, 0, w->row - 1, (lxw_col_t)(w->from->column_count - 1));
}

static lxw_error sheet_put(arena *a, lxw_workbook *book, const sheet_out *s, const formats *f)
{
    sheet_writing w = { .a = a, .to = workbook_add_worksheet(book, sheet_name(a, s->sheet)), .from = s, .formats = f };
    if (!w.to)
        return LXW_ERROR_PARAMETER_VALIDATION;
    w.widths = arena_many(a, int, s->column_count + 1);
    for (size_t c = 0; c < s->column_count; c++)
        w.widths[c] = column_width(s, c);
    lxw_error error = s->title.len ? across_put(&w, s->title, f->title, 22) : LXW_NO_ERROR;
    if (!error)
        error = head_put(&w);
    if (!error)
        error = rows_put(&w);
    if (!error && s->foot.len)
        error = across_put(&w, s->foot, f->foot, LINE_HEIGHT);
    paper_set(&w);
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
