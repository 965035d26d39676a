/*
 * check: what every test has on top of cmocka.
 * CASE names a row of a table; the name is printed when an assertion of that row fails.
 */
#ifndef MUSTER_TESTS_CHECK_H
#define MUSTER_TESTS_CHECK_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"

#define CASE(what) check_case(__FILE__, __LINE__, (what))
void check_case(const char *file, int line, const char *what);

/* A fresh arena for each test, in *state; CHECK_TEST(f) is the row for it. */
int check_setup(void **state);
int check_teardown(void **state);
void check_run(void **state);
#define CHECK_TEST(f) \
    { \
#f, check_run, check_setup, check_teardown, (void *)(f) \
    }
/* The arena of the test that runs. */
arena *check_arena(void);
/* A folder of this test's own, gone with its arena. */
const char *check_folder(void);
const char *check_path(const char *name); /* a file in it */

void check_str_at(const char *file, int line, str have, const char *want);
void check_ok_at(const char *file, int line, const err *e);
void check_err_at(const char *file, int line, const err *e, err_code code, const char *message);
#define check_str(have, want) check_str_at(__FILE__, __LINE__, (have), (want))
/* Null, else the message in English is shown. */
#define check_ok(e) check_ok_at(__FILE__, __LINE__, (e))
/* This code and, unless null, this key. */
#define check_err(e, code, message) check_err_at(__FILE__, __LINE__, (e), (code), (message))
#endif
