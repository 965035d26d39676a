/* How many statements a page takes: as many for a city as for a village. On both engines. */
#include "crowd.h"
#include "store/store.h"
#include "web/desk_browser.h"

#include <stdlib.h>

enum { CROWD = 138, FEW = 5, MANY = 46 };

typedef struct city {
    browser b;
    crowd c;
} city;

static city build(const char *url, size_t places)
{
    city y = { .b = { .hours = (double)(CROWD_NOW - HOURS(0)) / 3600000 } };
    app *p = y.b.w.p = database_app(url);
    y.b.site = (site){ .app = p, .style_hash = site_style_hash(check_arena()) };
    check_ok(crowd_build(p, check_arena(), CROWD, places, &y.c));
    check_ok(crowd_open(p, check_arena(), &y.c, 0, 1));
    check_ok(run_at(&y.b.w, y.b.hours, "role_grant.add", 0,
                    NAMED({ "person", V_INT(y.c.person[0]) }, { "role", T("commander") }, { "scope", T("all") }), NULL));
    y.b.cookie = y.c.session[0];
    make_strong(&y.b, y.c.person[0]);
    return y;
}

/* The second time: what is kept of the first is no part of a page. */
static size_t statements_of(city *y, const char *path)
{
    assert_int_equal(get(&y->b, path).status, 200);
    size_t before = store_statement_count(app_store(y->b.w.p));
    response p = get(&y->b, path);
    assert_int_equal(p.status, 200);
    assert_true(p.body.len > 1000);
    return store_statement_count(app_store(y->b.w.p)) - before;
}

static void a_list_of_all_places_takes_as_many_statements_as_of_a_few(const char *few_url, const char *many_url)
{
    static const char *const pages[] = {
        "/api/v1/views/duty_today?day=2020-02-08&limit=1000", "/desk", "/desk/duty", "/desk/teams", "/desk/rosters", "/desk/people",
        "/desk/list/team", "/o", "/s",
    };
    city few = build(few_url, FEW), many = build(many_url, MANY);
    for (size_t i = 0; i < COUNT(pages); i++) {
        CASE(pages[i]);
        size_t a = statements_of(&few, pages[i]), b = statements_of(&many, pages[i]);
        assert_true(a > 0 && a < 40);
        assert_int_equal(a, b);
    }
}

static void as_many_for_46_places_as_for_5_on_sqlite(void **state)
{
    (void)state;
    a_list_of_all_places_takes_as_many_statements_as_of_a_few(check_path("few.db"), check_path("many.db"));
}

static void as_many_for_46_places_as_for_5_on_postgres(void **state)
{
    (void)state;
    const char *few = database_postgres();
    a_list_of_all_places_takes_as_many_statements_as_of_a_few(few, database_postgres());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(as_many_for_46_places_as_for_5_on_sqlite),
        CHECK_TEST(as_many_for_46_places_as_for_5_on_postgres),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
