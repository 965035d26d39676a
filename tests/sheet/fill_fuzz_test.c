/* The seeds of the fuzz target of tables with marks. */
#include "check.h"

#include "fuzz/fill_fuzz.c"

#define SHEET "<worksheet xmlns='m'><sheetData>"
#define SHEET_END "</sheetData></worksheet>"
#define TEXT_CELL(s) "<c t='inlineStr'><is><t>" s "</t></is></c>"

static const struct {
    const char *what;
    str bytes;
    bool filled;
} seeds[] = {
    { "nothing", STR(""), false },
    { "a mark alone and one in a text", STR(SHEET "<row r='1'>" TEXT_CELL("{a}") TEXT_CELL("x {b} y{ c }") "</row>" SHEET_END), true },
    { "a mark over two runs", STR(SHEET "<row><c t='s'><v>0</v></c></row>" SHEET_END "\0<sst><si><r><t>{</t></r><r><t>a}</t></r></si></sst>"), true },
    { "a formula beside it", STR(SHEET "<row r='1'>" TEXT_CELL("{c}") "<c r='B1' t='str'><f>\"{a}\"</f><v>{a}</v></c></row>" SHEET_END), false },
    { "results of formulas alone", STR(SHEET "<row><c r='r)'><f>A1+1</f><v>3</v></c></row>" SHEET_END), false },
    { "a mark nobody knows", STR(SHEET "<row>" TEXT_CELL("{zz}") "</row>" SHEET_END), false },
    { "the end of a package alone", STR("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), false },
};

static void seeds_do_no_harm(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(seeds); i++) {
        CASE(seeds[i].what);
        for (size_t len = 0; len <= seeds[i].bytes.len; len++)
            LLVMFuzzerTestOneInput((const uint8_t *)seeds[i].bytes.at, len);
    }
}

/* A target that fills none of its own packages would find nothing. */
static void the_target_fills_what_it_packs(void **state)
{
    (void)state;
    const sheet_mark marks[] = { { STR("a"), STR("120"), true }, { STR("b"), STR("A"), false }, { STR("c"), { 0 }, true } };
    for (size_t i = 0; i < COUNT(seeds); i++) {
        sheet_fill out = { 0 };
        CASE(seeds[i].what);
        err *e = sheet_fill_marks(check_arena(), STR("f.xlsx"), fuzz_package(check_arena(), seeds[i].bytes), marks, COUNT(marks), &out);
        assert_int_equal(!e && out.bytes.len && out.filled.count, seeds[i].filled);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(seeds_do_no_harm), CHECK_TEST(the_target_fills_what_it_packs) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
