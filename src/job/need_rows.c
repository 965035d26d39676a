#include "job/need_rows.h"

#include "base/json.h"

#include <assert.h>

enum { NIGHT_FROM = 20 * 60, WHOLE_MINUTES = 10 * 60, EARLY_FROM = 5 * 60, MID_FROM = 11 * 60, LATE_FROM = 16 * 60 };

/* 早 before noon, 中 before 16:00, 晚 before 20:00, 夜 after: what the letter on the wall says. */
static const char *shift_word(const sheet_shift *s)
{
    int begin = s->begin_minute;
    if (s->end_minute - begin > WHOLE_MINUTES)
        return begin >= NIGHT_FROM ? "shift.night" : "shift.whole";
    if (begin >= NIGHT_FROM || begin < EARLY_FROM)
        return "shift.night";
    return begin < MID_FROM ? "shift.early" : begin < LATE_FROM ? "shift.mid" : "shift.late";
}

static str shift_name(const need_rows *x, const sheet_shift *s)
{
    return text_format(x->a, "%.*s %.*s–%.*s", STR_ARG(words_get(x->a, x->lang, shift_word(s), NULL)),
                       STR_ARG(civil_time_text(x->a, s->begin_minute)), STR_ARG(civil_time_text(x->a, s->end_minute)));
}

/* One row for a name; its place in the rows is its place in the ids that come back. */
static size_t row_of(map *names, str name, json_t *rows, json_t *row)
{
    int64_t index = 0;
    if (map_get(names, name, &index)) {
        json_decref(row);
        return (size_t)index;
    }
    index = (int64_t)json_array_size(rows);
    map_put(names, name, index);
    json_array_append_new(rows, row);
    return (size_t)index;
}

static json_t *shift_row(const need_rows *x, const sheet_shift *s, str name)
{
    json_t *row = json_object();
    bool night = str_is(str_of(shift_word(s)), "shift.night");
    json_object_set_new(row, "operation", json_id(x->a, x->operation));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "kind", json_string(night ? "night" : "day"));
    json_object_set_new(row, "start_minute", json_integer(s->begin_minute));
    json_object_set_new(row, "end_minute", json_integer(s->end_minute));
    return row;
}

static json_t *post_row(const need_rows *x, int64_t team, const sheet_need *n, str name)
{
    json_t *row = json_object(), *skills = json_array();
    json_object_set_new(row, "team", json_id(x->a, team));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "kind", json_string(n->indoor ? "desk" : "gate"));
    json_object_set_new(row, "outdoor", n->indoor ? json_false() : json_true());
    json_object_set_new(row, "instructions", json_text(n->task));
    for (size_t i = 0; i < n->skills.count; i++)
        json_array_append_new(skills, json_text(n->skills.at[i]));
    json_object_set_new(row, "skills", skills);
    return row;
}

static void add_gate(need_rows *x, const sheet_need *n, int64_t team, str gate)
{
    bool named = gate.len && str_find(n->post, gate) < 0;
    str name = named ? text_format(x->a, "%.*s%.*s", STR_ARG(n->post), STR_ARG(gate)) : n->post;
    str key = text_format(x->a, "%lld/%.*s", (long long)team, STR_ARG(name));
    size_t post = row_of(x->post_names, key, x->posts, post_row(x, team, n, name));
    for (size_t i = 0; i < n->shifts.count; i++) {
        str shift = shift_name(x, &n->shifts.at[i]);
        size_t s = row_of(x->shift_names, shift, x->shifts, shift_row(x, &n->shifts.at[i], shift));
        *list_add(x->a, &x->wanted) = (need_wanted){ .need = n, .team = team, .post = post, .shift = s };
    }
}

void need_rows_add(need_rows *x, const sheet_need *n, int64_t team)
{
    if (!x->post_names) {
        x->post_names = map_new(x->a);
        x->shift_names = map_new(x->a);
        x->slot_names = map_new(x->a);
    }
    for (size_t k = 0; k < n->gates.count || k == 0; k++)
        add_gate(x, n, team, n->gates.count ? n->gates.at[k] : (str){ 0 });
}

/* -- a need for each day --------------------------------------------------------------------------------- */
static void take_slot(need_rows *x, size_t by, size_t d)
{
    const need_wanted *w = &x->wanted.at[by];
    const sheet_days *days = &w->need->days;
    const need_slot one = { .by = by, .day = days->list.at[d], .rank = days->ranks[d] };
    str key = text_format(x->a, "%zu/%zu/%d", w->post, w->shift, (int)one.day);
    int64_t index = 0;
    if (!map_get(x->slot_names, key, &index)) {
        map_put(x->slot_names, key, (int64_t)x->slots.count);
        *list_add(x->a, &x->slots) = one;
        return;
    }
    assert((size_t)index < x->slots.count && x->slots.at);
    need_slot *there = &x->slots.at[index];
    if (there->rank == one.rank && x->wanted.at[there->by].need != w->need && d == 0 && x->twice)
        x->twice(x->of, w->need);
    if (there->rank <= one.rank)
        *there = one;
}

void need_rows_settle(need_rows *x)
{
    for (size_t i = 0; i < x->wanted.count; i++)
        for (size_t d = 0; d < x->wanted.at[i].need->days.list.count; d++)
            take_slot(x, i, d);
}

static void put_counts(json_t *row, int64_t min, int64_t target, int64_t limit)
{
    json_object_set_new(row, "min", json_integer(min));
    json_object_set_new(row, "target", json_integer(target));
    json_object_set_new(row, "limit", json_integer(limit));
    json_object_set_new(row, "source", json_string("sheet"));
}

static json_t *need_row(const need_rows *x, const need_slot *s, const json_t *post_ids, const json_t *shift_ids)
{
    const need_wanted *w = &x->wanted.at[s->by];
    json_t *row = json_object(), *shift = json_array_get(x->shifts, w->shift);
    int begin = (int)json_integer_value(json_object_get(shift, "start_minute"));
    int end = (int)json_integer_value(json_object_get(shift, "end_minute"));
    bool night = str_is(str_of(json_string_value(json_object_get(shift, "kind"))), "night");
    /* nobody stands alone at night: a second seat is there even where one was asked for */
    int limit = night && w->need->headcount_target < 2 ? 2 : w->need->headcount_target;
    json_object_set_new(row, "team", json_id(x->a, w->team));
    json_object_set(row, "post", json_array_get(post_ids, w->post));
    json_object_set(row, "shift", json_array_get(shift_ids, w->shift));
    json_object_set_new(row, "starts_on", json_text(civil_day_text(x->a, s->day)));
    json_object_set_new(row, "starts_at", json_integer(civil_instant(x->zone, s->day, begin)));
    json_object_set_new(row, "ends_at", json_integer(civil_instant(x->zone, s->day, end)));
    put_counts(row, w->need->headcount_min, w->need->headcount_target, limit);
    return row;
}

void need_rows_put(need_rows *x, const json_t *post_ids, const json_t *shift_ids, json_t *out)
{
    for (size_t i = 0; i < x->slots.count; i++)
        json_array_append_new(out, need_row(x, &x->slots.at[i], post_ids, shift_ids));
}

static json_t *given_up(arena *a, const rows *needs, size_t i)
{
    static const char *const ids[] = { "team", "post", "shift" }, *const of[] = { "team_id", "post_id", "shift_id" };
    json_t *row = json_object();
    for (size_t k = 0; k < COUNT(ids); k++)
        json_object_set_new(row, ids[k], json_id(a, rows_int(needs, i, of[k])));
    json_object_set_new(row, "starts_on", json_text(rows_text(needs, i, "starts_on")));
    json_object_set_new(row, "starts_at", json_integer(rows_int(needs, i, "starts_at")));
    json_object_set_new(row, "ends_at", json_integer(rows_int(needs, i, "ends_at")));
    put_counts(row, 0, 0, rows_int(needs, i, "headcount_limit"));
    return row;
}

map *need_rows_ids(arena *a, const json_t *ids)
{
    map *asked = map_new(a);
    for (size_t i = 0; i < json_array_size(ids); i++)
        map_put(asked, str_of(json_string_value(json_array_get(ids, i))), 1);
    return asked;
}

void need_rows_give_up(arena *a, const rows *there, const map *asked, json_t *out)
{
    for (size_t i = 0; i < there->count; i++) {
        str id = text_format(a, "%lld", (long long)rows_int(there, i, "id"));
        if (str_is(rows_text(there, i, "source"), "sheet") && !map_get(asked, id, NULL))
            json_array_append_new(out, given_up(a, there, i));
    }
}
