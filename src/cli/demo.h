/*
 * demo: what the files of `muster demo` share. A made-up city on the real division table plays a weekend through
 * commands alone, on a clock of its own. The same seed gives the same rows.
 */
#ifndef MUSTER_CLI_DEMO_H
#define MUSTER_CLI_DEMO_H
#include "base/civil.h"
#include "base/json.h"
#include "base/map.h"
#include "cli/cli.h"
#include "command/app.h"

enum {
    DEMO_PEOPLE = 960, DEMO_TEAMS = 46, DEMO_LARGE_TEAM = 108, DEMO_COURT_LEADERS = 11, DEMO_LIAISON_BRANCH = 34,
    DEMO_JOINERS = 12, DEMO_DONORS = 125, DEMO_DAYS = 7, DEMO_MINUTE = 60000, DEMO_AGENCIES = 25, DEMO_BRANCHES = 2,
    DEMO_COMPOUNDS = 3 /* of each community */,
    DEMO_PAPER_TEAMS = 6 /* whose rosters are printed */, DEMO_SMALL = DEMO_TEAMS - 1 /* the team that has too few */
};

typedef struct demo_person {
    int64_t id, org, liaison; /* of the branch; the liaison of a branch is his own */
    str name, phone, address;
    const char *skill; /* null: none that a post asks for */
    size_t agency, branch;
    size_t home; /* the community he lives in, as he himself knows it */
    bool must;   /* leads, or is needed: answers that he can */
    bool can;    /* so he answered; read from the notices */
} demo_person;

typedef struct demo_team {
    str code, name, subdistrict, subdistrict_code, district; /* of its community */
    int64_t id, post, desk; /* desk: indoors; kept by night in the large team, by day in the next, where a medic is wanted */
    int64_t secretary, coordinator; /* of the community, of its subdistrict */
    const demo_person *leader;
    LIST(size_t) members; /* indices of people who can come, by the answers */
} demo_team;

typedef struct demo_event {
    int64_t at, actor;
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
    int64_t now, actor, operation, order, structure, drafter, releaser, auditor;
    map *names, *person_index; /* id as text -> index of people */
    int64_t officers[DEMO_AGENCIES]; /* who looks after the whole agency */
    demo_person people[DEMO_PEOPLE];
    demo_team teams[DEMO_TEAMS];
    int64_t morning, afternoon, night; /* shifts */
    /* Of the scenes: a medic and her spouse, one who keeps out of the cold, one who takes the nights. */
    demo_person *medic, *spouse, *careful, *owl;
    LIST(demo_event) events;
} demo;

extern const char *const demo_agencies[DEMO_AGENCIES];
#define DEMO_MEDIC "医护" /* a skill, as sheets have it */
#define DEMO_T(z) V_TEXT(str_of(z))
/* Days after Friday the 7th, local time. */
int64_t demo_at(const demo *d, int day, int hour, int minute);
str demo_day(const demo *d, int day);
uint32_t demo_luck(demo *d, uint32_t limit);

/* Whoever acts from now on: a person by his own right; 0 only until somebody may grant rights, and for the machine's jobs. */
void demo_as(demo *d, int64_t person);
/* The error with its time, act and actor; what the weekend needs and does not have. Null stays null. */
err *demo_stopped(demo *d, const call *c, err *e);
err *demo_stopped_at(demo *d, const char *what, err *e); /* of whoever acts now */
err *demo_missing(demo *d, const char *what);
err *demo_run(demo *d, const char *command, const named *args, str *result);
err *demo_run_id(demo *d, const char *command, const named *args, int64_t *id);
/* A bulk command whose rows are JSON; ids may be null, else has room for all. */
err *demo_rows(demo *d, const char *command, str rows, int64_t *ids);
int64_t demo_number(str result, const char *name); /* of a JSON object; 0: none */
err *demo_view(demo *d, const char *name, const named *args, rows *out);

/* What happens at its time: kept until demo_play runs all of them in the order of time. */
void demo_later(demo *d, int64_t at, int64_t actor, const char *command, const named *args);
err *demo_play_until(demo *d, int64_t at); /* those before it */
err *demo_play(demo *d);

/* JSON members of a row; what the city says in its own language. */
void demo_put(json *j, const char *key, str s);
void demo_put_int(json *j, const char *key, int64_t n);
void demo_put_id(demo *d, json *j, const char *key, int64_t id);
value demo_say(demo *d, const char *key);
demo_person *demo_person_of(demo *d, int64_t id); /* null: none of them */

/* The parts, in order. */
err *demo_commanders(demo *d); /* the first grant, and who commands and audits */
err *demo_city(demo *d);
struct plan *demo_plan_new(demo *d);
err *demo_people(demo *d);
err *demo_place(demo *d); /* addresses to communities, by the engine and by people */
err *demo_roles(demo *d); /* liaisons, secretaries, coordinators */
err *demo_order(demo *d);
err *demo_teams(demo *d);
err *demo_plan(demo *d);
err *demo_scenes(demo *d); /* the couple, the care note, the word for a week of nights */
err *demo_rosters(demo *d);
err *demo_roster_again(demo *d, const demo_team *const *teams, size_t count, int from_day);
err *demo_lend(demo *d);
err *demo_papers(demo *d); /* of the rosters, to DIR/teams */
err *demo_duty(demo *d);
void demo_gifts(demo *d);
err *demo_after(demo *d);
err *demo_guests(demo *d, const char *port); /* prints links of three people, opened at this port of this machine */
err *demo_write(demo *d); /* bulletin and certificates into DIR */
str demo_sign_of(demo *d, const char *signs); /* one of them; each takes three bytes */
str demo_name(demo *d); /* a name nobody has yet */
str demo_phone(demo *d);
err *demo_import_named(demo *d, size_t count, int64_t *ids); /* people of no branch */
#endif
