/*
 * demo: what the files of `muster demo` share. A made-up city on the real division table plays a weekend through
 * commands alone, on a clock of its own. The same seed gives the same rows.
 */
#ifndef MUSTER_CLI_DEMO_H
#define MUSTER_CLI_DEMO_H
#include "base/civil.h"
#include "base/map.h"
#include "cli/cli.h"
#include "command/app.h"

enum {
    DEMO_PEOPLE = 960, DEMO_TEAMS = 46, DEMO_LARGE_TEAM = 108, DEMO_COURT_LEADERS = 11, DEMO_LIAISON_BRANCH = 34,
    DEMO_JOINERS = 12, DEMO_DONORS = 125, DEMO_DAYS = 7, DEMO_MINUTE = 60000
};

typedef struct demo_person {
    int64_t id, org, liaison; /* of the branch; the liaison of a branch is his own */
    str name, phone;
    size_t agency, branch, community, compound;
    bool must; /* leads, or is needed: answers that he can */
    bool can;
} demo_person;

typedef struct demo_team {
    str code, name;
    int64_t id, compounds[3], post, desk; /* desk: of the large team, where it is kept by night */
    const demo_person *leader;
    LIST(size_t) members; /* indices of people who can come */
} demo_team;

typedef struct demo_event {
    int64_t at;
    size_t order;
    const char *command;
    const named *args;
} demo_event;

typedef struct demo {
    arena *a;
    app *app;
    const char *dir;
    words_lang lang;
    uint64_t seed;
    luck luck;
    struct plan *plan;
    civil_zone *zone;
    civil_day friday;
    int64_t now, operation, order, drafter, releaser, liaison;
    map *names;
    demo_person people[DEMO_PEOPLE];
    demo_team teams[DEMO_TEAMS];
    int64_t morning, afternoon, night; /* shifts */
    LIST(demo_event) events;
} demo;

#define DEMO_T(z) V_TEXT(str_of(z))
/* Days after Friday the 7th, local time. */
int64_t demo_at(const demo *d, int day, int hour, int minute);
str demo_day(const demo *d, int day);
uint32_t demo_luck(demo *d, uint32_t limit);

err *demo_run(demo *d, const char *command, const named *args, str *result);
err *demo_run_id(demo *d, const char *command, const named *args, int64_t *id);
/* A bulk command whose rows are JSON; ids may be null, else has room for all. */
err *demo_rows(demo *d, const char *command, str rows, int64_t *ids);
int64_t demo_number(str result, const char *name); /* of a JSON object; 0: none */
err *demo_view(demo *d, const char *name, const named *args, rows *out);

/* What happens at its time: kept until demo_play runs all of them in the order of time. */
void demo_later(demo *d, int64_t at, const char *command, const named *args);
err *demo_play_until(demo *d, int64_t at); /* those before it */
err *demo_play(demo *d);

/* The parts, in order. */
err *demo_city(demo *d);
err *demo_order(demo *d);
err *demo_teams(demo *d);
err *demo_plan(demo *d);
err *demo_rosters(demo *d);
err *demo_papers(demo *d); /* of the rosters, to DIR/teams */
err *demo_duty(demo *d);
void demo_gifts(demo *d);
err *demo_after(demo *d);
str demo_name(demo *d); /* a name nobody has yet */
str demo_phone(demo *d);
#endif
