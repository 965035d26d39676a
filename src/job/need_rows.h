/*
 * need_rows: needs of a sheet as rows of post.import, shift.import and need.import: one post for each gate, one shift for
 * each time of day, one need for each day. Pure: whoever sends the rows (muster plan, a file read in) gives back their ids.
 */
#ifndef MUSTER_JOB_NEED_ROWS_H
#define MUSTER_JOB_NEED_ROWS_H
#include "base/civil.h"
#include "base/map.h"
#include "base/rows.h"
#include "base/words.h"
#include "sheet/records.h"

#include <jansson.h>

typedef struct need_wanted {
    const sheet_need *need;
    int64_t team;
    size_t post, shift; /* rows of these */
} need_wanted;
/* What is asked for one post, shift and day: the more exact row of the sheet counts, of two alike the later one. */
typedef struct need_slot {
    size_t by; /* of wanted */
    civil_day day;
    int rank;
} need_slot;

typedef struct need_rows {
    /* given */
    arena *a;
    words_lang lang;
    int64_t operation;
    civil_zone *zone;
    json_t *posts, *shifts; /* empty arrays, to be filled */
    /* told once for a row that asks what another asked; may be null */
    void (*twice)(void *of, const sheet_need *n);
    void *of;
    /* own */
    map *post_names, *shift_names, *slot_names;
    LIST(need_wanted) wanted;
    LIST(need_slot) slots;
} need_rows;

void need_rows_add(need_rows *x, const sheet_need *n, int64_t team);
/* All are added: fills slots. */
void need_rows_settle(need_rows *x);
/* Rows of need.import, in the order of slots; ids in the order of posts and shifts. */
void need_rows_put(need_rows *x, const json_t *post_ids, const json_t *shift_ids, json_t *out);
/* What rows of the view need an earlier sheet asked and none of `asked` (ids as texts) is: rows that ask for nobody any more. */
void need_rows_give_up(arena *a, const rows *there, const map *asked, json_t *out);
map *need_rows_ids(arena *a, const json_t *ids); /* of an answer, as need_rows_give_up has them */
#endif
