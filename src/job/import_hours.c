/* Hours people can or cannot, of those on the list: a name with its telephone, or one that only one person has. */
#include "domain/message.h"
#include "job/import_coming.h"

/* 0: nobody, or several of this name and telephone. */
static int64_t person_of(import *m, const rows *people, const sheet_available *v)
{
    str phone = message_mask(m->a, v->phone);
    int64_t found = 0;
    size_t count = 0;
    for (size_t i = 0; i < people->count; i++)
        if (str_equal(rows_text(people, i, "name"), v->name) && (!phone.len || str_equal(rows_text(people, i, "phone"), phone))) {
            found = rows_int(people, i, "id");
            count++;
        }
    return count == 1 ? found : 0;
}

static err *read_hours(import *m)
{
    rows people = { 0 };
    sheet_availability all = { 0 };
    map *known = map_new(m->a), *seen = map_new(m->a), *told = map_new(m->a);
    TRY(import_operation(m));
    TRY(sheet_availability_of(m->a, &m->content, &m->days, &all, &m->troubles));
    TRY(import_view(m, "person", NULL, &people));
    import_records(m, all.list.count);
    m->count = 0;
    for (size_t i = 0; i < all.list.count; i++) {
        const sheet_available *v = &all.list.at[i];
        int64_t person = 0;
        str who = text_format(m->a, "%.*s/%.*s", STR_ARG(v->name), STR_ARG(v->phone)), row = text_format(m->a, "%.*s/%d", STR_ARG(v->from.sheet), v->from.row);
        if (!map_get(known, who, &person)) {
            person = person_of(m, &people, v);
            map_put(known, who, person);
        }
        bool comes = !person && import_person_comes(m, v->name, v->phone);
        m->waits = m->waits || comes;
        if (!person && !comes) {
            if (!map_get(told, row, NULL)) /* a row speaks of several days */
                import_tell(m, &v->from, "import.person_unknown", v->name);
            map_put(told, row, 1);
            continue;
        }
        if (!comes)
            who = text_format(m->a, "%lld", (long long)person);
        str said = text_format(m->a, "%.*s/%d/%d-%d", STR_ARG(who), (int)v->day, v->begin_minute, v->end_minute);
        m->records[m->count++] = (import_record){ .from = v->from, .noun = person, .repeats = map_get(seen, said, NULL) };
        map_put(seen, said, 1);
        *list_add(m->a, &m->hours.list) = *v;
    }
    return NULL;
}

static err *write_hours(import *m)
{
    static const char *const levels[] = { "can", "prefer", "rather_not", "cannot" };
    json_t *rows = import_array(m);
    for (size_t i = 0; i < m->count; i++) {
        const sheet_available *v = &m->hours.list.at[i];
        json_t *row = json_object();
        json_object_set_new(row, "person", json_id(m->a, m->records[i].noun));
        json_object_set_new(row, "starts_at", json_integer(civil_instant(m->zone, v->day, v->begin_minute)));
        json_object_set_new(row, "ends_at", json_integer(civil_instant(m->zone, v->day, v->end_minute)));
        json_object_set_new(row, "level", json_string(levels[v->level]));
        json_object_set_new(row, "source", json_string("sheet"));
        json_array_append_new(rows, row);
    }
    return import_pieces(m, "availability.import", rows, NULL, true);
}

const import_kind import_hours = { SHEET_AVAILABILITY, read_hours, write_hours };
