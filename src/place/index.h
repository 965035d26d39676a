/*
 * index: every name of a city's places and what it may mean; the inside of place_index. Read only once built.
 */
#ifndef MUSTER_PLACE_INDEX_H
#define MUSTER_PLACE_INDEX_H
#include "base/map.h"
#include "place/place.h"

typedef enum sense_kind {
    SENSE_REGION,    /* province or city; target: REGION_... */
    SENSE_DISTRICT,  /* target: index of the district */
    SENSE_STREET,    /* target: index of the street */
    SENSE_COMMUNITY, /* target: index of the division */
    SENSE_ENTRY      /* target: index of the entry */
} sense_kind;
enum { REGION_FOREIGN, REGION_OUR_PROVINCE, REGION_OUR_CITY };
typedef struct sense {
    sense_kind kind;
    bool weak; /* the text may also mean something else */
    int target;
    int next; /* in senses, -1 at the end */
} sense;
typedef struct place_home { /* of a division, by number */
    int street, district;
} place_home;

struct place_index {
    const place_division *divisions;
    const place_home *homes; /* as many as divisions */
    size_t division_count;
    const place_entry *entries;
    const int *entry_divisions; /* -1: its code is in no division */
    size_t entry_count;
    const place_rule *rules;
    LIST(sense) senses;
    map *names;   /* folded text -> first sense */
    map *cores;   /* community's name without ending -> first sense, for hints */
    map *by_code; /* -> division */
    map *by_key;  /* text_key -> rule */
    bool has_home; /* our city is known by its codes */
    size_t name_max_bytes;
    int *street_districts; /* per street */
    LIST(str) street_names; /* folded, as written in the table */
    LIST(str) district_names;
};
#endif
