#include "check.h"

#include <string.h>

#include "base/words.h"
#include "command/command.h"

#include <stdio.h>

static str stem(str key)
{
    if (str_ends(key, STR(".one")))
        return str_part(key, 0, key.len - 4);
    return str_ends(key, STR(".other")) ? str_part(key, 0, key.len - 6) : key;
}

static void both_languages_have_the_same_keys(void **state)
{
    (void)state;
    int missing = 0;
    for (words_lang lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        for (size_t i = 0; i < words_count(lang); i++) {
            const char *key = words_key(lang, i);
            words_lang other = lang == WORDS_ZH ? WORDS_EN : WORDS_ZH;
            if (words_has(other, key) || words_has(other, str_z(check_arena(), stem(str_of(key)))))
                continue;
            fprintf(stderr, "%s is only in %s\n", key, lang == WORDS_ZH ? "zh-CN" : "en");
            missing++;
        }
    }
    assert_int_equal(missing, 0);
}

/* Each {name} of one sentence stands in the other; {n} may be left out where the number is one. */
static int placeholders_missing(const char *key, str sentence, str other)
{
    int missing = 0;
    str part, rest = sentence;
    str_split(&rest, '{', &part);
    while (str_split(&rest, '{', &part)) {
        ptrdiff_t end = str_find(part, STR("}"));
        str name = str_part(part, 0, end < 0 ? 0 : (size_t)end);
        if (name.len == 0 || str_is(name, "n"))
            continue;
        if (str_find(other, text_format(check_arena(), "{%.*s}", STR_ARG(name))) >= 0)
            continue;
        fprintf(stderr, "%s: {%.*s} stands in one language only\n", key, STR_ARG(name));
        missing++;
    }
    return missing;
}

static void both_languages_take_the_same_values(void **state)
{
    (void)state;
    int missing = 0;
    for (size_t i = 0; i < words_count(WORDS_EN); i++) {
        const char *key = words_key(WORDS_EN, i);
        if (!words_has(WORDS_ZH, key))
            key = str_z(check_arena(), stem(str_of(key)));
        if (!words_has(WORDS_ZH, key))
            continue; /* the case above tells */
        str en = str_of(words_text(WORDS_EN, i)), zh = words_get(check_arena(), WORDS_ZH, key, NULL);
        missing += placeholders_missing(key, en, zh) + placeholders_missing(key, zh, en);
    }
    assert_int_equal(missing, 0);
}

/* What it does, for whoever reads the API's description; what was done, for whoever reads the desk. */
static void every_command_is_told_in_words(void **state)
{
    (void)state;
    int missing = 0;
    const command *m;
    for (size_t i = 0; (m = app_command_at(i)); i++)
        for (int f = 0; f < 2; f++) {
            char key[128];
            snprintf(key, sizeof key, f ? "web_desk.event.%s" : "api.command.%s", m->name);
            missing += !words_has(WORDS_EN, key);
            if (!words_has(WORDS_EN, key))
                fprintf(stderr, "%s has no words\n", key);
        }
    assert_int_equal(missing, 0);
}

static void values_fill_the_sentence(void **state)
{
    (void)state;
    check_str(words_get(check_arena(), WORDS_EN, "file.missing", VALUES({ "file", STR("a {b}.csv") })),
              "There is no file a {b}.csv.");
    check_str(words_get(check_arena(), WORDS_EN, "file.missing", NULL), "There is no file {file}.");
    check_str(words_get(check_arena(), WORDS_ZH, "file.missing", VALUES({ "file", STR("甲.csv") })),
              "找不到文件 甲.csv。");
    assert_false(words_has(WORDS_EN, "no.such.key"));
}

static void a_key_longer_than_any_is_none(void **state)
{
    (void)state;
    char key[600];
    memset(key, 'a', sizeof key - 1);
    for (size_t len = sizeof key - 1; len > 0; len /= 2) {
        key[len] = 0;
        assert_false(words_has(WORDS_EN, key));
    }
}

static void an_error_has_a_message_and_a_hint(void **state)
{
    (void)state;
    err *e = err_new(check_arena(), ERR_INPUT, "zone.unknown", VALUES({ "zone", STR("Mars") }));
    check_str(words_err(check_arena(), WORDS_EN, e), "There is no time zone called \"Mars\".");
    check_str(words_hint(check_arena(), WORDS_EN, e), "Use a standard name such as Asia/Shanghai.");
    assert_true(words_err(check_arena(), WORDS_ZH, err_memory()).len > 0);
    assert_true(words_hint(check_arena(), WORDS_ZH, err_memory()).len > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(both_languages_have_the_same_keys),
        CHECK_TEST(both_languages_take_the_same_values),
        CHECK_TEST(every_command_is_told_in_words),
        CHECK_TEST(values_fill_the_sentence),
        CHECK_TEST(a_key_longer_than_any_is_none),
        CHECK_TEST(an_error_has_a_message_and_a_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
