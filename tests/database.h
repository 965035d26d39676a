/*
 * database: a fresh database of either kind for one test, gone with it.
 * ON_BOTH(f) makes f_on_sqlite and f_on_postgres of f(const char *url); BOTH(f) are their rows.
 */
#ifndef MUSTER_TESTS_DATABASE_H
#define MUSTER_TESTS_DATABASE_H
#include "check.h"
#include "command/app.h"

const char *database_postgres(void); /* skips where MUSTER_TEST_PG is not set */
/* An app of the test's own, stepped, closed with it. */
app *database_app(const char *url);
/* Runs a command; args as {name, text} pairs. The result, else the error. */
err *database_command(app *p, const char *command, int64_t actor, const char *key, const named *args, str *result);
/* The same arguments with the argument now, which a view asks for when it looks for somebody. */
const named *database_args_at(const named *args, int64_t now);
#define ON_BOTH(f) \
    static void f##_on_sqlite(void **state) \
    { \
        (void)state; \
        f(check_path("m.db")); \
    } \
    static void f##_on_postgres(void **state) \
    { \
        (void)state; \
        f(database_postgres()); \
    }
#define BOTH(f) CHECK_TEST(f##_on_sqlite), CHECK_TEST(f##_on_postgres)
enum { DATABASE_NOW = 1581000000 }; /* seconds: 2020-02-06 14:40 UTC */
#endif
