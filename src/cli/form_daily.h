/*
 * form_daily: the figures of a day's report, for the table of the program and for one of somebody else.
 */
#ifndef MUSTER_CLI_FORM_DAILY_H
#define MUSTER_CLI_FORM_DAILY_H
#include "cli/form.h"

/* How a column of the view is shown: as it is, fen as yuan, minutes as hours to one decimal, rounded down. */
typedef enum daily_shown { AS_NUMBER, AS_YUAN, AS_HOURS } daily_shown;
typedef struct daily_figure {
    const char *column;
    int64_t unit; /* what the sheet counts in */
    sheet_field field;
    daily_shown shown;
} daily_figure;
enum { DAILY_FIGURES = 17 };
extern const daily_figure daily_figures[DAILY_FIGURES];

typedef struct reporting {
    form *f;
    civil_zone *zone;
    str title;
    rows units; /* of the cut-off under way */
    int64_t until;
    civil_day day;
} reporting;
/* The figures of f->day up to f->until_minute, as they stand in the records; the first unit is the operation. */
err *daily_load(reporting *r);
str daily_figure_text(const reporting *r, size_t unit, size_t figure);
str daily_until_text(const reporting *r); /* 2020-02-08 17:00; the end of the day is 24:00 of its own */
#endif
