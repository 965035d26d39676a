/* What a week ended with: SOLUTION out and in, and the history of the week after. */
#include "base/text.h"
#include "job/inrc2.h"

str inrc2_solution_write(arena *a, const inrc2 *i, const roster_duty *duties, size_t count)
{
    text t = text_begin(a);
    text_printf(&t, "SOLUTION\n%d %.*s\n\nASSIGNMENTS = %zu\n", i->week, STR_ARG(i->scenario), count);
    for (size_t k = 0; k < count; k++) {
        const roster_need *n = &i->problem.needs[duties[k].need];
        text_printf(&t, "%.*s %s %.*s %.*s\n", STR_ARG(i->nurses[duties[k].person].name), inrc2_day_name(n->day),
                    STR_ARG(i->shifts[n->kind]), STR_ARG(i->skills[n->post]));
    }
    return text_done(&t);
}

static map *index_of(arena *a, const str *names, int count)
{
    map *m = map_new(a);
    for (int i = 0; i < count; i++)
        map_put(m, names[i], i);
    return m;
}

typedef struct names {
    map *nurse, *shift, *skill;
} names;

static err *read_duty(scan *s, const inrc2 *i, const names *known, roster_duty *d)
{
    int day = 0, shift = 0, skill = 0;
    TRY(scan_row(s, 4, 4));
    TRY(scan_name(s, known->nurse, s->word[0], &d->person));
    while (day < INRC2_DAYS && !str_is(s->word[1], inrc2_day_name(day)))
        day++;
    if (day == INRC2_DAYS)
        return scan_bad(s, "roster.line.unknown", s->word[1]);
    TRY(scan_name(s, known->shift, s->word[2], &shift));
    TRY(scan_name(s, known->skill, s->word[3], &skill));
    d->need = (day * i->shift_count + shift) * i->skill_count + skill;
    return NULL;
}

/* Remarks may follow the last assignment, as in the organisers' samples; more assignments may not. */
static err *read_remarks(scan *s, const names *known)
{
    for (;;) {
        TRY(scan_next(s));
        if (!s->count)
            return NULL;
        if (map_get(known->nurse, s->word[0], NULL))
            return scan_bad(s, "roster.line.more", s->word[0]);
    }
}

err *inrc2_solution_read(arena *a, const inrc2 *i, scan_file f, roster_duty **duties, size_t *count)
{
    int people = (int)i->problem.person_count, week = 0, lines = 0;
    const names known = { map_new(a), index_of(a, i->shifts, i->shift_count), index_of(a, i->skills, i->skill_count) };
    for (int n = 0; n < people; n++)
        map_put(known.nurse, i->nurses[n].name, n);
    scan s = scan_begin(a, f);
    TRY(scan_head(&s, "SOLUTION"));
    TRY(scan_row(&s, 2, 2));
    TRY(scan_number(&s, s.word[0], i->week, i->week, &week));
    if (!str_equal(s.word[1], i->scenario))
        return scan_bad(&s, "roster.line.scenario", s.word[1]);
    TRY(scan_count(&s, "ASSIGNMENTS", 0, 2 * INRC2_DAYS * people, &lines)); /* twice what can be legal */
    *count = (size_t)lines;
    *duties = arena_many(a, roster_duty, lines + 1);
    for (int n = 0; n < lines; n++)
        TRY(read_duty(&s, i, &known, &(*duties)[n]));
    return read_remarks(&s, &known);
}

/* Days at the end of the week like its last one, those before the week included when it is all of them. */
static int tail(const int *row, bool any, int before)
{
    int n = 0, last = row[INRC2_DAYS - 1];
    while (n < INRC2_DAYS && (any ? (row[INRC2_DAYS - 1 - n] >= 0) == (last >= 0) : row[INRC2_DAYS - 1 - n] == last))
        n++;
    return n == INRC2_DAYS ? n + before : n;
}

static void write_nurse(text *t, const inrc2 *i, const inrc2_nurse *n, const int *row)
{
    int last = row[INRC2_DAYS - 1], worked = 0;
    bool was_off = n->last_kind < 0;
    for (int d = 0; d < INRC2_DAYS; d++)
        worked += row[d] >= 0;
    int groups = n->groups + (row[INRC2_SATURDAY] >= 0 || last >= 0);
    text_printf(t, "%.*s %d %d ", STR_ARG(n->name), n->duties + worked, groups);
    if (last < 0)
        text_printf(t, "None 0 0 %d\n", tail(row, true, was_off ? n->last_free_run : 0));
    else
        text_printf(t, "%.*s %d %d 0\n", STR_ARG(i->shifts[last]),
                    tail(row, false, n->last_kind == last ? n->last_kind_run : 0),
                    tail(row, true, was_off ? 0 : n->last_work_run));
}

str inrc2_history_write(arena *a, const inrc2 *i, const roster_duty *duties, size_t count)
{
    size_t people = i->problem.person_count;
    int *rows = arena_many(a, int, people * INRC2_DAYS);
    for (size_t k = 0; k < people * INRC2_DAYS; k++)
        rows[k] = -1;
    for (size_t k = 0; k < count; k++) {
        const roster_need *n = &i->problem.needs[duties[k].need];
        int *at = &rows[duties[k].person * INRC2_DAYS + n->day];
        *at = *at < 0 ? n->kind : *at;
    }
    text t = text_begin(a);
    text_printf(&t, "HISTORY\n%d %.*s\n\nNURSE_HISTORY\n", i->week + 1, STR_ARG(i->scenario));
    for (size_t n = 0; n < people; n++)
        write_nurse(&t, i, &i->nurses[n], &rows[n * INRC2_DAYS]);
    return text_done(&t);
}
