/*
 * endings: the Chinese words an address is taken apart by; the lists stand in endings.def.
 */
#ifndef MUSTER_PLACE_ENDINGS_H
#define MUSTER_PLACE_ENDINGS_H
#include "base/str.h"

typedef enum ending_list {
    ENDING_COMMUNITY, ENDING_VILLAGE, FORM_COMMUNITY, FORM_VILLAGE,
    ENDING_STREET, FORM_STREET, FORM_STREET_WEAK, FORM_TOWN, ENDING_TOWN, ENDING_DISTRICT,
    ENDING_CITY, ENDING_PROVINCE, ENDING_COMPOUND, MARK_STREET, ENDING_ROAD, MARK_NUMBER,
    TAIL, BUILDING, LABEL_WORK, LABEL_HOME, DIGIT, BLANK
} ending_list;

/* The words of a list one after another; false at its end. *cursor begins at 0. */
bool ending_next(ending_list list, size_t *cursor, str *out);
/* Bytes of the word of the list at the end, or at the start, of s; 0 where there is none. */
size_t ending_bytes(str s, ending_list list);
size_t ending_start_bytes(str s, ending_list list);
bool ending_is(str s, ending_list list); /* the whole of s is a word of the list */
/* s without its ending; s itself where nothing but the ending would remain. */
str ending_cut(str s, ending_list list);
#endif
