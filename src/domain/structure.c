#include "domain/structure.h"

#include <assert.h>
#include <stdlib.h>

typedef struct seat {
    structure_person person;
    int index; /* in the caller's list */
    int turn;  /* how many of the same home and agency came before: deals the agencies out in turn */
} seat;
typedef struct planning {
    const structure_person *people;
    seat *seats; /* in the order in which they are cut into units */
    size_t count;
    structure_plan plan;
} planning;

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_agency(const void *x, const void *y)
{
    const seat *a = x, *b = y;
    int o = order(a->person.home, b->person.home);
    o = o ? o : order(a->person.agency, b->person.agency);
    return o ? o : order(a->person.id, b->person.id);
}

static int by_turn(const void *x, const void *y)
{
    const seat *a = x, *b = y;
    int o = order(a->person.home, b->person.home);
    o = o ? o : order(a->turn, b->turn);
    return o ? o : by_agency(x, y);
}

/* Homes stay together, and within a home no agency sits in one lump. */
static void put_in_order(planning *p)
{
    qsort(p->seats, p->count, sizeof *p->seats, by_agency);
    for (size_t i = 1; i < p->count; i++) {
        const seat *last = &p->seats[i - 1];
        bool same = last->person.home == p->seats[i].person.home && last->person.agency == p->seats[i].person.agency;
        p->seats[i].turn = same ? last->turn + 1 : 0;
    }
    qsort(p->seats, p->count, sizeof *p->seats, by_turn);
}

static size_t parts_of(size_t count, size_t most)
{
    return (count + most - 1) / most;
}

/* Where part i of n begins, sizes differing by at most one. */
static size_t cut(size_t count, size_t parts, size_t i)
{
    return count * i / parts;
}

static int add_unit(planning *p, structure_kind kind, int parent, int number)
{
    p->plan.units[p->plan.unit_count] = (structure_unit){ .kind = kind, .parent = parent, .number = number };
    p->plan.branch_count += kind == STRUCTURE_BRANCH;
    p->plan.group_count += kind == STRUCTURE_GROUP;
    return (int)p->plan.unit_count++;
}

static void cut_groups(planning *p, int branch, size_t groups, size_t begin, size_t end)
{
    size_t count = end - begin;
    for (size_t g = 0; g < groups; g++) {
        int unit = add_unit(p, STRUCTURE_GROUP, branch, (int)g + 1);
        for (size_t i = begin + cut(count, groups, g); i < begin + cut(count, groups, g + 1); i++) {
            p->plan.unit_of[p->seats[i].index] = unit;
            p->plan.units[unit].size++;
        }
    }
    p->plan.units[branch].size = (int)count;
}

static void cut_branches(planning *p)
{
    size_t branches = parts_of(p->count, STRUCTURE_BRANCH_MAX);
    size_t groups = parts_of(parts_of(p->count, branches), STRUCTURE_GROUP_MAX); /* as the largest branch needs */
    int general = add_unit(p, STRUCTURE_GENERAL, -1, 1);
    for (size_t b = 0; b < branches; b++)
        cut_groups(p, add_unit(p, STRUCTURE_BRANCH, general, (int)b + 1), groups, cut(p->count, branches, b),
                   cut(p->count, branches, b + 1));
    p->plan.units[general].size = (int)p->count;
}

/* -- who leads --------------------------------------------------------------------------------------------- */
static int fit_in(const planning *p, int unit, int *one)
{
    int fit = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->plan.unit_of[i] == unit && p->people[i].rank > 0) {
            *one = (int)i;
            fit++;
        }
    return fit;
}

static int anybody_in(const planning *p, int unit)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->plan.unit_of[i] == unit)
            return (int)i;
    return -1;
}

/* A group with nobody fit changes one of its people for one of a group of the same branch that has two. */
static void share_the_fit(planning *p)
{
    for (size_t u = 0; u < p->plan.unit_count; u++) {
        int one = -1;
        if (p->plan.units[u].kind != STRUCTURE_GROUP || fit_in(p, (int)u, &one))
            continue;
        for (size_t v = 0; v < p->plan.unit_count; v++) {
            bool near = p->plan.units[v].kind == STRUCTURE_GROUP && p->plan.units[v].parent == p->plan.units[u].parent;
            if (!near || fit_in(p, (int)v, &one) < 2)
                continue;
            p->plan.unit_of[anybody_in(p, (int)u)] = (int)v;
            p->plan.unit_of[one] = (int)u;
            break;
        }
    }
}

static bool lies_in(const planning *p, int unit, int above)
{
    while (unit >= 0 && unit != above)
        unit = p->plan.units[unit].parent;
    return unit == above;
}

/* The highest rank that leads nothing yet; who leads already is taken again only where nobody else is fit. */
static int64_t best_of(const planning *p, int unit, const bool *leads)
{
    int best = -1;
    for (size_t i = 0; i < p->count; i++) {
        const structure_person *x = &p->people[i];
        if (x->rank <= 0 || !lies_in(p, p->plan.unit_of[i], unit))
            continue;
        bool better = best < 0 || leads[i] < leads[best] ||
                      (leads[i] == leads[best] && x->rank > p->people[best].rank);
        if (better)
            best = (int)i;
    }
    return best < 0 ? 0 : p->people[best].id;
}

static void choose_leaders(arena *a, planning *p, int64_t leader_id)
{
    bool *leads = arena_many(a, bool, p->count);
    for (size_t u = 0; u < p->plan.unit_count; u++) {
        structure_unit *unit = &p->plan.units[u];
        unit->leader_id = u == 0 && leader_id ? leader_id : best_of(p, (int)u, leads);
        for (size_t i = 0; i < p->count; i++)
            leads[i] = leads[i] || p->people[i].id == unit->leader_id;
    }
}

structure_plan structure_propose(arena *a, const structure_person *people, size_t count, int64_t leader_id)
{
    assert(count >= 1);
    size_t branches = parts_of(count, STRUCTURE_BRANCH_MAX);
    size_t groups = branches * parts_of(STRUCTURE_BRANCH_MAX, STRUCTURE_GROUP_MAX);
    planning p = { .people = people, .count = count, .seats = arena_many(a, seat, count) };
    p.plan.units = arena_many(a, structure_unit, 1 + branches + groups);
    p.plan.unit_of = arena_many(a, int, count);
    for (size_t i = 0; i < count; i++)
        p.seats[i] = (seat){ people[i], (int)i, 0 };
    put_in_order(&p);
    cut_branches(&p);
    share_the_fit(&p);
    choose_leaders(a, &p, leader_id);
    return p.plan;
}
