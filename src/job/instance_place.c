/* Where in the file an error is: the entry of a list, or the key in it, and its line. */
#include "job/instance_members.h"
#include "job/json_line.h"

#include <string.h>

static const str *value_of(const err *e, const char *name)
{
    for (size_t i = 0; i < e->value_count; i++) {
        if (strcmp(e->values[i].name, name) == 0)
            return &e->values[i].value;
    }
    return NULL;
}

static size_t index_of(const err *e)
{
    int64_t n = 0;
    const str *index = value_of(e, "index");
    return index && str_int(*index, 0, INT32_MAX, &n) ? (size_t)n : 0;
}

static const char *key_of(arena *a, const err *e)
{
    const str *key = value_of(e, "key");
    key = key ? key : value_of(e, "what");
    return key ? str_z(a, *key) : NULL;
}

err *instance_at_entry(arena *a, str text, err *e, const char *list, size_t index)
{
    if (e && e->code == ERR_INPUT && !e->line)
        e->line = (int)json_line(text, list, index, key_of(a, e));
    return e;
}

/* The index of whom or what an error names by its tag; SIZE_MAX: it names none. */
static size_t named_at(const roster_problem *p, const err *e, const char *name)
{
    const str *tag = value_of(e, name);
    int64_t n = 0;
    if (!tag || !str_int(*tag, INT64_MIN, INT64_MAX, &n))
        return SIZE_MAX;
    bool person = strcmp(name, "person") == 0;
    for (size_t i = 0; i < (person ? p->person_count : p->need_count); i++) {
        if ((person ? p->people[i].tag : p->needs[i].tag) == n)
            return i;
    }
    return SIZE_MAX;
}

static size_t lock_at(const roster_problem *p, size_t person, size_t need)
{
    for (size_t i = 0; i < p->lock_count; i++) {
        if (p->locks[i].on && p->locks[i].person == (int)person && p->locks[i].need == (int)need)
            return i;
    }
    return 0;
}

/* Which list the engine's words stand for, where they name an entry by its number. */
static const char *list_of_word(const char *word)
{
    static const struct { const char *word, *list; } lists[] = {
        { "kind", "kinds" }, { "need", "needs" }, { "pair", "pairs" }, { "published", "published" }, { "lock", "locks" },
        { "kind_runs", "kind_runs" },
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(word, lists[i].word) == 0)
            return lists[i].list;
    }
    return strcmp(word, "days") == 0 ? "days" : "people";
}

err *instance_at_check(arena *a, str text, const roster_problem *p, err *e)
{
    if (!e)
        return NULL;
    size_t person = named_at(p, e, "person"), need = named_at(p, e, "need");
    const char *word = key_of(a, e);
    if (person < SIZE_MAX && need < SIZE_MAX)
        return instance_at_entry(a, text, e, "locks", lock_at(p, person, need));
    if (person < SIZE_MAX || need < SIZE_MAX)
        return instance_at_entry(a, text, e, person < SIZE_MAX ? "people" : "needs", person < SIZE_MAX ? person : need);
    return word ? instance_at_entry(a, text, e, list_of_word(word), index_of(e)) : e;
}

err *instance_at_key(arena *a, str text, err *e)
{
    const char *key = e ? key_of(a, e) : NULL;
    return key ? instance_at_entry(a, text, e, key, index_of(e)) : e;
}
