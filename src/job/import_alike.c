/*
 * Rows of a list of people who are probably known by another writing, found as the view person_double will find them once
 * they are written: told with their cause, so that whoever reads the list in knows what will be asked. Nothing is decided here.
 */
#include "domain/message.h"
#include "domain/name.h"
#include "job/import.h"
#include "place/home.h"

typedef struct known {
    rows people;
    map *first;   /* by name in one form: the last so called; next: the one before, -1 none */
    int64_t *next;
} known;

static err *load(import *m, known *k)
{
    *k = (known){ .first = map_new(m->a) };
    TRY(import_view(m, "person_known", NULL, &k->people));
    k->next = arena_many(m->a, int64_t, k->people.count + 1);
    for (size_t i = 0; i < k->people.count; i++) {
        str key = name_key(m->a, rows_text(&k->people, i, "name"));
        if (!map_get(k->first, key, &k->next[i]))
            k->next[i] = -1;
        map_put(k->first, key, (int64_t)i);
    }
    return NULL;
}

/* Null: they are two, or this very person, whom person.import finds by itself. */
static const char *cause_of(const known *k, size_t i, const sheet_person *s, str phone, str home)
{
    str there = rows_text(&k->people, i, "phone"), lives = rows_text(&k->people, i, "home_key");
    if (phone.len && str_equal(there, phone))
        return str_equal(rows_text(&k->people, i, "name"), s->name) ? NULL : "import.alike_phone";
    if (home.len && str_equal(home, lives))
        return "import.alike_home";
    return !phone.len || !there.len ? "import.alike_name" : NULL;
}

static bool is_here(const known *k, int64_t at, const sheet_person *s, str phone)
{
    for (; at >= 0; at = k->next[at])
        if (str_equal(rows_text(&k->people, (size_t)at, "name"), s->name) && str_equal(rows_text(&k->people, (size_t)at, "phone"), phone))
            return true;
    return false;
}

static void look(import *m, const known *k, const sheet_person *s)
{
    int64_t at = -1;
    const char *why = NULL;
    str phone = message_mask(m->a, s->phone), home = home_key(m->a, s->address.len ? s->address : s->compound);
    if (!map_get(k->first, name_key(m->a, s->name), &at) || is_here(k, at, s, phone))
        return;
    for (; at >= 0 && !why; at = k->next[at])
        if ((why = cause_of(k, (size_t)at, s, phone, home))) {
            str name = rows_text(&k->people, (size_t)at, "name"), org = rows_text(&k->people, (size_t)at, "org");
            m->alike++;
            import_warn(m, &s->from, why, org.len ? text_format(m->a, "%.*s %.*s", STR_ARG(name), STR_ARG(org)) : name);
        }
}

err *import_alike(import *m)
{
    known k;
    if (m->kind != SHEET_PEOPLE || !m->people.list.count)
        return NULL;
    TRY(load(m, &k));
    for (size_t i = 0; i < m->count; i++)
        if (!m->records[i].repeats)
            look(m, &k, &m->people.list.at[i]);
    return NULL;
}
