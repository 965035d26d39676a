/*
 * plan_paper: one team's roster as its papers see it, and the papers made of it. What is here lives in the
 * team's arena; each index counts into the list of its name.
 */
#ifndef MUSTER_CLI_PLAN_PAPER_H
#define MUSTER_CLI_PLAN_PAPER_H
#include "cli/plan.h"
#include "cli/worker.h"

typedef struct post_row {
    int64_t id;
    str name, compound, instructions, letter;
} post_row;
typedef struct shift_row {
    int64_t id;
    str name;
    bool night;
    print_shift print;
} shift_row;
typedef struct person_row {
    int64_t id;
    str name, unit, phone;
} person_row;
typedef struct need_row {
    int64_t id;
    int day; /* from the first of the operation */
    size_t post, shift;
    int filled, missing;
    str reason;
} need_row;
typedef struct duty_row {
    size_t need, person;
    bool lead, unanswered;
} duty_row;

typedef struct paper {
    plan *p; /* a copy whose arena is this team's */
    arena *a;
    const plan_team *team;
    str file; /* name of its files, before the dash */
    str place; /* 云龙区 彭城街道 中枢社区 */
    print_head head;
    int64_t leader_id, liaison_id;
    int version;
    int64_t roster_id, published_at; /* 0: none is published */
    int day_count;
    LIST(post_row) posts;
    LIST(shift_row) shifts;
    LIST(person_row) people;
    LIST(need_row) needs;
    LIST(duty_row) duties;
} paper;

/* plan_paper.c */
err *paper_load(paper *x);
/* 0208-南-1: the day, where (may be empty), and which paper of the team. */
str paper_number(const paper *x, int day_index, str where, size_t number);

/* To the file of the team and this word. */
err *paper_print(paper *x, workers *w, const char *suffix, print_document *d);

err *paper_roster_print(paper *x, workers *w);
err *paper_roster_sheet(const paper *x);
err *paper_doors_print(paper *x, workers *w);
err *paper_calls_print(paper *x, workers *w);
err *paper_sign_in_print(paper *x, workers *w);
#endif
