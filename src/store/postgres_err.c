/*
 * postgres_err: what an SQLSTATE means to a reader, and which constraint broke.
 */
#include "base/text.h"
#include "store/postgres.h"

#include <stdio.h>
#include <string.h>

/* The server's DETAIL holds values of rows, so it goes nowhere. */
static const char *field(const postgres_connection *c, int code)
{
    const char *text = c->result ? PQresultErrorField(c->result, code) : NULL;
    return text ? text : "";
}

static void name_constraint(postgres_connection *c)
{
    const char *name = strcmp(c->state, "23505") == 0 || strcmp(c->state, "23P01") == 0
                           ? field(c, PG_DIAG_CONSTRAINT_NAME)
                       : strcmp(c->state, "P0001") == 0 ? field(c, PG_DIAG_MESSAGE_PRIMARY)
                       : strcmp(c->state, "23503") == 0 ? "foreign_key"
                       : strcmp(c->state, "23514") == 0 ? "check"
                       : strcmp(c->state, "23502") == 0 ? "not_null"
                                                        : "";
    snprintf(c->base.constraint, CONSTRAINT_MAX_BYTES, "%s", name);
}

/* By the beginning of the SQLSTATE; the first that fits. */
static const struct {
    const char *state;
    err_code err;
    const char *message;
} meanings[] = {
    { "23", ERR_CONFLICT, "store.constraint" }, { "P0001", ERR_CONFLICT, "store.constraint" },
    { "53100", ERR_DISK, "store.disk_full" },   { "53300", ERR_DATABASE, "store.refused" },
    { "53200", ERR_MEMORY, "memory.out" },      { "40", ERR_LOCKED, "store.busy" },
    { "55P03", ERR_LOCKED, "store.busy" },      { "42501", ERR_DATABASE, "store.rights" },
    { "25006", ERR_DISK, "store.unwritable" },  { "58", ERR_DISK, "store.io" },
    { "57014", ERR_LOCKED, "store.busy" },      { "57P", ERR_DATABASE, "store.lost" },
    { "XX001", ERR_DATABASE, "store.damaged" }, { "08", ERR_DATABASE, "store.lost" },
};

err *postgres_failed(postgres_connection *c, arena *a, const char *name)
{
    snprintf(c->state, sizeof c->state, "%s", field(c, PG_DIAG_SQLSTATE));
    const char *detail =
        text_format(a, "%s: %s (%s)", name, field(c, PG_DIAG_MESSAGE_PRIMARY), c->state).at;
    name_constraint(c);
    if (postgres_lost(c))
        return store_err(a, c->base.s, ERR_DATABASE, "store.lost", detail);
    for (size_t i = 0; i < COUNT(meanings); i++) {
        if (strncmp(c->state, meanings[i].state, strlen(meanings[i].state)) == 0)
            return store_err(a, c->base.s, meanings[i].err, meanings[i].message, detail);
    }
    return store_err(a, c->base.s, ERR_DATABASE, "store.statement", detail);
}
