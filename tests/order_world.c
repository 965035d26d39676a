#include "order_world.h"

#include "base/text.h"
#include "store/store.h"
#include "view/view.h"

#include <jansson.h>

#define T(z) V_TEXT(str_of(z))
#define ROWS(...) NAMED({ "rows", V_TEXT(text_format(check_arena(), __VA_ARGS__)) })

err *world_try(order_world *w, const char *command, int64_t actor, const named *args)
{
    str ignored;
    call c = { .command = command, .args = args, .actor_id = actor, .now = w->now, .lang = WORDS_ZH, .source = STR("test") };
    return app_command(w->p, check_arena(), &c, &ignored);
}

str world_must(order_world *w, const char *command, int64_t actor, const named *args)
{
    str result = { 0 };
    call c = { .command = command, .args = args, .actor_id = actor, .now = w->now, .lang = WORDS_ZH, .source = STR("test") };
    check_ok(app_command(w->p, check_arena(), &c, &result));
    return result;
}

static int64_t number_in(str result, const char *name, size_t index)
{
    json_t *j = json_loadb(result.at, result.len, 0, NULL), *v = json_object_get(j, name);
    int64_t n = -1;
    if (json_is_array(v))
        v = json_array_get(v, index);
    if (json_is_string(v))
        assert_true(str_int(str_of(json_string_value(v)), 1, INT64_MAX, &n));
    else
        n = json_is_true(v) ? 1 : json_is_false(v) ? 0 : json_is_integer(v) ? json_integer_value(v) : -1;
    json_decref(j);
    return n;
}
int64_t world_id(str result)
{
    return number_in(result, "id", 0);
}
int64_t world_int(str result, const char *name)
{
    return number_in(result, name, 0);
}

rows world_view(order_world *w, const char *name, int64_t actor, const named *args)
{
    rows r = { 0 };
    const view *v = view_find(str_of(name));
    assert_non_null(v);
    check_ok(view_run(app_store(w->p), check_arena(), v, database_args_at(args, w->now), actor, 0, &r));
    return r;
}

int64_t world_count(order_world *w, const char *name, const named *args)
{
    return (int64_t)world_view(w, name, 0, args).count;
}

static void add_people(order_world *w)
{
    static const struct { const char *name, *phone, *path, *community; } all[WORLD_PEOPLE] = {
        [DRAFTER] = { "拟稿", "13900000001", "[]", "01" },
        [RELEASER] = { "签发", "13900000002", "[]", "01" },
        [LIAISON] = { "许青", "13900000012", "[\"局\",\"一支部\"]", "01" },
        [HEAD] = { "孟兰", "13900000013", "[\"局\"]", "01" },
        [ANNA] = { "林知远", "13900000021", "[\"局\",\"一支部\"]", "01" },
        [BERT] = { "何建平", "13900000022", "[\"局\",\"一支部\"]", "01" },
        [CARL] = { "周小禾", "13900000023", "[\"局\",\"二支部\"]", "01" },
        [DORA] = { "沈慧", "", "[\"局\",\"二支部\"]", "02" },
    };
    for (size_t i = 0; i < WORLD_PEOPLE; i++) {
        str r = world_must(w, "person.import", 0, ROWS("[{\"name\":\"%s\",\"phone\":%s%s%s,\"org\":%s,\"address\":\"x\"}]",
                                                       all[i].name, all[i].phone[0] ? "\"" : "", all[i].phone[0] ? all[i].phone : "null",
                                                       all[i].phone[0] ? "\"" : "", all[i].path));
        w->person[i] = number_in(r, "ids", 0);
        world_must(w, "placement.record", 0, ROWS("[{\"person\":%lld,\"community_code\":\"3203030010%s\",\"state\":\"placed\"}]",
                                                  (long long)w->person[i], all[i].community));
    }
    rows orgs = world_view(w, "org", 0, NULL);
    for (size_t i = 0; i < orgs.count; i++) {
        str name = rows_text(&orgs, i, "name");
        *(str_is(name, "局") ? &w->bureau : str_is(name, "一支部") ? &w->one : &w->two) = rows_int(&orgs, i, "id");
    }
}

static void grant(order_world *w, enum world_person who, const char *role, const char *scope, int64_t of)
{
    const named all[] = { { "person", V_INT(w->person[who]) }, { "role", T(role) }, { "scope", T(scope) },
                          { of ? scope : NULL, V_INT(of) }, { 0 } };
    world_must(w, "role_grant.add", 0, all);
}

static void add_team(order_world *w)
{
    static const struct { const char *day; int64_t days; } days[2] = { { "2020-02-07", 1 }, { "2020-02-08", 2 } };
    world_must(w, "team.form", 0, NAMED({ "operation", V_INT(w->operation) }));
    rows teams = world_view(w, "team", 0, NULL);
    w->team = rows_int(&teams, 0, "id");
    w->other_team = rows_int(&teams, 1, "id");
    world_must(w, "team.confirm", 0, NAMED({ "team", V_INT(w->team) }, { "leader", V_INT(w->person[BERT]) },
                                           { "liaison", V_INT(w->person[LIAISON]) }));
    int64_t post = number_in(world_must(w, "post.import", 0, ROWS("[{\"team\":%lld,\"name\":\"南门\",\"kind\":\"gate\",\"outdoor\":true}]",
                                                                (long long)w->team)), "ids", 0);
    int64_t shift = number_in(world_must(w, "shift.import", 0,
                                         ROWS("[{\"operation\":%lld,\"name\":\"早\",\"kind\":\"day\",\"start_minute\":480,"
                                              "\"end_minute\":720}]", (long long)w->operation)), "ids", 0);
    for (size_t i = 0; i < 2; i++) {
        int64_t at = (int64_t)DATABASE_NOW * 1000 + days[i].days * HOURS(24);
        w->need[i] = number_in(world_must(w, "need.import", 0,
                                          ROWS("[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"%s\",\"starts_at\":%lld,"
                                               "\"ends_at\":%lld,\"min\":1,\"target\":2,\"limit\":3}]",
                                               (long long)w->team, (long long)post, (long long)shift, days[i].day, (long long)at,
                                               (long long)(at + HOURS(4)))), "ids", 0);
    }
}

order_world order_world_open(const char *url)
{
    static const char divisions[] =
        "[{\"code\":\"320303\",\"name\":\"云川区\",\"level\":\"district\"},"
        "{\"code\":\"320303001\",\"name\":\"柳堤街道\",\"level\":\"subdistrict\",\"parent_code\":\"320303\"},"
        "{\"code\":\"320303001001\",\"name\":\"东塘社区居委会\",\"level\":\"community\",\"parent_code\":\"320303001\"},"
        "{\"code\":\"320303001002\",\"name\":\"西塘社区居委会\",\"level\":\"community\",\"parent_code\":\"320303001\"}]";
    order_world w = { .p = database_app(url), .now = (int64_t)DATABASE_NOW * 1000 };
    w.operation = world_id(world_must(&w, "operation.open", 0, NAMED({ "title", T("周末") }, { "zone", T("Asia/Shanghai") })));
    world_must(&w, "division.import", 0, NAMED({ "rows", T(divisions) }));
    add_people(&w);
    grant(&w, LIAISON, "liaison", "org", w.one);
    grant(&w, HEAD, "liaison", "org", w.bureau);
    grant(&w, DRAFTER, "commander", "all", 0);
    grant(&w, RELEASER, "commander", "all", 0);
    add_team(&w);
    grant(&w, BERT, "leader", "team", w.team);
    return w;
}

int64_t world_order(order_world *w, int64_t number)
{
    int64_t order = world_id(world_must(
        w, "order.draft", w->person[DRAFTER],
        NAMED({ "operation", V_INT(w->operation) }, { "number", V_INT(number) }, { "text", T("就近值守。") },
              { "principle", T("就近") }, { "reply_by", V_INT(w->now + HOURS(4)) }, { "report_at", V_INT(w->now + HOURS(24)) },
              { "orgs", V_TEXT(text_format(check_arena(), "[%lld]", (long long)w->bureau)) })));
    world_must(w, "order.release", w->person[RELEASER], NAMED({ "order", V_INT(order) }));
    while (world_int(world_must(w, "notice.queue", 0, NAMED({ "order", V_INT(order) }, { "limit", V_INT(4) })), "remaining"))
        continue;
    return order;
}

int64_t world_notice(order_world *w, int64_t order, enum world_person who)
{
    rows r = world_view(w, "notice", 0, NAMED({ "order", V_INT(order) }, { "person", V_INT(w->person[who]) }));
    assert_int_equal(r.count, 1);
    return rows_int(&r, 0, "id");
}

typedef struct by_hand {
    store_work work; /* first */
    const char *sql;
} by_hand;

static err *run_by_hand(store_work *work, store_txn *t, arena *a)
{
    const char *sql = ((by_hand *)work)->sql;
    return store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, NULL);
}

err *world_sql(order_world *w, const char *sql)
{
    by_hand h = { .work.run = run_by_hand, .sql = sql };
    return store_submit_wait(app_store(w->p), check_arena(), &h.work);
}
