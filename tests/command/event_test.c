/* Whose topics a row of the record names: what the tests of the stream (tests/web) do not play. */
#include "command/event.h"
#include "order_world.h"

static bool told(order_world *w, const event_place *from, const char *kind, int64_t id)
{
    event_news news;
    check_ok(event_read(w->p, check_arena(), from, 0, &news));
    str topic = text_format(check_arena(), "%s:%lld", kind, (long long)id);
    for (const event_hint *h = news.hints; h; h = h->next)
        if (str_equal(h->topic, topic) && str_is(h->kinds, "notice"))
            return true;
    return false;
}

/* The leader looks at who has answered, the liaison too. */
static void an_answer_is_told_to_the_team_and_the_agency(const char *url)
{
    order_world w = order_world_open(url);
    int64_t notice = world_notice(&w, world_order(&w, 1), ANNA);
    event_place from;
    check_ok(event_now(w.p, check_arena(), &from));
    world_must(&w, "notice.answer", w.person[ANNA], NAMED({ "notice", V_INT(notice) }, { "answer", V_TEXT(STR("can")) }, { "via", V_TEXT(STR("link")) }));
    assert_true(told(&w, &from, "person", w.person[ANNA]) && told(&w, &from, "team", w.team) && told(&w, &from, "operation", w.operation));
    assert_true(told(&w, &from, "org", w.one) && told(&w, &from, "org", w.bureau));
    assert_false(told(&w, &from, "team", w.other_team) || told(&w, &from, "person", w.person[BERT]) || told(&w, &from, "org", w.two));
}

ON_BOTH(an_answer_is_told_to_the_team_and_the_agency)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(an_answer_is_told_to_the_team_and_the_agency) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
