/*
 * team_problem: one team's roster problem for a span of days, as the records have it: needs, members, answers, skills,
 * lendings, settings, care rules, pairs. Read from views as whoever runs the machine reads them: whether somebody may
 * have a roster made is the command's to say. All lives in its arena; reading it takes the database, the rest does not.
 */
#ifndef MUSTER_JOB_TEAM_PROBLEM_H
#define MUSTER_JOB_TEAM_PROBLEM_H
#include "base/civil.h"
#include "base/json.h"
#include "base/map.h"
#include "command/app.h"
#include "roster/roster.h"

typedef struct team_problem {
    /* given */
    arena *a;
    app *app;
    words_lang lang;
    int64_t operation_id, team_id;
    civil_day first_day, last_day;
    int64_t now; /* UTC ms: what has begun stays as it is, the days before count, and so do the locks of the draft. 0: nothing of that */
    /* What a sheet says of a member beside the records, asked before all else; may be null. */
    void (*answer)(struct team_problem *b, size_t person, int64_t id);
    void *of; /* answer's */
    /* made */
    rows needs, members, posts, shifts, duties, availability;
    rows settings, care, pairs;
    rows answers, person_skills, post_skills, lent;
    map *person_index; /* id as text to index */
    map *need_index;
    roster_problem problem;
    roster_need *wanted; /* problem.needs, to be written */
    roster_person *people;
    uint8_t **blocked; /* of each person, for each need; what people point to */
    int **wishes;
    bool *care_limited; /* a care rule set one of the person's limits: it is no lever */
    str *names, *need_names;
    /* made by team_gaps */
    size_t short_count, missing;
    str main_reason;
} team_problem;

/* Reads and builds it all. Whether it can be solved is roster_check_problem's to say. */
err *team_problem_build(team_problem *b);

/* What roster.draft takes of a solution. The gaps with the reason of each in words. */
json_t *team_lines(team_problem *b, const roster_solution *s);
json_t *team_gaps(team_problem *b, const roster_solution *s);
str team_cost(arena *a, const roster_solution *s);
str team_json_text(arena *a, const json_t *value);
size_t team_missing(const team_problem *b, const roster_solution *s); /* seats below the minimum; explains nothing */

/* What a worker process needs of it beside the problem itself: the names in the reasons. */
str team_problem_write(team_problem *b, int64_t seconds, int64_t steps, uint64_t seed);
err *team_problem_read(arena *a, str json, team_problem *b, int64_t *seconds, int64_t *steps, uint64_t *seed);

/* -- of its files -- */
err *team_view(team_problem *b, const char *name, const named *args, rows *out);
str team_id_text(const team_problem *b, int64_t id);
str team_day_words(arena *a, words_lang lang, civil_day day); /* 2月8日 */
int64_t team_day_minute(const team_problem *b, size_t need, bool end); /* counted from midnight of the first day */
json_t *team_array(const team_problem *b); /* goes with the arena */
/* team_members.c: answers, skills and lendings of the records. apply comes before availability and rules. */
err *team_members_load(team_problem *b);
void team_members_apply(team_problem *b);
/* team_rules.c: settings, care rules and pairs. load reads them; limits are a person's by settings; apply comes last. */
err *team_rules_load(team_problem *b);
void team_rules_limits(team_problem *b, roster_person *x);
err *team_rules_apply(team_problem *b);
#endif
