/*
 * arena: memory and resources of one piece of work, given back all at once.
 * arena_alloc never returns null: when memory or the arena's limit runs out, control goes back to the
 * nearest arena_catch of this arena or of the one it was opened from; with none, the process ends with 3.
 * So between arena_catch and its work hold nothing that is not in the arena (use arena_defer).
 * One thread at a time.
 */
#ifndef MUSTER_BASE_ARENA_H
#define MUSTER_BASE_ARENA_H
#include <setjmp.h>
#include <stddef.h>

typedef struct arena arena;

/* A new arena of at most limit_bytes; parent may be null, it only lends its catch point. */
arena *arena_open(arena *parent, size_t limit_bytes);
void arena_close(arena *a); /* runs the deferred calls, last first; null is allowed */

void *arena_alloc(arena *a, size_t bytes); /* zeroed, aligned to 16; owned by the arena */
#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_many(a, type, count) ((type *)arena_alloc_many((a), sizeof(type), (size_t)(count)))
void *arena_alloc_many(arena *a, size_t bytes, size_t count); /* the product is checked */
void *arena_copy(arena *a, const void *from, size_t bytes);

/* Calls run(what) when the arena is closed, or at once if memory runs out just now. */
void arena_defer(arena *a, void (*run)(void *what), void *what);

/* Gives back memory that a library took by malloc; null is allowed. */
void arena_give_back(void *foreign);

/*
 * if (arena_catch(a)) { memory ran out; answer err_memory } ... arena_uncatch(a);
 * The caller's locals changed since must be volatile.
 */
#define arena_catch(a) setjmp(*arena_catch_point(a))
jmp_buf *arena_catch_point(arena *a);
void arena_uncatch(arena *a);

/* After a catch: so much more than the limit, to say what happened. */
void arena_spare(arena *a, size_t bytes);

/* One thing that whoever has this arena, or one opened from it, finds again; null: nothing (any more). Not owned. */
void arena_keep(arena *a, void *what);
void *arena_kept(const arena *a);

size_t arena_used(const arena *a);
/* For fault tests: the allocation after the next `after` ones fails; negative switches it off. */
void arena_fail_after(arena *a, long after);
#endif
