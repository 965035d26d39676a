/*
 * roster: who stands where. Plain arrays in, plain arrays out: no database, clock, file, thread, global.
 * MODEL.md section 3 is the definition; the words of it are used here. All is integer. People and needs
 * are named by their index. Zero is a safe value everywhere: a limit of 0 means "no limit".
 * The problem is read only and must live as long as the solver that was begun with it.
 */
#ifndef MUSTER_ROSTER_ROSTER_H
#define MUSTER_ROSTER_ROSTER_H
#include "base/err.h"

/* Absolute reasons, in the order in which they are named; bits of roster_person.blocked. */
enum {
    ROSTER_BLOCK_TEAM = 1,     /* not in the team (at that time) */
    ROSTER_BLOCK_ANSWER = 2,   /* not answered or hindered, and the team lets only answered people in */
    ROSTER_BLOCK_CANNOT = 4,   /* says cannot */
    ROSTER_BLOCK_CARE = 8,     /* a care rule; never with its reason */
    ROSTER_BLOCK_SKILL = 16,   /* lacks the skill; set by the engine from need.skills too */
    ROSTER_BLOCK_LOCK = 32,    /* locked to 0; set by the engine from the locks too */
    ROSTER_BLOCK_CLOSED = 64,  /* the need is closed */
    ROSTER_BLOCK_ALL = 127
};

/* Why somebody is not at a need, first one that holds: absolute bits, then the relative rules. */
typedef enum roster_reason {
    ROSTER_FREE, /* could be added; at a short need this is a defect of the roster */
    ROSTER_TEAM, ROSTER_ANSWER, ROSTER_CANNOT, ROSTER_CARE, ROSTER_SKILL, ROSTER_LOCK, ROSTER_CLOSED,
    ROSTER_BUSY,         /* R1: another duty at the same time */
    ROSTER_REST,         /* R1: too little rest to another duty */
    ROSTER_MINUTES_DAY,  /* R2 */
    ROSTER_MINUTES_WEEK, /* R2: Monday to Sunday */
    ROSTER_MINUTES_ALL,  /* R2: whole operation, with minutes_before */
    ROSTER_NIGHTS,       /* R2: nights in any 7 days */
    ROSTER_KIND,         /* R2: duties of that kind */
    ROSTER_GROUPS,       /* R2: weekends */
    ROSTER_RUN,          /* R3: days worked in a row */
    ROSTER_APART,        /* R4: the other of the pair is on duty at that time */
    ROSTER_TOGETHER,     /* R4: the other of the pair is not there (would break level 0) */
    ROSTER_ALONE,        /* R4: nobody may stand there alone, and no second one was found */
    ROSTER_FULL,         /* R5 */
    ROSTER_LOWER,        /* R2, R3: a lower end (minutes, run, free days) would break */
    ROSTER_REASON_COUNT
} roster_reason;
const char *roster_reason_name(roster_reason r); /* "cannot": part of a words key, roster.why.cannot */

typedef struct roster_kind {
    int64_t tag;
    int start_minute, end_minute; /* 0..1439, after start, at most 2879 and 24 h */
    bool night;
} roster_kind;

enum { ROSTER_NEED_SKILLS_MAX = 4 };
typedef struct roster_need {
    int64_t tag; /* the caller's id */
    int day, kind, post;
    int min, target, limit;   /* 0 <= min <= target <= limit */
    int priority;             /* weight of levels 1, 2 and 4; 1 is usual, 0 takes no part in them */
    uint64_t skills;          /* each person here must have all of these: an absolute block */
    struct { uint64_t skill; int count; } wanted[ROSTER_NEED_SKILLS_MAX]; /* soft, level 2 */
    bool lead_wanted;         /* one fit to lead, soft, level 2 */
    bool not_alone;           /* filled by 0 or at least 2 */
    bool outdoor;
    int under_cost, over_cost; /* level 5, per person under and over target; over_cost 1 is usual.
                                  With an under_cost the target takes no part in level 4. */
} roster_need;

/* A duty before day 0, as far back as 7 days. */
typedef struct roster_past {
    int day; /* -1..-7 */
    int start_minute, end_minute;
    bool night;
} roster_past;

enum { ROSTER_PREFER = 5, ROSTER_RATHER_NOT = -20 }; /* usual values of roster_person.wishes */

/* Days in a row, soft: weight per day outside of min..max; max 0: no upper end. */
typedef struct roster_run {
    int min, max, weight;
} roster_run;

/*
 * Soft rules of a person's line and what lies before day 0, as week-by-week planning needs them (level 5).
 * A row of days in a row goes on from last_*_run; one that reaches the last day is not asked for its minimum,
 * as it may go on. Only with one_a_day, and never together with roster_person.past.
 */
typedef struct roster_soft {
    roster_run work, free;               /* days worked and days off */
    int whole_weight;                    /* per day group worked in part only */
    const int *duties_cost;              /* by the number of duties, day_count + 1 of them; null: none */
    const int *groups_cost;              /* by the number of groups worked, day_count + 1 of them; null: none */
    int last_kind;                       /* on the day before day 0; -1: off. next_forbidden asks it too */
    int last_kind_run, last_work_run, last_free_run; /* days in a row up to there; 0: none known. Those of a day off and
                                                        of a day worked exclude each other, and kind <= work */
} roster_soft;

typedef struct roster_person {
    int64_t tag;
    uint64_t skills;
    bool lead_fit;    /* fit to lead */
    bool unanswered;  /* let in without an answer; never chosen as lead */
    bool had_night;   /* stood a night before day 0 */
    bool not_alone;   /* care: wherever this person stands, a second one is wanted */
    const uint8_t *blocked; /* per need, ROSTER_BLOCK_ bits; null: none */
    const int *wishes;      /* per need: > 0 is the cost when not there, < 0 when there; null: none */
    const int *distance_km; /* per need, 1 each; null: none */
    int minutes_max_day, minutes_max_week, minutes_max; /* 0: no limit */
    int nights_max;   /* in any 7 days; 0: no limit (no nights at all is a block) */
    int run_max;      /* days worked in a row; 0: no limit */
    int rest_minutes, rest_night_minutes; /* between duties; after one of a night kind */
    int outdoor_max_minutes; /* per day, soft: 10 per 30 min beyond; 0: no limit */
    int minutes_before;      /* worked before day 0 in the operation (nights of them counted twice for
                                fairness only when night_minutes_before says so) */
    int night_minutes_before;
    const roster_past *past;
    size_t past_count;
    /* Lower ends and caps of public instances; lower ends count in level 0 when broken. */
    int minutes_min, run_min, free_min; /* 0: none */
    const int *kind_max;    /* per kind, most duties in the horizon, 0 really is none; null: no caps */
    int groups_max;         /* most day groups (weekends) worked; < 0 or problem.day_group null: no limit */
    const roster_soft *soft; /* null: none */
} roster_person;

typedef enum roster_pair_kind { ROSTER_PAIR_APART, ROSTER_PAIR_NOT_BOTH, ROSTER_PAIR_TOGETHER } roster_pair_kind;
typedef struct roster_pair {
    int a, b;
    roster_pair_kind kind; /* apart, not_both: no overlapping needs; together: same day and kind, or neither */
} roster_pair;

typedef struct roster_lock {
    int person, need;
    bool on; /* true: is there, false: is not */
    bool lead; /* and leads there: the caller writes it so, the search does not know of it */
} roster_lock;

typedef enum roster_told { ROSTER_UNTOLD = 1, ROSTER_TOLD = 2, ROSTER_CONFIRMED = 3 } roster_told; /* = its price */
typedef struct roster_published {
    int person, need;
    roster_told told;
} roster_published;

typedef struct roster_problem {
    int day_count, weekday_first; /* 0 Monday */
    const roster_kind *kinds; size_t kind_count;
    const roster_need *needs; size_t need_count;
    const roster_person *people; size_t person_count;
    const roster_pair *pairs; size_t pair_count;
    const roster_lock *locks; size_t lock_count;
    const roster_published *published; size_t published_count;
    const bool *day_told;      /* per day: adding a duty there costs 1 (level 3); null: none */
    const int *day_group;      /* per day: group number >= 0 or -1, never falling; null: none */
    const bool *next_forbidden; /* [k * kind_count + k']: k' may not come on the day after k; null: none.
                                   In addition to what rest minutes say. */
    const roster_run *kind_runs; /* per kind: days in a row of it, for people with soft rules; null: none */
    bool one_a_day;            /* at most one duty per person and day */
    bool border_exempt;        /* run_min and free_min are not asked of stretches at the ends */
    bool fair;                 /* the fairness term of level 5 */
} roster_problem;

enum { ROSTER_LEVELS = 6 };
typedef struct roster_cost {
    int64_t at[ROSTER_LEVELS]; /* rules, minimum, shape, changes, target, burden; compared in this order */
} roster_cost;
int roster_cost_compare(const roster_cost *a, const roster_cost *b);

typedef struct roster_duty {
    int person, need;
    bool lead;
} roster_duty;
typedef struct roster_solution {
    const roster_duty *duties; /* by need, then person */
    size_t duty_count;
    roster_cost cost;
    int64_t bound_minimum, bound_burden; /* no roster is below these at levels 1 and 5 (for several duties a day: at
                                            5 none that fills as much); -1: not known */
    uint64_t steps;
} roster_solution;

/* Impossible bounds, bad indexes, and locks that break a rule (both are named). Call it before solving. */
err *roster_check_problem(arena *a, const roster_problem *p);

/*
 * The engine. The problem has passed roster_check_problem. All memory is taken from the arena at begin;
 * step allocates nothing. Same problem, seed and total of steps: same roster, whatever the portions.
 * Every roster it holds keeps all upper ends and absolute blocks; a longer run is never worse.
 */
typedef struct roster_solver roster_solver;
roster_solver *roster_solve_begin(arena *a, const roster_problem *p, uint64_t seed);
bool roster_solve_step(roster_solver *s, uint64_t steps); /* false: nothing left to gain */
/* The best so far, leads chosen; it lives in the solver and is overwritten by the next call. */
const roster_solution *roster_solve_best(roster_solver *s);
uint64_t roster_solve_steps(const roster_solver *s);
int roster_solve_idle(const roster_solver *s); /* rounds of the search, each longer than the last, that gained nothing */

/* The slow plain judge (check.c), sharing no code with the search. */
typedef struct roster_violation {
    roster_reason rule;
    int person, need; /* -1 where it is not about one */
    bool lower;       /* a lower end: counted in level 0; else an upper end or block, never allowed */
} roster_violation;
typedef struct roster_violations {
    roster_violation *at;
    size_t count;
    size_t broken; /* those that are never allowed */
} roster_violations;
roster_cost roster_check(arena *a, const roster_problem *p, const roster_duty *duties, size_t duty_count,
                         roster_violations *violations); /* violations may be null */

/*
 * Why a need stays short: the ledger of people, a certificate, the verdict, levers (MODEL.md section 3). A stranger checks
 * all of it without the engine. The roster explained keeps all upper ends and blocks.
 */
typedef struct roster_why {
    int person;
    roster_reason reason;
    int other_need;   /* the duty it clashes with, or -1 */
    int other_person; /* of a pair, or -1 */
    int value, max;   /* of a counter: what it would be, and its limit (minutes, nights, days) */
} roster_why;

/*
 * Prices on needs. Whatever is done, sum of price * missing >= wanted - able, where able is the sum of what each person's
 * best legal line alone (no pairs, no limits of needs) is worth in these prices. So `sure` people stay missing among its needs.
 */
typedef struct roster_certificate {
    const int *needs, *prices; /* those with a price > 0 */
    size_t count;
    const int64_t *lines;      /* per person; never too low, and exact unless states did not fit */
    int64_t wanted, able, shortage; /* sum of price * min, sum of lines, their difference */
    int price_max;
    int sure;                  /* shortage / price_max, rounded up */
    int missing;               /* of the roster among its needs */
} roster_certificate;

/* What would fill a place, cheapest first. Never cannot, care or lawful rest. */
typedef enum roster_lever_kind {
    ROSTER_LEVER_SWAP,     /* no rule changed: the roster could be better (0) */
    ROSTER_LEVER_LIMIT,    /* one limit of one person: rule, old_value, new_value (5) */
    ROSTER_LEVER_HOUR,     /* this need begins or ends by an hour otherwise (6) */
    ROSTER_LEVER_BORROWED, /* a person of another team: blocked here by team alone (8) */
    ROSTER_LEVER_PERSON    /* one more person who can do this need; two where nobody may stand alone (10 each) */
} roster_lever_kind;
enum { ROSTER_LEVERS_MAX = 3, ROSTER_WITNESS_MAX = 4 };
typedef struct roster_lever {
    roster_lever_kind kind;
    int cost;
    int person;              /* of limit and borrowed, else -1 */
    int people;              /* how many new ones */
    roster_reason rule;      /* of a limit: MINUTES_DAY, MINUTES_WEEK, MINUTES_ALL, NIGHTS, KIND, GROUPS or RUN */
    int old_value, new_value;
    int start_minute, end_minute;  /* of an hour: the need's new times */
    /* The witness. New people have the indexes from person_count on. */
    roster_duty remove[ROSTER_WITNESS_MAX], add[ROSTER_WITNESS_MAX];
    size_t remove_count, add_count;
    roster_cost before, after;
} roster_lever;

typedef struct roster_explanation {
    int need;
    int missing;           /* below min */
    int eligible;          /* people without any absolute block, those at the need included */
    int there;             /* of them at the need */
    int counts[ROSTER_REASON_COUNT]; /* people not at the need by first reason */
    const roster_why *why; /* everyone not at the need, by person */
    size_t why_count;
    const roster_certificate *certificate; /* the best that includes the need; null: none */
    bool proven;           /* it says that what is missing among its needs stays missing, whatever is done */
    int possible;          /* not proven: at most so many fewer may be possible; 0 when proven */
    roster_lever levers[ROSTER_LEVERS_MAX];
    int lever_count;
} roster_explanation;

typedef struct roster_explain_options {
    const bool *limits_fixed; /* per person: the limits are no lever (care set them); null: none */
    int minutes_day_most;     /* no lever asks more of anybody on a day; 0: no limit */
    uint64_t steps;           /* work for certificates, and for levers, of all needs together; 0: a usual amount */
} roster_explain_options;

/* All needs of one roster share an explainer and what it has found. options may be null. All lives in the arena. */
typedef struct roster_explainer roster_explainer;
roster_explainer *roster_explain_begin(arena *a, const roster_problem *p, const roster_solution *s,
                                       const roster_explain_options *options);
const roster_explanation *roster_explain_need(roster_explainer *x, int need);
const roster_explanation *roster_explain(arena *a, const roster_problem *p, const roster_solution *s, int need);

/* What tells two rosters apart first. */
typedef enum roster_part {
    ROSTER_PART_NONE, ROSTER_PART_RULES, ROSTER_PART_MINIMUM, ROSTER_PART_SHAPE, ROSTER_PART_CHANGES, ROSTER_PART_TARGET,
    ROSTER_PART_WISH, ROSTER_PART_DISTANCE, ROSTER_PART_OUTDOOR, ROSTER_PART_HOURS, ROSTER_PART_COVER
} roster_part;
const char *roster_part_name(roster_part part);

/* Somebody who could come to a need, with the pieces of the reason. */
typedef struct roster_substitute {
    int person;
    roster_why why;     /* reason ROSTER_FREE: could come as things are */
    int gives_up;       /* not free, but would be without this own duty; else -1 */
    bool able;          /* free, or by giving up that one */
    bool free_that_day; /* no other duty that day */
    int minutes;        /* of all duties, what lies before day 0 included, without this one */
    int distance_km, wish;
    roster_cost after;  /* the roster with the change */
} roster_substitute;
typedef struct roster_substitutes {
    const roster_substitute *at; /* the able first: fewest duties changed, then told ones, then the cost vector; then the rest by person */
    size_t count, able;
} roster_substitutes;
/* Everybody who is not at the need; leaver: who leaves it, or -1. */
roster_substitutes roster_substitutes_of(arena *a, const roster_problem *p, const roster_solution *s, int need, int leaver);

/* Why this person stands here, and who would have been next. */
typedef struct roster_here {
    int person, need;
    bool locked;
    int told;            /* of the published duty, as roster_told; 0: it was not published */
    size_t able;         /* so many others could stand here instead, without giving up anything */
    bool next;           /* there is one: */
    roster_substitute other; /* whose roster costs least */
    roster_part part;    /* the first thing that tells them apart; none: they are equal */
    int64_t by;          /* what the other one costs more there; below 0: the other one would be better */
} roster_here;
roster_here roster_why_here(arena *a, const roster_problem *p, const roster_solution *s, int person, int need);

/*
 * Lower bound of level 1, for several duties a day too: prices rise where best lines leave needs short. It holds for rosters in
 * which those who must come together do. Same portions or not, the same steps give the same bound. s: a roster to compare with, which makes it faster; null: none.
 */
typedef struct roster_bounder roster_bounder;
roster_bounder *roster_bound_begin(arena *a, const roster_problem *p, const roster_solution *s);
bool roster_bound_step(roster_bounder *b, uint64_t steps); /* false: nothing left to gain */
int64_t roster_bound_minimum(const roster_bounder *b);

/* Lower bound of level 2 among the rosters that fill every minimum as far as s does, and in which those who must come together
 * do: the leads and wanted skills that must be missing. Where nobody is missing at s, no roster at all is below it. */
typedef struct roster_shape roster_shape;
roster_shape *roster_shape_begin(arena *a, const roster_problem *p, const roster_solution *s);
bool roster_shape_step(roster_shape *b, uint64_t steps); /* false: nothing left to gain */
int64_t roster_shape_bound(const roster_shape *b);

/* Lower bound of level 5 among the rosters that fill every need at least as far as s does, or to its target, and have somebody
 * fit to lead where s has one and the need asks for it. */
typedef struct roster_burden roster_burden;
roster_burden *roster_burden_begin(arena *a, const roster_problem *p, const roster_solution *s);
bool roster_burden_step(roster_burden *b, uint64_t steps); /* false: nothing left to gain */
int64_t roster_burden_bound(const roster_burden *b);
/* Both, where s does not know them yet: that many steps for each. */
void roster_bounds(arena *a, const roster_problem *p, roster_solution *s, uint64_t steps);

/*
 * Re-planning: something happened to a roster that stands. p says how things are now (the blocks of an absence, a new
 * need, a new person, a lock), before what stood, by its indexes. What may not stay goes; then what was lost is made
 * good with the fewest person-days changed, then the least cost. Cannot, care, locks and every upper end hold.
 */
typedef struct roster_replan_options {
    bool all_gaps;  /* fill every need below its minimum, not only what was lost */
    uint64_t steps; /* work at most; 0: a usual amount, below 50 ms for 150 people and 14 days */
} roster_replan_options;
typedef struct roster_change {
    int person, need;
    bool added; /* else dropped */
    int told;   /* of a dropped one that was published: as roster_told; 0: none */
} roster_change;
typedef struct roster_replanned {
    const roster_duty *duties; /* by need, then person, leads chosen */
    size_t duty_count;
    roster_cost cost;
    int lost;          /* priority * people still missing of what was to be made good */
    int changed_days;  /* person-days whose duties are others than before; of them, forced ones: */
    int forced_days;   /* what could not stay */
    bool proven;       /* no roster with as little lost changes fewer person-days */
    const roster_change *changes; /* who must be told, by person, then need */
    size_t change_count, people_told;
    uint64_t steps;
} roster_replanned;
roster_replanned roster_replan(arena *a, const roster_problem *p, const roster_duty *before, size_t count,
                               const roster_replan_options *options);
/* As p, but one person is away from a minute to another, counted from day 0, 00:00: blocked, and no longer locked there. */
roster_problem *roster_absent(arena *a, const roster_problem *p, int person, int from_minute, int to_minute);

/*
 * Reinforcement across teams: who of which team could stand where another is short. Lent for whole days: whoever goes
 * gives up the duties at home of that day, which must leave every minimum at home as it is, and level 0 too; nobody
 * serves two other teams on one day. Rest and all limits count the duties of both. All problems begin on the same day,
 * and a skill has the same bit in all of them. Where somebody has said cannot at home he is not asked elsewhere.
 */
typedef struct roster_team {
    const roster_problem *problem;
    const roster_duty *duties;
    size_t duty_count;
    int home_min; /* people who are not lent, on each day */
} roster_team;
enum { ROSTER_LOAN_GIVES_UP_MAX = 4 };
typedef struct roster_loan {
    int from_team, person, to_team, need;
    int gives_up[ROSTER_LOAN_GIVES_UP_MAX], gives_up_count; /* needs at home */
} roster_loan;
typedef struct roster_loans {
    const roster_loan *at; /* in the order in which they were found: scarcest needs first */
    size_t count;
    int missing, still_missing; /* below the minimum in all teams, before and with the loans */
} roster_loans;
roster_loans roster_lend(arena *a, const roster_team *teams, size_t count);

/*
 * Bytes that roster_solve_begin takes from an arena at most. With lower ends or soft rules of lines above all 5 for each of
 * up to 6 million values of a line's programme (days x states of the days in a row x hours x weekends), and where the
 * linear programme fits 16 times the square of people and needs together, which are then at most 1100.
 */
size_t roster_memory(const roster_problem *p);
#endif
