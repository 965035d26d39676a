/*
 * map: text -> number, in an arena. Keys are not copied: they must live as long as the map.
 */
#ifndef MUSTER_BASE_MAP_H
#define MUSTER_BASE_MAP_H
#include "base/str.h"

#include <assert.h>

typedef struct map map;
map *map_new(arena *a);
void map_put(map *m, str key, int64_t value); /* replaces */
bool map_get(const map *m, str key, int64_t *value); /* value may be null */
size_t map_count(const map *m);

/* A growing array in an arena: LIST(duty) duties = { 0 }; *list_add(a, &duties) = d; */
#define LIST(type) \
    struct { \
        type *at; \
        size_t count; \
        size_t room; \
    }
#define list_add(a, list) \
    ((list)->at = list_grow((a), (list)->at, (list)->count, &(list)->room, sizeof *(list)->at), \
     assert((list)->at), &(list)->at[(list)->count++])
/* Of an empty list, where it is known how many will come. */
#define list_room(a, list, wanted) \
    ((list)->at = arena_alloc_many((a), sizeof *(list)->at, (wanted) + 1), (list)->room = (wanted) + 1)
/* Where the list stands that has room for one more; never null. */
void *list_grow(arena *a, void *at, size_t count, size_t *room, size_t bytes);
#endif
