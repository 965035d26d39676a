/*
 * bulletin: a bulletin as text and as a sheet for print, out of the records. It is made of the figures its command has stored;
 * a line of it stands only if every figure it names is there.
 */
#ifndef MUSTER_JOB_BULLETIN_H
#define MUSTER_JOB_BULLETIN_H
#include "base/civil.h"
#include "base/map.h"
#include "command/app.h"
#include "print/print.h"

/* Around a figure in a line: the paper shows it bold and underlined, the text shows nothing. */
#define BULLETIN_FIGURE_BEGIN PRINT_FIGURE_BEGIN
#define BULLETIN_FIGURE_END PRINT_FIGURE_END
#define BULLETIN_FIGURE_NAME "\xEE\x80\x82" /* U+E002: between its name and its number, where names are wanted */

typedef struct bulletin_part {
    str heading; /* 一、总体 */
    LIST(str) lines;
    str rule; /* how it was counted; may be empty */
    print_chart chart;
} bulletin_part;

/* Whose eyes it is read with; 0: local. Grants begin and end by `now`. */
typedef struct bulletin_reader {
    int64_t actor_id, now;
    bool named; /* each figure has its name in front: for whoever makes links of them */
} bulletin_reader;

typedef struct bulletin {
    arena *a;
    words_lang lang;
    app *app;
    bulletin_reader reader;
    civil_zone *zone;
    int64_t id, operation_id, number, as_of;
    civil_day day; /* of the cut-off */
    bool frozen;
    str zone_name, title, issuer, filled_by, checked_by, requests;
    rows figures; /* name kind view args value records */
    LIST(word_value) values; /* of the figures and of what stands between them */
    LIST(bulletin_part) parts;
} bulletin;

/* number 0: the newest. */
err *bulletin_load(arena *a, app *p, words_lang lang, int64_t number, bulletin_reader reader, bulletin *out);
err *bulletin_view(bulletin *b, const char *name, const named *args, rows *out); /* as its reader */
void bulletin_write(bulletin *b); /* fills parts */
str bulletin_text(bulletin *b);
str bulletin_json(bulletin *b);
/* link: written beside the square and in it; empty: the square holds what the bulletin is. */
err *bulletin_sheet(bulletin *b, str link, print_bulletin_sheet *out);
/* As it is shown: 1,240; 33,460.00; 3,431.5. */
str bulletin_number(arena *a, int64_t value, int scale);
#endif
