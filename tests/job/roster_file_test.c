/* The seeds of the fuzz target of roster files, and what once failed. */
#include "check.h"

#include "fuzz/roster_fuzz.c"

#include <string.h>

#define JSON \
    "{\"days\":2,\"one_a_day\":true,\"kinds\":[{\"start\":480,\"end\":720}],\"needs\":[{\"tag\":7,\"day\":0,\"kind\":0,\"min\":1," \
    "\"wanted\":[[1,1]]}],\"people\":[{\"tag\":3,\"blocked\":[[0,4]],\"past\":[[-1,480,720,0]]},{\"tag\":4}]," \
    "\"pairs\":[{\"a\":0,\"b\":1,\"kind\":1}],\"next_forbidden\":[[0,0]]}\0{\"duties\":[{\"person\":4,\"need\":7}]}"
#define SOFT \
    "{\"days\":2,\"one_a_day\":true,\"kinds\":[{\"start\":480,\"end\":720}],\"needs\":[{\"day\":0,\"kind\":0,\"min\":1}]," \
    "\"people\":[{\"soft\":{\"work\":{\"min\":2,\"max\":3,\"weight\":5},\"duties_cost\":[1,0,2],\"last_kind\":0," \
    "\"last_work_run\":1}}],\"kind_runs\":[{\"min\":1,\"max\":2,\"weight\":5}]}\0{\"duties\":[{\"person\":0,\"need\":0}]}"
#define SHIFT24 \
    "# x\nSECTION_HORIZON\n3\nSECTION_SHIFTS\nE,480,\nL,480,E\nSECTION_STAFF\nA,E=3|L=3,960,480,2,1,1,1\n" \
    "SECTION_DAYS_OFF\nA,0\nSECTION_SHIFT_ON_REQUESTS\nA,2,L,2\nSECTION_SHIFT_OFF_REQUESTS\nA,1,E,3\n" \
    "SECTION_COVER\n1,E,1,100,1\n\0- E -\n"

static void seeds_do_no_harm(void)
{
    static const struct { const char *bytes; size_t len; } seeds[] = {
#define SEED(text) { text, sizeof(text) - 1 }
        SEED(""), SEED("\0\0\0"), SEED("{}"), SEED(JSON), SEED(SOFT), SEED(SHIFT24),
        SEED(INRC2_SCENARIO), SEED("\0" INRC2_HISTORY), SEED("\0\0" INRC2_WEEK),
        SEED("\0" INRC2_HISTORY_LAST "\0\0SOLUTION\n1 small\n\nASSIGNMENTS = 2\nAn Wed Day Nurse\nAn Wed Day Nurse\n"),
        SEED("\0\0\0\0MUSTER_INRC2 = 1\nsmall\nWEEKS_SEEN = 1\nNEEDS = 28\n(0,1)\n(1,1)\n"),
#undef SEED
    };
    for (size_t i = 0; i < COUNT(seeds); i++) {
        CASE(seeds[i].bytes);
        for (size_t len = 0; len <= seeds[i].len; len++)
            LLVMFuzzerTestOneInput((const uint8_t *)seeds[i].bytes, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(seeds_do_no_harm) };
    return cmocka_run_group_tests_name("roster_file", tests, NULL, NULL);
}
