#include "print/page.h"

static const double LEFT = 22, RIGHT = 188, ROW = 10, LABEL = 52, ANNEX_ROW = 6.4, ANNEX_TOP = 30, ANNEX_END = 270,
                    SQUARE = 44;
enum { KEY_GROUP = 4 };

static str hours_text(page *p, int minutes)
{
    return text_format(p->a, "%d.%d", minutes / 60, minutes % 60 * 10 / 60);
}

/* Of one instant only the day or only the time: the rest is in the row. */
static str time_text(page *p, int64_t at)
{
    str when = at ? page_when(p, at) : (str){ 0 };
    return when.len > 5 ? str_from(when, when.len - 5) : when;
}

static void foot_put(page *p, const print_certificate_sheet *s)
{
    page_rule(p, LEFT, 276, RIGHT, 276, 0.3);
    page_text(p, (page_font){ .size = 9 }, (page_box){ LEFT, 277, 120, 6 }, page_word(p, "print.certificate.rule", NULL));
    page_text(p, (page_font){ 9, false, PAGE_RIGHT }, (page_box){ 144, 277, RIGHT - 144, 6 },
              page_word(p, "print.certificate.page",
                        VALUES({ "page", page_int(p, p->number) }, { "pages", page_int(p, p->total) })));
    page_text(p, (page_font){ .size = 9 }, (page_box){ LEFT, 283, 120, 6 },
              page_word(p, "print.certificate.number", VALUES({ "number", s->number })));
}

/* -- the certificate ---------------------------------------------------------------------------------------- */
static void row_put(page *p, double *y, const char *label, str value)
{
    page_text(p, (page_font){ .size = 10.5 }, (page_box){ LEFT + 1, *y, LABEL - 3, ROW }, page_word(p, label, NULL));
    double h = page_lines(p, (page_font){ .size = 11.5 }, 0, 0, RIGHT - LEFT - LABEL, false, value);
    double row = h + 3 > ROW ? h + 3 : ROW;
    page_lines(p, (page_font){ .size = 11.5 }, LEFT + LABEL, *y + (row - h) / 2, RIGHT - LEFT - LABEL, true, value);
    *y += row;
    page_rule(p, LEFT, *y, RIGHT, *y, 0.15);
}

static void given_put(page *p, double *y, const char *label, str value)
{
    if (value.len)
        row_put(p, y, label, value);
}

static void title_put(page *p, const print_certificate_sheet *s)
{
    page_font small = { 9.5, false, PAGE_RIGHT };
    page_text(p, (page_font){ 22, true, PAGE_CENTRE }, (page_box){ LEFT, 20, RIGHT - LEFT, 12 },
              page_word(p, "print.certificate.title", NULL));
    page_text(p, small, (page_box){ LEFT, 34, RIGHT - LEFT, 5 },
              s->tag.len ? page_word(p, "print.certificate.number_tag", VALUES({ "number", s->number }, { "tag", s->tag }))
                         : page_word(p, "print.certificate.number", VALUES({ "number", s->number })));
    if (s->print_count > 1)
        page_text(p, small, (page_box){ LEFT, 39, RIGHT - LEFT, 5 },
                  page_word(p, "print.certificate.reprint", VALUES({ "n", page_int(p, s->print_count) })));
    small.align = PAGE_LEFT;
    if (s->replaces.len)
        page_text(p, small, (page_box){ LEFT, 34, 100, 5 },
                  page_word(p, "print.certificate.replaces", VALUES({ "number", s->replaces })));
    page_rule(p, LEFT, 46, RIGHT, 46, 0.6);
}

static void served_put(page *p, const print_certificate_sheet *s, double *y)
{
    str from = page_day(p, "print.date_long", s->from_on), to = page_day(p, "print.date_long", s->to_on);
    row_put(p, y, "print.certificate.name", s->name);
    row_put(p, y, "print.certificate.identity", (str){ 0 });
    given_put(p, y, "print.certificate.volunteer_number", s->volunteer_number);
    row_put(p, y, "print.certificate.operation", s->operation);
    row_put(p, y, "print.certificate.period", page_word(p, "print.certificate.span", VALUES({ "from", from }, { "to", to })));
    row_put(p, y, "print.certificate.community", s->community);
    row_put(p, y, "print.certificate.service", s->service);
    row_put(p, y, "print.certificate.hours",
            page_word(p, "print.certificate.hours_of", VALUES({ "hours", hours_text(p, s->minutes) })));
}

/* abcd ef01 ...: two lines of eight, to be compared by eye. */
static str key_text(page *p, str hex)
{
    text t = text_begin(p->a);
    for (size_t i = 0; i < hex.len; i += KEY_GROUP) {
        text_put_z(&t, i == 0 ? "" : i % (KEY_GROUP * 8) ? " " : "\n");
        text_put(&t, str_part(hex, i, KEY_GROUP));
    }
    return text_done(&t);
}

/* The square holds all that is signed, so it is large: a telephone must see its dots. */
static void check_put(page *p, const print_certificate_sheet *s)
{
    const double y = 275 - SQUARE, wide = RIGHT - LEFT - SQUARE - 6;
    page_font small = { .size = 9.5 };
    if (!s->head.qr.len)
        return;
    page_qr(p, RIGHT - SQUARE, y, SQUARE, s->head.qr);
    page_text(p, (page_font){ 10.5, true, PAGE_LEFT }, (page_box){ LEFT, y, wide, 6 },
              page_word(p, "print.certificate.check", NULL));
    double at = y + 7;
    at += page_lines(p, small, LEFT, at, wide, true, page_word(p, "print.certificate.check_how", VALUES({ "contact", s->contact })));
    if (!s->public_key.len)
        return;
    page_text(p, small, (page_box){ LEFT, at + 1, wide, 6 }, page_word(p, "print.certificate.key", NULL));
    page_lines(p, small, LEFT, at + 7, wide, true, key_text(p, s->public_key));
}

static void front_put(page *p, const print_certificate_sheet *s)
{
    double y = 46;
    page_new(p);
    title_put(p, s);
    served_put(p, s, &y);
    row_put(p, &y, "print.certificate.issuer", s->issuer);
    given_put(p, &y, "print.certificate.contact", s->contact);
    row_put(p, &y, "print.certificate.issued_on", page_day(p, "print.date_long", page_day_of(p, s->issued_at)));
    given_put(p, &y, "print.certificate.notice", s->notice);
    given_put(p, &y, "print.certificate.recorder", s->recorder);
    given_put(p, &y, "print.certificate.note", s->note);
    page_text(p, (page_font){ .size = 11 }, (page_box){ LEFT, y + 10, RIGHT - LEFT, 8 },
              page_word(p, "print.certificate.signatures", NULL));
    check_put(p, s);
    foot_put(p, s);
}

/* -- the annex ------------------------------------------------------------------------------------------------ */
static const page_column columns[] = {
    { 40, "print.column.day" },   { 40, "print.column.post" },         { 16, "print.column.came_at" }, { 16, "print.column.left_at" },
    { 14, "print.column.hours" }, { 20, "print.column.confirmed_by" }, { 20, "print.column.source" },
};

static double annex_top_put(page *p, const print_certificate_sheet *s)
{
    page_new(p);
    foot_put(p, s);
    page_text(p, (page_font){ 13, true, PAGE_LEFT }, (page_box){ LEFT, 16, RIGHT - LEFT, 8 },
              page_word(p, "print.certificate.annex", NULL));
    page_columns(p, columns, COUNT(columns), (page_box){ LEFT, ANNEX_TOP - 6, 0, 6 }, (page_font){ .size = 9 });
    page_rule(p, LEFT, ANNEX_TOP, RIGHT, ANNEX_TOP, 0.3);
    return ANNEX_TOP;
}

static void day_put(page *p, const print_certificate_day *d, double y)
{
    const str cells[] = { page_day(p, "print.date_long", d->day), d->post, time_text(p, d->arrived_at), time_text(p, d->left_at),
                          hours_text(p, d->minutes), d->confirmed_by, d->source };
    double x = LEFT;
    for (size_t i = 0; i < COUNT(columns); i++) {
        page_text(p, (page_font){ .size = 9 }, (page_box){ x + 0.5, y, columns[i].width - 1, ANNEX_ROW }, cells[i]);
        x += columns[i].width;
    }
    page_rule(p, LEFT, y + ANNEX_ROW, RIGHT, y + ANNEX_ROW, 0.15);
}

static void certificate_draw(page *p, const void *sheet)
{
    const print_certificate_sheet *s = sheet;
    double y = ANNEX_END;
    front_put(p, s);
    for (size_t i = 0; i < s->days.count; i++, y += ANNEX_ROW) {
        if (y + ANNEX_ROW > ANNEX_END)
            y = annex_top_put(p, s);
        day_put(p, &s->days.at[i], y);
    }
}

err *print_certificate(arena *a, const print_certificate_sheet *s, const char *path)
{
    if (!s->number.len)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("number") }));
    page_setup setup = { &s->head, s->number, 210, 297 };
    return page_print(a, &setup, certificate_draw, s, path);
}
