#include "roster/grid_dp.h"

#include <string.h>

enum { CAP_TRIES = 8, COUNTED_MOST = 6 };

int grid_dp_over_cap(const grid_line *w, int person, int *over)
{
    const grid *g = w->g;
    const int *max = g->person[person].kind_max;
    const uint8_t *x = &g->x[grid_cell(g, person, w->from)];
    int count[GRID_CLASSES_MAX] = { 0 };
    for (int d = w->from; d < w->to; d++) {
        if (w->line[d - w->from])
            count[g->kind_of[d * g->options + w->line[d - w->from] - 1]]++;
        if (x[d - w->from])
            count[g->kind_of[d * g->options + x[d - w->from] - 1]]--;
    }
    for (int k = 0; k < g->kinds; k++) {
        *over = g->kind_count[person * g->kinds + k] + count[k] - max[k];
        if (count[k] > 0 && *over > 0)
            return k;
    }
    return -1;
}

static void forbid_kind(grid_line *w, int day, int kind)
{
    const grid *g = w->g;
    for (int o = 0; o < g->options; o++) {
        if (g->kind_of[day * g->options + o] == kind)
            w->price[(day - w->from) * g->options + o] = GRID_NEVER;
    }
}

void grid_dp_forbid(grid_line *w, int kind, int over)
{
    const grid *g = w->g;
    for (; over > 0; over--) {
        int worst = -1;
        int32_t most = 0;
        for (int d = w->from; d < w->to; d++) {
            int x = w->line[d - w->from];
            if (!x || g->kind_of[d * g->options + x - 1] != kind)
                continue;
            int32_t price = w->price[(d - w->from) * g->options + x - 1];
            if (price < GRID_NEVER && (worst < 0 || price > most)) {
                worst = d;
                most = price;
            }
        }
        if (worst < 0)
            return;
        forbid_kind(w, worst, kind);
    }
}

bool grid_line_best(grid_line *w, int person, int from, int to)
{
    bool found = false;
    for (int tries = 0; (found = grid_dp_cheapest(w, person, from, to)); tries++) {
        int over = 0, kind = w->g->person[person].capped ? grid_dp_over_cap(w, person, &over) : -1;
        if (kind < 0)
            break;
        if (w->counted < 0 && grid_dp_count(w, person, kind, COUNTED_MOST))
            continue;
        if (tries < CAP_TRIES)
            grid_dp_forbid(w, kind, over);
        for (int d = from; tries >= CAP_TRIES && d < to; d++)
            forbid_kind(w, d, kind);
    }
    grid_dp_count_nothing(w);
    return found;
}

/* What the line costs by the prices alone. */
static int64_t without_penalties(const grid_line *w, int person)
{
    const grid *g = w->g;
    int64_t cost = w->cost;
    for (int d = w->from; d < w->to; d++) {
        int x = w->line[d - w->from];
        if (x)
            cost -= w->penalty[person * g->kinds + g->kind_of[d * g->options + x - 1]];
    }
    return cost;
}

/* Moves the penalties by how far the line is from each cap; true: none had to move. */
static bool learn_penalties(grid_line *w, int person, int32_t by, bool *within)
{
    const grid *g = w->g;
    const int *max = g->person[person].kind_max;
    int count[GRID_CLASSES_MAX] = { 0 };
    bool settled = true;
    *within = true;
    for (int d = w->from; d < w->to; d++) {
        if (w->line[d - w->from])
            count[g->kind_of[d * g->options + w->line[d - w->from] - 1]]++;
    }
    for (int k = 0; k < g->kinds; k++) {
        int32_t *penalty = &w->penalty[person * g->kinds + k];
        int over = count[k] - max[k];
        *within = *within && over <= 0;
        if (over == 0 || (over < 0 && *penalty == 0) || max[k] == 0 || k == w->counted)
            continue;
        settled = false;
        *penalty += over * by;
        *penalty = *penalty < 0 ? 0 : *penalty;
    }
    return settled;
}

bool grid_line_priced(grid_line *w, int person, int64_t *bound)
{
    enum { TRIES = 6, STEP = 12 * GRID_FINE };
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    if (!q->capped) {
        bool found = grid_dp_cheapest(w, person, 0, g->days);
        *bound = w->cost;
        return found;
    }
    int64_t least = INT64_MAX;
    *bound = INT64_MIN;
    w->penal = true;
    grid_dp_frame(w, person, 0, g->days);
    if (w->watched[person] >= 0)
        grid_dp_count(w, person, w->watched[person], g->days);
    for (int tries = 0; tries < TRIES; tries++) {
        int64_t paid = 0;
        bool within = false;
        if (!grid_dp_cheapest(w, person, 0, g->days))
            break;
        for (int k = 0; k < g->kinds; k++)
            paid += (int64_t)w->penalty[person * g->kinds + k] * q->kind_max[k];
        *bound = w->cost - paid > *bound ? w->cost - paid : *bound;
        int64_t cost = without_penalties(w, person);
        int over = 0, kind = w->counted < 0 ? grid_dp_over_cap(w, person, &over) : -1;
        bool settled = learn_penalties(w, person, STEP >> tries, &within);
        if (kind >= 0 && grid_dp_count(w, person, kind, g->days)) {
            w->watched[person] = (int8_t)kind;
            w->penalty[person * g->kinds + kind] = 0;
            continue;
        }
        if (within && cost < least) {
            least = cost;
            memcpy(w->kept, w->line, (size_t)g->days);
        }
        if (settled || (within && cost <= *bound))
            break;
    }
    w->penal = false;
    grid_dp_count_nothing(w);
    if (least == INT64_MAX)
        return grid_line_best(w, person, 0, g->days);
    memcpy(w->line, w->kept, (size_t)g->days);
    w->cost = least;
    return true;
}
