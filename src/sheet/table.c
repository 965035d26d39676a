#include "sheet/table.h"
#include "sheet/word.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { HEADER_SEARCH_ROWS = 60, TITLE_PARTS_MAX = 3 };

static const int field_ditto[SHEET_FIELD_COUNT] = {
    [SHEET_NONE] = 0,
#define FIELD(id, ditto) [id] = ditto,
#include "sheet/headers.def"
};
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
static const char *const dittos[] = {
#define DITTO(word) word,
#include "sheet/headers.def"
};
static const char *const nones[] = {
#define NONE(word) word,
#include "sheet/headers.def"
};
static const char *const sums[] = {
#define SUM(word) word,
#include "sheet/headers.def"
};
static const char *const foots[] = {
#define FOOT(word) word,
#include "sheet/headers.def"
};

/* What is known of one kind, and the page under way. */
typedef struct finder {
    arena *a;
    sheet_kind kind;
    map *names; /* normal header -> field << 16 | rank; SHEET_FIELD_COUNT: unwanted */
    sheet_troubles *troubles;
} finder;

static void variants_put(finder *f, const char *variants, sheet_field field)
{
    str rest = str_of(variants), one;
    for (int rank = 0; str_split(&rest, '/', &one); rank++) {
        if (one.len && !map_get(f->names, one, NULL))
            map_put(f->names, one, (int64_t)field << 16 | rank);
    }
}

static finder finder_of(arena *a, sheet_kind kind, sheet_troubles *troubles)
{
    finder f = { .a = a, .kind = kind, .names = map_new(a), .troubles = troubles };
    for (size_t i = 0; i < COUNT(headers); i++) {
        if (headers[i].kind == kind || headers[i].kind == SHEET_KIND_COUNT)
            variants_put(&f, headers[i].variants, headers[i].field);
    }
    for (size_t i = 0; i < COUNT(unwanted); i++)
        variants_put(&f, unwanted[i], SHEET_FIELD_COUNT);
    return f;
}

/* "街道（镇）/办事处": the whole, without brackets, then its parts. */
static bool header_known(const finder *f, str cell, int64_t *found)
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
static int columns_of(const finder *f, const sheet_row *top, const sheet_row *below,
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

static bool has_needed(sheet_kind kind, const sheet_column *columns, int count)
{
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (needed[i].kind == kind && !has_field(columns, count, needed[i].a) &&
            !has_field(columns, count, needed[i].b))
            return false;
    }
    return true;
}

static int filled_count(const sheet_row *row)
{
    int n = 0;
    for (int c = 0; c < row->cell_count; c++)
        n += row->cells[c].len > 0;
    return n;
}

/* A second header row: whatever it says beyond the first is a header, too. */
static bool is_second_header(const finder *f, const sheet_row *top, const sheet_row *below)
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

/* The index of the first row under the header; 0: the page has none. */
static size_t header_find(const finder *f, const sheet_page *page, sheet_table *out)
{
    for (size_t i = 0; i < page->rows.count && i < HEADER_SEARCH_ROWS; i++) {
        const sheet_row *top = &page->rows.at[i];
        assert(top);
        const sheet_row *below = i + 1 < page->rows.count ? top + 1 : NULL;
        int known = columns_of(f, top, NULL, out->columns);
        bool two = below && known > 0 && is_second_header(f, top, below);
        if (two)
            known = columns_of(f, top, below, out->columns);
        out->column_count =
            two && below->cell_count > top->cell_count ? below->cell_count : top->cell_count;
        bool enough = known >= 2 || (known == 1 && filled_count(top) == 1);
        if (!enough || !has_needed(f->kind, out->columns, out->column_count))
            continue;
        out->header_row = top->number;
        out->header_last_row = two ? below->number : top->number;
        return i + (two ? 2 : 1);
    }
    return 0;
}

void sheet_tell(arena *a, sheet_troubles *troubles, const sheet_table *t, const sheet_row *row,
                int column, sheet_severity severity, const char *what, str value)
{
    if (!troubles)
        return;
    sheet_trouble *trouble = list_add(a, &troubles->list);
    *trouble = (sheet_trouble){
        .file = t->file->name,
        .sheet = t->page->name,
        .row = row ? row->number : t->header_row,
        .column = column,
        .header_row = t->header_row,
        .header_last_row = t->header_last_row,
        .severity = severity,
        .what = what,
        .values = { { "value", value } },
    };
    if (column >= 0 && column < t->column_count)
        trouble->header = t->columns[column].label;
    troubles->error_count += severity == SHEET_ERROR;
}

static void columns_tell(const finder *f, const sheet_table *t)
{
    for (int c = 0; c < t->column_count; c++) {
        const sheet_column *column = &t->columns[c];
        if (column->unwanted)
            sheet_tell(f->a, f->troubles, t, NULL, c, SHEET_WARNING, "sheet.column_dropped",
                       column->label);
        else if (column->field == SHEET_NONE && column->label.len)
            sheet_tell(f->a, f->troubles, t, NULL, c, SHEET_WARNING, "sheet.column_unknown",
                       column->label);
    }
}

/* ---- rows ---- */

static bool is_one_of(str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(s, words[i]))
            return true;
    }
    return false;
}

bool sheet_is_ditto(str cell)
{
    return cell.len <= 12 && is_one_of(cell, dittos, COUNT(dittos));
}

bool sheet_is_none(str cell)
{
    return cell.len <= 12 && is_one_of(cell, nones, COUNT(nones));
}

/* The header printed again on a later page. */
static bool is_header_again(const finder *f, const sheet_table *t, const sheet_row *row)
{
    int own = 0, known = 0;
    int64_t found;
    for (int c = 0; c < row->cell_count && c < t->column_count; c++) {
        if (row->cells[c].len == 0)
            continue;
        own++;
        if (str_equal(row->cells[c], t->columns[c].label) || header_known(f, row->cells[c], &found))
            known++;
        else
            return false;
    }
    return own >= 2 && known == own;
}

static bool is_sum(arena *a, const sheet_row *row)
{
    int seen = 0;
    for (int c = 0; c < row->cell_count && seen < TITLE_PARTS_MAX; c++) {
        str cell = row->cells[c];
        if (cell.len == 0)
            continue;
        seen++;
        if (cell.len > 40 || (cell.at[0] >= '0' && cell.at[0] <= '9'))
            continue;
        str key = word_key(a, cell);
        for (size_t i = 0; i < COUNT(sums); i++) {
            str sum = str_of(sums[i]);
            if (str_equal(key, sum) || (str_ends(key, sum) && sum.at[0] != 't') ||
                (str_starts(key, sum) && key.len > sum.len &&
                 strchr(":(0123456789", key.at[sum.len])))
                return true;
        }
    }
    return false;
}

static bool is_foot(arena *a, const sheet_row *row)
{
    for (int c = 0; c < row->cell_count; c++) {
        if (row->cells[c].len == 0)
            continue;
        if (row->cells[c].at[0] >= '0' && row->cells[c].at[0] <= '9')
            return false;
        str key = word_key(a, row->cells[c]);
        for (size_t i = 0; i < COUNT(foots); i++) {
            if (str_starts(key, str_of(foots[i])))
                return true;
        }
        return false;
    }
    return false;
}

/* One value across the row, or in a column that alone says nothing: a group's title, a line of remarks. */
static bool is_lone_line(const sheet_table *t, const sheet_row *row, int *column)
{
    int count = 0;
    bool same = true;
    for (int c = 0; c < row->cell_count; c++) {
        if (row->cells[c].len == 0)
            continue;
        if (count++ == 0)
            *column = c;
        else
            same &= str_equal(row->cells[c], row->cells[*column]);
    }
    if (count == 0)
        return true;
    if (count > 1)
        return same && count >= 3 && t->column_count >= 3;
    sheet_field field = *column < t->column_count ? t->columns[*column].field : SHEET_NONE;
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (needed[i].kind == t->kind && (needed[i].a == field || needed[i].b == field))
            return false;
    }
    return t->column_count >= 3;
}

static bool blank_is_same(const sheet_table *t, sheet_field field)
{
    return field_ditto[field] == 2 && (t->kind == SHEET_NEEDS || t->kind == SHEET_COMMUNITIES);
}

static str cell_resolved(const finder *f, const sheet_table *t, const sheet_row *row, int column,
                         str above)
{
    str cell = cell_of(row, column);
    const sheet_column *head = &t->columns[column];
    if (head->field == SHEET_NONE)
        return (str){ 0 };
    if (cell.len == 0)
        return blank_is_same(t, head->field) ? above : cell;
    if (field_ditto[head->field] == 3)
        return cell;
    if (sheet_is_ditto(cell)) {
        if (field_ditto[head->field])
            return above;
        sheet_tell(f->a, f->troubles, t, row, column, SHEET_WARNING, "sheet.same_unclear", cell);
        return (str){ 0 };
    }
    if (sheet_is_none(cell))
        return (str){ 0 };
    bool formula_error =
        cell.len > 3 && cell.at[0] == '#' && cell.at[1] >= 'A' && cell.at[1] <= 'Z';
    if (formula_error &&
        (str_ends(cell, STR("!")) || str_ends(cell, STR("?")) || str_is(cell, "#N/A"))) {
        sheet_tell(f->a, f->troubles, t, row, column, SHEET_WARNING, "sheet.formula_error", cell);
        return (str){ 0 };
    }
    return cell;
}

static void rows_take(const finder *f, sheet_table *t, size_t first)
{
    str *above = arena_many(f->a, str, t->column_count);
    bool foot = false;
    for (size_t i = first; i < t->page->rows.count; i++) {
        const sheet_row *row = &t->page->rows.at[i];
        int column = 0;
        if (is_sum(f->a, row)) {
            *list_add(f->a, &t->sums) = *row;
            continue;
        }
        if (is_header_again(f, t, row))
            continue;
        if (is_foot(f->a, row)) {
            foot = true;
            continue;
        }
        if (is_lone_line(t, row, &column)) {
            bool number = column < t->column_count && t->columns[column].field == SHEET_IGNORED;
            if (!foot && !number && cell_of(row, column).len)
                sheet_tell(f->a, f->troubles, t, row, column, SHEET_WARNING, "sheet.line_passed",
                           cell_of(row, column));
            continue;
        }
        foot = false;
        sheet_row taken = { .number = row->number, .cell_count = t->column_count };
        taken.cells = arena_many(f->a, str, t->column_count);
        for (int c = 0; c < t->column_count; c++)
            above[c] = taken.cells[c] = cell_resolved(f, t, row, c, above[c]);
        *list_add(f->a, &t->rows) = taken;
    }
}

/* The first name of every column of the kind, for who has to mend the header. */
static str headers_wanted(arena *a, sheet_kind kind)
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

err *sheet_tables_of(arena *a, const sheet_file *file, sheet_kind kind, sheet_troubles *troubles,
                     sheet_tables *out)
{
    assert(kind < SHEET_KIND_COUNT);
    finder f = finder_of(a, kind, troubles);
    *out = (sheet_tables){ 0 };
    for (size_t i = 0; i < file->pages.count; i++) {
        sheet_table t = { .kind = kind, .file = file, .page = &file->pages.at[i] };
        t.columns = arena_many(a, sheet_column, SHEET_COLUMNS_MAX);
        size_t first = header_find(&f, t.page, &t);
        if (first == 0) {
            t.header_row = t.column_count = 0;
            if (t.page->rows.count)
                sheet_tell(a, troubles, &t, NULL, -1, SHEET_WARNING, "sheet.page_without_header",
                           t.page->name);
            continue;
        }
        if (t.page->hidden)
            sheet_tell(a, troubles, &t, NULL, -1, SHEET_WARNING, "sheet.page_hidden", t.page->name);
        columns_tell(&f, &t);
        rows_take(&f, &t, first);
        *list_add(a, &out->list) = t;
    }
    if (out->list.count == 0)
        return err_new(a, ERR_INPUT, "sheet.no_header",
                       VALUES({ "file", file->name }, { "headers", headers_wanted(a, kind) }));
    return NULL;
}

bool sheet_has(const sheet_table *t, sheet_field field)
{
    return has_field(t->columns, t->column_count, field);
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

str sheet_cell(const sheet_table *t, const sheet_row *row, sheet_field field, int *column)
{
    int best = -1, first = -1;
    for (int c = 0; c < t->column_count; c++) {
        if (t->columns[c].field != field)
            continue;
        if (first < 0)
            first = c;
        if (row->cells[c].len && (best < 0 || t->columns[c].rank < t->columns[best].rank))
            best = c;
    }
    if (column)
        *column = best >= 0 ? best : first;
    return best >= 0 ? row->cells[best] : (str){ 0 };
}
