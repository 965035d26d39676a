#include "command/attendance.h"

#define TEAM_WHO "leader:team secretary:division commander:all"

/* -- recording, for duty and attendance ----------------------------------------------------------------- */
err *attendance_by(context *c, const args *a, int64_t *by)
{
    *by = c->actor_id ? c->actor_id : arg_int(a, "by");
    if (!*by)
        return refuse(c, ERR_INPUT, "attendance.by_missing", NULL);
    if (arg_given(a, "by") && arg_int(a, "by") != *by)
        return refuse(c, ERR_RIGHTS, "attendance.by_other", NULL);
    return NULL;
}

int64_t attendance_claimed(context *c, const args *a, unsigned *marks)
{
    return attendance_claim(arg_int_or(a, "happened_at", c->now), c->now, marks);
}

err *attendance_via(context *c, const args *a, int64_t person, int64_t by, str *via)
{
    static const char *const ways[] = { "link", "post_code", "leader", "paper" };
    *via = person == by ? STR("link") : STR("leader");
    if (!arg_given(a, "via"))
        return NULL;
    *via = arg_text(a, "via");
    for (size_t i = 0; i < COUNT(ways); i++)
        if (str_is(*via, ways[i]))
            return NULL;
    return refuse(c, ERR_INPUT, "attendance.via", NULL);
}

arrival arrival_at(const duty *d, int64_t at)
{
    return (arrival){ .person_id = d->person_id, .duty_id = d->id, .post_id = d->post_id, .team_id = d->team_id,
                      .shift = d->shift, .starts_on = d->starts_on, .zone = d->zone, .at = at,
                      .marks = attendance_punctual(&d->shift, at) };
}

err *arrival_fits(context *c, const duty *d, int64_t at)
{
    civil_day day, start_day;
    int minute, start;
    TRY(civil_local_in(c->a, d->zone, at, &day, &minute));
    TRY(civil_local_in(c->a, d->zone, d->shift.starts_at, &start_day, &start));
    attendance_fit fit = attendance_fits(&d->shift, at, day);
    if (fit == ATTENDANCE_FITS)
        return NULL;
    return refuse(c, ERR_CONFLICT, fit == ATTENDANCE_OVER ? "duty.over" : "duty.too_early",
                  VALUES({ "day", d->starts_on }, { "time", civil_time_text(c->a, start) }, { "post", d->post }));
}

presence presence_of(const rows *r, size_t i)
{
    return (presence){ .id = rows_int(r, i, "id"), .person_id = rows_int(r, i, "person_id"),
                       .duty_id = rows_int(r, i, "duty_id"), .came_at = rows_int(r, i, "in_happened_at"),
                       .left_at = rows_int(r, i, "out_happened_at"),
                       .shift = { rows_int(r, i, "starts_at"), rows_int(r, i, "ends_at"), 0 },
                       .marks = attendance_marks_read(rows_text(r, i, "marks")),
                       .confirmed = rows_at(r, i, "confirmed_minutes")->kind != VALUE_NULL };
}

err *presence_load(context *c, int64_t id, presence *out)
{
    rows r = { 0 };
    TRY(query(c, "attendance.load", NAMED({ "id", V_INT(id) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "attendance.missing", id);
    if (rows_at(&r, 0, "void_at")->kind != VALUE_NULL)
        return refuse(c, ERR_CONFLICT, "attendance.is_void", NULL);
    *out = presence_of(&r, 0);
    command_about(c, out->person_id);
    return NULL;
}

err *presence_close(context *c, const presence *p, int64_t left_at, unsigned marks)
{
    TRY(query(c, "attendance.leave",
              NAMED({ "id", V_INT(p->id) }, { "at", V_INT(left_at) },
                    { "marks", V_TEXT(attendance_marks_text(c->a, marks)) }),
              NULL));
    return p->duty_id ? duty_state(c, p->duty_id, "done", STR("")) : NULL;
}

/* A real word about leaving replaces an end that only the rule had set, until it is confirmed. */
err *presence_leave(context *c, presence *p, int64_t at)
{
    if (p->left_at >= 0 && (!(p->marks & MARK_CLOSED_BY_RULE) || p->confirmed))
        return refuse(c, ERR_CONFLICT, "attendance.left_already", NULL);
    if (at < p->came_at)
        return refuse(c, ERR_INPUT, "attendance.left_before", NULL);
    p->marks &= ~(unsigned)MARK_CLOSED_BY_RULE;
    p->left_at = attendance_leave(&p->shift, p->came_at, at, &p->marks);
    return presence_close(c, p, p->left_at, p->marks);
}

/* Nobody stands at two posts: what was left open ends here, by rule. */
static err *close_elsewhere(context *c, const arrival *in)
{
    rows r = { 0 };
    TRY(query(c, "attendance.open_of_person", NAMED({ "person", V_INT(in->person_id) }, { "at", V_INT(in->at) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        presence p = presence_of(&r, i);
        TRY(presence_close(c, &p, attendance_left_for(&p.shift, p.came_at, in->at), p.marks | MARK_CLOSED_BY_RULE));
    }
    return NULL;
}

err *arrival_record(context *c, const arrival *in, int64_t *id)
{
    civil_day day, starts_on = 0;
    int minute;
    TRY(civil_local_in(c->a, in->zone, in->at, &day, &minute));
    civil_day_read(in->starts_on, &starts_on);
    TRY(close_elsewhere(c, in));
    TRY(next_id(c, id));
    TRY(query(c, "attendance.add",
              NAMED({ "id", V_INT(*id) }, { "person", V_INT(in->person_id) },
                    { "duty", in->duty_id ? V_INT(in->duty_id) : V_NULL }, { "post", V_INT(in->post_id) },
                    { "team", V_INT(in->team_id) }, { "starts_on", V_TEXT(in->starts_on) },
                    { "in_minute", V_INT(attendance_minute(starts_on, day, minute)) }, { "at", V_INT(in->at) },
                    { "now", V_INT(c->now) }, { "marks", V_TEXT(attendance_marks_text(c->a, in->marks)) },
                    { "by", V_INT(in->by) }, { "via", V_TEXT(in->via) },
                    { "sheet_no", V_TEXT(in->sheet_no.at ? in->sheet_no : STR("")) },
                    { "sheet_row", in->sheet_row ? V_INT(in->sheet_row) : V_NULL }),
              NULL));
    return in->duty_id ? duty_state(c, in->duty_id, "on_duty", STR("")) : NULL;
}

/* -- whoever is on no roster ---------------------------------------------------------------------------- */
/* A neighbour who is in no team may stand anywhere; a member of another team asks to join this one first. */
static err *may_stand(context *c, const args *a, int64_t at, str post)
{
    rows r = { 0 };
    TRY(query(c, "attendance.standing",
              NAMED({ "person", arg_value(a, "person") }, { "post", arg_value(a, "post") }, { "at", V_INT(at) },
                    { "early", V_INT(ATTENDANCE_ACROSS_MINUTES * 60000LL) },
                    { "open", V_INT(ATTENDANCE_OPEN_MINUTES * 60000LL) }),
              &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "person.missing", arg_int(a, "person"));
    const word_value *where = VALUES({ "post", post });
    if (rows_int(&r, 0, "present"))
        return refuse(c, ERR_CONFLICT, "attendance.twice", where);
    if (!rows_int(&r, 0, "member") && rows_int(&r, 0, "elsewhere"))
        return refuse(c, ERR_CONFLICT, "attendance.other_team", where);
    if (rows_int(&r, 0, "rostered"))
        return refuse(c, ERR_CONFLICT, "attendance.on_roster", NULL);
    return NULL;
}

static err *attendance_walk_in(context *c, const args *a)
{
    rows r = { 0 };
    civil_day day;
    int minute;
    int64_t id = 0;
    arrival in = { .person_id = arg_int(a, "person"), .post_id = arg_int(a, "post") };
    in.at = attendance_claimed(c, a, &in.marks);
    TRY(query(c, "attendance.post", NAMED({ "post", arg_value(a, "post") }, { "at", V_INT(in.at) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "attendance.post_missing", in.post_id);
    TRY(may_stand(c, a, in.at, rows_text(&r, 0, "name")));
    in.team_id = rows_int(&r, 0, "team_id");
    in.zone = rows_text(&r, 0, "zone");
    in.starts_on = rows_text(&r, 0, "starts_on");
    if (!in.starts_on.len) { /* no shift at the post just now: the day as it is there */
        TRY(civil_local_in(c->a, in.zone, in.at, &day, &minute));
        in.starts_on = civil_day_text(c->a, day);
    }
    TRY(attendance_by(c, a, &in.by));
    TRY(attendance_via(c, a, in.person_id, in.by, &in.via));
    TRY(arrival_record(c, &in, &id));
    command_about(c, in.person_id);
    command_result(c, "id", id);
    return NULL;
}

static err *attendance_check_out(context *c, const args *a)
{
    presence p = { 0 };
    unsigned marks = 0;
    TRY(presence_load(c, arg_int(a, "attendance"), &p));
    int64_t at = attendance_claimed(c, a, &marks);
    p.marks |= marks;
    TRY(presence_leave(c, &p, at));
    command_result(c, "id", p.id);
    return NULL;
}

/* -- 本岗全到, 除了… ------------------------------------------------------------------------------------- */
typedef struct all_present {
    rows duties;
    const json_t *except;
    int64_t by, recorded, already;
} all_present;

static bool is_excepted(const all_present *all, int64_t person)
{
    size_t i;
    json_t *j;
    json_array_foreach((json_t *)(uintptr_t)all->except, i, j) {
        if (json_id_of(j) == person)
            return true;
    }
    return false;
}

/* Whoever is excepted must stand on this post's roster: a slip of the number would record somebody absent as present. */
static err *check_except(context *c, const all_present *all)
{
    size_t i;
    json_t *j;
    json_array_foreach((json_t *)(uintptr_t)all->except, i, j) {
        bool known = false;
        for (size_t k = 0; k < all->duties.count; k++)
            known = known || rows_int(&all->duties, k, "person_id") == json_id_of(j);
        if (!known)
            return refuse(c, ERR_INPUT, "attendance.except", VALUES({ "row", text_format(c->a, "%zu", i + 1) }));
    }
    return NULL;
}

/* They were there from the start, unless the leader says so before it. */
static err *present_one(context *c, void *of, size_t i)
{
    all_present *all = of;
    duty d = { 0 };
    int64_t id;
    TRY(duty_load(c, rows_int(&all->duties, i, "id"), &d));
    if (is_excepted(all, d.person_id))
        return NULL;
    if (!d.planned || d.attendance_id) {
        all->already++;
        return NULL;
    }
    int64_t at = c->now < d.shift.starts_at ? c->now : d.shift.starts_at;
    unsigned marks = 0;
    arrival in = arrival_at(&d, attendance_claim(at, c->now, &marks));
    in.marks |= marks;
    in.by = all->by;
    in.via = STR("leader");
    TRY(arrival_fits(c, &d, in.at));
    all->recorded++;
    return arrival_record(c, &in, &id);
}

static err *attendance_all_present(context *c, const args *a)
{
    all_present all = { .except = arg_of(a, "except")->json };
    TRY(attendance_by(c, a, &all.by));
    TRY(query(c, "duty.of_need", NAMED({ "need", arg_value(a, "need") }), &all.duties));
    if (!all.duties.count)
        return refuse(c, ERR_NOT_FOUND, "attendance.nobody", NULL);
    TRY(check_except(c, &all));
    TRY(each(c, all.duties.count, present_one, &all));
    command_about(c, 0);
    command_result_int(c, "recorded", all.recorded);
    command_result_int(c, "already", all.already);
    return NULL;
}

/* -- what was forgotten, what was wrong ----------------------------------------------------------------- */
static err *attendance_close_forgotten(context *c, const args *a)
{
    rows r = { 0 };
    int64_t until = arg_int(a, "until") < c->now ? arg_int(a, "until") : c->now, left_at, closed = 0;
    TRY(query(c, "attendance.open_of_team", NAMED({ "team", arg_value(a, "team") }), &r));
    for (size_t i = 0; i < r.count; i++) {
        presence p = presence_of(&r, i);
        if (!attendance_forgotten(&p.shift, p.came_at, until, &left_at))
            continue;
        TRY(presence_close(c, &p, left_at, p.marks | MARK_CLOSED_BY_RULE));
        closed++;
    }
    command_result_int(c, "closed", closed);
    return NULL;
}

/* The entry stays, struck out; its duty may be checked in to again. Why stands in the audit line. */
static err *attendance_void(context *c, const args *a)
{
    presence p = { 0 };
    TRY(presence_load(c, arg_int(a, "attendance"), &p));
    TRY(query(c, "attendance.void", NAMED({ "id", V_INT(p.id) }, { "now", V_INT(c->now) }), NULL));
    command_result(c, "id", p.id);
    return p.duty_id ? duty_state(c, p.duty_id, "planned", STR("")) : NULL;
}

/* -- hours ---------------------------------------------------------------------------------------------- */
static err *attendance_confirm(context *c, const args *a)
{
    presence p = { 0 };
    int64_t by = 0;
    TRY(presence_load(c, arg_int(a, "attendance"), &p));
    TRY(attendance_by(c, a, &by));
    if (p.left_at < 0)
        return refuse(c, ERR_CONFLICT, "attendance.still_open", NULL);
    int64_t minutes = arg_int_or(a, "minutes", attendance_minutes(p.came_at, p.left_at));
    if (minutes < 0 || minutes > ATTENDANCE_DAY_MINUTES)
        return refuse(c, ERR_INPUT, "attendance.minutes", NULL);
    command_result(c, "id", p.id);
    command_result_int(c, "minutes", minutes);
    return query(c, "attendance.confirm", NAMED({ "id", V_INT(p.id) }, { "minutes", V_INT(minutes) }, { "by", V_INT(by) }),
                 NULL);
}

/* All of a day that are out and not yet confirmed, by the rule; who is still open is counted and left. */
static err *attendance_confirm_day(context *c, const args *a)
{
    rows r = { 0 };
    int64_t by, confirmed = 0, open = 0;
    TRY(attendance_by(c, a, &by));
    TRY(query(c, "attendance.unconfirmed", NAMED({ "team", arg_value(a, "team") }, { "day", arg_value(a, "day") }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t left = rows_int(&r, i, "out_happened_at");
        if (left < 0) {
            open++;
            continue;
        }
        int64_t minutes = attendance_minutes(rows_int(&r, i, "in_happened_at"), left);
        if (minutes > ATTENDANCE_DAY_MINUTES)
            minutes = ATTENDANCE_DAY_MINUTES;
        TRY(query(c, "attendance.confirm",
                  NAMED({ "id", V_INT(rows_int(&r, i, "id")) }, { "minutes", V_INT(minutes) }, { "by", V_INT(by) }), NULL));
        confirmed++;
    }
    command_result_int(c, "confirmed", confirmed);
    command_result_int(c, "open", open);
    return NULL;
}

const command attendance_commands[] = {
    { "attendance.walk_in", "volunteer:own " TEAM_WHO, "post:id person:id happened_at:utc? via:text? by:id?",
      .locks = "person", .closed = CLOSED_STOPS, .run = attendance_walk_in },
    { "attendance.check_out", "volunteer:own " TEAM_WHO, "attendance:id happened_at:utc?", .locks = "attendance",
      .closed = CLOSED_STOPS, .run = attendance_check_out },
    { "attendance.all_present", TEAM_WHO, "need:id except:list? by:id?", .locks = "need",
      .closed = CLOSED_STOPS, .run = attendance_all_present },
    { "attendance.close_forgotten", TEAM_WHO, "team:id until:utc", .locks = "team",
      .closed = CLOSED_GOES_ON, .run = attendance_close_forgotten },
    { "attendance.void", TEAM_WHO, "attendance:id why:text", .locks = "attendance",
      .closed = CLOSED_GOES_ON, .run = attendance_void },
    { "attendance.confirm", TEAM_WHO, "attendance:id minutes:int? why:text? by:id?", .locks = "attendance",
      .closed = CLOSED_GOES_ON, .run = attendance_confirm },
    { "attendance.confirm_day", TEAM_WHO, "team:id day:day by:id?", .locks = "team",
      .closed = CLOSED_GOES_ON, .run = attendance_confirm_day },
    { "attendance.key_sheet", TEAM_WHO, "team:id number:text day:day version:int rows:lines by:id?", .locks = "team",
      .closed = CLOSED_GOES_ON, .run = attendance_key_sheet },
    { 0 },
};
