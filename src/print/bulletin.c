#include "print/page.h"

#include <math.h>

static const double LEFT = 15, RIGHT = 195, TOP = 31, END = 266, THIN = 0.15;
static const page_font HEADING = { 11.5, true, PAGE_LEFT }, BODY = { 10.5, false, PAGE_LEFT },
                       RULE = { 8.5, false, PAGE_LEFT }, CELL = { 9.5, false, PAGE_LEFT };
static const double GAP = 2.5, ANSWERS_HIGH = 13, BARS_HIGH = 38, BARS_LOW = 20, SIZE_LEAST = 0.85, SIZE_STEP = 0.025, BARS_AROUND = 7, TABLE_AROUND = 7.5;
enum { ANSWERS = 5, BARS_MAX = 14, ROWS_MAX = 12, ROWS_MIN = 3 };

typedef struct place {
    page *p;
    const print_bulletin_sheet *s;
    double y;
    double bars;      /* height of the chart of shifts */
    double size;      /* of the sentences, 1 is full */
    size_t rows_most; /* communities that are named */
} place;

/* -- top and foot ------------------------------------------------------------------------------------------- */
static void top_put(page *p, const print_bulletin_sheet *s)
{
    str number = page_word(p, "print.bulletin.number", VALUES({ "number", page_int(p, s->number) }));
    str title = text_format(p->a, "%.*s　%.*s", STR_ARG(s->title), STR_ARG(number));
    page_text(p, (page_font){ 19, true, PAGE_LEFT }, (page_box){ LEFT, 14, 122, 11 }, title);
    str as_of = page_word(p, "print.bulletin.as_of", VALUES({ "when", page_when(p, s->as_of) }));
    page_text(p, (page_font){ 9.5, true, PAGE_RIGHT }, (page_box){ 140, 14, RIGHT - 140, 5 }, as_of);
    page_text(p, (page_font){ 9.5, false, PAGE_RIGHT }, (page_box){ 140, 19.5, RIGHT - 140, 5 }, s->issuer);
    page_rule(p, LEFT, 27.5, RIGHT, 27.5, 0.6);
}

static void foot_put(page *p, const print_bulletin_sheet *s)
{
    double wide = RIGHT - LEFT - 23, y = 277;
    str records = s->link.len ? page_word(p, "print.bulletin.records_at", VALUES({ "link", s->link }))
                              : page_word(p, "print.bulletin.records", NULL);
    page_rule(p, LEFT, 268, RIGHT, 268, 0.3);
    page_text(p, (page_font){ .size = 9 }, (page_box){ LEFT, y - 5, wide, 5 },
              page_word(p, s->frozen ? "print.bulletin.signed" : "print.bulletin.draft",
                        VALUES({ "filled_by", s->filled_by }, { "checked_by", s->checked_by })));
    page_text(p, (page_font){ .size = 9 }, (page_box){ LEFT, y, wide, 5 }, records);
    if (p->total > 1)
        page_text(p, (page_font){ .size = 9 }, (page_box){ LEFT, y + 5, wide, 5 },
                  page_word(p, "print.bulletin.page",
                            VALUES({ "page", page_int(p, p->number) }, { "pages", page_int(p, p->total) })));
    page_qr(p, RIGHT - 17, 271, 17, s->head.qr);
}

/* Room for h more: a new page where this one has none. */
static void room(place *at, double h)
{
    if (at->y + h <= END && at->p->number)
        return;
    page_new(at->p);
    top_put(at->p, at->s);
    foot_put(at->p, at->s);
    at->y = TOP;
}

static page_font sized(const place *at, page_font font)
{
    font.size *= at->size;
    return font;
}

static void lines_put(place *at, page_font font, str s)
{
    font = sized(at, font);
    room(at, page_figures(at->p, font, 0, 0, RIGHT - LEFT, false, s));
    at->y += page_figures(at->p, font, LEFT, at->y, RIGHT - LEFT, true, s);
}

/* 1,006 */
static str grouped(page *p, int n)
{
    return n < 1000 ? page_int(p, n) : text_format(p->a, "%.*s,%03d", STR_ARG(grouped(p, n / 1000)), n % 1000);
}

/* -- the answers: one bar, with the five words below it --------------------------------------------------------- */
static double answers_sum(const print_bulletin_sheet *s)
{
    const print_answers *n = &s->answers;
    return (double)n->can + n->hindered + n->cannot + n->silent + n->unreachable;
}

static void answers_put(place *at)
{
    static const char *const words[ANSWERS] = { "print.bulletin.can", "print.bulletin.hindered",
                                                "print.bulletin.cannot", "print.bulletin.silent",
                                                "print.bulletin.unreachable" };
    const print_answers *n = &at->s->answers;
    const int counts[ANSWERS] = { n->can, n->hindered, n->cannot, n->silent, n->unreachable };
    double all = answers_sum(at->s), x = LEFT;
    if (all <= 0)
        return;
    room(at, ANSWERS_HIGH + 1);
    for (size_t i = 0; i < ANSWERS; i++) {
        double w = (RIGHT - LEFT) * counts[i] / all, key = LEFT + (RIGHT - LEFT) * (double)i / ANSWERS;
        page_fill(at->p, (page_box){ x, at->y + 1.5, w, 3.7 }, (page_ink)i);
        page_fill(at->p, (page_box){ key, at->y + 7.8, 2.4, 2.4 }, (page_ink)i);
        str label = text_format(at->p->a, "%.*s " PRINT_FIGURE_BEGIN "%.*s" PRINT_FIGURE_END,
                                STR_ARG(page_word(at->p, words[i], NULL)), STR_ARG(grouped(at->p, counts[i])));
        page_figures(at->p, (page_font){ .size = 9 }, key + 3.6, at->y + 6.6, 34, true, label);
        x += w;
    }
    at->y += ANSWERS_HIGH;
}

/* -- the shifts: a frame for the wanted, in it a bar for those who came ------------------------------------------- */
static void bar_put(page *p, const print_cover *c, page_box b, double most)
{
    double full = b.h - 11, wanted = full * c->wanted / most, came = full * c->came / most, base = b.y + b.h - 5;
    double w = fmin(11.5, b.w - 2), x = b.x + (b.w - w) / 2;
    page_fill(p, (page_box){ x + 1.2, base - came, w - 2.4, came }, PAGE_FILL_INFO);
    if (wanted > 0.3)
        page_frame(p, (page_box){ x, base - wanted, w, wanted }, 0.25);
    page_text(p, (page_font){ 8, false, PAGE_CENTRE }, (page_box){ b.x, base - fmax(wanted, came) - 4.2, b.w, 4 },
              text_format(p->a, "%d/%d", c->came, c->wanted));
    int year, month, day;
    civil_parts(c->day, &year, &month, &day);
    page_text(p, (page_font){ 8, false, PAGE_CENTRE }, (page_box){ b.x, base + 0.5, b.w, 4.5 },
              page_word(p, "print.bulletin.shift", VALUES({ "day", page_int(p, day) }, { "shift", c->shift })));
}

/* Of the bars that are drawn the highest. */
static double bars_most(const print_bulletin_sheet *s)
{
    double most = 0;
    for (size_t i = s->covers.count > BARS_MAX ? s->covers.count - BARS_MAX : 0; i < s->covers.count; i++)
        most = fmax(most, fmax(s->covers.at[i].wanted, s->covers.at[i].came));
    return most;
}

static void shifts_put(place *at)
{
    size_t count = at->s->covers.count, from = count > BARS_MAX ? count - BARS_MAX : 0;
    double most = bars_most(at->s), height = at->bars, wide = fmin(17, (RIGHT - LEFT) / (double)(count - from + !count));
    if (most <= 0)
        return;
    room(at, height + BARS_AROUND + 1);
    page_text(at->p, (page_font){ 9.5, true, PAGE_LEFT }, (page_box){ LEFT, at->y + 1, RIGHT - LEFT, 5 },
              page_word(at->p, "print.bulletin.shifts", NULL));
    for (size_t i = from; i < count; i++)
        bar_put(at->p, &at->s->covers.at[i],
                (page_box){ LEFT + wide * (double)(i - from), at->y + 6, wide, height }, most);
    double base = at->y + 6 + height - 5;
    page_rule(at->p, LEFT, base, LEFT + wide * (double)(count - from), base, 0.25);
    at->y += height + BARS_AROUND;
}

/* -- the communities that are short ------------------------------------------------------------------------------- */
static const page_column short_columns[] = {
    { 52, "print.column.community" }, { 16, "print.column.wanted" },  { 16, "print.column.rostered" },
    { 16, "print.column.gap" },       { 80, "print.column.reason" },
};

enum { REASON = 4 };

static double reason_height(page *p, str reason)
{
    double lines = page_lines(p, RULE, 0, 0, short_columns[REASON].width - 4, false, reason);
    return fmax(6.2, lines + 1.4);
}

static void cells_put(place *at, const str *cells, bool head)
{
    double x = LEFT, h = reason_height(at->p, cells[REASON]);
    for (size_t i = 0; i < REASON; i++) {
        page_font font = CELL;
        font.align = i ? PAGE_RIGHT : PAGE_LEFT;
        page_text(at->p, font, (page_box){ x + 2, at->y, short_columns[i].width - 4, h }, cells[i]);
        x += short_columns[i].width;
    }
    double wide = short_columns[REASON].width - 4,
           lines = page_lines(at->p, RULE, 0, 0, wide, false, cells[REASON]);
    page_lines(at->p, RULE, x + 2, at->y + (h - lines) / 2, wide, true, cells[REASON]);
    at->y += h;
    page_rule(at->p, LEFT, at->y, RIGHT, at->y, head ? 0.3 : THIN);
}

static void short_head_put(place *at)
{
    str cells[COUNT(short_columns)];
    for (size_t i = 0; i < COUNT(cells); i++)
        cells[i] = page_word(at->p, short_columns[i].words, NULL);
    cells_put(at, cells, true);
}

static void short_put(place *at, const print_short *c)
{
    int before = at->p->number;
    room(at, reason_height(at->p, c->reason));
    if (at->p->number != before)
        short_head_put(at);
    const str cells[] = { c->community, page_int(at->p, c->wanted), page_int(at->p, c->rostered),
                          page_int(at->p, c->missing), c->reason };
    cells_put(at, cells, false);
}

/* One alone is named: summing it up takes as much room. */
static size_t named_count(const place *at)
{
    size_t count = at->s->communities.count;
    return count > at->rows_most + 1 ? at->rows_most : count;
}

static void communities_put(place *at)
{
    size_t count = at->s->communities.count, named = named_count(at);
    if (!count)
        return;
    room(at, 20);
    page_text(at->p, (page_font){ 9.5, true, PAGE_LEFT }, (page_box){ LEFT, at->y + 1, RIGHT - LEFT, 5 },
              page_word(at->p, "print.bulletin.communities", NULL));
    at->y += 6.5;
    short_head_put(at);
    for (size_t i = 0; i < named; i++)
        short_put(at, &at->s->communities.at[i]);
    print_short rest = { .community = page_word(at->p, "print.bulletin.rest",
                                                VALUES({ "n", page_int(at->p, (int64_t)(count - named)) })) };
    for (size_t i = named; i < count; i++) {
        rest.wanted += at->s->communities.at[i].wanted;
        rest.rostered += at->s->communities.at[i].rostered;
        rest.missing += at->s->communities.at[i].missing;
    }
    if (named < count)
        short_put(at, &rest);
    at->y += 1;
}

/* -- one page ------------------------------------------------------------------------------------------------------- */
static double communities_height(const place *at)
{
    size_t count = at->s->communities.count, named = named_count(at);
    double h = TABLE_AROUND + reason_height(at->p, (str){ 0 }) * (named < count ? 2 : 1); /* headings, and the rest */
    for (size_t i = 0; i < named; i++)
        h += reason_height(at->p, at->s->communities.at[i].reason);
    return count ? h : 0;
}

static double part_height(const place *at, const print_part *part)
{
    const double wide = RIGHT - LEFT;
    double h = page_figures(at->p, sized(at, HEADING), 0, 0, wide, false, part->heading);
    for (size_t i = 0; i < part->lines.count; i++)
        h += page_figures(at->p, sized(at, BODY), 0, 0, wide, false, part->lines.at[i].text);
    if (part->chart == PRINT_CHART_ANSWERS && answers_sum(at->s) > 0)
        h += ANSWERS_HIGH;
    if (part->chart == PRINT_CHART_SHIFTS && bars_most(at->s) > 0)
        h += at->bars + BARS_AROUND;
    if (part->chart == PRINT_CHART_COMMUNITIES)
        h += communities_height(at);
    return part->rule.len ? h + page_figures(at->p, sized(at, RULE), 0, 0, wide, false, part->rule) : h;
}

static bool fits(const place *at)
{
    double h = TOP;
    for (size_t i = 0; i < at->s->parts.count; i++)
        h += part_height(at, &at->s->parts.at[i]) + (i ? GAP : 0);
    return h <= END;
}

/* First the chart gives way, then the names of the table, then the letters; what needs two pages stays as it is. */
static void make_fit(place *at)
{
    const place full = *at;
    for (; !fits(at) && at->bars > BARS_LOW; at->bars -= 2)
        ;
    for (; !fits(at) && at->rows_most > ROWS_MIN; at->rows_most--)
        ;
    for (; !fits(at) && at->size > SIZE_LEAST; at->size -= SIZE_STEP)
        ;
    if (!fits(at))
        *at = full;
}

/* -- the whole ------------------------------------------------------------------------------------------------------ */
static void part_put(place *at, const print_part *part)
{
    room(at, fmin(18, part_height(at, part))); /* a heading never stands alone at the foot */
    at->y += at->y > TOP ? GAP : 0;
    lines_put(at, HEADING, part->heading);
    for (size_t i = 0; i < part->lines.count; i++)
        lines_put(at, BODY, part->lines.at[i].text);
    if (part->chart == PRINT_CHART_ANSWERS)
        answers_put(at);
    if (part->chart == PRINT_CHART_SHIFTS)
        shifts_put(at);
    if (part->chart == PRINT_CHART_COMMUNITIES)
        communities_put(at);
    if (part->rule.len)
        lines_put(at, RULE, part->rule);
}

static void bulletin_draw(page *p, const void *sheet)
{
    place at = { .p = p, .s = sheet, .bars = BARS_HIGH, .size = 1, .rows_most = ROWS_MAX };
    make_fit(&at);
    for (size_t i = 0; i < at.s->parts.count; i++)
        part_put(&at, &at.s->parts.at[i]);
}

err *print_bulletin(arena *a, const print_bulletin_sheet *s, const char *path)
{
    if (!s->parts.count)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("parts") }));
    page_setup setup = { &s->head, s->title, 210, 297 };
    return page_print(a, &setup, bulletin_draw, s, path);
}
