/* page_tools: what the files of a page share; nobody else includes it. */
#ifndef MUSTER_PRINT_PAGE_TOOLS_H
#define MUSTER_PRINT_PAGE_TOOLS_H
#include "print/page.h"

#include <pango/pangocairo.h>
#include <stdio.h>

#define POINTS_OF_MM (72.0 / 25.4)

typedef struct page_tools {
    civil_zone *zone;
    bool counting; /* the first time through: pages only */
    FILE *stream;
    char *bytes; /* of the stream: library memory */
    size_t byte_count;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
} page_tools;
#endif
