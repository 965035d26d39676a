#include "place/index.h"

#include "base/text.h"
#include "place/endings.h"
#include "place/fold.h"

#include <string.h>

static const struct { const char *code, *name; } regions[] = {
#define X(code, name) { code, name },
#include "place/cities.def"
#undef X
};

static void add_sense(arena *a, place_index *x, map *names, str key, sense s)
{
    int64_t first;
    if (!key.len)
        return;
    if (!map_get(names, key, &first))
        first = -1;
    for (int64_t i = first; i >= 0; i = x->senses.at[i].next) {
        sense *old = &x->senses.at[i];
        if (old->kind == s.kind && old->target == s.target) {
            old->weak = old->weak && s.weak;
            return;
        }
    }
    s.next = (int)first;
    *list_add(a, &x->senses) = s;
    map_put(names, key, (int64_t)x->senses.count - 1);
    if (names == x->names && key.len > x->name_max_bytes)
        x->name_max_bytes = key.len;
}

/* A name of one sign says too little. */
static void add_name(arena *a, place_index *x, str key, sense_kind kind, int target, bool weak)
{
    if (str_rune_count(key) >= 2)
        add_sense(a, x, x->names, key, (sense){ .kind = kind, .target = target, .weak = weak });
}

static str join(arena *a, str front, str back)
{
    return text_format(a, "%.*s%.*s", STR_ARG(front), STR_ARG(back));
}

static void add_forms(arena *a, place_index *x, str core, ending_list forms, sense s)
{
    str form;
    for (size_t i = 0; ending_next(forms, &i, &form);)
        add_name(a, x, join(a, core, form), s.kind, s.target, s.weak || ending_is(form, FORM_STREET_WEAK));
}

/* The number of a name in a list, new or known. */
static int number_of(arena *a, map *known, str key, bool *is_new)
{
    int64_t n;
    *is_new = !map_get(known, key, &n);
    if (*is_new) {
        n = (int64_t)map_count(known);
        map_put(known, str_copy(a, key), n);
    }
    return (int)n;
}

static void add_district(arena *a, place_index *x, str name, int target)
{
    str core = ending_cut(name, ENDING_DISTRICT);
    *list_add(a, &x->district_names) = name;
    add_name(a, x, name, SENSE_DISTRICT, target, false);
    add_name(a, x, core, SENSE_DISTRICT, target, true);
}

static void add_street(arena *a, place_index *x, str name, int target)
{
    *list_add(a, &x->street_names) = name;
    add_name(a, x, name, SENSE_STREET, target, false);
    if (ending_bytes(name, ENDING_STREET))
        add_forms(a, x, ending_cut(name, ENDING_STREET), FORM_STREET,
                  (sense){ .kind = SENSE_STREET, .target = target });
    if (!ending_bytes(name, ENDING_TOWN))
        return;
    add_name(a, x, ending_cut(name, ENDING_TOWN), SENSE_STREET, target, true);
    add_forms(a, x, ending_cut(name, ENDING_TOWN), FORM_TOWN,
              (sense){ .kind = SENSE_STREET, .target = target });
}

/* Every usual way to write the name; the one the table does not use (a village as 社区) is weak. */
static void add_community(arena *a, place_index *x, str name, int target)
{
    sense s = { .kind = SENSE_COMMUNITY, .target = target };
    bool village = ending_bytes(name, ENDING_VILLAGE) && !ending_bytes(name, ENDING_COMMUNITY);
    str core = ending_cut(name, village ? ENDING_VILLAGE : ENDING_COMMUNITY);
    add_name(a, x, name, s.kind, target, !village && !ending_bytes(name, ENDING_COMMUNITY));
    add_sense(a, x, x->cores, core, s);
    add_sense(a, x, x->cores, name, s);
    add_forms(a, x, core, village ? FORM_VILLAGE : FORM_COMMUNITY, s);
    s.weak = true;
    if (!ending_bytes(core, ENDING_VILLAGE))
        add_forms(a, x, core, village ? FORM_COMMUNITY : FORM_VILLAGE, s);
}

static void add_divisions(arena *a, place_index *x)
{
    map *streets = map_new(a), *districts = map_new(a);
    place_home *homes = arena_many(a, place_home, x->division_count + 1);
    x->street_districts = arena_many(a, int, x->division_count + 1);
    for (size_t i = 0; i < x->division_count; i++) {
        const place_division *d = &x->divisions[i];
        str district = fold_name(a, d->district), street = fold_name(a, d->street);
        bool is_new;
        homes[i].district = number_of(a, districts, district, &is_new);
        if (is_new)
            add_district(a, x, district, homes[i].district);
        str key = text_format(a, "%.*s/%.*s", STR_ARG(district), STR_ARG(street));
        homes[i].street = number_of(a, streets, key, &is_new);
        if (is_new) {
            x->street_districts[homes[i].street] = homes[i].district;
            add_street(a, x, street, homes[i].street);
        }
        add_community(a, x, fold_name(a, d->name), (int)i);
        map_put(x->by_code, d->code, (int64_t)i);
    }
    x->homes = homes;
}

static void add_entry_name(arena *a, place_index *x, str name, int target)
{
    size_t ending = ending_bytes(name, ENDING_COMPOUND);
    str form;
    size_t i = 0;
    add_name(a, x, name, SENSE_ENTRY, target, false);
    if (ending && str_rune_count(ending_cut(name, ENDING_COMPOUND)) >= 2)
        add_name(a, x, ending_cut(name, ENDING_COMPOUND), SENSE_ENTRY, target, false);
    else if (!ending && ending_next(ENDING_COMPOUND, &i, &form))
        add_name(a, x, join(a, name, form), SENSE_ENTRY, target, false);
}

static void add_entries(arena *a, place_index *x)
{
    int *divisions = arena_many(a, int, x->entry_count + 1);
    for (size_t i = 0; i < x->entry_count; i++) {
        const place_entry *e = &x->entries[i];
        int64_t division = -1;
        (void)map_get(x->by_code, e->code, &division);
        divisions[i] = (int)division;
        if (division < 0)
            continue;
        add_entry_name(a, x, fold_name(a, e->name), (int)i);
        for (size_t j = 0; j < e->alias_count; j++)
            add_entry_name(a, x, fold_name(a, e->aliases[j]), (int)i);
    }
    x->entry_divisions = divisions;
}

static bool is_ours(const place_index *x, const char *code)
{
    return x->has_home && strncmp(x->divisions[0].code.at, code, strlen(code)) == 0;
}

static void add_regions(arena *a, place_index *x)
{
    x->has_home = x->division_count && x->divisions[0].code.len == 12;
    for (size_t i = 0; x->has_home && i < 12; i++)
        x->has_home = x->divisions[0].code.at[i] >= '0' && x->divisions[0].code.at[i] <= '9';
    for (size_t i = 0; i < COUNT(regions); i++) {
        str name = fold_name(a, str_of(regions[i].name));
        str core = ending_cut(name, strlen(regions[i].code) == 2 ? ENDING_PROVINCE : ENDING_CITY);
        int ours = !is_ours(x, regions[i].code) ? REGION_FOREIGN
                   : strlen(regions[i].code) == 2 ? REGION_OUR_PROVINCE : REGION_OUR_CITY;
        add_name(a, x, name, SENSE_REGION, ours, false);
        if (ours != REGION_FOREIGN)
            add_name(a, x, core, SENSE_REGION, ours, true);
    }
}

place_index *place_index_new(arena *a, const place_division *divisions, size_t division_count,
                             const place_entry *gazetteer, size_t entry_count,
                             const place_rule *rules, size_t rule_count)
{
    place_index *x = arena_new(a, place_index);
    x->divisions = divisions;
    x->division_count = division_count;
    x->entries = gazetteer;
    x->entry_count = entry_count;
    x->rules = rules;
    x->names = map_new(a);
    x->cores = map_new(a);
    x->by_code = map_new(a);
    x->by_key = map_new(a);
    add_divisions(a, x);
    add_entries(a, x);
    add_regions(a, x);
    for (size_t i = 0; i < rule_count; i++)
        map_put(x->by_key, rules[i].text_key, (int64_t)i);
    return x;
}

bool place_is_ending(str s)
{
    return ending_is(s, ENDING_COMMUNITY) || ending_is(s, ENDING_VILLAGE);
}
