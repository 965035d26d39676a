/*
 * certificate_bench: certificates of hours as PDF files, against a bare loop of pango and cairo that draws the same texts
 * at places of a plain grid, in the same run and process: no rules, no square, no shrinking, no counting of pages.
 *   certificate_bench FOLDER [COUNT [RUNS]]      build and run: make bench
 */
#include "base/text.h"
#include "print/print.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS_MAX = 99, DAYS = 7, TEXTS_MAX = 120 };

typedef struct texts {
    str at[TEXTS_MAX];
    size_t count, front; /* so many on the first page */
} texts;

static void quit(const char *what)
{
    fprintf(stderr, "certificate_bench: %s\n", what);
    exit(2);
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static print_certificate_sheet sheet_of(arena *a, int n)
{
    static const char *const names[] = { "林知远", "何建平", "周小禾", "沈慧", "丁立", "欧阳若兰", "阿依古丽·买买提" };
    civil_day day = civil_day_of(2020, 2, 8);
    print_certificate_sheet s = {
        .head = { .created_at = 1581670800000, .qr = text_format(a, "MC1.%0400d.%086d", n, n) },
        .number = text_format(a, "2020-1-%06d", n), .name = str_of(names[n % (int)COUNT(names)]), .operation = STR("云川市下沉值守"),
        .community = STR("东塘社区"), .service = STR("南门卡口、北门卡口"), .from_on = day, .to_on = day + DAYS - 1,
        .minutes = DAYS * 235, .issuer = STR("东塘社区居民委员会"), .contact = STR("0000-0000018"),
        .public_key = STR("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), .issued_at = 1581670800000,
        .print_count = 1, .notice = STR("公示期 7 天，没有异议"), .recorder = STR("许青"),
    };
    s.days.at = arena_many(a, print_certificate_day, DAYS);
    for (int i = 0; i < DAYS; i++)
        s.days.at[s.days.count++] = (print_certificate_day){ day + i, STR("南门卡口"), 1581120000000 + i * 86400000LL,
                                                             1581134100000 + i * 86400000LL, 235, STR("方远"), STR("扫码") };
    return s;
}

/* -- the same texts ------------------------------------------------------------------------------------------ */
static void add(texts *t, str s)
{
    if (t->count == TEXTS_MAX)
        quit("too many texts");
    t->at[t->count++] = s;
}

static texts texts_of(arena *a, const print_certificate_sheet *s)
{
    static const char *const keys[] = { "title", "name", "identity", "operation", "period", "community", "service", "hours",
                                        "issuer", "contact", "issued_on", "notice", "recorder", "signatures", "check", "key", "rule" };
    static const char *const columns[] = { "day", "post", "came_at", "left_at", "hours", "confirmed_by", "source" };
    texts t = { .count = 0 };
    const word_value *number = VALUES({ "number", s->number }), *pages = VALUES({ "page", STR("1") }, { "pages", STR("2") }),
                     *contact = VALUES({ "contact", s->contact });
    const str values[] = { s->name, s->operation, STR("2020年2月8日（周六） 至 2020年2月14日（周五）"), s->community, s->service,
                           STR("27.4 小时（见附页）"), s->issuer, s->contact, STR("2020年2月14日（周五）"), s->notice, s->recorder,
                           STR("d75a 9801 82b1 0ab7 d54b fed3 c964 073a"), STR("0ee1 72f3 daa6 2325 af02 1a68 f707 511a") };
    for (size_t i = 0; i < COUNT(keys); i++)
        add(&t, words_get(a, WORDS_ZH, text_format(a, "print.certificate.%s", keys[i]).at, NULL));
    for (size_t i = 0; i < COUNT(values); i++)
        add(&t, values[i]);
    add(&t, words_get(a, WORDS_ZH, "print.certificate.check_how", contact));
    for (int i = 0; i < 2; i++)
        add(&t, words_get(a, WORDS_ZH, "print.certificate.number", number));
    add(&t, words_get(a, WORDS_ZH, "print.certificate.page", pages));
    t.front = t.count;
    add(&t, words_get(a, WORDS_ZH, "print.certificate.annex", NULL));
    add(&t, words_get(a, WORDS_ZH, "print.certificate.rule", NULL));
    add(&t, words_get(a, WORDS_ZH, "print.certificate.number", number));
    add(&t, words_get(a, WORDS_ZH, "print.certificate.page", pages));
    for (size_t i = 0; i < COUNT(columns); i++)
        add(&t, words_get(a, WORDS_ZH, text_format(a, "print.column.%s", columns[i]).at, NULL));
    for (size_t i = 0; i < s->days.count; i++) {
        const str cells[] = { text_format(a, "2020年2月%zu日（周六）", 8 + i), s->days.at[i].post, STR("08:00"), STR("11:55"),
                              STR("3.9"), s->days.at[i].confirmed_by, s->days.at[i].source };
        for (size_t k = 0; k < COUNT(cells); k++)
            add(&t, cells[k]);
    }
    return t;
}

/* -- the two sides ------------------------------------------------------------------------------------------- */
static void bare(arena *a, const print_certificate_sheet *s, const char *path)
{
    texts t = texts_of(a, s);
    cairo_surface_t *surface = cairo_pdf_surface_create(path, 595.3, 841.9);
    cairo_t *c = cairo_create(surface);
    PangoLayout *layout = pango_cairo_create_layout(c);
    PangoFontDescription *font = pango_font_description_from_string("Noto Sans CJK SC");
    for (size_t i = 0; i < t.count; i++) {
        size_t row = i < t.front ? i : i - t.front, line = row / 3, column = row % 3;
        if (i == t.front)
            cairo_show_page(c);
        pango_font_description_set_weight(font, row ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD);
        pango_font_description_set_absolute_size(font, (row ? 10.5 : 22) * PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_layout_set_text(layout, t.at[i].at ? t.at[i].at : "", (int)t.at[i].len);
        cairo_move_to(c, 60 + 160 * (double)column, 60 + 25 * (double)line);
        pango_cairo_show_layout(c, layout);
    }
    cairo_show_page(c);
    cairo_surface_finish(surface);
    bool failed = cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS;
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_destroy(c);
    cairo_surface_destroy(surface);
    if (failed)
        quit(path);
}

static void ours(arena *a, const print_certificate_sheet *s, const char *path)
{
    if (print_certificate(a, s, path))
        quit(path);
}

typedef struct measure {
    double seconds, cpu;
} measure;

static measure draw_all(const char *folder, int count, void (*draw)(arena *a, const print_certificate_sheet *s, const char *path))
{
    measure from = { now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID) };
    for (int i = 0; i < count; i++) {
        arena *a = arena_open(NULL, 1 << 26);
        print_certificate_sheet s = sheet_of(a, i);
        const char *path = text_format(a, "%s/%d.pdf", folder, i % 10).at;
        draw(a, &s, path);
        arena_close(a);
    }
    return (measure){ now(CLOCK_MONOTONIC) - from.seconds, now(CLOCK_PROCESS_CPUTIME_ID) - from.cpu };
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

int main(int argc, char **argv)
{
    double ratios[RUNS_MAX], of_cpu[RUNS_MAX];
    int count = argc > 2 ? atoi(argv[2]) : 1000, runs = argc > 3 ? atoi(argv[3]) : 3;
    if (argc < 2 || count < 1 || runs < 1 || runs > RUNS_MAX)
        quit("certificate_bench FOLDER [COUNT [RUNS]]");
    draw_all(argv[1], 1, bare); /* the fonts are loaded once, for both */
    for (int i = 0; i < runs; i++) {
        measure b = draw_all(argv[1], count, bare), o = draw_all(argv[1], count, ours);
        ratios[i] = o.seconds / b.seconds;
        of_cpu[i] = o.cpu / b.cpu;
        printf("  bare %.2f s (CPU %.2f), certificates %.2f s (CPU %.2f): %.2f times\n", b.seconds, b.cpu, o.seconds, o.cpu,
               ratios[i]);
    }
    qsort(ratios, (size_t)runs, sizeof *ratios, by_size);
    qsort(of_cpu, (size_t)runs, sizeof *of_cpu, by_size);
    printf("  %d certificates: %.2f times the bare loop (%.2f to %.2f), CPU %.2f times\n", count, ratios[runs / 2], ratios[0],
           ratios[runs - 1], of_cpu[runs / 2]);
    return 0;
}
