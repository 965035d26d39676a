/*
 * A workbook of the old kind -> rows -> people: whatever comes in, an answer or an error, never a crash. The bytes are the
 * stream of records, so the fuzzer changes those and not the sums of the container; bytes that begin as a container does
 * are taken as a whole file.
 */
#include "sheet/amend.h"
#include "sheet/records.h"
#include "sheet/xls.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { FUZZ_XLS_MAX = 1 << 20 };

static void fuzz_xls(arena *a, str bytes)
{
    const sheet_operation o = { .first_day = 20491, .last_day = 20499 };
    sheet_file f = { .name = STR("f.xls") };
    sheet_people people;
    sheet_needs needs;
    sheet_troubles t = { 0 };
    if (str_starts(bytes, STR("\xd0\xcf\x11\xe0")) ? xls_read(a, bytes, &f) : xls_records(a, bytes, &f))
        return;
    sheet_people_of(a, &f, &people, &t);
    sheet_needs_of(a, &f, &o, &needs, &t);
    sheet_left_out_csv(a, WORDS_ZH, &f, SHEET_PEOPLE, &t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > FUZZ_XLS_MAX)
        return 0;
    arena *volatile a = arena_open(NULL, 256 << 20);
    if (!arena_catch(a)) {
        fuzz_xls(a, (str){ (const char *)bytes, len });
        arena_uncatch(a);
    }
    arena_close(a);
    return 0;
}
