#include "cli/plan.h"

static void put_text(json_t *row, const char *name, str s)
{
    if (s.len)
        json_object_set_new(row, name, plan_text(s));
}

static str id_text(plan *p, int64_t id)
{
    return text_format(p->a, "%lld", (long long)id);
}

/* "320303001001 柳堤街道东塘社区; ...": what somebody chooses from in the queue. */
static str candidates_text(plan *p, const map *by_code, const place_result *r)
{
    text t = text_begin(p->a);
    for (size_t i = 0; i < r->candidate_count; i++) {
        int64_t n;
        if (!map_get(by_code, r->candidates[i].code, &n))
            continue;
        const sheet_community *c = &p->communities.list.at[n];
        text_printf(&t, "%s%.*s %.*s%.*s", t.len ? "; " : "", STR_ARG(r->candidates[i].code), STR_ARG(c->subdistrict),
                    STR_ARG(c->community));
    }
    return text_done(&t);
}

static json_t *placement_row(plan *p, const plan_person *person, const map *by_code, const place_result *r)
{
    json_t *row = json_object();
    bool accepted = r->decision == PLACE_ACCEPT;
    json_object_set_new(row, "person", plan_text(id_text(p, person->id)));
    json_object_set_new(row, "state", json_string(!accepted ? "queued" : r->code.len ? "placed" : "outside"));
    json_object_set_new(row, "reasons", plan_text(words_get(p->a, p->lang, place_cause_key(r->cause), NULL)));
    put_text(row, "text_key", r->text_key);
    if (accepted) {
        put_text(row, "community_code", r->code);
        if (r->tag && r->code.len)
            json_object_set_new(row, "compound", plan_text(id_text(p, r->tag)));
        json_object_set_new(row, "settled", json_boolean(r->cause == PLACE_BY_RULE));
    } else {
        put_text(row, "candidates", candidates_text(p, by_code, r));
        put_text(row, "suggested_code", r->code);
    }
    return row;
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
    for (size_t i = 0; i < p->community_codes.count; i++)
        map_put(by_code, p->community_codes.at[i], (int64_t)i);
    for (size_t i = 0; i < p->persons.count; i++) {
        const plan_person *x = &p->persons.at[i];
        str address = x->row->address;
        if (x->row->compound.len && str_find(address, x->row->compound) < 0)
            address = text_format(p->a, "%.*s%.*s", STR_ARG(address), STR_ARG(x->row->compound));
        place_result found = { 0 };
        place_match(index, p->a, address, x->row->community, x->row->subdistrict, &found);
        json_array_append_new(rows, placement_row(p, x, by_code, &found));
    }
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
