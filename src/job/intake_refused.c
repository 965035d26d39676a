/* The refused rows of an intake as workbooks. */
#include "job/intake.h"
#include "sheet/write.h"

#include <assert.h>

typedef struct book {
    sheet_kind kind;
    map *names; /* of its sheets; the format takes no two that differ in case alone */
    LIST(sheet_out) sheets;
} book;
typedef struct refusing {
    intake *t;
    LIST(book) books;
} refusing;

/* A name says whose branch the rows are, so it is kept: a second sheet of it goes into another book. */
static book *book_for(refusing *r, sheet_kind kind, str name)
{
    str key = word_key(r->t->a, name);
    for (size_t i = 0; i < r->books.count; i++)
        if (r->books.at[i].kind == kind && !map_get(r->books.at[i].names, key, NULL)) {
            map_put(r->books.at[i].names, key, 1);
            return &r->books.at[i];
        }
    book *b = list_add(r->t->a, &r->books);
    *b = (book){ .kind = kind, .names = map_new(r->t->a) };
    map_put(b->names, key, 1);
    return b;
}

/* By row number, as text: which of the sentences. */
typedef struct reasons {
    map *of_row;
    LIST(str) sentences;
} reasons;

static str row_key(const intake *t, int row)
{
    return text_format(t->a, "%d", row);
}

/* Of one sheet; several of a row one after another. */
static reasons reasons_of(const intake *t, const intake_file *f, const sheet_page *page)
{
    const sheet_troubles *all = &f->of.troubles;
    reasons r = { .of_row = map_new(t->a) };
    for (size_t i = 0; i < all->list.count; i++) {
        const sheet_trouble *x = &all->list.at[i];
        int64_t at = 0;
        if (x->severity != SHEET_ERROR || !str_equal(x->sheet, page->name))
            continue;
        str key = row_key(t, x->row), said = words_get(t->a, t->lang, x->what, x->values);
        if (!map_get(r.of_row, key, &at)) {
            map_put(r.of_row, key, (int64_t)r.sentences.count);
            *list_add(t->a, &r.sentences) = said;
        } else {
            assert((size_t)at < r.sentences.count && r.sentences.at);
            r.sentences.at[at] = text_format(t->a, "%.*s; %.*s", STR_ARG(r.sentences.at[at]), STR_ARG(said));
        }
    }
    return r;
}

/* Identity numbers and the like are not read, so neither are they written back. */
static sheet_out sheet_of(const intake *t, const sheet_table *table, const reasons *why)
{
    LIST(value) cells = { 0 };
    size_t count = (size_t)table->column_count + 1, rows = 0;
    sheet_out_column *columns = arena_many(t->a, sheet_out_column, count);
    for (size_t c = 0; c + 1 < count; c++)
        columns[c] = (sheet_out_column){ .label = table->columns[c].label };
    columns[count - 1] = (sheet_out_column){ .label = words_get(t->a, t->lang, "sheet.reason", NULL) };
    for (size_t i = 0; i < table->rows.count; i++) {
        const sheet_row *row = &table->rows.at[i];
        int64_t at = 0;
        if (!map_get(why->of_row, row_key(t, row->number), &at))
            continue;
        for (int c = 0; c < table->column_count; c++)
            *list_add(t->a, &cells) = V_TEXT(c < row->cell_count ? row->cells[c] : (str){ 0 });
        assert((size_t)at < why->sentences.count && why->sentences.at);
        *list_add(t->a, &cells) = V_TEXT(why->sentences.at[at]);
        rows++;
    }
    return (sheet_out){ .columns = columns, .column_count = count, .cells = cells.at, .row_count = rows };
}

/* A CSV has no sheet's name: one that names nothing stands for it. */
static void add_tables(refusing *r, const intake_file *f)
{
    for (size_t i = 0; i < f->of.tables.list.count; i++) {
        const sheet_table *table = &f->of.tables.list.at[i];
        reasons why = reasons_of(r->t, f, table->page);
        sheet_out out = sheet_of(r->t, table, &why);
        if (!out.row_count)
            continue;
        out.sheet = table->page->name.len ? table->page->name : text_format(r->t->a, "Sheet%zu", (size_t)(f - r->t->files.at) + 1);
        book *b = book_for(r, f->of.kind, out.sheet);
        *list_add(r->t->a, &b->sheets) = out;
    }
}

static str path_of(const intake *t, const char *path, size_t number)
{
    str all = str_of(path), end = str_ends(all, STR(".xlsx")) ? STR(".xlsx") : (str){ 0 };
    str stem = str_part(all, 0, all.len - end.len);
    return number ? text_format(t->a, "%.*s-%zu%.*s", STR_ARG(stem), number + 1, STR_ARG(end)) : all;
}

err *intake_refused(intake *t, const char *path, sheet_list *paths)
{
    refusing r = { .t = t };
    for (size_t i = 0; i < t->files.count; i++)
        if (t->files.at[i].refused)
            add_tables(&r, &t->files.at[i]);
    for (size_t i = 0; i < r.books.count; i++) {
        str to = path_of(t, path, i);
        TRY(sheet_write_xlsx(t->a, str_z(t->a, to), r.books.at[i].sheets.at, r.books.at[i].sheets.count));
        *list_add(t->a, paths) = to;
    }
    return NULL;
}
