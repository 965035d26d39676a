/*
 * postgres_pipe: statements of one work sent one behind the other. A round trip costs more than most statements, and of many
 * nobody needs the answer before the next: a lock, an insert, an update.
 */
#include "base/text.h"
#include "store/postgres.h"

#include <stdio.h>

const char postgres_ask_xid[] = "SELECT pg_current_xact_id()";

void postgres_drop(postgres_connection *c)
{
    PQclear(c->result);
    c->result = NULL;
}

bool postgres_pipe_begin(postgres_connection *c)
{
    postgres_drop(c);
    c->pending_count = 0;
    c->xid[0] = '\0';
    c->piped = PQenterPipelineMode(c->pg) == 1;
    return c->piped;
}

/* Room for one more answer is made in time: the server must never wait for us to read while we wait for it. */
err *postgres_pipe_sent(postgres_connection *c, arena *a, const char *name, int sent)
{
    if (!sent) {
        postgres_drop(c);
        return postgres_failed(c, a, name);
    }
    c->pending[c->pending_count++] = name;
    return c->pending_count + 1 < PENDING_MAX ? NULL : postgres_pipe_wait(c, a);
}

err *postgres_pipe_send(postgres_connection *c, arena *a, const char *sql)
{
    return postgres_pipe_sent(c, a, sql, PQsendQueryParams(c->pg, sql, 0, NULL, NULL, NULL, NULL, 0));
}

/* The answer to one statement: its result, then the null that ends it. */
static PGresult *take(postgres_connection *c)
{
    PGresult *result = PQgetResult(c->pg), *more;
    while (result && (more = PQgetResult(c->pg)))
        PQclear(more);
    return result;
}

static bool is_well(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static void keep_xid(postgres_connection *c, const char *name, const PGresult *r)
{
    if (name == postgres_ask_xid && PQntuples(r) == 1)
        snprintf(c->xid, sizeof c->xid, "%s", PQgetvalue(r, 0, 0));
}

/* All are read before anything is said: were memory to run out in between, nobody would know what is still to come. */
err *postgres_pipe_wait(postgres_connection *c, arena *a)
{
    size_t count = c->pending_count;
    const char *failed = NULL;
    postgres_drop(c);
    c->pending_count = 0;
    if (PQpipelineSync(c->pg) != 1)
        return postgres_failed(c, a, "store");
    for (size_t i = 0; i < count; i++) {
        PGresult *r = take(c);
        if (failed) { /* behind one that failed all are skipped */
            PQclear(r);
            continue;
        }
        postgres_drop(c);
        c->result = r;
        failed = is_well(r) ? NULL : c->pending[i];
        keep_xid(c, c->pending[i], r);
    }
    PQclear(PQgetResult(c->pg)); /* the sync */
    return failed ? postgres_failed(c, a, failed) : NULL;
}

void postgres_pipe_end(postgres_connection *c)
{
    if (!c->piped)
        return;
    c->piped = false;
    if (c->pending_count && PQpipelineSync(c->pg) == 1) {
        for (size_t i = 0; i < c->pending_count; i++)
            PQclear(take(c));
        PQclear(PQgetResult(c->pg));
    }
    c->pending_count = 0;
    if (c->pg && !PQexitPipelineMode(c->pg))
        postgres_hang_up(c); /* dialled anew by the next */
}
