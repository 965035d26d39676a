/* A team's problem on its way to a worker process: the instance, and the names its reasons are told with. */
#include "base/json.h"
#include "job/instance.h"
#include "job/team_problem.h"

static void put_names(json *j, const char *key, const str *names, size_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++)
        json_str(j, names[i]);
    json_close(j, ']');
}

static void put_number(json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_int(j, n);
}

str team_problem_write(team_problem *b, int64_t seconds, int64_t steps, uint64_t seed)
{
    text t = text_begin(b->a);
    json j = json_begin(&t);
    json_open(&j, '{');
    put_number(&j, "english", b->lang == WORDS_EN);
    put_number(&j, "seconds", seconds);
    put_number(&j, "steps", steps);
    put_number(&j, "seed", (int64_t)seed);
    put_names(&j, "names", b->names, b->problem.person_count);
    put_names(&j, "need_names", b->need_names, b->problem.need_count);
    json_key(&j, "care_limited");
    json_open(&j, '[');
    for (size_t i = 0; i < b->problem.person_count; i++)
        json_bool(&j, b->care_limited[i]);
    json_close(&j, ']');
    json_key(&j, "problem");
    text_put(&t, instance_write(b->a, &b->problem));
    text_put_z(&t, "}");
    return text_done(&t);
}

static err *bad(arena *a, const char *key)
{
    return err_new(a, ERR_INPUT, "roster.json_bad", VALUES({ "key", str_of(key) }, { "index", STR("0") }));
}

static err *read_names(arena *a, json_t *root, const char *key, size_t count, str **out)
{
    json_t *list = json_object_get(root, key);
    if (json_array_size(list) != count)
        return bad(a, key);
    *out = arena_many(a, str, count + 1);
    for (size_t i = 0; i < count; i++) {
        json_t *v = json_array_get(list, i);
        if (!json_is_string(v))
            return bad(a, key);
        (*out)[i] = str_copy(a, str_of(json_string_value(v)));
    }
    return NULL;
}

static err *read_all(arena *a, json_t *root, team_problem *b)
{
    roster_problem *p = NULL;
    TRY(instance_read(a, team_json_text(a, json_object_get(root, "problem")), &p));
    *b = (team_problem){ .a = a, .lang = json_integer_value(json_object_get(root, "english")) ? WORDS_EN : WORDS_ZH, .problem = *p };
    b->people = arena_copy(a, p->people, (p->person_count + 1) * sizeof *p->people);
    b->problem.people = b->people;
    TRY(read_names(a, root, "names", p->person_count, &b->names));
    TRY(read_names(a, root, "need_names", p->need_count, &b->need_names));
    json_t *care = json_object_get(root, "care_limited");
    b->care_limited = arena_many(a, bool, p->person_count + 1);
    if (json_array_size(care) != p->person_count)
        return bad(a, "care_limited");
    for (size_t i = 0; i < p->person_count; i++)
        b->care_limited[i] = json_is_true(json_array_get(care, i));
    return NULL;
}

err *team_problem_read(arena *a, str json, team_problem *b, int64_t *seconds, int64_t *steps, uint64_t *seed)
{
    json_t *root = json_loadb(json.at ? json.at : "", json.len, JSON_REJECT_DUPLICATES, NULL);
    err *e = root ? read_all(a, root, b) : err_new(a, ERR_INPUT, "roster.json_broken", VALUES({ "line", STR("1") }));
    *seconds = json_integer_value(json_object_get(root, "seconds"));
    *steps = json_integer_value(json_object_get(root, "steps"));
    *seed = (uint64_t)json_integer_value(json_object_get(root, "seed"));
    json_decref(root);
    return e;
}
