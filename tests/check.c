#include "check.h"

#include "base/text.h"
#include "base/words.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEST_ARENA_BYTES = 512 << 20 };

static struct {
    arena *a;
    char *folder;
    const char *file, *what;
    int line;
    void (*test)(void **state);
    bool finished;
} now;

int check_setup(void **state)
{
    memset(&now, 0, sizeof now);
    now.test = (void (*)(void **)) * state;
    now.a = arena_open(NULL, TEST_ARENA_BYTES);
    *state = now.a;
    return 0;
}

/* cmocka jumps out of a failed test: then the line behind the call is not reached. */
void check_run(void **state)
{
    now.test(state);
    now.finished = true;
}

int check_teardown(void **state)
{
    if (!now.finished && now.what)
        fprintf(stderr, "case: %s (%s:%d)\n", now.what, now.file, now.line);
    arena_close(now.a);
    memset(&now, 0, sizeof now);
    *state = NULL;
    return 0;
}

arena *check_arena(void)
{
    assert_non_null(now.a); /* the test stands in the table without CHECK_TEST */
    return now.a;
}

void check_case(const char *file, int line, const char *what)
{
    now.file = file;
    now.line = line;
    now.what = what;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st, (void)type, (void)where;
    return remove(path);
}

static void folder_remove(void *what)
{
    nftw(what, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *check_folder(void)
{
    if (!now.folder) {
        static const char pattern[] = "/tmp/muster-check.XXXXXX";
        now.folder = arena_copy(check_arena(), pattern, sizeof pattern);
        assert_non_null(mkdtemp(now.folder));
        arena_defer(now.a, folder_remove, now.folder);
    }
    return now.folder;
}

const char *check_path(const char *name)
{
    return text_format(check_arena(), "%s/%s", check_folder(), name).at;
}

void check_str_at(const char *file, int line, str have, const char *want)
{
    const char *z = str_z(check_arena(), have);
    _assert_string_equal(z, want, file, line);
    _assert_int_equal(have.len, strlen(want), file, line);
}

void check_ok_at(const char *file, int line, const err *e)
{
    if (!e)
        return;
    print_error("%s: %s (%.*s)\n", err_name(e->code),
                words_has(WORDS_EN, e->message) ? words_err(check_arena(), WORDS_EN, e).at
                                                : e->message,
                STR_ARG(e->detail));
    _fail(file, line);
}

void check_err_at(const char *file, int line, const err *e, err_code code, const char *message)
{
    if (!e) {
        print_error("expected %s, but all went well\n", err_name(code));
        _fail(file, line);
        return;
    }
    _assert_string_equal(err_name(e->code), err_name(code), file, line);
    if (message)
        _assert_string_equal(e->message, message, file, line);
}
