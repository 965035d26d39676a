/* What a sheet changes in a roster: shown, judged by the rules, made the team's draft. Publishing is the leader's. */
#include "cli/form_roster.h"

#include "base/json.h"
#include "job/team_problem.h"

#include <jansson.h>

typedef struct judging {
    rostering *r;
    form_read *out;
    roster_stands wanted;
    team_problem b;
    roster_duty *duties; /* of the wanted, as far as the problem knows them */
    size_t duty_count;
    roster_cost cost;
    bool sound; /* no rule is broken: reasons for gaps can be found */
} judging;

/* Whether the sheet speaks of this place for this person. */
static bool is_said(const rostering *r, size_t need, size_t man)
{
    size_t days = (size_t)(r->to - r->from) + 1, day = (size_t)(roster_need_day(r, need) - r->from);
    return r->need_said[need] || r->cell_said[man * days + day];
}

static word_value *values_of(const rostering *r, const roster_stand *s)
{
    word_value *v = arena_many(r->f->a, word_value, 3);
    v[0] = (word_value){ "name", roster_man_text(r, s->man) };
    v[1] = (word_value){ "need", roster_need_name(r, s->need) };
    return v;
}

static void line(const judging *j, const roster_stand *s, const char *key)
{
    const word_value *values = values_of(j->r, s);
    if (s->at.table)
        form_line(j->r->f, j->out, s->at, key, values);
    else
        form_say(j->r->f, j->out, key, values);
}

/* What has begun stays as it is. */
static bool is_past(judging *j, const roster_stand *s, const char *key)
{
    if (rows_int(&j->r->needs, s->need, "starts_at") > j->r->f->now)
        return false;
    line(j, s, key);
    line(j, s, "form.roster.past");
    j->out->standing++;
    return true;
}

static void keep(judging *j, roster_stand s)
{
    *list_add(j->r->f->a, &j->wanted) = s;
}

/* Who stood there before: stays, leads by now, or goes. */
static void take_old(judging *j, const roster_stand *s)
{
    size_t at = 0;
    bool said = roster_stands_at(&j->r->said, s->need, s->man, &at);
    roster_stand now = *s;
    const roster_stand *then = said ? &j->r->said.at[at] : s;
    if (!said && is_said(j->r, s->need, s->man)) {
        if (is_past(j, s, "form.roster.removed")) {
            keep(j, now);
            return;
        }
        line(j, s, "form.roster.removed");
        j->out->fresh++;
        return;
    }
    now.at = then->at;
    if (then->lead != s->lead) {
        const char *key = then->lead ? "form.roster.leads" : "form.roster.leads_no_more";
        if (!is_past(j, &now, key)) {
            now.lead = then->lead;
            line(j, &now, key);
            j->out->fresh++;
        }
    } else {
        j->out->same++;
    }
    keep(j, now);
}

/* Whoever was put there by hand is held there: the next search works around him. */
static void take_new(judging *j, const roster_stand *s)
{
    roster_stand now = *s;
    const char *key = s->lead ? "form.roster.added_leads" : "form.roster.added";
    if (roster_stands_at(&j->r->have, s->need, s->man, NULL) || is_past(j, s, key))
        return;
    line(j, s, key);
    now.locked = true;
    keep(j, now);
    j->out->fresh++;
}

/* -- rows that are gone ------------------------------------------------------------------------------------ */
/* A row of ours that is not there any more: who stood in it stays, unless it is meant so. */
static void take_gone(judging *j, bool *said, size_t count, const char *key, str name)
{
    if (j->r->f->drop) {
        for (size_t i = 0; i < count; i++)
            said[i] = true;
        return;
    }
    form_say(j->r->f, j->out, key, VALUES({ "name", name }));
    j->out->standing++;
}

static bool stands_ahead(const rostering *r, size_t i)
{
    return rows_int(&r->needs, r->have.at[i].need, "starts_at") > r->f->now;
}

static bool any(const bool *said, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (said[i])
            return true;
    }
    return false;
}

/* By day each need has a row, by person each member: in a file that bears our number one may be missing. */
static void compare_rows(judging *j)
{
    rostering *r = j->r;
    size_t days = (size_t)(r->to - r->from) + 1;
    bool by_day = any(r->need_said, r->needs.count), by_person = any(r->cell_said, r->men.count * days);
    bool *told_need = arena_many(r->f->a, bool, r->needs.count + 1), *told_man = arena_many(r->f->a, bool, r->men.count + 1);
    for (size_t i = 0; i < r->have.count && str_equal(r->said_number, r->number); i++) { /* of an older one: refused later */
        size_t need = r->have.at[i].need, man = r->have.at[i].man;
        if (by_day && !r->need_said[need] && !told_need[need] && stands_ahead(r, i)) {
            told_need[need] = true;
            take_gone(j, &r->need_said[need], 1, "form.missing", roster_need_name(r, need));
        }
        if (by_person && !any(&r->cell_said[man * days], days) && !told_man[man] && stands_ahead(r, i)) {
            told_man[man] = true;
            take_gone(j, &r->cell_said[man * days], days, "form.missing", roster_man_text(r, man));
        }
    }
}

static void compare(judging *j)
{
    compare_rows(j);
    for (size_t i = 0; i < j->r->said.count; i++)
        take_new(j, &j->r->said.at[i]);
    for (size_t i = 0; i < j->r->have.count; i++)
        take_old(j, &j->r->have.at[i]);
}

/* -- the rules --------------------------------------------------------------------------------------------- */
static int64_t need_id(const judging *j, size_t need)
{
    return rows_int(&j->r->needs, need, "id");
}

static roster_duty *duties_of(judging *j, const roster_stands *s, size_t *count)
{
    arena *a = j->r->f->a;
    roster_duty *duties = arena_many(a, roster_duty, s->count + 1);
    *count = 0;
    for (size_t n = 0; n < j->b.problem.need_count; n++) {
        for (size_t i = 0; i < s->count; i++) {
            int64_t person;
            if (need_id(j, s->at[i].need) != j->b.problem.needs[n].tag ||
                !map_get(j->b.person_index, form_number(a, j->r->men.at[s->at[i].man].id), &person))
                continue;
            duties[(*count)++] = (roster_duty){ (int)person, (int)n, s->at[i].lead };
        }
    }
    return duties;
}

static bool has(const roster_violations *all, const roster_violation *v)
{
    for (size_t i = 0; i < all->count; i++) {
        const roster_violation *w = &all->at[i];
        if (w->rule == v->rule && w->person == v->person && w->need == v->need)
            return true;
    }
    return false;
}

static str name_of(const judging *j, int person)
{
    for (size_t i = 0; person >= 0 && i < j->r->men.count; i++) {
        if (j->r->men.at[i].id == j->b.people[person].tag)
            return roster_man_text(j->r, i);
    }
    return words_get(j->r->f->a, j->r->f->lang, "form.roster.post", NULL);
}

static str place_of(const judging *j, int need)
{
    for (size_t i = 0; need >= 0 && i < j->r->needs.count; i++) {
        if (need_id(j, i) == j->b.problem.needs[need].tag)
            return roster_need_name(j->r, i);
    }
    return j->r->team_name;
}

/* Only what the sheet breaks: what was so before is not its fault. */
static err *judge(judging *j)
{
    rostering *r = j->r;
    size_t before_count, fresh = 0;
    roster_violations before = { 0 }, after = { 0 };
    j->b = (team_problem){ .a = r->f->a, .app = r->f->app, .lang = r->f->lang, .operation_id = r->f->operation, .team_id = r->f->team,
                           .first_day = r->from, .last_day = r->to, .now = r->f->now };
    TRY(team_problem_build(&j->b));
    const roster_duty *was = duties_of(j, &r->have, &before_count);
    j->duties = duties_of(j, &j->wanted, &j->duty_count);
    roster_check(r->f->a, &j->b.problem, was, before_count, &before);
    j->cost = roster_check(r->f->a, &j->b.problem, j->duties, j->duty_count, &after);
    j->sound = !after.broken && !roster_check_problem(r->f->a, &j->b.problem);
    for (size_t i = 0; i < after.count; i++) {
        const roster_violation *v = &after.at[i];
        if (v->lower || has(&before, v))
            continue;
        str why = words_get(r->f->a, r->f->lang, text_format(r->f->a, "roster.why.%s", roster_reason_name(v->rule)).at, NULL);
        form_say(r->f, j->out, "form.roster.breaks",
                 VALUES({ "name", name_of(j, v->person) }, { "need", place_of(j, v->need) }, { "why", why }));
        fresh++;
    }
    j->out->standing += fresh;
    if (fresh && r->f->apply)
        return err_new(r->f->a, ERR_CONFLICT, "form.roster_broken", VALUES({ "n", form_number(r->f->a, (int64_t)fresh) },
                                                                         { "first", j->out->lines.at[j->out->lines.count - fresh] }));
    return NULL;
}

/* -- the draft --------------------------------------------------------------------------------------------- */
static str lines_text(const judging *j)
{
    arena *a = j->r->f->a;
    text t = text_begin(a);
    json out = json_begin(&t);
    json_open(&out, '[');
    for (size_t i = 0; i < j->wanted.count; i++) {
        const roster_stand *s = &j->wanted.at[i];
        json_open(&out, '{');
        json_key(&out, "need");
        json_str(&out, form_number(a, need_id(j, s->need)));
        json_key(&out, "person");
        json_str(&out, form_number(a, j->r->men.at[s->man].id));
        json_key(&out, "lead");
        json_bool(&out, s->lead);
        json_key(&out, "locked");
        json_bool(&out, s->locked);
        json_close(&out, '}');
    }
    json_close(&out, ']');
    return text_done(&t);
}

err *roster_apply(rostering *r, form_read *out)
{
    form *f = r->f;
    str result;
    judging j = { .r = r, .out = out };
    compare(&j);
    if (!out->fresh)
        return NULL;
    /* a sheet says of each place who is there: what it was written from must be what stands */
    if (r->said_number.len && !str_equal(r->said_number, r->number))
        return err_new(f->a, ERR_STALE, "form.roster_stale", VALUES({ "number", r->said_number }, { "now", r->number }));
    TRY(judge(&j));
    if (!f->apply)
        return NULL;
    const roster_solution s = { .duties = j.duties, .duty_count = j.duty_count, .cost = j.cost, .bound_minimum = -1, .bound_burden = -1 };
    str gaps = j.sound ? team_json_text(f->a, team_gaps(&j.b, &s)) : STR("[]");
    TRY(form_command(f, "roster.draft",
                     NAMED({ "team", V_INT(f->team) }, { "from_on", V_TEXT(civil_day_text(f->a, r->from)) },
                           { "to_on", V_TEXT(civil_day_text(f->a, r->to)) }, { "lines", V_TEXT(lines_text(&j)) }, { "gaps", V_TEXT(gaps) },
                           { "cost", V_TEXT(team_cost(f->a, &s)) }),
                     &result));
    out->applied = true;
    form_say(f, out, "form.roster.drafted", NULL);
    return NULL;
}
