#include "sheet/xlsx_style.h"

#include <string.h>

enum { INDEX_BLACK = 8, INDEX_WHITE = 9, INDEX_SYSTEM = 64, THEME_PLAIN = 2 /* white and black come first */ };

const char *xlsx_local_name(const char *name)
{
    const char *bar = strrchr(name, '|');
    return bar ? bar + 1 : name;
}

str xlsx_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (!strcmp(xlsx_local_name(attributes[0]), name))
            return str_of(attributes[1]);
    }
    return (str){ 0 };
}

int xlsx_attribute_int(const char **attributes, const char *name, int otherwise)
{
    int64_t n;
    return str_int(xlsx_attribute(attributes, name), 0, 1 << 24, &n) ? (int)n : otherwise;
}

bool xlsx_attribute_set(const char **attributes, const char *name)
{
    str v = xlsx_attribute(attributes, name);
    return str_is(v, "1") || str_is(v, "true");
}

/* Any colour but black, white and what the system has for them. */
static bool is_colour(const char **attributes)
{
    str rgb = xlsx_attribute(attributes, "rgb");
    if (rgb.len)
        return !str_ends(rgb, STR("000000")) && !str_ends(rgb, STR("FFFFFF")) && !str_ends(rgb, STR("ffffff"));
    int theme = xlsx_attribute_int(attributes, "theme", -1), index = xlsx_attribute_int(attributes, "indexed", -1);
    if (theme >= 0)
        return theme >= THEME_PLAIN;
    return index > 1 && index != INDEX_BLACK && index != INDEX_WHITE && index < INDEX_SYSTEM;
}

static void mark(char *marks, int mark)
{
    *marks = (char)(*marks | mark);
}

static void font_begin(xlsx_styles *s, const char *name, const char **attributes)
{
    if (!strcmp(name, "font"))
        *list_add(s->a, &s->fonts) = 0;
    else if (!strcmp(name, "color") && s->fonts.count && is_colour(attributes))
        mark(&s->fonts.at[s->fonts.count - 1], SHEET_ROW_COLOURED);
    else if (!strcmp(name, "strike") && s->fonts.count && !str_is(xlsx_attribute(attributes, "val"), "0"))
        mark(&s->fonts.at[s->fonts.count - 1], SHEET_ROW_STRUCK);
}

static void fill_begin(xlsx_styles *s, const char *name, const char **attributes)
{
    if (!strcmp(name, "fill"))
        *list_add(s->a, &s->fills) = 0;
    else if (!strcmp(name, "fgColor") && s->fills.count && is_colour(attributes))
        mark(&s->fills.at[s->fills.count - 1], SHEET_ROW_COLOURED);
}

static char mark_at(const char *marks, size_t count, int index)
{
    return index >= 0 && (size_t)index < count ? marks[index] : 0;
}

static void cell_begin(xlsx_styles *s, const char **attributes)
{
    int id = xlsx_attribute_int(attributes, "numFmtId", 0);
    number_kind kind = number_kind_of_id(id);
    for (size_t i = 0; i < s->custom_ids.count; i++) {
        if (s->custom_ids.at[i] == id)
            kind = (number_kind)s->custom_kinds.at[i];
    }
    int marks = mark_at(s->fonts.at, s->fonts.count, xlsx_attribute_int(attributes, "fontId", 0)) |
                mark_at(s->fills.at, s->fills.count, xlsx_attribute_int(attributes, "fillId", 0));
    *list_add(s->a, &s->cells) = (xlsx_style){ (char)kind, (char)marks };
}

void xlsx_style_begin(xlsx_styles *s, const char *name, const char **attributes)
{
    if (!strcmp(name, "fonts")) {
        s->in = STYLE_FONTS;
    } else if (!strcmp(name, "fills")) {
        s->in = STYLE_FILLS;
    } else if (!strcmp(name, "cellXfs")) {
        s->in = STYLE_CELLS;
    } else if (!strcmp(name, "numFmt") && s->in == STYLE_NOWHERE) {
        *list_add(s->a, &s->custom_ids) = xlsx_attribute_int(attributes, "numFmtId", 0);
        *list_add(s->a, &s->custom_kinds) = (char)number_kind_of_format(xlsx_attribute(attributes, "formatCode"));
    } else if (s->in == STYLE_FONTS) {
        font_begin(s, name, attributes);
    } else if (s->in == STYLE_FILLS) {
        fill_begin(s, name, attributes);
    } else if (s->in == STYLE_CELLS && !strcmp(name, "xf")) {
        cell_begin(s, attributes);
    }
}

void xlsx_style_end(xlsx_styles *s, const char *name)
{
    if (!strcmp(name, "fonts") || !strcmp(name, "fills") || !strcmp(name, "cellXfs"))
        s->in = STYLE_NOWHERE;
}

xlsx_style xlsx_style_of(const xlsx_styles *s, int number)
{
    return number >= 0 && (size_t)number < s->cells.count ? s->cells.at[number] : (xlsx_style){ 0 };
}
