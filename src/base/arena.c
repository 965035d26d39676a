#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK_BYTES = 4096, LAST_BLOCK_BYTES = 1 << 18, ALIGN = 16, CATCH_DEPTH = 4 };

typedef struct block {
    struct block *next;
    size_t used;
    size_t room;
    size_t pad; /* keeps the bytes behind aligned */
} block;

typedef struct deferred {
    struct deferred *next;
    void (*run)(void *);
    void *what;
} deferred;

struct arena {
    arena *parent;
    block *blocks;
    deferred *deferred;
    void *kept;
    size_t limit;
    size_t taken;
    long fail_after;
    int catch_count;
    jmp_buf catch_points[CATCH_DEPTH];
};

arena *arena_open(arena *parent, size_t limit_bytes)
{
    arena *a = calloc(1, sizeof *a);
    if (!a) {
        for (arena *p = parent; p; p = p->parent) {
            if (p->catch_count > 0)
                longjmp(p->catch_points[p->catch_count - 1], 1);
        }
        fputs("muster: out of memory\n", stderr);
        exit(3);
    }
    a->parent = parent;
    a->limit = limit_bytes;
    a->fail_after = -1;
    return a;
}

void arena_close(arena *a)
{
    if (!a)
        return;
    for (deferred *d = a->deferred; d; d = d->next)
        d->run(d->what);
    for (block *b = a->blocks; b;) {
        block *next = b->next;
        free(b);
        b = next;
    }
    free(a);
}

_Noreturn static void arena_out(arena *a)
{
    for (; a; a = a->parent) {
        if (a->catch_count > 0)
            longjmp(a->catch_points[a->catch_count - 1], 1);
    }
    fputs("muster: out of memory\n", stderr);
    exit(3);
}

/* Null: the limit or memory is at its end. */
static block *arena_block(arena *a, size_t bytes)
{
    size_t room = FIRST_BLOCK_BYTES;
    if (a->blocks && a->blocks->room < LAST_BLOCK_BYTES)
        room = a->blocks->room * 2;
    else if (a->blocks)
        room = LAST_BLOCK_BYTES;
    if (room < bytes)
        room = bytes;
    if (a->taken + room > a->limit)
        room = bytes;
    if (bytes > a->limit || a->taken + room > a->limit)
        return NULL;
    block *b = malloc(sizeof *b + room);
    if (!b)
        return NULL;
    b->used = 0;
    b->room = room;
    b->next = a->blocks;
    a->blocks = b;
    a->taken += room;
    return b;
}

static void *arena_try(arena *a, size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (a->fail_after >= 0 && a->fail_after-- == 0)
        return NULL;
    block *b = a->blocks;
    if (!b || b->room - b->used < bytes)
        b = arena_block(a, bytes);
    if (!b)
        return NULL;
    char *at = (char *)(b + 1) + b->used;
    b->used += bytes;
    memset(at, 0, bytes);
    return at;
}

void *arena_alloc(arena *a, size_t bytes)
{
    void *at = arena_try(a, bytes);
    if (!at)
        arena_out(a);
    return at;
}

void *arena_alloc_many(arena *a, size_t bytes, size_t count)
{
    if (count && bytes > SIZE_MAX / 2 / count)
        arena_out(a);
    return arena_alloc(a, bytes * count);
}

void *arena_copy(arena *a, const void *from, size_t bytes)
{
    void *to = arena_alloc(a, bytes);
    if (bytes)
        memcpy(to, from, bytes);
    return to;
}

void arena_defer(arena *a, void (*run)(void *what), void *what)
{
    deferred *d = arena_try(a, sizeof *d);
    if (!d) { /* nobody would remember it */
        run(what);
        arena_out(a);
    }
    *d = (deferred){ .next = a->deferred, .run = run, .what = what };
    a->deferred = d;
}

jmp_buf *arena_catch_point(arena *a)
{
    assert(a->catch_count < CATCH_DEPTH);
    return &a->catch_points[a->catch_count++];
}

void arena_uncatch(arena *a)
{
    assert(a->catch_count > 0);
    a->catch_count--;
}

void arena_give_back(void *foreign)
{
    free(foreign);
}

void arena_spare(arena *a, size_t bytes)
{
    a->limit = a->taken + bytes;
}

void arena_keep(arena *a, void *what)
{
    a->kept = what;
}

void *arena_kept(const arena *a)
{
    while (a && !a->kept)
        a = a->parent;
    return a ? a->kept : NULL;
}

size_t arena_used(const arena *a)
{
    return a->taken;
}

void arena_fail_after(arena *a, long after)
{
    a->fail_after = after;
}
