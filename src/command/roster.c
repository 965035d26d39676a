#include "domain/roster.h"

#include "command/job.h"
#include "command/roster_told.h"

#define LINE_ROW "need:id person:id lead:yes? locked:yes?"
#define GAP_ROW "need:id missing:int proven:yes? explanation:text?"

/* -- the draft ------------------------------------------------------------------------------------------ */
typedef struct drafting {
    int64_t roster;
    const json_t *list;
} drafting;

static err *not_ours(context *c, size_t i)
{
    return refuse(c, ERR_INPUT, "roster.not_ours", VALUES({ "row", text_format(c->a, "%zu", i + 1) }));
}

static err *draft_line(context *c, void *of, size_t i)
{
    const drafting *d = of;
    args x = { 0 };
    TRY(args_parse_row(c, LINE_ROW, json_array_get(d->list, i), i + 1, &x));
    rows r = { 0 };
    TRY(query(c, "roster.add_line",
                 NAMED({ "roster", V_INT(d->roster) }, { "need", arg_value(&x, "need") },
                       { "person", arg_value(&x, "person") }, { "lead", V_INT(arg_int(&x, "lead")) },
                       { "locked", V_INT(arg_int(&x, "locked")) }),
              &r));
    return r.count ? NULL : not_ours(c, i);
}

static err *draft_gap(context *c, void *of, size_t i)
{
    const drafting *d = of;
    args x = { 0 };
    TRY(args_parse_row(c, GAP_ROW, json_array_get(d->list, i), i + 1, &x));
    rows r = { 0 };
    TRY(query(c, "roster.add_gap",
                 NAMED({ "roster", V_INT(d->roster) }, { "need", arg_value(&x, "need") },
                       { "missing", arg_value(&x, "missing") }, { "proven", V_INT(arg_int(&x, "proven")) },
                       { "explanation", arg_text_value(&x, "explanation") }),
              &r));
    return r.count ? NULL : not_ours(c, i);
}

/* The team's draft, emptied, or a new one on the version published last. */
static err *open_draft(context *c, const args *a, int64_t *id)
{
    rows r = { 0 };
    const value team = arg_value(a, "team");
    TRY(query(c, "roster.find_draft", NAMED({ "team", team }), &r));
    if (r.count) {
        *id = rows_int(&r, 0, "id");
        TRY(query(c, "roster.clear_lines", NAMED({ "roster", V_INT(*id) }), NULL));
        TRY(query(c, "roster.clear_gaps", NAMED({ "roster", V_INT(*id) }), NULL));
    } else {
        TRY(next_id(c, id));
        TRY(query(c, "roster.add", NAMED({ "id", V_INT(*id) }, { "team", team }, { "from_on", arg_value(a, "from_on") },
                                         { "to_on", arg_value(a, "to_on") }), NULL));
    }
    return query(c, "roster.set_draft",
                 NAMED({ "id", V_INT(*id) }, { "from_on", arg_value(a, "from_on") }, { "to_on", arg_value(a, "to_on") },
                       { "cost", arg_text_value(a, "cost") }, { "steps", V_INT(arg_int(a, "steps")) },
                       { "seed", V_INT(arg_int(a, "seed")) }),
                 NULL);
}

static err *draft(context *c, const args *a, int64_t *id)
{
    drafting d = { 0 };
    if (str_compare(arg_text(a, "from_on"), arg_text(a, "to_on")) > 0)
        return refuse(c, ERR_INPUT, "roster.span", NULL);
    TRY(open_draft(c, a, &d.roster));
    d.list = arg_of(a, "lines")->json;
    TRY(each(c, json_array_size(d.list), draft_line, &d));
    d.list = arg_of(a, "gaps")->json;
    TRY(each(c, json_array_size(d.list), draft_gap, &d));
    *id = d.roster;
    command_result(c, "id", d.roster);
    return NULL;
}

static err *roster_draft(context *c, const args *a)
{
    int64_t id = 0;
    return draft(c, a, &id);
}

static bool holds(const json_t *lines, int64_t need, int64_t person)
{
    size_t i;
    json_t *line;
    json_array_foreach((json_t *)(uintptr_t)lines, i, line) {
        if (json_id_of(json_object_get(line, "need")) == need && json_id_of(json_object_get(line, "person")) == person)
            return true;
    }
    return false;
}

/* Somebody was locked while the search was at work: it did not know, and is to begin anew. */
static err *check_locked(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "roster.locked", NAMED({ "team", arg_value(a, "team") }, { "from_on", arg_value(a, "from_on") },
                                        { "to_on", arg_value(a, "to_on") }, { "now", V_INT(c->now) }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (!holds(arg_of(a, "lines")->json, rows_int(&r, i, "need_id"), rows_int(&r, i, "person_id")))
            return refuse(c, ERR_STALE, "roster.locked_meanwhile", NULL);
    return NULL;
}

/* The roster of a job, which ends with it: both or neither. */
static err *roster_draft_solved(context *c, const args *a)
{
    int64_t id = 0;
    TRY(check_locked(c, a));
    TRY(draft(c, a, &id));
    return job_end(c, a, id);
}

static err *roster_lock(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "roster.lock",
              NAMED({ "roster", arg_value(a, "roster") }, { "need", arg_value(a, "need") },
                    { "person", arg_value(a, "person") }, { "yes", arg_value(a, "yes") }),
              &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "roster.line_missing", NULL);
    command_result(c, "id", arg_int(a, "roster"));
    return NULL;
}

/* -- publishing ----------------------------------------------------------------------------------------- */
typedef struct publishing {
    value roster;
    roster_changes changes;
    roster_news *news; /* what came of the changes: whom to tell */
    size_t news_count;
    int64_t kept, leads, added, removed, conflicts, past;
} publishing;

static err *load_lines(context *c, value roster, roster_line **out, size_t *count)
{
    rows r = { 0 };
    TRY(query(c, "roster.lines", NAMED({ "roster", roster }), &r));
    *out = arena_many(c->a, roster_line, r.count + 1);
    *count = r.count;
    for (size_t i = 0; i < r.count; i++)
        (*out)[i] = (roster_line){ rows_int(&r, i, "need_id"), rows_int(&r, i, "person_id"),
                                   rows_int(&r, i, "starts_at"), rows_int(&r, i, "lead") != 0 };
    return NULL;
}

static err *load_duties(context *c, value roster, roster_duty **out, size_t *count)
{
    rows r = { 0 };
    TRY(query(c, "roster.duties", NAMED({ "roster", roster }), &r));
    *out = arena_many(c->a, roster_duty, r.count + 1);
    *count = r.count;
    for (size_t i = 0; i < r.count; i++) {
        str state = rows_text(&r, i, "state");
        (*out)[i] = (roster_duty){ .id = rows_int(&r, i, "id"),
                                   .need_id = rows_int(&r, i, "need_id"),
                                   .person_id = rows_int(&r, i, "person_id"),
                                   .starts_at = rows_int(&r, i, "starts_at"),
                                   .live = rows_at(&r, i, "seat")->kind != VALUE_NULL,
                                   .movable = str_is(state, "planned") || str_is(state, "confirmed"),
                                   .by_roster = str_is(rows_text(&r, i, "source"), "roster"),
                                   .dropped_by_roster = rows_int(&r, i, "dropped") != 0,
                                   .lead = rows_int(&r, i, "lead") != 0 };
    }
    return NULL;
}

static void tell(publishing *p, int64_t person, int64_t need, int64_t starts_at, const char *change)
{
    p->news[p->news_count++] = (roster_news){ person, need, starts_at, change };
}

static err *remove_one(context *c, void *of, size_t i)
{
    publishing *p = of;
    const roster_change *x = &p->changes.at[i];
    if (x->step == ROSTER_LEAD) {
        p->kept++;
        p->leads++;
        tell(p, x->duty->person_id, x->duty->need_id, x->duty->starts_at, x->line->lead ? "leads" : "leads_no_more");
        return query(c, "roster.lead_duty", NAMED({ "id", V_INT(x->duty->id) }, { "lead", V_INT(x->line->lead) }, { "now", V_INT(c->now) }), NULL);
    }
    p->kept += x->step == ROSTER_KEEP;
    p->past += x->step == ROSTER_PAST;
    p->conflicts += x->step == ROSTER_CONFLICT;
    if (x->step != ROSTER_REMOVE)
        return NULL;
    p->removed++;
    tell(p, x->duty->person_id, x->duty->need_id, x->duty->starts_at, "removed");
    return query(c, "roster.cancel_duty", NAMED({ "id", V_INT(x->duty->id) }, { "roster", p->roster }, { "now", V_INT(c->now) }), NULL);
}

/* The lowest free seat; none, or the person is busy elsewhere by now: what happened since wins. */
static err *add_one(context *c, void *of, size_t i)
{
    publishing *p = of;
    const roster_change *x = &p->changes.at[i];
    rows seat = { 0 }, busy = { 0 };
    int64_t id = 0;
    if (x->step != ROSTER_ADD)
        return NULL;
    const value need = V_INT(x->line->need_id), person = V_INT(x->line->person_id);
    TRY(query(c, "roster.free_seat", NAMED({ "need", need }), &seat));
    TRY(query(c, "roster.busy", NAMED({ "need", need }, { "person", person }), &busy));
    if (!seat.count || busy.count) {
        p->conflicts++;
        return NULL;
    }
    p->added++;
    tell(p, person.n, need.n, x->line->starts_at, x->line->lead ? "added_leads" : "added");
    TRY(next_id(c, &id));
    return query(c, "roster.add_duty",
                 NAMED({ "id", V_INT(id) }, { "need", need }, { "person", person },
                       { "seat", *rows_at(&seat, 0, "seat") }, { "lead", V_INT(x->line->lead) },
                       { "roster", p->roster }, { "now", V_INT(c->now) }),
                 NULL);
}

/* What was looked at (view draft) must be what is published. */
static err *check_seen(context *c, const args *a)
{
    rows r = { 0 };
    if (!arg_given(a, "seen"))
        return NULL;
    TRY(query(c, "roster.seen", NAMED({ "roster", arg_value(a, "roster") }), &r));
    return rows_int(&r, 0, "seen") == arg_int(a, "seen") ? NULL : refuse(c, ERR_STALE, "roster.stale", NULL);
}

static err *roster_publish(context *c, const args *a)
{
    publishing p = { .roster = arg_value(a, "roster") };
    rows r = { 0 };
    roster_line *lines;
    roster_duty *duties;
    size_t line_count, duty_count;
    TRY(query(c, "roster.load", NAMED({ "roster", p.roster }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "roster.missing", NULL);
    if (!str_is(rows_text(&r, 0, "state"), "draft"))
        return refuse(c, ERR_CONFLICT, "roster.not_draft", NULL);
    TRY(check_seen(c, a));
    TRY(query(c, "roster.lock_needs", NAMED({ "roster", p.roster }), NULL));
    TRY(load_lines(c, p.roster, &lines, &line_count));
    TRY(load_duties(c, p.roster, &duties, &duty_count));
    roster_difference(c->a, lines, line_count, duties, duty_count, c->now, &p.changes);
    p.news = arena_many(c->a, roster_news, p.changes.count + 1);
    /* first what frees seats, then what takes them */
    TRY(each(c, p.changes.count, remove_one, &p));
    TRY(each(c, p.changes.count, add_one, &p));
    TRY(query(c, "roster.supersede", NAMED({ "roster", p.roster }), NULL));
    TRY(query(c, "roster.publish", NAMED({ "roster", p.roster }), NULL));
    command_result(c, "id", p.roster.n);
    command_result_int(c, "kept", p.kept);
    command_result_int(c, "leads", p.leads);
    command_result_int(c, "added", p.added);
    command_result_int(c, "removed", p.removed);
    command_result_int(c, "conflicts", p.conflicts);
    command_result_int(c, "past", p.past);
    return roster_tell(c, p.roster.n, arg_text(a, "channel"), p.news, p.news_count);
}

const command roster_commands[] = {
    { "roster.draft", "commander:all secretary:division leader:team",
      "team:id from_on:day to_on:day lines:lines gaps:lines? cost:text? steps:int? seed:int?", .locks = "team",
      .closed = CLOSED_STOPS, .run = roster_draft },
    { "roster.draft_solved", "commander:all secretary:division leader:team",
      "job:id attempt:int team:id from_on:day to_on:day lines:lines gaps:lines? cost:text? steps:int? seed:int? missing:int?",
      .locks = "team", .closed = CLOSED_STOPS, .run = roster_draft_solved },
    { "roster.lock", "commander:all secretary:division leader:team", "roster:id need:id person:id yes:yes",
      .locks = "roster", .closed = CLOSED_STOPS, .run = roster_lock },
    { "roster.publish", "commander:all secretary:division leader:team", "roster:id seen:int? channel:text?", .locks = "roster",
      .closed = CLOSED_STOPS, .run = roster_publish },
    { 0 },
};
