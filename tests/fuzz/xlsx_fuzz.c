/*
 * The parts of a workbook -> rows -> people: whatever comes in, an answer or an error, never a crash. Bytes that begin
 * with PK are taken as a whole package.
 */
#include "fuzz/package.h"
#include "sheet/amend.h"
#include "sheet/page.h"
#include "sheet/records.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void fuzz_read(arena *a, str package)
{
    const sheet_operation o = { .first_day = 20491, .last_day = 20499 };
    sheet_file f = { .name = STR("f.xlsx") };
    sheet_people people;
    sheet_needs needs;
    sheet_troubles t = { 0 };
    if (xlsx_read(a, package, &f))
        return;
    sheet_people_of(a, &f, &people, &t);
    sheet_needs_of(a, &f, &o, &needs, &t);
    sheet_left_out_csv(a, WORDS_ZH, &f, SHEET_PEOPLE, &t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > FUZZ_PACKAGE_MAX / 2)
        return 0;
    arena *volatile a = arena_open(NULL, 256 << 20);
    str in = { (const char *)bytes, len };
    if (!arena_catch(a)) {
        fuzz_read(a, str_starts(in, STR("PK")) ? in : fuzz_package(a, in));
        arena_uncatch(a);
    }
    arena_close(a);
    return 0;
}
