/*
 * word: the words of headers.def inside a cell: found, cut, split. Pure.
 */
#ifndef MUSTER_SHEET_WORD_H
#define MUSTER_SHEET_WORD_H
#include "base/map.h"
#include "base/text.h"

typedef LIST(str) sheet_list;

typedef enum word_id {
    WORD_ROUND_THE_CLOCK,
    WORD_ALL_DAY,
    WORD_AFTERNOON,
    WORD_MORNING,
    WORD_NEXT_DAY,
    WORD_HALF,
    WORD_OCLOCK,
    WORD_SOME,
    WORD_MAN,
    WORD_WOMAN,
    WORD_SHIFT_COUNT,
    WORD_FROM_NOW,
    WORD_ALWAYS,
    WORD_WEEKEND,
    WORD_WORKDAY,
    WORD_HOLIDAY,
    WORD_REST_DAY,
    WORD_YEAR,
    WORD_MONTH,
    WORD_DAY,
    WORD_UNTIL,
    WORD_LIST,
    WORD_SAME_AS_HOUSEHOLD,
    WORD_SAME_AS_SPOUSE,
    WORD_INDOOR,
    WORD_OUTDOOR,
    WORD_DIGITS,
    WORD_TWO,
    WORD_COMMUNITY_END,
    WORD_DEFAULT_SHEET,
    WORD_FILLED_BY, /* in front of whose list it is */
    WORD_LIST_OF,   /* behind that, in a title: 市水务局党员花名册 */
    WORD_AGENCY_END,
    WORD_UNIT,
    WORD_PERSONS,
    WORD_ADDITION,
    WORD_ONWARD,
    WORD_DOT,
    WORD_HUNDRED,
    WORD_THOUSAND,
    WORD_TEN_THOUSAND,
    WORD_YUAN,
    WORD_ANONYMOUS,
    WORD_NO,
    WORD_YES,
    WORD_OPEN,
    WORD_CLOSE,
    WORD_BUILDING,
    WORD_ODD,
    WORD_EVEN,
    WORD_OFF,   /* in a roster by person: free that day */
    WORD_STANDS /* the same: on duty, in the one shift there is */
} word_id;

/* text_normal, but what is normal already costs no memory: it is the text itself, in its old place. */
str word_normal(arena *a, str s);
/* Compatibility forms made plain, no space at all, ASCII in lower case. */
str word_key(arena *a, str s);
/* What stands in (round, also full-width or corner) brackets goes into *inside (may be null), joined by ';'. */
str word_without_brackets(arena *a, str s, str *inside);
bool word_has(str s, word_id id);
/* The word s begins with is cut off. */
bool word_cut(str *s, word_id id);
bool word_ends(str s, word_id id); /* with one of them */
str word_first(word_id id); /* as headers.def has it */
/* Parts between list signs outside brackets, trimmed, none empty. */
void word_split(arena *a, str s, sheet_list *out);
/* A number at the front of *s, in digits or Chinese up to 99; -1: none. It is cut off. */
int word_number(str *s);
/* 两千, 三万五千: a whole number in Chinese words at the front is cut off; -1: none. */
int64_t word_spelled(str *s);
#endif
