/*
 * care_rule: the rules a roster heeds for one person; why they hold is nobody's business here. Pure.
 */
#ifndef MUSTER_DOMAIN_CARE_RULE_H
#define MUSTER_DOMAIN_CARE_RULE_H
#include "base/civil.h"
#include "base/words.h"

typedef enum care_rule_id {
#define CARE_RULE(id, name, lowest, highest) CARE_RULE_##id,
#include "domain/care_rule.def"
#undef CARE_RULE
    CARE_RULE_COUNT
} care_rule_id;
typedef struct care_rule {
    const char *name;
    int64_t lowest, highest;
} care_rule;
extern const care_rule care_rules[CARE_RULE_COUNT];

/* Which one a name means; false: none. */
bool care_rule_find(str name, care_rule_id *out);
/* A rule that may be kept; else an error that lists the rules, or says what its value may be. */
err *care_rule_check(arena *a, words_lang lang, str name, int64_t value);
/* Whether one that holds from_on..to_on (empty: no end) holds on some day of first..last. */
bool care_rule_holds(str from_on, str to_on, civil_day first, civil_day last);
#endif
