/*
 * form_roster: a team's roster as a sheet: by day (1), by person (2), by post (3); 1 and 2 are read back. What is common to
 * writing, reading and applying: who stands where now, by the index of a need and of a person.
 */
#ifndef MUSTER_CLI_FORM_ROSTER_H
#define MUSTER_CLI_FORM_ROSTER_H
#include "cli/form.h"

enum { ROSTER_BY_DAY = 1, ROSTER_BY_PERSON = 2, ROSTER_BY_POST = 3 };

typedef struct roster_man {
    int64_t id;
    str name, key; /* key: as names are compared */
    str unit, phone; /* masked */
    bool twin; /* another has the same name */
} roster_man;

typedef struct roster_stand {
    size_t need, man;
    bool lead, locked;
    sheet_at at; /* where the sheet says so; no table: it does not */
} roster_stand;
typedef LIST(roster_stand) roster_stands;

typedef struct rostering {
    form *f;
    civil_zone *zone;
    civil_day today, from, to; /* days of the draft, else of the roster in force */
    str team_name, number;     /* team/from/to/what it was written from */
    rows needs, shifts;
    LIST(roster_man) men; /* members, and who stands there without being one */
    roster_stands have, said;
    str said_number;           /* of the file; empty: none */
    /* of a file: which part of the roster it speaks of */
    bool *need_said; /* by day: each need with a row */
    bool *cell_said; /* by person: man * days + day */
} rostering;

err *roster_load(rostering *r);
str roster_need_name(const rostering *r, size_t need); /* 2020-02-08 08:00-12:00 Gate */
civil_day roster_need_day(const rostering *r, size_t need);
int roster_need_minute(const rostering *r, size_t need, const char *column); /* start_minute, end_minute */
bool roster_stands_at(const roster_stands *s, size_t need, size_t man, size_t *at);
str roster_name_key(arena *a, str name); /* as names are compared: no space, one kind of dot */
str roster_man_text(const rostering *r, size_t man); /* with the unit, where there are two of the name */
err *roster_write(rostering *r);
/* form_roster_read.c: fills said and what is said; all that is not understood is told. */
void roster_read(rostering *r, const sheet_tables *by_day, const sheet_tables *by_person, form_read *out);
/* form_roster_apply.c: the difference shown, rules that it breaks named, and with f->apply made the draft. */
err *roster_apply(rostering *r, form_read *out);
/* A day as it stands in a date column or over one of days, within the roster: 2月8日, 8日 六, 8. */
bool roster_day_read(const rostering *r, str cell, civil_day *out);
#endif
