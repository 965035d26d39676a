#include "cli/plan.h"

#include <stdlib.h>

static void build_index(plan *p, place_index **out, const rows *rules)
{
    arena *a = p->a;
    size_t n = p->communities.list.count, g = p->gazetteer.list.count, used = 0;
    place_division *divisions = arena_many(a, place_division, n);
    for (size_t i = 0; i < n; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        divisions[i] = (place_division){ .code = p->community_codes.at[i], .name = c->community,
                                         .street = c->subdistrict, .district = c->district };
    }
    place_entry *entries = arena_many(a, place_entry, g);
    for (size_t i = 0; i < g; i++) {
        const sheet_place *s = &p->gazetteer.list.at[i];
        str code = { 0 };
        if (!plan_community(p, s->community_code.len ? s->community_code : s->community, (str){ 0 }, &code))
            continue;
        entries[used++] = (place_entry){ .code = code, .kind = str_is(s->type, "road") ? PLACE_ROAD : PLACE_COMPOUND,
                                         .name = s->name, .aliases = s->aliases.at, .alias_count = s->aliases.count };
    }
    place_rule *kept = arena_many(a, place_rule, rules->count);
    for (size_t i = 0; i < rules->count; i++)
        kept[i] = (place_rule){ .text_key = rows_text(rules, i, "text_key"), .code = rows_text(rules, i, "community_code") };
    *out = place_index_new(a, divisions, n, entries, used, kept, rules->count);
}

static json_t *placement_row(plan *p, plan_person *person, const place_result *r)
{
    json_t *row = json_object();
    char id[32];
    snprintf(id, sizeof id, "%lld", (long long)person->id);
    json_object_set_new(row, "person", json_string(id));
    bool accepted = r->decision == PLACE_ACCEPT;
    const char *state = !accepted ? "queued" : r->code.len ? "placed" : "outside";
    json_object_set_new(row, "state", json_string(state));
    if (accepted && r->code.len) {
        person->placed = r->code;
        json_object_set_new(row, "community_code", plan_text(r->code));
        p->placed++;
    } else if (!accepted) {
        p->queued++;
    }
    str cause = words_get(p->a, p->lang, place_cause_key(r->cause), NULL);
    json_object_set_new(row, "reasons", plan_text(cause));
    return row;
}

/* Those with a mobile, by the order of the lists: a leader, a deputy of another unit, a liaison. */
static err *propose(plan *p, plan_team *t)
{
    static const char *const offices[] = { "leader", "deputy", "liaison" };
    static const char *const reasons[] = { "propose.leader.plain", "propose.deputy", "propose.liaison" };
    const plan_person *chosen[3] = { NULL };
    size_t found = 0;
    for (size_t i = 0; i < p->persons.count && found < COUNT(chosen); i++) {
        const plan_person *x = &p->persons.at[i];
        if (!str_equal(x->placed, t->community_code) || x->row->phone.len == 0)
            continue;
        if (found == 1 && str_equal(x->row->org_path, chosen[0]->row->org_path))
            continue;
        chosen[found++] = x;
    }
    json_t *rows = plan_array(p);
    for (size_t i = 0; i < found; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "team", plan_text(text_format(p->a, "%lld", (long long)t->id)));
        json_object_set_new(row, "office", json_string(offices[i]));
        json_object_set_new(row, "person", plan_text(text_format(p->a, "%lld", (long long)chosen[i]->id)));
        json_object_set_new(row, "reason", plan_text(words_get(p->a, p->lang, reasons[i], NULL)));
        json_array_append_new(rows, row);
    }
    return plan_pieces(p, "team.propose", NULL, rows, NULL, NULL);
}

static err *form_teams(plan *p)
{
    rows r = { 0 };
    TRY(plan_command(p, "team.form",
                     NAMED({ "operation", V_TEXT(text_format(p->a, "%lld", (long long)p->operation_id)) }), NULL));
    TRY(plan_view(p, "team", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        plan_team t = { .id = rows_int(&r, i, "id"), .community_code = rows_text(&r, i, "community_code"),
                        .name = rows_text(&r, i, "name"), .leader_id = rows_int(&r, i, "leader_id") };
        if (t.leader_id == 0)
            TRY(propose(p, &t));
        *list_add(p->a, &p->teams) = t;
    }
    return NULL;
}

err *plan_place(plan *p)
{
    rows rules = { 0 };
    place_index *index = NULL;
    TRY(plan_view(p, "place_rule", NULL, &rules));
    build_index(p, &index, &rules);
    json_t *rows = plan_array(p);
    for (size_t i = 0; i < p->persons.count; i++) {
        plan_person *x = &p->persons.at[i];
        str address = x->row->address;
        if (x->row->compound.len && str_find(address, x->row->compound) < 0)
            address = text_format(p->a, "%.*s%.*s", STR_ARG(address), STR_ARG(x->row->compound));
        place_result found = { 0 };
        place_match(index, p->a, address, x->row->community, x->row->subdistrict, &found);
        json_array_append_new(rows, placement_row(p, x, &found));
    }
    TRY(plan_pieces(p, "placement.record", NULL, rows, NULL, "plan.progress.place"));
    if (p->placed == 0)
        return err_new(p->a, ERR_INPUT, "plan.nobody_placed", NULL);
    return form_teams(p);
}
