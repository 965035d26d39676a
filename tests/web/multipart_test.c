/* The body of a form with a file: what browsers send, and what is no such form. */
#include "check.h"
#include "base/file.h"
#include "web/multipart.h"
#include "fuzz/multipart_fuzz.c"

#define TYPE "multipart/form-data; boundary=----b7"
#define PART(more) "------b7\r\nContent-Disposition: form-data; " more "\r\n"
#define END "------b7--\r\n"

static err *read_body(str type, str body, multipart *out)
{
    const char *from = check_path("body"), *to = check_path("file");
    unlink(to);
    check_ok(file_write(check_arena(), from, body));
    return multipart_read(check_arena(), type, from, to, out);
}

static void a_form_of_a_browser_is_read(void **state)
{
    (void)state;
    multipart m;
    str content;
    check_ok(read_body(STR(TYPE), STR(PART("name=\"form\"") "\r\na+b&=\xE6\x9D\x8E\r\n" PART("name=\"empty\"") "\r\n\r\n"
                                      PART("name=\"file\"; filename=\"\xE5\x90\x8D\xE5\x8D\x95.csv\"")
                                      "Content-Type: text/csv\r\n\r\na,b\r\n\r\n--no end--\r\n1,2\r\n" END), &m));
    check_str(m.fields, "form=a%2Bb%26%3D%E6%9D%8E&empty=");
    check_str(m.files.at[0].name, "\xE5\x90\x8D\xE5\x8D\x95.csv");
    check_ok(file_read(check_arena(), check_path("file"), 1000, &content));
    check_str(content, "a,b\r\n\r\n--no end--\r\n1,2");
}

static void bytes_of_a_file_come_out_as_they_went_in(void **state)
{
    (void)state;
    enum { LEN = 3 << 20 };
    multipart m;
    char *bytes = arena_alloc(check_arena(), LEN);
    for (size_t i = 0; i < LEN; i++)
        bytes[i] = (char)((i * 2654435761u) >> 13);
    text t = text_begin(check_arena());
    text_put(&t, STR(PART("name=\"file\"; filename=\"lists/a.xlsx\"") "Content-Type: application/octet-stream\r\n\r\n"));
    text_put(&t, (str){ bytes, LEN });
    text_put(&t, STR("\r\n" END));
    check_ok(read_body(STR(TYPE), text_done(&t), &m));
    str content;
    check_str(m.files.at[0].name, "a.xlsx");
    arena *large = arena_open(NULL, 16 << 20);
    check_ok(file_read(large, check_path("file"), LEN + 1, &content));
    assert_true(str_equal(content, (str){ bytes, LEN }));
    arena_close(large);
}

/* The limit is the field's own: a list of a megabyte before it is none of its business. */
static void a_field_may_come_after_a_large_file(void **state)
{
    (void)state;
    multipart m;
    text t = text_begin(check_arena());
    text_put(&t, STR(PART("name=\"file\"; filename=\"a.csv\"") "Content-Type: text/csv\r\n\r\n"));
    for (size_t len = 0; len <= 2 * MULTIPART_FIELD_MAX_BYTES; len += 8)
        text_put_z(&t, "a,b,c,\r\n");
    text_put(&t, STR("\r\n" PART("name=\"paste\"") "\r\n\r\n" PART("name=\"kind\"") "\r\npeople\r\n" END));
    check_ok(read_body(STR(TYPE), text_done(&t), &m));
    check_str(m.fields, "paste=&kind=people");
}

static void several_files_lie_beside_one_another(void **state)
{
    (void)state;
    multipart m;
    str content;
    unlink(check_path("file-1"));
    check_ok(read_body(STR(TYPE), STR(PART("name=\"file\"; filename=\"a.csv\"") "\r\na\r\n" PART("name=\"file\"; filename=\"b.csv\"") "\r\nb\r\n" END), &m));
    assert_int_equal(m.files.count, 2);
    check_str(m.files.at[1].name, "b.csv");
    check_ok(file_read(check_arena(), m.files.at[1].path, 10, &content));
    check_str(content, "b");
    text t = text_begin(check_arena());
    for (int i = 0; i <= MULTIPART_FILES_MAX; i++) {
        unlink(text_format(check_arena(), "%s-%d", check_path("file"), i).at);
        text_put(&t, STR(PART("name=\"file\"; filename=\"a.csv\"") "\r\na\r\n"));
    }
    text_put(&t, STR(END));
    check_err(read_body(STR(TYPE), text_done(&t), &m), ERR_INPUT, "upload.many_files");
}

static void a_wide_slash_is_a_slash(void **state)
{
    (void)state;
    multipart m;
    check_ok(read_body(STR(TYPE), STR(PART("name=\"file\"; filename=\"..\xEF\xBC\x8F" "a.csv\"") "\r\na\r\n" END), &m));
    check_str(m.files.at[0].name, "a.csv");
}

static void an_empty_choice_is_no_file(void **state)
{
    (void)state;
    multipart m;
    check_ok(read_body(STR(TYPE), STR(PART("name=\"file\"; filename=\"\"") "Content-Type: application/octet-stream\r\n\r\n\r\n" END), &m));
    assert_int_equal(m.files.count, 0);
    assert_int_not_equal(access(check_path("file"), F_OK), 0);
}

static void what_is_no_such_form_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        str type, body;
        const char *want;
    } cases[] = {
        { "nothing", STR(TYPE), STR(""), "upload.broken" },
        { "another type", STR("application/json"), STR("{}"), "upload.broken" },
        { "no boundary", STR("multipart/form-data"), STR(PART("name=\"a\"") "\r\nb\r\n" END), "upload.broken" },
        { "another boundary", STR("multipart/form-data; boundary=x"), STR(PART("name=\"a\"") "\r\nb\r\n" END), "upload.broken" },
        { "cut off in the file", STR(TYPE), STR(PART("name=\"file\"; filename=\"a.csv\"") "\r\nname,pho"), "upload.broken" },
        { "cut off before the end", STR(TYPE), STR(PART("name=\"a\"") "\r\nb\r\n------b7"), "upload.broken" },
        { "a part without a name", STR(TYPE), STR(PART("filename=\"a.csv\"") "\r\nb\r\n" END), "upload.broken" },
        { "a part of a mail", STR(TYPE), STR("------b7\r\nContent-Type: text/plain\r\n\r\nb\r\n" END), "upload.broken" },
        { "a form in a form", STR(TYPE), STR("------b7\r\nContent-Type: multipart/mixed; boundary=y\r\n"
                                             "Content-Disposition: form-data; name=\"a\"\r\n\r\n--y\r\n\r\nb\r\n--y--\r\n" END), "upload.broken" },
        { "a name of signs nobody sees", STR(TYPE), STR(PART("name=\"file\"; filename=\"\x01\x02\"") "\r\na\r\n" END), "upload.name" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        multipart m;
        CASE(cases[i].what);
        check_err(read_body(cases[i].type, cases[i].body, &m), ERR_INPUT, cases[i].want);
    }
}

static void fields_have_limits(void **state)
{
    (void)state;
    multipart m;
    text t = text_begin(check_arena());
    for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
        text_put(&t, STR(PART("name=\"a\"") "\r\nb\r\n"));
    text_put(&t, STR(END));
    check_err(read_body(STR(TYPE), text_done(&t), &m), ERR_INPUT, "upload.field_long");
    t = text_begin(check_arena());
    text_put(&t, STR(PART("name=\"a\"") "\r\n"));
    for (int i = 0; i <= MULTIPART_FIELD_MAX_BYTES; i++)
        text_put(&t, STR("a"));
    text_put(&t, STR("\r\n" END));
    check_err(read_body(STR(TYPE), text_done(&t), &m), ERR_INPUT, "upload.field_long");
    t = text_begin(check_arena());
    text_put(&t, STR("------b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\""));
    for (int i = 0; i <= MULTIPART_NAME_MAX_BYTES; i++)
        text_put(&t, STR("a"));
    text_put(&t, STR("\"\r\n\r\nb\r\n" END));
    check_err(read_body(STR(TYPE), text_done(&t), &m), ERR_INPUT, "upload.name");
}

/* U+00A8 becomes a blank and a sign: what fitted before is too long after. */
static void a_name_that_grows_has_a_limit_too(void **state)
{
    (void)state;
    multipart m;
    text t = text_begin(check_arena());
    text_put(&t, STR("------b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\""));
    for (int i = 0; i < MULTIPART_NAME_MAX_BYTES / 2; i++)
        text_put(&t, STR("\xC2\xA8"));
    text_put(&t, STR("\"\r\n\r\nb\r\n" END));
    check_err(read_body(STR(TYPE), text_done(&t), &m), ERR_INPUT, "upload.name");
}

/* The seeds of the fuzz target, cut off at each place. */
static void seeds_do_no_harm(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "", "\n", TYPE "\n" END, TYPE "\n" PART("name=a") "\r\nb\r\n" END,
        TYPE "\n" PART("name=\"f\"; filename=\"../../a\\b.csv\"") "Content-Transfer-Encoding: base64\r\n\r\nYSxi\r\n" END,
        "multipart/form-data; boundary=\"\n--\r\n\r\n", "multipart/mixed; boundary=a\n--a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n--a--\n",
        "message/rfc822\nFrom: a\n\nb", TYPE "\n" PART("name=f; filename=\x01") "\r\nb\r\n" END, TYPE "\n" PART("name*0=a; name*1=b; filename*=UTF-8''%00") "\r\nb\r\n" END,
    };
    for (size_t i = 0; i < COUNT(seeds); i++) {
        CASE(seeds[i]);
        for (size_t len = 0; len <= strlen(seeds[i]); len++)
            LLVMFuzzerTestOneInput((const uint8_t *)seeds[i], len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_form_of_a_browser_is_read), CHECK_TEST(bytes_of_a_file_come_out_as_they_went_in),
        CHECK_TEST(a_field_may_come_after_a_large_file),
        CHECK_TEST(several_files_lie_beside_one_another),
        CHECK_TEST(a_wide_slash_is_a_slash),     CHECK_TEST(an_empty_choice_is_no_file),  CHECK_TEST(what_is_no_such_form_is_refused),
        CHECK_TEST(fields_have_limits),          CHECK_TEST(a_name_that_grows_has_a_limit_too),          CHECK_TEST(seeds_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
