/*
 * form: the sheets of an operation as files: sign-in sheet, list of gifts, daily report; written from views, read back
 * against them, and applied by commands. One file of C for each.
 */
#ifndef MUSTER_CLI_FORM_H
#define MUSTER_CLI_FORM_H
#include "base/civil.h"
#include "base/map.h"
#include "command/app.h"
#include "sheet/forms.h"
#include "sheet/write.h"
#include "view/view.h"

typedef struct form {
    arena *a;
    app *app;
    words_lang lang;
    int64_t actor, by; /* 0: the local operator; who keyed it, where no actor says so */
    int64_t now;       /* ms UTC */
    const char *path;  /* read from or written to; .csv is a CSV, .pdf a paper, else XLSX */
    bool apply;        /* reading: do what can be done, else only show */
    bool doubles;      /* gifts that look like one already recorded are meant */
    bool drop;         /* rows that the file has no more are to go */
    int64_t operation; /* 0: the newest */
    int64_t team, version; /* of a sign-in sheet that does not say; 0: it must */
    const char *fill;  /* of a daily report: the table with marks; null: none */
    int layout;        /* of a roster: 1 by day, 2 by person, 3 by post; 0: 1 */
    int until_minute;  /* of a daily report: 0..1440; below 0: now, or the end of the day */
    str day;           /* the same; of a daily report: of which day. Empty: it must, or today */
} form;

/* What a file says against what is recorded; lines are in the reader's words, in the order of the file. */
typedef struct form_read {
    LIST(str) lines;
    size_t same, fresh; /* rows that agree; that can be applied */
    size_t standing;    /* that differ from what stands and will go on standing */
    bool applied;
    sheet_troubles troubles;
} form_read;

typedef struct form_kind {
    const char *name;
    bool derived; /* is only compared, never applied */
    err *(*write)(form *f);
    /* A row that cannot be used: ERR_INPUT, and out->troubles say why; nothing was done then. */
    err *(*read)(form *f, form_read *out);
} form_kind;
extern const form_kind form_attendance, form_donation, form_daily, form_needs, form_members, form_roster;

/* f->fill with the figures in place of its marks, to f->path; lines say which rule and time each follows. */
err *form_daily_fill(form *f, form_read *out);

/* Runs a view for the actor. */
err *form_view(form *f, const char *name, const named *args, rows *out);
err *form_operation(form *f, str *title, civil_zone **zone); /* fills f->operation; none: ERR_NOT_FOUND */
err *form_team(form *f, str *name);                            /* of f->team; fills f->operation */
err *form_command(form *f, const char *command, const named *args, str *result);
/* The table under the labels of headers.def; cell gives what stands in a row and field. */
err *form_write(form *f, sheet_kind kind, str title, size_t row_count, value (*cell)(void *of, size_t row, sheet_field field),
                void *of);
err *form_put(form *f, const sheet_out *out); /* to f->path */
bool form_on_paper(const form *f);            /* a paper bears no numbers for reading it back */
void form_line(form *f, form_read *out, sheet_at at, const char *key, const word_value *values);
void form_say(form *f, form_read *out, const char *key, const word_value *values); /* of no row of the file */
/* A cell of it that says something else than the records: old and new. */
void form_changed(form *f, form_read *out, sheet_at at, sheet_field field, str name, str have, str said);
/* Null, or that the file has rows that cannot be used. */
err *form_verdict(form *f, const form_read *out);
str form_number(arena *a, int64_t n);

/* Which record a row is of, and which version of it was written: 12v3, in a column of its own. */
typedef struct form_key {
    int64_t id, version; /* 0: a new row */
} form_key;
str form_key_text(arena *a, form_key key);
/* False: told, as also where a row above has the key. */
bool form_key_take(form *f, sheet_at at, map *seen, form_read *out, form_key *key);
/* What the rows bear as the number of the sheet; of several the first, the others are told. Empty: none does. */
str form_sheet_number(form *f, const sheet_tables *tables, form_read *out);
#endif
