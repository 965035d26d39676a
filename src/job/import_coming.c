#include "job/import_coming.h"

static void add_people(import_coming *c, const import *m)
{
    for (size_t i = 0; i < m->count; i++) {
        const sheet_person *s = &m->people.list.at[i];
        str both = text_format(m->a, "%.*s/%.*s", STR_ARG(s->name), STR_ARG(s->phone));
        int64_t so_called = 0;
        if (m->records[i].repeats || map_get(c->people, both, NULL))
            continue;
        (void)map_get(c->people, s->name, &so_called);
        map_put(c->people, s->name, so_called + 1);
        map_put(c->people, both, 1);
        c->people_count++;
    }
}

void import_coming_add(import_coming *c, const import *m)
{
    if (!c->people)
        c->people = map_new(m->a);
    for (size_t i = 0; m->kind == SHEET_DIVISIONS && i < m->count; i++) {
        const sheet_community *s = &m->communities.list.at[i];
        if (!m->records[i].repeats)
            *list_add(m->a, &c->communities) = (import_community){ s->code, s->community, s->subdistrict, true };
    }
    if (m->kind == SHEET_PEOPLE)
        add_people(c, m);
}

err *import_communities_load(import *m, import_communities *out)
{
    rows r = { 0 };
    map *seen = map_new(m->a);
    TRY(import_view(m, "community", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        *list_add(m->a, out) = (import_community){ rows_text(&r, i, "code"), rows_text(&r, i, "community"), rows_text(&r, i, "subdistrict"), false };
        map_put(seen, rows_text(&r, i, "code"), 1);
    }
    for (size_t i = 0; m->coming && i < m->coming->communities.count; i++)
        if (!map_get(seen, m->coming->communities.at[i].code, NULL))
            *list_add(m->a, out) = m->coming->communities.at[i];
    return NULL;
}

bool import_person_comes(import *m, str name, str phone)
{
    int64_t count = 0;
    if (!m->coming || !m->coming->people)
        return false;
    str key = phone.len ? text_format(m->a, "%.*s/%.*s", STR_ARG(name), STR_ARG(phone)) : name;
    return map_get(m->coming->people, key, &count) && count == 1;
}
