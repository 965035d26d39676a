#include "base/limits.h"
#include "job/instance.h"
#include "job/instance_members.h"

#include <jansson.h>
#include <string.h>

enum { PEOPLE_MAX = 5000, NEEDS_MAX = 20000, CELLS_MAX = 8000000, LIST_MAX = 200000, DUTIES_MAX = 50000, DAYS_MAX_JSON = 400 };

static err *bad(arena *a, const char *key, size_t index)
{
    return err_new(a, ERR_INPUT, "roster.json_bad",
                   VALUES({ "key", str_of(key) }, { "index", text_format(a, "%zu", index) }));
}

static err *put_member(arena *a, const member *m, const json_t *v, size_t index, void *out)
{
    char *at = (char *)out + m->offset;
    if (m->type == MEMBER_LIST)
        return NULL;
    if (m->type == MEMBER_BOOL) {
        if (!json_is_boolean(v))
            return bad(a, m->key, index);
        *(bool *)(void *)at = json_is_true(v);
        return NULL;
    }
    if (!json_is_integer(v))
        return bad(a, m->key, index);
    json_int_t n = json_integer_value(v);
    if (m->type == MEMBER_LONG)
        memcpy(at, &(int64_t){ n }, sizeof(int64_t));
    else if (n < -1000000 || n > 1000000)
        return bad(a, m->key, index);
    else
        memcpy(at, &(int){ (int)n }, sizeof(int));
    return NULL;
}

static err *read_members(arena *a, json_t *object, const member *members, const char *name, size_t index, void *out)
{
    const char *key;
    json_t *v;
    if (!json_is_object(object))
        return bad(a, name, index);
    json_object_foreach(object, key, v) {
        const member *m = members;
        while (m->key && strcmp(m->key, key) != 0)
            m++;
        if (!m->key)
            return err_new(a, ERR_INPUT, "roster.json_key",
                           VALUES({ "key", str_copy(a, str_of(key)) }, { "where", str_of(name) }));
        TRY(put_member(a, m, v, index, out));
    }
    return NULL;
}

/* The list under key (absent: empty). */
static err *list_of(arena *a, json_t *object, const char *key, size_t most, json_t **list, size_t *count)
{
    *list = json_object_get(object, key);
    *count = json_array_size(*list);
    return (*list && !json_is_array(*list)) || *count > most ? bad(a, key, *count) : NULL;
}

static err *number_in(arena *a, const json_t *v, const char *key, size_t index, int64_t min, int64_t max, int *out)
{
    if (!json_is_integer(v) || json_integer_value(v) < min || json_integer_value(v) > max)
        return bad(a, key, index);
    *out = (int)json_integer_value(v);
    return NULL;
}

/* [[need, value], ...] to an array with one value for each need; null when absent. */
static err *read_sparse(arena *a, json_t *object, const char *key, const roster_problem *p, int min, int max, int **out)
{
    json_t *list;
    size_t count;
    *out = NULL;
    TRY(list_of(a, object, key, LIST_MAX, &list, &count));
    if (!count)
        return NULL;
    *out = arena_many(a, int, p->need_count + 1);
    for (size_t i = 0; i < count; i++) {
        int need = 0, value = 0;
        json_t *pair = json_array_get(list, i);
        if (json_array_size(pair) != 2)
            return bad(a, key, i);
        TRY(number_in(a, json_array_get(pair, 0), key, i, 0, (int64_t)p->need_count - 1, &need));
        TRY(number_in(a, json_array_get(pair, 1), key, i, min, max, &value));
        (*out)[need] = value;
    }
    return NULL;
}

/* A plain list of exactly count numbers; null when absent. */
static err *read_numbers(arena *a, json_t *object, const char *key, size_t count, int min, int max, int **out)
{
    json_t *list;
    size_t given;
    *out = NULL;
    TRY(list_of(a, object, key, LIST_MAX, &list, &given));
    if (!list)
        return NULL;
    if (given != count)
        return bad(a, key, given);
    *out = arena_many(a, int, count + 1);
    for (size_t i = 0; i < count; i++)
        TRY(number_in(a, json_array_get(list, i), key, i, min, max, &(*out)[i]));
    return NULL;
}

static err *read_past(arena *a, json_t *object, roster_person *w)
{
    json_t *list;
    TRY(list_of(a, object, "past", 100, &list, &w->past_count));
    roster_past *past = arena_many(a, roster_past, w->past_count + 1);
    for (size_t i = 0; i < w->past_count; i++) {
        json_t *row = json_array_get(list, i);
        int night = 0;
        if (json_array_size(row) != 4)
            return bad(a, "past", i);
        TRY(number_in(a, json_array_get(row, 0), "past", i, -7, -1, &past[i].day));
        TRY(number_in(a, json_array_get(row, 1), "past", i, 0, 1439, &past[i].start_minute));
        TRY(number_in(a, json_array_get(row, 2), "past", i, 1, 2879, &past[i].end_minute));
        TRY(number_in(a, json_array_get(row, 3), "past", i, 0, 1, &night));
        past[i].night = night;
    }
    w->past = past;
    return NULL;
}

static err *read_run(arena *a, json_t *v, const char *key, size_t index, roster_run *r)
{
    return v ? read_members(a, v, run_members, key, index, r) : NULL;
}

static err *read_soft(arena *a, json_t *person, size_t index, const roster_problem *p, roster_person *w)
{
    json_t *v = json_object_get(person, "soft");
    int *duties, *groups;
    if (!v)
        return NULL;
    roster_soft *s = arena_new(a, roster_soft);
    s->last_kind = -1;
    TRY(read_members(a, v, soft_members, "soft", index, s));
    TRY(read_run(a, json_object_get(v, "work"), "work", index, &s->work));
    TRY(read_run(a, json_object_get(v, "free"), "free", index, &s->free));
    TRY(read_numbers(a, v, "duties_cost", (size_t)p->day_count + 1, -1000000, 1000000, &duties));
    TRY(read_numbers(a, v, "groups_cost", (size_t)p->day_count + 1, -1000000, 1000000, &groups));
    s->duties_cost = duties;
    s->groups_cost = groups;
    w->soft = s;
    return NULL;
}

static err *read_person(arena *a, json_t *v, size_t index, const roster_problem *p, roster_person *w)
{
    int *blocked, *wishes, *distance, *kind_max;
    w->groups_max = -1;
    w->tag = (int64_t)index;
    TRY(read_members(a, v, person_members, "people", index, w));
    TRY(read_sparse(a, v, "blocked", p, 0, ROSTER_BLOCK_ALL, &blocked));
    TRY(read_sparse(a, v, "wishes", p, -1000000, 1000000, &wishes));
    TRY(read_sparse(a, v, "distance_km", p, 0, 100000, &distance));
    TRY(read_numbers(a, v, "kind_max", p->kind_count, 0, 1000, &kind_max));
    if (blocked) {
        uint8_t *bits = arena_many(a, uint8_t, p->need_count + 1);
        for (size_t n = 0; n < p->need_count; n++)
            bits[n] = (uint8_t)blocked[n];
        w->blocked = bits;
    }
    w->wishes = wishes;
    w->distance_km = distance;
    w->kind_max = kind_max;
    TRY(read_soft(a, v, index, p, w));
    return read_past(a, v, w);
}

static err *read_need(arena *a, json_t *v, size_t index, roster_need *n)
{
    json_t *list;
    size_t count;
    n->tag = (int64_t)index;
    n->priority = n->over_cost = 1;
    n->target = n->limit = -1;
    TRY(read_members(a, v, need_members, "needs", index, n));
    n->target = n->target < 0 ? n->min : n->target;
    n->limit = n->limit < 0 ? n->target : n->limit;
    TRY(list_of(a, v, "wanted", ROSTER_NEED_SKILLS_MAX, &list, &count));
    for (size_t i = 0; i < count; i++) {
        json_t *pair = json_array_get(list, i);
        if (json_array_size(pair) != 2 || !json_is_integer(json_array_get(pair, 0)))
            return bad(a, "wanted", index);
        n->wanted[i].skill = (uint64_t)json_integer_value(json_array_get(pair, 0));
        TRY(number_in(a, json_array_get(pair, 1), "wanted", index, 0, 1000, &n->wanted[i].count));
    }
    return NULL;
}

static err *read_links(arena *a, str text, json_t *root, roster_problem *p)
{
    json_t *list;
    int number = 0;
    TRY(list_of(a, root, "pairs", LIST_MAX, &list, &p->pair_count));
    roster_pair *pairs = arena_many(a, roster_pair, p->pair_count + 1);
    for (size_t i = 0; i < p->pair_count; i++) {
        json_t *v = json_array_get(list, i);
        TRY(instance_at_entry(a, text, read_members(a, v, pair_members, "pairs", i, &pairs[i]), "pairs", i));
        TRY(instance_at_entry(a, text, number_in(a, json_object_get(v, "kind"), "kind", i, 0, 2, &number), "pairs", i));
        pairs[i].kind = (roster_pair_kind)number;
    }
    p->pairs = pairs;
    TRY(list_of(a, root, "locks", LIST_MAX, &list, &p->lock_count));
    roster_lock *locks = arena_many(a, roster_lock, p->lock_count + 1);
    for (size_t i = 0; i < p->lock_count; i++) {
        locks[i].on = true;
        TRY(instance_at_entry(a, text, read_members(a, json_array_get(list, i), lock_members, "locks", i, &locks[i]), "locks", i));
    }
    p->locks = locks;
    TRY(list_of(a, root, "published", LIST_MAX, &list, &p->published_count));
    roster_published *published = arena_many(a, roster_published, p->published_count + 1);
    for (size_t i = 0; i < p->published_count; i++) {
        json_t *v = json_array_get(list, i);
        TRY(instance_at_entry(a, text, read_members(a, v, published_members, "published", i, &published[i]), "published", i));
        TRY(instance_at_entry(a, text, number_in(a, json_object_get(v, "told"), "told", i, 1, 3, &number), "published", i));
        published[i].told = (roster_told)number;
    }
    p->published = published;
    return NULL;
}

static err *read_days(arena *a, json_t *root, roster_problem *p)
{
    int *told, *group;
    TRY(read_numbers(a, root, "day_told", (size_t)p->day_count, 0, 1, &told));
    TRY(read_numbers(a, root, "day_group", (size_t)p->day_count, -1, 1000, &group));
    p->day_group = group;
    if (told) {
        bool *flags = arena_many(a, bool, p->day_count + 1);
        for (int d = 0; d < p->day_count; d++)
            flags[d] = told[d] != 0;
        p->day_told = flags;
    }
    json_t *list;
    size_t count;
    TRY(list_of(a, root, "next_forbidden", LIST_MAX, &list, &count));
    bool *forbidden = arena_many(a, bool, p->kind_count * p->kind_count + 1);
    for (size_t i = 0; i < count; i++) {
        int k = 0, next = 0;
        json_t *pair = json_array_get(list, i);
        if (json_array_size(pair) != 2)
            return bad(a, "next_forbidden", i);
        TRY(number_in(a, json_array_get(pair, 0), "next_forbidden", i, 0, (int64_t)p->kind_count - 1, &k));
        TRY(number_in(a, json_array_get(pair, 1), "next_forbidden", i, 0, (int64_t)p->kind_count - 1, &next));
        forbidden[(size_t)k * p->kind_count + (size_t)next] = true;
    }
    p->next_forbidden = count ? forbidden : NULL;
    return NULL;
}

static err *read_kind_runs(arena *a, json_t *root, roster_problem *p)
{
    json_t *list;
    size_t count;
    TRY(list_of(a, root, "kind_runs", LIST_MAX, &list, &count));
    if (!list)
        return NULL;
    if (count != p->kind_count)
        return bad(a, "kind_runs", count);
    roster_run *runs = arena_many(a, roster_run, count + 1);
    for (size_t k = 0; k < count; k++)
        TRY(read_run(a, json_array_get(list, k), "kind_runs", k, &runs[k]));
    p->kind_runs = runs;
    return NULL;
}

static err *read_problem(arena *a, str text, json_t *root, roster_problem *p)
{
    json_t *list;
    TRY(read_members(a, root, problem_members, "problem", 0, p));
    if (!json_object_get(root, "days") || p->day_count < 1 || p->day_count > DAYS_MAX_JSON)
        return bad(a, "days", 0);
    TRY(list_of(a, root, "kinds", 1000, &list, &p->kind_count));
    roster_kind *kinds = arena_many(a, roster_kind, p->kind_count + 1);
    for (size_t i = 0; i < p->kind_count; i++)
        TRY(instance_at_entry(a, text, read_members(a, json_array_get(list, i), kind_members, "kinds", i, &kinds[i]), "kinds", i));
    p->kinds = kinds;
    TRY(read_kind_runs(a, root, p));
    TRY(list_of(a, root, "needs", NEEDS_MAX, &list, &p->need_count));
    roster_need *needs = arena_many(a, roster_need, p->need_count + 1);
    for (size_t i = 0; i < p->need_count; i++)
        TRY(instance_at_entry(a, text, read_need(a, json_array_get(list, i), i, &needs[i]), "needs", i));
    p->needs = needs;
    TRY(list_of(a, root, "people", PEOPLE_MAX, &list, &p->person_count));
    if (p->person_count * p->need_count > CELLS_MAX)
        return bad(a, "people", p->person_count);
    roster_person *people = arena_many(a, roster_person, p->person_count + 1);
    for (size_t i = 0; i < p->person_count; i++)
        TRY(instance_at_entry(a, text, read_person(a, json_array_get(list, i), i, p, &people[i]), "people", i));
    p->people = people;
    TRY(read_links(a, text, root, p));
    TRY(read_days(a, root, p));
    return instance_at_check(a, text, p, roster_check_problem(a, p));
}

static void drop_json(void *what)
{
    json_decref(what);
}

static err *root_of(arena *a, str text, json_t **root)
{
    json_error_t why;
    *root = json_loadb(text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES, &why);
    if (!*root)
        return err_new(a, ERR_INPUT, "roster.json_broken", VALUES({ "line", text_format(a, "%d", why.line) }));
    arena_defer(a, drop_json, *root);
    return NULL;
}

err *instance_read(arena *a, str text, roster_problem **out)
{
    json_t *root;
    TRY(root_of(a, text, &root));
    *out = arena_new(a, roster_problem);
    return instance_at_key(a, text, read_problem(a, text, root, *out));
}

/* The index of a tag; -1 where none or several have it. */
static int at_tag(const roster_problem *p, bool person, int64_t tag)
{
    int found = -1;
    for (size_t i = 0; i < (person ? p->person_count : p->need_count); i++) {
        if ((person ? p->people[i].tag : p->needs[i].tag) != tag)
            continue;
        if (found >= 0)
            return -1;
        found = (int)i;
    }
    return found;
}

static err *read_duty(arena *a, const roster_problem *p, const json_t *v, size_t index, roster_duty *d)
{
    const json_t *person = json_object_get(v, "person"), *need = json_object_get(v, "need"),
                 *lead = json_object_get(v, "lead");
    d->person = json_is_integer(person) ? at_tag(p, true, json_integer_value(person)) : -1;
    d->need = json_is_integer(need) ? at_tag(p, false, json_integer_value(need)) : -1;
    d->lead = json_is_true(lead);
    if (d->person < 0 || d->need < 0)
        return bad(a, d->person < 0 ? "person" : "need", index);
    return lead && !json_is_boolean(lead) ? bad(a, "lead", index) : NULL;
}

err *solution_read(arena *a, const roster_problem *p, str text, roster_duty **duties, size_t *count)
{
    json_t *root, *list;
    TRY(root_of(a, text, &root));
    if (!json_is_object(root) || !json_object_get(root, "duties"))
        return bad(a, "duties", 0);
    TRY(list_of(a, root, "duties", DUTIES_MAX, &list, count));
    *duties = arena_many(a, roster_duty, *count + 1);
    for (size_t i = 0; i < *count; i++)
        TRY(instance_at_entry(a, text, read_duty(a, p, json_array_get(list, i), i, &(*duties)[i]), "duties", i));
    return NULL;
}
