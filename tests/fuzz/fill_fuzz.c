/*
 * The parts of somebody's table with marks -> the table filled: whatever comes in, a file, troubles or an error, never a
 * crash. What is filled reads as well as what came, and no mark that was filled stands in it any more.
 */
#include "fuzz/package.h"
#include "sheet/fill.h"
#include "sheet/page.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void fuzz_fill(arena *a, str package)
{
    const sheet_mark marks[] = { { STR("a"), STR("120"), true }, { STR("b"), STR("A & <B>"), false }, { STR("c"), { 0 }, true } };
    sheet_file before = { .name = STR("f.xlsx") }, after = { .name = STR("f.xlsx") };
    sheet_fill out, again;
    if (sheet_fill_marks(a, STR("f.xlsx"), package, marks, COUNT(marks), &out) || !out.bytes.len)
        return;
    err *e = xlsx_read(a, package, &before) ? NULL : xlsx_read(a, out.bytes, &after);
    if (e) { /* there was nothing but results of formulas */
        assert(strcmp(e->message, "sheet.empty") == 0);
        return;
    }
    assert(!sheet_fill_marks(a, STR("f.xlsx"), out.bytes, marks, COUNT(marks), &again));
    assert(!again.filled.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > FUZZ_PACKAGE_MAX / 2)
        return 0;
    arena *volatile a = arena_open(NULL, 256 << 20);
    str in = { (const char *)bytes, len };
    if (!arena_catch(a)) {
        fuzz_fill(a, str_starts(in, STR("PK")) ? in : fuzz_package(a, in));
        arena_uncatch(a);
    }
    arena_close(a);
    return 0;
}
