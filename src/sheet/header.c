#include "sheet/header.h"
#include "sheet/word.h"

#include "base/text.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_SEARCH_ROWS = 60, LABEL_MAX_RUNES = 24, KEY_BYTES = 16 };

static const struct {
    sheet_kind kind;
    sheet_field a, b;
} needed[] = {
#define NEEDED(kind, a, b) { kind, a, b },
#include "sheet/headers.def"
};
static const struct {
    sheet_kind kind; /* SHEET_KIND_COUNT: any */
    sheet_field field;
    const char *variants;
} headers[] = {
#define HEADER(kind, field, variants) { kind, field, variants },
#include "sheet/headers.def"
};
static const char *const unwanted[] = {
#define UNWANTED(variants) variants,
#include "sheet/headers.def"
};

static const char *const own[] = {
#define OWN(word) word,
#include "sheet/headers.def"
};

static void variants_put(header_finder *f, const char *variants, sheet_field field)
{
    str rest = str_of(variants), one;
    for (int rank = 0; str_split(&rest, '/', &one); rank++) {
        if (one.len && !map_get(f->names, one, NULL))
            map_put(f->names, one, (int64_t)field << 16 | rank);
    }
}

header_finder header_finder_of(arena *a, const sheet_file *file, sheet_kind kind, sheet_troubles *troubles)
{
    header_finder f = { .a = a, .kind = kind, .file = file, .names = map_new(a), .troubles = troubles };
    for (size_t i = 0; i < COUNT(headers); i++) {
        if (headers[i].kind == kind || headers[i].kind == SHEET_KIND_COUNT)
            variants_put(&f, headers[i].variants, headers[i].field);
    }
    for (size_t i = 0; i < COUNT(own); i++)
        variants_put(&f, own[i], SHEET_IGNORED);
    for (size_t i = 0; i < COUNT(unwanted); i++)
        variants_put(&f, unwanted[i], SHEET_FIELD_COUNT);
    return f;
}

/* "街道（镇）/办事处": the whole, without brackets, then its parts. */
bool header_known(const header_finder *f, str cell, int64_t *found)
{
    str key = word_key(f->a, cell);
    while (key.len && (key.at[key.len - 1] == ':' || key.at[key.len - 1] == '*'))
        key.len--;
    while (key.len && key.at[0] == '*')
        key = str_from(key, 1);
    if (key.len == 0 || key.len > 120)
        return false;
    if (map_get(f->names, key, found))
        return true;
    str bare = word_without_brackets(f->a, key, NULL);
    if (map_get(f->names, bare, found))
        return true;
    str rest = bare, one;
    if (str_find(bare, STR("/")) < 0)
        return false;
    while (str_split(&rest, '/', &one)) {
        if (map_get(f->names, one, found))
            return true;
    }
    return false;
}

static str cell_of(const sheet_row *row, int column)
{
    return row && column < row->cell_count ? row->cells[column] : (str){ 0 };
}

/* The columns a header of these rows (below may be null) would give; how many of them are known. */
static int columns_of(const header_finder *f, const sheet_row *top, const sheet_row *below,
                      sheet_column *columns)
{
    int known = 0;
    int count = below && below->cell_count > top->cell_count ? below->cell_count : top->cell_count;
    str left = { 0 };
    for (int c = 0; c < count; c++) {
        str upper = cell_of(top, c), lower = cell_of(below, c);
        if (upper.len)
            left = upper;
        else if (lower.len)
            upper = left; /* a group's name stands over its first column */
        if (str_equal(upper, lower))
            lower = (str){ 0 };
        columns[c] = (sheet_column){ .label = upper };
        if (upper.len && lower.len)
            columns[c].label = text_format(f->a, "%.*s/%.*s", STR_ARG(upper), STR_ARG(lower));
        else if (lower.len)
            columns[c].label = lower;
        int64_t found;
        if (!(lower.len && header_known(f, lower, &found)) &&
            !(upper.len && header_known(f, upper, &found)))
            continue;
        sheet_field field = (sheet_field)(found >> 16);
        columns[c].unwanted = field == SHEET_FIELD_COUNT;
        columns[c].field = columns[c].unwanted ? SHEET_NONE : field;
        columns[c].rank = (int)(found & 0xffff);
        known++;
    }
    return known;
}

static bool has_field(const sheet_column *columns, int count, sheet_field field)
{
    for (int c = 0; c < count; c++) {
        if (columns[c].field == field)
            return true;
    }
    return false;
}

bool header_is_needed(sheet_kind kind, sheet_field field)
{
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (needed[i].kind == kind && (needed[i].a == field || needed[i].b == field))
            return true;
    }
    return false;
}

bool sheet_columns_suffice(sheet_kind kind, const sheet_column *columns, int count)
{
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (needed[i].kind == kind && !has_field(columns, count, needed[i].a) &&
            !has_field(columns, count, needed[i].b))
            return false;
    }
    return true;
}

bool sheet_has(const sheet_table *t, sheet_field field)
{
    return has_field(t->columns, t->column_count, field);
}

static int filled_count(const sheet_row *row)
{
    int n = 0;
    for (int c = 0; c < row->cell_count; c++)
        n += row->cells[c].len > 0;
    return n;
}

/* A second header row: whatever it says beyond the first is a header, too. */
static bool is_second_header(const header_finder *f, const sheet_row *top, const sheet_row *below)
{
    int own = 0, known = 0;
    int64_t found;
    for (int c = 0; c < below->cell_count; c++) {
        if (below->cells[c].len == 0 || str_equal(below->cells[c], cell_of(top, c)))
            continue;
        own++;
        known += header_known(f, below->cells[c], &found);
    }
    return own > 0 && known * 2 >= own && known > 0 && below->number == top->number + 1;
}

/* ---- what people chose ---- */

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

bool sheet_is_reason(arena *a, str label)
{
    str key = word_key(a, label);
    for (size_t i = 0; i < COUNT(own); i++) {
        if (str_is(key, own[i]))
            return true;
    }
    return false;
}

str sheet_header_key(arena *a, const sheet_column *columns, int count)
{
    str *labels = arena_many(a, str, count + 1);
    size_t kept = 0;
    for (int c = 0; c < count; c++) {
        str key = word_key(a, columns[c].label);
        if (key.len && !sheet_is_reason(a, key))
            labels[kept++] = key;
    }
    qsort(labels, kept, sizeof *labels, by_text);
    text t = text_begin(a);
    for (size_t i = 0; i < kept; i++)
        text_printf(&t, "%.*s\n", STR_ARG(labels[i]));
    unsigned char hash[KEY_BYTES];
    char hex[2 * KEY_BYTES + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)t.at, t.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return str_copy(a, str_of(hex));
}

static bool is_chosen(arena *a, const sheet_table *t, int column, const sheet_chosen *chosen)
{
    int nth = 0;
    str label = word_key(a, chosen->label);
    if (!str_equal(word_key(a, t->columns[column].label), label))
        return false;
    for (int c = 0; c < column; c++)
        nth += str_equal(word_key(a, t->columns[c].label), label);
    return nth == chosen->nth;
}

static void choice_apply(arena *a, const sheet_choice *choice, sheet_table *t)
{
    for (int c = 0; c < t->column_count; c++) {
        sheet_column *column = &t->columns[c];
        for (size_t i = 0; i < choice->column_count && !column->unwanted; i++) {
            if (!is_chosen(a, t, c, &choice->columns[i]))
                continue;
            column->field = choice->columns[i].field;
            column->rank = -1;
            column->chosen = true;
        }
    }
}

static const sheet_choice *choice_of(const header_finder *f, str key)
{
    for (size_t i = 0; i < f->file->choice_count; i++) {
        if (f->file->choices[i].kind == f->kind && str_equal(f->file->choices[i].header_key, key))
            return &f->file->choices[i];
    }
    return NULL;
}

bool header_choose(const header_finder *f, sheet_table *t)
{
    const sheet_choice *choice = choice_of(f, t->header_key);
    if (choice)
        choice_apply(f->a, choice, t);
    return choice != NULL;
}

/* ---- where it stands ---- */

void header_take(const header_finder *f, const sheet_page *page, size_t index, bool two, sheet_table *out)
{
    const sheet_row *top = &page->rows.at[index], *below = two ? top + 1 : NULL;
    columns_of(f, top, below, out->columns);
    out->column_count = two && below->cell_count > top->cell_count ? below->cell_count : top->cell_count;
    out->header_row = top->number;
    out->header_last_row = two ? below->number : top->number;
    out->header_key = sheet_header_key(f->a, out->columns, out->column_count);
    header_choose(f, out);
}

static bool is_below(const sheet_page *page, size_t index)
{
    return index + 1 < page->rows.count && page->rows.at[index + 1].number == page->rows.at[index].number + 1;
}

static size_t remembered_find(const header_finder *f, const sheet_page *page, sheet_table *out)
{
    for (size_t i = 0; i < page->rows.count && i < HEADER_SEARCH_ROWS; i++) {
        for (int rows = is_below(page, i) ? 2 : 1; rows > 0; rows--) {
            header_take(f, page, i, rows == 2, out);
            if (choice_of(f, out->header_key) && sheet_columns_suffice(f->kind, out->columns, out->column_count))
                return i + (size_t)rows;
        }
    }
    return 0;
}

size_t header_find(const header_finder *f, const sheet_page *page, sheet_table *out)
{
    size_t first = f->file->choice_count ? remembered_find(f, page, out) : 0;
    for (size_t i = 0; i < page->rows.count && i < HEADER_SEARCH_ROWS && !first; i++) {
        const sheet_row *top = &page->rows.at[i];
        assert(top);
        int known = columns_of(f, top, NULL, out->columns), count = top->cell_count;
        bool two = is_below(page, i) && known > 0 && is_second_header(f, top, top + 1);
        if (two) {
            known = columns_of(f, top, top + 1, out->columns);
            count = top[1].cell_count > count ? top[1].cell_count : count;
        }
        bool enough = known >= 2 || (known == 1 && filled_count(top) == 1);
        if (!enough || !sheet_columns_suffice(f->kind, out->columns, count))
            continue;
        header_take(f, page, i, two, out);
        first = i + (two ? 2 : 1);
    }
    return first;
}

/* Labels are short, differ from one another and are no numbers. */
static int label_count(arena *a, const sheet_row *row)
{
    map *seen = map_new(a);
    int n = 0;
    for (int c = 0; c < row->cell_count; c++) {
        str key = word_key(a, row->cells[c]);
        bool number = key.len && ((key.at[0] >= '0' && key.at[0] <= '9') || key.at[0] == '-');
        if (key.len == 0 || number || str_rune_count(key) > LABEL_MAX_RUNES || map_get(seen, key, NULL))
            continue;
        map_put(seen, key, 1);
        n++;
    }
    return n;
}

int sheet_header_guess(arena *a, const sheet_page *page)
{
    int best = 1, row = 0;
    for (size_t i = 0; i < page->rows.count && i < HEADER_SEARCH_ROWS; i++) {
        int n = label_count(a, &page->rows.at[i]);
        if (n > best) {
            best = n;
            row = page->rows.at[i].number;
        }
    }
    return row;
}

/* ---- what columns are called ---- */

str header_wanted(arena *a, sheet_kind kind)
{
    text t = text_begin(a);
    for (size_t i = 0; i < COUNT(headers); i++) {
        if (headers[i].kind != kind || headers[i].field == SHEET_IGNORED)
            continue;
        str rest = str_of(headers[i].variants), one;
        if (t.len)
            text_put_z(&t, " | ");
        if (str_split(&rest, '/', &one))
            text_put(&t, one);
    }
    return text_done(&t);
}

static const struct {
    sheet_kind kind;
    sheet_field field;
} written[] = {
#define WRITTEN(kind, field) { kind, field },
#include "sheet/headers.def"
};

size_t sheet_written(sheet_kind kind, sheet_field *out)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(written); i++) {
        if (written[i].kind == kind)
            out[count++] = written[i].field;
    }
    return count;
}

str sheet_variants(sheet_kind kind, sheet_field field)
{
    for (size_t i = 0; i < COUNT(headers); i++) {
        if (headers[i].kind == kind && headers[i].field == field)
            return str_of(headers[i].variants);
    }
    return (str){ 0 };
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] > 126)
            return false;
    }
    return true;
}

str sheet_label(sheet_kind kind, sheet_field field, words_lang lang)
{
    for (size_t i = 0; i < COUNT(headers); i++) {
        if (headers[i].field != field || (headers[i].kind != kind && headers[i].kind != SHEET_KIND_COUNT))
            continue;
        if (field == SHEET_IGNORED && headers[i].kind == kind)
            continue; /* the number of the row is everybody's */
        str rest = str_of(headers[i].variants), one, first = { 0 }, ascii = { 0 };
        while (str_split(&rest, '/', &one)) {
            first = first.len ? first : one;
            ascii = is_ascii(one) ? one : ascii;
        }
        return lang == WORDS_EN && ascii.len ? ascii : first;
    }
    assert(!"a written column has no header");
    return (str){ 0 };
}

size_t sheet_fields(sheet_kind kind, sheet_field *out)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(headers); i++) {
        bool listed = headers[i].kind != kind || headers[i].field == SHEET_IGNORED;
        for (size_t k = 0; k < count && !listed; k++)
            listed = out[k] == headers[i].field;
        if (!listed)
            out[count++] = headers[i].field;
    }
    return count;
}

static const char *const field_ids[SHEET_FIELD_COUNT] = {
    [SHEET_NONE] = "SHEET_NONE",
#define FIELD(id, ditto) [id] = #id,
#include "sheet/headers.def"
};

str sheet_field_name(arena *a, sheet_field field)
{
    assert(field < SHEET_FIELD_COUNT);
    return word_key(a, str_from(str_of(field_ids[field]), strlen("SHEET_")));
}

sheet_field sheet_field_named(arena *a, str name)
{
    sheet_field field = 0;
    while (field < SHEET_FIELD_COUNT && !str_equal(sheet_field_name(a, field), name))
        field++;
    return field;
}
