/* The refused rows of an intake as workbooks. */
#include "base/file.h"
#include "job/intake.h"
#include "sheet/amend.h"

typedef struct book {
    sheet_kind kind;
    map *names; /* of its sheets; the format takes no two that differ in case alone */
    LIST(sheet_left) files;
} book;
typedef struct refusing {
    intake *t;
    LIST(book) books;
} refusing;

/* A name says whose branch the rows are, so it is kept: where two files have a sheet of one name each has its own book. */
static bool fits(const intake *t, const book *b, const intake_file *f)
{
    const sheet_tables *all = &f->of.tables;
    bool free = b->kind == f->of.kind;
    for (size_t i = 0; i < all->list.count && free; i++)
        free = !map_get(b->names, word_key(t->a, all->list.at[i].page->name), NULL);
    return free;
}

static void add_file(refusing *r, const intake_file *f)
{
    size_t at = 0;
    while (at < r->books.count && !fits(r->t, &r->books.at[at], f))
        at++;
    if (at == r->books.count)
        *list_add(r->t->a, &r->books) = (book){ .kind = f->of.kind, .names = map_new(r->t->a) };
    book *b = &r->books.at[at];
    *list_add(r->t->a, &b->files) = (sheet_left){ &f->of.content, &f->of.troubles };
    for (size_t i = 0; i < f->of.tables.list.count; i++) {
        str name = word_key(r->t->a, f->of.tables.list.at[i].page->name);
        if (name.len)
            map_put(b->names, name, 1);
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
            add_file(&r, &t->files.at[i]);
    for (size_t i = 0; i < r.books.count; i++) {
        const book *b = &r.books.at[i];
        str to = path_of(t, path, i), bytes;
        TRY(sheet_left_out_xlsx(t->a, t->lang, b->kind, b->files.at, b->files.count, &bytes));
        TRY(file_write(t->a, str_z(t->a, to), bytes));
        *list_add(t->a, paths) = to;
    }
    return NULL;
}
