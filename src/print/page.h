/*
 * page: pages of a PDF, in millimetres from the top left. The draw function runs twice, first only to
 * count pages, so that each can say "page x of y"; it must do the same both times.
 */
#ifndef MUSTER_PRINT_PAGE_H
#define MUSTER_PRINT_PAGE_H
#include "print/print.h"

typedef struct page {
    arena *a;
    words_lang lang;
    double width, height; /* mm */
    int number, total;    /* total is 0 while counting */
    struct page_tools *tools;
} page;

typedef enum page_align { PAGE_LEFT, PAGE_CENTRE, PAGE_RIGHT } page_align;
typedef struct page_font {
    double size; /* pt */
    bool bold;
    page_align align;
} page_font;
typedef struct page_box {
    double x, y, w, h;
} page_box;

typedef struct page_setup {
    const print_head *head;
    str title; /* of the PDF */
    double width, height;
} page_setup;
err *page_print(arena *a, const page_setup *setup, void (*draw)(page *p, const void *sheet),
                const void *sheet, const char *path);
void page_new(page *p); /* also before the first */

double page_text_width(page *p, page_font font, str s);
/* One line, in the middle of the box's height; made smaller, at last cut, to fit its width. */
void page_text(page *p, page_font font, page_box box, str s);
/* As many lines as it takes in width w; returns the height. Measures only when !draw. */
double page_lines(page *p, page_font font, double x, double y, double w, bool draw, str s);
/* As page_lines; what stands between PRINT_FIGURE_BEGIN and _END is bold and underlined by dots. */
double page_figures(page *p, page_font font, double x, double y, double w, bool draw, str s);
void page_rule(page *p, double x1, double y1, double x2, double y2, double thick);
void page_edge(page *p, print_edge edge, page_box box);
void page_frame(page *p, page_box box, double thick);
typedef enum page_ink {
    PAGE_FILL_OK,
    PAGE_FILL_WARN,
    PAGE_FILL_INFO,
    PAGE_FILL_NONE, /* hatched */
    PAGE_FILL_BAD,
    PAGE_FILL_COUNT
} page_ink;
void page_fill(page *p, page_box box, page_ink ink); /* nothing where the box is empty */
void page_qr(page *p, double x, double y, double side, str link);

typedef struct page_column {
    double width;
    const char *words; /* key of its heading */
} page_column;
void page_columns(page *p, const page_column *columns, size_t count, page_box row, page_font font);

str page_word(page *p, const char *key, const word_value *values);
str page_day(page *p, const char *key, civil_day day); /* key takes year, month, day, weekday */
civil_day page_day_of(page *p, int64_t at);            /* local */
str page_when(page *p, int64_t at);                    /* 2月7日 23:12 */
str page_span(page *p, int starts, int ends);          /* 08:00–12:00 */
str page_int(page *p, int64_t n);
str page_foot(page *p, int64_t printed_at); /* printed when, page x of y */
#endif
