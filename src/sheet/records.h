/*
 * records: what the rows of a table say, as typed values: people, units, communities, needs, availability.
 * A row that cannot be used is left out with an error in troubles; a doubtful cell is a warning and empty.
 * Pure. Texts point into the file's or the caller's arena: keep both.
 */
#ifndef MUSTER_SHEET_RECORDS_H
#define MUSTER_SHEET_RECORDS_H
#include "base/civil.h"
#include "sheet/table.h"
#include "sheet/word.h"

typedef struct sheet_origin {
    str sheet;
    int row;
} sheet_origin;

typedef struct sheet_person {
    sheet_origin from;
    str name;      /* spaces inside Chinese names and what stood in brackets taken off */
    str phone;     /* 11 digits, or empty */
    str issuer;    /* whose list it is; empty: not said */
    str org_path;  /* party branch or unit who notifies; the sheet's name where no column says so */
    str work_unit; /* unit and post as written */
    str kind;
    str address, compound, community, subdistrict;
    str where;  /* in town or not, as written */
    str answer; /* as written */
    str remark; /* with what was cut off the name */
    sheet_list skills;
} sheet_person;
typedef struct sheet_people {
    LIST(sheet_person) list;
} sheet_people;

typedef struct sheet_org {
    sheet_origin from;
    str name, parent, liaison, phone, code, remark;
} sheet_org;
typedef struct sheet_orgs {
    LIST(sheet_org) list;
} sheet_orgs;

/* A row of the statistics office's divisions, or of a table of communities as offices keep it. */
typedef struct sheet_community {
    sheet_origin from;
    str code; /* 12 digits, or empty */
    str community, subdistrict, subdistrict_code, district, district_code;
    sheet_list compounds; /* of this row; rows of one community are not joined */
    str aliases;          /* of the compound */
    str address;
    int households, gates; /* -1: not said */
    str contact, phone;
} sheet_community;
typedef struct sheet_communities {
    LIST(sheet_community) list;
} sheet_communities;

typedef enum sheet_side { SHEET_BOTH, SHEET_ODD, SHEET_EVEN } sheet_side;
typedef struct sheet_range {
    int from, to; /* buildings or house numbers, both included */
    sheet_side side;
} sheet_range;
typedef LIST(sheet_range) sheet_ranges;

typedef struct sheet_place {
    sheet_origin from;
    str community_code, community; /* one of the two may be empty */
    str type; /* as written: compound, road, alias ...; "compound" where the table has no such column */
    str name;
    sheet_list aliases;
    sheet_ranges ranges; /* none: all of it lies there */
    int64_t records; /* how many addresses spoke for it; 0: not said */
} sheet_place;
typedef struct sheet_gazetteer {
    LIST(sheet_place) list;
} sheet_gazetteer;

typedef struct sheet_shift {
    int begin_minute; /* 0..1439 */
    int end_minute;   /* above begin; past 1440 it crosses midnight */
} sheet_shift;
typedef LIST(sheet_shift) sheet_shifts;

typedef struct sheet_days {
    LIST(civil_day) list;
    const unsigned char *ranks; /* how exactly each was named: where two rows ask for one day, the higher counts */
} sheet_days;

typedef struct sheet_need {
    sheet_origin from;
    str subdistrict, community;
    str post;         /* compound, checkpoint or section as written */
    sheet_list gates; /* one post each; empty: one post without a gate's name */
    int households;   /* -1: not said */
    sheet_shifts shifts;
    int headcount_min, headcount_target; /* per gate and shift */
    sheet_days days;                     /* within the operation, ascending */
    sheet_list skills;
    bool indoor;
    str task, remark, contact, contact_phone;
} sheet_need;
typedef struct sheet_needs {
    LIST(sheet_need) list;
} sheet_needs;

/* Years and open ends are taken from here; no shifts: 8-12, 12-16, 16-20, 20-24, 0-8. */
typedef struct sheet_operation {
    civil_day first_day, last_day;
    const sheet_shift *shifts;
    size_t shift_count;
    const civil_day *holidays, *workdays; /* days off; weekend days that are worked */
    size_t holiday_count, workday_count;
} sheet_operation;

typedef enum sheet_level { SHEET_CAN, SHEET_PREFER, SHEET_RATHER_NOT, SHEET_CANNOT } sheet_level;
typedef struct sheet_available {
    sheet_origin from;
    str name, phone;
    civil_day day; /* one record for each day */
    int begin_minute, end_minute;
    sheet_level level;
} sheet_available;
typedef struct sheet_availability {
    LIST(sheet_available) list;
} sheet_availability;

err *sheet_people_of(arena *a, const sheet_file *f, sheet_people *out, sheet_troubles *troubles);
err *sheet_orgs_of(arena *a, const sheet_file *f, sheet_orgs *out, sheet_troubles *troubles);
err *sheet_communities_of(arena *a, const sheet_file *f, sheet_communities *out,
                          sheet_troubles *troubles);
err *sheet_divisions_of(arena *a, const sheet_file *f, sheet_communities *out,
                        sheet_troubles *troubles);
err *sheet_gazetteer_of(arena *a, const sheet_file *f, sheet_gazetteer *out,
                        sheet_troubles *troubles);
err *sheet_needs_of(arena *a, const sheet_file *f, const sheet_operation *operation,
                    sheet_needs *out, sheet_troubles *troubles);
err *sheet_availability_of(arena *a, const sheet_file *f, const sheet_operation *operation,
                           sheet_availability *out, sheet_troubles *troubles);

/* Cells of a row, for the readers above: normal text; a mobile number or empty, told; parts; a number or -1. */
str sheet_text(arena *a, const sheet_table *t, const sheet_row *row, sheet_field field);
str sheet_phone_take(arena *a, const sheet_table *t, const sheet_row *row,
                     sheet_troubles *troubles);
void sheet_list_take(arena *a, str cell, sheet_list *out);
int sheet_number(arena *a, const sheet_table *t, const sheet_row *row, sheet_field field);

/* The readers of single cells. A key with out filled is a doubt, told as a warning. Null: read; else the words key of what is wrong. */
const char *sheet_phone_read(arena *a, str cell, str *phone);
const char *sheet_shifts_read(arena *a, str cell, const sheet_operation *o, sheet_shifts *out);
const char *sheet_time_read(arena *a, str cell, int *minute); /* 8:00, 8点半, 次日2:00: 0..2879 */
const char *sheet_headcount_read(arena *a, str cell, size_t *shift_count, int *min, int *target);
/* "1-12号楼", "单号1-99": what is no range leaves out empty. */
const char *sheet_ranges_read(arena *a, str cell, sheet_ranges *out);
/* Days within the operation, ascending. sheet_days_none: well written, but the operation has no such day. */
extern const char sheet_days_none[];
bool sheet_days_word_cut(str *s); /* a weekday or kind of day at the front is cut off */
const char *sheet_days_read(arena *a, str cell, const sheet_operation *o, sheet_days *out);
#endif
