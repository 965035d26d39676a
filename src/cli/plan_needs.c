#include "base/limits.h"
#include "cli/plan.h"
#include "job/need_rows.h"

static plan_team *team_of(plan *p, str code)
{
    for (size_t i = 0; i < p->teams.count; i++) {
        if (str_equal(p->teams.at[i].community_code, code))
            return &p->teams.at[i];
    }
    return NULL;
}

/* What an earlier sheet asked of these teams on these days, and the new one does not, is asked no more. */
static err *give_up_others(plan *p, json_t *ids)
{
    const map *asked = need_rows_ids(p->a, ids);
    json_t *given_up = plan_array(p);
    for (size_t t = 0; t < p->teams.count; t++) {
        rows r = { 0 };
        if (!p->teams.at[t].need_count)
            continue;
        TRY(plan_view(p, "need", NAMED({ "team", V_INT(p->teams.at[t].id) },
                                       { "from_on", V_TEXT(civil_day_text(p->a, p->operation.first_day)) },
                                       { "to_on", V_TEXT(civil_day_text(p->a, p->operation.last_day)) }), &r));
        need_rows_give_up(p->a, &r, asked, given_up);
    }
    return plan_pieces(p, "need.import", NULL, given_up, NULL, NULL);
}

/* The file and sheet a need stands in. */
static str origin_words(plan *p, const sheet_need *n)
{
    size_t at = (size_t)(n - p->needs.list.at);
    str name = { 0 };
    for (size_t i = 0; i < p->files.count; i++) {
        const plan_file *f = &p->files.at[i];
        if (f->kind == SHEET_NEEDS && at >= f->first && at < f->first + f->record_count)
            name = f->content.name;
    }
    return str_trim(text_format(p->a, "%.*s %.*s", STR_ARG(name), STR_ARG(n->from.sheet)));
}

/* Told, and the others go on. */
static void tell(plan *p, const char *key, const sheet_need *n, str what)
{
    cli_fail(p->a, p->lang,
             err_new(p->a, ERR_INPUT, key, VALUES({ "community", what }, { "sheet", origin_words(p, n) },
                                                  { "row", text_format(p->a, "%d", n->from.row) })));
}

static void tell_twice(void *of, const sheet_need *n)
{
    tell(of, "plan.need_twice", n, n->post.len ? n->post : n->community);
}

static err *store_needs(plan *p, need_rows *x)
{
    json_t *post_ids = plan_array(p), *shift_ids = plan_array(p), *rows = plan_array(p), *ids = plan_array(p);
    TRY(plan_pieces(p, "post.import", NULL, x->posts, post_ids, NULL));
    TRY(plan_pieces(p, "shift.import", NULL, x->shifts, shift_ids, NULL));
    need_rows_settle(x);
    need_rows_put(x, post_ids, shift_ids, rows);
    for (size_t i = 0; i < x->slots.count; i++)
        for (size_t t = 0; t < p->teams.count; t++)
            p->teams.at[t].need_count += p->teams.at[t].id == x->wanted.at[x->slots.at[i].by].team;
    TRY(plan_pieces(p, "need.import", NULL, rows, ids, "plan.progress.store"));
    return give_up_others(p, ids);
}

static err *store_availability(plan *p)
{
    static const char *const levels[] = { "can", "prefer", "rather_not", "cannot" };
    json_t *rows = plan_array(p);
    for (size_t i = 0; i < p->availability.list.count; i++) {
        const sheet_available *v = &p->availability.list.at[i];
        for (size_t k = 0; k < p->persons.count; k++) {
            const plan_person *x = &p->persons.at[k];
            if (!str_equal(x->row->name, v->name) || (v->phone.len && !str_equal(x->row->phone, v->phone)))
                continue;
            json_t *row = json_object();
            json_object_set_new(row, "person", json_id(p->a, x->id));
            json_object_set_new(row, "starts_at", json_integer(civil_instant(p->zone, v->day, v->begin_minute)));
            json_object_set_new(row, "ends_at", json_integer(civil_instant(p->zone, v->day, v->end_minute)));
            json_object_set_new(row, "level", json_string(levels[v->level]));
            json_object_set_new(row, "source", json_string("sheet"));
            json_array_append_new(rows, row);
            break;
        }
    }
    return plan_pieces(p, "availability.import", NULL, rows, NULL, NULL);
}

err *plan_needs(plan *p)
{
    need_rows x = { .a = p->a, .lang = p->lang, .operation = p->operation_id, .zone = p->zone, .posts = plan_array(p), .shifts = plan_array(p),
                    .twice = tell_twice, .of = p };
    for (size_t i = 0; i < p->needs.list.count; i++) {
        const sheet_need *n = &p->needs.list.at[i];
        str code = { 0 };
        bool known = plan_community(p, n->community, n->subdistrict, &code);
        plan_team *t = known ? team_of(p, code) : NULL;
        if (!t) {
            tell(p, known ? "plan.no_team_here" : "plan.no_post_here", n, n->community);
            continue;
        }
        need_rows_add(&x, n, t->id);
    }
    TRY(store_needs(p, &x));
    return store_availability(p);
}
