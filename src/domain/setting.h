/*
 * setting: named values of an operation or a team, with their bounds. The table is setting.def. Pure.
 */
#ifndef MUSTER_DOMAIN_SETTING_H
#define MUSTER_DOMAIN_SETTING_H
#include "base/civil.h"
#include "base/map.h"
#include "base/rows.h"
#include "base/words.h"

typedef enum setting_id {
#define SETTING(id, name, kind, usual, lowest, highest, of) SETTING_##id,
#include "domain/setting.def"
#undef SETTING
    SETTING_COUNT
} setting_id;

typedef enum setting_kind {
    SETTING_INT,
    SETTING_YES,
    SETTING_DAYS, /* YYYY-MM-DD, several joined by commas */
    SETTING_TEXT, /* one line, lowest to highest signs long */
    SETTING_MARK  /* the program's own note, not for people */
} setting_kind;
enum { SETTING_OF_OPERATION = 1, SETTING_OF_TEAM = 2, SETTING_OF_BOTH = 3 };

typedef struct setting {
    const char *name;
    setting_kind kind;
    int of; /* SETTING_OF_ bits */
    int64_t usual, lowest, highest;
} setting;
extern const setting settings[SETTING_COUNT];
typedef LIST(civil_day) setting_days;

/* By name; unknown: an error that lists the names. */
err *setting_find(arena *a, str name, setting_id *out);
/* The text as it is kept (yes, no, days in order); else an error that says what is wanted. */
err *setting_check(arena *a, words_lang lang, setting_id id, str text, str *kept);

typedef struct setting_scope {
    int of; /* one SETTING_OF_ bit */
    int64_t id;
} setting_scope;
err *setting_scope_read(arena *a, str text, setting_scope *out); /* operation:12, team:7 */

/* What holds, of the rows scope, name, value: of the team (0: none), else of the operation, else empty. */
str setting_text(arena *a, const rows *r, setting_id id, int64_t operation, int64_t team);
int64_t setting_number(arena *a, const rows *r, setting_id id, int64_t operation, int64_t team);
void setting_read_days(arena *a, str text, setting_days *out); /* of a kept text */
#endif
