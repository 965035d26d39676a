#include "weekend.h"

#include "base/text.h"
#include "view/view.h"

#include <stdio.h>

enum { MEMBERS = 61 }; /* with the one of the world a large team */
#define LOCAL_MIDNIGHT 1581091200000LL /* 2020-02-08 00:00 in Shanghai */
#define HOUR 3600000LL
enum { BEFORE = -25, DAY = 8, DAY_ENDS = 12, NIGHT = 20, NIGHT_ENDS = 26, AFTER = WEEKEND_CUT_OFF_HOURS }; /* hours from that midnight */

typedef struct side {
    weekend *d;
    int which;
    str team, community, home, member[MEMBERS];
    str post, day, night, ahead, unwanted; /* needs: of the 8th, its night, the 10th, the 11th */
} side;

static const char *fmt(const char *format, ...)
{
    char s[600];
    va_list more;
    va_start(more, format);
    vsnprintf(s, sizeof s, format, more);
    va_end(more);
    return str_z(check_arena(), str_of(s));
}

int64_t weekend_instant(double hour)
{
    return LOCAL_MIDNIGHT + (int64_t)(hour * (double)HOUR);
}

err *weekend_try(const weekend *d, double hour, const char *command, const named *args, str *result)
{
    call c = { .command = command, .args = args, .now = weekend_instant(hour), .lang = WORDS_EN, .source = STR("test") };
    return app_command(d->w.p, check_arena(), &c, result);
}

str weekend_do(const weekend *d, double hour, const char *command, const char *what, const named *args)
{
    str result = { 0 };
    CASE(command);
    check_ok(weekend_try(d, hour, command, args, &result));
    return what ? field(result, what, 0) : result;
}

rows weekend_list(const weekend *d, const char *name, const named *args)
{
    rows r = { 0 };
    check_ok(view_run(app_store(d->w.p), check_arena(), view_find(str_of(name)), args, 0, 0, &r));
    return r;
}

static str row_id(const weekend *d, const char *name, size_t row)
{
    rows r = weekend_list(d, name, NULL);
    assert_true(row < r.count);
    return str_of(fmt("%lld", (long long)rows_int(&r, row, "id")));
}

/* -- people, and what is wanted of them ------------------------------------------------------------------ */
static void add_members(side *s)
{
    text people = text_begin(check_arena()), places = text_begin(check_arena());
    for (int i = 0; i < MEMBERS; i++)
        text_printf(&people, "%s{\"name\":\"M%d-%d\",\"phone\":\"137%d%07d\"}", i ? "," : "[", s->which, i, s->which, i);
    text_put_z(&people, "]");
    str ids = weekend_do(s->d, BEFORE, "person.import", NULL, NAMED({ "rows", V_TEXT(text_done(&people)) }));
    for (size_t i = 0; i < MEMBERS; i++) {
        s->member[i] = field(ids, "ids", i);
        text_printf(&places, "%s{\"person\":\"%s\",\"community_code\":\"%s\",\"state\":\"placed\"}", i ? "," : "[",
                    s->member[i].at, s->community.at);
    }
    text_put_z(&places, "]");
    weekend_do(s->d, BEFORE, "placement.record", NULL, NAMED({ "rows", V_TEXT(text_done(&places)) }));
}

static str need_on(const side *s, str shift, int day, int from, int to, int min)
{
    long long starts = LOCAL_MIDNIGHT + (day * 24 + from) * HOUR, ends = LOCAL_MIDNIGHT + (day * 24 + to) * HOUR;
    return weekend_do(s->d, BEFORE, "need.import", "ids",
              ROWS("[{\"team\":\"%s\",\"post\":\"%s\",\"shift\":\"%s\",\"starts_on\":\"2020-02-%02d\",\"starts_at\":%lld,"
                   "\"ends_at\":%lld,\"min\":%d,\"target\":9,\"limit\":12}]",
                   s->team.at, s->post.at, shift.at, 8 + day, starts, ends, min));
}

static void add_needs(side *s, str night)
{
    s->d->spare[s->which] = s->member[10];
    s->d->post[s->which] = s->post = weekend_do(s->d, BEFORE, "post.import", "ids",
                 ROWS("[{\"team\":\"%s\",\"name\":\"Yard\",\"kind\":\"desk\",\"outdoor\":false}]", s->team.at));
    s->day = need_on(s, s->d->w.shift, 0, DAY, DAY_ENDS, 1);
    s->night = need_on(s, night, 0, NIGHT, NIGHT_ENDS, 1);
    s->ahead = need_on(s, s->d->w.shift, 2, DAY, DAY_ENDS, 5);
    s->unwanted = need_on(s, s->d->w.shift, 3, DAY, DAY_ENDS, 1);
}

/* -- orders and answers ---------------------------------------------------------------------------------- */
static str draft_and_release(weekend *d, const char *corrects)
{
    str by = d->liaison, second = d->w.person[1];
    str id = weekend_do(d, BEFORE, "order.draft", "id",
                NAMED({ "operation", V_TEXT(d->w.operation) }, { "number", V_INT(2) }, { "text", T("Serve near home.") },
                      { "reply_by", V_INT(LOCAL_MIDNIGHT - 24 * HOUR) }, { "report_at", V_INT(LOCAL_MIDNIGHT + DAY * HOUR) },
                      { "orgs", V_TEXT(str_of(fmt("[\"%s\"]", row_id(d, "org", 0).at))) }, { "by", V_TEXT(by) },
                      { corrects ? "corrects" : NULL, T(corrects ? corrects : "") }));
    weekend_do(d, BEFORE, "order.release", NULL, NAMED({ "order", V_TEXT(id) }, { "by", V_TEXT(second) }));
    weekend_do(d, BEFORE, "notice.queue", NULL, NAMED({ "order", V_TEXT(id) }));
    return id;
}

static void answer(weekend *d, str person, const char *what, str by)
{
    weekend_do(d, -20, "notice.answer", NULL,
       NAMED({ "order", V_TEXT(d->order) }, { "person", V_TEXT(person) }, { "answer", T(what) }, { "by", V_TEXT(by) }));
}

static void call_out(weekend *d)
{
    d->liaison = weekend_do(d, BEFORE, "person.import", "ids",
                    ROWS("[{\"name\":\"Sun\",\"phone\":\"13800000010\",\"org\":[\"Bureau\",\"Two\"]}]"));
    weekend_do(d, BEFORE, "role_grant.add", NULL, NAMED({ "person", V_TEXT(d->liaison) }, { "role", T("liaison") }, { "scope", T("org") },
                                                { "org", V_TEXT(row_id(d, "org", 0)) }));
    weekend_do(d, BEFORE, "channel.set", NULL, NAMED({ "name", T("sms") }, { "driver", T("file") }));
    weekend_do(d, BEFORE, "setting.set", NULL,
       NAMED({ "scope", T(fmt("operation:%s", d->w.operation.at)) }, { "name", T("signature") }, { "value", T("Bureau") }));
    d->order = draft_and_release(d, NULL);
    weekend_do(d, BEFORE, "notice.send", NULL, NAMED({ "order", V_TEXT(d->order) }, { "channel", T("sms") }));
    d->correction = draft_and_release(d, d->order.at);
    weekend_do(d, -21, "notice.escalate", NULL, NAMED({ "order", V_TEXT(d->order) }));
    weekend_do(d, -21, "notice.take_over", NULL, NAMED({ "order", V_TEXT(d->order) }, { "org", V_TEXT(row_id(d, "org", 1)) },
                                               { "by", V_TEXT(d->liaison) }));
    answer(d, d->w.person[0], "can", d->w.person[0]);
    answer(d, d->w.person[1], "can", d->liaison);
    answer(d, d->w.person[2], "can", d->liaison);
}

/* -- the weekend of one team ----------------------------------------------------------------------------- */
static str stand(const side *s, str need, int member)
{
    return weekend_do(s->d, BEFORE, "duty.add", "id", NAMED({ "need", V_TEXT(need) }, { "person", V_TEXT(s->member[member]) }));
}

/* The attendance. */
static str come_and_go(const side *s, str duty, double came, double left)
{
    str by = s->home;
    str in = weekend_do(s->d, came, "duty.check_in", "id", NAMED({ "duty", V_TEXT(duty) }, { "by", V_TEXT(by) }));
    if (left > came)
        weekend_do(s->d, left, "duty.check_out", NULL, NAMED({ "duty", V_TEXT(duty) }, { "by", V_TEXT(by) }));
    return in;
}

static str ask(const side *s, str duty, int to)
{
    return weekend_do(s->d, BEFORE, "swap.ask", "id", NAMED({ "duty", V_TEXT(duty) }, { "to_person", V_TEXT(s->member[to]) }));
}

/* One early and long, one who forgot to leave, one who did not come, one for another, one by night, one called off. */
static void serve(side *s)
{
    str early = stand(s, s->day, 0), open = stand(s, s->day, 1), absent = stand(s, s->day, 2), given = stand(s, s->day, 3),
        night = stand(s, s->night, 5), ahead = stand(s, s->ahead, 6);
    stand(s, s->unwanted, 7);
    weekend_do(s->d, BEFORE, "swap.accept", NULL, NAMED({ "swap", V_TEXT(ask(s, given, 4)) }));
    s->d->swap[s->which] = ask(s, ahead, 8);
    s->d->duty[s->which] = ahead;
    str in = come_and_go(s, early, 7.5, 15.75);
    come_and_go(s, open, 8.2, 0);
    weekend_do(s->d, 9, "withdrawal.start", NULL, NAMED({ "team", V_TEXT(s->team) }, { "text", T("Leave") }, { "meeting_place", T("School") },
                                               { "by", V_TEXT(s->home) }));
    weekend_do(s->d, 13, "duty.no_show", NULL, NAMED({ "duty", V_TEXT(absent) }));
    come_and_go(s, night, NIGHT, NIGHT_ENDS);
    weekend_do(s->d, AFTER, "duty.stand_down", NULL, NAMED({ "need", V_TEXT(s->unwanted) }, { "why", T("enough") }));
    weekend_do(s->d, AFTER, "attendance.confirm_day", NULL, NAMED({ "team", V_TEXT(s->team) }, { "day", T("2020-02-08") },
                                                          { "by", V_TEXT(s->home) }));
    weekend_do(s->d, AFTER, "attendance.confirm", NULL, NAMED({ "attendance", V_TEXT(in) }, { "minutes", V_INT(490) }, { "by", V_TEXT(s->home) }));
    s->d->served[s->which] = s->member[0];
    weekend_do(s->d, AFTER, "certificate.issue", NULL, NAMED({ "person", V_TEXT(s->member[0]) }, { "operation", V_TEXT(s->d->w.operation) },
                                                     { "issuer", T("Bureau") }, { "by", V_TEXT(s->home) }));
}

static void organise(side *s)
{
    weekend_do(s->d, BEFORE, "team.confirm", NULL, NAMED({ "team", V_TEXT(s->team) }, { "leader", V_TEXT(s->home) },
                                                 { "deputy", V_TEXT(s->member[9]) }, { "liaison", V_TEXT(s->d->liaison) }));
    s->d->structure[s->which] = weekend_do(s->d, BEFORE, "structure.propose", "id",
                                   NAMED({ "team", V_TEXT(s->team) }, { "by", V_TEXT(s->home) }));
    weekend_do(s->d, BEFORE, "structure.approve", NULL, NAMED({ "structure", V_TEXT(s->d->structure[s->which]) }, { "reference", T("No. 1") },
                                                      { "by", V_TEXT(s->home) }));
    for (int i = 0; i < 2; i++) {
        str who = weekend_do(s->d, BEFORE, "person.import", "ids", ROWS("[{\"name\":\"J%d-%d\",\"phone\":\"1360000%d%03d\"}]", s->which, i,
                                                              s->which, i));
        str asks = weekend_do(s->d, BEFORE, "join_request.ask", "id", NAMED({ "team", V_TEXT(s->team) }, { "person", V_TEXT(who) }));
        s->d->asked[s->which] = asks;
        if (!i)
            weekend_do(s->d, BEFORE, "join_request.accept", NULL, NAMED({ "join_request", V_TEXT(asks) }, { "by", V_TEXT(s->home) }));
    }
}

/* A second roster, of one day, with a gap and why; and a draft that puts another in. */
static void roster(const side *s)
{
    str id = weekend_do(s->d, BEFORE, "roster.draft", "id",
                NAMED({ "team", V_TEXT(s->team) }, { "from_on", T("2020-02-10") }, { "to_on", T("2020-02-10") },
                      { "lines", T(fmt("[{\"need\":\"%s\",\"person\":\"%s\"}]", s->ahead.at, s->member[9].at)) },
                      { "gaps", T(fmt("[{\"need\":\"%s\",\"missing\":3,\"explanation\":\"M1 could\"}]", s->ahead.at)) }));
    weekend_do(s->d, BEFORE, "roster.publish", NULL, NAMED({ "roster", V_TEXT(id) }));
    weekend_do(s->d, BEFORE, "roster.draft", NULL,
               NAMED({ "team", V_TEXT(s->team) }, { "from_on", T("2020-02-10") }, { "to_on", T("2020-02-10") },
                     { "lines", T(fmt("[{\"need\":\"%s\",\"person\":\"%s\"}]", s->ahead.at, s->member[8].at)) }));
}

static void give(side *s)
{
    for (int i = 0; i < 2; i++)
        s->d->donation[s->which] = weekend_do(
            s->d, AFTER, "donation.record", "id",
            NAMED({ "operation", V_TEXT(s->d->w.operation) }, { "donor_name", T(fmt("Donor %d", s->which)) },
                  { "kind", T(i ? "money" : "goods") }, { i ? "amount" : "goods", T(i ? "200" : "Masks") }, { "receiver", V_TEXT(s->home) },
                  { "community_code", V_TEXT(s->community) }, { "received_on", T("2020-02-08") }, { "by", V_TEXT(s->home) }));
}

/* What members say of themselves: a gift of their own, a note, whom they would rather not meet, who may read. */
static void speak(const side *s)
{
    const str one = s->member[0], two = s->member[1], operation = s->d->w.operation;
    weekend_do(s->d, AFTER, "donation.record", "id",
               NAMED({ "operation", V_TEXT(operation) }, { "donor_name", T(fmt("M%d-0", s->which)) }, { "donor_person", V_TEXT(one) },
                     { "kind", T("money") }, { "amount", T("50") }, { "community_code", V_TEXT(s->community) },
                     { "received_on", T("2020-02-08") }, { "by", V_TEXT(s->home) }));
    weekend_do(s->d, AFTER, "note.write", NULL, NAMED({ "person", V_TEXT(one) }, { "need", V_TEXT(s->ahead) }, { "text", T("I could") }));
    weekend_do(s->d, AFTER, "person_pair.wish", NULL, NAMED({ "operation", V_TEXT(operation) }, { "person", V_TEXT(one) },
                                                         { "other", V_TEXT(two) }, { "yes", V_INT(1) }));
    weekend_do(s->d, AFTER, "care.let_read", NULL, NAMED({ "person", V_TEXT(one) }, { "reader", V_TEXT(two) }, { "yes", V_INT(1) }));
}

static void lend(const side *s, const side *to)
{
    str id = weekend_do(s->d, BEFORE, "reinforcement.propose", "id",
                NAMED({ "team", V_TEXT(s->team) }, { "from_team", V_TEXT(s->team) }, { "to_team", V_TEXT(to->team) },
                      { "from_on", T("2020-02-20") }, { "to_on", T("2020-02-21") }, { "headcount", V_INT(1) }, { "why", T("snow") },
                      { "by", V_TEXT(s->home) }));
    weekend_do(s->d, BEFORE, "reinforcement.agree", NULL, NAMED({ "reinforcement", V_TEXT(id) }, { "team", V_TEXT(to->team) },
                                                        { "by", V_TEXT(to->home) }));
    weekend_do(s->d, BEFORE, "reinforcement.add_person", NULL, NAMED({ "reinforcement", V_TEXT(id) }, { "person", V_TEXT(s->member[MEMBERS - 1]) }));
    weekend_do(s->d, BEFORE, "reinforcement.start", NULL, NAMED({ "reinforcement", V_TEXT(id) }));
}

/* Both teams have a roster worked out; the first is given up. */
static void work_in_background(weekend *d)
{
    int64_t by = world_actor(&d->w, "commander", "all");
    const str teams[] = { d->w.team, d->w.other };
    for (int i = 0; i < 2; i++) {
        call c = { .command = "job.solve", .actor_id = by, .now = weekend_instant(BEFORE), .lang = WORDS_EN, .source = STR("test"),
                   .args = NAMED({ "team", V_TEXT(teams[i]) }, { "from_on", V_TEXT(STR("2020-02-10")) },
                                 { "to_on", V_TEXT(STR("2020-02-11")) }) };
        str result;
        check_ok(app_command(d->w.p, check_arena(), &c, &result));
    }
    str job = weekend_do(d, BEFORE, "job.take", "id", NULL);
    weekend_do(d, BEFORE, "job.fail", NULL, NAMED({ "job", V_TEXT(job) }, { "attempt", V_INT(1) }, { "why", V_TEXT(STR("No font")) }));
}

weekend weekend_play(const world *w)
{
    weekend d = { .w = *w };
    side sides[2] = { { .d = &d, .which = 0, .team = w->team, .community = STR("320303001001"), .home = w->person[0] },
                      { .d = &d, .which = 1, .team = w->other, .community = STR("320303001002"), .home = w->person[2] } };
    call_out(&d);
    str night = weekend_do(&d, BEFORE, "shift.import", "ids",
                   ROWS("[{\"operation\":\"%s\",\"name\":\"Night\",\"kind\":\"night\",\"start_minute\":1200,\"end_minute\":1560}]",
                        w->operation.at));
    add_members(&sides[0]);
    add_members(&sides[1]);
    weekend_do(&d, BEFORE, "team.form", NULL, NAMED({ "operation", V_TEXT(w->operation) }));
    for (int i = 0; i < 2; i++) {
        add_needs(&sides[i], night);
        organise(&sides[i]);
        roster(&sides[i]);
        serve(&sides[i]);
        give(&sides[i]);
        speak(&sides[i]);
    }
    work_in_background(&d);
    lend(&sides[0], &sides[1]);
    lend(&sides[1], &sides[0]);
    d.bulletin = weekend_do(&d, AFTER, "bulletin.draft", "id",
                    NAMED({ "operation", V_TEXT(w->operation) }, { "number", V_INT(1) }, { "as_of", V_INT(LOCAL_MIDNIGHT + AFTER * HOUR) },
                          { "by", V_TEXT(w->person[0]) }));
    weekend_do(&d, AFTER, "bulletin.freeze", NULL, NAMED({ "bulletin", V_TEXT(d.bulletin) }, { "checked_by", V_TEXT(d.liaison) }));
    return d;
}
