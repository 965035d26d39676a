/* Bytes -> lines of a chain -> whom they mean: whatever comes in, matches or an error, never a crash or a person who is none. */
#include "job/chain.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const chain_person people[] = {
        { STR("张伟"), STR("0001"), true, false }, { STR("张伟"), STR("0002"), true, false }, { STR("阿依古丽·买买提"), { 0 }, true, true },
        { STR(""), { 0 }, true, false },           { STR("李"), { 0 }, true, false },          { STR("· ·"), { 0 }, true, false },
    };
    arena *volatile a = arena_open(NULL, 64 << 20);
    if (!arena_catch(a)) {
        chain_matches all = { 0 };
        if (!chain_match_all(a, (str){ (const char *)bytes, len }, people, COUNT(people), &all))
            for (size_t i = 0; i < all.count; i++) {
                assert(all.at[i].person < COUNT(people) || all.at[i].verdict == CHAIN_NOBODY);
                assert(str_is_utf8(all.at[i].line.text) || !str_is_utf8((str){ (const char *)bytes, len }));
            }
        arena_uncatch(a);
    }
    arena_close(a);
    return 0;
}
