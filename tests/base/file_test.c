#include "check.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static int files_in(const char *folder)
{
    int count = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (const struct dirent *e; (e = readdir(d));)
        count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

static void written_then_read_is_the_same(void **state)
{
    (void)state;
    str read;
    const char *path = check_path("a.csv");
    check_ok(file_write(check_arena(), path, STR("")));
    check_ok(file_read(check_arena(), path, 0, &read));
    assert_int_equal(read.len, 0);
    check_ok(file_write(check_arena(), path, STR("one\0two")));
    check_ok(file_read(check_arena(), path, 7, &read));
    assert_true(str_equal(read, STR("one\0two")));
    assert_int_equal(files_in(check_folder()), 1);
    check_ok(file_read(check_arena(), "/dev/null", 10, &read));
    assert_int_equal(read.len, 0);
}

static void a_written_file_keeps_its_rights(void **state)
{
    (void)state;
    const char *path = check_path("a");
    check_ok(file_write(check_arena(), path, STR("1")));
    assert_int_equal(chmod(path, 0640), 0);
    check_ok(file_write(check_arena(), path, STR("2")));
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void reading_says_what_is_wrong(void **state)
{
    (void)state;
    str read;
    const char *path = check_path("a");
    check_ok(file_write(check_arena(), path, STR("12345")));
    check_err(file_read(check_arena(), check_path("none"), 10, &read), ERR_NOT_FOUND, "file.missing");
    check_err(file_read(check_arena(), check_folder(), 10, &read), ERR_INPUT, "file.directory");
    check_err(file_read(check_arena(), check_path("a/b"), 10, &read), ERR_INPUT, "file.not_directory");
    check_err(file_read(check_arena(), path, 4, &read), ERR_LIMIT, "file.too_large");
    check_err(file_read(check_arena(), "/dev/zero", 4096, &read), ERR_LIMIT, "file.too_large");
    check_ok(file_read(check_arena(), path, 5, &read));
    if (geteuid() != 0) {
        assert_int_equal(chmod(path, 0), 0);
        check_err(file_read(check_arena(), path, 10, &read), ERR_DISK, "file.unreadable");
    }
    check_err(file_err(check_arena(), path, EACCES), ERR_DISK, "file.failed");
}

static void writing_says_what_is_wrong(void **state)
{
    (void)state;
    const char *path = check_path("a");
    check_ok(file_write(check_arena(), path, STR("old")));
    check_err(file_write(check_arena(), check_folder(), STR("x")), ERR_INPUT, "file.directory");
    check_err(file_write(check_arena(), check_path("none/b"), STR("x")), ERR_NOT_FOUND, "file.folder_missing");
    check_err(file_write(check_arena(), check_path("a/b"), STR("x")), ERR_INPUT, "file.not_directory");
    check_err(file_write(check_arena(), "/dev/full", STR("x")), ERR_DISK, "file.disk_full");
    assert_int_equal(files_in(check_folder()), 1);
}

/* A limit on the size of files stands in for the full disk: the old file stays, nothing is left beside it. */
static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    const char *path = check_path("a");
    check_ok(file_write(check_arena(), path, STR("old")));
    static char large[8192];
    struct rlimit before, tight;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tight = (struct rlimit){ .rlim_cur = 4096, .rlim_max = before.rlim_max };
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    err *e = file_write(check_arena(), path, (str){ large, sizeof large });
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    check_err(e, ERR_DISK, "file.disk_full");
    str read;
    check_ok(file_read(check_arena(), path, 10, &read));
    check_str(read, "old");
    assert_int_equal(files_in(check_folder()), 1);
}

static void folders_are_made_with_their_parents(void **state)
{
    (void)state;
    check_ok(file_make_dir(check_arena(), check_path("x/y/z")));
    check_ok(file_make_dir(check_arena(), check_path("x/y/z/")));
    check_ok(file_make_dir(check_arena(), "/tmp"));
    check_ok(file_write(check_arena(), check_path("x/file"), STR("")));
    check_err(file_make_dir(check_arena(), check_path("x/file")), ERR_INPUT, "file.not_directory");
    check_err(file_make_dir(check_arena(), check_path("x/file/y")), ERR_INPUT, "file.not_directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(written_then_read_is_the_same),
        CHECK_TEST(a_written_file_keeps_its_rights),
        CHECK_TEST(reading_says_what_is_wrong),
        CHECK_TEST(writing_says_what_is_wrong),
        CHECK_TEST(a_full_disk_leaves_the_old_file),
        CHECK_TEST(folders_are_made_with_their_parents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
