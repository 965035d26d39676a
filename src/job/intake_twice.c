#include "job/intake_twice.h"

#include <assert.h>

typedef struct standing {
    size_t file, row; /* where first */
    text others;      /* empty: nowhere else */
} standing;
typedef struct standings {
    map *by_key;
    LIST(standing) list;
} standings;

static void put_other(const intake *t, standing *x, const intake_file *f, const sheet_origin *from)
{
    if (!x->others.len)
        x->others = text_begin(t->a);
    else
        words_put(&x->others, t->lang, "intake.and", NULL);
    words_put(&x->others, t->lang, from->sheet.len ? "intake.in_sheet" : "intake.in_file",
              VALUES({ "file", f->name }, { "sheet", from->sheet }, { "row", text_format(t->a, "%d", from->row) }));
}

/* True: it stands in a file before it. */
static bool stands_before(intake *t, standings *s, size_t file, size_t row)
{
    intake_file *f = &t->files.at[file];
    str key = import_person_key(t->a, &f->of.people.list.at[row]);
    int64_t at = 0;
    if (!map_get(s->by_key, key, &at)) {
        map_put(s->by_key, key, (int64_t)s->list.count);
        *list_add(t->a, &s->list) = (standing){ .file = file, .row = row };
        return false;
    }
    assert((size_t)at < s->list.count && s->list.at);
    put_other(t, &s->list.at[at], f, &f->of.records[row].from);
    return true;
}

static void look(intake *t, standings *s, size_t file)
{
    intake_file *f = &t->files.at[file];
    for (size_t i = 0; f->of.kind == SHEET_PEOPLE && i < f->of.count && i < f->of.people.list.count; i++)
        if (!f->of.records[i].repeats && stands_before(t, s, file, i)) {
            f->elsewhere++;
            f->known_elsewhere += f->of.records[i].known;
        }
}

void intake_twice(intake *t)
{
    standings s = { .by_key = map_new(t->a) };
    for (size_t i = 0; i < t->files.count; i++)
        look(t, &s, i);
    for (size_t i = 0; i < s.list.count; i++) {
        standing *x = &s.list.at[i];
        import *m = &t->files.at[x->file].of;
        if (x->others.len)
            import_warn(m, &m->records[x->row].from, "intake.twice", text_done(&x->others));
    }
}
