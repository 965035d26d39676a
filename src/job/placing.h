/*
 * placing: an address of a sheet through the place engine, as a row of placement.record. Pure.
 */
#ifndef MUSTER_JOB_PLACING_H
#define MUSTER_JOB_PLACING_H
#include "base/words.h"
#include "place/place.h"
#include "sheet/records.h"

#include <jansson.h>

typedef struct placing {
    arena *a;
    words_lang lang;
    const place_index *index;
    const map *by_code; /* community code -> index into names */
    const str *names;   /* "柳堤街道东塘社区": what somebody chooses from in the queue */
} placing;
json_t *placing_row(const placing *p, int64_t person, const sheet_person *s);

/* Whether a name of the table of communities is what a sheet writes. */
bool placing_same_community(str table, str asked);
#endif
