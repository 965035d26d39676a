#include "print/roster.h"

#include <math.h>

/* The measures of the mock-up: A4 across, 38 people and a sum row a page, 14 days. */
static const double MARGIN = ROSTER_MARGIN, TABLE_TOP = ROSTER_TOP, TABLE_END = ROSTER_END;
static const double HEAD_ROW = 8, ROW = 4.1, ROW_MAX = 6.4;
static const double NUMBER_W = 7, COUNT_W = 9, HOURS_W = 11, NAME_W = 15, NAME_MAX = 22,
                    UNIT_W = 28.5, LETTER = 3.7, LETTER_GAP = 0.7;
static const double THIN = ROSTER_THIN, HEAVY = 0.6;
enum { PEOPLE_PER_PAGE = 38, DAYS_PER_PAGE = 14, HEAVY_ROW = 5 };

/* One page's part of the table and the measures that follow from it. */
typedef struct grid {
    const print_roster_sheet *sheet;
    size_t first_person, people, first_day, days;
    double row, scale; /* scale of the letters against the mock-up's */
    double name_w, unit_w, day_w, right;
    bool long_posts; /* the posts' names have room in a cell */
} grid;

static double days_left(const grid *g)
{
    return MARGIN + NUMBER_W + g->name_w + g->unit_w;
}

static const print_duty *duty_next(const grid *g, size_t person, size_t day, size_t *from)
{
    for (; *from < g->sheet->duties.count; (*from)++) {
        const print_duty *d = &g->sheet->duties.at[*from];
        if ((size_t)d->person_index == person && (size_t)d->day_index == day) {
            (*from)++;
            return d;
        }
    }
    return NULL;
}

static str duty_post(page *p, const grid *g, const print_duty *d)
{
    const print_post *post = &g->sheet->posts.at[d->post_index];
    str name = g->long_posts || !post->letter.len ? post->name : post->letter;
    return text_format(p->a, "%.*s%s%s", STR_ARG(name), d->lead ? "★" : "",
                       d->unconfirmed ? "?" : "");
}

static bool long_posts_fit(page *p, const grid *g)
{
    double widest = 0;
    for (size_t i = 0; i < g->sheet->posts.count; i++)
        widest = fmax(widest, page_text_width(p, (page_font){ .size = 8.5 * g->scale },
                                              g->sheet->posts.at[i].name));
    return widest + 12 * g->scale < g->day_w && g->scale >= 1;
}

static void letter_put(page *p, double scale, page_box box, const print_shift *s)
{
    page_edge(p, (print_edge)s->edge, box);
    bool heavy = s->edge == PRINT_EDGE_HEAVY;
    double inside = box.w * (heavy ? 0.13 : 0.06);
    page_text(p, (page_font){ (heavy ? 7.6 : 8.5) * scale, heavy, PAGE_CENTRE },
              (page_box){ box.x + inside, box.y, box.w - 2 * inside, box.h }, s->letter);
}

/* The width of a cell's duties at the mock-up's size, with a gap before each and after the last. */
static double cell_width(page *p, const grid *g, size_t person, size_t day)
{
    double w = 0.8;
    size_t from = 0;
    for (const print_duty *d; (d = duty_next(g, person, day, &from));)
        w += 0.8 + LETTER + LETTER_GAP +
             page_text_width(p, (page_font){ .size = 8.5 }, duty_post(p, g, d));
    return w;
}

/* All duties of a person's day side by side, all of one size, smaller the more they are. */
static void cell_put(page *p, const grid *g, size_t person, size_t day, page_box cell)
{
    double wide = cell_width(p, g, person, day), scale = fmin(g->scale, cell.w / wide);
    double x = cell.x + (cell.w - wide * scale) / 2 + 0.8 * scale, box = LETTER * scale;
    size_t from = 0;
    for (const print_duty *d; (d = duty_next(g, person, day, &from));) {
        str post = duty_post(p, g, d);
        page_font font = { .size = 8.5 * scale };
        double w = page_text_width(p, font, post) + 0.05;
        letter_put(p, scale, (page_box){ x, cell.y + (cell.h - box) / 2, box, box },
                   &g->sheet->shifts.at[d->shift_index]);
        page_text(p, font, (page_box){ x + box + LETTER_GAP * scale, cell.y, w, cell.h }, post);
        x += box + (LETTER_GAP + 0.8) * scale + w;
    }
}

static int duty_minutes(const grid *g, const print_duty *d)
{
    const print_shift *s = &g->sheet->shifts.at[d->shift_index];
    return s->ends > s->starts ? s->ends - s->starts : s->ends + 1440 - s->starts;
}

static str hours_text(page *p, int minutes)
{
    return minutes % 60 ? text_format(p->a, "%.1f", minutes / 60.0) : page_int(p, minutes / 60);
}

/* Of the whole roster, also where its days take several pages. */
static void totals_put(page *p, const grid *g, const size_t *person, double y, page_font font)
{
    int count = 0, minutes = 0;
    for (size_t i = 0; i < g->sheet->duties.count; i++) {
        const print_duty *d = &g->sheet->duties.at[i];
        if (person && (size_t)d->person_index != *person)
            continue;
        count++;
        minutes += duty_minutes(g, d);
    }
    font.align = PAGE_RIGHT;
    page_text(p, font, (page_box){ g->right - HOURS_W - COUNT_W + 0.5, y, COUNT_W - 1.3, g->row },
              page_int(p, count));
    page_text(p, font, (page_box){ g->right - HOURS_W + 0.5, y, HOURS_W - 1.3, g->row },
              hours_text(p, minutes));
}

static void person_put(page *p, const grid *g, size_t person, double y)
{
    const print_person *who = &g->sheet->people.at[person];
    page_font font = { .size = 8.5 * g->scale };
    double x = MARGIN;
    page_text(p, (page_font){ font.size, false, PAGE_RIGHT },
              (page_box){ x, y, NUMBER_W - 1, g->row }, page_int(p, (int64_t)person + 1));
    x += NUMBER_W;
    page_text(p, (page_font){ font.size, true, PAGE_LEFT },
              (page_box){ x + 1, y, g->name_w - 1.5, g->row }, who->name);
    x += g->name_w;
    page_text(p, (page_font){ .size = 7.5 * g->scale },
              (page_box){ x + 1, y, g->unit_w - 1.5, g->row }, who->unit);
    x += g->unit_w;
    for (size_t i = 0; i < g->days; i++, x += g->day_w)
        cell_put(p, g, person, g->first_day + i, (page_box){ x, y, g->day_w, g->row });
    totals_put(p, g, &person, y, font);
}

static void head_row_put(page *p, const grid *g)
{
    double x = MARGIN, y = TABLE_TOP;
    page_font font = { .size = 8.5, .align = PAGE_CENTRE };
    const page_column columns[] = { { NUMBER_W, "print.column.number" },
                                    { g->name_w, "print.column.name" },
                                    { g->unit_w, "print.column.unit" } };
    page_columns(p, columns, COUNT(columns), (page_box){ x, y, 0, HEAD_ROW }, font);
    x = days_left(g);
    for (size_t i = 0; i < g->days; i++, x += g->day_w) {
        civil_day day = g->sheet->starts_on + (civil_day)(g->first_day + i);
        page_font bold = { 8.5, civil_weekday(day) >= 5, PAGE_CENTRE };
        page_text(p, font, (page_box){ x, y + 0.5, g->day_w, 3.7 }, page_day(p, "print.day", day));
        page_text(p, bold, (page_box){ x, y + 4, g->day_w, 3.7 },
                  page_day(p, "print.day_of_week", day));
    }
    const page_column last[] = { { COUNT_W, "print.column.duties" },
                                 { HOURS_W, "print.column.hours" } };
    page_columns(p, last, COUNT(last), (page_box){ x, y, 0, HEAD_ROW }, font);
}

static void sum_row_put(page *p, const grid *g, double y)
{
    page_font font = { .size = 7.5 * g->scale, .align = PAGE_CENTRE };
    double x = MARGIN + NUMBER_W;
    page_text(p, font, (page_box){ x, y, g->name_w, g->row },
              page_word(p, "print.roster.sum", NULL));
    x += g->name_w;
    page_text(p, font, (page_box){ x, y, g->unit_w, g->row },
              page_word(p, "print.roster.filled_needed", NULL));
    x += g->unit_w;
    for (size_t i = 0; i < g->days; i++, x += g->day_w) {
        const print_day *d = &g->sheet->days.at[g->first_day + i];
        str figures = text_format(p->a, "%d/%d", d->needed - d->missing, d->needed);
        str short_of = d->missing ? page_word(p, "print.roster.missing",
                                              VALUES({ "n", page_int(p, d->missing) }))
                                  : STR("");
        page_font bold = { font.size, true, PAGE_LEFT };
        double wide = page_text_width(p, font, figures),
               missing = page_text_width(p, bold, short_of);
        double fit = fmin(1, (g->day_w - 1.5) / (wide + missing + 0.01)),
               gap = missing > 0 ? 0.8 : 0;
        double left = x + (g->day_w - (wide + missing) * fit - gap) / 2;
        page_text(p, font, (page_box){ left, y, wide * fit + 0.01, g->row }, figures);
        page_text(p, bold, (page_box){ left + wide * fit + gap, y, missing * fit + 0.01, g->row },
                  short_of);
    }
    totals_put(p, g, NULL, y, (page_font){ .size = font.size });
}

/* A heavier line each week and each fifth row: a finger finds its cell. */
static void lines_put(page *p, const grid *g)
{
    double end = TABLE_TOP + HEAD_ROW + g->row * (double)(g->people + 1);
    page_rule(p, MARGIN, TABLE_TOP, g->right, TABLE_TOP, THIN);
    for (size_t i = 0; i <= g->people + 1; i++) {
        bool heavy = i && i < g->people && (g->first_person + i) % HEAVY_ROW == 0;
        double y = TABLE_TOP + HEAD_ROW + g->row * (double)i;
        page_rule(p, MARGIN, y, g->right, y, heavy ? HEAVY : THIN);
    }
    const double before[] = { MARGIN, MARGIN + NUMBER_W, MARGIN + NUMBER_W + g->name_w };
    for (size_t i = 0; i < COUNT(before); i++)
        page_rule(p, before[i], TABLE_TOP, before[i], end, THIN);
    double x = days_left(g);
    for (size_t i = 0; i <= g->days; i++, x += g->day_w) {
        bool heavy = i == g->days || (g->first_day + i) % 7 == 0;
        page_rule(p, x, TABLE_TOP, x, end, heavy ? HEAVY : THIN);
    }
    page_rule(p, g->right - HOURS_W, TABLE_TOP, g->right - HOURS_W, end, THIN);
    page_rule(p, g->right, TABLE_TOP, g->right, end, THIN);
}

static str title_of(page *p, const print_roster_sheet *s)
{
    return s->title.len ? s->title
                        : page_word(p, "print.roster.title", VALUES({ "team", s->head.team }));
}

static str version_text(page *p, const print_roster_sheet *s)
{
    if (!s->version)
        return page_word(p, "print.roster.draft", NULL);
    text t = text_begin(p->a);
    words_put(&t, p->lang, "print.roster.published",
              VALUES({ "version", page_int(p, s->version) }));
    if (s->published_at)
        words_put(&t, p->lang, "print.roster.published_at",
                  VALUES({ "when", page_when(p, s->published_at) }));
    if (s->version > 1)
        words_put(&t, p->lang, "print.roster.replaces",
                  VALUES({ "version", page_int(p, s->version - 1) }));
    return text_done(&t);
}

static str contact_text(page *p, const char *key, str name, str phone)
{
    if (!name.len && !phone.len)
        return STR("");
    return page_word(p, key, VALUES({ "name", name }, { "phone", print_phone(p->a, phone) }));
}

void roster_top_put(page *p, const print_roster_sheet *s)
{
    str title = title_of(p, s);
    page_font big = { .size = 15, .bold = true };
    double title_w = fmin(110, page_text_width(p, big, title)), right = p->width - MARGIN;
    page_text(p, big, (page_box){ MARGIN, 12.6, title_w + 0.1, 8 }, title);
    civil_day last = s->starts_on + (civil_day)s->days.count - 1;
    str days = text_format(p->a, "%s–%s", page_day(p, "print.date_long", s->starts_on).at,
                           page_day(p, "print.date_of_week", last).at);
    double x = MARGIN + title_w + 5;
    page_text(p, (page_font){ .size = 8.5 }, (page_box){ x, 12.2, 70, 4.4 }, days);
    page_text(p, (page_font){ .size = 8.5, .bold = true }, (page_box){ x, 16.6, 70, 4.4 },
              version_text(p, s));
    if (s->head.qr.len) {
        page_qr(p, right - 13.5, 8, 13.5, s->head.qr);
        right -= 17;
    }
    page_font font = { .size = 8.5, .align = PAGE_RIGHT };
    str liaison = contact_text(p, "print.liaison", s->head.liaison, s->head.liaison_phone);
    str leader = contact_text(p, "print.leader", s->head.leader, s->head.leader_phone);
    double w = page_text_width(p, font, liaison);
    page_text(p, font, (page_box){ right - 110, 12.2, 110, 4.4 },
              page_word(p, "print.roster.cannot_come", NULL));
    page_text(p, font, (page_box){ right - w - 0.1, 16.6, w + 0.1, 4.4 }, liaison);
    page_text(p, (page_font){ 8.5, true, PAGE_RIGHT },
              (page_box){ right - w - (w > 0 ? 64 : 60), 16.6, 60, 4.4 }, leader);
}

/* Words one after the other, a new line when one is full. */
typedef struct flow {
    double x, y, size, line, right;
    double later_right; /* of the lines after the first: the foot stands beside them */
    bool draw;
} flow;

static void flow_put(page *p, flow *f, const print_shift *edge, str s)
{
    double box = edge ? f->size * 0.42 : 0, gap = f->size * 0.35;
    double w = page_text_width(p, (page_font){ .size = f->size }, s);
    if (f->x > MARGIN && f->x + box + w > f->right) {
        f->x = MARGIN;
        f->y += f->line;
        f->right = f->later_right;
    }
    if (f->draw && edge)
        letter_put(p, f->size / 8.5, (page_box){ f->x, f->y + (f->line - box) / 2, box, box },
                   edge);
    if (edge)
        f->x += box + 0.8;
    if (f->draw)
        page_text(p, (page_font){ .size = f->size },
                  (page_box){ f->x, f->y, fmin(w, f->right - f->x) + 0.1, f->line }, s);
    f->x += w + gap;
}

static double legend_put(page *p, const print_roster_sheet *s, flow f)
{
    for (size_t i = 0; i < s->shifts.count; i++)
        flow_put(p, &f, &s->shifts.at[i],
                 page_span(p, s->shifts.at[i].starts, s->shifts.at[i].ends));
    f.x += 2;
    for (size_t i = 0; i < s->posts.count; i++) {
        const print_post *post = &s->posts.at[i];
        flow_put(p, &f, NULL,
                 text_format(p->a, "%.*s %.*s", STR_ARG(post->letter), STR_ARG(post->name)));
    }
    f.x += 2;
    flow_put(p, &f, NULL, page_word(p, "print.roster.marks", NULL));
    flow_put(p, &f, NULL, page_word(p, "print.roster.come_early", NULL));
    if (s->rules.len)
        flow_put(p, &f, NULL, s->rules);
    return f.y + f.line;
}

/* Two lines in the size of the mock-up, else as small as it must be. */
void roster_foot_put(page *p, const print_roster_sheet *s)
{
    static const double top = 193, bottom = 203;
    str printed = page_foot(p, s->head.created_at);
    page_font font = { .size = 8.5, .align = PAGE_RIGHT };
    double w = page_text_width(p, font, printed) + 0.1, right = p->width - MARGIN;
    flow f = { MARGIN, top, 8.5, 4.6, right, right - w - 6, false };
    while (f.size > 5 && legend_put(p, s, f) > bottom) {
        f.size -= 0.5;
        f.line = f.size * 0.54;
    }
    f.draw = true;
    legend_put(p, s, f);
    page_text(p, font, (page_box){ right - w, top + 4.6, w, 4.6 }, printed);
}

static double widest_name(page *p, const grid *g)
{
    double widest = 0;
    for (size_t i = 0; i < g->sheet->people.count; i++)
        widest = fmax(widest, page_text_width(p, (page_font){ 8.5 * g->scale, true, PAGE_LEFT },
                                              g->sheet->people.at[i].name));
    return widest;
}

static grid grid_of(page *p, const print_roster_sheet *s, size_t first_person, size_t first_day)
{
    grid g = {
        .sheet = s, .first_person = first_person, .first_day = first_day, .right = p->width - MARGIN
    };
    g.people = s->people.count - first_person;
    if (g.people > PEOPLE_PER_PAGE)
        g.people = PEOPLE_PER_PAGE;
    g.days = s->days.count - first_day;
    if (g.days > DAYS_PER_PAGE)
        g.days = DAYS_PER_PAGE;
    /* Few people or days: larger, so that the wall can be read from further off. The same on all pages. */
    size_t most = s->people.count < PEOPLE_PER_PAGE ? s->people.count : PEOPLE_PER_PAGE;
    g.row = fmax(ROW, fmin(ROW_MAX, (TABLE_END - TABLE_TOP - HEAD_ROW) / (double)(most + 1)));
    double room = g.right - MARGIN - NUMBER_W - COUNT_W - HOURS_W - NAME_W - UNIT_W,
           days = (double)g.days;
    double spare = fmax(0, room - 24 * days);
    g.scale = fmax(1, fmin(1.4, fmin(g.row / ROW, room / days / 14.5)));
    g.name_w = fmax(NAME_W + fmin(8, spare * 0.2), fmin(NAME_MAX, widest_name(p, &g) + 2));
    g.unit_w = UNIT_W + fmin(25, spare * 0.4) - fmax(0, g.name_w - NAME_W - spare * 0.2);
    g.day_w = (room + NAME_W + UNIT_W - g.name_w - g.unit_w) / days;
    g.long_posts = long_posts_fit(p, &g);
    return g;
}

static double grid_put(page *p, const grid *g)
{
    double y = TABLE_TOP + HEAD_ROW;
    head_row_put(p, g);
    for (size_t i = 0; i < g->people; i++, y += g->row)
        person_put(p, g, g->first_person + i, y);
    sum_row_put(p, g, y);
    lines_put(p, g);
    return y + g->row;
}

static void roster_draw(page *p, const void *sheet)
{
    const print_roster_sheet *s = sheet;
    double y = TABLE_TOP;
    size_t day = 0;
    do {
        size_t person = 0;
        do {
            page_new(p);
            roster_top_put(p, s);
            grid g = grid_of(p, s, person, day);
            y = grid_put(p, &g);
            roster_foot_put(p, s);
            person += PEOPLE_PER_PAGE;
        } while (person < s->people.count);
        day += DAYS_PER_PAGE;
    } while (day < s->days.count);
    roster_gaps_put(p, s, y + 3);
}

static bool index_is(int index, size_t count)
{
    return index >= 0 && (size_t)index < count;
}

static err *roster_check(arena *a, const print_roster_sheet *s)
{
    const char *wrong = s->days.count ? NULL : "days";
    for (size_t i = 0; i < s->duties.count; i++) {
        const print_duty *d = &s->duties.at[i];
        if (!index_is(d->person_index, s->people.count) || !index_is(d->day_index, s->days.count) ||
            !index_is(d->shift_index, s->shifts.count) || !index_is(d->post_index, s->posts.count))
            wrong = "duties";
    }
    for (size_t i = 0; i < s->gaps.count; i++) {
        const print_gap *g = &s->gaps.at[i];
        if (!index_is(g->day_index, s->days.count) || !index_is(g->shift_index, s->shifts.count) ||
            !index_is(g->post_index, s->posts.count))
            wrong = "gaps";
    }
    return wrong ? err_new(a, ERR_INPUT, "print.document", VALUES({ "name", str_of(wrong) }))
                 : NULL;
}

err *print_roster(arena *a, const print_roster_sheet *s, const char *path)
{
    TRY(roster_check(a, s));
    page_setup setup = { &s->head, s->title, 297, 210 };
    if (!setup.title.len)
        setup.title =
            words_get(a, s->head.lang, "print.roster.title", VALUES({ "team", s->head.team }));
    return page_print(a, &setup, roster_draw, s, path);
}
