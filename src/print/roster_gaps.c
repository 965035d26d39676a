#include "print/roster.h"

#include <math.h>

static const page_column gap_columns[] = {
    { 29, "print.column.day" }, { 28, "print.column.shift" },   { 46, "print.column.post" },
    { 11, "print.column.gap" }, { 167, "print.column.reason" },
};
static const double GAP_ROW = 5.4;

static void gap_lines_put(page *p, double y, double h)
{
    double x = ROSTER_MARGIN;
    page_rule(p, x, y + h, p->width - ROSTER_MARGIN, y + h, ROSTER_THIN);
    for (size_t i = 0; i <= COUNT(gap_columns); i++) {
        page_rule(p, x, y, x, y + h, ROSTER_THIN);
        x += i < COUNT(gap_columns) ? gap_columns[i].width : 0;
    }
}

static double gap_head_put(page *p, double y)
{
    page_text(p, (page_font){ .size = 11, .bold = true }, (page_box){ ROSTER_MARGIN, y, 200, 7 },
              page_word(p, "print.roster.gaps", NULL));
    y += 8;
    page_rule(p, ROSTER_MARGIN, y, p->width - ROSTER_MARGIN, y, ROSTER_THIN);
    page_columns(p, gap_columns, COUNT(gap_columns), (page_box){ ROSTER_MARGIN + 0.5, y, 0, GAP_ROW },
                 (page_font){ .size = 8.5 });
    gap_lines_put(p, y, GAP_ROW);
    return y + GAP_ROW;
}

static double gap_put(page *p, const print_roster_sheet *s, const print_gap *g, double y, bool draw)
{
    double wide = gap_columns[4].width - 2, reason_x = p->width - ROSTER_MARGIN - gap_columns[4].width + 1;
    page_font font = { .size = 8.5 };
    double reason = page_lines(p, font, 0, 0, wide, false, g->reason),
           h = fmax(GAP_ROW, reason + 0.9);
    if (!draw)
        return h;
    const print_shift *shift = &s->shifts.at[g->shift_index];
    double x = ROSTER_MARGIN + 1;
    str cells[] = { page_day(p, "print.date_of_week", s->starts_on + g->day_index),
                    text_format(p->a, "%.*s %s", STR_ARG(shift->letter),
                                page_span(p, shift->starts, shift->ends).at),
                    s->posts.at[g->post_index].name, page_int(p, g->missing) };
    for (size_t i = 0; i < COUNT(cells); i++) {
        page_text(p, (page_font){ 8.5, i == 3, PAGE_LEFT },
                  (page_box){ x, y, gap_columns[i].width - 2, h }, cells[i]);
        x += gap_columns[i].width;
    }
    page_lines(p, font, reason_x, y + (h - reason) / 2, wide, true, g->reason);
    gap_lines_put(p, y, h);
    return h;
}

void roster_gaps_put(page *p, const print_roster_sheet *s, double y)
{
    bool open = false;
    for (size_t i = 0; i < s->gaps.count; i++) {
        double h = gap_put(p, s, &s->gaps.at[i], y, false);
        if (y + h + (open ? 0 : 8 + GAP_ROW) > ROSTER_END) {
            page_new(p);
            roster_top_put(p, s);
            roster_foot_put(p, s);
            y = ROSTER_TOP;
            open = false;
        }
        if (!open)
            y = gap_head_put(p, y);
        open = true;
        y += gap_put(p, s, &s->gaps.at[i], y, true);
    }
}
