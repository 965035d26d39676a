#include "print/table.h"

#include "print/page.h"

static const double MARGIN = 10, TOP = 24, HEAD_PAD = 1.6, PAD = 1.4, FOOT = 9, SHORT_SIDE = 210, LONG_SIDE = 297, WIDEST = 70, NARROWEST = 9, SMALLEST = 3;
static const double THIN = 0.18, HEAVY = 0.45;
static const page_font CELL = { .size = 10 }, HEAD = { .size = 9.5, .bold = true };
enum { COLUMNS_MAX = 40 };

typedef struct table {
    const print_table_sheet *s;
    size_t rows;
    double width, height, x[COLUMNS_MAX + 1];
} table;

static str cell(const table *t, size_t row, size_t column)
{
    return t->s->cells.at[row * t->s->columns.count + column];
}

/* Of the widest line. */
static double width_of(page *p, page_font font, str s)
{
    double widest = 0;
    str line;
    while (str_split(&s, '\n', &line)) {
        double w = page_text_width(p, font, line);
        widest = w > widest ? w : widest;
    }
    return widest;
}

static double wanted(page *p, const table *t, size_t column)
{
    double w = width_of(p, HEAD, t->s->columns.at[column].label);
    for (size_t r = 0; r < t->rows; r++) {
        double of = width_of(p, CELL, cell(t, r, column));
        w = of > w ? of : w;
    }
    w += 2 * PAD + 0.8; /* or rounding breaks a name */
    return w > WIDEST ? WIDEST : w < NARROWEST ? NARROWEST : w;
}

/* What is over is shared by all; what is missing is taken from those above their share, the widest giving most. */
static void share(table *t, double *w, double room)
{
    size_t n = t->s->columns.count;
    double sum = 0, over = 0, fair = room / (double)n;
    for (size_t c = 0; c < n; c++) {
        sum += w[c];
        over += w[c] > fair ? w[c] - fair : 0;
    }
    for (size_t c = 0; c < n; c++) {
        if (sum <= room)
            w[c] *= room / sum;
        else if (w[c] > fair)
            w[c] -= (w[c] - fair) * (sum - room) / over;
    }
}

static void measure(page *p, table *t)
{
    double w[COLUMNS_MAX];
    for (size_t c = 0; c < t->s->columns.count; c++)
        w[c] = wanted(p, t, c);
    share(t, w, t->width - 2 * MARGIN);
    t->x[0] = MARGIN;
    for (size_t c = 0; c < t->s->columns.count; c++)
        t->x[c + 1] = t->x[c] + w[c];
}

/* -- drawn ----------------------------------------------------------------------------------------------- */
static void put_cell(page *p, const table *t, size_t column, page_font font, double y, double pad, str s)
{
    double x = t->x[column] + PAD, w = t->x[column + 1] - t->x[column] - 2 * PAD;
    if (t->s->columns.at[column].number)
        font.align = PAGE_RIGHT;
    page_lines(p, font, x, y + pad, w, true, s);
}

static double height_of(page *p, const table *t, size_t row, page_font font)
{
    double most = page_lines(p, font, 0, 0, WIDEST, false, STR("x"));
    for (size_t c = 0; c < t->s->columns.count; c++) {
        double h = page_lines(p, font, 0, 0, t->x[c + 1] - t->x[c] - 2 * PAD, false, cell(t, row, c));
        most = h > most ? h : most;
    }
    return most + 2 * PAD;
}

/* As everywhere, unless the row would be taller than a page: sixty at one post, each telephone on a line of its own. */
static page_font font_of(page *p, const table *t, size_t row, double room)
{
    page_font font = CELL;
    while (height_of(p, t, row, font) > room && font.size > SMALLEST)
        font.size -= 0.5;
    return font;
}

static double put_head(page *p, const table *t)
{
    double most = 0;
    page_new(p);
    page_text(p, (page_font){ .size = 16, .bold = true, .align = PAGE_CENTRE }, (page_box){ MARGIN, 9, t->width - 2 * MARGIN, 9 }, t->s->title);
    page_text(p, (page_font){ 8.5, false, PAGE_RIGHT }, (page_box){ MARGIN, t->height - FOOT, t->width - 2 * MARGIN, 5 },
              page_foot(p, t->s->head.created_at));
    for (size_t c = 0; c < t->s->columns.count; c++) {
        double h = page_lines(p, HEAD, 0, 0, t->x[c + 1] - t->x[c] - 2 * PAD, false, t->s->columns.at[c].label);
        most = h > most ? h : most;
    }
    page_rule(p, t->x[0], TOP, t->x[t->s->columns.count], TOP, HEAVY);
    for (size_t c = 0; c < t->s->columns.count; c++)
        put_cell(p, t, c, HEAD, TOP, HEAD_PAD, t->s->columns.at[c].label);
    return TOP + most + 2 * HEAD_PAD;
}

static bool goes_on(const table *t, size_t row, size_t column)
{
    return row > 0 && t->s->columns.at[column].merge_same && cell(t, row, column).len && str_equal(cell(t, row, column), cell(t, row - 1, column));
}

/* One row; first of its page: what goes on from the page before is said again. */
static void put_row(page *p, const table *t, size_t row, page_font font, double y, bool first)
{
    for (size_t c = 0; c < t->s->columns.count; c++) {
        bool again = goes_on(t, row, c) && !first;
        if (!again)
            put_cell(p, t, c, font, y, PAD, cell(t, row, c));
        if (!again || first)
            page_rule(p, t->x[c], y, t->x[c + 1], y, first ? HEAVY : THIN);
    }
}

static void end_page(page *p, const table *t, double y)
{
    page_rule(p, t->x[0], y, t->x[t->s->columns.count], y, HEAVY);
    for (size_t c = 0; c <= t->s->columns.count; c++)
        page_rule(p, t->x[c], TOP, t->x[c], y, THIN);
}

static void draw(page *p, const void *of)
{
    table t = *(const table *)of;
    measure(p, &t);
    double y = put_head(p, &t), end = t.height - FOOT - 2, room = end - y;
    for (size_t r = 0, on_page = 0; r < t.rows; r++, on_page++) {
        page_font font = font_of(p, &t, r, room);
        double h = height_of(p, &t, r, font);
        if (y + h > end && on_page) {
            end_page(p, &t, y);
            y = put_head(p, &t);
            on_page = 0;
        }
        put_row(p, &t, r, font, y, on_page == 0);
        y += h;
    }
    end_page(p, &t, y);
    page_font font = { .size = 9 };
    double note = t.s->foot.len ? page_lines(p, font, 0, 0, t.width - 2 * MARGIN, false, t.s->foot) : 0;
    if (note > 0 && y + note + 3 > end) {
        page_new(p);
        y = MARGIN;
    }
    if (note > 0)
        page_lines(p, font, MARGIN, y + 2, t.width - 2 * MARGIN, true, t.s->foot);
}

/* Across where upright would squeeze the texts. Letters at the size of a cell are about 3.5 mm wide, or half of it. */
static bool is_wide(const print_table_sheet *s)
{
    enum { UPRIGHT_LETTERS = 96 };
    size_t sum = 0;
    for (size_t c = 0; c < s->columns.count; c++) {
        size_t widest = 0;
        for (size_t i = c; i < s->cells.count + s->columns.count; i += s->columns.count) {
            str rest = i < s->cells.count ? s->cells.at[i] : s->columns.at[c].label, line;
            while (str_split(&rest, '\n', &line)) {
                size_t letters = 0;
                for (size_t k = 0; k < line.len; k++) /* wide ones take three bytes, and count for two */
                    letters += (unsigned char)line.at[k] < 0x80 ? 1 : ((unsigned char)line.at[k] >= 0xC0 ? 2 : 0);
                widest = letters > widest ? letters : widest;
            }
        }
        sum += (widest > 40 ? 40 : widest) + 2;
    }
    return sum > UPRIGHT_LETTERS;
}

err *print_table(arena *a, const print_table_sheet *s, const char *path)
{
    if (!s->columns.count || s->columns.count > COLUMNS_MAX)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("columns") }));
    bool wide = is_wide(s);
    table t = { .s = s, .rows = s->cells.count / s->columns.count, .width = wide ? LONG_SIDE : SHORT_SIDE, .height = wide ? SHORT_SIDE : LONG_SIDE };
    page_setup setup = { &s->head, s->title, t.width, t.height };
    return page_print(a, &setup, draw, &t, path);
}
