/*
 * gap_words: why a need stays short, in words: who could come and does not, whether it is shown, what would help. The names
 * are the caller's, by index. All text lives in the arena.
 */
#ifndef MUSTER_JOB_GAP_WORDS_H
#define MUSTER_JOB_GAP_WORDS_H
#include "base/words.h"
#include "roster/roster.h"

typedef struct gap_names {
    words_lang lang;
    const str *people, *needs;
    size_t named_max; /* so many people of one reason are named, more are counted; who has a care arrangement never is */
} gap_names;

str gap_words(arena *a, const gap_names *n, const roster_explanation *x); /* all of it */
str gap_sentence(arena *a, const gap_names *n, const roster_explanation *x); /* without what would help */
str gap_lever_words(arena *a, const gap_names *n, const roster_lever *x);
#endif
