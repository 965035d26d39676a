/* An import undone: what it made goes, what it changed is as before, what has been used since stays and says why. */
#include "deeds.h"
#include "order_world.h"

#include "store/store.h"

#include <jansson.h>

#define BEGIN(w) begin((w), "people")

static int64_t begin(order_world *w, const char *kind)
{
    static int number;
    return world_id(world_must(w, "import.begin", 0, NAMED({ "kind", T(kind) },
                                                           { "file_hash", V_TEXT(text_format(check_arena(), "hash %d", ++number)) })));
}

static void finish(order_world *w, int64_t import)
{
    world_must(w, "import.finish", 0, NAMED({ "import", V_INT(import) }));
}

static int64_t take(order_world *w, const char *command, int64_t import, const char *rows)
{
    str got = world_must(w, command, 0, NAMED({ "rows", T(rows) }, { "import", V_INT(import) }));
    return str_find(got, STR("\"ids\"")) < 0 ? 0 : world_int(got, "ids");
}

static str undo(order_world *w, int64_t import)
{
    return world_must(w, "import.undo", 0, NAMED({ "import", V_INT(import) }));
}

/* All that an import can change, but for versions and for people who are gone. */
static str everything(order_world *w)
{
    static const char *const reads[] = {
        "SELECT id, name, phone, org_id, address_text, work_unit, kind, remark, placement_id FROM person WHERE erased_at IS NULL ORDER BY id",
        "SELECT person_id, skill FROM person_skill ORDER BY person_id, skill",
        "SELECT id, team_id, person_id, state, to_at FROM membership ORDER BY id", "SELECT id, name FROM org ORDER BY id",
        "SELECT org_id, above_id FROM org_above ORDER BY org_id, above_id", "SELECT code, name, parent_code FROM division ORDER BY code",
        "SELECT code, above_code FROM division_above ORDER BY code, above_code", "SELECT id, name FROM compound ORDER BY id",
        "SELECT compound_id, alias FROM compound_alias ORDER BY compound_id, alias",
        "SELECT compound_id, number_from, number_to, side FROM compound_range ORDER BY compound_id, number_from",
        "SELECT id, name, kind, outdoor FROM post ORDER BY id", "SELECT id, name, start_minute, end_minute FROM shift ORDER BY id",
        "SELECT id, headcount_min, headcount_target, headcount_limit, source FROM need ORDER BY id",
        "SELECT need_id, seat FROM need_seat ORDER BY need_id, seat", "SELECT id, level FROM availability ORDER BY id",
        "SELECT id, name FROM team ORDER BY id",
    };
    text t = text_begin(check_arena());
    for (size_t i = 0; i < COUNT(reads); i++) {
        rows r = deeds_read(w->p, check_arena(), reads[i]);
        for (size_t k = 0; k < r.count * r.column_count; k++)
            text_printf(&t, r.at[k].kind == VALUE_TEXT ? "%.*s|" : "%.*s%lld|", STR_ARG(r.at[k].s), (long long)r.at[k].n);
        text_put_z(&t, "\n");
    }
    return text_done(&t);
}

#define NEW_ONE "{\"name\":\"丁立\",\"phone\":\"13900000077\",\"org\":[\"学校\",\"教工\"],\"address\":\"新\",\"skills\":[\"医\"]}"
#define ANNA_NEW "{\"name\":\"林知远\",\"phone\":\"13900000021\",\"org\":[\"局\",\"二支部\"],\"address\":\"错\",\"skills\":[\"车\"]}"

static int64_t people_in(order_world *w, int64_t import)
{
    int64_t one = take(w, "person.import", import, "[" NEW_ONE "," ANNA_NEW "]");
    take(w, "placement.record", import, text_format(check_arena(),
         "[{\"person\":%lld,\"community_code\":\"320303001001\",\"state\":\"placed\"},"
         "{\"person\":%lld,\"community_code\":\"320303001002\",\"state\":\"placed\"}]", (long long)one, (long long)w->person[ANNA]).at);
    world_must(w, "team.form", 0, NAMED({ "operation", V_INT(w->operation) }, { "import", V_INT(import) }));
    finish(w, import);
    return one;
}

static void people_are_as_before(const char *url)
{
    order_world w = order_world_open(url);
    world_must(&w, "person.skill", 0, NAMED({ "person", V_INT(w.person[ANNA]) }, { "skill", T("医") }, { "yes", T("1") }));
    str before = everything(&w);
    int64_t import = BEGIN(&w);
    people_in(&w, import);
    assert_false(str_equal(before, everything(&w)));
    str got = undo(&w, import);
    assert_int_equal(world_int(got, "kept"), 0);
    assert_int_equal(world_int(got, "left"), 0);
    check_str(everything(&w), before.at);
    rows imports = world_view(&w, "import", 0, NULL);
    check_str(rows_text(&imports, 0, "state"), "undone");
    check_err(world_try(&w, "import.undo", 0, NAMED({ "import", V_INT(import) })), ERR_CONFLICT, "import.undone");
    /* the same list once more, as if it had never been */
    people_in(&w, BEGIN(&w));
}

static void the_file_may_come_again(const char *url)
{
    order_world w = order_world_open(url);
    const named *args = NAMED({ "kind", T("people") }, { "file_hash", T("same") });
    int64_t first = world_id(world_must(&w, "import.begin", 0, args));
    people_in(&w, first);
    assert_int_equal(world_int(world_must(&w, "import.begin", 0, args), "same"), 1);
    undo(&w, first);
    str again = world_must(&w, "import.begin", 0, args);
    assert_int_equal(world_int(again, "same"), 0);
    assert_true(world_id(again) != first);
    people_in(&w, world_id(again));
    assert_int_equal(deeds_read(w.p, check_arena(), "SELECT id FROM person WHERE phone = '13900000077'").count, 1);
}

static str why_kept(order_world *w, int64_t import, const char *noun, int64_t key)
{
    rows r = world_view(w, "import_kept", 0, NAMED({ "import", V_INT(import) }));
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "noun"), noun) && str_equal(rows_text(&r, i, "noun_key"), text_format(check_arena(), "%lld", (long long)key)))
            return rows_text(&r, i, "why");
    return STR("gone");
}

static bool is_there(order_world *w, int64_t person)
{
    return deeds_read(w->p, check_arena(), text_format(check_arena(), "SELECT p.id FROM person p JOIN membership m ON m.person_id = p.id "
        "WHERE p.id = %lld AND p.erased_at IS NULL AND m.state = 'active'", (long long)person).at).count == 1;
}

static void what_was_used_since_stays(const char *url)
{
    order_world w = order_world_open(url);
    static const struct { const char *why, *name; } cases[] = {
        { "changed", "甲" }, { "answer", "乙" }, { "duty", "丙" }, { "gift", "丁" }, { "used", "戊" }, { "gone", "己" },
    };
    int64_t import = BEGIN(&w), person[COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++) {
        person[i] = take(&w, "person.import", import, text_format(check_arena(),
                         "[{\"name\":\"%s\",\"phone\":\"1390000009%zu\",\"org\":[\"局\",\"一支部\"],\"address\":\"新\"}]", cases[i].name, i).at);
        take(&w, "placement.record", import, text_format(check_arena(),
             "[{\"person\":%lld,\"community_code\":\"320303001001\",\"state\":\"placed\"}]", (long long)person[i]).at);
    }
    world_must(&w, "team.form", 0, NAMED({ "operation", V_INT(w.operation) }, { "import", V_INT(import) }));
    finish(&w, import);
    world_must(&w, "person.import", 0, ROWS("[{\"name\":\"甲\",\"phone\":\"13900000090\",\"org\":[\"局\",\"一支部\"],\"address\":\"改过\"}]"));
    int64_t order = world_order(&w, 1);
    rows notices = world_view(&w, "notice", 0, NAMED({ "order", V_INT(order) }));
    assert_true(notices.count > 0);
    rows mine = deeds_read(w.p, check_arena(), text_format(check_arena(), "SELECT id FROM notice WHERE person_id = %lld", (long long)person[1]).at);
    world_must(&w, "notice.answer", 0, NAMED({ "notice", V_INT(rows_int(&mine, 0, "id")) }, { "answer", T("can") }, { "by", V_INT(person[1]) }));
    world_must(&w, "duty.add", 0, NAMED({ "need", V_INT(w.need[0]) }, { "person", V_INT(person[2]) }));
    world_must(&w, "donation.record", 0, NAMED({ "operation", V_INT(w.operation) }, { "donor_person", V_INT(person[3]) }, { "donor_name", T("丁") }, { "kind", T("money") },
                                               { "amount", T("100") }, { "received_on", T("2020-02-06") }, { "by", V_INT(w.person[BERT]) }));
    check_ok(world_sql(&w, text_format(check_arena(), "DELETE FROM message WHERE person_id = %lld", (long long)person[5]).at));
    check_ok(world_sql(&w, text_format(check_arena(), "DELETE FROM notice WHERE person_id = %lld", (long long)person[5]).at));
    str got = undo(&w, import);
    assert_int_equal(world_int(got, "left"), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].why);
        check_str(why_kept(&w, import, "person", person[i]), cases[i].why);
        assert_int_equal(is_there(&w, person[i]), i + 1 < COUNT(cases));
    }
}

static void places_and_units_are_as_before(const char *url)
{
    order_world w = order_world_open(url);
    take(&w, "compound.import", 0 + begin(&w, "gazetteer"),
         "[{\"community_code\":\"320303001001\",\"kind\":\"compound\",\"name\":\"望江苑\",\"aliases\":[\"望苑\"],"
         "\"ranges\":[{\"from\":1,\"to\":9,\"side\":\"odd\"}]}]");
    str before = everything(&w);
    int64_t import = begin(&w, "gazetteer");
    take(&w, "division.import", import,
         "[{\"code\":\"320303002\",\"name\":\"新街道\",\"level\":\"subdistrict\",\"parent_code\":\"320303\"},"
         "{\"code\":\"320303002001\",\"name\":\"新社区\",\"level\":\"community\",\"parent_code\":\"320303002\"},"
         "{\"code\":\"320303001001\",\"name\":\"改名\",\"level\":\"community\",\"parent_code\":\"320303002\"}]");
    take(&w, "compound.import", import,
         "[{\"community_code\":\"320303001001\",\"kind\":\"compound\",\"name\":\"望江苑\",\"aliases\":[\"另名\"],\"ranges\":[]},"
         "{\"community_code\":\"320303002001\",\"kind\":\"road\",\"name\":\"新路\",\"aliases\":[\"路\"],\"ranges\":[{\"from\":2,\"to\":8}]}]");
    take(&w, "org.import", import, "[{\"path\":[\"局\",\"三支部\",\"小组\"]},{\"path\":[\"新局\"]}]");
    finish(&w, import);
    str got = undo(&w, import);
    assert_int_equal(world_int(got, "kept"), 0);
    check_str(everything(&w), before.at);
}

static void needs_and_hours_are_as_before(const char *url)
{
    order_world w = order_world_open(url);
    take(&w, "availability.import", begin(&w, "availability"),
         text_format(check_arena(), "[{\"person\":%lld,\"starts_at\":1,\"ends_at\":2,\"level\":\"cannot\"}]", (long long)w.person[ANNA]).at);
    rows need = deeds_read(w.p, check_arena(), text_format(check_arena(),
        "SELECT post_id, shift_id, starts_at, ends_at FROM need WHERE id = %lld", (long long)w.need[0]).at);
    str before = everything(&w);
    int64_t import = begin(&w, "needs");
    int64_t post = take(&w, "post.import", import, text_format(check_arena(),
        "[{\"team\":%lld,\"name\":\"北门\",\"kind\":\"gate\",\"outdoor\":true,\"skills\":[\"车\"]},"
        "{\"team\":%lld,\"name\":\"南门\",\"kind\":\"gate\",\"outdoor\":false}]", (long long)w.team, (long long)w.team).at);
    int64_t shift = take(&w, "shift.import", import, text_format(check_arena(),
        "[{\"operation\":%lld,\"name\":\"晚\",\"kind\":\"night\",\"start_minute\":1200,\"end_minute\":1440}]", (long long)w.operation).at);
    take(&w, "need.import", import, text_format(check_arena(),
        "[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"2020-02-09\",\"starts_at\":1,\"ends_at\":2,\"min\":1,\"target\":3,\"limit\":3},"
        "{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"2020-02-07\",\"starts_at\":%lld,\"ends_at\":%lld,\"min\":5,\"target\":5,\"limit\":7}]",
        (long long)w.team, (long long)post, (long long)shift, (long long)w.team, (long long)rows_int(&need, 0, "post_id"),
        (long long)rows_int(&need, 0, "shift_id"), (long long)rows_int(&need, 0, "starts_at"), (long long)rows_int(&need, 0, "ends_at")).at);
    take(&w, "availability.import", import, text_format(check_arena(),
        "[{\"person\":%lld,\"starts_at\":1,\"ends_at\":2,\"level\":\"can\"},{\"person\":%lld,\"starts_at\":3,\"ends_at\":4,\"level\":\"can\"}]",
        (long long)w.person[ANNA], (long long)w.person[BERT]).at);
    finish(&w, import);
    str got = undo(&w, import);
    assert_int_equal(world_int(got, "kept"), 0);
    check_str(everything(&w), before.at);
}

static void it_goes_in_pieces_and_within_a_day(const char *url)
{
    order_world w = order_world_open(url);
    int64_t import = BEGIN(&w), late = BEGIN(&w);
    for (int piece = 0; piece < 2; piece++) {
        text t = text_begin(check_arena());
        for (int i = 0; i < 150; i++)
            text_printf(&t, "%s{\"name\":\"人%d\",\"phone\":\"138%08d\"}", i ? "," : "[", piece * 150 + i, piece * 150 + i);
        text_put_z(&t, "]");
        take(&w, "person.import", import, text_done(&t).at);
    }
    take(&w, "person.import", late, "[" NEW_ONE "]");
    finish(&w, late);
    check_err(world_try(&w, "person.import", 0, NAMED({ "rows", T("[" NEW_ONE "]") }, { "import", V_INT(late) })), ERR_CONFLICT, "import.over");
    assert_int_equal(world_int(undo(&w, import), "left"), 100); /* broken off: it was never finished */
    str got = undo(&w, import);
    assert_int_equal(world_int(got, "undone"), 100);
    assert_int_equal(world_int(got, "left"), 0);
    check_err(world_try(&w, "import.undo", 0, NAMED({ "import", V_INT(BEGIN(&w)) })), ERR_CONFLICT, "import.undo_nothing");
    check_err(world_try(&w, "import.undo", 0, NAMED({ "import", V_INT(4711) })), ERR_NOT_FOUND, "import.missing");
    w.now += 24 * HOURS(1) + 1;
    check_err(world_try(&w, "import.undo", 0, NAMED({ "import", V_INT(late) })), ERR_CONFLICT, "import.undo_late");
    take(&w, "person.import", BEGIN(&w), "[" NEW_ONE "]"); /* the next one forgets what nobody can use */
    rows kept = deeds_read(w.p, check_arena(), text_format(check_arena(), "SELECT seq FROM import_before WHERE import_id = %lld", (long long)late).at);
    assert_int_equal(kept.count, 0);
}

ON_BOTH(people_are_as_before)
ON_BOTH(the_file_may_come_again)
ON_BOTH(what_was_used_since_stays)
ON_BOTH(places_and_units_are_as_before)
ON_BOTH(needs_and_hours_are_as_before)
ON_BOTH(it_goes_in_pieces_and_within_a_day)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(people_are_as_before), BOTH(the_file_may_come_again), BOTH(what_was_used_since_stays),
                                        BOTH(places_and_units_are_as_before), BOTH(needs_and_hours_are_as_before),
                                        BOTH(it_goes_in_pieces_and_within_a_day) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
