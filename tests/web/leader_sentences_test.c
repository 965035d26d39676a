/* No sentence of the leader's pages has a part that is empty, in either language, however little there is to say. */
#include "web/leader_phone.h"

static const char *const of_leader[] = { "", "/today", "/hours", "/draft", "/told", "/away", "/asks", "/demand", "/add" };

/* What an empty value leaves behind; in English a space too many. */
static const char *const zh[] = { "，。", "：。", "，，", "；。", "。。", "、。", "，；", "第版", "，队长<", "“”", "（）", "缺人" };
static const char *const en[] = { " .", " ,", ",.", ":.", ": .", ", .", ";.", "by <", "version <", "version ,", "()", "“”", "tell  ", "tell directly", "[," };

/* Between the tags, from the page's head on: what is read, not how it is set. */
static str words_of(str body)
{
    text t = text_begin(check_arena());
    ptrdiff_t at = str_find(body, STR("<header"));
    assert_true(at > 0);
    str rest = str_from(body, (size_t)at), part;
    while (rest.len && str_split(&rest, '<', &part)) {
        str tag = { 0 };
        str_split(&part, '>', &tag);
        text_put(&t, part);
        text_put_z(&t, "<");
    }
    return text_done(&t);
}

static void look_at(browser *b, const char *page, const char *lang, const char *const *bad, size_t count)
{
    response p = get(b, text_format(check_arena(), "%s?day=2020-02-08&lang=%s", page, lang).at);
    assert_int_equal(p.status, 200);
    str words = words_of(p.body);
    for (size_t i = 0; i < count; i++) {
        ptrdiff_t at = str_find(words, str_of(bad[i]));
        CASE(text_format(check_arena(), "%s %s: %s", lang, page, bad[i]).at);
        if (at >= 0)
            print_error("%.*s\n", STR_ARG(str_part(words, at > 60 ? (size_t)at - 60 : 0, 120)));
        assert_true(at < 0);
    }
}

static void look_at_all(browser *b)
{
    for (size_t i = 0; i < COUNT(of_leader); i++) {
        look_at(b, of_leader[i], "zh", zh, COUNT(zh));
        look_at(b, of_leader[i], "en", en, COUNT(en));
    }
}

/* No leader, no need, no roster, nobody in the team but those placed there. */
static void a_team_with_nothing_yet_reads_well(const char *url)
{
    browser b = leader_phone(url);
    look_at_all(&b);
    response page = get(&b, "");
    assert_true(has(&page, "no leader yet"));
    page = get(&b, "/told");
    assert_true(has(&page, "No roster was published yet"));
}

static void a_team_without_a_leader_reads_well_at_work(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 3), noon = need_of(&b.w, EAST, b.w.yard, NOON, 0, 2);
    publish(&b.w, 1, 1, (const int64_t[][2]){ { need, b.w.person[1] } });
    add_duty(&b, need, 2);
    look_at_all(&b);
    must(&b.w, 2, "roster.draft", NULL,
         NAMED({ "team", V_INT(b.w.team[EAST]) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-16") },
               { "lines", V_TEXT(text_format(check_arena(), "[{\"need\":%lld,\"person\":%lld}]", LL(noon), LL(b.w.person[3]))) },
               { "gaps", V_TEXT(text_format(check_arena(), "[{\"need\":%lld,\"missing\":1,\"explanation\":\"x\"}]", LL(need))) }));
    must(&b.w, 2, "join_request.ask", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }, { "person", V_INT(b.w.person[STRANGER]) }));
    b.hours = 9;
    look_at_all(&b);
    must(&b.w, 9, "attendance.all_present", NULL, NAMED({ "need", V_INT(need) }, { "by", V_INT(b.w.person[0]) }));
    must(&b.w, 9, "duty.stand_down", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }));
    must(&b.w, 9, "withdrawal.start", NULL,
         NAMED({ "team", V_INT(b.w.team[EAST]) }, { "text", T("x") }, { "meeting_place", T("y") }, { "by", V_INT(b.w.person[0]) }));
    look_at_all(&b);
    response page = get(&b, "?day=2020-02-08");
    assert_true(has(&page, "tell the leader directly"));
}

ON_BOTH(a_team_with_nothing_yet_reads_well)
ON_BOTH(a_team_without_a_leader_reads_well_at_work)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_team_with_nothing_yet_reads_well),
        BOTH(a_team_without_a_leader_reads_well_at_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
