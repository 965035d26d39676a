/*
 * plan: what the files of `muster plan` share: options, what was read, what it became.
 * Each step reads sheets or views and runs commands; nothing is written around them.
 */
#ifndef MUSTER_CLI_PLAN_H
#define MUSTER_CLI_PLAN_H
#include "base/civil.h"
#include "base/json.h"
#include "base/map.h"
#include "cli/cli.h"
#include "command/app.h"
#include "job/org_path.h"
#include "place/place.h"
#include "sheet/records.h"

#include <jansson.h>

enum { PLAN_SETS_MAX = 32 };

typedef struct plan_file {
    const char *path;
    sheet_kind kind;
    sheet_file content;
    sheet_troubles troubles;
    size_t first, record_count; /* its records in the list of its kind */
    size_t ready;               /* of them those that can be used */
    size_t duplicates;
    bool *repeats; /* per record: another before it says the same */
    str hash;      /* of its bytes */
} plan_file;

/* A community's codes, and those of what it lies in; made by the program where the sheet has none. */
typedef struct plan_codes {
    str district, subdistrict, community;
} plan_codes;

/* A compound or road in one community, from all rows that speak of it. */
typedef struct plan_compound {
    str code, name;
    bool road, whole; /* whole: a row names no ranges */
    sheet_list aliases;
    LIST(place_range) ranges;
    int64_t id;
} plan_compound;

typedef struct plan_person {
    const sheet_person *row;
    int64_t id;
    str placed; /* community code, empty while queued */
} plan_person;

typedef struct plan_team {
    int64_t id;
    str community_code;
    str name;
    int64_t leader_id;
    size_t need_count, short_count, missing, duty_count, change_count;
} plan_team;

typedef struct plan {
    arena *a;
    words_lang lang;
    const char *dir;
    app *app;
    civil_zone *zone;
    int64_t now;
    sheet_operation operation;
    int64_t operation_id;
    int64_t actor;   /* who runs its commands; 0: whoever runs the machine */
    bool by_leaders; /* each roster is drafted and published by the team's leader */
    int64_t seed, steps;
    bool dry_run;
    LIST(plan_file) files;
    sheet_communities communities;
    LIST(str) community_codes; /* one for each row of communities */
    LIST(plan_codes) codes;    /* likewise */
    sheet_gazetteer gazetteer;
    LIST(plan_compound) compounds;
    LIST(int64_t) compound_of; /* one for each row of gazetteer; -1: its community is unknown */
    map *compound_index;
    sheet_orgs orgs;
    LIST(org_path) nodes; /* one for each row of orgs, with all it belongs to */
    size_t attached, unattached; /* people whose unit stands among them, or not */
    sheet_people people;
    sheet_needs needs;
    sheet_availability availability;
    LIST(plan_person) persons; /* one for each of people; the same one on two lists once */
    LIST(size_t) person_of;    /* one for each row of people */
    LIST(plan_team) teams;
    size_t placed, queued;
    map *unanswered; /* ids as texts: let in though they have not answered, marked on paper */
    str main_reason; /* of the worst gap, in words */
    const char *sets[PLAN_SETS_MAX]; /* NAME=VALUE of --set, for the operation */
    size_t set_count;
    LIST(str) nowhere; /* who can be put on no shift of their team, by name */
    str changes;     /* against the rosters before, in words; empty: none */
} plan;

/* Runs a command of this plan; result may be null. */
err *plan_command(plan *p, const char *name, const named *args, json_t **result);
/* Runs a bulk command over rows (array) in pieces; `fixed` arguments go with each. ids (may be null) collects "ids". */
err *plan_pieces(plan *p, const char *name, const named *fixed, json_t *rows, json_t *ids, const char *progress);
err *plan_view(plan *p, const char *name, const named *args, rows *out);
str plan_day_words(plan *p, civil_day day); /* 2月8日 */
json_t *plan_array(plan *p); /* an array that goes with the plan's arena */

err *plan_check_sets(plan *p); /* before anything is read or written */
err *plan_calendar(plan *p);   /* days off and worked, of --set or of the database that may be there */
err *plan_put_sets(plan *p);
err *plan_read(plan *p);   /* sheets to records, troubles printed and written to a file */
err *plan_records(plan *p); /* hashes, duplicates */
const sheet_origin *plan_origin(const plan *p, const plan_file *f, size_t record);
str plan_person_key(plan *p, const sheet_person *s); /* equal: the same person */
err *plan_import(plan *p); /* the rows of each file with what became of them */
err *plan_dry(plan *p); /* tells what each file holds, also against the database; writes nothing */
const char *plan_kind_key(sheet_kind kind); /* of words */
err *plan_store(plan *p);  /* operation, divisions, gazetteer, people */
void plan_codes_make(plan *p); /* of the communities just read */
void plan_gazetteer(plan *p, plan_file *f); /* joins the rows of f; troubles where a community is unknown */
err *plan_store_gazetteer(plan *p);
place_index *plan_index(plan *p, const rows *rules);
err *plan_store_orgs(plan *p);
json_t *plan_org_path(plan *p, const sheet_person *s); /* the names from the top; counted as attached or not */
err *plan_people(plan *p); /* of it: people to persons */
err *plan_match(plan *p);  /* of it: addresses through the engine, each with what it says or into the queue */
err *plan_place(plan *p);  /* addresses to communities, teams, who leads */
err *plan_propose(plan *p, const plan_team *t); /* leader, deputy and liaison, with the reason */
err *plan_needs(plan *p);  /* posts, shifts, needs, availability */
err *plan_rosters(plan *p);
err *plan_changes(plan *p); /* what changed, in words and as a file */
err *plan_print(plan *p);
/* The community code that a name (and a subdistrict, may be empty) means; false: none or several. */
bool plan_community(const plan *p, str community, str subdistrict, str *code);
#endif
