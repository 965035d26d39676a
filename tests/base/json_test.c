#include "check.h"

#include "base/json.h"

#include <jansson.h>

static void commas_and_escapes_come_by_themselves(void **state)
{
    (void)state;
    text t = text_begin(check_arena());
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "name");
    json_str(&j, STR("张\"三\"\\\n\x01"));
    json_key(&j, "list");
    json_open(&j, '[');
    json_int(&j, INT64_MIN);
    json_bool(&j, true);
    json_nothing(&j);
    json_open(&j, '{');
    json_close(&j, '}');
    json_close(&j, ']');
    json_key(&j, "none");
    json_str(&j, STR(""));
    json_close(&j, '}');
    check_str(text_done(&t), "{\"name\":\"张\\\"三\\\"\\\\\\n\\u0001\",\"list\":[-9223372036854775808,true,null,{}],"
                             "\"none\":\"\"}");
}

static void a_reader_gets_back_every_sign(void **state)
{
    (void)state;
    for (uint32_t rune = 1; rune < 0x11000; rune += rune < 0x300 ? 1 : 101) {
        if (rune >= 0xd800 && rune < 0xe000)
            continue;
        text sign = text_begin(check_arena()), t = text_begin(check_arena());
        text_put_rune(&sign, rune);
        json j = json_begin(&t);
        json_open(&j, '[');
        json_str(&j, text_done(&sign));
        json_close(&j, ']');
        json_t *read = json_loads(text_done(&t).at, 0, NULL);
        assert_non_null(read);
        check_str(text_done(&sign), json_string_value(json_array_get(read, 0)));
        json_decref(read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(commas_and_escapes_come_by_themselves),
                                        CHECK_TEST(a_reader_gets_back_every_sign) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
