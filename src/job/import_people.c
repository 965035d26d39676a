/* People: by name and telephone into the list, by their address into a community, and so into its team. */
#include "domain/message.h"
#include "job/import.h"
#include "job/org_path.h"
#include "job/placing.h"

/* -- understood ----------------------------------------------------------------------------------------- */
str import_person_key(arena *a, const sheet_person *s)
{
    str rest = s->phone.len ? s->phone : s->address.len ? s->address : s->org_path;
    return text_format(a, "%.*s/%.*s", STR_ARG(s->name), STR_ARG(rest));
}

/* As the view shows it. */
static str shown(import *m, const sheet_person *s)
{
    return text_format(m->a, "%.*s/%.*s", STR_ARG(s->name), STR_ARG(message_mask(m->a, s->phone)));
}

static err *known_people(import *m, map *known)
{
    rows r = { 0 };
    TRY(import_view(m, "person", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        map_put(known, text_format(m->a, "%.*s/%.*s", STR_ARG(rows_text(&r, i, "name")), STR_ARG(rows_text(&r, i, "phone"))), 1);
    return NULL;
}

static err *read_people(import *m)
{
    map *seen = map_new(m->a), *known = map_new(m->a);
    TRY(sheet_people_of(m->a, &m->content, &m->people, &m->troubles));
    TRY(known_people(m, known));
    import_records(m, m->people.list.count);
    for (size_t i = 0; i < m->count; i++) {
        sheet_person *s = &m->people.list.at[i];
        if (!s->issuer.len)
            s->issuer = m->handed_by; /* a list that names no unit is that of whoever handed it in */
        str key = import_person_key(m->a, s);
        m->records[i] = (import_record){ .from = s->from, .repeats = map_get(seen, key, NULL) };
        map_put(seen, key, 1);
        m->records[i].known = !m->records[i].repeats && map_get(known, shown(m, s), NULL);
        m->known += m->records[i].known;
    }
    return NULL;
}

/* -- the list ------------------------------------------------------------------------------------------- */
static void put_text(json_t *row, const char *key, str s)
{
    if (s.len)
        json_object_set_new_nocheck(row, key, json_text(s));
}

static void put_list(json_t *row, const char *key, json_t *list)
{
    if (json_array_size(list))
        json_object_set_nocheck(row, key, list);
    json_decref(list);
}

json_t *import_person_row(const sheet_person *s, json_t *org)
{
    json_t *row = json_object(), *skills = json_array();
    for (size_t k = 0; k < s->skills.count; k++)
        json_array_append_new(skills, json_text(s->skills.at[k]));
    put_text(row, "name", s->name);
    put_text(row, "phone", s->phone);
    put_text(row, "address", s->address.len ? s->address : s->compound);
    put_text(row, "work_unit", s->work_unit);
    put_text(row, "kind", s->kind);
    put_text(row, "remark", s->remark);
    put_list(row, "org", org);
    json_object_set_new_nocheck(row, "skills", skills); /* none left is an answer too */
    return row;
}

typedef LIST(org_path) nodes;

/* The units there are, each with the names from the top. A unit stands after what it belongs to. */
static err *load_nodes(import *m, nodes *out)
{
    rows r = { 0 };
    map *by_id = map_new(m->a);
    TRY(import_view(m, "org", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t above = 0;
        org_path node = { .id = rows_int(&r, i, "id") };
        bool lies_in = out->at && map_get(by_id, text_format(m->a, "%lld", (long long)rows_int(&r, i, "parent_id")), &above);
        for (size_t k = 0; lies_in && k < out->at[above].path.count; k++)
            *list_add(m->a, &node.path) = out->at[above].path.at[k];
        *list_add(m->a, &node.path) = rows_text(&r, i, "name");
        map_put(by_id, text_format(m->a, "%lld", (long long)node.id), (int64_t)out->count);
        *list_add(m->a, out) = node;
    }
    return NULL;
}

static json_t *path_of(import *m, const nodes *all, const sheet_person *s)
{
    const org_written w = { .branch = s->org_path, .work_unit = s->work_unit, .issuer = s->issuer };
    sheet_list names = { 0 };
    json_t *path = json_array();
    org_path_of(m->a, all->at, all->count, &w, &names);
    for (size_t i = 0; i < names.count; i++)
        json_array_append_new(path, json_text(names.at[i]));
    return path;
}

err *import_outside(import *m, int64_t org)
{
    nodes all = { 0 };
    const org_path *own = NULL;
    TRY(load_nodes(m, &all));
    for (size_t i = 0; i < all.count; i++)
        own = all.at[i].id == org ? &all.at[i] : own;
    for (size_t i = 0; own && i < m->people.list.count; i++) {
        const sheet_person *s = &m->people.list.at[i];
        const org_written w = { .branch = s->org_path, .work_unit = s->work_unit, .issuer = s->issuer.len ? s->issuer : own->path.at[own->path.count - 1] };
        sheet_list names = { 0 };
        org_path_of(m->a, all.at, all.count, &w, &names);
        bool inside = names.count >= own->path.count;
        for (size_t k = 0; inside && k < own->path.count; k++)
            inside = str_equal(names.at[k], own->path.at[k]);
        if (!inside)
            import_tell(m, &s->from, "hand_in.outside", s->org_path.len ? s->org_path : s->work_unit);
    }
    return NULL;
}

static err *put_people(import *m)
{
    nodes all = { 0 };
    json_t *rows = import_array(m), *ids = import_array(m);
    map *first = map_new(m->a);
    size_t at = 0;
    TRY(load_nodes(m, &all));
    for (size_t i = 0; i < m->count; i++)
        if (!m->records[i].repeats)
            json_array_append_new(rows, import_person_row(&m->people.list.at[i], path_of(m, &all, &m->people.list.at[i])));
    TRY(import_pieces(m, "person.import", rows, ids, true));
    for (size_t i = 0; i < m->count; i++) {
        str key = import_person_key(m->a, &m->people.list.at[i]);
        if (!m->records[i].repeats)
            str_int(str_of(json_string_value(json_array_get(ids, at++))), 1, INT64_MAX, &m->records[i].noun);
        else
            (void)map_get(first, key, &m->records[i].noun);
        map_put(first, key, m->records[i].noun);
    }
    return NULL;
}

/* -- the community -------------------------------------------------------------------------------------- */
typedef struct gazetteer {
    place_division *divisions;
    place_entry *entries;
    place_rule *rules;
    size_t division_count, entry_count, rule_count;
} gazetteer;

static err *load_divisions(import *m, gazetteer *g, map *by_code, str **names)
{
    rows r = { 0 };
    TRY(import_view(m, "community", NULL, &r));
    g->divisions = arena_many(m->a, place_division, r.count + 1);
    *names = arena_many(m->a, str, r.count + 1);
    for (; g->division_count < r.count; g->division_count++) {
        size_t i = g->division_count;
        g->divisions[i] = (place_division){ .code = rows_text(&r, i, "code"), .name = rows_text(&r, i, "community"),
                                            .street = rows_text(&r, i, "subdistrict"), .district = rows_text(&r, i, "district") };
        (*names)[i] = text_format(m->a, "%.*s%.*s", STR_ARG(g->divisions[i].street), STR_ARG(g->divisions[i].name));
        map_put(by_code, g->divisions[i].code, (int64_t)i);
    }
    return NULL;
}

static place_side side_of(str side)
{
    return str_is(side, "odd") ? PLACE_ODD : str_is(side, "even") ? PLACE_EVEN : PLACE_BOTH;
}

/* Compounds with their other names and house numbers: rows of one compound stand together. */
static err *load_entries(import *m, gazetteer *g)
{
    rows r = { 0 };
    TRY(import_view(m, "compound_part", NULL, &r));
    g->entries = arena_many(m->a, place_entry, r.count + 1);
    str *aliases = arena_many(m->a, str, r.count + 1);
    place_range *ranges = arena_many(m->a, place_range, r.count + 1);
    for (size_t i = 0; i < r.count; i++) {
        bool same = g->entry_count && g->entries[g->entry_count - 1].tag == rows_int(&r, i, "id");
        place_entry *e = &g->entries[same ? g->entry_count - 1 : g->entry_count++];
        str part = rows_text(&r, i, "part");
        if (!same)
            *e = (place_entry){ .code = rows_text(&r, i, "community_code"), .tag = rows_int(&r, i, "id"), .name = rows_text(&r, i, "name"),
                                .kind = str_is(rows_text(&r, i, "kind"), "road") ? PLACE_ROAD : PLACE_COMPOUND,
                                .aliases = aliases + i, .ranges = ranges + i };
        if (str_is(part, "alias"))
            aliases[(size_t)(e->aliases - aliases) + e->alias_count++] = rows_text(&r, i, "alias");
        if (str_is(part, "range"))
            ranges[(size_t)(e->ranges - ranges) + e->range_count++] =
                (place_range){ .from = (int)rows_int(&r, i, "number_from"), .to = (int)rows_int(&r, i, "number_to"),
                               .side = side_of(rows_text(&r, i, "side")) };
    }
    return NULL;
}

static err *load_rules(import *m, gazetteer *g)
{
    rows r = { 0 };
    TRY(import_view(m, "place_rule", NULL, &r));
    g->rules = arena_many(m->a, place_rule, r.count + 1);
    for (; g->rule_count < r.count; g->rule_count++)
        g->rules[g->rule_count] = (place_rule){ .text_key = rows_text(&r, g->rule_count, "text_key"),
                                                .code = rows_text(&r, g->rule_count, "community_code") };
    return NULL;
}

static err *place_people(import *m)
{
    gazetteer g = { 0 };
    map *by_code = map_new(m->a);
    str *names = NULL;
    json_t *rows = import_array(m);
    TRY(load_divisions(m, &g, by_code, &names));
    if (!g.division_count)
        return NULL; /* a city without communities yet */
    TRY(load_entries(m, &g));
    TRY(load_rules(m, &g));
    const placing how = { .a = m->a, .lang = m->lang, .by_code = by_code, .names = names,
                          .index = place_index_new(m->a, g.divisions, g.division_count, g.entries, g.entry_count, g.rules, g.rule_count) };
    for (size_t i = 0; i < m->count; i++) {
        if (m->records[i].repeats)
            continue;
        json_t *row = placing_row(&how, m->records[i].noun, &m->people.list.at[i]);
        const char *state = json_string_value(json_object_get(row, "state"));
        m->placed += str_is(str_of(state), "placed");
        m->queued += str_is(str_of(state), "queued");
        json_array_append_new(rows, row);
    }
    return import_pieces(m, "placement.record", rows, NULL, false);
}

/* Whoever is placed joins the team there, as in every import before. */
static err *form_teams(import *m)
{
    rows r = { 0 };
    TRY(import_view(m, "operation", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "state"), "open"))
            return import_command(m, "team.form", NAMED({ "operation", V_INT(rows_int(&r, i, "id")) }, { "import", V_INT(m->id) }), NULL);
    return NULL;
}

static err *write_people(import *m)
{
    TRY(put_people(m));
    TRY(place_people(m));
    return m->placed ? form_teams(m) : NULL;
}

const import_kind import_people = { SHEET_PEOPLE, read_people, write_people };
