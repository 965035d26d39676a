/*
 * fold: an address in the one form in which it is compared: simplified, narrow, lower case, Chinese numbers
 * as digits, without labels, remarks in brackets, spaces and signs.
 */
#ifndef MUSTER_PLACE_FOLD_H
#define MUSTER_PLACE_FOLD_H
#include "base/str.h"

typedef struct fold {
    str text;
    const bool *breaks; /* per byte of text and its end: a comma or bracket stood here */
    bool is_work;       /* names a workplace and no home; text is the workplace */
} fold;
fold fold_address(arena *a, str address);
str fold_name(arena *a, str name); /* of a division, compound or hint */
#endif
