#include "print/page.h"

static const double LEFT = 26, RIGHT = 184, TOP = 24, END = 268, GAP = 2.6, CELL_PAD = 1.5, SQUARE = 26, FRAME_PAD = 5,
                    TITLE_SHRINK_MIN = 0.65; /* a longer one goes on two lines, smaller */
static const page_font TITLE = { 20, true, PAGE_CENTRE }, BODY = { 12, false, PAGE_LEFT }, STRONG = { 12, true, PAGE_LEFT },
                       CELL = { 11, false, PAGE_LEFT }, SMALL = { 9, false, PAGE_LEFT };
enum { COLUMNS_MAX = 12 };

typedef struct place {
    page *p;
    const print_letter_sheet *s;
    double y;
} place;

/* -- pages --------------------------------------------------------------------------------------------------- */
static void foot_put(page *p)
{
    if (p->total > 1)
        page_text(p, (page_font){ 9, false, PAGE_CENTRE }, (page_box){ LEFT, 280, RIGHT - LEFT, 5 },
                  page_word(p, "print.letter.page", VALUES({ "page", page_int(p, p->number) }, { "pages", page_int(p, p->total) })));
}

static void begin_page(place *at)
{
    page_new(at->p);
    foot_put(at->p);
    at->y = TOP;
}

/* Room for h more: a new page where this one has none. */
static void room(place *at, double h)
{
    if (at->y + h > END && at->y > TOP)
        begin_page(at);
}

/* -- paragraphs ---------------------------------------------------------------------------------------------- */
static void paragraph_put(place *at, page_font font, double x, double w, str s)
{
    if (!s.len)
        return;
    double h = page_lines(at->p, font, 0, 0, w, false, s);
    room(at, h);
    page_lines(at->p, font, x, at->y, w, true, s);
    at->y += h + GAP;
}

static void top_put(place *at)
{
    const double w = RIGHT - LEFT;
    begin_page(at);
    double h = 12;
    if (page_text_width(at->p, TITLE, at->s->title) * TITLE_SHRINK_MIN <= w)
        page_text(at->p, TITLE, (page_box){ LEFT, at->y, w, h }, at->s->title);
    else
        h = page_lines(at->p, STRONG, LEFT, at->y, w, true, at->s->title);
    at->y += h + 4;
    if (at->s->number.len)
        page_text(at->p, (page_font){ 10, false, PAGE_CENTRE }, (page_box){ LEFT, at->y - 4, w, 6 }, at->s->number);
    at->y += at->s->number.len ? 6 : 0;
    paragraph_put(at, STRONG, LEFT, w, at->s->to);
}

/* -- tables -------------------------------------------------------------------------------------------------- */
static double column_width(const print_letter_table *t, size_t column)
{
    double all = 0;
    for (size_t i = 0; i < t->columns.count; i++)
        all += t->columns.at[i].width;
    return (RIGHT - LEFT) * t->columns.at[column].width / all;
}

static str cell_of(const print_letter_row *row, const print_letter_table *t, size_t column)
{
    if (!row)
        return t->columns.at[column].heading;
    return column < row->cells.count ? row->cells.at[column].text : (str){ 0 };
}

static double row_height(place *at, const print_letter_table *t, const print_letter_row *row)
{
    double most = 0;
    for (size_t i = 0; i < t->columns.count; i++) {
        double h = page_lines(at->p, CELL, 0, 0, column_width(t, i) - 2 * CELL_PAD, false, cell_of(row, t, i));
        most = h > most ? h : most;
    }
    return most + 1.6;
}

/* The row of headings for null. */
static void row_put(place *at, const print_letter_table *t, const print_letter_row *row)
{
    double x = LEFT, h = row_height(at, t, row);
    page_font font = { CELL.size, !row, PAGE_LEFT };
    for (size_t i = 0; i < t->columns.count; i++) {
        double w = column_width(t, i), wide = w - 2 * CELL_PAD;
        str s = cell_of(row, t, i);
        font.align = t->columns.at[i].right ? PAGE_RIGHT : PAGE_LEFT;
        if (font.align == PAGE_RIGHT)
            page_text(at->p, font, (page_box){ x + CELL_PAD, at->y, wide, h }, s);
        else
            page_lines(at->p, font, x + CELL_PAD, at->y + (h - page_lines(at->p, font, 0, 0, wide, false, s)) / 2, wide, true, s);
        x += w;
    }
    at->y += h;
    page_rule(at->p, LEFT, at->y, RIGHT, at->y, row ? 0.15 : 0.3);
}

static void table_put(place *at, const print_letter_table *t)
{
    if (t->annex)
        begin_page(at);
    room(at, 24); /* a heading never stands alone at the foot */
    paragraph_put(at, STRONG, LEFT, RIGHT - LEFT, t->heading);
    row_put(at, t, NULL);
    for (size_t i = 0; i < t->rows.count; i++) {
        int before = at->p->number;
        room(at, row_height(at, t, &t->rows.at[i]));
        if (at->p->number != before)
            row_put(at, t, NULL);
        row_put(at, t, &t->rows.at[i]);
    }
    at->y += 1;
    paragraph_put(at, SMALL, LEFT, RIGHT - LEFT, t->note);
    at->y += GAP;
}

static void tables_put(place *at, bool annex)
{
    for (size_t i = 0; i < at->s->tables.count; i++)
        if (at->s->tables.at[i].annex == annex)
            table_put(at, &at->s->tables.at[i]);
}

/* -- the end ------------------------------------------------------------------------------------------------- */
static void call_put(place *at)
{
    bool square = at->s->head.qr.len > 0;
    double x = square ? LEFT + SQUARE + 6 : LEFT, w = RIGHT - x, h = square ? SQUARE : 0;
    if (!at->s->scan.len && !square)
        return;
    double lines = page_lines(at->p, STRONG, 0, 0, w, false, at->s->scan);
    h = lines > h ? lines : h;
    room(at, h + 4);
    page_qr(at->p, LEFT, at->y + 2, SQUARE, at->s->head.qr);
    page_lines(at->p, STRONG, x, at->y + 2 + (h - lines) / 2, w, true, at->s->scan);
    at->y += h + 6;
}

static void signed_put(place *at)
{
    const double line = 8;
    room(at, line * (double)at->s->signed_by.count + 6);
    at->y += 6;
    for (size_t i = 0; i < at->s->signed_by.count; i++, at->y += line)
        page_text(at->p, (page_font){ BODY.size, false, PAGE_RIGHT }, (page_box){ LEFT, at->y, RIGHT - LEFT, line },
                  at->s->signed_by.at[i].text);
}

static void reply_put(place *at)
{
    const double line = 10, h = line * (double)at->s->reply.count + 2 * FRAME_PAD;
    if (!at->s->reply.count)
        return;
    room(at, h + 8);
    at->y += 8;
    page_frame(at->p, (page_box){ LEFT, at->y, RIGHT - LEFT, h }, 0.3);
    for (size_t i = 0; i < at->s->reply.count; i++)
        page_text(at->p, BODY, (page_box){ LEFT + FRAME_PAD, at->y + FRAME_PAD + line * (double)i, RIGHT - LEFT - 2 * FRAME_PAD, line },
                  at->s->reply.at[i].text);
    at->y += h;
}

static void letter_draw(page *p, const void *sheet)
{
    place at = { .p = p, .s = sheet };
    const double w = RIGHT - LEFT;
    top_put(&at);
    for (size_t i = 0; i < at.s->before.count; i++)
        paragraph_put(&at, BODY, LEFT, w, at.s->before.at[i].text);
    tables_put(&at, false);
    for (size_t i = 0; i < at.s->after.count; i++)
        paragraph_put(&at, BODY, LEFT, w, at.s->after.at[i].text);
    call_put(&at);
    signed_put(&at);
    reply_put(&at);
    tables_put(&at, true);
}

static bool tables_are_drawn(const print_letter_sheet *s)
{
    for (size_t i = 0; i < s->tables.count; i++)
        if (!s->tables.at[i].columns.count || s->tables.at[i].columns.count > COLUMNS_MAX)
            return false;
    return true;
}

err *print_letter(arena *a, const print_letter_sheet *s, const char *path)
{
    if (!s->title.len)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("title") }));
    if (!tables_are_drawn(s))
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("columns") }));
    page_setup setup = { &s->head, s->title, 210, 297 };
    return page_print(a, &setup, letter_draw, s, path);
}
