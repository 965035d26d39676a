/* A page without a header, as a table copied from a chat: what its columns are by what stands in them. */
#include "sheet/header.h"
#include "sheet/records.h"
#include "sheet/word.h"

#include <string.h>

enum { ROWS_LOOKED_AT = 200, NAME_MIN_RUNES = 2, NAME_MAX_RUNES = 4, IDENTITY_DIGITS = 18, MOST_OF_TEN = 7 };

static const struct {
    sheet_field field;
    int how;
    const char *words;
} looks[] = {
#define LOOKS(field, how, words) { field, how, words },
#include "sheet/headers.def"
};

/* What the cells of one column are; each count is of cells, none of them empty. */
typedef struct seen {
    int filled, identity, phone, name, number;
    int looks[COUNT(looks)];
    map *different;
} seen;

static str cell_of(const sheet_row *row, int column)
{
    return column < row->cell_count ? row->cells[column] : (str){ 0 };
}

static size_t digit_count(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] >= '0' && s.at[i] <= '9';
    return n;
}

static bool is_identity(str key)
{
    return key.len == IDENTITY_DIGITS && digit_count(key) + (str_ends(key, STR("x")) ? 1 : 0) == key.len;
}

/* Two to four signs that are no letters of ours, as most names are. */
static bool is_name(str key)
{
    size_t runes = str_rune_count(key);
    for (size_t i = 0; i < key.len; i++)
        if ((unsigned char)key.at[i] < 0x80)
            return false;
    return runes >= NAME_MIN_RUNES && runes <= NAME_MAX_RUNES;
}

static bool looks_so(str key, int how, const char *words)
{
    str rest = str_of(words), one;
    while (str_split(&rest, '/', &one)) {
        if (how == 0 ? str_ends(key, one) : how == 1 ? str_find(key, one) >= 0 : str_equal(key, one))
            return true;
    }
    return false;
}

static void look(arena *a, str cell, seen *s)
{
    str key = word_key(a, cell), phone;
    if (key.len == 0)
        return;
    s->filled++;
    s->identity += is_identity(key);
    s->phone += !is_identity(key) && sheet_phone_read(a, cell, &phone) == NULL;
    s->name += is_name(word_without_brackets(a, key, NULL));
    s->number += digit_count(key) == key.len && key.len < 5;
    for (size_t i = 0; i < COUNT(looks); i++)
        s->looks[i] += looks_so(key, looks[i].how, looks[i].words);
    map_put(s->different, key, 1);
}

static bool most(const seen *s, int count)
{
    return s->filled && count * 10 >= s->filled * MOST_OF_TEN;
}

/* Names differ: a column with one party branch or sex in all rows is none. */
static sheet_field field_of(const seen *s)
{
    if (most(s, s->phone))
        return SHEET_PHONE;
    for (size_t i = 0; i < COUNT(looks); i++)
        if (most(s, s->looks[i]))
            return looks[i].field;
    if (most(s, s->number))
        return SHEET_IGNORED;
    return most(s, s->name) && most(s, (int)map_count(s->different)) ? SHEET_NAME : SHEET_NONE;
}

static bool is_of_kind(sheet_kind kind, sheet_field field)
{
    sheet_field all[SHEET_FIELD_COUNT];
    size_t count = sheet_fields(kind, all);
    for (size_t i = 0; i < count; i++)
        if (all[i] == field)
            return true;
    return field == SHEET_IGNORED;
}

/* Titles fill one cell. */
static size_t first_row(const sheet_page *page, int width)
{
    for (size_t i = 0; i < page->rows.count; i++) {
        int filled = 0;
        for (int c = 0; c < page->rows.at[i].cell_count; c++)
            filled += page->rows.at[i].cells[c].len > 0;
        if (filled > 1 || width == 1)
            return i;
    }
    return 0;
}

static void column_look(const header_finder *f, const sheet_page *page, size_t first, sheet_table *out, int column)
{
    seen s = { .different = map_new(f->a) };
    sheet_column *head = &out->columns[column];
    bool taken = false;
    for (size_t i = first; i < page->rows.count && i < first + ROWS_LOOKED_AT; i++)
        look(f->a, cell_of(&page->rows.at[i], column), &s);
    sheet_field field = field_of(&s);
    for (int c = 0; c < column; c++)
        taken = taken || out->columns[c].field == field;
    *head = (sheet_column){ .label = sheet_column_letters(f->a, column), .unwanted = most(&s, s.identity) };
    if (!head->unwanted && is_of_kind(f->kind, field) && (field == SHEET_IGNORED || !taken))
        head->field = head->seen = field;
}

/* How many columns there are and what each looks like: another table of the same shape is read alike. */
static str key_of(arena *a, const sheet_table *t)
{
    sheet_column *signs = arena_many(a, sheet_column, t->column_count + 1);
    for (int c = 0; c < t->column_count; c++)
        signs[c].label = text_format(a, "%.*s=%s%.*s", STR_ARG(t->columns[c].label), t->columns[c].unwanted ? "!" : "",
                                     STR_ARG(sheet_field_name(a, t->columns[c].seen)));
    return sheet_header_key(a, signs, t->column_count);
}

size_t header_bare(const header_finder *f, const sheet_page *page, sheet_table *out)
{
    out->header_row = out->header_last_row = out->column_count = 0;
    for (size_t i = 0; i < page->rows.count; i++)
        if (page->rows.at[i].cell_count > out->column_count)
            out->column_count = page->rows.at[i].cell_count;
    size_t first = first_row(page, out->column_count);
    for (int c = 0; c < out->column_count; c++)
        column_look(f, page, first, out, c);
    out->header_key = key_of(f->a, out);
    return first;
}

bool sheet_looks_bare(arena *a, const sheet_table *t)
{
    str phone;
    for (int c = 0; c < t->column_count && t->rows.count; c++)
        if (t->columns[c].seen == SHEET_PHONE && !sheet_phone_read(a, cell_of(&t->rows.at[0], c), &phone))
            return true;
    return false;
}
