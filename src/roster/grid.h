/*
 * grid: a roster with at most one duty a day for each person, kept as person x day, for problems whose people
 * have lower ends or soft rules. Inside of src/roster only.
 *
 * The rules of days in a row are an automaton for each type of people: a phase says what the days up to now
 * allow (last class of kinds, days in a row), a symbol is what the next day brings (0 a free day, 1 + class a
 * duty). So a change of some days is judged by walking from the day before them until the phases agree again.
 * Costs steer by one number; the vector is counted from the whole roster when a better one may have come.
 */
#ifndef MUSTER_ROSTER_GRID_H
#define MUSTER_ROSTER_GRID_H
#include "roster/engine.h"

/* What one unit of a level is worth when steering; the order of the levels is kept by the vector. */
enum { GRID_WORTH_MINIMUM = 2000, GRID_WORTH_CHANGE = 200, GRID_WORTH_TARGET = 20 };

enum {
    GRID_NEVER = 1 << 26,    /* a cost that nothing pays */
    GRID_CLASSES_MAX = 40,
    GRID_FINE = 64           /* prices of lines are counted in such parts, which leaves room for noise and fractions */
};

/* Inner loops, for wider registers where the processor has them; the numbers are the same. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define GRID_WIDE __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define GRID_WIDE
#endif

/* People with the same rules of days in a row. */
typedef struct grid_type {
    int phases;
    int16_t *next;      /* phase x symbols; -1: not allowed */
    int32_t *cost;      /* soft, of that step */
    int8_t *class_of;   /* of the last day's duty; -1: it was free */
    bool *allowed;      /* (1 + class) x kind: may the kind come on the day after; row 0: after a free day */
    int16_t *before;    /* phases from which a symbol leads to a phase: before[before_from[phase] ...] */
    int *before_from;
} grid_type;

typedef struct grid_person {
    const grid_type *type;
    int start;                    /* phase before day 0 */
    int least, most;              /* of the resource; both ends hard */
    const int *amount_cost;       /* soft, by the resource; null: none */
    int groups_max;               /* hard */
    const int *groups_cost;       /* soft, by groups worked; null: none */
    int whole_weight;             /* per group worked in part */
    const int *kind_max;
    bool capped;                  /* some kind has an end that could be reached */
} grid_person;

typedef struct grid {
    const roster_problem *p;
    int people, days, kinds, classes, symbols, options; /* options: most needs of a day */
    int unit;              /* minutes of one unit of the resource; 0: the resource counts duties */
    int longest;           /* most units of one kind */
    int *kind_class, *kind_units;
    int *need_of;          /* day x option: need or -1 */
    uint8_t *kind_of;      /* day x option */
    int *group_first, *group_last; /* per day: the days of its group; first -1: in none */
    grid_person *person;
    int32_t *cell;         /* person x day x option: cost of being there; GRID_NEVER: blocked */
    int64_t base;          /* cost of what no choice changes, */
    int64_t wished;        /* and of all wishes for a duty, as long as none is met */
    uint8_t *forced;       /* person x day: 1 + option locked, or 0 */
    /* the roster */
    uint8_t *x;            /* person x day: 1 + option, or 0 */
    int16_t *phase;        /* person x day: after that day */
    int *units, *groups, *kind_count; /* per person; kind_count person x kind */
    int *filled;           /* day x option */
    int *counted;          /* day x option, for grid_vector */
    int32_t *add, *drop;   /* day x option: what one more and one less costs */
    int64_t cost;          /* steering: base, cells, steps, amounts, groups, cover */
} grid;

static inline size_t grid_cell(const grid *g, int person, int day)
{
    return (size_t)person * (size_t)g->days + (size_t)day;
}
static inline int grid_symbol(const grid *g, int day, int x)
{
    return x ? 1 + g->kind_class[g->kind_of[day * g->options + x - 1]] : 0;
}
static inline int grid_units(const grid *g, int day, int x)
{
    return x ? g->kind_units[g->kind_of[day * g->options + x - 1]] : 0;
}

/* Of a problem, none smaller than what grid_init comes to. */
typedef struct grid_sizes {
    size_t people, days, needs, kinds, options, types;
    size_t phases, phases_of_types; /* of one type, of all */
    size_t units, longest, groups;  /* most of the resource and 1; of one kind; day groups worked */
} grid_sizes;
size_t grid_memory(const roster_problem *p); /* grid_begin never takes more */
size_t grid_lock_memory(const grid_sizes *z);
int64_t grid_phases_at_most(const roster_problem *p, const roster_person *w);

bool grid_wanted(const roster_problem *p);
err *grid_check(arena *a, const roster_problem *p); /* what the grid does not know, or its numbers do not hold */
err *grid_check_locks(arena *a, const roster_problem *p); /* for each person there is a legal line that holds all */
/* The lines of people with locks, seats counted; where none is found the locked days alone. False: somebody has none. */
bool grid_lock_lines(arena *a, const grid *g, uint8_t *x);
/* For grid_init: which kinds are one class, how long they are, and the automaton of person i and all of the same type. */
void grid_class_kinds(arena *a, grid *g);
void grid_measure_kinds(arena *a, grid *g);
const grid_type *grid_make_type(arena *a, grid *g, int i);
void grid_init(arena *a, grid *g, const roster_problem *p); /* nobody anywhere; phases of free days */

/* Days from..to-1 of one person become line; the caller knows it is legal. */
void grid_put(grid *g, int person, int from, int to, const uint8_t *line);
/*
 * What the person's own line would cost more with these days; GRID_NEVER or more: a rule forbids it. The cover
 * is not part of it.
 */
int64_t grid_line_change(const grid *g, int person, int from, int to, const uint8_t *line);
int64_t grid_cover_change(const grid *g, int person, int from, int to, const uint8_t *line);
void grid_vector(const grid *g, const uint8_t *x, roster_cost *out); /* of any lines, counted afresh */
size_t grid_save(const grid *g, const uint8_t *x, roster_duty *out); /* by need, then person */
#endif
