#include "print/page.h"

#include "base/file.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <errno.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_OF_MM (72.0 / 25.4)
#define FONT_FAMILY "Noto Sans CJK SC"
static const double SHRINK_MIN = 0.55;   /* below that a text is cut */
static const double MIDDLE_OF_EM = 0.37; /* of CJK signs and digits alike, above the base line */

typedef struct page_tools {
    civil_zone *zone;
    FILE *stream;
    char *bytes; /* of the stream: library memory */
    size_t byte_count;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
} page_tools;

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

static err *tools_open(page *p, const page_setup *setup)
{
    page_tools *t = p->tools;
    t->stream = open_memstream(&t->bytes, &t->byte_count);
    if (!t->stream)
        return err_memory();
    t->surface = cairo_pdf_surface_create_for_stream(
        stream_write, t->stream, p->width * POINTS_OF_MM, p->height * POINTS_OF_MM);
    cairo_pdf_surface_set_metadata(t->surface, CAIRO_PDF_METADATA_TITLE, str_z(p->a, setup->title));
    cairo_pdf_surface_set_metadata(t->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   created_text(p, setup->head->created_at).at);
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
    return fflush(t->stream) || failed ? err_memory() : NULL;
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
    pango_cairo_show_layout(t->cairo, t->layout);
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
        pango_cairo_show_layout(t->cairo, t->layout);
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
    pango_cairo_show_layout(p->tools->cairo, p->tools->layout);
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

void page_rule(page *p, double x1, double y1, double x2, double y2, double thick)
{
    cairo_t *c = p->tools->cairo;
    cairo_set_dash(c, NULL, 0, 0);
    /* Thin lines close the corners, heavy ones must not stick out of the table. */
    cairo_set_line_cap(c, thick < 0.3 ? CAIRO_LINE_CAP_SQUARE : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(c, thick * POINTS_OF_MM);
    cairo_move_to(c, x1 * POINTS_OF_MM, y1 * POINTS_OF_MM);
    cairo_line_to(c, x2 * POINTS_OF_MM, y2 * POINTS_OF_MM);
    cairo_stroke(c);
}

void page_frame(page *p, page_box b, double thick)
{
    cairo_t *c = p->tools->cairo;
    cairo_set_dash(c, NULL, 0, 0);
    cairo_set_line_width(c, thick * POINTS_OF_MM);
    cairo_rectangle(c, (b.x + thick / 2) * POINTS_OF_MM, (b.y + thick / 2) * POINTS_OF_MM,
                    (b.w - thick) * POINTS_OF_MM, (b.h - thick) * POINTS_OF_MM);
    cairo_stroke(c);
}

/* Their order in a bar and their frames tell them apart on a grey copy too. */
static const double fill_colours[PAGE_FILL_COUNT][3] = {
    [PAGE_FILL_OK] = { 0.043, 0.478, 0.357 },  [PAGE_FILL_WARN] = { 0.878, 0.631, 0 },
    [PAGE_FILL_INFO] = { 0.145, 0.388, 0.69 }, [PAGE_FILL_NONE] = { 0.498, 0.549, 0.6 },
    [PAGE_FILL_BAD] = { 0.761, 0.255, 0.047 },
};

static const double HATCH_STEP = 1.3;
static void hatch_put(page *p, page_box b)
{
    cairo_t *c = p->tools->cairo;
    cairo_save(c);
    cairo_rectangle(c, b.x * POINTS_OF_MM, b.y * POINTS_OF_MM, b.w * POINTS_OF_MM, b.h * POINTS_OF_MM);
    cairo_clip(c);
    const int lines = (int)((b.w + b.h) / HATCH_STEP) + 1;
    for (int i = 0; i < lines; i++) {
        double x = b.x + i * HATCH_STEP;
        page_rule(p, x, b.y, x - b.h, b.y + b.h, 0.4);
    }
    cairo_restore(c);
    page_frame(p, b, 0.25);
}

void page_fill(page *p, page_box b, page_ink ink)
{
    cairo_t *c = p->tools->cairo;
    const double *rgb = fill_colours[ink];
    if (b.w <= 0 || b.h <= 0)
        return;
    cairo_set_source_rgb(c, rgb[0], rgb[1], rgb[2]);
    if (ink == PAGE_FILL_NONE) {
        hatch_put(p, b);
    } else {
        cairo_rectangle(c, b.x * POINTS_OF_MM, b.y * POINTS_OF_MM, b.w * POINTS_OF_MM,
                        b.h * POINTS_OF_MM);
        cairo_fill(c);
    }
    cairo_set_source_rgb(c, 0, 0, 0);
    if (ink == PAGE_FILL_WARN)
        page_frame(p, b, 0.2);
}

static void edge_dotted(page *p, page_box b)
{
    cairo_t *c = p->tools->cairo;
    double thick = 0.25, radius = (b.w < b.h ? b.w : b.h) / 2 - thick / 2;
    double left = b.x + thick / 2 + radius, right = b.x + b.w - thick / 2 - radius,
           middle = b.y + b.h / 2;
    double round = (2 * G_PI * radius + 2 * (right - left)) * POINTS_OF_MM;
    double step = round / floor(round / (thick * 2.2 * POINTS_OF_MM));
    cairo_set_line_width(c, thick * POINTS_OF_MM);
    cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(c, (const double[]){ 0, step }, 2, 0);
    cairo_new_sub_path(c);
    cairo_arc(c, right * POINTS_OF_MM, middle * POINTS_OF_MM, radius * POINTS_OF_MM, -G_PI / 2,
              G_PI / 2);
    cairo_arc(c, left * POINTS_OF_MM, middle * POINTS_OF_MM, radius * POINTS_OF_MM, G_PI / 2,
              3 * G_PI / 2);
    cairo_close_path(c);
    cairo_stroke(c);
}

void page_edge(page *p, print_edge edge, page_box box)
{
    if (edge == PRINT_EDGE_DOTTED)
        edge_dotted(p, box);
    else /* 0.45 or 0.2 mm in the size of the mock-up */
        page_frame(p, box, box.h * (edge == PRINT_EDGE_HEAVY ? 0.12 : 0.054));
}

static void code_free(void *code)
{
    QRcode_free(code);
}

/* A link too long for any square is left out: the paper must come. */
void page_qr(page *p, double x, double y, double side, str link)
{
    if (!link.len)
        return;
    QRcode *code = QRcode_encodeString8bit(str_z(p->a, link), 0, QR_ECLEVEL_M);
    if (!code)
        return;
    arena_defer(p->a, code_free, code);
    double one = side / code->width * POINTS_OF_MM;
    for (int i = 0; i < code->width * code->width; i++) {
        if (code->data[i] & 1)
            cairo_rectangle(p->tools->cairo, x * POINTS_OF_MM + i % code->width * one,
                            y * POINTS_OF_MM + (int)(i / code->width) * one, one, one);
    }
    cairo_fill(p->tools->cairo);
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

str page_word(page *p, const char *key, const word_value *values)
{
    return words_get(p->a, p->lang, key, values);
}

str page_int(page *p, int64_t n)
{
    return text_format(p->a, "%lld", (long long)n);
}

str page_day(page *p, const char *key, civil_day day)
{
    int y, m, d;
    civil_parts(day, &y, &m, &d);
    str weekday = page_word(p, text_format(p->a, "print.weekday.%d", civil_weekday(day)).at, NULL);
    str month = page_word(p, text_format(p->a, "print.month.%d", m).at, NULL);
    return page_word(p, key,
                     VALUES({ "year", page_int(p, y) }, { "month", month },
                            { "day", page_int(p, d) }, { "weekday", weekday }));
}

civil_day page_day_of(page *p, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(p->tools->zone, at, &day, &minute);
    return day;
}

str page_when(page *p, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(p->tools->zone, at, &day, &minute);
    return text_format(p->a, "%s %s", page_day(p, "print.date", day).at,
                       civil_time_text(p->a, minute).at);
}

str page_span(page *p, int starts, int ends)
{
    return text_format(p->a, "%s–%s", civil_time_text(p->a, starts).at,
                       civil_time_text(p->a, ends).at);
}

str print_phone(arena *a, str phone)
{
    for (size_t i = 0; i < phone.len; i++) {
        if (phone.at[i] < '0' || phone.at[i] > '9')
            return phone;
    }
    if (phone.len != 11)
        return phone;
    return text_format(a, "%.3s %.4s %.4s", phone.at, phone.at + 3, phone.at + 7);
}

str page_foot(page *p, int64_t printed_at)
{
    return page_word(p, "print.foot",
                     VALUES({ "when", page_when(p, printed_at) },
                            { "page", page_int(p, p->number) },
                            { "pages", page_int(p, p->total) }));
}
