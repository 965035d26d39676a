/*
 * chain: whom the lines of a sign-up chain (接龙) mean. What is not sure is said to be so: a wrong name is far worse than one
 * more tap. Pure: the people are given, nothing is recorded.
 */
#ifndef MUSTER_JOB_CHAIN_H
#define MUSTER_JOB_CHAIN_H
#include "base/err.h"
#include "base/map.h"
#include "sheet/chain.h"

enum { CHAIN_LINES_MAX = 300 };

typedef struct chain_person {
    str name;
    str tail;     /* the last four digits of the telephone; empty: not known */
    bool answers; /* may be meant at all */
    bool kept;    /* has answered already */
} chain_person;

typedef enum chain_verdict {
    CHAIN_SURE,    /* stands at the beginning, says yes, has not answered yet */
    CHAIN_TO_LOOK, /* one person, but the name stands elsewhere, or goes on like a longer one, or he has answered already */
    CHAIN_NO,      /* one person, who says no or took it back */
    CHAIN_AGAIN,   /* a person of a line above */
    CHAIN_SEVERAL, /* two of that name */
    CHAIN_NOBODY
} chain_verdict;

typedef struct chain_match {
    chain_line line;
    size_t person; /* of people; of no meaning where it is nobody or several */
    chain_verdict verdict;
    bool odd; /* the name stands elsewhere in the line, or may be a piece of a longer one */
} chain_match;
typedef LIST(chain_match) chain_matches;

/* One match for each line, and one more for each further name in it (张三、李四). ERR_INPUT: no line, or over CHAIN_LINES_MAX. */
err *chain_match_all(arena *a, str text, const chain_person *people, size_t count, chain_matches *out);
#endif
