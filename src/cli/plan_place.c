#include "cli/plan.h"
#include "job/placing.h"

static str id_text(plan *p, int64_t id)
{
    return text_format(p->a, "%lld", (long long)id);
}

/* What stands in the database counts: a person may have decided what the engine still doubts. */
static err *read_back(plan *p)
{
    rows r = { 0 };
    map *mine = map_new(p->a);
    for (size_t i = 0; i < p->persons.count; i++)
        map_put(mine, id_text(p, p->persons.at[i].id), (int64_t)i);
    TRY(plan_view(p, "person", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t n;
        if (!map_get(mine, id_text(p, rows_int(&r, i, "id")), &n))
            continue;
        str state = rows_text(&r, i, "placement");
        p->persons.at[n].placed = rows_text(&r, i, "community_code");
        p->placed += str_is(state, "placed");
        p->queued += str_is(state, "queued");
    }
    return NULL;
}

static err *form_teams(plan *p)
{
    rows r = { 0 };
    TRY(plan_command(p, "team.form", NAMED({ "operation", V_TEXT(id_text(p, p->operation_id)) }), NULL));
    TRY(plan_view(p, "team", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        plan_team t = { .id = rows_int(&r, i, "id"), .community_code = rows_text(&r, i, "community_code"),
                        .name = rows_text(&r, i, "name"), .leader_id = rows_int(&r, i, "leader_id") };
        if (t.leader_id == 0)
            TRY(plan_propose(p, &t));
        *list_add(p->a, &p->teams) = t;
    }
    return NULL;
}

err *plan_match(plan *p)
{
    rows rules = { 0 };
    map *by_code = map_new(p->a);
    json_t *rows = plan_array(p);
    TRY(plan_view(p, "place_rule", NULL, &rules));
    place_index *index = plan_index(p, &rules);
    str *names = arena_many(p->a, str, p->community_codes.count + 1);
    for (size_t i = 0; i < p->community_codes.count; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        map_put(by_code, p->community_codes.at[i], (int64_t)i);
        names[i] = text_format(p->a, "%.*s%.*s", STR_ARG(c->subdistrict), STR_ARG(c->community));
    }
    const placing how = { .a = p->a, .lang = p->lang, .index = index, .by_code = by_code, .names = names };
    for (size_t i = 0; i < p->persons.count; i++)
        json_array_append_new(rows, placing_row(&how, p->persons.at[i].id, p->persons.at[i].row));
    return plan_pieces(p, "placement.record", NULL, rows, NULL, "plan.progress.place");
}

err *plan_place(plan *p)
{
    TRY(plan_match(p));
    TRY(read_back(p));
    if (p->placed == 0)
        return err_new(p->a, ERR_INPUT, "plan.nobody_placed", NULL);
    return form_teams(p);
}
