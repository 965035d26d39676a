#include "base/limits.h"
#include "cli/plan.h"
#include "job/import.h"
#include "job/placing.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

static void json_drop(void *what)
{
    json_decref(what);
}

json_t *plan_array(plan *p)
{
    json_t *array = json_array();
    arena_defer(p->a, json_drop, array);
    return array;
}

static call call_of(const plan *p, const char *name, const named *args, const json_t *rows)
{
    return (call){ .command = name, .args = args, .rows = rows, .actor_id = p->actor, .now = p->now, .lang = p->lang, .source = STR("cli") };
}

err *plan_command(plan *p, const char *name, const named *args, json_t **result)
{
    call c = call_of(p, name, args, NULL);
    str text = { 0 };
    TRY(app_command(p->app, p->a, &c, &text));
    if (!result)
        return NULL;
    *result = json_loadb(text.at, text.len, 0, NULL);
    if (*result)
        arena_defer(p->a, json_drop, *result);
    return NULL;
}

static void arena_drop(void *what)
{
    arena_close(what);
}

enum { PIECES_AT_ONCE = 5, GROUP_MAX_BYTES = 64 << 20 };

static void take_ids(json_t *ids, str text)
{
    json_t *result = json_loadb(text.at, text.len, 0, NULL), *got = json_object_get(result, "ids");
    for (size_t i = 0; ids && i < json_array_size(got); i++)
        json_array_append(ids, json_array_get(got, i));
    json_decref(result);
}

/* Committed together, in memory of their own: a city has hundreds of pieces. */
static err *run_pieces(plan *p, const char *name, const named *fixed, json_t *const *pieces, size_t count, json_t *ids)
{
    call calls[PIECES_AT_ONCE];
    str results[PIECES_AT_ONCE] = { { 0 } };
    arena *a = arena_open(p->a, GROUP_MAX_BYTES);
    for (size_t i = 0; i < count; i++)
        calls[i] = call_of(p, name, fixed, pieces[i]);
    err *e = app_commands(p->app, a, calls, count, results);
    for (size_t i = 0; !e && i < count; i++)
        take_ids(ids, results[i]);
    if (e) /* it lives in there */
        arena_defer(p->a, arena_drop, a);
    else
        arena_close(a);
    return e;
}

/* A checkpoint. */
static err *group_begins(plan *p, const char *progress, size_t from, size_t of)
{
    if (cli_interrupted())
        return err_new(p->a, ERR_INTERRUPTED, "plan.interrupted", NULL);
    if (progress)
        cli_progress(p->a, p->lang, progress,
                     VALUES({ "n", text_format(p->a, "%zu", from) }, { "of", text_format(p->a, "%zu", of) }));
    return NULL;
}

static err *run_group(plan *p, const char *name, const named *fixed, json_t *rows, size_t from, json_t *ids)
{
    json_t *pieces[PIECES_AT_ONCE];
    size_t count = 0, of = json_array_size(rows);
    for (; count < PIECES_AT_ONCE && from < of; count++) {
        pieces[count] = json_array();
        for (size_t k = 0; k < PIECE_ROWS_MAX && from < of; k++)
            json_array_append(pieces[count], json_array_get(rows, from++));
    }
    err *e = run_pieces(p, name, fixed, pieces, count, ids);
    while (count)
        json_decref(pieces[--count]);
    return e;
}

err *plan_pieces(plan *p, const char *name, const named *fixed, json_t *rows, json_t *ids, const char *progress)
{
    for (size_t from = 0; from < json_array_size(rows); from += PIECES_AT_ONCE * PIECE_ROWS_MAX) {
        TRY(group_begins(p, progress, from, json_array_size(rows)));
        TRY(run_group(p, name, fixed, rows, from, ids));
    }
    return NULL;
}

err *plan_view(plan *p, const char *name, const named *args, rows *out)
{
    const view *v = view_find(str_of(name));
    if (!v)
        return err_new(p->a, ERR_NOT_FOUND, "cli.view_unknown", VALUES({ "view", str_of(name) }));
    static const named none[] = { { 0 } };
    return view_run(app_store(p->app), p->a, v, args ? args : none, 0, 0, out);
}

/* Where the city has no codes the program makes them: x and digits, in the order of the list. */
static str code_or_made(plan *p, map *made, str code, str key, int digits)
{
    if (code.len)
        return code;
    int64_t n = 0;
    if (!map_get(made, key, &n)) {
        n = (int64_t)map_count(made) + 1;
        map_put(made, key, n);
    }
    return text_format(p->a, "x%0*lld", digits - 1, (long long)n);
}

void plan_codes_make(plan *p)
{
    map *made = map_new(p->a);
    for (size_t i = 0; i < p->communities.list.count; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        str key = text_format(p->a, "%.*s/%.*s", STR_ARG(c->district), STR_ARG(c->subdistrict));
        str full = text_format(p->a, "%.*s/%.*s", STR_ARG(key), STR_ARG(c->community));
        plan_codes codes = { .district = code_or_made(p, made, c->district_code, c->district, 6),
                             .subdistrict = code_or_made(p, made, c->subdistrict_code, key, 9) };
        codes.community = code_or_made(p, made, c->code, full, 12);
        *list_add(p->a, &p->codes) = codes;
        *list_add(p->a, &p->community_codes) = codes.community;
    }
}

static err *store_divisions(plan *p)
{
    json_t *districts = plan_array(p), *streets = plan_array(p), *communities = plan_array(p);
    map *seen = map_new(p->a);
    for (size_t i = 0; i < p->communities.list.count; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        const plan_codes *codes = &p->codes.at[i];
        import_division(districts, seen, codes->district, c->district, "district", (str){ 0 });
        import_division(streets, seen, codes->subdistrict, c->subdistrict, "subdistrict", codes->district);
        import_division(communities, seen, codes->community, c->community, "community", codes->subdistrict);
    }
    TRY(plan_pieces(p, "division.import", NULL, districts, NULL, NULL));
    TRY(plan_pieces(p, "division.import", NULL, streets, NULL, NULL));
    return plan_pieces(p, "division.import", NULL, communities, NULL, "plan.progress.store");
}

bool plan_community(const plan *p, str community, str subdistrict, str *code)
{
    size_t found = 0;
    for (size_t i = 0; i < p->communities.list.count; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        if (str_equal(p->community_codes.at[i], community)) {
            *code = community;
            return true;
        }
        if (!placing_same_community(c->community, community))
            continue;
        if (subdistrict.len && !str_starts(c->subdistrict, subdistrict) && !str_starts(subdistrict, c->subdistrict))
            continue;
        *code = p->community_codes.at[i];
        found++;
    }
    return found == 1;
}

/* So many at a time: the rows of a whole city would fill the memory. */
enum { PEOPLE_AT_ONCE = PIECES_AT_ONCE * PIECE_ROWS_MAX };

static err *people_from(plan *p, size_t from)
{
    json_t *rows = json_array(), *ids = json_array();
    size_t end = from + PEOPLE_AT_ONCE < p->persons.count ? from + PEOPLE_AT_ONCE : p->persons.count;
    for (size_t i = from; i < end; i++)
        json_array_append_new(rows, import_person_row(p->persons.at[i].row, plan_org_path(p, p->persons.at[i].row)));
    err *e = plan_pieces(p, "person.import", NULL, rows, ids, NULL);
    for (size_t i = 0; !e && from + i < end && i < json_array_size(ids); i++)
        p->persons.at[from + i].id = atoll(json_string_value(json_array_get(ids, i)));
    json_decref(rows);
    json_decref(ids);
    return e;
}

/* The same man on two lists is one person: the first row stands, the later is counted. */
err *plan_people(plan *p)
{
    map *seen = map_new(p->a);
    for (size_t i = 0; i < p->people.list.count; i++) {
        const sheet_person *s = &p->people.list.at[i];
        str key = plan_person_key(p, s);
        int64_t at = (int64_t)p->persons.count;
        bool known = map_get(seen, key, &at);
        *list_add(p->a, &p->person_of) = (size_t)at;
        if (known)
            continue;
        map_put(seen, key, at);
        *list_add(p->a, &p->persons) = (plan_person){ .row = s };
    }
    for (size_t from = 0; from < p->persons.count; from += PEOPLE_AT_ONCE) {
        TRY(group_begins(p, "plan.progress.store", from, p->persons.count));
        TRY(people_from(p, from));
    }
    return NULL;
}

static err *open_operation(plan *p)
{
    rows r = { 0 };
    TRY(plan_view(p, "operation", NULL, &r));
    if (r.count) {
        p->operation_id = rows_int(&r, 0, "id");
        return NULL;
    }
    json_t *result = NULL;
    str title = words_get(p->a, p->lang, "plan.operation", NULL);
    TRY(plan_command(p, "operation.open",
                     NAMED({ "title", V_TEXT(title) }, { "zone", V_TEXT(STR("Asia/Shanghai")) }), &result));
    p->operation_id = atoll(json_string_value(json_object_get(result, "id")));
    return NULL;
}

err *plan_store(plan *p)
{
    TRY(open_operation(p));
    TRY(plan_put_sets(p));
    TRY(store_divisions(p));
    TRY(plan_store_gazetteer(p));
    TRY(plan_store_orgs(p));
    TRY(plan_people(p));
    TRY(plan_import(p));
    if (p->nodes.count) {
        cli_progress_end();
        printf("%.*s\n", STR_ARG(words_get(p->a, p->lang, "plan.orgs",
            VALUES({ "n", text_format(p->a, "%zu", p->attached) }, { "rest", text_format(p->a, "%zu", p->unattached) }))));
    }
    return NULL;
}
