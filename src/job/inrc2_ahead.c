#include "job/inrc2_ahead.h"

#include "base/text.h"

#include <string.h>

enum { MEMORY_VERSION = 1, SUM_MAX = 1000 * INRC2_WEEKS_MAX };

static int need_count(const inrc2 *i)
{
    return (int)i->problem.need_count;
}

/* -- memory -- */

static err *read_sums(scan *s, const inrc2 *i, inrc2_memory *m)
{
    int version = 0, needs = need_count(i);
    TRY(scan_count(s, "MUSTER_INRC2", MEMORY_VERSION, MEMORY_VERSION, &version));
    TRY(scan_row(s, 1, 1));
    if (!str_equal(s->word[0], i->scenario))
        return scan_bad(s, "roster.line.scenario", s->word[0]);
    TRY(scan_count(s, "WEEKS_SEEN", 1, INRC2_WEEKS_MAX, &m->weeks));
    TRY(scan_count(s, "NEEDS", needs, needs, &needs));
    for (int n = 0; n < needs; n++) {
        TRY(scan_row(s, 1, 1));
        TRY(scan_pair(s, s->word[0], 0, SUM_MAX, &m->min_sum[n], &m->target_sum[n]));
    }
    return scan_end(s);
}

err *inrc2_memory_read(arena *a, const inrc2 *i, scan_file f, inrc2_memory **out)
{
    inrc2_memory *m = *out = arena_new(a, inrc2_memory);
    m->min_sum = arena_many(a, int, need_count(i));
    m->target_sum = arena_many(a, int, need_count(i));
    if (f.content.at) {
        scan s = scan_begin(a, f);
        TRY(read_sums(&s, i, m));
    }
    m->weeks++;
    for (int n = 0; n < need_count(i); n++) {
        m->min_sum[n] += i->problem.needs[n].min;
        m->target_sum[n] += i->problem.needs[n].target;
    }
    return NULL;
}

str inrc2_memory_write(arena *a, const inrc2 *i, const inrc2_memory *m)
{
    text t = text_begin(a);
    text_printf(&t, "MUSTER_INRC2 = %d\n%.*s\nWEEKS_SEEN = %d\nNEEDS = %d\n", MEMORY_VERSION, STR_ARG(i->scenario),
                m->weeks, need_count(i));
    for (int n = 0; n < need_count(i); n++)
        text_printf(&t, "(%d,%d)\n", m->min_sum[n], m->target_sum[n]);
    return text_done(&t);
}

/* -- the problem -- */

enum { AHEAD_DAYS = 7 };

/*
 * What a total costs that is counted at the end: past the share of the horizon gone by when the days planned are over,
 * each further duty costs as much as it would at the end.
 */
static int share_cost(const inrc2 *i, int gone, int total, int min, int max, int cost)
{
    int over = total * i->weeks - max * gone, under = min * gone - total * i->weeks;
    int off = over > under ? over : under;
    return off > 0 ? (cost * off + i->weeks / 2) / i->weeks : 0;
}

/*
 * What a duty costs within the share: the more of all that people may do will be needed, the likelier a duty nobody
 * wanted now is one too many at the end. Nothing up to 85 % needed, half of what it costs past the share from 100 %
 * on: at the full price it would no longer matter who is behind.
 */
static int duty_price(const inrc2 *i, const inrc2_memory *m)
{
    enum { FROM_1000 = 850, FULL_1000 = 1000 };
    int64_t wanted = 0, room = 0;
    for (int n = 0; n < need_count(i); n++)
        wanted += m->target_sum[n];
    wanted = wanted * (i->weeks - i->week) / m->weeks;
    for (size_t w = 0; w < i->problem.person_count; w++) {
        int left = i->nurses[w].contract->duties_max - i->nurses[w].duties;
        room += left > 0 ? left : 0;
    }
    int64_t used = room ? wanted * 1000 / room : FULL_1000;
    used = used < FROM_1000 ? FROM_1000 : used > FULL_1000 ? FULL_1000 : used;
    return (int)(INRC2_DUTIES_COST * (used - FROM_1000) / (FULL_1000 - FROM_1000) / 2);
}

static const roster_soft *soft_ahead(arena *a, const inrc2 *i, const inrc2_nurse *n, const roster_soft *week, int days,
                                     int price)
{
    roster_soft *soft = arena_copy(a, week, sizeof *week);
    int *duties = arena_many(a, int, days + 1), *groups = arena_many(a, int, days + 1);
    int gone = i->week + days / INRC2_DAYS;
    int share = n->contract->duties_max * gone / i->weeks - n->duties;
    share = share < 0 ? 0 : share;
    for (int k = 0; k <= days; k++) {
        duties[k] = price * (k < share ? k : share) +
                    share_cost(i, gone, n->duties + k, n->contract->duties_min, n->contract->duties_max, INRC2_DUTIES_COST);
        groups[k] = share_cost(i, gone, n->groups + k, 0, n->contract->groups_max, INRC2_GROUPS_COST);
    }
    soft->duties_cost = duties;
    soft->groups_cost = groups;
    return soft;
}

/* Behind the week's own needs those of the next days, with as many people as were wanted on average. */
static void needs_ahead(arena *a, const inrc2 *i, const inrc2_memory *m, roster_problem *p)
{
    size_t own = i->problem.need_count, day = own / INRC2_DAYS;
    p->need_count = own + day * AHEAD_DAYS;
    roster_need *needs = arena_many(a, roster_need, p->need_count);
    memcpy(needs, i->problem.needs, own * sizeof *needs);
    for (size_t n = own; n < p->need_count; n++) {
        size_t like = n % own;
        needs[n] = needs[like];
        needs[n].tag = (int64_t)n;
        needs[n].day = (int)(n / day);
        needs[n].min = 0;
        needs[n].target = (m->target_sum[like] + m->weeks / 2) / m->weeks;
    }
    p->needs = needs;
}

const roster_problem *inrc2_ahead(arena *a, const inrc2 *i, const inrc2_memory *m)
{
    if (i->week == i->weeks - 1)
        return &i->problem;
    roster_problem *p = arena_copy(a, &i->problem, sizeof *p);
    p->day_count = INRC2_DAYS + AHEAD_DAYS;
    needs_ahead(a, i, m, p);
    int *group = arena_many(a, int, p->day_count);
    for (int d = 0; d < p->day_count; d++)
        group[d] = d % INRC2_DAYS >= INRC2_SATURDAY ? d / INRC2_DAYS : -1;
    p->day_group = group;
    int price = duty_price(i, m);
    roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
    for (size_t w = 0; w < p->person_count; w++) {
        int *wishes = arena_many(a, int, p->need_count);
        memcpy(wishes, people[w].wishes, i->problem.need_count * sizeof *wishes);
        people[w].wishes = wishes;
        people[w].soft = soft_ahead(a, i, &i->nurses[w], people[w].soft, p->day_count, price);
    }
    p->people = people;
    return p;
}

size_t inrc2_ahead_count(const inrc2 *i, const roster_duty *duties, size_t count)
{
    size_t own = 0;
    while (own < count && duties[own].need < need_count(i))
        own++;
    return own;
}
