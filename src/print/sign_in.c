#include "print/page.h"

static const double LEFT = 10, RIGHT = 200, TABLE_TOP = 32, HEAD_ROW = 8, LINE = 9.2,
                    TABLE_END = 281;
static const double THIN = 0.18, HEAVY = 0.6;
enum { HEAVY_ROW = 5 };

static const page_column columns[] = {
    { 9, "print.column.number" },     { 20, "print.column.name" },
    { 27, "print.column.unit" },      { 25, "print.column.post" },
    { 27, "print.column.shift" },     { 16, "print.column.arrived" },
    { 20, "print.column.signature" }, { 16, "print.column.left" },
    { 20, "print.column.signature" }, { 10, "print.column.note" },
};

static str title_of(arena *a, const print_sign_in_sheet *s)
{
    return s->title.len ? s->title
                        : words_get(a, s->head.lang, "print.sign_in.title",
                                    VALUES({ "team", s->head.team }));
}

static void top_put(page *p, const print_sign_in_sheet *s, const print_sign_in_day *day)
{
    double right = RIGHT;
    if (s->head.qr.len) {
        page_qr(p, RIGHT - 18, 10, 18, s->head.qr);
        right -= 21;
    }
    page_text(p, (page_font){ .size = 20, .bold = true }, (page_box){ LEFT, 10, 110, 11 },
              title_of(p->a, s));
    page_text(p, (page_font){ .size = 13 }, (page_box){ LEFT, 21.5, 80, 7 },
              page_day(p, "print.date_long", day->day));
    page_font font = { 11, false, PAGE_RIGHT };
    if (s->head.leader.len)
        page_text(p, font, (page_box){ LEFT + 110, 12, right - LEFT - 110, 6 },
                  page_word(p, "print.leader",
                            VALUES({ "name", s->head.leader },
                                   { "phone", print_phone(p->a, s->head.leader_phone) })));
    if (day->number.len)
        page_text(p, font, (page_box){ LEFT + 110, 21.5, right - LEFT - 110, 6 },
                  page_word(p, "print.number", VALUES({ "number", day->number })));
    page_text(p, (page_font){ .size = 8.5 }, (page_box){ LEFT, 284, 110, 5 },
              page_word(p, "print.sign_in.rule", NULL));
    page_text(p, (page_font){ 8.5, false, PAGE_RIGHT }, (page_box){ 110, 284, RIGHT - 110, 5 },
              page_foot(p, s->head.created_at));
    page_rule(p, LEFT, TABLE_TOP, RIGHT, TABLE_TOP, THIN);
    page_columns(p, columns, COUNT(columns), (page_box){ LEFT, TABLE_TOP, 0, HEAD_ROW },
                 (page_font){ 9, false, PAGE_CENTRE });
}

static void row_put(page *p, const print_sign_in_day *day, size_t index, double y)
{
    print_sign_in_row none = { 0 };
    const print_sign_in_row *r = index < day->rows.count ? &day->rows.at[index] : &none;
    const str cells[] = { page_int(p, (int64_t)index + 1), r->name, r->unit, r->post, r->shift };
    static const page_font fonts[] = { { 10, false, PAGE_RIGHT },
                                       { 12, true, PAGE_LEFT },
                                       { 9, false, PAGE_LEFT },
                                       { 9, false, PAGE_LEFT },
                                       { 9, false, PAGE_LEFT } };
    double x = LEFT;
    for (size_t i = 0; i < COUNT(cells); i++) {
        page_text(p, fonts[i], (page_box){ x + 1, y, columns[i].width - 2, LINE }, cells[i]);
        x += columns[i].width;
    }
}

static void lines_put(page *p, double end)
{
    double x = LEFT;
    page_rule(p, LEFT, end, RIGHT, end, THIN);
    for (size_t k = 0; k <= COUNT(columns); k++) {
        page_rule(p, x, TABLE_TOP, x, end, THIN);
        x += k < COUNT(columns) ? columns[k].width : 0;
    }
}

static void day_put(page *p, const print_sign_in_sheet *s, const print_sign_in_day *day)
{
    size_t count = day->rows.count + (size_t)s->spare_lines, i = 0;
    do {
        page_new(p);
        top_put(p, s, day);
        double y = TABLE_TOP + HEAD_ROW;
        for (; y + LINE <= TABLE_END; i++, y += LINE) {
            page_rule(p, LEFT, y, RIGHT, y, i && i % HEAVY_ROW == 0 ? HEAVY : THIN);
            row_put(p, day, i, y);
        }
        lines_put(p, y);
    } while (i < count);
}

static void sign_in_draw(page *p, const void *sheet)
{
    const print_sign_in_sheet *s = sheet;
    for (size_t i = 0; i < s->days.count; i++)
        day_put(p, s, &s->days.at[i]);
}

err *print_sign_in(arena *a, const print_sign_in_sheet *s, const char *path)
{
    if (s->spare_lines < 0)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("spare_lines") }));
    if (!s->days.count)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("days") }));
    page_setup setup = { &s->head, title_of(a, s), 210, 297 };
    return page_print(a, &setup, sign_in_draw, s, path);
}
