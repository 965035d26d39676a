#include "print/page.h"

#include <math.h>

static const double LEFT = 10, RIGHT = 200, HEAD_ROW = 9, LINE = 8.6, TABLE_END = 282;
static const double THIN = 0.18, HEAVY = 0.6;
static const page_font SHIFT_FONT = { .size = 9 };
enum { HEAVY_ROW = 5, PLAIN_COLUMNS = 5, ANSWERS = 6, SHIFT_COLUMN = 4 };

static const page_column columns[] = {
    { 7, "print.column.number" },       { 19, "print.column.name" },   { 28, "print.column.unit" },
    { 28, "print.column.phone" },       { 41, "print.column.shift" },  { 8.5, "print.answer.can" },
    { 8.5, "print.answer.cannot" },     { 8.5, "print.answer.trouble" },
    { 8.5, "print.answer.nobody" },     { 8.5, "print.answer.wrong_number" },
    { 8.5, "print.answer.family" },     { 16, "print.column.note" },
};

static double top_put(page *p, const print_calls_sheet *s, const print_caller *c)
{
    str title = s->title.len ? s->title
                             : page_word(p, "print.calls.title", VALUES({ "team", s->head.team }));
    page_text(p, (page_font){ .size = 18, .bold = true }, (page_box){ LEFT, 10, 118, 10 }, title);
    str who =
        page_word(p, "print.liaison",
                  VALUES({ "name", c->liaison }, { "phone", print_phone(p->a, c->liaison_phone) }));
    page_text(p, (page_font){ 11, true, PAGE_RIGHT }, (page_box){ 130, 10, RIGHT - 130, 6 }, who);
    str count =
        page_word(p, "print.calls.count", VALUES({ "n", page_int(p, (int64_t)c->calls.count) }));
    page_text(p, (page_font){ 9, false, PAGE_RIGHT }, (page_box){ 130, 16, RIGHT - 130, 5 }, count);
    double y = 22;
    str say = s->say.len ? s->say : page_word(p, "print.calls.say", NULL);
    y += page_lines(p, (page_font){ .size = 10 }, LEFT, y, RIGHT - LEFT, true, say) + 2;
    page_text(p, (page_font){ .size = 8.5, .bold = true }, (page_box){ LEFT, 285, 125, 5 },
              page_word(p, "print.calls.after", VALUES({ "name", c->liaison })));
    page_text(p, (page_font){ 8.5, false, PAGE_RIGHT }, (page_box){ 137, 285, RIGHT - 137, 5 },
              page_foot(p, s->head.created_at));
    return y;
}

static double head_put(page *p, double y)
{
    page_rule(p, LEFT, y, RIGHT, y, THIN);
    page_columns(p, columns, COUNT(columns), (page_box){ LEFT, y, 0, HEAD_ROW },
                 (page_font){ 8.5, false, PAGE_CENTRE });
    return y + HEAD_ROW;
}

/* Some have many duties: the row grows with them. */
static double call_height(page *p, const print_call *c)
{
    double w = columns[SHIFT_COLUMN].width - 2;
    return fmax(LINE, page_lines(p, SHIFT_FONT, 0, 0, w, false, c->shift) + 1.6);
}

static void shift_put(page *p, const print_call *c, page_box cell)
{
    double h = page_lines(p, SHIFT_FONT, 0, 0, cell.w, false, c->shift);
    page_lines(p, SHIFT_FONT, cell.x, cell.y + (cell.h - h) / 2, cell.w, true, c->shift);
}

static void call_put(page *p, const print_call *c, size_t index, double y, double h)
{
    const str cells[PLAIN_COLUMNS] = { page_int(p, (int64_t)index + 1), c->name, c->unit,
                                       print_phone(p->a, c->phone), c->shift };
    static const page_font fonts[PLAIN_COLUMNS] = { { 10, false, PAGE_RIGHT },
                                                    { 11, true, PAGE_LEFT },
                                                    { 9, false, PAGE_LEFT },
                                                    { 11, false, PAGE_LEFT } };
    double x = LEFT;
    for (size_t i = 0; i < COUNT(columns); i++) {
        page_box cell = { x + 1, y, columns[i].width - 2, h };
        if (i == SHIFT_COLUMN)
            shift_put(p, c, cell);
        else if (i < PLAIN_COLUMNS)
            page_text(p, fonts[i], cell, cells[i]);
        else if (i < PLAIN_COLUMNS + ANSWERS)
            page_frame(
                p, (page_box){ x + columns[i].width / 2 - 2.1, y + h / 2 - 2.1, 4.2, 4.2 }, 0.25);
        else
            page_text(p, (page_font){ .size = 8.5 }, cell, c->note);
        x += columns[i].width;
    }
}

static void lines_put(page *p, double top, double y)
{
    double x = LEFT;
    for (size_t i = 0; i <= COUNT(columns); i++) {
        page_rule(p, x, top, x, y,
                  i == PLAIN_COLUMNS || i == PLAIN_COLUMNS + ANSWERS ? HEAVY : THIN);
        x += i < COUNT(columns) ? columns[i].width : 0;
    }
    page_rule(p, LEFT, y, RIGHT, y, THIN);
}

static void caller_put(page *p, const print_calls_sheet *s, const print_caller *c)
{
    size_t i = 0;
    do {
        page_new(p);
        double top = top_put(p, s, c), y = head_put(p, top), first = y;
        for (; i < c->calls.count; i++) {
            const print_call *call = &c->calls.at[i];
            double h = call_height(p, call);
            if (y + h > TABLE_END && y > first)
                break;
            page_rule(p, LEFT, y, RIGHT, y, i && i % HEAVY_ROW == 0 ? HEAVY : THIN);
            call_put(p, call, i, y, h);
            y += h;
        }
        lines_put(p, top, y);
    } while (i < c->calls.count);
}

static void calls_draw(page *p, const void *sheet)
{
    const print_calls_sheet *s = sheet;
    for (size_t i = 0; i < s->callers.count; i++)
        caller_put(p, s, &s->callers.at[i]);
}

err *print_calls(arena *a, const print_calls_sheet *s, const char *path)
{
    if (!s->callers.count)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("callers") }));
    page_setup setup = { &s->head, s->title, 210, 297 };
    if (!setup.title.len)
        setup.title =
            words_get(a, s->head.lang, "print.calls.title", VALUES({ "team", s->head.team }));
    return page_print(a, &setup, calls_draw, s, path);
}
