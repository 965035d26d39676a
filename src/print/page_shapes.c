#include "print/page_tools.h"

#include <math.h>
#include <qrencode.h>

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
    if (!link.len || p->tools->counting)
        return;
    QRcode *code = QRcode_encodeString8bit(str_z(p->a, link), 0, QR_ECLEVEL_M);
    if (!code)
        return;
    arena_defer(p->a, code_free, code);
    double one = side / code->width * POINTS_OF_MM;
    for (int row = 0; row < code->width; row++) {
        const unsigned char *dots = &code->data[row * code->width];
        for (int from = 0, to; from < code->width; from = to) {
            for (to = from + 1; to < code->width && (dots[to] & 1) == (dots[from] & 1); to++)
                ;
            if (dots[from] & 1)
                cairo_rectangle(p->tools->cairo, x * POINTS_OF_MM + from * one, y * POINTS_OF_MM + row * one, (to - from) * one, one);
        }
    }
    cairo_fill(p->tools->cairo);
}
