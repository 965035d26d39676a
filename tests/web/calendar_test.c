/* Duties in a calendar: whose they are, what follows by itself, and what ends the link. On both engines. */
#include "leader_phone.h"

#include <libical/ical.h>

static int64_t put_on_day(const world *w, int person, int shift, int day)
{
    int64_t need = need_of(w, EAST, person ? w->yard : w->gate, shift, day, 2);
    return must(w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(w->person[person]) }));
}

static int64_t put_on(const world *w, int person, int shift)
{
    return put_on_day(w, person, shift, 0);
}

/* The path of the link that stands on the page after the press. */
static str link_on(browser *b, str page, const char *rest)
{
    response p = ask(b, WEB_GET, page, STR(""));
    assert_int_equal(p.status, 200);
    p = ask(b, WEB_POST, page, form(&p, rest));
    assert_int_equal(p.status, 200);
    ptrdiff_t at = str_find(p.body, STR("href=\"webcal://"));
    assert_true(at >= 0);
    str s = str_from(p.body, (size_t)at + 15), link;
    str_split(&s, '"', &link);
    return str_from(link, (size_t)str_find(link, STR("/cal/")));
}

static response fetch(browser *b, str link, const char *tag)
{
    browser nobody = *b; /* a calendar program has no session */
    nobody.cookie = (str){ 0 };
    request *q = arena_new(check_arena(), request);
    *q = (request){ .a = check_arena(), .now = HOURS(b->hours), .method = WEB_GET, .path = link, .target = link };
    if (tag)
        q->headers[q->header_count++] = (header){ STR("If-None-Match"), str_of(tag) };
    return ask_request(&nobody, q);
}

static void drop(void *component)
{
    icalcomponent_free(component);
}

static icalcomponent *read_calendar(const response *p)
{
    assert_int_equal(p->status, 200);
    assert_string_equal(p->type, "text/calendar; charset=utf-8");
    icalcomponent *x = icalparser_parse_string(str_z(check_arena(), p->body));
    assert_non_null(x);
    arena_defer(check_arena(), drop, x);
    assert_true(icalrestriction_check(x));
    return x;
}

static icalcomponent *event_of(icalcomponent *calendar, int64_t duty)
{
    const char *begin = text_format(check_arena(), "duty-%lld@", LL(duty)).at;
    icalcomponent *x = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    while (x && strncmp(icalcomponent_get_uid(x), begin, strlen(begin)) != 0)
        x = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    return x;
}

static int count_events(icalcomponent *calendar)
{
    return icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT);
}

static void own_duties_and_nobody_elses(const char *url)
{
    browser b = open_browser(url);
    must(&b.w, 0, "team.confirm", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }, { "leader", V_INT(b.w.person[1]) }));
    int64_t mine = put_on(&b.w, 0, NIGHT), other = put_on(&b.w, 2, DAY);
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR("")).status, 303);
    assert_true(has(&(response){ .body = ask(&b, WEB_GET, STR("/p"), STR("")).body }, "/p/calendar"));
    str link = link_on(&b, STR("/p/calendar"), "");
    response p = fetch(&b, link, NULL);
    icalcomponent *x = read_calendar(&p), *e = event_of(x, mine);
    assert_int_equal(count_events(x), 1);
    assert_null(event_of(x, other));
    assert_int_equal(icaltime_as_timet(icalcomponent_get_dtstart(e)), HOURS(20) / 1000);
    assert_int_equal(icaltime_as_timet(icalcomponent_get_dtend(e)), HOURS(26) / 1000); /* past midnight */
    assert_string_equal(icalcomponent_get_summary(e), "Gate · S2");
    assert_string_equal(icalcomponent_get_location(e), "East Gate");
    assert_non_null(strstr(icalcomponent_get_description(e), "Leader: P1 13800000001")); /* as on the page */
    assert_true(!has(&p, "13800000000") && !has(&p, "13800000002"));
    str chinese = text_format(check_arena(), "%.*s", STR_ARG(link));
    chinese.len = (size_t)str_find(chinese, STR("?"));
    p = fetch(&b, text_format(check_arena(), "%.*s?lang=zh", STR_ARG(chinese)), NULL);
    assert_non_null(strstr(icalcomponent_get_description(event_of(read_calendar(&p), mine)), "队长：P1 13800000001"));
    p = ask(&b, WEB_GET, STR("/p/duties.ics"), STR("")); /* the same as a file */
    assert_int_equal(count_events(read_calendar(&p)), 1);
    assert_true(str_starts(header_of(&p, "Content-Disposition"), STR("attachment")));
}

static void a_change_is_there_at_the_next_fetch(const char *url)
{
    browser b = open_browser(url);
    int64_t duty = put_on(&b.w, 0, DAY), stays = put_on_day(&b.w, 0, NIGHT, 1);
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR("")).status, 303);
    str link = link_on(&b, STR("/p/calendar"), "");
    response p = fetch(&b, link, NULL);
    const char *tag = str_z(check_arena(), header_of(&p, "ETag"));
    int before = icalcomponent_get_sequence(event_of(read_calendar(&p), duty));
    p = fetch(&b, link, tag);
    assert_true(p.status == 304 && p.body.len == 0);
    p = fetch(&b, link, "\"another\"");
    assert_int_equal(p.status, 200);
    must(&b.w, 7, "swap.ask", NULL, NAMED({ "duty", V_INT(duty) }, { "to_person", V_INT(b.w.person[2]) }));
    rows swaps = list(&b.w, "swap", NULL, 0);
    int64_t taken = must(&b.w, 7.5, "swap.accept", "duty", NAMED({ "swap", *rows_at(&swaps, 0, "id") }));
    rows left = list(&b.w, "duty_my", NAMED({ "person", V_INT(b.w.person[0]) }), 0);
    must(&b.w, 9.5, "duty.stand_down", NULL, NAMED({ "need", *rows_at(&left, left.count - 1, "need_id") }));
    p = fetch(&b, link, tag);
    icalcomponent *x = read_calendar(&p), *e = event_of(x, duty), *off = event_of(x, stays);
    assert_int_equal(icalcomponent_get_status(e), ICAL_STATUS_CANCELLED);
    assert_true(icalcomponent_get_sequence(e) > before);
    assert_int_equal(icaltime_as_timet(icalcomponent_get_dtstamp(e)), HOURS(7.5) / 1000);
    assert_non_null(strstr(icalcomponent_get_description(e), "no longer yours"));
    assert_int_equal(icalcomponent_get_status(off), ICAL_STATUS_CANCELLED);
    assert_non_null(strstr(icalcomponent_get_description(off), "need not come"));
    assert_null(event_of(x, taken)); /* it is the other's */
    browser other = b;
    other.cookie = (str){ 0 };
    assert_int_equal(ask(&other, WEB_POST, link_of(&other, "person", b.w.person[2]), STR("")).status, 303);
    p = fetch(&other, link_on(&other, STR("/p/calendar"), ""), NULL);
    assert_int_equal(icalcomponent_get_status(event_of(read_calendar(&p), taken)), ICAL_STATUS_CONFIRMED);
}

static void a_teams_calendar_ends_with_the_office(const char *url)
{
    browser b = leader_phone(url);
    int64_t first = put_on(&b.w, 0, DAY), second = put_on(&b.w, 2, DAY);
    assert_true(has(&(response){ .body = get(&b, "").body }, text_format(check_arena(), "/l/team/%lld/calendar", LL(b.w.team[EAST])).at));
    str link = link_on(&b, team_page(&b, "/calendar"), "");
    response p = fetch(&b, link, NULL);
    icalcomponent *x = read_calendar(&p);
    assert_string_equal(icalcomponent_get_summary(event_of(x, second)), "P2 · Yard · S0");
    assert_non_null(event_of(x, first));
    assert_false(has(&p, "1380000"));
    p = ask(&b, WEB_GET, team_page(&b, "/duties.ics"), STR(""));
    assert_int_equal(count_events(read_calendar(&p)), 2);
    str west = text_format(check_arena(), "/l/team/%lld/duties.ics", LL(b.w.team[WEST]));
    assert_int_equal(ask(&b, WEB_GET, west, STR("")).status, 404);
    rows r = list(&b.w, "person_role", NAMED({ "at", V_INT(HOURS(7)) }), 0);
    must(&b.w, 7, "role_grant.end", NULL, NAMED({ "role_grant", *rows_at(&r, 0, "id") }));
    b.hours = 8;
    assert_int_equal(fetch(&b, link, NULL).status, 404);
}

static void a_link_is_ones_own_and_ends(const char *url)
{
    browser b = open_browser(url), other;
    put_on(&b.w, 0, NOON);
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR("")).status, 303);
    str link = link_on(&b, STR("/p/calendar"), "");
    assert_true(str_equal(link, link_on(&b, STR("/p/calendar"), ""))); /* asked for again: the same */
    str token = str_part(link, 5, 22), opens = text_format(check_arena(), "/p/%.*s", STR_ARG(token));
    assert_int_equal(fetch(&b, opens, NULL).status, 404); /* it opens no page */
    str personal = str_from(link_of(&b, "person", b.w.person[0]), 3);
    assert_int_equal(fetch(&b, text_format(check_arena(), "/cal/%.*s/duties.ics", STR_ARG(personal)), NULL).status, 404);
    check_err(run_at(&b.w, 7, "pass.calendar", b.w.person[2], NAMED({ "person", V_INT(b.w.person[0]) }), NULL), ERR_RIGHTS, NULL);
    str again = link_on(&b, STR("/p/calendar"), "&renew=yes");
    assert_false(str_equal(link, again));
    assert_int_equal(fetch(&b, link, NULL).status, 404);
    assert_int_equal(fetch(&b, again, NULL).status, 200);
    assert_int_equal(ask(&b, WEB_GET, STR("/p"), STR("")).status, 200); /* the session is another link's */
    other = b;
    other.cookie = (str){ 0 };
    assert_int_equal(ask(&other, WEB_GET, STR("/p/duties.ics"), STR("")).status, 403);
    assert_int_equal(ask(&other, WEB_POST, link_of(&other, "team", b.w.team[EAST]), text_format(check_arena(), "person=%lld&digits=0002", LL(b.w.person[2]))).status, 303);
    assert_int_equal(ask(&other, WEB_GET, STR("/p/calendar"), STR("")).status, 403); /* by a group's link */
    must(&b.w, 30, "operation.close", NULL, NAMED({ "operation", V_INT(b.w.operation) }));
    b.hours = 31;
    response p = fetch(&b, again, NULL);
    assert_true(p.status == 404 && has(&p, "ended with its operation"));
}

ON_BOTH(own_duties_and_nobody_elses)
ON_BOTH(a_change_is_there_at_the_next_fetch)
ON_BOTH(a_teams_calendar_ends_with_the_office)
ON_BOTH(a_link_is_ones_own_and_ends)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(own_duties_and_nobody_elses),
        BOTH(a_change_is_there_at_the_next_fetch),
        BOTH(a_teams_calendar_ends_with_the_office),
        BOTH(a_link_is_ones_own_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
