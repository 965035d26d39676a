/*
 * view: the only way to read lists and figures: named files in views/, with types, labels and a scope.
 */
#ifndef MUSTER_VIEW_VIEW_H
#define MUSTER_VIEW_VIEW_H
#include "base/rows.h"
#include "domain/context.h"

struct store;
typedef struct view_column {
    str name;
    str type; /* id, int, text, utc, day, minute, phone, yes ... */
} view_column;
typedef struct view {
    str name, title, scope, sql;
    str roles;      /* whose grants count: "leader commander"; empty: any role's */
    str name_roles; /* who reads the columns of type name in such rows; empty: all but the auditor */
    view_column columns[40];
    size_t column_count;
    view_column args[12];
    size_t arg_count;
} view;
const view *view_find(str name); /* null: none of this name */
const view *view_at(size_t index); /* null at the end */
/*
 * Args are texts or typed; each bad one is named. actor 0 sees all; for any other the time stands in args as the
 * number `now`, by which grants begin and end. limit 0: no limit.
 */
err *view_run(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, int64_t limit, rows *out);
/* The same inside an open transaction, for a command that records what a view says. */
struct store_txn;
err *view_run_in(struct store_txn *t, arena *a, const view *v, const named *args, rows *out);
err *view_count(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, int64_t *out);
/* In the reader's words: view.title.<name>, else the line of the file. */
str view_title(arena *a, const view *v, words_lang lang);
/* A cell as its type is read: yes, minutes and instants in words, an id as digits. */
str view_cell_text(arena *a, str type, const value *x, words_lang lang);
str view_csv(arena *a, const view *v, const rows *r, words_lang lang);
str view_json(arena *a, const view *v, const rows *r);
#endif
