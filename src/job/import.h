/*
 * import: one file of people, units, divisions, compounds, hours or needs, first understood and then written by commands.
 * Reading it changes nothing; who may write is the commands' to say. What is written half (a crash, a lost connection) is
 * written whole by writing the same file again: every command of it finds what is there. All of it lives in the arena;
 * both steps may wait.
 */
#ifndef MUSTER_JOB_IMPORT_H
#define MUSTER_JOB_IMPORT_H
#include "base/json.h"
#include "base/limits.h"
#include "base/map.h"
#include "command/app.h"
#include "job/import_row.h"

enum { IMPORT_MAX_BYTES = WORKER_MAX_BYTES }; /* of the arena of one */
typedef struct import import;
typedef struct import_column import_column; /* import_columns.h */
typedef struct import_coming import_coming; /* import_coming.h */
/* One kind of file the desk can read in. */
typedef struct import_kind {
    sheet_kind kind;
    err *(*read)(import *m);  /* content to records, troubles told */
    err *(*write)(import *m); /* between the begin and the rows of the import; fills the nouns of the records */
} import_kind;

struct import {
    /* given */
    arena *a;
    app *app;
    words_lang lang;
    int64_t actor, now;
    const char *path;
    str bytes;       /* of the file, where they were read already: what is piped in can be read once */
    str name;        /* of the file, as people know it */
    str source;      /* of its commands; empty: "web" */
    sheet_kind kind; /* SHEET_KIND_COUNT: as its headers say */
    bool mended;     /* with the cells mended beside path (import_edits.h) */
    bool (*go_on)(void *of, int percent); /* asked before each command of import_write; null: nobody is */
    void *of;
    str from_on, to_on; /* the days that needs are of; empty: today and six more */
    import_column *columns; /* what some mean, given with it */
    size_t column_count;
    str issuer; /* whose list it is, given with it; empty: as it says itself */
    const import_coming *coming; /* what is written before this file; null: nothing */
    /* of import_read */
    struct import_choices *choices;
    sheet_file content;
    sheet_tables tables;
    sheet_troubles troubles;
    str hash, bytes_hash; /* bytes_hash: of the file before anything in it was mended */
    str handed_by; /* the agency that handed this very file in by its link; empty: none, or several */
    import_record *records;
    size_t count, repeated, known; /* known: stand in the database already */
    size_t alike;                  /* of import_alike: rows of people who are probably known by another writing */
    bool applied;                  /* this very file was read in before */
    bool waits;                    /* some row stands on what is coming: to be read again once that is written */
    sheet_people people;
    sheet_orgs orgs;
    sheet_communities communities;
    sheet_gazetteer gazetteer;
    sheet_availability hours;
    /* of import_operation: what is open, where its days count */
    int64_t operation;
    civil_zone *zone;
    sheet_operation days;
    struct need_rows *need_rows;
    size_t asked, given_up; /* needs, one for each post, shift and day; those of an earlier sheet that are asked no more */
    /* of import_write */
    int64_t id, added, changed, same;
    int64_t placed, queued;
    size_t done; /* rows given to commands so far */
};
err *import_read(import *m);
/* After import_read, for whoever may read the whole list: who is probably on it already is told, a warning each. */
err *import_alike(import *m);
err *import_write(import *m);
/* Within a day all that an import of this number made and changed; what stays is in the view import_kept. Of m the given suffices. */
err *import_undo(import *m, int64_t id, int64_t *undone, int64_t *kept);
/* Of people that were read: whoever would come to stand outside of this unit is an error of that row. */
err *import_outside(import *m, int64_t org);
extern const import_kind import_people, import_orgs, import_divisions, import_gazetteer, import_hours, import_needs;

/* Two rows of one key are the same person: by name and telephone, else by where he lives or who lists him. */
str import_person_key(arena *a, const sheet_person *s);

/* For the kinds. */
err *import_view(import *m, const char *view, const named *args, rows *out);
err *import_command(import *m, const char *name, const named *args, json_t **result); /* result may be null */
/* A bulk command in pieces, its counts added up if counted; ids (may be null) get those it answers. */
err *import_pieces(import *m, const char *name, json_t *rows, json_t *ids, bool counted);
void import_records(import *m, size_t count);
/* An error of a row that cannot be used; value is the word's {value}. */
void import_tell(import *m, const sheet_origin *from, const char *what, str value);
void import_warn(import *m, const sheet_origin *from, const char *what, str value); /* it is used even so */
/* The operation that is open, for sheets that speak of days: ERR_CONFLICT, there is none. */
err *import_operation(import *m);
json_t *import_array(import *m); /* goes with the arena */
/* A row of division.import, once for each code; without a code, none. */
void import_division(json_t *rows, map *seen, str code, str name, const char *level, str parent);
/* A row of person.import; takes org, the path of names from the top. */
json_t *import_person_row(const sheet_person *s, json_t *org);
#endif
