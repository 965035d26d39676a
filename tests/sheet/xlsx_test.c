/* The seeds of the fuzz target of workbooks, and what once failed. */
#include "check.h"

#include "fuzz/xlsx_fuzz.c"

#define SHEET "<worksheet xmlns='m'><sheetData>"
#define SHEET_END "</sheetData></worksheet>"

static const struct {
    const char *what;
    str bytes;
} seeds[] = {
    { "nothing", STR("") },
    { "a list", STR(SHEET "<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c><c t='inlineStr'><is><t>电话"
                          "</t></is></c></row><row><c t='s'><v>0</v></c><c><v>13900001111</v></c></row>" SHEET_END) },
    { "styles", STR(SHEET "<row><c s='1'><v>43869.5</v></c><c s='99'><v>-1e309</v></c></row>" SHEET_END
                          "\0<sst/>\0<styleSheet xmlns='m'><numFmts><numFmt numFmtId='176' "
                          "formatCode='yyyy\"年\"m\"月\"'/></numFmts><cellXfs><xf numFmtId='176'/></cellXfs>"
                          "</styleSheet>") },
    { "merges", STR("<worksheet xmlns='m'><mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='B2:A1'/>"
                    "</mergeCells><sheetData><row r='1'><c r='A1'><v>1</v></c></row>" SHEET_END) },
    { "odd places", STR(SHEET "<row r='1048577'/><row r='2'><c r='ZZZZ9'><v>1</v></c></row><row r='1'><c><v>2</v>"
                              "</c></row>" SHEET_END) },
    { "a string that is not there", STR(SHEET "<row><c t='s'><v>7</v></c></row>" SHEET_END) },
    { "days from 1904", STR(SHEET "<row><c s='1'><v>1</v></c></row>" SHEET_END "\0\0\0<workbook xmlns='m' "
                            "xmlns:r='o'><workbookPr date1904='1'/><sheets><sheet name='' state='hidden' "
                            "r:id='r1'/><sheet name='b' r:id='r1'/></sheets></workbook>") },
    { "a doctype", STR("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>") },
    { "the end of a package alone", STR("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0") },
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

/* A target that cannot read its own packages would find nothing. */
static void the_target_reads_what_it_packs(void **state)
{
    (void)state;
    sheet_file f = { .name = STR("f.xlsx") };
    check_ok(xlsx_read(check_arena(), fuzz_package(check_arena(), seeds[1].bytes), &f));
    check_str(f.pages.at[0].rows.at[0].cells[0], "姓名");
    check_str(f.pages.at[0].rows.at[1].cells[0], "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(seeds_do_no_harm), CHECK_TEST(the_target_reads_what_it_packs) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
