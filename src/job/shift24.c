/*
 * The public staff-scheduling form of Curtois and Qu: sections of comma separated records, # comments.
 * One post; each cover row is a need of min 0; MODEL.md section 3 says how the rest maps.
 */
#include "base/map.h"
#include "job/instance.h"

#include <string.h>

enum {
    DAYS_MAX_24 = 400, SHIFTS_MAX = 32, STAFF_MAX = 1000, PARTS_MAX = 1024, WEIGHT_MAX = 1000000,
    CELLS_MAX_24 = 8000000 /* people x needs */
};
typedef enum section { NONE, HORIZON, SHIFTS, STAFF, DAYS_OFF, WISH_ON, WISH_OFF, COVER, SECTION_COUNT } section;
static const char *const section_names[SECTION_COUNT] = {
    "", "SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_DAYS_OFF", "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS", "SECTION_COVER"
};

typedef struct reader {
    arena *a;
    shift24 *out;
    size_t line;
    int days;
    map *shift_at, *person_at;
    LIST(str) shift_ids;
    LIST(str) person_ids;
    LIST(str) forbidden; /* per shift, still as text */
    LIST(size_t) shift_line;
    LIST(roster_kind) kinds;
    LIST(roster_person) people;
    roster_need *needs;  /* day x shift, all of them: a wish may name one without cover */
    bool *covered;
    str parts[PARTS_MAX];
    size_t part_count;
} reader;

static err *bad(reader *r, str value)
{
    enum { SHOWN_MAX = 60 };
    if (value.len > SHOWN_MAX || !str_is_utf8(value))
        value = STR("…");
    return err_new(r->a, ERR_INPUT, "roster.text_bad",
                   VALUES({ "line", text_format(r->a, "%zu", r->line) }, { "value", value }));
}

static str part(const reader *r, size_t i)
{
    return i < r->part_count ? r->parts[i] : (str){ 0 };
}

static err *number(reader *r, size_t i, int64_t min, int64_t max, int *out)
{
    int64_t n = 0;
    if (!str_int(part(r, i), min, max, &n))
        return bad(r, part(r, i));
    *out = (int)n;
    return NULL;
}

static err *name_in(reader *r, const map *m, str name, int *out)
{
    int64_t n = 0;
    if (!m || !map_get(m, name, &n))
        return bad(r, name);
    *out = (int)n;
    return NULL;
}

static err *read_shift(reader *r)
{
    int length = 0;
    TRY(number(r, 1, 1, 1440, &length));
    if (!part(r, 0).len || r->kinds.count == SHIFTS_MAX || map_get(r->shift_at, part(r, 0), NULL))
        return bad(r, part(r, 0));
    map_put(r->shift_at, part(r, 0), (int64_t)r->kinds.count);
    *list_add(r->a, &r->kinds) = (roster_kind){ .tag = (int64_t)r->kinds.count, .end_minute = length };
    *list_add(r->a, &r->shift_ids) = part(r, 0);
    *list_add(r->a, &r->forbidden) = part(r, 2);
    *list_add(r->a, &r->shift_line) = r->line;
    return NULL;
}

/* The needs exist once horizon and shifts are known. */
static void make_needs(reader *r)
{
    if (r->needs)
        return;
    size_t count = (size_t)r->days * r->kinds.count;
    r->needs = arena_many(r->a, roster_need, count + 1);
    r->covered = arena_many(r->a, bool, count + 1);
    for (size_t n = 0; n < count; n++)
        r->needs[n] = (roster_need){ .tag = (int64_t)n, .day = (int)(n / r->kinds.count),
                                     .kind = (int)(n % r->kinds.count) };
}

static err *read_caps(reader *r, roster_person *w)
{
    int *caps = arena_many(r->a, int, r->kinds.count + 1);
    str rest = part(r, 1), one;
    for (size_t k = 0; k < r->kinds.count; k++)
        caps[k] = r->days;
    while (str_split(&rest, '|', &one)) {
        ptrdiff_t equals = str_find(one, STR("="));
        int shift = 0;
        int64_t most = 0;
        if (equals < 0 || !str_int(str_trim(str_from(one, (size_t)equals + 1)), 0, 10000, &most))
            return bad(r, one);
        TRY(name_in(r, r->shift_at, str_trim(str_part(one, 0, (size_t)equals)), &shift));
        caps[shift] = (int)most;
    }
    w->kind_max = caps;
    return NULL;
}

static err *read_staff(reader *r)
{
    make_needs(r);
    roster_person w = { .tag = (int64_t)r->people.count };
    if (!part(r, 0).len || r->people.count == STAFF_MAX || map_get(r->person_at, part(r, 0), NULL))
        return bad(r, part(r, 0));
    TRY(read_caps(r, &w));
    TRY(number(r, 2, 0, WEIGHT_MAX, &w.minutes_max));
    TRY(number(r, 3, 0, WEIGHT_MAX, &w.minutes_min));
    TRY(number(r, 4, 0, DAYS_MAX_24, &w.run_max));
    TRY(number(r, 5, 0, DAYS_MAX_24, &w.run_min));
    TRY(number(r, 6, 0, DAYS_MAX_24, &w.free_min));
    TRY(number(r, 7, 0, 100, &w.groups_max));
    if (w.minutes_min > w.minutes_max || w.run_min > w.run_max)
        return bad(r, part(r, w.minutes_min > w.minutes_max ? 3 : 5));
    if (!w.minutes_max || !w.run_max) { /* 0 would mean "no limit" to the engine */
        w.minutes_max = w.minutes_max ? w.minutes_max : 1;
        w.run_max = w.run_max ? w.run_max : 1;
        w.kind_max = arena_many(r->a, int, r->kinds.count + 1);
    }
    size_t count = (size_t)r->days * r->kinds.count;
    if ((r->people.count + 1) * count > CELLS_MAX_24)
        return bad(r, part(r, 0));
    w.blocked = arena_many(r->a, uint8_t, count + 1);
    w.wishes = arena_many(r->a, int, count + 1);
    map_put(r->person_at, part(r, 0), (int64_t)r->people.count);
    *list_add(r->a, &r->people) = w;
    *list_add(r->a, &r->person_ids) = part(r, 0);
    return NULL;
}

static err *read_day_off(reader *r)
{
    int person = 0, day = 0;
    TRY(name_in(r, r->person_at, part(r, 0), &person));
    uint8_t *blocked = (uint8_t *)(uintptr_t)r->people.at[person].blocked; /* ours, made in read_staff */
    for (size_t i = 1; i < r->part_count; i++) {
        TRY(number(r, i, 0, r->days - 1, &day));
        memset(&blocked[(size_t)day * r->kinds.count], ROSTER_BLOCK_CANNOT, r->kinds.count);
    }
    return NULL;
}

static err *read_wish(reader *r, int sign)
{
    int person = 0, day = 0, shift = 0, weight = 0;
    TRY(name_in(r, r->person_at, part(r, 0), &person));
    TRY(number(r, 1, 0, r->days - 1, &day));
    TRY(name_in(r, r->shift_at, part(r, 2), &shift));
    TRY(number(r, 3, 0, WEIGHT_MAX, &weight));
    int *wish = (int *)(uintptr_t)&r->people.at[person].wishes[(size_t)day * r->kinds.count + (size_t)shift];
    if (*wish) /* on and off for one shift, or twice: the engine holds one wish for it */
        return bad(r, part(r, 0));
    *wish = sign * weight;
    return NULL;
}

static err *read_cover(reader *r)
{
    int day = 0, shift = 0;
    make_needs(r);
    TRY(number(r, 0, 0, r->days - 1, &day));
    TRY(name_in(r, r->shift_at, part(r, 1), &shift));
    size_t at = (size_t)day * r->kinds.count + (size_t)shift;
    roster_need *n = &r->needs[at];
    if (r->covered[at])
        return bad(r, part(r, 1));
    r->covered[at] = true;
    TRY(number(r, 2, 0, STAFF_MAX, &n->target));
    TRY(number(r, 3, 0, WEIGHT_MAX, &n->under_cost));
    return number(r, 4, 0, WEIGHT_MAX, &n->over_cost);
}

static err *read_record(reader *r, section s)
{
    if (s == HORIZON)
        return r->days ? bad(r, part(r, 0)) : number(r, 0, 1, DAYS_MAX_24, &r->days);
    if (s == NONE || !r->days || (s == SHIFTS && r->needs))
        return bad(r, part(r, 0));
    switch (s) {
    case SHIFTS: return read_shift(r);
    case STAFF: return read_staff(r);
    case DAYS_OFF: return read_day_off(r);
    case WISH_ON: return read_wish(r, 1);
    case WISH_OFF: return read_wish(r, -1);
    default: return read_cover(r);
    }
}

static err *split_record(reader *r, str line)
{
    str one;
    r->part_count = 0;
    while (str_split(&line, ',', &one)) {
        if (r->part_count == PARTS_MAX)
            return bad(r, one);
        r->parts[r->part_count++] = str_trim(one);
    }
    return NULL;
}

static err *finish(reader *r)
{
    roster_problem *p = &r->out->problem;
    size_t kinds = r->kinds.count;
    make_needs(r);
    bool *forbidden = arena_many(r->a, bool, kinds * kinds + 1);
    for (size_t k = 0; k < kinds; k++) {
        str rest = r->forbidden.at[k], one;
        r->line = r->shift_line.at[k];
        while (str_split(&rest, '|', &one)) {
            int next = 0;
            if (!str_trim(one).len)
                continue;
            TRY(name_in(r, r->shift_at, str_trim(one), &next));
            forbidden[k * kinds + (size_t)next] = true;
        }
    }
    int *group = arena_many(r->a, int, r->days + 1);
    for (int d = 0; d < r->days; d++)
        group[d] = d % 7 >= 5 ? d / 7 : -1;
    for (size_t n = 0; n < (size_t)r->days * kinds; n++)
        r->needs[n].limit = (int)r->people.count > r->needs[n].target ? (int)r->people.count : r->needs[n].target;
    *p = (roster_problem){ .day_count = r->days, .kinds = r->kinds.at, .kind_count = kinds, .needs = r->needs,
                           .need_count = (size_t)r->days * kinds, .people = r->people.at,
                           .person_count = r->people.count, .day_group = group, .next_forbidden = forbidden,
                           .one_a_day = true, .border_exempt = true };
    r->out->shift_ids = r->shift_ids.at;
    r->out->person_ids = r->person_ids.at;
    return roster_check_problem(r->a, p);
}

err *shift24_read(arena *a, str content, shift24 **out)
{
    reader *r = arena_new(a, reader);
    r->a = a;
    r->out = *out = arena_new(a, shift24);
    r->shift_at = map_new(a);
    r->person_at = map_new(a);
    section now = NONE;
    bool seen[SECTION_COUNT] = { false };
    str line;
    while (str_split(&content, '\n', &line)) {
        r->line += content.at || line.len; /* what comes after the last line end is no line */
        line = str_trim(line);
        if (!line.len || line.at[0] == '#')
            continue;
        if (!str_starts(line, STR("SECTION_"))) {
            TRY(split_record(r, line));
            TRY(read_record(r, now));
            continue;
        }
        section next = HORIZON;
        while (next < SECTION_COUNT && !str_is(line, section_names[next]))
            next++;
        if (next == SECTION_COUNT)
            return bad(r, line);
        now = next;
        seen[now] = true;
    }
    for (section s = HORIZON; s < SECTION_COUNT; s++) { /* wishes and days off there may be none */
        if (!seen[s] && (s < DAYS_OFF || s == COVER))
            return bad(r, str_of(section_names[s]));
    }
    if (!r->days || !r->kinds.count || !r->people.count)
        return bad(r, str_of(section_names[!r->days ? HORIZON : r->kinds.count ? STAFF : SHIFTS]));
    return finish(r);
}

bool shift24_is(str content)
{
    return str_find(content, STR("SECTION_HORIZON")) >= 0;
}

str shift24_solution(arena *a, const shift24 *i, const roster_solution *s)
{
    const roster_problem *p = &i->problem;
    text t = text_begin(a);
    int *line = arena_many(a, int, p->day_count * (int)p->person_count + 1);
    for (size_t k = 0; k < s->duty_count; k++)
        line[s->duties[k].person * p->day_count + p->needs[s->duties[k].need].day] =
            p->needs[s->duties[k].need].kind + 1;
    for (int w = 0; w < (int)p->person_count; w++) {
        for (int d = 0; d < p->day_count; d++) {
            int kind = line[w * p->day_count + d];
            if (d)
                text_put_z(&t, " ");
            text_put(&t, kind ? i->shift_ids[kind - 1] : STR("-"));
        }
        text_put_z(&t, "\n");
    }
    return text_done(&t);
}

static err *read_cell(scan *s, const map *shift_at, str word, int *kind)
{
    *kind = -1;
    return str_is(word, "-") ? NULL : scan_name(s, shift_at, word, kind);
}

err *shift24_solution_read(arena *a, const shift24 *i, scan_file f, roster_duty **duties, size_t *count)
{
    const roster_problem *p = &i->problem;
    map *shift_at = map_new(a);
    for (size_t k = 0; k < p->kind_count; k++)
        map_put(shift_at, i->shift_ids[k], (int64_t)k);
    *duties = arena_many(a, roster_duty, p->person_count * (size_t)p->day_count + 1);
    *count = 0;
    scan s = scan_begin(a, f);
    s.commas = true;
    for (int w = 0; w < (int)p->person_count; w++) {
        TRY(scan_row(&s, (size_t)p->day_count, (size_t)p->day_count));
        for (int d = 0; d < p->day_count; d++) {
            int kind = 0;
            TRY(read_cell(&s, shift_at, s.word[d], &kind));
            if (kind >= 0) /* the need of a day and kind, as make_needs orders them */
                (*duties)[(*count)++] = (roster_duty){ .person = w, .need = d * (int)p->kind_count + kind };
        }
    }
    return scan_end(&s);
}
