/*
 * place: an address as people write it -> a community, with the reasons. Pure: no database, clock, file.
 * A wrong community is far worse than a row in the queue, so whatever leaves a doubt is queued.
 * The index keeps copies of nothing: divisions, entries, rules and their texts must outlive it. Once
 * built it is only read, so several threads may match by one index, each with an arena of its own.
 */
#ifndef MUSTER_PLACE_PLACE_H
#define MUSTER_PLACE_PLACE_H
#include "base/str.h"

/* A community. code is any text that is unique, 12 digits or the caller's own key. */
typedef struct place_division {
    str code, name, street, district; /* street and district may be empty */
} place_division;

typedef enum place_kind { PLACE_COMPOUND, PLACE_ROAD } place_kind;
typedef enum place_side { PLACE_BOTH, PLACE_ODD, PLACE_EVEN } place_side;
typedef struct place_range {
    int from, to; /* house numbers, both included */
    place_side side;
} place_range;

/* A compound or a road known to lie in a community; a road's name may end in its number. */
typedef struct place_entry {
    str code;    /* of the community */
    int64_t tag; /* the caller's id of the compound; 0 where there is none */
    place_kind kind;
    str name;
    const str *aliases;
    size_t alias_count;
    /* House numbers of a road, buildings of a compound; without any the whole name must stand in the address. */
    const place_range *ranges;
    size_t range_count;
} place_entry;

/*
 * A decision somebody made in the queue: all addresses of this text_key. Passed over where the address
 * holds nothing but a street or a road without a number: the next one of that key may live elsewhere.
 */
typedef struct place_rule {
    str text_key;
    str code; /* empty: outside, in none of our communities */
    int64_t tag;
} place_rule;

typedef struct place_index place_index;
place_index *place_index_new(arena *a, const place_division *divisions, size_t division_count,
                             const place_entry *gazetteer, size_t entry_count,
                             const place_rule *rules, size_t rule_count);

typedef enum place_decision { PLACE_QUEUE, PLACE_ACCEPT } place_decision;
typedef enum place_cause {
#define X(cause, key) cause,
#include "place/causes.def"
#undef X
    PLACE_CAUSE_COUNT
} place_cause;
/* A key of words: "place.no_number". */
const char *place_cause_key(place_cause cause);

enum { PLACE_CANDIDATES_MAX = 3 };
typedef struct place_candidate {
    str code;
    int64_t tag;
    double score;    /* 0..1 */
    str span;        /* the part of result.text that speaks for it */
    place_cause why; /* what kind of evidence: PLACE_BY_... */
} place_candidate;

typedef struct place_result {
    place_decision decision;
    str code;          /* first suggestion where queued; empty: none, or decided to be outside */
    int64_t tag;       /* compound, 0 none */
    double confidence; /* 0..1 */
    place_cause cause; /* why queued, or by what accepted */
    bool warning;      /* accepted by the hint, though the address says candidates[1] */
    str text;          /* the address as it was compared: spans point into it */
    str matched;       /* span of text, empty where nothing matched */
    str text_key;      /* what the queue groups by and a rule remembers; empty without text and hint */
    place_candidate candidates[PLACE_CANDIDATES_MAX]; /* best first */
    size_t candidate_count;
} place_result;

/* Hints are the columns 报到社区 and 所属街道, empty where there are none. Never fails; texts live in a. */
void place_match(const place_index *index, arena *a, str address, str community_hint, str street_hint,
                 place_result *out);

/* Only the ending of a community's name: 社区, 居委会, 社区居委会, 村委会 ... */
bool place_is_ending(str s);
#endif
