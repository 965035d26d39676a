#include "base/map.h"

#include <string.h>

typedef struct entry {
    str key;
    int64_t value;
    bool used;
} entry;

struct map {
    arena *a;
    entry *entries;
    size_t room; /* a power of two */
    size_t count;
};

map *map_new(arena *a)
{
    map *m = arena_new(a, map);
    *m = (map){ .a = a, .room = 16, .entries = arena_many(a, entry, 16) };
    return m;
}

static entry *map_find(const map *m, str key)
{
    size_t i = str_hash(key) & (m->room - 1);
    while (m->entries[i].used && !str_equal(m->entries[i].key, key))
        i = (i + 1) & (m->room - 1);
    return &m->entries[i];
}

static void map_grow(map *m)
{
    map bigger = { .a = m->a, .room = m->room * 2, .count = m->count };
    bigger.entries = arena_many(m->a, entry, bigger.room);
    for (size_t i = 0; i < m->room; i++) {
        if (m->entries[i].used)
            *map_find(&bigger, m->entries[i].key) = m->entries[i];
    }
    *m = bigger;
}

void map_put(map *m, str key, int64_t value)
{
    if (m->count * 2 >= m->room)
        map_grow(m);
    entry *e = map_find(m, key);
    m->count += !e->used;
    *e = (entry){ .key = key, .value = value, .used = true };
}

bool map_get(const map *m, str key, int64_t *value)
{
    const entry *e = map_find(m, key);
    if (e->used && value)
        *value = e->value;
    return e->used;
}

size_t map_count(const map *m)
{
    return m->count;
}

void *list_grow(arena *a, void *at, size_t count, size_t *room, size_t bytes)
{
    if (count < *room)
        return at;
    size_t bigger = *room ? *room * 2 : 8;
    void *to = arena_alloc_many(a, bytes, bigger);
    if (count)
        memcpy(to, at, count * bytes);
    *room = bigger;
    return to;
}
