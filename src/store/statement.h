/*
 * statement: the named statements of sql/<noun>.sql, read once when a store opens.
 *   -- name: duty.load
 *   -- args: id int, note text?          int, text or blob; a ? says it may be null
 *   SELECT ... WHERE id = $id;           one text for both engines
 *   -- @postgres                         optional: PostgreSQL takes this text instead
 *   SELECT ... WHERE id = $id FOR NO KEY UPDATE;
 * Other comments stay in the text. Pure; all in the arena.
 */
#ifndef MUSTER_STORE_STATEMENT_H
#define MUSTER_STORE_STATEMENT_H
#include "base/embed.h"
#include "base/map.h"
#include "store/store.h"

typedef struct statement_param {
    const char *name;
    value_kind kind;
    bool nullable;
} statement_param;

typedef struct statement {
    const char *name;
    const statement_param *params;
    size_t param_count;
    str sql;
    str sql_postgres; /* empty where sql serves both */
} statement;

typedef struct statements {
    statement *at;
    size_t count;
    map *by_name;
} statements;

/* A mistake in a file is ours: ERR_DATABASE with the place as detail. */
err *statements_load(arena *a, const embedded *files, statements *out);
const statement *statement_find(const statements *all, str name); /* null: none of this name */

/* The text with $name as $1, $2 ... in the order of params; a name not among them is an error. */
err *statement_numbered(arena *a, str sql, const statement_param *params, size_t count, str *out);
/* A mistake of ours in a statement, for the log: what is wrong, and where. */
err *statement_err(arena *a, const char *name, const char *what);
#endif
