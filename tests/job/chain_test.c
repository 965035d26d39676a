/* Whom the lines of a chain mean. */
#include "check.h"

#include "fuzz/chain_fuzz.c"
#include "job/chain.h"

#include <string.h>

static const chain_person group[] = {
    { STR("林知远"), STR("1111"), true, false }, { STR("何建平"), STR("2222"), true, false }, { STR("张伟"), STR("0001"), true, false },
    { STR("张伟"), STR("0002"), true, false },   { STR("李敏"), STR("3333"), true, true },    { STR("阿依古丽·买买提"), STR(""), true, false },
    { STR("李敏佳"), STR("4444"), true, false }, { STR("沈慧"), STR("5555"), false, false },
};

/* S sure, L to look at, N says no, A again, M several, - nobody; with the place in people. */
static str told(str chain)
{
    static const char letters[] = "SLNAM-";
    chain_matches all = { 0 };
    text t = text_begin(check_arena());
    check_ok(chain_match_all(check_arena(), chain, group, COUNT(group), &all));
    for (size_t i = 0; i < all.count; i++) {
        const chain_match *m = &all.at[i];
        text_printf(&t, "%s%c", i ? " " : "", letters[m->verdict]);
        if (m->verdict < CHAIN_SEVERAL)
            text_printf(&t, "%zu", m->person);
    }
    return text_done(&t);
}

static void a_line_means_whom_it_names(void **state)
{
    (void)state;
    static const struct { const char *what, *chain, *told; } cases[] = {
        { "as chats write it", "#接龙\n1. 林知远\n2、何建平 周六白天", "S0 S1" },
        { "spaces inside of a name", "1. 林 知　远", "S0" },
        { "another dot", "阿依古丽•买买提", "S5" },
        { "no dot", "阿依古丽买买提 能来", "S5" },
        { "says no", "1. 何建平不能来\n2. 林知远 在外地", "N1 N0" },
        { "taken back", "1. 何建平 取消", "N1" },
        { "twice", "1. 林知远\n2. 林知远 周日", "S0 A0" },
        { "two of that name", "1. 张伟", "M" },
        { "the telephone says which", "1. 张伟 0002\n2. 张伟0001", "S3 S2" },
        { "the telephone is nobody's", "1. 张伟 7777", "M" },
        { "has answered already", "1. 李敏", "L4" },
        { "the longer name wins", "1. 李敏佳", "S6" },
        { "a piece of a longer name", "1. 林知远志", "L0" },
        { "the name comes later", "二支部 林知远", "L0" },
        { "for another", "代何建平", "L1" },
        { "one more", "何建平+1", "S1" },
        { "two in a line", "1. 林知远、何建平", "S0 S1" },
        { "two with a word between", "林知远和何建平 都能来", "S0 S1" },
        { "two without anything between", "林知远何建平", "L0" },
        { "one of two is nobody", "林知远、王五", "S0" },
        { "nobody", "1. 王五", "-" },
        { "who is not asked", "1. 沈慧", "-" },
        { "a copied chat", "王五 9:30\n1. 林知远\n李四 2026/2/7 12:00:05\n2. 何建平", "S0 S1" },
        { "signs and pictures", "1️⃣ 林知远👍\n②何建平✅", "S0 S1" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        check_str(told(str_of(cases[i].chain)), cases[i].told);
    }
}

static void a_chain_has_lines_and_not_too_many(void **state)
{
    (void)state;
    chain_matches all = { 0 };
    text t = text_begin(check_arena());
    check_err(chain_match_all(check_arena(), STR(" \n#接龙\n"), group, COUNT(group), &all), ERR_INPUT, "chain.empty");
    for (int i = 0; i <= CHAIN_LINES_MAX; i++)
        text_printf(&t, "%d. 王五\n", i);
    check_err(chain_match_all(check_arena(), text_done(&t), group, COUNT(group), &all), ERR_INPUT, "chain.long");
}

/* The seeds of the fuzz target. */
static void seeds_do_no_harm(void **state)
{
    (void)state;
    static const char *const seeds[] = { "", "#接龙\n1. 张伟 0001\n2、李 取消\n王五 9:30\n③ 阿依古丽·买买提、张伟\n", "张伟张伟张伟", "1️⃣李👍", "\xff\xfe\n:1:2:3", "·\n· ·" };
    for (size_t i = 0; i < COUNT(seeds); i++) {
        CASE(seeds[i]);
        for (size_t len = 0; len <= strlen(seeds[i]); len++)
            LLVMFuzzerTestOneInput((const uint8_t *)seeds[i], len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(a_line_means_whom_it_names), CHECK_TEST(a_chain_has_lines_and_not_too_many),
                                        CHECK_TEST(seeds_do_no_harm) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
