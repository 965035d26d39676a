#include "database.h"

#include "base/text.h"
#include "view/view.h"

#define T(z) V_TEXT(str_of(z))
#define ROWS(...) NAMED({ "rows", V_TEXT(text_format(check_arena(), __VA_ARGS__)) })
#define WAITING(person, key) \
    "{\"person\":" person ",\"state\":\"queued\",\"reasons\":\"No such compound\",\"text_key\":\"" key "\"," \
    "\"candidates\":\"320303001002 West\",\"suggested_code\":\"320303001002\"}"

static str must(app *p, const char *command, const named *args)
{
    str result = { 0 };
    check_ok(database_command(p, command, 0, NULL, args, &result));
    return result;
}

static rows seen(app *p, const char *name, const named *args)
{
    rows r = { 0 };
    check_ok(view_run(app_store(p), check_arena(), view_find(str_of(name)), args, 0, 0, &r));
    return r;
}

/* Four people, 1 to 4 in the order of their ids: three who live alike and one who does not. */
static app *build(const char *url, str *ids)
{
    app *p = database_app(url);
    must(p, "operation.open", NAMED({ "title", T("Weekend") }, { "zone", T("Asia/Shanghai") }));
    must(p, "division.import",
         NAMED({ "rows", T("[{\"code\":\"320303\",\"name\":\"D\",\"level\":\"district\"},"
                           "{\"code\":\"320303001001\",\"name\":\"East\",\"level\":\"community\",\"parent_code\":\"320303\"},"
                           "{\"code\":\"320303001002\",\"name\":\"West\",\"level\":\"community\",\"parent_code\":\"320303\"}]") }));
    must(p, "person.import", NAMED({ "rows", T("[{\"name\":\"A\",\"phone\":\"13800000001\",\"address\":\"Mill 2\"},"
                                               "{\"name\":\"B\",\"phone\":\"13800000002\",\"address\":\"Mill 1\"},"
                                               "{\"name\":\"C\",\"phone\":\"13800000003\",\"address\":\"Mill 3\"},"
                                               "{\"name\":\"D\",\"phone\":\"13800000004\",\"address\":\"Hill\"}]") }));
    rows r = seen(p, "person", NULL);
    for (size_t i = 0; i < 4; i++)
        ids[i] = text_format(check_arena(), "%lld", (long long)rows_int(&r, i, "id"));
    return p;
}

static str queue_all(app *p, const str *ids)
{
    return must(p, "placement.record",
                ROWS("[" WAITING("%s", "/mill") "," WAITING("%s", "/mill") "," WAITING("%s", "/mill") ","
                     WAITING("%s", "/hill") "]", ids[0].at, ids[1].at, ids[2].at, ids[3].at));
}

static void the_queue_gives_what_settling_needs(const char *url)
{
    str ids[4];
    app *p = build(url, ids);
    check_str(queue_all(p, ids), "{\"added\":4,\"changed\":0,\"same\":0}");
    rows r = seen(p, "place_queue", NULL);
    assert_int_equal(r.count, 2);
    check_str(rows_text(&r, 0, "text_key"), "/mill");
    check_str(rows_text(&r, 0, "community_code"), "320303001002");
    check_str(rows_text(&r, 0, "example"), "Mill 1");
    check_str(rows_text(&r, 0, "candidates"), "320303001002 West");
    assert_int_equal(rows_int(&r, 0, "count"), 3);
    assert_int_equal(seen(p, "place_queue_person", NULL).count, 4);
    assert_int_equal(seen(p, "place_queue_person", NAMED({ "text_key", T("/hill") })).count, 1);
    assert_int_equal(seen(p, "place_queue_person", NAMED({ "cause", T("Another") })).count, 0);
    const named *args = NAMED({ "text_key", *rows_at(&r, 0, "text_key") },
                              { "community_code", *rows_at(&r, 0, "community_code") });
    check_str(must(p, "placement.settle", args), "{\"outside\":false,\"settled\":3}");
    assert_int_equal(seen(p, "place_queue", NULL).count, 1);
    r = seen(p, "person_placed", NULL);
    assert_int_equal(r.count, 3);
    check_str(rows_text(&r, 2, "community_code"), "320303001002");
    check_str(must(p, "placement.settle", args), "{\"outside\":false,\"settled\":0}");
}

static void a_decision_outlives_the_engines_doubt(const char *url)
{
    str ids[4];
    app *p = build(url, ids);
    queue_all(p, ids);
    must(p, "placement.settle", NAMED({ "text_key", T("/mill") }, { "community_code", T("320303001001") }));
    CASE("the same doubt again");
    check_str(queue_all(p, ids), "{\"added\":0,\"changed\":0,\"same\":4}");
    rows r = seen(p, "operation", NULL);
    check_str(must(p, "team.form", NAMED({ "operation", *rows_at(&r, 0, "id") })),
              "{\"teams\":1,\"added\":3,\"moved\":0,\"same\":0}");
    CASE("another address is another question");
    must(p, "placement.record", ROWS("[" WAITING("%s", "/lake") "]", ids[0].at));
    assert_int_equal(seen(p, "place_queue", NULL).count, 2);
    CASE("a second thought moves those settled before");
    check_str(must(p, "placement.settle", NAMED({ "text_key", T("/mill") }, { "outside", T("1") })),
              "{\"outside\":true,\"settled\":2}");
    assert_int_equal(seen(p, "person_placed", NULL).count, 0);
    assert_int_equal(seen(p, "place_rule", NULL).count, 1);
}

static void only_a_community_settles(const char *url)
{
    str ids[4];
    app *p = build(url, ids);
    check_err(database_command(p, "placement.settle", 0, NULL, NAMED({ "text_key", T("/mill") }), NULL), ERR_INPUT,
              "placement.settle_which");
    check_err(database_command(p, "placement.settle", 0, NULL,
                               NAMED({ "text_key", T("/mill") }, { "community_code", T("320303001009") }), NULL),
              ERR_NOT_FOUND, "division.missing");
    check_err(database_command(p, "placement.settle", 0, NULL,
                               NAMED({ "text_key", T("/mill") }, { "community_code", T("320303") }), NULL),
              ERR_INPUT, "placement.settle_level");
    assert_int_equal(seen(p, "place_rule", NULL).count, 0);
}

ON_BOTH(the_queue_gives_what_settling_needs)
ON_BOTH(a_decision_outlives_the_engines_doubt)
ON_BOTH(only_a_community_settles)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(the_queue_gives_what_settling_needs),
        BOTH(a_decision_outlives_the_engines_doubt),
        BOTH(only_a_community_settles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
