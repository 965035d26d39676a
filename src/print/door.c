#include "print/page.h"

#include <math.h>

/* The measures of the mock-up: readable at two metres, names and times in 16 pt. */
static const double LEFT = 14, RIGHT = 196, TABLE_TOP = 49, HEAD_ROW = 8, LINE = 11.5, LINE_MIN = 8,
                    STAFF_LINE = 8;
static const double TABLE_END = 280, SHIFT_W = 42, NAME_W = 50, TIME_W = 26, HOWTO_GAP = 6,
                    CODE_SIDE = 46;
static const double THIN = 0.2, HEAVY = 0.6;
enum { SPARE_LINES = 3, HOWTO_COUNT = 6 };

typedef struct door_view {
    const print_doors_sheet *sheet;
    const print_door *door;
    double line;  /* height of one line to sign */
    double howto; /* height of what stands below */
    double y;
} door_view;

static const char *const howto_keys[HOWTO_COUNT] = { "print.door.todo",     "print.door.not_todo",
                                                     "print.door.bring",    "print.door.rest",
                                                     "print.door.handover", "print.door.help" };

static void door_howto(const print_door *d, str texts[static HOWTO_COUNT])
{
    const str all[HOWTO_COUNT] = { d->todo, d->not_todo, d->bring, d->rest, d->handover, d->help };
    for (int i = 0; i < HOWTO_COUNT; i++)
        texts[i] = all[i];
}

static double howto_label(page *p)
{
    double widest = 0;
    for (int i = 0; i < HOWTO_COUNT; i++)
        widest = fmax(widest, page_text_width(p, (page_font){ .size = 14, .bold = true },
                                              page_word(p, howto_keys[i], NULL)));
    return widest + 4;
}

/* Draws what there is to know and the square; or only tells how high they are. */
static double howto_put(page *p, const print_door *d, double top, bool draw)
{
    str texts[HOWTO_COUNT];
    door_howto(d, texts);
    double right = d->qr.len ? RIGHT - CODE_SIDE - 8 : RIGHT, y = top + 10.5;
    double label = howto_label(p);
    bool any = false;
    for (int i = 0; i < HOWTO_COUNT; i++) {
        if (!texts[i].len)
            continue;
        any = true;
        if (draw)
            page_lines(p, (page_font){ .size = 14, .bold = true }, LEFT, y, label, true,
                       page_word(p, howto_keys[i], NULL));
        y += page_lines(p, (page_font){ .size = 14 }, LEFT + label, y, right - LEFT - label, draw,
                        texts[i]) +
             0.8;
    }
    if (any && draw)
        page_text(p, (page_font){ .size = 18, .bold = true }, (page_box){ LEFT, top, 100, 9 },
                  page_word(p, "print.door.howto", NULL));
    if (d->qr.len) {
        page_qr(p, RIGHT - CODE_SIDE, top + 1, draw ? CODE_SIDE : 0, draw ? d->qr : STR(""));
        double line = top + CODE_SIDE + 3;
        static const char *const link[] = { "print.door.scan", "print.door.scan_2",
                                            "print.door.scan_3" };
        static const char *const plain[] = { "print.door.keep", "print.door.keep_2",
                                             "print.door.keep_3" };
        const char *const *says = str_starts(d->qr, STR("http")) ? link : plain;
        for (size_t i = 0; draw && i < COUNT(link); i++)
            page_text(
                p, (page_font){ 11, i == 0, PAGE_CENTRE },
                (page_box){ RIGHT - CODE_SIDE - 3, line + 5.5 * (double)i, CODE_SIDE + 6, 5.5 },
                page_word(p, says[i], NULL));
        y = fmax(y, line + 16.5);
    }
    return any || d->qr.len ? y - top : 0;
}

static void door_foot_put(page *p, const door_view *v)
{
    const print_doors_sheet *s = v->sheet;
    str roster = page_word(p, "print.roster.draft", NULL);
    if (s->version)
        roster = page_word(p, "print.door.version", VALUES({ "version", page_int(p, s->version) }));
    if (s->version && s->published_at)
        roster = text_format(p->a, "%s%s", roster.at,
                             page_word(p, "print.roster.published_at",
                                       VALUES({ "when", page_when(p, s->published_at) })).at);
    page_text(p, (page_font){ .size = 9 }, (page_box){ LEFT, 283, 62, 5 }, roster);
    page_text(p, (page_font){ 9, false, PAGE_CENTRE }, (page_box){ LEFT + 58, 283, 66, 5 },
              page_foot(p, s->head.created_at));
    if (v->door->number.len)
        page_text(p, (page_font){ 9, false, PAGE_RIGHT }, (page_box){ RIGHT - 56, 283, 56, 5 },
                  page_word(p, "print.number", VALUES({ "number", v->door->number })));
}

static void door_top_put(page *p, const door_view *v)
{
    const print_head *h = &v->sheet->head;
    page_text(p, (page_font){ .size = 34, .bold = true }, (page_box){ LEFT, 11, 118, 15 },
              v->door->post);
    page_text(p, (page_font){ .size = 18 }, (page_box){ LEFT, 26, 118, 8 },
              page_day(p, "print.date_of_week", v->door->day));
    page_text(p, (page_font){ .size = 14 }, (page_box){ LEFT, 34, 118, 7.5 }, v->door->place);
    double x = LEFT + 122, w = RIGHT - x;
    page_text(p, (page_font){ 14, false, PAGE_RIGHT }, (page_box){ x, 15, w, 7.5 }, h->team);
    if (h->leader.len)
        page_text(p, (page_font){ 14, false, PAGE_RIGHT }, (page_box){ x, 22.5, w, 7.5 },
                  page_word(p, "print.door.leader", VALUES({ "name", h->leader })));
    page_text(p, (page_font){ 16, true, PAGE_RIGHT }, (page_box){ x, 30, w, 8 },
              print_phone(p->a, h->leader_phone));
    page_rule(p, LEFT, 43, RIGHT, 43, 0.6);
    door_foot_put(p, v);
}

static void door_head_put(page *p, door_view *v)
{
    const page_column columns[] = { { SHIFT_W, "print.column.shift" },
                                    { NAME_W, "print.column.on_duty" },
                                    { TIME_W, "print.column.arrived" },
                                    { TIME_W, "print.column.left" },
                                    { RIGHT - LEFT - SHIFT_W - NAME_W - 2 * TIME_W,
                                      "print.column.signature" } };
    v->y = TABLE_TOP;
    page_columns(p, columns, COUNT(columns), (page_box){ LEFT + 2, v->y, 0, HEAD_ROW },
                 (page_font){ .size = 11 });
    double x = LEFT;
    page_rule(p, LEFT, v->y, RIGHT, v->y, THIN);
    for (size_t i = 0; i <= COUNT(columns); i++) {
        page_rule(p, x, v->y, x, v->y + HEAD_ROW, THIN);
        x += i < COUNT(columns) ? columns[i].width : 0;
    }
    v->y += HEAD_ROW;
}

/* The lines around `lines` rows whose first column is one cell. */
static void block_lines_put(page *p, const door_view *v, size_t lines)
{
    const double xs[] = { LEFT,
                          LEFT + SHIFT_W,
                          LEFT + SHIFT_W + NAME_W,
                          LEFT + SHIFT_W + NAME_W + TIME_W,
                          LEFT + SHIFT_W + NAME_W + 2 * TIME_W,
                          RIGHT };
    double end = v->y + v->line * (double)lines;
    page_rule(p, LEFT, v->y, RIGHT, v->y, HEAVY);
    for (size_t i = 1; i < lines; i++)
        page_rule(p, xs[1], v->y + v->line * (double)i, RIGHT, v->y + v->line * (double)i, THIN);
    for (size_t i = 0; i < COUNT(xs); i++)
        page_rule(p, xs[i], v->y, xs[i], end, THIN);
    page_rule(p, LEFT, end, RIGHT, end, THIN);
}

static void door_name_put(page *p, const door_view *v, const print_door_shift *s, size_t i)
{
    page_box box = { LEFT + SHIFT_W + 2.5, v->y + v->line * (double)i, NAME_W - 4, v->line };
    if (i >= s->people.count) {
        page_text(p, (page_font){ .size = 11 }, box, page_word(p, "print.door.missing", NULL));
        return;
    }
    const print_door_person *who = &s->people.at[i];
    str mark = who->lead ? page_word(p, "print.door.lead", NULL) : STR("");
    if (who->unconfirmed)
        mark = text_format(p->a, "%.*s%s%s", STR_ARG(mark), mark.len ? " " : "",
                           page_word(p, "print.door.unconfirmed", NULL).at);
    page_font small = { .size = 11 }, large = { .size = 16, .bold = true };
    double w = mark.len ? page_text_width(p, small, mark) : 0;
    double name = fmin(page_text_width(p, large, who->name), box.w - w - 2);
    page_text(p, large, (page_box){ box.x, box.y, name + 0.1, box.h }, who->name);
    page_text(p, small, (page_box){ box.x + name + 2, box.y + 0.6, w + 0.1, box.h }, mark);
}

static void door_next_page(page *p, door_view *v)
{
    page_new(p);
    door_top_put(p, v);
    door_head_put(p, v);
}

static void door_staffed_put(page *p, door_view *v, const print_door_shift *s)
{
    if (v->y + STAFF_LINE > TABLE_END)
        door_next_page(p, v);
    page_text(p, (page_font){ .size = 11 }, (page_box){ LEFT + 2.5, v->y, SHIFT_W - 4, STAFF_LINE },
              page_span(p, s->starts, s->ends));
    page_text(p, (page_font){ .size = 11 },
              (page_box){ LEFT + SHIFT_W + 2.5, v->y, RIGHT - LEFT - SHIFT_W - 4, STAFF_LINE },
              s->staffed_by);
    page_rule(p, LEFT, v->y, RIGHT, v->y, HEAVY);
    page_rule(p, LEFT, v->y + STAFF_LINE, RIGHT, v->y + STAFF_LINE, THIN);
    page_rule(p, LEFT, v->y, LEFT, v->y + STAFF_LINE, THIN);
    page_rule(p, LEFT + SHIFT_W, v->y, LEFT + SHIFT_W, v->y + STAFF_LINE, THIN);
    page_rule(p, RIGHT, v->y, RIGHT, v->y + STAFF_LINE, THIN);
    v->y += STAFF_LINE;
}

static void shift_name_put(page *p, const door_view *v, const print_door_shift *s, double h)
{
    page_box box = { LEFT + 2.5, v->y, SHIFT_W - 4, h };
    str time = page_span(p, s->starts, s->ends);
    if (h >= 16) {
        double middle = v->y + h / 2;
        page_text(p, (page_font){ .size = 20, .bold = true },
                  (page_box){ box.x, middle - 8.5, box.w, 9 }, s->letter);
        page_text(p, (page_font){ .size = 16 }, (page_box){ box.x, middle + 0.5, box.w, 8 }, time);
        return;
    }
    page_font font = { .size = 16, .bold = true };
    double w = page_text_width(p, font, s->letter) + (s->letter.len ? 1.5 : 0);
    page_text(p, font, (page_box){ box.x, box.y, w + 0.1, h }, s->letter);
    page_text(p, (page_font){ .size = 16 }, (page_box){ box.x + w, box.y, box.w - w, h }, time);
}

static void door_shift_put(page *p, door_view *v, const print_door_shift *s)
{
    size_t lines = s->people.count + (size_t)s->missing;
    if (s->staffed_by.len) {
        door_staffed_put(p, v, s);
        return;
    }
    for (size_t from = 0; from < lines;) {
        size_t room = (size_t)fmax(0, (TABLE_END - v->y) / v->line + 1e-6);
        if (!room || (room < lines - from && room < 3)) {
            door_next_page(p, v);
            continue;
        }
        size_t take = lines - from < room ? lines - from : room;
        shift_name_put(p, v, s, v->line * (double)take);
        print_door_shift part = *s;
        part.people.at = s->people.at + (from < s->people.count ? from : s->people.count);
        part.people.count = from < s->people.count ? s->people.count - from : 0;
        for (size_t i = 0; i < take; i++)
            door_name_put(p, v, &part, i);
        block_lines_put(p, v, take);
        v->y += v->line * (double)take;
        from += take;
    }
}

static void spare_put(page *p, door_view *v)
{
    if (v->y + v->line * SPARE_LINES > TABLE_END)
        door_next_page(p, v);
    double middle = v->y + v->line * SPARE_LINES / 2;
    page_text(p, (page_font){ .size = 12 }, (page_box){ LEFT + 2.5, middle - 6, SHIFT_W - 4, 6 },
              page_word(p, "print.door.spare", NULL));
    page_text(p, (page_font){ .size = 12 }, (page_box){ LEFT + 2.5, middle, SHIFT_W - 4, 6 },
              page_word(p, "print.door.spare_2", NULL));
    block_lines_put(p, v, SPARE_LINES);
    v->y += v->line * SPARE_LINES;
}

/* Lines as high as leaves room for what to know below, within reason. */
static double door_line(const print_door *d, double howto)
{
    size_t lines = SPARE_LINES;
    double staffed = 0;
    for (size_t i = 0; i < d->shifts.count; i++) {
        const print_door_shift *s = &d->shifts.at[i];
        if (s->staffed_by.len)
            staffed += STAFF_LINE;
        else
            lines += s->people.count + (size_t)s->missing;
    }
    double room = TABLE_END - TABLE_TOP - HEAD_ROW - staffed - (howto > 0 ? howto + HOWTO_GAP : 0);
    return fmax(LINE_MIN, fmin(LINE, room / (double)lines));
}

static void door_put(page *p, door_view *v)
{
    v->howto = howto_put(p, v->door, 0, false);
    v->line = door_line(v->door, v->howto);
    door_next_page(p, v);
    for (size_t i = 0; i < v->door->shifts.count; i++)
        door_shift_put(p, v, &v->door->shifts.at[i]);
    spare_put(p, v);
    if (v->y + HOWTO_GAP + v->howto > TABLE_END + 1) {
        page_new(p);
        door_top_put(p, v);
        v->y = TABLE_TOP - HOWTO_GAP;
    }
    howto_put(p, v->door, v->y + HOWTO_GAP, true);
}

static void doors_draw(page *p, const void *sheet)
{
    const print_doors_sheet *s = sheet;
    for (size_t i = 0; i < s->doors.count; i++)
        door_put(p, &(door_view){ .sheet = s, .door = &s->doors.at[i] });
}

err *print_doors(arena *a, const print_doors_sheet *s, const char *path)
{
    if (!s->doors.count)
        return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("doors") }));
    page_setup setup = { &s->head, STR(""), 210, 297 };
    setup.title = words_get(a, s->head.lang, "print.door.title", VALUES({ "team", s->head.team }));
    return page_print(a, &setup, doors_draw, s, path);
}
