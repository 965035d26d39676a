#include "check.h"

#include "base/words.h"
#include "domain/message.h"

#include <string.h>

#define VALUE(name, text) { name, { text, sizeof(text) - 1 } }

/* The texts that go out, with the values of the field's table: what they say, and how many signs carriers count. */
static void each_text_has_the_length_it_was_made_for(void **state)
{
    (void)state;
    static const struct { const char *key; word_value values[9]; size_t signs, parts; const char *want; } cases[] = {
        { "message.call_out",
          { VALUE("number", "2"), VALUE("when", "2月8日8:00"), VALUE("place", "东塘社区"), VALUE("contact", "也可致电许青139****0012。") },
          66, 1, "【云川应急】第2号召集令：请2月8日8:00前到东塘社区值守。能来回1，不能来回2，有困难回3。也可致电许青139****0012。" },
        { "message.call_out_code",
          { VALUE("when", "2月8日8:00"), VALUE("place", "东塘社区"), VALUE("link", "jz.example.com/a/7KQ2M9XW4TBD"), VALUE("contact", "许青139****0012") },
          70, 1, "【云川应急】2月8日8:00前到东塘社区值守，请答复 jz.example.com/a/7KQ2M9XW4TBD 许青139****0012" },
        { "message.call_out_long",
          { VALUE("name", "林知远"), VALUE("number", "2"), VALUE("day", "2月8日"), VALUE("weekday", "周六"), VALUE("time", "8:00"),
            VALUE("place", "东塘社区南门"), VALUE("until", "今天18:00"), VALUE("link", "https://jz.example.com/p/Ab3dE5fG7hJ9kL1mN3pQ5r"),
            VALUE("contact", "许青139****0012") },
          133, 2, "【云川应急】林知远您好：第2号召集令请您2月8日（周六）8:00前到东塘社区南门值守。今天18:00前请回复："
                  "https://jz.example.com/p/Ab3dE5fG7hJ9kL1mN3pQ5r 或致电联络员许青139****0012。不收费，不要验证码。" },
        { "message.chase", { VALUE("number", "2"), VALUE("contact", "许青139****0012") },
          64, 1, "【云川应急】第2号召集令还没收到您的回复。能来回1，不能来回2，有困难回3。已在电话里答复的不用再回。许青139****0012" },
        { "message.reminder",
          { VALUE("name", "林知远"), VALUE("day", "8"), VALUE("span", "08:00–12:00"), VALUE("place", "东塘南门"), VALUE("at", "07:50"), VALUE("contact", "许青139****0012") },
          65, 1, "【云川应急】林知远，明天（8日）08:00–12:00东塘南门，请07:50到，自带水杯。来不了今晚告诉许青139****0012" },
        { "message.stand_down",
          { VALUE("name", "林知远"), VALUE("day", "2月9日"), VALUE("place", "东塘社区"), VALUE("contact", "许青139****0012") },
          53, 1, "【云川应急】林知远，2月9日东塘社区人手已够，您不用到岗。需要时再通知您，谢谢。许青139****0012" },
        { "message.roster",
          { VALUE("name", "林知远"), VALUE("place", "东塘社区"), VALUE("version", "3"), VALUE("changes", "加2月8日08:00–12:00南门"),
            VALUE("end", "来不了告诉许青139****0012") },
          58, 1, "【云川应急】林知远，东塘社区值班表第3版：加2月8日08:00–12:00南门。来不了告诉许青139****0012" },
        { "message.withdraw", { VALUE("text", "柳堤段全体人员立即离开"), VALUE("place", "柳堤小学门口"), VALUE("contact", "方远139****0034") },
          54, 1, "【云川应急】撤岗：柳堤段全体人员立即离开，到柳堤小学门口集合点名。平安到达请回1。方远139****0034" },
        { "message.finished",
          { VALUE("place", "东塘社区"), VALUE("when", "2月23日20:00"), VALUE("until", "3月2日"), VALUE("name", "许青"), VALUE("phone", "139****0012") },
          60, 1, "【云川应急】东塘社区值守2月23日20:00结束，之后不用到岗。服务时长请在3月2日前向许青核对：139****0012" },
        { "message.substitute_asked", { VALUE("span", "今晚20:00–24:00"), VALUE("place", "东塘北门"), VALUE("contact", "许青139****0012") },
          65, 1, "【云川应急】替班：今晚20:00–24:00东塘北门缺1人。能来回1，不能来不用回。等我们确认后再出发。许青139****0012" },
        { "message.substitute_you",
          { VALUE("name", "何建平"), VALUE("span", "今晚20:00–24:00"), VALUE("place", "东塘北门"), VALUE("at", "19:50"), VALUE("contact", "许青139****0012") },
          56, 1, "【云川应急】确认：何建平，今晚20:00–24:00东塘北门由您替班，请19:50到。许青139****0012" },
        { "message.substitute_filled", { VALUE("span", "今晚"), VALUE("place", "东塘北门"), VALUE("contact", "许青139****0012") },
          41, 1, "【云川应急】今晚东塘北门替班已有人，您不用来，谢谢回复。许青139****0012" },
        { "message.correction", { VALUE("text", "东塘南门报到时间是2月8日08:00，不是18:00"), VALUE("contact", "许青139****0012") },
          62, 1, "【云川应急】更正：东塘南门报到时间是2月8日08:00，不是18:00，以此条为准。已知道请回1。许青139****0012" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        word_value values[11] = { VALUE("signature", "云川应急") };
        for (size_t k = 0; k < 9; k++)
            values[k + 1] = cases[i].values[k];
        CASE(cases[i].key);
        str text = words_get(check_arena(), WORDS_ZH, cases[i].key, values);
        check_str(text, cases[i].want);
        assert_int_equal(message_signs(text), cases[i].signs);
        assert_int_equal(message_parts(text), cases[i].parts);
    }
}

static void signs_and_parts_are_counted_as_carriers_do(void **state)
{
    (void)state;
    char signs[142];
    static const struct { size_t length, parts; } cases[] = { { 0, 1 }, { 70, 1 }, { 71, 2 }, { 134, 2 }, { 135, 3 }, { 141, 3 } };
    memset(signs, 'a', sizeof signs);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(message_parts((str){ signs, cases[i].length }), cases[i].parts);
    assert_int_equal(message_signs(STR("𠮷a")), 3); /* a rare character of a name takes two */
}

static void a_telephone_is_masked(void **state)
{
    (void)state;
    check_str(message_mask(check_arena(), STR("13900000012")), "139****0012");
    check_str(message_mask(check_arena(), STR("123456")), "****");
    check_str(message_mask(check_arena(), STR("")), "");
}

static void a_late_receipt_undoes_nothing(void **state)
{
    (void)state;
    static const struct { const char *what, *was, *said, *want; } cases[] = {
        { "on its way", "unknown", "sent", "sent" },
        { "arrived", "sent", "delivered", "delivered" },
        { "read is delivered", "sent", "read", "delivered" },
        { "sent, said once more after delivery", "delivered", "sent", "delivered" },
        { "failed after all", "sent", "failed", "failed" },
        { "failed, said after delivery", "delivered", "failed", "delivered" },
        { "delivered after a failure", "failed", "delivered", "delivered" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        check_str(message_state_after(str_of(cases[i].was), str_of(cases[i].said)), cases[i].want);
    }
    assert_true(message_may_settle(STR("unknown")) && !message_may_settle(STR("sent")) && !message_may_settle(STR("failed")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(each_text_has_the_length_it_was_made_for),
        CHECK_TEST(signs_and_parts_are_counted_as_carriers_do),
        CHECK_TEST(a_telephone_is_masked),
        CHECK_TEST(a_late_receipt_undoes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
