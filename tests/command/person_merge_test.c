/* Two rows of one man, and two men who look like one. */
#include "deeds.h"
#include "order_world.h"

#include "command/person_key.h"

static int64_t add(order_world *w, const char *name, const char *phone, const char *org, const char *address)
{
    str got = world_must(w, "person.import", 0, ROWS("[{\"name\":\"%s\",\"phone\":\"%s\",\"org\":[\"%s\"],\"address\":\"%s\",\"work_unit\":\"%s科\"}]",
                                                     name, phone, org, address, org));
    return world_int(got, "ids");
}

static str asked(order_world *w, int64_t a, int64_t b)
{
    rows r = world_view(w, "person_double", 0, NULL);
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "a_id") == a && rows_int(&r, i, "b_id") == b)
            return text_format(check_arena(), "%.*s %lld", STR_ARG(rows_text(&r, i, "why")), (long long)rows_int(&r, i, "question"));
    return STR("no");
}

static void who_may_be_one_is_asked(const char *url)
{
    order_world w = order_world_open(url);
    static const struct { const char *what, *a, *a_phone, *a_org, *a_address, *b, *b_phone, *b_org, *b_address, *want; } cases[] = {
        { "one telephone, a name with a dot", "阿依·买买提", "13911110001", "甲局", "", "阿依买买提", "13911110001", "乙局", "", "phone 1" },
        { "one telephone, a rare sign as ?", "李?", "13911110002", "甲局", "", "李旻", "13911110002", "乙局", "", "phone 1" },
        { "one telephone, numbered", "张伟2", "13911110003", "甲局", "", "张伟", "13911110003", "甲局", "", "phone 1" },
        { "a family with one telephone", "王强", "13911110004", "甲局", "桃溪1", "孙梅", "13911110004", "甲局", "桃溪1", "family 0" },
        { "name and address", "陈红", "13911110005", "甲局", "桃溪2", "陈红", "13911110006", "乙局", "桃溪2", "address 1" },
        { "a home written by two", "赵敏", "13911110011", "甲局", "桃溪花园三号楼2单元501室", "赵 敏（预备）", "13911110012", "乙局", "桃溪花园3-2-501", "address 1" },
        { "a dot of another kind, no telephone", "阿依•买买提", "13911110013", "甲局", "桃溪6", "阿依・买买提", "", "乙局", "", "one_phone 1" },
        { "one name, the address says nothing", "钱进", "13911110014", "甲局", "宿舍", "钱进", "13911110015", "乙局", "宿舍", "no" },
        { "two lists, one telephone missing", "丁一", "13911110007", "甲局", "桃溪3", "丁一", "", "乙局", "", "one_phone 1" },
        { "two men of one name", "刘洋", "13911110008", "甲局", "桃溪4", "刘洋", "13911110009", "乙局", "桃溪5", "no" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        int64_t a = add(&w, cases[i].a, cases[i].a_phone, cases[i].a_org, cases[i].a_address);
        int64_t b = add(&w, cases[i].b, cases[i].b_phone, cases[i].b_org, cases[i].b_address);
        assert_true(a != b);
        check_str(asked(&w, a, b), cases[i].want);
        world_must(&w, "person.keep_apart", 0, NAMED({ "a", V_INT(b) }, { "b", V_INT(a) }));
        check_str(asked(&w, a, b), "no"); /* and never again */
    }
}

static void one_list_with_two_of_a_name_means_two(const char *url)
{
    order_world w = order_world_open(url);
    int64_t a = add(&w, "丁一", "13911110007", "甲局", "桃溪3"), b = add(&w, "丁一", "", "甲局", "");
    check_str(asked(&w, a, b), "one_phone 1");
    str import = world_must(&w, "import.begin", 0, NAMED({ "kind", T("people") }, { "file_hash", T("h") }));
    world_must(&w, "import.rows", 0, NAMED({ "import", V_INT(world_id(import)) }, { "rows", V_TEXT(text_format(check_arena(),
        "[{\"row_no\":1,\"cells\":\"{}\",\"verdict\":\"ready\",\"noun_id\":\"%lld\"},{\"row_no\":2,\"cells\":\"{}\",\"verdict\":\"ready\",\"noun_id\":\"%lld\"}]",
        (long long)a, (long long)b)) }));
    check_str(asked(&w, a, b), "no");
}

static err *forget_keys(store_work *w, store_txn *t, arena *a)
{
    (void)w;
    static const char sql[] = "UPDATE person SET name_key = NULL, home_key = NULL";
    return store_query_text(t, a, "forget_keys", str_of(sql), NULL, 0, NULL, NULL);
}

/* As after the migration: nobody has keys, and opening gives them. */
static void people_of_before_are_asked_about_too(const char *url)
{
    order_world w = order_world_open(url);
    int64_t a = add(&w, "赵敏", "13911110011", "甲局", "桃溪花园三号楼"), b = add(&w, "赵 敏", "13911110012", "乙局", "桃溪花园3幢");
    store_work forgetting = { .run = forget_keys };
    check_ok(store_submit_wait(app_store(w.p), check_arena(), &forgetting));
    check_str(asked(&w, a, b), "no");
    check_ok(person_key_fill(app_store(w.p), check_arena()));
    check_str(asked(&w, a, b), "address 1");
    rows none = deeds_read(w.p, check_arena(), "SELECT id FROM person WHERE name_key IS NULL");
    assert_int_equal(none.count, 0);
}

static void a_name_put_right_is_compared_anew(const char *url)
{
    order_world w = order_world_open(url);
    int64_t a = add(&w, "赵敏", "", "甲局", ""), b = add(&w, "赵闵", "13911110012", "乙局", "");
    check_str(asked(&w, a, b), "no");
    world_must(&w, "person.correct", 0, ROWS("[{\"person\":%lld,\"name\":\"赵敏\"}]", (long long)b));
    check_str(asked(&w, a, b), "one_phone 1");
}

static rows person_of(order_world *w, int64_t id)
{
    return deeds_read(w->p, check_arena(), text_format(check_arena(),
        "SELECT p.phone, o.name AS org, p.work_unit, p.address_text, p.placement_id, CASE WHEN p.erased_at IS NULL THEN 1 ELSE 0 END AS here, "
        "(SELECT min(u.work_unit) FROM person_unit u WHERE u.person_id = p.id) AS second, "
        "(SELECT count(*) FROM person_skill s WHERE s.person_id = p.id) AS skills, "
        "(SELECT count(*) FROM duty d WHERE d.person_id = p.id) AS duties, (SELECT count(*) FROM donor d WHERE d.person_id = p.id) AS gifts, "
        "(SELECT count(*) FROM attendance t WHERE t.person_id = p.id) AS came, "
        "(SELECT count(*) FROM membership m WHERE m.person_id = p.id AND m.state = 'active') AS teams, "
        "(SELECT count(*) FROM notice n WHERE n.person_id = p.id AND n.answer IS NOT NULL) AS answers "
        "FROM person p LEFT JOIN org o ON o.id = p.org_id WHERE p.id = %lld", (long long)id).at);
}

/* A man of two lists: the second has what happened since; the first, without a telephone, is kept. */
static int64_t two_of_one(order_world *w, int64_t *kept, int64_t *merged)
{
    *kept = add(w, "郑好", "", "甲局", "桃溪7");
    *merged = add(w, "郑好", "13911110010", "乙局", "桃溪7");
    world_must(w, "person.skill", 0, NAMED({ "person", V_INT(*merged) }, { "skill", T("车") }, { "yes", T("1") }));
    world_must(w, "placement.record", 0, ROWS("[{\"person\":%lld,\"community_code\":\"320303001001\",\"state\":\"placed\"}]", (long long)*merged));
    world_must(w, "team.form", 0, NAMED({ "operation", V_INT(w->operation) }));
    world_must(w, "duty.add", 0, NAMED({ "need", V_INT(w->need[0]) }, { "person", V_INT(*merged) }));
    world_must(w, "donation.record", 0, NAMED({ "operation", V_INT(w->operation) }, { "donor_person", V_INT(*merged) }, { "donor_name", T("郑好") },
                                              { "kind", T("money") }, { "amount", T("100") }, { "received_on", T("2020-02-06") },
                                              { "by", V_INT(w->person[BERT]) }));
    return *kept;
}

static void merging_moves_all_and_keeps_both_units(const char *url)
{
    order_world w = order_world_open(url);
    int64_t kept, merged;
    two_of_one(&w, &kept, &merged);
    check_str(asked(&w, kept, merged), "address 1");
    int64_t merge = world_id(world_must(&w, "person.merge", 0, NAMED({ "kept", V_INT(kept) }, { "merged", V_INT(merged) })));
    rows k = person_of(&w, kept), m = person_of(&w, merged);
    check_str(rows_text(&k, 0, "phone"), "13911110010");
    check_str(rows_text(&k, 0, "org"), "甲局");
    check_str(rows_text(&k, 0, "second"), "乙局科");
    assert_int_equal(rows_int(&k, 0, "duties"), 1);
    assert_int_equal(rows_int(&k, 0, "gifts"), 1);
    assert_int_equal(rows_int(&k, 0, "teams"), 1);
    assert_int_equal(rows_int(&k, 0, "skills"), 1);
    assert_true(rows_int(&k, 0, "placement_id") > 0);
    assert_int_equal(rows_int(&m, 0, "here"), 0);
    assert_int_equal(rows_int(&m, 0, "duties") + rows_int(&m, 0, "gifts") + rows_int(&m, 0, "teams"), 0);
    check_str(asked(&w, kept, merged), "no");
    assert_int_equal(add(&w, "郑好", "13911110010", "乙局", "桃溪7"), kept); /* the second list once more finds him */
    k = person_of(&w, kept);
    check_str(rows_text(&k, 0, "org"), "甲局");
    world_must(&w, "person.unmerge", 0, NAMED({ "merge", V_INT(merge) }));
    k = person_of(&w, kept), m = person_of(&w, merged);
    check_str(rows_text(&k, 0, "phone"), "");
    assert_int_equal(rows_text(&k, 0, "second").len, 0);
    assert_int_equal(rows_int(&k, 0, "duties") + rows_int(&k, 0, "gifts") + rows_int(&k, 0, "teams") + rows_int(&k, 0, "skills"), 0);
    assert_int_equal(rows_int(&m, 0, "here"), 1);
    assert_int_equal(rows_int(&m, 0, "duties"), 1);
    assert_int_equal(rows_int(&m, 0, "teams"), 1);
    check_err(world_try(&w, "person.unmerge", 0, NAMED({ "merge", V_INT(merge) })), ERR_CONFLICT, "person_merge.undone");
}

static void an_answer_goes_to_the_kept_one(const char *url)
{
    order_world w = order_world_open(url);
    str one = world_must(&w, "person.import", 0, ROWS("[{\"name\":\"郑好\",\"phone\":\"13911110010\",\"org\":[\"局\",\"一支部\"]},"
                                                      "{\"name\":\"郑 好\",\"phone\":\"13911110010\",\"org\":[\"局\",\"二支部\"]}]"));
    rows two = deeds_read(w.p, check_arena(), "SELECT id FROM person WHERE phone = '13911110010' ORDER BY id");
    (void)one;
    if (two.count < 2) { /* the reader of names took the space off */
        add(&w, "郑好2", "13911110010", "局", "");
        two = deeds_read(w.p, check_arena(), "SELECT id FROM person WHERE phone = '13911110010' ORDER BY id");
    }
    assert_int_equal(two.count, 2);
    int64_t kept = rows_int(&two, 0, "id"), merged = rows_int(&two, 1, "id"), order = world_order(&w, 1);
    rows mine = deeds_read(w.p, check_arena(), text_format(check_arena(), "SELECT id FROM notice WHERE person_id = %lld", (long long)merged).at);
    world_must(&w, "notice.answer", 0, NAMED({ "notice", V_INT(rows_int(&mine, 0, "id")) }, { "answer", T("can") }, { "by", V_INT(merged) }));
    assert_true(order > 0);
    int64_t merge = world_id(world_must(&w, "person.merge", 0, NAMED({ "kept", V_INT(kept) }, { "merged", V_INT(merged) })));
    rows k = person_of(&w, kept);
    assert_int_equal(rows_int(&k, 0, "answers"), 1);
    world_must(&w, "duty.add", 0, NAMED({ "need", V_INT(w.need[0]) }, { "person", V_INT(w.person[ANNA]) }));
    world_must(&w, "person.unmerge", 0, NAMED({ "merge", V_INT(merge) }));
    k = person_of(&w, kept);
    assert_int_equal(rows_int(&k, 0, "answers"), 0);
}

static void what_cannot_be_is_refused(const char *url)
{
    order_world w = order_world_open(url);
    int64_t kept, merged;
    two_of_one(&w, &kept, &merged);
    check_err(world_try(&w, "person.merge", 0, NAMED({ "kept", V_INT(kept) }, { "merged", V_INT(kept) })), ERR_INPUT, "person_merge.same");
    check_err(world_try(&w, "person.merge", 0, NAMED({ "kept", V_INT(kept) }, { "merged", V_INT(4711) })), ERR_NOT_FOUND, "person.missing");
    check_err(world_try(&w, "person.unmerge", 0, NAMED({ "merge", V_INT(4711) })), ERR_NOT_FOUND, "person_merge.missing");
    world_must(&w, "duty.add", 0, NAMED({ "need", V_INT(w.need[0]) }, { "person", V_INT(w.person[ANNA]) }));
    check_err(world_try(&w, "person.merge", 0, NAMED({ "kept", V_INT(w.person[ANNA]) }, { "merged", V_INT(merged) })), ERR_CONFLICT, "person_merge.overlap");
    int64_t merge = world_id(world_must(&w, "person.merge", 0, NAMED({ "kept", V_INT(kept) }, { "merged", V_INT(merged) })));
    check_err(world_try(&w, "person.merge", 0, NAMED({ "kept", V_INT(kept) }, { "merged", V_INT(merged) })), ERR_NOT_FOUND, "person.missing");
    world_must(&w, "availability.import", 0, ROWS("[{\"person\":%lld,\"starts_at\":1,\"ends_at\":2,\"level\":\"can\"}]", (long long)kept));
    check_err(world_try(&w, "person.unmerge", 0, NAMED({ "merge", V_INT(merge) })), ERR_CONFLICT, "person_merge.used");
}

static void a_second_list_keeps_both_units(const char *url)
{
    order_world w = order_world_open(url);
    int64_t first = add(&w, "吴越", "13911110020", "甲局", "桃溪8"), second = add(&w, "吴越", "13911110020", "乙局", "");
    assert_int_equal(first, second);
    rows p = person_of(&w, first);
    check_str(rows_text(&p, 0, "org"), "甲局");
    check_str(rows_text(&p, 0, "work_unit"), "甲局科");
    check_str(rows_text(&p, 0, "address_text"), "桃溪8");
    check_str(rows_text(&p, 0, "second"), "乙局科");
}

ON_BOTH(who_may_be_one_is_asked)
ON_BOTH(one_list_with_two_of_a_name_means_two)
ON_BOTH(people_of_before_are_asked_about_too)
ON_BOTH(a_name_put_right_is_compared_anew)
ON_BOTH(merging_moves_all_and_keeps_both_units)
ON_BOTH(an_answer_goes_to_the_kept_one)
ON_BOTH(what_cannot_be_is_refused)
ON_BOTH(a_second_list_keeps_both_units)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(who_may_be_one_is_asked), BOTH(one_list_with_two_of_a_name_means_two),
                                        BOTH(people_of_before_are_asked_about_too), BOTH(a_name_put_right_is_compared_anew),
                                        BOTH(merging_moves_all_and_keeps_both_units), BOTH(an_answer_goes_to_the_kept_one),
                                        BOTH(what_cannot_be_is_refused), BOTH(a_second_list_keeps_both_units) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
