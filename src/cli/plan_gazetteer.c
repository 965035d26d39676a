/* The gazetteer of a plan: rows of one compound joined, stored by commands, and given to the place engine. */
#include "cli/plan.h"

#include <stdlib.h>
#include <string.h>

static bool has_text(const sheet_list *list, str s)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->at[i], s))
            return true;
    }
    return false;
}

static void range_add(plan *p, plan_compound *c, const sheet_range *r)
{
    static const place_side sides[] = { PLACE_BOTH, PLACE_ODD, PLACE_EVEN };
    place_range one = { .from = r->from, .to = r->to, .side = sides[r->side] };
    for (size_t i = 0; i < c->ranges.count; i++) {
        if (memcmp(&c->ranges.at[i], &one, sizeof one) == 0)
            return;
    }
    *list_add(p->a, &c->ranges) = one;
}

/* A row that limits nothing means all of the compound, whatever other rows say. */
static void join(plan *p, plan_compound *c, const sheet_place *s)
{
    for (size_t i = 0; i < s->aliases.count; i++) {
        if (!has_text(&c->aliases, s->aliases.at[i]))
            *list_add(p->a, &c->aliases) = s->aliases.at[i];
    }
    c->whole |= s->ranges.count == 0;
    for (size_t i = 0; i < s->ranges.count && !c->whole; i++)
        range_add(p, c, &s->ranges.at[i]);
    if (c->whole)
        c->ranges.count = 0;
}

/* The rows the table does not know the community of are errors: named, and left out. */
static void tell_unknown(plan *p, plan_file *f, const sheet_place *s)
{
    sheet_tables tables = { 0 };
    sheet_troubles ignored = { 0 };
    str named = s->community.len ? s->community : s->community_code;
    sheet_trouble t = { .file = f->content.name, .sheet = s->from.sheet, .row = s->from.row, .column = -1,
                        .severity = SHEET_ERROR, .what = "sheet.community_unknown", .values = { { "value", named } } };
    err *e = sheet_tables_of(p->a, &f->content, SHEET_GAZETTEER, &ignored, &tables);
    for (size_t i = 0; !e && i < tables.list.count; i++) {
        if (str_equal(tables.list.at[i].page->name, s->from.sheet)) {
            t.header_row = tables.list.at[i].header_row;
            t.header_last_row = tables.list.at[i].header_last_row;
        }
    }
    *list_add(p->a, &f->troubles.list) = t;
    f->troubles.error_count++;
    f->ready--;
}

static void take(plan *p, plan_file *f, size_t i)
{
    const sheet_place *s = &p->gazetteer.list.at[i];
    str code = { 0 };
    int64_t index = -1;
    *list_add(p->a, &p->compound_of) = -1;
    if (!plan_community(p, s->community_code.len ? s->community_code : s->community, (str){ 0 }, &code)) {
        tell_unknown(p, f, s);
        return;
    }
    bool road = str_is(s->type, "road");
    str key = text_format(p->a, "%.*s/%d/%.*s", STR_ARG(code), road, STR_ARG(s->name));
    if (!map_get(p->compound_index, key, &index)) {
        index = (int64_t)p->compounds.count;
        *list_add(p->a, &p->compounds) = (plan_compound){ .code = code, .name = s->name, .road = road };
        map_put(p->compound_index, key, index);
    }
    p->compound_of.at[i] = index;
    join(p, &p->compounds.at[index], s);
}

void plan_gazetteer(plan *p, plan_file *f)
{
    size_t count = f->ready;
    if (!p->compound_index)
        p->compound_index = map_new(p->a);
    for (size_t i = 0; i < count; i++)
        take(p, f, f->first + i);
}

static json_t *compound_row(const plan_compound *c)
{
    static const char *const sides[] = { "both", "odd", "even" };
    json_t *row = json_object(), *aliases = json_array(), *ranges = json_array();
    for (size_t k = 0; k < c->aliases.count; k++)
        json_array_append_new(aliases, json_text(c->aliases.at[k]));
    for (size_t k = 0; k < c->ranges.count; k++) {
        json_t *range = json_object();
        json_object_set_new(range, "from", json_integer(c->ranges.at[k].from));
        json_object_set_new(range, "to", json_integer(c->ranges.at[k].to));
        json_object_set_new(range, "side", json_string(sides[c->ranges.at[k].side]));
        json_array_append_new(ranges, range);
    }
    json_object_set_new(row, "community_code", json_text(c->code));
    json_object_set_new(row, "kind", json_string(c->road ? "road" : "compound"));
    json_object_set_new(row, "name", json_text(c->name));
    json_object_set_new(row, "aliases", aliases);
    json_object_set_new(row, "ranges", ranges);
    return row;
}

err *plan_store_gazetteer(plan *p)
{
    json_t *rows = plan_array(p), *ids = plan_array(p);
    for (size_t i = 0; i < p->compounds.count; i++)
        json_array_append_new(rows, compound_row(&p->compounds.at[i]));
    TRY(plan_pieces(p, "compound.import", NULL, rows, ids, NULL));
    for (size_t i = 0; i < p->compounds.count && i < json_array_size(ids); i++)
        p->compounds.at[i].id = atoll(json_string_value(json_array_get(ids, i)));
    return NULL;
}

place_index *plan_index(plan *p, const rows *rules)
{
    arena *a = p->a;
    size_t n = p->communities.list.count, g = p->compounds.count;
    place_division *divisions = arena_many(a, place_division, n + 1);
    place_entry *entries = arena_many(a, place_entry, g + 1);
    place_rule *kept = arena_many(a, place_rule, rules->count + 1);
    for (size_t i = 0; i < n; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        divisions[i] = (place_division){ .code = p->community_codes.at[i], .name = c->community,
                                         .street = c->subdistrict, .district = c->district };
    }
    for (size_t i = 0; i < g; i++) {
        const plan_compound *c = &p->compounds.at[i];
        entries[i] = (place_entry){ .code = c->code, .tag = c->id, .kind = c->road ? PLACE_ROAD : PLACE_COMPOUND,
                                    .name = c->name, .aliases = c->aliases.at, .alias_count = c->aliases.count,
                                    .ranges = c->ranges.at, .range_count = c->ranges.count };
    }
    for (size_t i = 0; i < rules->count; i++)
        kept[i] = (place_rule){ .text_key = rows_text(rules, i, "text_key"), .code = rows_text(rules, i, "community_code") };
    return place_index_new(a, divisions, n, entries, g, kept, rules->count);
}
