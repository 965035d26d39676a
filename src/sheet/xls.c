#include "sheet/xls.h"
#include "sheet/numbers.h"
#include "sheet/page.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BOF = 0x809, END = 0x0a, FILE_PASS = 0x2f, DATE_MODE = 0x22, FONT = 0x31, FORMAT = 0x41e, XF = 0xe0,
    BOUND_SHEET = 0x85, SHARED_TEXTS = 0xfc, ROW = 0x208, COLUMN_INFO = 0x7d, NUMBER = 0x203, RK = 0x27e,
    MULTI_RK = 0xbd, BOOL_OR_ERROR = 0x205, LABEL = 0x204, RICH_LABEL = 0xd6, SHARED_LABEL = 0xfd, FORMULA = 0x06,
    FORMULA_TEXT = 0x207, MERGED = 0xe5, NOTE = 0x1c, OBJECT = 0x5d, FILTER_MODE = 0x9b
};
enum { VERSION_8 = 0x600, OBJECT_PICTURE = 8, FONT_STRUCK = 8, ROW_HIDDEN = 0x20, SHEETS_MAX = 1000, ROWS = 65536 };
enum { COLOUR_FIRST = 10, COLOUR_LAST = 63 /* of the palette; the first eight are those again */ };

typedef struct xls_style {
    unsigned char kind;  /* number_kind */
    unsigned char marks; /* of a row in which a text is so */
} xls_style;
typedef struct xls_format {
    unsigned id;
    unsigned char kind;
} xls_format;
typedef struct xls_sheet {
    str name;
    size_t at; /* in the stream */
    bool hidden;
} xls_sheet;
typedef struct xls_cell {
    int row, column; /* from 0 */
    int marks;
    str value;
} xls_cell;

typedef struct xls {
    arena *a;
    sheet_file *out;
    str stream;
    size_t next; /* where the record after the one under way begins */
    size_t walked;
    uint16_t *units; /* XLS_UNITS_MAX */
    bool day_zero_1904;
    LIST(xls_format) formats;
    LIST(unsigned char) fonts; /* their marks */
    LIST(xls_style) styles;
    LIST(xls_sheet) sheets;
    LIST(str) texts;
    /* of the sheet under way */
    page_builder builder;
    LIST(xls_cell) cells;
    bool *hidden_rows; /* ROWS */
    bool unordered;
} xls;

static err *xls_err(const xls *x, err_code code, const char *what)
{
    return err_new(x->a, code, what, VALUES({ "file", x->out->name }));
}

/* ---- what stands before the sheets ---- */

/* Black, white and what the system has for them are none. */
static bool is_colour(unsigned index)
{
    return (index >= COLOUR_FIRST && index <= COLOUR_LAST) || (index > 1 && index < 8);
}

static void font_take(xls *x, str data)
{
    int marks = xls_u16(data, 2) & FONT_STRUCK ? SHEET_ROW_STRUCK : 0;
    marks |= is_colour(xls_u16(data, 4)) ? SHEET_ROW_COLOURED : 0;
    *list_add(x->a, &x->fonts) = (unsigned char)marks;
}

static void style_take(xls *x, str data)
{
    unsigned font = xls_u16(data, 0), format = xls_u16(data, 2), filled = xls_u32(data, 14) >> 26;
    xls_style s = { .kind = (unsigned char)number_kind_of_id((int)format) };
    for (size_t i = 0; i < x->formats.count; i++) {
        if (x->formats.at[i].id == format)
            s.kind = x->formats.at[i].kind;
    }
    font -= font > 4; /* there is no font 4 */
    int marks = font < x->fonts.count ? x->fonts.at[font] : 0;
    marks |= filled && is_colour(xls_u16(data, 18) & 0x7f) ? SHEET_ROW_COLOURED : 0;
    s.marks = (unsigned char)marks;
    *list_add(x->a, &x->styles) = s;
}

static bool sheet_take(xls *x, str data)
{
    if (xls_u8(data, 5) != 0)
        return true; /* a chart or a macro */
    xls_texts t = xls_texts_of(x->a, x->units, (str){ 0 }, 0, str_from(data, 7));
    xls_sheet s = { .name = xls_units(&t, xls_u8(data, 6)), .at = xls_u32(data, 0) };
    s.hidden = (xls_u8(data, 4) & 3) != 0;
    *list_add(x->a, &x->sheets) = s;
    return !t.broken && x->sheets.count <= SHEETS_MAX;
}

static bool texts_take(xls *x, str data)
{
    xls_texts t = xls_texts_of(x->a, x->units, x->stream, x->next, str_from(data, 8));
    uint32_t count = xls_u32(data, 4);
    for (uint32_t i = 0; i < count && !t.broken; i++) {
        str text = xls_text(&t);
        if (!t.broken)
            *list_add(x->a, &x->texts) = text;
    }
    x->next = t.next;
    return !t.broken;
}

static void format_take(xls *x, str data)
{
    xls_texts t = xls_texts_of(x->a, x->units, (str){ 0 }, 0, str_from(data, 2));
    number_kind kind = number_kind_of_format(xls_text(&t));
    if (!t.broken)
        *list_add(x->a, &x->formats) = (xls_format){ xls_u16(data, 0), (unsigned char)kind };
}

/* False: damaged. */
static bool global_take(xls *x, const xls_record *r)
{
    switch (r->kind) {
    case DATE_MODE:
        x->day_zero_1904 = xls_u16(r->data, 0) == 1;
        break;
    case FONT:
        font_take(x, r->data);
        break;
    case FORMAT:
        format_take(x, r->data);
        break;
    case XF:
        style_take(x, r->data);
        break;
    case BOUND_SHEET:
        return sheet_take(x, r->data);
    case SHARED_TEXTS:
        return texts_take(x, r->data);
    default:
        break;
    }
    return true;
}

static err *globals_read(xls *x)
{
    xls_record r = { 0 };
    if (!xls_next(x->stream, &x->next, &r) || r.kind != BOF)
        return xls_err(x, ERR_INPUT, "sheet.damaged");
    if (xls_u16(r.data, 0) != VERSION_8)
        return xls_err(x, ERR_INPUT, "sheet.old_format");
    while (xls_next(x->stream, &x->next, &r)) {
        if (r.kind == END)
            return NULL;
        if (r.kind == FILE_PASS)
            return xls_err(x, ERR_INPUT, "sheet.encrypted");
        if (!global_take(x, &r))
            break;
    }
    return xls_err(x, ERR_INPUT, "sheet.damaged");
}

/* ---- cells ---- */

static xls_style style_of(const xls *x, unsigned number)
{
    return number < x->styles.count ? x->styles.at[number] : (xls_style){ 0 };
}

/* Row, column and style stand first in all of them. */
static xls_cell *cell_add(xls *x, str data, str value)
{
    xls_cell *last = x->cells.count ? &x->cells.at[x->cells.count - 1] : NULL;
    xls_cell c = { .row = (int)xls_u16(data, 0), .column = (int)xls_u16(data, 2), .value = value };
    c.marks = style_of(x, xls_u16(data, 4)).marks;
    x->unordered |= last && last->row > c.row;
    xls_cell *added = list_add(x->a, &x->cells);
    *added = c;
    return added;
}

static str number_of(xls *x, double n, unsigned style)
{
    char raw[40];
    int len = snprintf(raw, sizeof raw, "%.17g", n);
    return number_text(x->a, (str){ raw, (size_t)len }, (number_kind)style_of(x, style).kind, x->day_zero_1904);
}

static str error_text(unsigned code)
{
    static const struct {
        unsigned code;
        const char *text;
    } errors[] = {
        { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0f, "#VALUE!" }, { 0x17, "#REF!" },
        { 0x1d, "#NAME?" }, { 0x24, "#NUM!" },   { 0x2a, "#N/A" },
    };
    for (size_t i = 0; i < COUNT(errors); i++) {
        if (errors[i].code == code)
            return str_of(errors[i].text);
    }
    return STR("#ERROR!");
}

static str truth_text(unsigned is_error, unsigned value)
{
    return is_error ? error_text(value) : value ? STR("1") : STR("0");
}

static void numbers_add(xls *x, str data)
{
    for (size_t at = 4, column = xls_u16(data, 2); at + 6 < data.len; at += 6, column++) {
        xls_cell *c = cell_add(x, data, number_of(x, xls_rk(xls_u32(data, at + 2)), xls_u16(data, at)));
        c->column = (int)column;
        c->marks = style_of(x, xls_u16(data, at)).marks;
    }
}

/* The result it had when it was saved; a text follows in a record of its own. */
static void formula_add(xls *x, str data)
{
    str value = { 0 };
    if (xls_u16(data, 12) != 0xffff)
        value = number_of(x, xls_double(data, 6), xls_u16(data, 4));
    else if (xls_u8(data, 6) == 1 || xls_u8(data, 6) == 2)
        value = truth_text(xls_u8(data, 6) == 2, xls_u8(data, 8));
    cell_add(x, data, value);
}

static bool text_here(xls *x, str data, str *text)
{
    xls_texts t = xls_texts_of(x->a, x->units, x->stream, x->next, data);
    *text = xls_text(&t);
    return !t.broken;
}

static bool label_add(xls *x, str data)
{
    str text;
    bool whole = text_here(x, str_from(data, 6), &text);
    cell_add(x, data, text);
    return whole;
}

static bool shared_add(xls *x, str data)
{
    uint32_t index = xls_u32(data, 6);
    if (index >= x->texts.count)
        return false;
    cell_add(x, data, x->texts.at[index]);
    return true;
}

/* False: damaged. */
static bool cell_take(xls *x, const xls_record *r)
{
    str d = r->data;
    switch (r->kind) {
    case SHARED_LABEL:
        return shared_add(x, d);
    case LABEL:
    case RICH_LABEL:
        return label_add(x, d);
    case NUMBER:
        cell_add(x, d, number_of(x, xls_double(d, 6), xls_u16(d, 4)));
        break;
    case RK:
        cell_add(x, d, number_of(x, xls_rk(xls_u32(d, 6)), xls_u16(d, 4)));
        break;
    case MULTI_RK:
        numbers_add(x, d);
        break;
    case BOOL_OR_ERROR:
        cell_add(x, d, truth_text(xls_u8(d, 7), xls_u8(d, 6)));
        break;
    case FORMULA:
        formula_add(x, d);
        break;
    case FORMULA_TEXT:
        return x->cells.count && text_here(x, d, &x->cells.at[x->cells.count - 1].value);
    default:
        break;
    }
    return true;
}

/* ---- sheets ---- */

static err *merges_take(xls *x, str data)
{
    for (size_t i = 0, at = 2; i < xls_u16(data, 0) && at + 8 <= data.len; i++, at += 8) {
        sheet_merge m = { .first_row = (int)xls_u16(data, at) + 1, .last_row = (int)xls_u16(data, at + 2) + 1,
                          .first_column = (int)xls_u16(data, at + 4), .last_column = (int)xls_u16(data, at + 6) };
        TRY(page_merge(&x->builder, m));
    }
    return NULL;
}

static err *property_take(xls *x, const xls_record *r)
{
    sheet_page *page = x->builder.page;
    str d = r->data;
    if (r->kind == MERGED)
        return merges_take(x, d);
    if (r->kind == ROW && xls_u16(d, 12) & ROW_HIDDEN)
        x->hidden_rows[xls_u16(d, 0)] = true;
    else if (r->kind == COLUMN_INFO && xls_u16(d, 8) & 1)
        page_hide_columns(&x->builder, (int)xls_u16(d, 0), (int)xls_u16(d, 2));
    else if (r->kind == NOTE)
        page->noted = true;
    else if (r->kind == FILTER_MODE)
        page->filtered = true;
    else if (r->kind == OBJECT && xls_u16(d, 4) == OBJECT_PICTURE)
        page->pictured = true;
    return NULL;
}

/* Charts stand inside as sheets of their own. */
static err *sheet_walk(xls *x)
{
    xls_record r = { 0 };
    int depth = 0;
    while (xls_next(x->stream, &x->next, &r)) {
        x->walked += r.data.len + 4;
        if (depth == 0 && r.kind != BOF)
            break;
        depth += r.kind == BOF ? 1 : r.kind == END ? -1 : 0;
        if (depth == 0)
            return NULL;
        if (depth == 1 && !cell_take(x, &r))
            break;
        if (depth == 1)
            TRY(property_take(x, &r));
        if (x->walked > SHEET_UNPACKED_MAX_BYTES)
            return xls_err(x, ERR_LIMIT, "sheet.bomb");
    }
    return xls_err(x, ERR_INPUT, "sheet.damaged");
}

static int by_row(const void *a, const void *b)
{
    const xls_cell *x = a, *y = b;
    return x->row != y->row ? x->row - y->row : x->column - y->column;
}

static err *sheet_read_at(xls *x, const xls_sheet *s)
{
    sheet_page *page = list_add(x->a, &x->out->pages);
    *page = (sheet_page){ .name = s->name, .hidden = s->hidden };
    x->builder = page_begin(x->a, x->out->name, page);
    x->cells.count = 0;
    memset(x->hidden_rows, 0, ROWS * sizeof *x->hidden_rows);
    x->unordered = false;
    x->next = s->at;
    TRY(sheet_walk(x));
    if (x->unordered)
        qsort(x->cells.at, x->cells.count, sizeof *x->cells.at, by_row);
    for (size_t i = 0; i < x->cells.count; i++) {
        const xls_cell *c = &x->cells.at[i];
        if (c->value.len == 0)
            continue;
        TRY(page_cell(&x->builder, c->row + 1, c->column, c->value));
        page_mark(&x->builder, c->marks | (x->hidden_rows[c->row] ? SHEET_ROW_HIDDEN : 0));
    }
    return page_end(&x->builder);
}

err *xls_records(arena *a, str stream, sheet_file *out)
{
    xls *x = arena_new(a, xls);
    *x = (xls){ .a = a, .out = out, .stream = stream };
    x->units = arena_many(a, uint16_t, XLS_UNITS_MAX);
    x->hidden_rows = arena_many(a, bool, ROWS);
    TRY(globals_read(x));
    for (size_t i = 0; i < x->sheets.count; i++)
        TRY(sheet_read_at(x, &x->sheets.at[i]));
    return pages_check(a, out);
}

err *xls_read(arena *a, str bytes, sheet_file *out)
{
    str stream = { 0 };
    TRY(xls_stream(a, bytes, out, &stream));
    return xls_records(a, stream, out);
}
