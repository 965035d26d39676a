#include "sheet/amend.h"
#include "sheet/word.h"
#include "sheet/write.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { TOP_ROWS_MAX = 200, COLUMN_WIDTH = 14, REASON_WIDTH = 50 };

/* One page whose rows go back. */
typedef struct left_out {
    arena *a;
    words_lang lang;
    const sheet_table *table;
    const sheet_trouble **at; /* errors of its rows, by row */
    size_t count;
    int reason; /* the column of it: behind all others, or where an earlier one stands */
    int width;
    int shift; /* rows added at the top: whose list it is, where only the file's name says it */
    str issuer;
    size_t resolved; /* index of the row of the table reached so far */
} left_out;

static int by_row(const void *a, const void *b)
{
    const sheet_trouble *x = *(const sheet_trouble *const *)a,
                        *y = *(const sheet_trouble *const *)b;
    return (x->row > y->row) - (x->row < y->row);
}

static left_out left_out_of(arena *a, words_lang lang, const sheet_table *t, const sheet_troubles *troubles)
{
    left_out l = { .a = a, .lang = lang, .table = t, .reason = t->column_count, .width = t->column_count + 1 };
    l.at = arena_many(a, const sheet_trouble *, troubles->list.count + 1);
    for (size_t i = 0; i < troubles->list.count; i++) {
        const sheet_trouble *one = &troubles->list.at[i];
        if (one->severity == SHEET_ERROR && one->row > 0 && str_equal(one->sheet, t->page->name))
            l.at[l.count++] = one;
    }
    if (l.count)
        qsort(l.at, l.count, sizeof *l.at, by_row); /* of pointers. NOLINT(bugprone-sizeof-expression) */
    sheet_said_in where = SHEET_SAID_NOWHERE;
    str issuer = t->kind == SHEET_PEOPLE ? sheet_issuer(a, t, &where) : (str){ 0 };
    if (where == SHEET_SAID_IN_NAME || where == SHEET_SAID_BY_PERSON) {
        l.shift = 1;
        l.issuer = issuer;
    }
    for (int c = 0; c < t->column_count; c++) {
        if (sheet_is_reason(a, t->columns[c].label)) {
            l.reason = c;
            l.width = t->column_count;
        }
    }
    return l;
}

/* The row of the table with this number, or null; asked in ascending order. */
static const sheet_row *resolved_row(left_out *l, int number)
{
    while (l->resolved < l->table->rows.count && l->table->rows.at[l->resolved].number < number)
        l->resolved++;
    const sheet_row *row = l->resolved < l->table->rows.count ? &l->table->rows.at[l->resolved] : NULL;
    return row && row->number == number ? row : NULL;
}

static void cells_fill(left_out *l, const sheet_row *row, str *cells)
{
    const sheet_row *resolved = resolved_row(l, row->number);
    for (int c = 0; c < l->table->column_count; c++) {
        str cell = c < row->cell_count ? row->cells[c] : (str){ 0 };
        bool same = cell.len == 0 || sheet_is_ditto(cell);
        if (same && resolved && resolved->cells[c].len)
            cell = resolved->cells[c];
        if (l->table->columns[c].unwanted)
            cell.len = 0;
        cells[c] = cell;
    }
}

/* What is wrong with a row; *next moves on to the errors of later rows. */
static str reasons_of(const left_out *l, int number, size_t *next)
{
    text reason = text_begin(l->a);
    while (*next < l->count && l->at[*next]->row < number)
        ++*next;
    for (; *next < l->count && l->at[*next]->row == number; ++*next) {
        if (reason.len)
            text_put_z(&reason, "; ");
        words_put(&reason, l->lang, l->at[*next]->what, l->at[*next]->values);
    }
    return text_done(&reason);
}

/* A page without a header gets one, of what its columns were taken for: it can be sent again without a word. */
static int last_header_row(const left_out *l)
{
    return l->table->header_row ? l->table->header_last_row : 1;
}

static str label_made(const left_out *l, int column)
{
    sheet_field field = l->table->columns[column].field;
    if (field == SHEET_NONE || field == SHEET_IGNORED)
        return STR("");
    return sheet_label(l->table->kind, field, l->lang);
}

/* ---- as CSV ---- */

static void csv_put_made(const left_out *l, text *out)
{
    str *cells = arena_many(l->a, str, l->width);
    for (int c = 0; c < l->table->column_count; c++)
        cells[c] = label_made(l, c);
    cells[l->reason] = words_get(l->a, l->lang, "sheet.reason", NULL);
    sheet_csv_row(out, cells, (size_t)l->width);
}

static void csv_put(left_out *l, text *out)
{
    const sheet_page *page = l->table->page;
    str *cells = arena_many(l->a, str, l->width);
    size_t next = 0;
    if (!l->table->header_row)
        csv_put_made(l, out);
    for (size_t i = 0; i < page->rows.count; i++) {
        const sheet_row *row = &page->rows.at[i];
        bool header = row->number >= l->table->header_row && row->number <= l->table->header_last_row;
        str reason = header ? words_get(l->a, l->lang, "sheet.reason", NULL) : reasons_of(l, row->number, &next);
        if (reason.len == 0)
            continue;
        memset(cells, 0, (size_t)l->width * sizeof *cells);
        if (header)
            memcpy(cells, row->cells, (size_t)(row->cell_count < l->width ? row->cell_count : l->width) * sizeof(str));
        else
            cells_fill(l, row, cells);
        cells[l->reason] = reason;
        sheet_csv_row(out, cells, (size_t)l->width);
    }
}

str sheet_left_out_csv(arena *a, words_lang lang, const sheet_file *file, sheet_kind kind,
                       const sheet_troubles *troubles)
{
    sheet_tables tables;
    text out = text_begin(a);
    text_put_z(&out, "\xef\xbb\xbf");
    if (sheet_tables_of(a, file, kind, NULL, &tables))
        return text_done(&out);
    for (size_t i = 0; i < tables.list.count; i++) {
        left_out l = left_out_of(a, lang, &tables.list.at[i], troubles);
        if (l.count)
            csv_put(&l, &out);
    }
    return text_done(&out);
}

/* ---- as a workbook ---- */

/* In memory, under a path for the library, which writes files only. */
typedef struct book {
    int fd;
    lxw_workbook *at;
    lxw_format *text, *head;
} book;

static void book_close(void *what)
{
    book *b = what;
    if (b->at)
        lxw_workbook_free(b->at);
    if (b->fd >= 0)
        close(b->fd);
    *b = (book){ .fd = -1 };
}

static err *book_open(arena *a, book **out)
{
    book *b = *out = arena_new(a, book);
    b->fd = memfd_create("left-out", MFD_CLOEXEC);
    if (b->fd < 0)
        return file_err(a, "memfd", errno);
    arena_defer(a, book_close, b);
    lxw_workbook_options options = { .constant_memory = LXW_FALSE };
    b->at = workbook_new_opt(str_z(a, text_format(a, "/proc/self/fd/%d", b->fd)), &options);
    if (!b->at)
        return err_memory();
    b->text = workbook_add_format(b->at);
    b->head = workbook_add_format(b->at);
    format_set_num_format(b->text, "@"); /* 8-3-501 typed into it stays what it is */
    format_set_bold(b->head);
    format_set_text_wrap(b->head);
    format_set_align(b->head, LXW_ALIGN_CENTER);
    format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
    return NULL;
}

static void merge_put(const left_out *l, lxw_worksheet *w, book *b, const sheet_merge *m, str value)
{
    worksheet_merge_range(w, (lxw_row_t)(m->first_row - 1 + l->shift), (lxw_col_t)m->first_column,
                          (lxw_row_t)(m->last_row - 1 + l->shift), (lxw_col_t)m->last_column, str_z(l->a, value), b->head);
}

/* A merged cell above the rows is one again, unless a damaged file has two over one place. */
static bool merge_take(const left_out *l, const sheet_merge *m, bool *covered)
{
    if (m->last_row > l->table->header_last_row || m->last_column >= l->table->column_count ||
        (m->first_row == m->last_row && m->first_column == m->last_column))
        return false;
    for (int pass = 0; pass < 2; pass++) {
        for (int r = m->first_row; r <= m->last_row; r++) {
            for (int c = m->first_column; c <= m->last_column; c++) {
                bool *at = &covered[(size_t)(r - 1) * SHEET_COLUMNS_MAX + (size_t)c];
                if (pass == 0 && *at)
                    return false;
                *at = pass == 1;
            }
        }
    }
    return true;
}

static str cell_at(const sheet_page *page, int number, int column)
{
    for (size_t i = 0; i < page->rows.count && page->rows.at[i].number <= number; i++) {
        const sheet_row *row = &page->rows.at[i];
        if (row->number == number && column < row->cell_count)
            return row->cells[column];
    }
    return (str){ 0 };
}

static void top_put_made(const left_out *l, lxw_worksheet *w, book *b)
{
    for (int c = 0; c < l->table->column_count; c++) {
        str label = label_made(l, c);
        if (label.len)
            worksheet_write_string(w, (lxw_row_t)l->shift, (lxw_col_t)c, str_z(l->a, label), b->head);
    }
}

/* The lines down to the header, in their old places. */
static void top_put(const left_out *l, lxw_worksheet *w, book *b)
{
    const sheet_page *page = l->table->page;
    int last = l->table->header_last_row;
    bool *covered = arena_many(l->a, bool, (size_t)TOP_ROWS_MAX * SHEET_COLUMNS_MAX);
    for (size_t i = 0; i < page->merges.count && last <= TOP_ROWS_MAX; i++) {
        const sheet_merge *m = &page->merges.at[i];
        if (merge_take(l, m, covered))
            merge_put(l, w, b, m, cell_at(page, m->first_row, m->first_column));
    }
    for (size_t i = 0; i < page->rows.count && page->rows.at[i].number <= last; i++) {
        const sheet_row *row = &page->rows.at[i];
        for (int c = 0; c < row->cell_count && c < l->table->column_count; c++) {
            bool free = last > TOP_ROWS_MAX || !covered[(size_t)(row->number - 1) * SHEET_COLUMNS_MAX + (size_t)c];
            if (row->cells[c].len && free)
                worksheet_write_string(w, (lxw_row_t)(row->number - 1 + l->shift), (lxw_col_t)c, str_z(l->a, row->cells[c]), b->head);
        }
    }
    str reason = words_get(l->a, l->lang, "sheet.reason", NULL);
    lxw_row_t at = (lxw_row_t)((l->table->header_row ? l->table->header_row - 1 : 0) + l->shift);
    if (l->shift)
        worksheet_write_string(w, 0, 0, str_z(l->a, text_format(l->a, "%s：%.*s", word_first(WORD_FILLED_BY).at, STR_ARG(l->issuer))), b->text);
    if (!l->table->header_row)
        top_put_made(l, w, b);
    worksheet_write_string(w, at, (lxw_col_t)l->reason, str_z(l->a, reason), b->head);
}

static lxw_error rows_put(left_out *l, lxw_worksheet *w, book *b)
{
    const sheet_page *page = l->table->page;
    str *cells = arena_many(l->a, str, l->width);
    lxw_error error = LXW_NO_ERROR;
    lxw_row_t at = (lxw_row_t)(last_header_row(l) + l->shift);
    size_t next = 0;
    for (size_t i = 0; i < page->rows.count && !error; i++) {
        str reason = reasons_of(l, page->rows.at[i].number, &next);
        if (reason.len == 0 || page->rows.at[i].number <= l->table->header_last_row)
            continue;
        cells_fill(l, &page->rows.at[i], cells);
        cells[l->reason] = reason;
        for (int c = 0; c < l->width && !error; c++) {
            if (cells[c].len)
                error = worksheet_write_string(w, at, (lxw_col_t)c, str_z(l->a, cells[c]), b->text);
        }
        at++;
    }
    return error;
}

/* Its own name, which may say whose branch the rows are; a CSV has none. */
static lxw_worksheet *sheet_add(left_out *l, book *b)
{
    const char *name = str_z(l->a, l->table->page->name);
    for (int n = 1; !*name || workbook_validate_sheet_name(b->at, name) != LXW_NO_ERROR; n++)
        name = text_format(l->a, "Sheet%d", n).at;
    return workbook_add_worksheet(b->at, name);
}

static lxw_error page_put(left_out *l, book *b)
{
    lxw_worksheet *w = sheet_add(l, b);
    if (!w)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    worksheet_set_column(w, 0, (lxw_col_t)(l->width - 1), COLUMN_WIDTH, b->text);
    worksheet_set_column(w, (lxw_col_t)l->reason, (lxw_col_t)l->reason, REASON_WIDTH, b->text);
    worksheet_freeze_panes(w, (lxw_row_t)(last_header_row(l) + l->shift), 0);
    top_put(l, w, b);
    return rows_put(l, w, b);
}

static err *book_bytes(arena *a, book *b, str *bytes)
{
    lxw_error error = workbook_close(b->at);
    b->at = NULL;
    off_t size = lseek(b->fd, 0, SEEK_END);
    if (error || size <= 0)
        return err_new(a, ERR_DISK, "sheet.write_failed", VALUES({ "file", STR("xlsx") }));
    char *out = arena_alloc(a, (size_t)size);
    if (pread(b->fd, out, (size_t)size, 0) != size)
        return file_err(a, "memfd", errno);
    *bytes = (str){ out, (size_t)size };
    book_close(b);
    return NULL;
}

static err *file_put(arena *a, words_lang lang, const sheet_left *from, sheet_kind kind, book **b)
{
    sheet_tables tables;
    TRY(sheet_tables_of(a, from->file, kind, NULL, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        left_out l = left_out_of(a, lang, &tables.list.at[i], from->troubles);
        if (l.count == 0)
            continue;
        if (!*b)
            TRY(book_open(a, b));
        if (page_put(&l, *b))
            return err_new(a, ERR_LIMIT, "sheet.write_limit", VALUES({ "file", from->file->name }));
    }
    return NULL;
}

err *sheet_left_out_xlsx(arena *a, words_lang lang, sheet_kind kind, const sheet_left *files, size_t count, str *bytes)
{
    book *b = NULL;
    *bytes = (str){ 0 };
    for (size_t i = 0; i < count; i++)
        TRY(file_put(a, lang, &files[i], kind, &b));
    return b ? book_bytes(a, b, bytes) : NULL;
}
