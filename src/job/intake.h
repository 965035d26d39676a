/*
 * intake: many files in one go, each an import of its own, with one list of troubles. Reading changes nothing. A file that
 * cannot be read is a trouble of that file, and the others are read even so. Written is all or, if asked, the good rows.
 * What files of it speak of may come in others of it, in whatever order they are given: divisions are written first, then
 * compounds, units, people, hours and needs.
 * All of it lives in the arena.
 */
#ifndef MUSTER_JOB_INTAKE_H
#define MUSTER_JOB_INTAKE_H
#include "job/import_coming.h"

typedef struct intake_file {
    const char *path;
    str name;         /* as people know it */
    str issuer;       /* whose list, as given; empty: as it says itself */
    sheet_kind kind;  /* as given; SHEET_KIND_COUNT: as that of all */
    import of;
    bool unread;      /* its only trouble says why; of `of` only the name is known */
    const char *why;  /* unread: the key of words */
    size_t refused;   /* rows */
    size_t elsewhere, known_elsewhere; /* rows of people who stand in a file before it too; of them in the database already */
    bool held;        /* not written, for what was only seen late */
} intake_file;

typedef struct intake {
    /* given */
    arena *a;
    app *app;
    words_lang lang;
    int64_t actor, now;
    sheet_kind kind; /* of all files; SHEET_KIND_COUNT: as the headers of each say */
    str from_on, to_on; /* the days that needs are of */
    str source;
    bool mended;     /* cells mended beside each file count (import_edits.h) */
    import_column *columns; /* what some columns mean, in whatever file they stand (import_columns.h) */
    size_t column_count;
    bool good_rows;  /* write what can be used, though some rows or files cannot */
    LIST(intake_file) files;
    /* of intake_read */
    sheet_troubles troubles; /* of all files, in their order, errors of a file first */
    size_t ready, refused, repeated, known, alike; /* rows: refused have an error */
    size_t unread, applied;  /* files; applied: this very file was read in before */
    import_coming coming;
    /* of intake_write */
    int64_t added, changed, same, placed, queued;
    size_t given_up, written; /* written: files */
    sheet_troubles late;      /* only seen once the files before were written */
    size_t held;              /* files not written for such, as good_rows was not asked for */
} intake;

enum { INTAKE_KINDS = 6 };
extern const sheet_kind intake_order[INTAKE_KINDS]; /* as they are written: what others refer to comes first */

/* Unread, as no header was found in it; its content is there, to ask what its columns mean. */
bool intake_lacks_header(const intake_file *f);
void intake_add(intake *t, const char *path, str name);
err *intake_read(intake *t);
/*
 * ERR_INPUT, and nothing is written: some row or file has an error, and good_rows was not asked for. A row that stood on
 * another file can still turn out to have none (nobody was placed there): told in late, with its file held back.
 */
err *intake_write(intake *t);
/*
 * The refused rows of all files, in their own shape with the reason last, to be mended and sent again: path, and beside it
 * path-2 and so on, for what one workbook cannot hold: tables of another kind, a second sheet of one name. Each sheet of a
 * file is a sheet of its own there. paths: which.
 */
err *intake_refused(intake *t, const char *path, sheet_list *paths);
#endif
