#include "base/json.h"
#include "base/text.h"
#include "cli/demo.h"

/* From Friday night to the next Friday: who came and left, who did not, who joined, what the large team became. */
enum { EARLY_AT_ONE_POST = 3 };

static int64_t leader_of(const demo_team *t)
{
    return t->leader->id;
}

static int64_t leader_by_id(const demo *d, int64_t team)
{
    size_t k = 0;
    while (d->teams[k].id != team)
        k++;
    return leader_of(&d->teams[k]);
}

/* -- coming and going ------------------------------------------------------------------------------------------ */
static void come_and_go(demo *d, const rows *r, size_t i, bool early)
{
    const value duty = V_INT(rows_int(r, i, "id"));
    const int64_t person = rows_int(r, i, "person_id");
    civil_day day = 0;
    civil_day_read(rows_text(r, i, "starts_on"), &day);
    int64_t from = civil_instant(d->zone, day, (int)rows_int(r, i, "start_minute"));
    int64_t to = civil_instant(d->zone, day, (int)rows_int(r, i, "end_minute"));
    uint32_t roll = early ? 0 : demo_luck(d, 100);
    int64_t in = from + (roll < 60 ? -1 - (int64_t)demo_luck(d, 12) : roll < 92 ? demo_luck(d, 5) : 6 + demo_luck(d, 20)) * DEMO_MINUTE;
    int64_t out = to + ((int64_t)demo_luck(d, 15) - 5) * DEMO_MINUTE;
    bool night = str_is(rows_text(r, i, "shift"), demo_say(d, "demo.night").s.at);
    if (roll >= 98 && !night) {
        demo_later(d, from + 60 * DEMO_MINUTE, leader_by_id(d, rows_int(r, i, "team_id")), "duty.no_show", NAMED({ "duty", duty }));
        return;
    }
    demo_later(d, in, person, "duty.check_in", NAMED({ "duty", duty }, { "via", DEMO_T("link") }));
    if (roll < 96 || night) /* the others forget */
        demo_later(d, out, person, "duty.check_out", NAMED({ "duty", duty }));
}

static err *play_days(demo *d, int first, int last)
{
    rows r = { 0 };
    int early = EARLY_AT_ONE_POST;
    TRY(demo_view(d, "roster_duty", NAMED({ "from_on", V_TEXT(demo_day(d, first)) }, { "to_on", V_TEXT(demo_day(d, last)) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        str state = rows_text(&r, i, "state");
        bool at_it = rows_int(&r, i, "team_id") == d->teams[0].id && rows_int(&r, i, "start_minute") == 480 && early > 0;
        if (str_is(state, "planned") || str_is(state, "confirmed"))
            come_and_go(d, &r, i, at_it && early--);
    }
    return NULL;
}

/* The leader closes what was forgotten and confirms the day; what is still going on is confirmed the day after. */
static void close_day(demo *d, int day, int64_t at)
{
    for (size_t k = 0; k < DEMO_TEAMS; k++) {
        const value team = V_INT(d->teams[k].id);
        const int64_t leader = leader_of(&d->teams[k]);
        demo_later(d, at, leader, "attendance.close_forgotten", NAMED({ "team", team }, { "until", V_INT(at) }));
        demo_later(d, at + DEMO_MINUTE, leader, "attendance.confirm_day",
                   NAMED({ "team", team }, { "day", V_TEXT(demo_day(d, day)) }));
    }
}

/* -- Saturday --------------------------------------------------------------------------------------------------- */
/* They were on no list, came by and asked. The office puts them down; on Sunday they stand at the gate with the others. */
static err *join(demo *d)
{
    int64_t ids[DEMO_JOINERS];
    demo_as(d, d->drafter);
    TRY(demo_import_named(d, DEMO_JOINERS, ids));
    for (size_t i = 0; i < DEMO_JOINERS; i++) {
        const demo_team *to = &d->teams[i];
        int64_t request;
        demo_as(d, ids[i]);
        TRY(demo_run_id(d, "join_request.ask", NAMED({ "team", V_INT(to->id) }, { "person", V_INT(ids[i]) }), &request));
        demo_as(d, leader_of(to));
        TRY(demo_run(d, "join_request.accept", NAMED({ "join_request", V_INT(request) }), NULL));
        demo_later(d, demo_at(d, 2, 8, 10 + (int)i), leader_of(to), "attendance.walk_in",
                   NAMED({ "post", V_INT(to->post) }, { "person", V_INT(ids[i]) }));
    }
    return NULL;
}

static err *divide(demo *d)
{
    const demo_team *large = &d->teams[0];
    d->now = demo_at(d, 1, 18, 0);
    demo_as(d, leader_of(large));
    TRY(demo_run_id(d, "structure.propose", NAMED({ "team", V_INT(large->id) }), &d->structure));
    d->now = demo_at(d, 1, 19, 30);
    demo_as(d, large->coordinator);
    return demo_run(d, "structure.approve", NAMED({ "structure", V_INT(d->structure) }, { "reference", demo_say(d, "demo.reference") }),
                    NULL);
}

err *demo_duty(demo *d)
{
    TRY(play_days(d, 0, 1));
    TRY(demo_play_until(d, demo_at(d, 1, 17, 30)));
    d->now = demo_at(d, 1, 17, 30);
    TRY(join(d));
    TRY(divide(d));
    TRY(demo_lend(d));
    TRY(play_days(d, 2, DEMO_DAYS));
    demo_gifts(d);
    for (int day = 0; day < DEMO_DAYS; day++)
        close_day(d, day, demo_at(d, day + 1, 6, 30));
    close_day(d, DEMO_DAYS, demo_at(d, DEMO_DAYS, 17, 20));
    return demo_play(d);
}
