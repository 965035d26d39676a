#include "roster_lp.h"

/* x_P_N: person P stands at need N; u_N, o_N: people under and over its target; w_P_G: P works in day group G. */
typedef struct model {
    FILE *to;
    const roster_problem *p;
    int rows, terms;
} model;

static bool able(const model *m, int person, int n)
{
    const uint8_t *blocked = m->p->people[person].blocked;
    const int *caps = m->p->people[person].kind_max;
    return !(blocked && blocked[n]) && !(caps && caps[m->p->needs[n].kind] == 0);
}

static void term(model *m, int64_t factor, const char *name, int a, int b)
{
    fprintf(m->to, " %+lld %s_%d", (long long)factor, name, a);
    if (b >= 0)
        fprintf(m->to, "_%d", b);
    if (++m->terms % 8 == 0)
        fprintf(m->to, "\n ");
}

static void row(model *m)
{
    fprintf(m->to, "\n r%d:", ++m->rows);
    m->terms = 0;
}

static void end_row(model *m, const char *sense, int64_t value)
{
    fprintf(m->to, " %s %lld", sense, (long long)value);
}

static void day(model *m, int person, int d, int factor)
{
    for (int n = 0; n < (int)m->p->need_count; n++) {
        if (m->p->needs[n].day == d && able(m, person, n))
            term(m, factor, "x", person, n);
    }
}

static int64_t objective(model *m)
{
    int64_t constant = 0;
    fprintf(m->to, "Minimize\n obj:");
    for (int n = 0; n < (int)m->p->need_count; n++) {
        term(m, m->p->needs[n].under_cost, "u", n, -1);
        term(m, m->p->needs[n].over_cost, "o", n, -1);
    }
    for (int i = 0; i < (int)m->p->person_count; i++) {
        for (int n = 0; m->p->people[i].wishes && n < (int)m->p->need_count; n++) {
            int wish = m->p->people[i].wishes[n];
            constant += wish > 0 ? wish : 0;
            if (wish && able(m, i, n))
                term(m, -wish, "x", i, n);
        }
    }
    fprintf(m->to, " +%lld one\nSubject To\n fixed: one = 1", (long long)constant);
    return constant;
}

static void cover(model *m)
{
    for (int n = 0; n < (int)m->p->need_count; n++) {
        row(m);
        for (int i = 0; i < (int)m->p->person_count; i++) {
            if (able(m, i, n))
                term(m, 1, "x", i, n);
        }
        term(m, 1, "u", n, -1);
        term(m, -1, "o", n, -1);
        end_row(m, "=", m->p->needs[n].target);
    }
}

static void counters(model *m, int person)
{
    const roster_person *w = &m->p->people[person];
    for (int side = 0; side < 2; side++) {
        row(m);
        for (int n = 0; n < (int)m->p->need_count; n++) {
            const roster_kind *k = &m->p->kinds[m->p->needs[n].kind];
            if (able(m, person, n))
                term(m, k->end_minute - k->start_minute, "x", person, n);
        }
        end_row(m, side ? "<=" : ">=", side ? w->minutes_max : w->minutes_min);
    }
    for (int k = 0; w->kind_max && k < (int)m->p->kind_count; k++) {
        if (!w->kind_max[k] || w->kind_max[k] >= m->p->day_count)
            continue;
        row(m);
        for (int n = 0; n < (int)m->p->need_count; n++) {
            if (m->p->needs[n].kind == k && able(m, person, n))
                term(m, 1, "x", person, n);
        }
        end_row(m, "<=", w->kind_max[k]);
    }
}

/* One a day, and what may not come on the next day. */
static void neighbours(model *m, int person)
{
    const roster_problem *p = m->p;
    for (int d = 0; d < p->day_count; d++) {
        row(m);
        day(m, person, d, 1);
        fprintf(m->to, " + 0 one");
        end_row(m, "<=", 1);
    }
    for (int n = 0; p->next_forbidden && n < (int)p->need_count; n++) {
        for (int o = 0; able(m, person, n) && o < (int)p->need_count; o++) {
            const roster_need *first = &p->needs[n], *second = &p->needs[o];
            if (second->day != first->day + 1 || !able(m, person, o) ||
                !p->next_forbidden[(size_t)first->kind * p->kind_count + (size_t)second->kind])
                continue;
            row(m);
            term(m, 1, "x", person, n);
            term(m, 1, "x", person, o);
            end_row(m, "<=", 1);
        }
    }
}

/* Stretches not too long; and no short one between two days of the other sort, away from the borders. */
static void stretches(model *m, int person)
{
    const roster_person *w = &m->p->people[person];
    for (int d = 0; w->run_max && d + w->run_max < m->p->day_count; d++) {
        row(m);
        for (int k = 0; k <= w->run_max; k++)
            day(m, person, d + k, 1);
        fprintf(m->to, " + 0 one");
        end_row(m, "<=", w->run_max);
    }
    for (int work = 0; work < 2; work++) {
        int least = work ? w->run_min : w->free_min, sign = work ? 1 : -1;
        for (int length = 1; length < least; length++) {
            for (int d = 0; d + length + 1 < m->p->day_count; d++) {
                row(m);
                day(m, person, d, sign);
                for (int k = 1; k <= length; k++)
                    day(m, person, d + k, -sign);
                day(m, person, d + length + 1, sign);
                fprintf(m->to, " + 0 one");
                end_row(m, ">=", work ? 1 - length : -1);
            }
        }
    }
}

static void weekends(model *m, int person)
{
    const roster_person *w = &m->p->people[person];
    int last = -1;
    if (w->groups_max < 0 || !m->p->day_group)
        return;
    for (int d = 0; d < m->p->day_count; d++) {
        int group = m->p->day_group[d];
        if (group < 0)
            continue;
        last = group;
        row(m);
        day(m, person, d, 1);
        term(m, -1, "w", person, group);
        end_row(m, "<=", 0);
    }
    if (last < 0)
        return;
    row(m);
    for (int d = 0, seen = -1; d < m->p->day_count; d++) {
        int group = m->p->day_group[d];
        if (group >= 0 && group != seen)
            term(m, 1, "w", person, group);
        seen = group >= 0 ? group : seen;
    }
    end_row(m, "<=", w->groups_max);
}

void roster_lp(FILE *to, const roster_problem *p)
{
    model m = { .to = to, .p = p };
    objective(&m);
    cover(&m);
    for (int i = 0; i < (int)p->person_count; i++) {
        counters(&m, i);
        neighbours(&m, i);
        stretches(&m, i);
        weekends(&m, i);
    }
    fprintf(to, "\nBounds\n");
    for (int i = 0; i < (int)p->person_count; i++) {
        for (int d = 0, seen = -1; p->people[i].groups_max >= 0 && p->day_group && d < p->day_count; d++) {
            if (p->day_group[d] >= 0 && p->day_group[d] != seen)
                fprintf(to, " 0 <= w_%d_%d <= 1\n", i, p->day_group[d]);
            seen = p->day_group[d] >= 0 ? p->day_group[d] : seen;
        }
    }
    fprintf(to, "Binary\n");
    for (int i = 0; i < (int)p->person_count; i++) {
        for (int n = 0; n < (int)p->need_count; n++) {
            if (able(&m, i, n))
                fprintf(to, " x_%d_%d\n", i, n);
        }
    }
    fprintf(to, "End\n");
}
