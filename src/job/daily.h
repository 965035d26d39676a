/*
 * daily: the figures of a day's report (日报表) as they stand in the records up to a cut-off, and the upper level's own
 * table filled with them by marks such as {应到人数}.
 */
#ifndef MUSTER_JOB_DAILY_H
#define MUSTER_JOB_DAILY_H
#include "base/civil.h"
#include "command/app.h"
#include "sheet/fill.h"
#include "sheet/forms.h"

/* How a column of the view daily_report is shown: as it is, fen as yuan, minutes as hours to one decimal, rounded down. */
typedef enum daily_shown { AS_NUMBER, AS_YUAN, AS_HOURS } daily_shown;
typedef struct daily_figure {
    const char *column;
    int64_t unit; /* what the sheet counts in */
    sheet_field field;
    daily_shown shown;
} daily_figure;
enum { DAILY_FIGURES = 17, DAILY_DAY_MINUTES = 1440 };
extern const daily_figure daily_figures[DAILY_FIGURES];

typedef struct daily {
    /* given */
    arena *a;
    app *app;
    words_lang lang;
    int64_t actor, operation, now; /* 0: the local operator; ms UTC */
    civil_zone *zone;
    str title; /* of the operation */
    /* by daily_load */
    rows units; /* the first is the operation, then each team */
    int64_t until; /* ms UTC */
    civil_day day;
} daily;

/* Day and minute as asked for; empty, or below 0: today, and until now, or the end of another day. */
void daily_when(const daily *d, str day, int asked, civil_day *out, int *minute);
err *daily_load(daily *d, civil_day day, int minute); /* 0..1440 */
/* In hundredths of what the sheet shows. */
int64_t daily_hundredths(const daily *d, size_t unit, size_t figure);
str daily_number_text(arena *a, int64_t hundredths);
str daily_figure_text(const daily *d, size_t unit, size_t figure);
str daily_until_text(const daily *d); /* 2020-02-08 17:00; the end of the day is 24:00 of its own */
str daily_figure_name(const daily *d, size_t figure);
str daily_rule(const daily *d, size_t figure); /* what is counted, in words */

typedef LIST(sheet_mark) daily_marks;
/* The figures in place of the marks of a table; what could not be filled stands in done->troubles, and nothing is written
 * then. ERR_INPUT: it is no XLSX, has no marks, or some that cannot be filled. */
err *daily_fill(daily *d, str file, str bytes, sheet_fill *done, daily_marks *marks);
/* The figure that a mark is of; DAILY_FIGURES: none, it is a word such as the unit. */
size_t daily_figure_of(str mark);
#endif
