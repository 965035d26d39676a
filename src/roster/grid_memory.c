/* What the search over lines takes at its beginning; it takes nothing later. Sizes are those of the problem alone. */
#include "base/divisor.h"
#include "roster/grid_master.h"

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static bool same_rules(const roster_person *a, const roster_person *b)
{
    return a->run_max == b->run_max && a->run_min == b->run_min && a->free_min == b->free_min && a->soft == b->soft &&
           a->rest_minutes == b->rest_minutes && a->rest_night_minutes == b->rest_night_minutes;
}

static void measure_kinds(const roster_problem *p, grid_sizes *z)
{
    int unit = 0, longest = 1, most = 0;
    bool minutes = false;
    for (size_t i = 0; i < p->person_count; i++)
        minutes = minutes || p->people[i].minutes_min || p->people[i].minutes_max;
    for (size_t k = 0; minutes && k < p->kind_count; k++)
        unit = common_divisor(unit, p->kinds[k].end_minute - p->kinds[k].start_minute);
    for (size_t k = 0; unit && k < p->kind_count; k++) {
        int units = (p->kinds[k].end_minute - p->kinds[k].start_minute) / unit;
        longest = units > longest ? units : longest;
    }
    int all = p->day_count * longest;
    for (size_t i = 0; i < p->person_count; i++) {
        int units = unit && p->people[i].minutes_max ? p->people[i].minutes_max / unit : all;
        most = units > most ? units : most;
    }
    z->longest = (size_t)longest;
    z->units = (size_t)(most < all ? most : all) + 1;
}

static void measure_people(const roster_problem *p, grid_sizes *z)
{
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *w = &p->people[i];
        size_t phases = (size_t)grid_phases_at_most(p, w), k = 0;
        int groups = p->day_group && w->groups_max >= 0 && w->groups_max < p->day_count ? w->groups_max : p->day_count;
        z->phases = larger(z->phases, phases);
        z->groups = larger(z->groups, (size_t)groups);
        while (k < i && !same_rules(&p->people[k], w))
            k++;
        z->phases_of_types += k == i ? phases : 0;
        z->types += k == i;
    }
}

static grid_sizes sizes_of(const roster_problem *p)
{
    grid_sizes z = { .people = p->person_count, .days = (size_t)p->day_count, .kinds = p->kind_count,
                     .needs = p->need_count };
    for (int d = 0; d < p->day_count; d++) {
        size_t options = 0;
        for (size_t n = 0; n < p->need_count; n++)
            options += p->needs[n].day == d;
        z.options = larger(z.options, options);
    }
    measure_kinds(p, &z);
    measure_people(p, &z);
    return z;
}

/* Cells, cover, people and their automata (grid.c, grid_type.c), the rosters kept (grid_search.c). */
static size_t grid_itself(const grid_sizes *z)
{
    enum {
        ARRAYS = 64, SPARE = 64, WORK = 4096, PER_OPTION = 8 * sizeof(int), PER_CELL = 7,
        PER_PERSON = sizeof(grid_person) + 6 * sizeof(int),
        PER_STEP = 4 * (sizeof(int16_t) + sizeof(int32_t)) + sizeof(int16_t), /* the tables grow by doubling */
        PER_PHASE = 4 * 24 + 8, PER_TYPE = 128 * (sizeof(int16_t) + sizeof(int32_t))
    };
    size_t symbols = z->kinds + 1;
    return WORK + (ARRAYS + 10 * z->types) * SPARE + z->days * (z->options * PER_OPTION + 3 * sizeof(int)) +
           z->people * (z->days + 1) * (PER_CELL + (z->options + 1) * sizeof(int32_t)) +
           z->people * (PER_PERSON + z->kinds * sizeof(int)) + z->phases_of_types * (symbols * PER_STEP + PER_PHASE) +
           z->types * (symbols * PER_TYPE + 64 * 24 + symbols * z->kinds);
}

size_t grid_memory(const roster_problem *p)
{
    grid_sizes z = sizes_of(p);
    return grid_itself(&z) + grid_line_memory(&z) + grid_master_memory(&z) + (p->lock_count ? grid_lock_memory(&z) : 0);
}
