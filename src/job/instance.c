#include "job/instance.h"

#include "base/json.h"
#include "job/instance_members.h"

#include <string.h>

#define INT(s, m) { #m, MEMBER_INT, offsetof(s, m) }
#define BOOL(s, m) { #m, MEMBER_BOOL, offsetof(s, m) }
#define LONG(s, m) { #m, MEMBER_LONG, offsetof(s, m) }
#define OTHER(key) { key, MEMBER_LIST, 0 }

const member kind_members[] = {
    LONG(roster_kind, tag), { "start", MEMBER_INT, offsetof(roster_kind, start_minute) },
    { "end", MEMBER_INT, offsetof(roster_kind, end_minute) }, BOOL(roster_kind, night), { 0 }
};
const member need_members[] = {
    LONG(roster_need, tag), INT(roster_need, day), INT(roster_need, kind), INT(roster_need, post),
    INT(roster_need, min), INT(roster_need, target), INT(roster_need, limit), INT(roster_need, priority),
    LONG(roster_need, skills), BOOL(roster_need, lead_wanted), BOOL(roster_need, not_alone),
    BOOL(roster_need, outdoor), INT(roster_need, under_cost), INT(roster_need, over_cost), OTHER("wanted"), { 0 }
};
const member person_members[] = {
    LONG(roster_person, tag), LONG(roster_person, skills), BOOL(roster_person, lead_fit),
    BOOL(roster_person, unanswered), BOOL(roster_person, had_night), BOOL(roster_person, not_alone),
    INT(roster_person, minutes_max_day), INT(roster_person, minutes_max_week), INT(roster_person, minutes_max),
    INT(roster_person, nights_max), INT(roster_person, run_max), INT(roster_person, rest_minutes),
    INT(roster_person, rest_night_minutes), INT(roster_person, outdoor_max_minutes),
    INT(roster_person, minutes_before), INT(roster_person, night_minutes_before),
    INT(roster_person, minutes_min), INT(roster_person, run_min), INT(roster_person, free_min),
    INT(roster_person, groups_max), OTHER("blocked"), OTHER("wishes"), OTHER("distance_km"), OTHER("kind_max"),
    OTHER("past"), OTHER("soft"), { 0 }
};
const member run_members[] = { INT(roster_run, min), INT(roster_run, max), INT(roster_run, weight), { 0 } };
const member soft_members[] = {
    INT(roster_soft, whole_weight), INT(roster_soft, last_kind), INT(roster_soft, last_kind_run),
    INT(roster_soft, last_work_run), INT(roster_soft, last_free_run), OTHER("work"), OTHER("free"),
    OTHER("duties_cost"), OTHER("groups_cost"), { 0 }
};
const member pair_members[] = { INT(roster_pair, a), INT(roster_pair, b), OTHER("kind"), { 0 } };
const member lock_members[] = { INT(roster_lock, person), INT(roster_lock, need), BOOL(roster_lock, on), BOOL(roster_lock, lead), { 0 } };
const member published_members[] = { INT(roster_published, person), INT(roster_published, need),
                                            OTHER("told"), { 0 } };
const member problem_members[] = {
    { "days", MEMBER_INT, offsetof(roster_problem, day_count) },
    { "weekday", MEMBER_INT, offsetof(roster_problem, weekday_first) },
    BOOL(roster_problem, one_a_day), BOOL(roster_problem, border_exempt), BOOL(roster_problem, fair),
    OTHER("kinds"), OTHER("needs"), OTHER("people"), OTHER("pairs"), OTHER("locks"), OTHER("published"),
    OTHER("day_told"), OTHER("day_group"), OTHER("next_forbidden"), OTHER("kind_runs"), { 0 }
};

static void write_members(json *j, const member *members, const void *from)
{
    for (const member *m = members; m->key; m++) {
        const char *at = (const char *)from + m->offset;
        int64_t big = 0;
        int small = 0;
        if (m->type == MEMBER_LIST)
            continue;
        json_key(j, m->key);
        if (m->type == MEMBER_BOOL) {
            json_bool(j, *(const bool *)(const void *)at);
            continue;
        }
        if (m->type == MEMBER_LONG)
            memcpy(&big, at, sizeof big);
        else
            memcpy(&small, at, sizeof small);
        json_int(j, m->type == MEMBER_LONG ? big : small);
    }
}

static void write_two(json *j, int64_t a, int64_t b)
{
    json_open(j, '[');
    json_int(j, a);
    json_int(j, b);
    json_close(j, ']');
}

static void write_need(json *j, const roster_need *n)
{
    json_open(j, '{');
    write_members(j, need_members, n);
    json_key(j, "wanted");
    json_open(j, '[');
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
        if (n->wanted[k].count)
            write_two(j, (int64_t)n->wanted[k].skill, n->wanted[k].count);
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void write_sparse(json *j, const char *key, const roster_problem *p, const int *values, const uint8_t *bits)
{
    json_key(j, key);
    json_open(j, '[');
    for (size_t n = 0; (values || bits) && n < p->need_count; n++) {
        int value = values ? values[n] : bits[n];
        if (value)
            write_two(j, (int64_t)n, value);
    }
    json_close(j, ']');
}

static void write_numbers(json *j, const char *key, const int *values, size_t count)
{
    if (!values)
        return;
    json_key(j, key);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++)
        json_int(j, values[i]);
    json_close(j, ']');
}

static void write_run(json *j, const roster_run *r)
{
    json_open(j, '{');
    write_members(j, run_members, r);
    json_close(j, '}');
}

static void write_soft(json *j, const roster_problem *p, const roster_soft *s)
{
    json_key(j, "soft");
    json_open(j, '{');
    write_members(j, soft_members, s);
    json_key(j, "work");
    write_run(j, &s->work);
    json_key(j, "free");
    write_run(j, &s->free);
    write_numbers(j, "duties_cost", s->duties_cost, (size_t)p->day_count + 1);
    write_numbers(j, "groups_cost", s->groups_cost, (size_t)p->day_count + 1);
    json_close(j, '}');
}

static void write_person(json *j, const roster_problem *p, const roster_person *w)
{
    json_open(j, '{');
    write_members(j, person_members, w);
    write_sparse(j, "blocked", p, NULL, w->blocked);
    write_sparse(j, "wishes", p, w->wishes, NULL);
    write_sparse(j, "distance_km", p, w->distance_km, NULL);
    write_numbers(j, "kind_max", w->kind_max, p->kind_count);
    if (w->soft)
        write_soft(j, p, w->soft);
    json_key(j, "past");
    json_open(j, '[');
    for (size_t i = 0; i < w->past_count; i++) {
        json_open(j, '[');
        json_int(j, w->past[i].day);
        json_int(j, w->past[i].start_minute);
        json_int(j, w->past[i].end_minute);
        json_int(j, w->past[i].night);
        json_close(j, ']');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void write_links(json *j, const roster_problem *p)
{
    json_key(j, "pairs");
    json_open(j, '[');
    for (size_t i = 0; i < p->pair_count; i++) {
        json_open(j, '{');
        write_members(j, pair_members, &p->pairs[i]);
        json_key(j, "kind");
        json_int(j, p->pairs[i].kind);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "locks");
    json_open(j, '[');
    for (size_t i = 0; i < p->lock_count; i++) {
        json_open(j, '{');
        write_members(j, lock_members, &p->locks[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "published");
    json_open(j, '[');
    for (size_t i = 0; i < p->published_count; i++) {
        json_open(j, '{');
        write_members(j, published_members, &p->published[i]);
        json_key(j, "told");
        json_int(j, p->published[i].told);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_days(json *j, const roster_problem *p)
{
    if (p->day_told) {
        json_key(j, "day_told");
        json_open(j, '[');
        for (int d = 0; d < p->day_count; d++)
            json_int(j, p->day_told[d]);
        json_close(j, ']');
    }
    write_numbers(j, "day_group", p->day_group, (size_t)p->day_count);
    json_key(j, "next_forbidden");
    json_open(j, '[');
    for (size_t i = 0; p->next_forbidden && i < p->kind_count * p->kind_count; i++) {
        if (p->next_forbidden[i])
            write_two(j, (int64_t)(i / p->kind_count), (int64_t)(i % p->kind_count));
    }
    json_close(j, ']');
    if (!p->kind_runs)
        return;
    json_key(j, "kind_runs");
    json_open(j, '[');
    for (size_t k = 0; k < p->kind_count; k++)
        write_run(j, &p->kind_runs[k]);
    json_close(j, ']');
}

str instance_write(arena *a, const roster_problem *p)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    write_members(&j, problem_members, p);
    json_key(&j, "kinds");
    json_open(&j, '[');
    for (size_t i = 0; i < p->kind_count; i++) {
        json_open(&j, '{');
        write_members(&j, kind_members, &p->kinds[i]);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_key(&j, "needs");
    json_open(&j, '[');
    for (size_t i = 0; i < p->need_count; i++)
        write_need(&j, &p->needs[i]);
    json_close(&j, ']');
    json_key(&j, "people");
    json_open(&j, '[');
    for (size_t i = 0; i < p->person_count; i++)
        write_person(&j, p, &p->people[i]);
    json_close(&j, ']');
    write_links(&j, p);
    write_days(&j, p);
    json_close(&j, '}');
    text_put_z(&t, "\n");
    return text_done(&t);
}

str solution_write(arena *a, const roster_problem *p, const roster_solution *s)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "cost");
    json_open(&j, '[');
    for (int i = 0; i < ROSTER_LEVELS; i++)
        json_int(&j, s->cost.at[i]);
    json_close(&j, ']');
    json_key(&j, "steps");
    json_int(&j, (int64_t)s->steps);
    json_key(&j, "duties");
    json_open(&j, '[');
    for (size_t i = 0; i < s->duty_count; i++) {
        json_open(&j, '{');
        json_key(&j, "person");
        json_int(&j, p->people[s->duties[i].person].tag);
        json_key(&j, "need");
        json_int(&j, p->needs[s->duties[i].need].tag);
        json_key(&j, "lead");
        json_bool(&j, s->duties[i].lead);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    text_put_z(&t, "\n");
    return text_done(&t);
}
