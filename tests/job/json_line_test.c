/* Lines of a JSON text, by list, entry and key. */
#include "check.h"
#include "job/json_line.h"

static void lists_entries_and_keys_are_found(void)
{
    static const char text[] = "{\n"
                               "  \"a\": { \"people\": [1,\n 2], \"s\": \"}]\\\"{\\\\\" },\n"
                               "  \"people\": [\n"
                               "    { \"tag\": 1 },\n"
                               "    { \"tag\":\n 2, \"soft\": {\n \"work\": [\n3] } }\n"
                               "  ],\n"
                               "  \"none\": [\n],\n"
                               "  \"days\": 4 }\n";
    static const struct { const char *list; size_t index; const char *key; size_t line; } cases[] = {
        { "a", 0, NULL, 2 },         { "people", 0, NULL, 5 },   { "people", 0, "tag", 5 },    { "people", 1, NULL, 6 },
        { "people", 1, "tag", 6 },   { "people", 1, "soft", 7 }, { "people", 1, "work", 8 },   { "people", 1, "nothing", 6 },
        { "people", 2, "tag", 4 },   { "none", 0, NULL, 11 },    { "days", 0, NULL, 13 },      { "missing", 0, NULL, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].key ? cases[i].key : cases[i].list);
        assert_int_equal(json_line(str_of(text), cases[i].list, cases[i].index, cases[i].key), cases[i].line);
    }
}

/* Whatever is cut off, nothing is read past the end: the sanitizer watches. */
static void a_text_cut_anywhere_does_no_harm(void)
{
    static const char text[] = "{ \"x\": [ {\"k\": \"a\\\"\"}, [1, {\"k\": 2}], \"\\\\\" ] }";
    for (size_t n = 0; n < sizeof text; n++) {
        char *cut = arena_copy(check_arena(), text, n + 1);
        for (size_t index = 0; index < 4; index++)
            assert_int_equal(json_line((str){ cut, n }, "x", index, "k"), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(lists_entries_and_keys_are_found),
        CHECK_TEST(a_text_cut_anywhere_does_no_harm),
    };
    return cmocka_run_group_tests_name("json_line", tests, NULL, NULL);
}
