/* Units: each with the names from the top, by the file, or by those there are already. */
#include "job/import.h"

enum { ORG_DEPTH_MAX = 6 }; /* a sheet whose units lie in each other ends there */

static err *read_orgs(import *m)
{
    rows r = { 0 };
    map *seen = map_new(m->a), *known = map_new(m->a);
    TRY(sheet_orgs_of(m->a, &m->content, &m->orgs, &m->troubles));
    TRY(import_view(m, "org", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        map_put(known, text_format(m->a, "%.*s/%.*s", STR_ARG(rows_text(&r, i, "parent")), STR_ARG(rows_text(&r, i, "name"))), 1);
    import_records(m, m->orgs.list.count);
    for (size_t i = 0; i < m->count; i++) {
        const sheet_org *o = &m->orgs.list.at[i];
        str key = text_format(m->a, "%.*s/%.*s", STR_ARG(o->parent), STR_ARG(o->name));
        m->records[i] = (import_record){ .from = o->from, .repeats = map_get(seen, key, NULL) };
        m->known += !m->records[i].repeats && map_get(known, key, NULL);
        map_put(seen, key, 1);
    }
    return NULL;
}

/* What each belongs to, by name: of equal names the first is meant. */
typedef struct above {
    map *in_file, *known;
    rows orgs;
} above;

static err *load_above(import *m, above *x)
{
    *x = (above){ .in_file = map_new(m->a), .known = map_new(m->a) };
    for (size_t i = m->count; i-- > 0;)
        map_put(x->in_file, m->orgs.list.at[i].name, (int64_t)i);
    TRY(import_view(m, "org", NULL, &x->orgs));
    for (size_t i = x->orgs.count; i-- > 0;)
        map_put(x->known, rows_text(&x->orgs, i, "name"), (int64_t)i);
    return NULL;
}

static str parent_of(const import *m, const above *x, str name)
{
    int64_t at = 0;
    if (map_get(x->in_file, name, &at))
        return m->orgs.list.at[at].parent;
    return map_get(x->known, name, &at) ? rows_text(&x->orgs, (size_t)at, "parent") : (str){ 0 };
}

static json_t *path_of(import *m, const above *x, const sheet_org *o)
{
    json_t *path = json_array();
    str name = o->name, parent = o->parent;
    for (size_t depth = 0; depth < ORG_DEPTH_MAX; depth++) {
        json_array_insert_new(path, 0, json_text(name));
        if (!parent.len || str_equal(parent, name))
            break;
        name = parent;
        parent = parent_of(m, x, name);
    }
    return path;
}

static err *write_orgs(import *m)
{
    above x;
    json_t *rows = import_array(m), *ids = import_array(m);
    TRY(load_above(m, &x));
    for (size_t i = 0; i < m->count; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "path", path_of(m, &x, &m->orgs.list.at[i]));
        json_array_append_new(rows, row);
    }
    TRY(import_pieces(m, "org.import", rows, ids, true));
    for (size_t i = 0; i < m->count; i++)
        str_int(str_of(json_string_value(json_array_get(ids, i))), 1, INT64_MAX, &m->records[i].noun);
    return NULL;
}

const import_kind import_orgs = { SHEET_ORGS, read_orgs, write_orgs };
