#include "print/page_tools.h"

#include "base/file.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FONT_FAMILY "Noto Sans CJK SC"
static const double SHRINK_MIN = 0.55;   /* below that a text is cut */
static const double MIDDLE_OF_EM = 0.37; /* of CJK signs and digits alike, above the base line */

/* What is set is only drawn once it counts. */
static void show_layout(page *p)
{
    if (!p->tools->counting)
        pango_cairo_show_layout(p->tools->cairo, p->tools->layout);
}

static void tools_close(void *what)
{
    page_tools *t = what;
    if (t->font)
        pango_font_description_free(t->font);
    if (t->layout)
        g_object_unref(t->layout);
    if (t->cairo)
        cairo_destroy(t->cairo);
    if (t->surface)
        cairo_surface_destroy(t->surface);
    if (t->stream)
        fclose(t->stream);
    arena_give_back(t->bytes);
    *t = (page_tools){ .zone = t->zone };
}

/* Never into the arena: running out of it would jump out of cairo's midst. */
static cairo_status_t stream_write(void *stream, const unsigned char *bytes, unsigned int count)
{
    return fwrite(bytes, 1, count, stream) == count ? CAIRO_STATUS_SUCCESS
                                                    : CAIRO_STATUS_WRITE_ERROR;
}

static str created_text(page *p, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(p->tools->zone, at, &day, &minute);
    text t = text_begin(p->a);
    text_put(&t, civil_day_text(p->a, day));
    text_printf(&t, "T%02d:%02d:%02d", minute / 60, minute % 60, (int)(at / 1000 % 60));
    return text_done(&t);
}

/* Chinese in boxes of a wrong font is worse than no paper. */
static err *font_check(arena *a)
{
    if (!pango_font_map_get_family(pango_cairo_font_map_get_default(), FONT_FAMILY))
        return err_new(a, ERR_NOT_FOUND, "print.font_missing",
                       VALUES({ "font", STR(FONT_FAMILY) }));
    return NULL;
}

/* While counting nothing is kept: making fonts part of a PDF takes longer than setting its texts. */
static err *surface_open(page *p, const page_setup *setup)
{
    page_tools *t = p->tools;
    if (t->counting) {
        t->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
        return NULL;
    }
    t->stream = open_memstream(&t->bytes, &t->byte_count);
    if (!t->stream)
        return err_memory();
    t->surface = cairo_pdf_surface_create_for_stream(
        stream_write, t->stream, p->width * POINTS_OF_MM, p->height * POINTS_OF_MM);
    cairo_pdf_surface_set_metadata(t->surface, CAIRO_PDF_METADATA_TITLE, str_z(p->a, setup->title));
    cairo_pdf_surface_set_metadata(t->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   created_text(p, setup->head->created_at).at);
    return NULL;
}

static err *tools_open(page *p, const page_setup *setup)
{
    page_tools *t = p->tools;
    TRY(surface_open(p, setup));
    t->cairo = cairo_create(t->surface);
    t->layout = pango_cairo_create_layout(t->cairo);
    PangoContext *context = pango_layout_get_context(t->layout);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    t->font = pango_font_description_from_string(FONT_FAMILY);
    return NULL;
}

static err *tools_finish(page_tools *t)
{
    if (t->cairo && cairo_status(t->cairo) == CAIRO_STATUS_SUCCESS)
        cairo_show_page(t->cairo);
    cairo_surface_finish(t->surface);
    bool failed = cairo_status(t->cairo) || cairo_surface_status(t->surface);
    return (t->stream && fflush(t->stream)) || failed ? err_memory() : NULL;
}

err *page_print(arena *a, const page_setup *setup, void (*draw)(page *p, const void *sheet),
                const void *sheet, const char *path)
{
    page *p = arena_new(a, page);
    *p =
        (page){ .a = a, .lang = setup->head->lang, .width = setup->width, .height = setup->height };
    p->tools = arena_new(a, page_tools);
    arena_defer(a, tools_close, p->tools);
    str zone = setup->head->zone.len ? setup->head->zone : STR("Asia/Shanghai");
    TRY(civil_zone_open(a, zone, &p->tools->zone));
    TRY(font_check(a));
    for (int pass = 0; pass < 2; pass++) {
        tools_close(p->tools);
        p->total = p->number;
        p->number = 0;
        p->tools->counting = pass == 0;
        TRY(tools_open(p, setup));
        draw(p, sheet);
        TRY(tools_finish(p->tools));
    }
    assert(p->number == p->total);
    err *e = file_write(a, path, (str){ p->tools->bytes, p->tools->byte_count });
    tools_close(p->tools);
    return e;
}

void page_new(page *p)
{
    if (p->number++)
        cairo_show_page(p->tools->cairo);
    cairo_set_source_rgb(p->tools->cairo, 0, 0, 0);
}

/* The shared layout, loaded with s; its width in points. */
static double layout_load(page *p, double size, bool bold, str s)
{
    page_tools *t = p->tools;
    pango_font_description_set_absolute_size(t->font, size * PANGO_SCALE);
    pango_font_description_set_weight(t->font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(t->layout, t->font);
    pango_layout_set_width(t->layout, -1);
    pango_layout_set_ellipsize(t->layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_single_paragraph_mode(t->layout, TRUE);
    pango_layout_set_alignment(t->layout, PANGO_ALIGN_LEFT);
    pango_layout_set_text(t->layout, s.at ? s.at : "", (int)s.len);
    int width;
    pango_layout_get_size(t->layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

double page_text_width(page *p, page_font font, str s)
{
    return layout_load(p, font.size, font.bold, s) / POINTS_OF_MM;
}

void page_text(page *p, page_font font, page_box box, str s)
{
    if (!s.len)
        return;
    page_tools *t = p->tools;
    double room = box.w * POINTS_OF_MM, size = font.size;
    double width = layout_load(p, size, font.bold, s);
    if (width > room) {
        size *= fmax(SHRINK_MIN, room / width * 0.995);
        width = layout_load(p, size, font.bold, s);
    }
    if (width > room) {
        pango_layout_set_width(t->layout, (int)(room * PANGO_SCALE));
        pango_layout_set_ellipsize(t->layout, PANGO_ELLIPSIZE_END);
        width = room;
    }
    double left = box.x * POINTS_OF_MM + (room - width) * (font.align / 2.0);
    double base = (box.y + box.h / 2) * POINTS_OF_MM + size * MIDDLE_OF_EM;
    cairo_move_to(t->cairo, left,
                  base - (double)pango_layout_get_baseline(t->layout) / PANGO_SCALE);
    show_layout(p);
}

/* Many lines in width w; their height in points. */
static double lines_load(page *p, page_font font, double w, str s)
{
    PangoLayout *l = p->tools->layout;
    layout_load(p, font.size, font.bold, s);
    pango_layout_set_single_paragraph_mode(l, FALSE);
    pango_layout_set_width(l, (int)(w * POINTS_OF_MM * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    int height;
    pango_layout_get_size(l, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double page_lines(page *p, page_font font, double x, double y, double w, bool draw, str s)
{
    page_tools *t = p->tools;
    double height = lines_load(p, font, w, s);
    if (draw) {
        cairo_move_to(t->cairo, x * POINTS_OF_MM, y * POINTS_OF_MM);
        show_layout(p);
    }
    return height / POINTS_OF_MM;
}

typedef struct marked {
    int from, to; /* bytes of the plain text */
} marked;
enum { MARKED_MAX = 64 };

/* The text without its marks, and where they stood. */
static str marks_take(page *p, str s, marked *out, size_t *count)
{
    text t = text_begin(p->a);
    *count = 0;
    while (s.len) {
        bool begin = str_starts(s, STR(PRINT_FIGURE_BEGIN)), end = str_starts(s, STR(PRINT_FIGURE_END));
        if (begin && *count < MARKED_MAX)
            out[(*count)++] = (marked){ (int)t.len, (int)t.len };
        if (end && *count)
            out[*count - 1].to = (int)t.len;
        if (!begin && !end)
            text_put(&t, str_part(s, 0, 1));
        s = str_from(s, begin || end ? strlen(PRINT_FIGURE_END) : 1);
    }
    return text_done(&t);
}

static void dots_put(cairo_t *c, double x1, double x2, double y)
{
    cairo_set_line_width(c, 0.7);
    cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(c, (const double[]){ 0, 1.5 }, 2, 0);
    cairo_move_to(c, x1, y);
    cairo_line_to(c, x2, y);
    cairo_stroke(c);
    cairo_set_dash(c, NULL, 0, 0);
}

static void mark_put(page *p, PangoLayoutIter *line, double x, double y, const marked *m)
{
    PangoLayoutLine *l = pango_layout_iter_get_line_readonly(line);
    int from = m->from > l->start_index ? m->from : l->start_index, end = l->start_index + l->length,
        to = m->to < end ? m->to : end, *ranges = NULL, count = 0;
    if (from >= to)
        return;
    double base = (double)pango_layout_iter_get_baseline(line) / PANGO_SCALE;
    pango_layout_line_get_x_ranges(l, from, to, &ranges, &count);
    for (int i = 0; i < count; i++)
        dots_put(p->tools->cairo, x + (double)ranges[i * 2] / PANGO_SCALE,
                 x + (double)ranges[i * 2 + 1] / PANGO_SCALE, y + base + 2.6);
    g_free(ranges);
}

static void marks_put(page *p, double x, double y, const marked *m, size_t count)
{
    PangoLayoutIter *line = pango_layout_get_iter(p->tools->layout);
    cairo_move_to(p->tools->cairo, x, y);
    show_layout(p);
    do {
        for (size_t i = 0; i < count; i++)
            mark_put(p, line, x, y, &m[i]);
    } while (pango_layout_iter_next_line(line));
    pango_layout_iter_free(line);
}

double page_figures(page *p, page_font font, double x, double y, double w, bool draw, str s)
{
    marked marks[MARKED_MAX];
    size_t count;
    PangoLayout *l = p->tools->layout;
    str plain = marks_take(p, s, marks, &count);
    lines_load(p, font, w, plain);
    PangoAttrList *bold = pango_attr_list_new();
    for (size_t i = 0; i < count; i++) {
        PangoAttribute *one = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        one->start_index = (guint)marks[i].from;
        one->end_index = (guint)marks[i].to;
        pango_attr_list_insert(bold, one);
    }
    pango_layout_set_attributes(l, bold);
    pango_attr_list_unref(bold);
    int height;
    pango_layout_get_size(l, NULL, &height);
    if (draw)
        marks_put(p, x * POINTS_OF_MM, y * POINTS_OF_MM, marks, count);
    pango_layout_set_attributes(l, NULL);
    return (double)height / PANGO_SCALE / POINTS_OF_MM;
}

/* A heading too long for its column breaks at its space, if it has one. */
static void heading_put(page *p, page_font font, page_box cell, str s)
{
    ptrdiff_t space = str_find(s, STR(" "));
    if (space < 0 || page_text_width(p, font, s) <= cell.w) {
        page_text(p, font, cell, s);
        return;
    }
    str above = str_part(s, 0, (size_t)space), below = str_from(s, (size_t)space + 1);
    double wide = fmax(page_text_width(p, font, above), page_text_width(p, font, below));
    font.size *= fmin(1, cell.w / wide); /* both lines of one size */
    double line = fmin(cell.h / 2, font.size * 0.45), top = cell.y + cell.h / 2 - line;
    page_text(p, font, (page_box){ cell.x, top, cell.w, line }, above);
    page_text(p, font, (page_box){ cell.x, top + line, cell.w, line }, below);
}

void page_columns(page *p, const page_column *columns, size_t count, page_box row, page_font font)
{
    double x = row.x;
    for (size_t i = 0; i < count; i++) {
        page_box cell = { x + 0.5, row.y, columns[i].width - 1, row.h };
        heading_put(p, font, cell, page_word(p, columns[i].words, NULL));
        x += columns[i].width;
    }
}
