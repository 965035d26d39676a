/* Divisions by their codes, and compounds and roads in the communities that are there. */
#include "job/import_coming.h"
#include "job/placing.h"

#include <assert.h>

enum { DISTRICT_DIGITS = 6, SUBDISTRICT_DIGITS = 9 };

/* -- divisions ------------------------------------------------------------------------------------------- */
/* Where the sheet has no code of what a community lies in: that of the one there is of this name, else by its digits. */
static str above_code(const rows *divisions, const sheet_community *c, str code, str name, const char *level)
{
    size_t found = 0;
    str out = code;
    if (code.len)
        return code;
    for (size_t i = 0; i < divisions->count; i++)
        if (str_is(rows_text(divisions, i, "level"), level) && str_equal(rows_text(divisions, i, "name"), name)) {
            out = rows_text(divisions, i, "code");
            found++;
        }
    return found == 1 ? out : str_part(c->code, 0, str_is(str_of(level), "district") ? DISTRICT_DIGITS : SUBDISTRICT_DIGITS);
}

/* A community without its code cannot be told from one that is there: only the first plan of a city makes codes. */
static err *read_divisions(import *m)
{
    rows r = { 0 };
    sheet_communities all = { 0 };
    map *seen = map_new(m->a), *known = map_new(m->a);
    TRY(sheet_divisions_of(m->a, &m->content, &all, &m->troubles));
    TRY(import_view(m, "division", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        map_put(known, rows_text(&r, i, "code"), 1);
    import_records(m, all.list.count);
    m->count = 0;
    for (size_t i = 0; i < all.list.count; i++) {
        sheet_community c = all.list.at[i];
        if (!c.code.len) {
            import_tell(m, &c.from, "import.code_missing", c.community);
            continue;
        }
        c.subdistrict_code = above_code(&r, &c, c.subdistrict_code, c.subdistrict, "subdistrict");
        c.district_code = above_code(&r, &c, c.district_code, c.district, "district");
        import_record *record = &m->records[m->count++];
        *record = (import_record){ .from = c.from, .repeats = map_get(seen, c.code, NULL) };
        m->known += !record->repeats && map_get(known, c.code, NULL);
        map_put(seen, c.code, 1);
        *list_add(m->a, &m->communities.list) = c;
    }
    return NULL;
}

void import_division(json_t *rows, map *seen, str code, str name, const char *level, str parent)
{
    if (!code.len || map_get(seen, code, NULL))
        return;
    map_put(seen, code, 1);
    json_t *row = json_object();
    json_object_set_new(row, "code", json_text(code));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "level", json_string(level));
    if (parent.len)
        json_object_set_new(row, "parent_code", json_text(parent));
    json_array_append_new(rows, row);
}

static err *write_divisions(import *m)
{
    json_t *districts = import_array(m), *streets = import_array(m), *communities = import_array(m);
    map *seen = map_new(m->a);
    for (size_t i = 0; i < m->count; i++) {
        const sheet_community *c = &m->communities.list.at[i];
        import_division(districts, seen, c->district_code, c->district, "district", (str){ 0 });
        import_division(streets, seen, c->subdistrict_code, c->subdistrict, "subdistrict", c->district_code);
        import_division(communities, seen, c->code, c->community, "community", c->subdistrict_code);
    }
    TRY(import_pieces(m, "division.import", districts, NULL, false));
    TRY(import_pieces(m, "division.import", streets, NULL, false));
    return import_pieces(m, "division.import", communities, NULL, true);
}

const import_kind import_divisions = { SHEET_DIVISIONS, read_divisions, write_divisions };

/* -- compounds and roads --------------------------------------------------------------------------------- */
/* By its code, or by a name that only one community has. */
static bool community_of(const import_communities *all, const sheet_place *s, str *code)
{
    size_t found = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (s->community_code.len && str_equal(all->at[i].code, s->community_code)) {
            *code = s->community_code;
            return true;
        }
        if (s->community.len && placing_same_community(all->at[i].name, s->community)) {
            *code = all->at[i].code;
            found++;
        }
    }
    return found == 1;
}

static str compound_key(import *m, str code, const char *kind, str name)
{
    return text_format(m->a, "%.*s/%s/%.*s", STR_ARG(code), kind, STR_ARG(name));
}

static const char *kind_of(const sheet_place *s)
{
    return str_is(s->type, "road") ? "road" : "compound";
}

static str row_text(import *m, str key, const sheet_place *s)
{
    text t = text_begin(m->a);
    text_put(&t, key);
    for (size_t i = 0; i < s->aliases.count; i++)
        text_printf(&t, "/%.*s", STR_ARG(s->aliases.at[i]));
    for (size_t i = 0; i < s->ranges.count; i++)
        text_printf(&t, " %d-%d %d", s->ranges.at[i].from, s->ranges.at[i].to, (int)s->ranges.at[i].side);
    return text_done(&t);
}

static err *read_gazetteer(import *m)
{
    rows r = { 0 };
    import_communities communities = { 0 };
    sheet_gazetteer all = { 0 };
    map *seen = map_new(m->a), *known = map_new(m->a);
    TRY(sheet_gazetteer_of(m->a, &m->content, &all, &m->troubles));
    TRY(import_communities_load(m, &communities));
    TRY(import_view(m, "compound", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        map_put(known, compound_key(m, rows_text(&r, i, "community_code"), str_z(m->a, rows_text(&r, i, "kind")), rows_text(&r, i, "name")), 1);
    import_records(m, all.list.count);
    m->count = 0;
    for (size_t i = 0; i < all.list.count; i++) {
        sheet_place s = all.list.at[i];
        str code = { 0 };
        if (!community_of(&communities, &s, &code)) {
            import_tell(m, &s.from, "sheet.community_unknown", s.community.len ? s.community : s.community_code);
            continue;
        }
        s.community_code = code;
        str key = compound_key(m, code, kind_of(&s), s.name), said = row_text(m, key, &s);
        m->records[m->count++] = (import_record){ .from = s.from, .repeats = map_get(seen, said, NULL) };
        m->known += map_get(known, key, NULL);
        map_put(seen, said, 1);
        *list_add(m->a, &m->gazetteer.list) = s;
    }
    return NULL;
}

/* Several rows may speak of one compound. One that names no ranges means all of it, whatever others say. */
typedef struct compound {
    json_t *row;
    bool whole;
} compound;
typedef struct compounds {
    map *index;
    LIST(compound) list;
} compounds;

static json_t *new_row(const sheet_place *s)
{
    json_t *row = json_object();
    json_object_set_new(row, "community_code", json_text(s->community_code));
    json_object_set_new(row, "kind", json_string(kind_of(s)));
    json_object_set_new(row, "name", json_text(s->name));
    json_object_set_new(row, "aliases", json_array());
    json_object_set_new(row, "ranges", json_array());
    return row;
}

static void add_once(json_t *list, json_t *one)
{
    bool there = false;
    for (size_t i = 0; i < json_array_size(list); i++)
        there = there || json_equal(json_array_get(list, i), one);
    if (!there)
        json_array_append(list, one);
    json_decref(one);
}

static void join(compound *c, const sheet_place *s)
{
    static const char *const sides[] = { [SHEET_BOTH] = "both", [SHEET_ODD] = "odd", [SHEET_EVEN] = "even" };
    json_t *ranges = json_object_get(c->row, "ranges");
    for (size_t i = 0; i < s->aliases.count; i++)
        add_once(json_object_get(c->row, "aliases"), json_text(s->aliases.at[i]));
    c->whole = c->whole || !s->ranges.count;
    for (size_t i = 0; i < s->ranges.count && !c->whole; i++)
        add_once(ranges, json_pack("{s:i, s:i, s:s}", "from", s->ranges.at[i].from, "to", s->ranges.at[i].to, "side", sides[s->ranges.at[i].side]));
    if (c->whole)
        json_array_clear(ranges);
}

static size_t compound_of(import *m, compounds *all, json_t *rows, const sheet_place *s)
{
    int64_t at = (int64_t)all->list.count;
    str key = compound_key(m, s->community_code, kind_of(s), s->name);
    if (!map_get(all->index, key, &at)) {
        map_put(all->index, key, at);
        *list_add(m->a, &all->list) = (compound){ .row = new_row(s) };
        json_array_append_new(rows, all->list.at[at].row);
    }
    assert((size_t)at < all->list.count && all->list.at);
    return (size_t)at;
}

static err *write_gazetteer(import *m)
{
    compounds all = { .index = map_new(m->a) };
    json_t *rows = import_array(m), *ids = import_array(m);
    size_t *of = arena_many(m->a, size_t, m->count + 1);
    for (size_t i = 0; i < m->count; i++) {
        of[i] = compound_of(m, &all, rows, &m->gazetteer.list.at[i]);
        join(&all.list.at[of[i]], &m->gazetteer.list.at[i]);
    }
    TRY(import_pieces(m, "compound.import", rows, ids, true));
    for (size_t i = 0; i < m->count; i++)
        str_int(str_of(json_string_value(json_array_get(ids, of[i]))), 1, INT64_MAX, &m->records[i].noun);
    return NULL;
}

const import_kind import_gazetteer = { SHEET_GAZETTEER, read_gazetteer, write_gazetteer };
