/* roster_tell: what muster roster explain says, in words and for machines. */
#ifndef MUSTER_CLI_ROSTER_TELL_H
#define MUSTER_CLI_ROSTER_TELL_H
#include "base/json.h"
#include "cli/roster_verb.h"
#include "job/gap_words.h"

typedef struct telling {
    arena *a;
    words_lang lang;
    const roster_problem *p;
    roster_solution s;
    gap_names names;
    int need; /* -1: all that are short */
    int seat; /* of this person at the need; -1: none */
    bool json;
} telling;

str telling_number(arena *a, int64_t n);
/* In words, on standard output; with a seat in mind why that person, and who could come instead. */
void telling_say_need(const telling *t, const roster_explanation *x);
void telling_say_seat(const telling *t);
/* The same as members of an object. */
void telling_put_need(const telling *t, json *j, const roster_explanation *x);
void telling_put_seat(const telling *t, json *j);
void telling_put_cost(json *j, const char *key, const roster_cost *c);
void telling_put_number(json *j, const char *key, int64_t n);
void telling_put_word(json *j, const char *key, const char *word);
#endif
