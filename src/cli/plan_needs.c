#include "base/limits.h"
#include "cli/plan.h"

#include <assert.h>
#include <stdlib.h>

static const sheet_shift default_night_from = { 20 * 60, 0 };

static json_t *id_text(plan *p, int64_t id)
{
    return json_text(text_format(p->a, "%lld", (long long)id));
}

static plan_team *team_of(plan *p, str code)
{
    for (size_t i = 0; i < p->teams.count; i++) {
        if (str_equal(p->teams.at[i].community_code, code))
            return &p->teams.at[i];
    }
    return NULL;
}

/* 早 before noon, 中 before 16:00, 晚 before 20:00, 夜 after: what the letter on the wall says. */
static const char *shift_word(const sheet_shift *s)
{
    int begin = s->begin_minute;
    if (s->end_minute - begin > 10 * 60)
        return begin >= default_night_from.begin_minute ? "shift.night" : "shift.whole";
    if (begin >= default_night_from.begin_minute || begin < 5 * 60)
        return "shift.night";
    return begin < 11 * 60 ? "shift.early" : begin < 16 * 60 ? "shift.mid" : "shift.late";
}

static str shift_name(plan *p, const sheet_shift *s)
{
    return text_format(p->a, "%.*s %.*s–%.*s", STR_ARG(words_get(p->a, p->lang, shift_word(s), NULL)),
                       STR_ARG(civil_time_text(p->a, s->begin_minute)), STR_ARG(civil_time_text(p->a, s->end_minute)));
}

/* One row for a name; its place in the rows is its place in the ids that come back. */
static int64_t row_of(map *names, str name, json_t *rows, json_t *row)
{
    int64_t index = 0;
    if (map_get(names, name, &index)) {
        json_decref(row);
        return index;
    }
    index = (int64_t)json_array_size(rows);
    map_put(names, name, index);
    json_array_append_new(rows, row);
    return index;
}

typedef struct wanted {
    const sheet_need *need;
    plan_team *team;
    size_t post, shift; /* rows of these */
} wanted;
typedef struct gathering {
    json_t *posts, *shifts;
    map *post_names, *shift_names;
    LIST(wanted) list;
} gathering;

static json_t *shift_row(plan *p, const sheet_shift *s, str name)
{
    json_t *row = json_object();
    bool night = str_is(str_of(shift_word(s)), "shift.night");
    json_object_set_new(row, "operation", id_text(p, p->operation_id));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "kind", json_string(night ? "night" : "day"));
    json_object_set_new(row, "start_minute", json_integer(s->begin_minute));
    json_object_set_new(row, "end_minute", json_integer(s->end_minute));
    return row;
}

static json_t *post_row(plan *p, const plan_team *t, const sheet_need *n, str name)
{
    json_t *row = json_object();
    json_object_set_new(row, "team", id_text(p, t->id));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "kind", json_string(n->indoor ? "desk" : "gate"));
    json_object_set_new(row, "outdoor", n->indoor ? json_false() : json_true());
    json_object_set_new(row, "instructions", json_text(n->task));
    json_t *skills = json_array();
    for (size_t i = 0; i < n->skills.count; i++)
        json_array_append_new(skills, json_text(n->skills.at[i]));
    json_object_set_new(row, "skills", skills);
    return row;
}

static void gather_one(plan *p, gathering *g, const sheet_need *n, plan_team *t, str gate)
{
    bool named = gate.len && str_find(n->post, gate) < 0;
    str name = named ? text_format(p->a, "%.*s%.*s", STR_ARG(n->post), STR_ARG(gate)) : n->post;
    str key = text_format(p->a, "%lld/%.*s", (long long)t->id, STR_ARG(name));
    int64_t post = row_of(g->post_names, key, g->posts, post_row(p, t, n, name));
    for (size_t i = 0; i < n->shifts.count; i++) {
        str shift = shift_name(p, &n->shifts.at[i]);
        int64_t s = row_of(g->shift_names, shift, g->shifts, shift_row(p, &n->shifts.at[i], shift));
        *list_add(p->a, &g->list) = (wanted){ .need = n, .team = t, .post = (size_t)post, .shift = (size_t)s };
    }
}

static const char *const count_names[] = { "min", "target", "limit" };

static json_t *need_row(plan *p, const wanted *w, json_t *post_ids, json_t *shifts, json_t *shift_ids, civil_day day)
{
    json_t *row = json_object(), *shift = json_array_get(shifts, w->shift);
    int begin = (int)json_integer_value(json_object_get(shift, "start_minute"));
    int end = (int)json_integer_value(json_object_get(shift, "end_minute"));
    bool night = str_is(str_of(json_string_value(json_object_get(shift, "kind"))), "night");
    /* nobody stands alone at night: a second seat is there even where one was asked for */
    int limit = night && w->need->headcount_target < 2 ? 2 : w->need->headcount_target;
    const int counts[] = { w->need->headcount_min, w->need->headcount_target, limit };
    json_object_set_new(row, "team", id_text(p, w->team->id));
    json_object_set(row, "post", json_array_get(post_ids, w->post));
    json_object_set(row, "shift", json_array_get(shift_ids, w->shift));
    json_object_set_new(row, "starts_on", json_text(civil_day_text(p->a, day)));
    json_object_set_new(row, "starts_at", json_integer(civil_instant(p->zone, day, begin)));
    json_object_set_new(row, "ends_at", json_integer(civil_instant(p->zone, day, end)));
    for (size_t i = 0; i < COUNT(counts); i++)
        json_object_set_new(row, count_names[i], json_integer(counts[i]));
    json_object_set_new(row, "source", json_string("sheet"));
    return row;
}

static json_t *given_up_row(plan *p, const rows *r, size_t i)
{
    static const char *const ids[] = { "team", "post", "shift" }, *const of[] = { "team_id", "post_id", "shift_id" };
    json_t *row = json_object();
    for (size_t k = 0; k < COUNT(ids); k++)
        json_object_set_new(row, ids[k], id_text(p, rows_int(r, i, of[k])));
    json_object_set_new(row, "starts_on", json_text(rows_text(r, i, "starts_on")));
    json_object_set_new(row, "starts_at", json_integer(rows_int(r, i, "starts_at")));
    json_object_set_new(row, "ends_at", json_integer(rows_int(r, i, "ends_at")));
    json_object_set_new(row, "min", json_integer(0));
    json_object_set_new(row, "target", json_integer(0));
    json_object_set_new(row, "limit", json_integer(rows_int(r, i, "headcount_limit")));
    json_object_set_new(row, "source", json_string("sheet"));
    return row;
}

/* What an earlier sheet asked of these teams on these days, and the new one does not, is asked no more. */
static err *give_up_others(plan *p, json_t *ids)
{
    map *asked = map_new(p->a);
    json_t *given_up = plan_array(p);
    for (size_t i = 0; i < json_array_size(ids); i++)
        map_put(asked, str_of(json_string_value(json_array_get(ids, i))), 1);
    for (size_t t = 0; t < p->teams.count; t++) {
        rows r = { 0 };
        if (!p->teams.at[t].need_count)
            continue;
        TRY(plan_view(p, "need", NAMED({ "team", V_INT(p->teams.at[t].id) },
                                       { "from_on", V_TEXT(civil_day_text(p->a, p->operation.first_day)) },
                                       { "to_on", V_TEXT(civil_day_text(p->a, p->operation.last_day)) }), &r));
        for (size_t i = 0; i < r.count; i++) {
            str id = text_format(p->a, "%lld", (long long)rows_int(&r, i, "id"));
            if (str_is(rows_text(&r, i, "source"), "sheet") && !map_get(asked, id, NULL))
                json_array_append_new(given_up, given_up_row(p, &r, i));
        }
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

/* What is asked for one post, shift and day: the more exact row counts, of two alike the later one. */
typedef struct slot {
    const wanted *by;
    civil_day day;
    int rank;
} slot;
typedef struct slots {
    map *index;
    LIST(slot) list;
} slots;

static void take_slot(plan *p, slots *s, const wanted *w, size_t d)
{
    const sheet_days *days = &w->need->days;
    const slot one = { .by = w, .day = days->list.at[d], .rank = days->ranks[d] };
    str key = text_format(p->a, "%zu/%zu/%d", w->post, w->shift, (int)one.day);
    int64_t index = 0;
    if (!map_get(s->index, key, &index)) {
        map_put(s->index, key, (int64_t)s->list.count);
        *list_add(p->a, &s->list) = one;
        w->team->need_count++;
        return;
    }
    assert((size_t)index < s->list.count && s->list.at);
    slot *there = &s->list.at[index];
    if (there->rank == one.rank && there->by->need != w->need && d == 0)
        tell(p, "plan.need_twice", w->need, w->need->post.len ? w->need->post : w->need->community);
    if (there->rank <= one.rank)
        *there = one;
}

static err *store_needs(plan *p, gathering *g)
{
    json_t *post_ids = plan_array(p), *shift_ids = plan_array(p), *rows = plan_array(p);
    slots s = { .index = map_new(p->a) };
    TRY(plan_pieces(p, "post.import", NULL, g->posts, post_ids, NULL));
    TRY(plan_pieces(p, "shift.import", NULL, g->shifts, shift_ids, NULL));
    for (size_t i = 0; i < g->list.count; i++) {
        for (size_t d = 0; d < g->list.at[i].need->days.list.count; d++)
            take_slot(p, &s, &g->list.at[i], d);
    }
    for (size_t i = 0; i < s.list.count; i++)
        json_array_append_new(rows, need_row(p, s.list.at[i].by, post_ids, g->shifts, shift_ids, s.list.at[i].day));
    json_t *ids = plan_array(p);
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
            json_object_set_new(row, "person", id_text(p, x->id));
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
    gathering g = { .posts = plan_array(p), .shifts = plan_array(p), .post_names = map_new(p->a),
                    .shift_names = map_new(p->a) };
    for (size_t i = 0; i < p->needs.list.count; i++) {
        const sheet_need *n = &p->needs.list.at[i];
        str code = { 0 };
        bool known = plan_community(p, n->community, n->subdistrict, &code);
        plan_team *t = known ? team_of(p, code) : NULL;
        if (!t) {
            tell(p, known ? "plan.no_team_here" : "plan.no_post_here", n, n->community);
            continue;
        }
        for (size_t k = 0; k < n->gates.count || k == 0; k++)
            gather_one(p, &g, n, t, n->gates.count ? n->gates.at[k] : (str){ 0 });
    }
    TRY(store_needs(p, &g));
    return store_availability(p);
}
