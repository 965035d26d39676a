#include "base/embed.h"
#include "base/text.h"
#include "cli/demo.h"
#include "cli/plan.h"

/* The city: the real division table, and compounds that nobody has ever met. */
enum { DIVISION_COLUMNS = 6 };

static const char compound_signs[] = "松涛青禾和悦柳岸锦澜银杏春晓宁书香知行桐荫静宜望岳暖阳石榴福泽云岫枫晚碧山语晨曦霞光";
static const char *const compound_endings[] = { "花园", "小区", "雅苑", "新村", "家园" };

/* -- divisions ---------------------------------------------------------------------------------------------- */
static void put_division(json *j, map *seen, str code, str name, const char *level, str parent)
{
    if (map_get(seen, code, NULL))
        return;
    map_put(seen, code, 1);
    json_open(j, '{');
    demo_put(j, "code", code);
    demo_put(j, "name", name);
    demo_put(j, "level", str_of(level));
    if (parent.len)
        demo_put(j, "parent_code", parent);
    json_close(j, '}');
}

/* Every fourth community of the two districts in the middle of the town. */
static void choose(demo *d, const str *cell, size_t *met, size_t *chosen)
{
    bool inner = str_is(cell[4], "320303") || str_is(cell[4], "320311");
    if (inner && (*met)++ % 4 == 0 && *chosen < DEMO_TEAMS)
        d->teams[(*chosen)++] = (demo_team){ .code = cell[0], .name = cell[1], .subdistrict_code = cell[2], .subdistrict = cell[3],
                                             .district = cell[5] };
}

static err *import_divisions(demo *d)
{
    str rest = { embedded_data[0].text, embedded_data[0].length }, line;
    map *seen = map_new(d->a);
    text t = text_begin(d->a);
    json j = json_begin(&t);
    size_t met = 0, chosen = 0;
    str_split(&rest, '\n', &line); /* the headers */
    json_open(&j, '[');
    while (str_split(&rest, '\n', &line) && line.len) {
        str cell[DIVISION_COLUMNS] = { 0 };
        line = str_trim(line);
        for (size_t i = 0; i < DIVISION_COLUMNS; i++)
            str_split(&line, ',', &cell[i]);
        put_division(&j, seen, cell[4], cell[5], "district", STR(""));
        put_division(&j, seen, cell[2], cell[3], "subdistrict", cell[4]);
        put_division(&j, seen, cell[0], cell[1], "community", cell[2]);
        choose(d, cell, &met, &chosen);
        *list_add(d->a, &d->plan->communities.list) = (sheet_community){
            .code = cell[0], .community = cell[1], .subdistrict_code = cell[2], .subdistrict = cell[3],
            .district_code = cell[4], .district = cell[5] };
        *list_add(d->a, &d->plan->community_codes) = cell[0];
    }
    json_close(&j, ']');
    return demo_rows(d, "division.import", text_done(&t), NULL);
}

static str compound_name(demo *d, map *seen)
{
    for (;;) {
        str first = demo_sign_of(d, compound_signs), second = demo_sign_of(d, compound_signs);
        str name = text_format(d->a, "%.*s%.*s%s", STR_ARG(first), STR_ARG(second),
                               compound_endings[demo_luck(d, COUNT(compound_endings))]);
        if (map_get(seen, name, NULL))
            continue;
        map_put(seen, name, 1);
        return name;
    }
}

static err *import_compounds(demo *d)
{
    map *seen = map_new(d->a);
    d->plan->actor = d->drafter;
    d->plan->now = d->now;
    for (size_t i = 0; i < DEMO_TEAMS * DEMO_COMPOUNDS; i++)
        *list_add(d->a, &d->plan->compounds) =
            (plan_compound){ .code = d->teams[i / DEMO_COMPOUNDS].code, .name = compound_name(d, seen), .whole = true };
    return demo_stopped_at(d, "compound.import", plan_store_gazetteer(d->plan));
}

err *demo_city(demo *d)
{
    d->now = demo_at(d, 0, 9, 0);
    demo_as(d, d->drafter);
    TRY(demo_run_id(d, "operation.open", NAMED({ "title", demo_say(d, "demo.operation") }, { "zone", DEMO_T("Asia/Shanghai") }),
                    &d->operation));
    TRY(import_divisions(d));
    return import_compounds(d);
}
