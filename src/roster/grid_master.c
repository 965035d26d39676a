#include "roster/grid_master.h"

#include <math.h>
#include <string.h>

enum { ROWS_MAX = 1100, REFRESH_PIVOTS = 400, RECENT = 128, BOUND_TRIES = 6 };
static const double EPSILON = 1e-7, CHEAPER = 1e-3, BANISHED = 3000, BOUND_NONE = 1e15;

bool grid_master_fits(const grid *g)
{
    for (size_t n = 0; n < g->p->need_count; n++) {
        const roster_need *need = &g->p->needs[n];
        if (need->min > 0 || need->limit < g->people)
            return false;
    }
    for (int i = 0; i < g->people; i++) {
        if (g->person[i].amount_cost || g->person[i].groups_cost || g->person[i].whole_weight)
            return false;
    }
    return g->days <= GRID_LINE_DAYS && grid_master_rows(g) <= ROWS_MAX;
}

size_t grid_master_rows(const grid *g)
{
    return (size_t)g->people + g->p->need_count;
}

size_t grid_master_memory(const grid_sizes *z)
{
    enum { ARRAYS = 40, SPARE = 64, PER_ROW = 9 * sizeof(double) + 5 * sizeof(int) + 2, PER_LINE = 2 * sizeof(double) + 2 * sizeof(int) + 1 };
    size_t rows = z->people + z->needs + 1, lines = 2 * rows + 2;
    if (z->days > GRID_LINE_DAYS || rows > ROWS_MAX + 1)
        return 0;
    return ARRAYS * SPARE + rows * (2 * rows * sizeof(double) + PER_ROW) + lines * (z->days + PER_LINE) +
           (z->people + 1) * (RECENT * (z->days + sizeof(double)) + sizeof(int)) +
           (z->days + 1) * (z->options + 1) * (sizeof(double) + sizeof(int));
}

void grid_master_init(arena *a, grid_master *m, const grid *g, grid_line *w, luck *l)
{
    *m = (grid_master){ .g = g, .w = w, .luck = l, .room = (int)grid_master_rows(g) };
    size_t rows = (size_t)m->room + 1, lines = 2 * rows + 2, cells = (size_t)g->days * (size_t)g->options + 1;
    m->who = arena_many(a, int, rows);
    m->fixed = arena_many(a, bool, rows);
    m->cover_at = arena_many(a, int, rows);
    m->cover_row = arena_many(a, int, cells);
    m->inverse = arena_many(a, double, rows * rows);
    m->value = arena_many(a, double, rows);
    m->dual = arena_many(a, double, rows);
    m->entering = arena_many(a, double, rows);
    m->basic_cost = arena_many(a, double, rows);
    m->basic = arena_many(a, int, rows);
    m->pool = arena_many(a, uint8_t, lines * (size_t)g->days);
    m->line_cost = arena_many(a, double, lines);
    m->line_owner = arena_many(a, int, lines);
    m->spare = arena_many(a, int, lines);
    m->wanted = arena_many(a, double, rows);
    m->recent = arena_many(a, uint8_t, (size_t)g->people * RECENT * (size_t)g->days + 1);
    m->recent_cost = arena_many(a, double, g->people * RECENT + 1);
    m->recent_count = arena_many(a, int, g->people + 1);
    m->dual_at = arena_many(a, double, g->days * (g->options + 1) + 1);
    m->needed = arena_many(a, bool, lines);
    m->saved.inverse = arena_many(a, double, rows * rows);
    m->saved.value = arena_many(a, double, rows);
    m->saved.dual = arena_many(a, double, rows);
    m->saved.basic_cost = arena_many(a, double, rows);
    m->saved.line_cost = arena_many(a, double, lines);
    m->saved.basic = arena_many(a, int, rows);
    m->saved.fixed = arena_many(a, bool, rows);
}

/* -- columns ------------------------------------------------------------------------------------- */
/* A basic column below 0 is a slack: -1 - 2 * row for what is missing, -2 - 2 * row for what is too much. */
static int slack_row(int basic)
{
    return (-1 - basic) / 2;
}
static bool slack_over(int basic)
{
    return (-1 - basic) % 2 != 0;
}

static const roster_need *need_of_row(const grid_master *m, int row)
{
    return &m->g->p->needs[m->g->need_of[m->cover_at[row]]];
}

static const uint8_t *line_at(const grid_master *m, int line)
{
    return &m->pool[(size_t)line * (size_t)m->g->days];
}

static double cost_of(const grid_master *m, int basic)
{
    if (basic >= 0)
        return m->line_cost[basic];
    const roster_need *n = need_of_row(m, slack_row(basic));
    return slack_over(basic) ? n->over_cost : n->under_cost;
}

/* What a line costs by itself: cells and steps. */
static double own_cost(const grid_master *m, int person, const uint8_t *line)
{
    const grid *g = m->g;
    const grid_type *t = g->person[person].type;
    int phase = g->person[person].start;
    int64_t cost = 0;
    for (int d = 0; d < g->days; d++) {
        int at = phase * g->symbols + grid_symbol(g, d, line[d]);
        cost += t->cost[at];
        phase = t->next[at];
        if (line[d])
            cost += g->cell[grid_cell(g, person, d) * (size_t)g->options + line[d] - 1];
    }
    return (double)cost;
}

static void spare_line(grid_master *m, int line)
{
    if (!m->needed[line])
        m->spare[m->spare_count++] = line;
}

static int keep_line(grid_master *m, int row, const uint8_t *line)
{
    int at = m->spare[--m->spare_count];
    memcpy(&m->pool[(size_t)at * (size_t)m->g->days], line, (size_t)m->g->days);
    m->line_cost[at] = own_cost(m, m->who[row], line);
    m->line_owner[at] = row;
    return at;
}

/* entering = inverse x column of that basic. */
static void enter(grid_master *m, int basic)
{
    int rows = m->rows, days = m->g->days;
    if (basic < 0) {
        double sign = slack_over(basic) ? -1 : 1;
        for (int i = 0; i < rows; i++)
            m->entering[i] = sign * m->inverse[(size_t)i * (size_t)rows + (size_t)slack_row(basic)];
        return;
    }
    int at[GRID_LINE_DAYS + 1], count = 0;
    at[count++] = m->line_owner[basic];
    const uint8_t *line = line_at(m, basic);
    for (int d = 0; d < days; d++) {
        if (line[d])
            at[count++] = m->cover_row[d * m->g->options + line[d] - 1];
    }
    for (int i = 0; i < rows; i++) {
        const double *row = &m->inverse[(size_t)i * (size_t)rows];
        double sum = 0;
        for (int k = 0; k < count; k++)
            sum += row[at[k]];
        m->entering[i] = sum;
    }
}

/* -- simplex ------------------------------------------------------------------------------------- */
static void price_all(grid_master *m)
{
    memset(m->dual, 0, (size_t)m->rows * sizeof *m->dual);
    for (int i = 0; i < m->rows; i++) {
        const double *row = &m->inverse[(size_t)i * (size_t)m->rows];
        if (m->basic_cost[i] == 0)
            continue;
        for (int k = 0; k < m->rows; k++)
            m->dual[k] += m->basic_cost[i] * row[k];
    }
}

GRID_WIDE static void eliminate(double *restrict inverse, const double *restrict entering, int rows, int pivot)
{
    double *restrict with = &inverse[(size_t)pivot * (size_t)rows];
    double scale = 1 / entering[pivot];
    for (int k = 0; k < rows; k++)
        with[k] *= scale;
    for (int i = 0; i < rows; i++) {
        double factor = entering[i];
        double *restrict row = &inverse[(size_t)i * (size_t)rows];
        if (i == pivot || (factor < 1e-12 && factor > -1e-12))
            continue;
        for (int k = 0; k < rows; k++)
            row[k] -= factor * with[k];
    }
}

static int leaving(const grid_master *m)
{
    int best = -1;
    double least = 0;
    for (int i = 0; i < m->rows; i++) {
        if (m->entering[i] < 1e-6)
            continue;
        double ratio = m->value[i] / m->entering[i];
        ratio = ratio < 0 ? 0 : ratio;
        if (best < 0 || ratio < least - EPSILON || (ratio < least + EPSILON && m->entering[i] > m->entering[best])) {
            least = best < 0 || ratio < least ? ratio : least;
            best = i;
        }
    }
    return best;
}

/* The column comes into the basis; false: it cannot (then the line goes back to the spare ones). */
static bool pivot(grid_master *m, int basic, double reduced)
{
    enter(m, basic);
    int out = leaving(m);
    if (out < 0) {
        if (basic >= 0)
            spare_line(m, basic);
        return false;
    }
    double step = m->value[out] / m->entering[out];
    step = step < 0 ? 0 : step;
    for (int i = 0; i < m->rows; i++)
        m->value[i] -= step * m->entering[i];
    m->value[out] = step;
    eliminate(m->inverse, m->entering, m->rows, out);
    const double *row = &m->inverse[(size_t)out * (size_t)m->rows];
    for (int k = 0; k < m->rows; k++)
        m->dual[k] += reduced * row[k];
    if (m->basic[out] >= 0)
        spare_line(m, m->basic[out]);
    m->basic[out] = basic;
    m->basic_cost[out] = cost_of(m, basic);
    if (++m->pivots % REFRESH_PIVOTS == 0)
        price_all(m);
    return true;
}

static void enter_slacks(grid_master *m)
{
    for (int tries = 0; tries < 4 * m->rows; tries++) {
        int best = 0;
        double least = -CHEAPER;
        for (int row = m->count; row < m->rows; row++) {
            const roster_need *n = need_of_row(m, row);
            double under = n->under_cost - m->dual[row], over = n->over_cost + m->dual[row];
            if (under < least) {
                least = under;
                best = -1 - 2 * row;
            }
            if (over < least) {
                least = over;
                best = -2 - 2 * row;
            }
        }
        if (!best || !pivot(m, best, least))
            return;
    }
}

static void set_prices(grid_master *m, int row)
{
    const grid *g = m->g;
    int person = m->who[row];
    const int32_t *cell = &g->cell[grid_cell(g, person, 0) * (size_t)g->options];
    for (int at = 0; at < g->days * g->options; at++) {
        if (cell[at] >= GRID_NEVER)
            m->w->price[at] = GRID_NEVER;
        else
            m->w->price[at] = (int32_t)lrint((cell[at] - m->dual[m->cover_row[at]]) * GRID_FINE);
    }
}

static double reduced_cost(const grid_master *m, int row, const uint8_t *line)
{
    double cost = own_cost(m, m->who[row], line) - m->dual[row];
    for (int d = 0; d < m->g->days; d++) {
        if (line[d])
            cost -= m->dual[m->cover_row[d * m->g->options + line[d] - 1]];
    }
    return cost;
}

/* -- lines of lately ----------------------------------------------------------------------------- */
static uint8_t *recent_line(const grid_master *m, int person, int at)
{
    return &m->recent[((size_t)person * RECENT + (size_t)at) * (size_t)m->g->days];
}

static void spread_duals(grid_master *m)
{
    const grid *g = m->g;
    for (int d = 0; d < g->days; d++) {
        for (int o = 0; o < g->options; o++) {
            int row = m->cover_row[d * g->options + o];
            m->dual_at[d * (g->options + 1) + o + 1] = row < 0 ? 0 : m->dual[row];
        }
    }
}

/* The cheapest of the lines priced lately; its reduced cost, 0 where none is cheaper. */
static double cheapest_recent(grid_master *m, int row, const uint8_t **line)
{
    const grid *g = m->g;
    int person = m->who[row], count = m->recent_count[person] < RECENT ? m->recent_count[person] : RECENT;
    double least = -CHEAPER;
    spread_duals(m);
    for (int i = 0; i < count; i++) {
        const uint8_t *x = recent_line(m, person, i);
        const double *dual = m->dual_at;
        double reduced = m->recent_cost[person * RECENT + i] - m->dual[row];
        for (int d = 0; d < g->days; d++, dual += g->options + 1)
            reduced -= dual[x[d]];
        if (reduced < least) {
            least = reduced;
            *line = x;
        }
    }
    return least < -CHEAPER ? least : 0;
}

static void remember(grid_master *m, int person, const uint8_t *line, double cost)
{
    int at = m->recent_count[person]++ % RECENT;
    memcpy(recent_line(m, person, at), line, (size_t)m->g->days);
    m->recent_cost[person * RECENT + at] = cost;
}

/* The best line known lately comes in, else the cheapest there is; how much cheaper than nothing it was. */
static double bring_line(grid_master *m, int row)
{
    const uint8_t *line = NULL;
    double reduced = cheapest_recent(m, row, &line);
    if (!line) {
        int64_t bound;
        set_prices(m, row);
        if (!grid_line_priced(m->w, m->who[row], &bound))
            return 0;
        line = m->w->line;
        reduced = reduced_cost(m, row, line);
        if (reduced >= -CHEAPER)
            return 0;
        remember(m, m->who[row], line, own_cost(m, m->who[row], line));
    }
    pivot(m, keep_line(m, row, line), reduced);
    return -reduced;
}

double grid_master_round(grid_master *m)
{
    double open = 0;
    for (int row = 0; row < m->count; row++) {
        enter_slacks(m);
        if (!m->fixed[row])
            open += bring_line(m, row);
    }
    enter_slacks(m);
    return open;
}

double grid_master_cost(const grid_master *m)
{
    double cost = 0;
    for (int i = 0; i < m->rows; i++)
        cost += m->value[i] * m->basic_cost[i];
    return cost + (double)m->outside;
}

void grid_master_bound_begin(grid_master *m)
{
    m->bound = (double)m->outside;
    m->bound_calls = 0;
    m->line_bound = INT64_MIN;
    for (int row = m->count; row < m->rows; row++) {
        const roster_need *n = need_of_row(m, row);
        double dual = m->dual[row];
        m->dual[row] = dual > n->under_cost ? n->under_cost : dual < -n->over_cost ? -n->over_cost : dual;
        m->dual[row] = floor(m->dual[row] * GRID_FINE) / GRID_FINE; /* as the prices of lines are counted */
        m->bound += m->dual[row] * m->wanted[row];
    }
}

/* Each person is priced several times: the penalties of caps come nearer to their best. */
bool grid_master_bound_next(grid_master *m)
{
    int row = m->bound_calls / BOUND_TRIES;
    int64_t found = INT64_MIN;
    if (row == m->count) {
        price_all(m); /* counted anew from here */
        m->pivots = 0;
        return false;
    }
    set_prices(m, row);
    if (grid_line_priced(m->w, m->who[row], &found) && found > m->line_bound)
        m->line_bound = found;
    if (++m->bound_calls % BOUND_TRIES != 0)
        return true;
    m->bound = m->line_bound < -GRID_NEVER ? -BOUND_NONE : m->bound + (double)m->line_bound / GRID_FINE;
    m->line_bound = INT64_MIN;
    return true;
}

/* -- begin and rounding -------------------------------------------------------------------------- */
static void count_outside(grid_master *m)
{
    const grid *g = m->g;
    m->outside = g->cost;
    for (int row = 0; row < m->count; row++)
        m->outside -= (int64_t)own_cost(m, m->who[row], &g->x[grid_cell(g, m->who[row], 0)]);
    for (int row = m->count; row < m->rows; row++) {
        const roster_need *n = need_of_row(m, row);
        int filled = g->filled[m->cover_at[row]];
        m->outside -= filled < n->target ? (int64_t)n->under_cost * (n->target - filled)
                                         : (int64_t)n->over_cost * (filled - n->target);
    }
}

void grid_master_begin(grid_master *m, const int *people, int count)
{
    const grid *g = m->g;
    m->count = m->rows = count;
    m->pivots = 0;
    for (int i = 0; i < count; i++) {
        m->who[i] = people[i];
        m->fixed[i] = false;
    }
    for (int at = 0; at < g->days * g->options; at++) {
        m->cover_row[at] = -1;
        if (g->need_of[at] < 0)
            continue;
        m->cover_row[at] = m->rows;
        m->cover_at[m->rows] = at;
        m->wanted[m->rows++] = g->p->needs[g->need_of[at]].target - g->filled[at];
    }
    memset(m->needed, 0, (2 * (size_t)m->room + 2));
    m->spare_count = 0;
    for (int i = 2 * m->room + 1; i >= 0; i--)
        m->spare[m->spare_count++] = i;
    memset(m->inverse, 0, (size_t)m->rows * (size_t)m->rows * sizeof *m->inverse);
    count_outside(m);
    for (int i = 0; i < count; i++) {
        const uint8_t *x = &g->x[grid_cell(g, people[i], 0)];
        m->basic[i] = keep_line(m, i, x);
        m->value[i] = 1;
        m->inverse[(size_t)i * (size_t)m->rows + (size_t)i] = 1;
        for (int d = 0; d < g->days; d++) {
            if (x[d])
                m->wanted[m->cover_row[d * g->options + x[d] - 1]]++;
        }
    }
    for (int row = count; row < m->rows; row++) {
        const roster_need *n = need_of_row(m, row);
        double missing = n->target - g->filled[m->cover_at[row]];
        double nudge = (1 + luck_below(m->luck, 1000)) * 1e-6; /* against standing still at a corner */
        bool over = missing < 0 || (missing == 0 && luck_below(m->luck, 2));
        m->basic[row] = over ? -2 - 2 * row : -1 - 2 * row;
        m->value[row] = over ? -missing + nudge : missing + nudge;
        double sign = over ? -1 : 1;
        m->inverse[(size_t)row * (size_t)m->rows + (size_t)row] = sign;
        for (int i = 0; i < count; i++) {
            const uint8_t *line = line_at(m, m->basic[i]);
            int day = m->cover_at[row] / g->options, option = m->cover_at[row] % g->options;
            if (line[day] == option + 1)
                m->inverse[(size_t)row * (size_t)m->rows + (size_t)i] = -sign;
        }
    }
    for (int i = 0; i < m->rows; i++)
        m->basic_cost[i] = cost_of(m, m->basic[i]);
    price_all(m);
}

static int heaviest(const grid_master *m, int row, double *weight)
{
    int best = -1;
    *weight = -1;
    for (int i = 0; i < m->rows; i++) {
        if (m->basic[i] >= 0 && m->line_owner[m->basic[i]] == row && m->value[i] > *weight) {
            *weight = m->value[i];
            best = m->basic[i];
        }
    }
    return best;
}

const uint8_t *grid_master_line(const grid_master *m, int row)
{
    double weight;
    return line_at(m, heaviest(m, row, &weight));
}

static void fix_to(grid_master *m, int row, int line)
{
    m->fixed[row] = true;
    for (int i = 0; i < m->rows; i++) {
        if (m->basic[i] >= 0 && m->line_owner[m->basic[i]] == row && m->basic[i] != line) {
            m->line_cost[m->basic[i]] = BANISHED;
            m->basic_cost[i] = BANISHED;
        }
    }
}

/* Lines that the basis does not hold are spare again. */
static void sweep_lines(grid_master *m)
{
    memset(m->needed, 0, (2 * (size_t)m->room + 2));
    for (int i = 0; i < m->rows; i++) {
        if (m->basic[i] >= 0)
            m->needed[m->basic[i]] = true;
    }
    m->spare_count = 0;
    for (int line = 2 * m->room + 1; line >= 0; line--) {
        if (!m->needed[line])
            m->spare[m->spare_count++] = line;
    }
}

void grid_master_save(grid_master *m)
{
    size_t rows = (size_t)m->rows;
    memcpy(m->saved.inverse, m->inverse, rows * rows * sizeof *m->inverse);
    memcpy(m->saved.value, m->value, rows * sizeof *m->value);
    memcpy(m->saved.dual, m->dual, rows * sizeof *m->dual);
    memcpy(m->saved.basic_cost, m->basic_cost, rows * sizeof *m->basic_cost);
    memcpy(m->saved.line_cost, m->line_cost, (2 * (size_t)m->room + 2) * sizeof *m->line_cost);
    memcpy(m->saved.basic, m->basic, rows * sizeof *m->basic);
    memcpy(m->saved.fixed, m->fixed, rows * sizeof *m->fixed);
    sweep_lines(m);
}

void grid_master_restore(grid_master *m)
{
    size_t rows = (size_t)m->rows;
    memcpy(m->inverse, m->saved.inverse, rows * rows * sizeof *m->inverse);
    memcpy(m->value, m->saved.value, rows * sizeof *m->value);
    memcpy(m->dual, m->saved.dual, rows * sizeof *m->dual);
    memcpy(m->basic_cost, m->saved.basic_cost, rows * sizeof *m->basic_cost);
    memcpy(m->line_cost, m->saved.line_cost, (2 * (size_t)m->room + 2) * sizeof *m->line_cost);
    memcpy(m->basic, m->saved.basic, rows * sizeof *m->basic);
    memcpy(m->fixed, m->saved.fixed, rows * sizeof *m->fixed);
    sweep_lines(m);
}

bool grid_master_done(const grid_master *m)
{
    for (int row = 0; row < m->count; row++) {
        if (!m->fixed[row])
            return false;
    }
    return true;
}

int grid_master_fix(grid_master *m, const bool *shunned)
{
    static const double WHOLE = 0.97;
    int best = -1, best_line = -1;
    double most = -1;
    for (int row = 0; row < m->count; row++) {
        double weight;
        if (m->fixed[row])
            continue;
        int line = heaviest(m, row, &weight);
        if (weight > WHOLE) {
            fix_to(m, row, line);
            continue;
        }
        weight += luck_below(m->luck, 1000) * 2e-4;
        if (weight > most && !(shunned && shunned[row])) {
            most = weight;
            best = row;
            best_line = line;
        }
    }
    if (best >= 0)
        fix_to(m, best, best_line);
    price_all(m);
    return best;
}
