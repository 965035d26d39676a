/*
 * forms: the sheets kept while an operation runs, read back: sign-in sheets, gifts, daily reports. A row that cannot be
 * used is left out with an error in troubles. What a row means to the records is for whoever has them: each keeps its
 * place, so that a later fault can name the cell. Pure. Texts point into the file's or the caller's arena: keep both.
 */
#ifndef MUSTER_SHEET_FORMS_H
#define MUSTER_SHEET_FORMS_H
#include "sheet/records.h"

typedef struct sheet_at {
    const sheet_table *table;
    const sheet_row *row;
} sheet_at;
/* A fault at the row, in the column of the field (SHEET_NONE: the whole row); values fill message and hint. */
void sheet_tell_at(arena *a, sheet_troubles *troubles, sheet_at at, sheet_field field, sheet_severity severity,
                   const char *what, const word_value *values);
/* One warning for a column in which something stands that nothing keeps. */
void sheet_tell_not_kept(arena *a, sheet_troubles *troubles, const sheet_table *t, sheet_field field);

/* Times are minutes 0..2879 as written; 〃 is the time above by now. */
enum { SHEET_TIME_NONE = -1, SHEET_TIME_PLANNED = -2 /* signed, but no time */ };
typedef struct sheet_came {
    sheet_at at;
    str number;    /* of the sheet, as written; empty: not said */
    str name, org, post;
    int64_t duty;  /* 0: not said */
    int came, left;
    bool absent;   /* "-" in place of the time */
} sheet_came;
typedef struct sheet_attendance {
    LIST(sheet_came) list; /* rows on which nothing was written are there too, but empty spare lines */
} sheet_attendance;
err *sheet_attendance_of(arena *a, const sheet_file *f, sheet_attendance *out, sheet_troubles *troubles);

typedef struct sheet_gift {
    sheet_at at;
    str receipt_no; /* of the ledger; empty: it has none yet */
    civil_day day;
    str donor, org;
    bool anonymous, publish;
    bool money;          /* else goods */
    int64_t amount_fen;  /* of money, or what the goods are worth, 0: not said; below 0 in a reversal */
    str goods, goods_unit;
    int64_t quantity;    /* 0: not said */
    str community, purpose, voucher_no;
} sheet_gift;
typedef struct sheet_gifts {
    LIST(sheet_gift) list;
} sheet_gifts;
err *sheet_gifts_of(arena *a, const sheet_file *f, const sheet_operation *operation, sheet_gifts *out,
                    sheet_troubles *troubles);
/* 2000, 2,000.00元, 0.2万, 两千: fen, below 0 with a minus. Null: read; else the words key of what is wrong. */
const char *sheet_money_read(arena *a, str cell, int64_t *fen);

typedef struct sheet_report {
    sheet_at at;
    str unit;
    civil_day day; /* of the cut-off */
    int minute;    /* 0..1440 */
} sheet_report;
typedef struct sheet_reports {
    LIST(sheet_report) list;
} sheet_reports;
/* The figures themselves are read one by one: which there are is for whoever compares them. */
err *sheet_reports_of(arena *a, const sheet_file *f, sheet_reports *out, sheet_troubles *troubles);
/* 12, 12人, 1,234.5, in hundredths; times what the column counts in (1, of 万元 10000). False: no number. */
bool sheet_figure_read(arena *a, str cell, int64_t unit, int64_t *hundredths);
#endif
