/*
 * plan_team: one team's roster problem while `muster plan` builds it, and what its parts do with it.
 */
#ifndef MUSTER_CLI_PLAN_TEAM_H
#define MUSTER_CLI_PLAN_TEAM_H
#include "cli/plan.h"
#include "roster/roster.h"

typedef struct building {
    plan *p;
    plan_team *team;
    rows needs, members, posts, shifts, duties, availability;
    rows settings, care, pairs;
    rows answers, person_skills, post_skills, lent;
    map *person_index; /* id as text to index */
    map *need_index;
    bool answered; /* somebody has answered, so silence means something */
    roster_problem problem;
    roster_need *wanted; /* problem.needs, to be written */
    roster_person *people;
    uint8_t **blocked; /* of each person, for each need; what people point to */
    int **wishes;
    bool *care_limited; /* a care rule set one of the person's limits: it is no lever */
    str *names, *need_names;
} building;

str plan_id(plan *p, int64_t id);
int64_t plan_day_minute(const building *b, size_t need, bool end); /* counted from midnight of the first day */

/* plan_members.c: answers, skills and lendings of the records. apply comes before availability and rules. */
err *plan_members_load(building *b);
void plan_members_apply(building *b);

/* plan_rules.c: settings, care rules and pairs. load reads them; limits are a person's by settings; apply comes last. */
err *plan_rules_load(building *b);
void plan_rules_limits(building *b, roster_person *x);
err *plan_rules_apply(building *b);

/* plan_gaps.c: the needs a solution leaves short, each with its reason in words, as rows of roster.draft. */
void plan_gaps_put(building *b, const roster_solution *s, json_t *gaps);
#endif
