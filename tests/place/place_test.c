#include "check.h"
#include "place/place.h"

#include "base/words.h"

/* 云川市 is made up; so are its codes, and with them no province or city is ours. */
static const place_division divisions[] = {
    { STR("c1"), STR("东塘社区居委会"), STR("柳堤街道"), STR("云南浦区") },
    { STR("c2"), STR("西塘社区居委会"), STR("柳堤街道"), STR("云南浦区") },
    { STR("c3"), STR("三桥社区居委会"), STR("梅岭街道"), STR("云南浦区") },
    { STR("c4"), STR("东塘社区居委会"), STR("石湾镇"), STR("云北浦区") },
    { STR("c5"), STR("何庄村委会"), STR("石湾镇"), STR("云北浦区") },
};
static const str garden_aliases[] = { STR("老棉纺宿舍") };
static const place_range odd_numbers[] = { { 1, 99, PLACE_ODD } };
static const place_range low[] = { { 1, 12, PLACE_BOTH } }, high[] = { { 13, 20, PLACE_BOTH } };
static const place_entry gazetteer[] = {
    { .code = STR("c1"), .tag = 11, .name = STR("桃溪花园"), .aliases = garden_aliases, .alias_count = 1 },
    { .code = STR("c2"), .tag = 12, .name = STR("望江小区") },
    { .code = STR("c3"), .tag = 13, .name = STR("望江小区") },
    { .code = STR("c2"), .tag = 14, .kind = PLACE_ROAD, .name = STR("柳荫路"), .ranges = odd_numbers,
      .range_count = 1 },
    { .code = STR("c3"), .tag = 15, .kind = PLACE_ROAD, .name = STR("梅岭路12号院") },
    { .code = STR("c1"), .tag = 16, .name = STR("梅园二期") },
    { .code = STR("c1"), .tag = 17, .name = STR("和园一区") },
    { .code = STR("c2"), .tag = 18, .name = STR("和园一区") },
    { .code = STR("c1"), .tag = 19, .name = STR("锦绣苑"), .ranges = low, .range_count = 1 },
    { .code = STR("c2"), .tag = 20, .name = STR("锦绣苑"), .ranges = high, .range_count = 1 },
    { .code = STR("c3"), .tag = 21, .name = STR("长乐苑"), .ranges = low, .range_count = 1 },
};

static place_result match(const char *address, const char *community, const char *street,
                          const place_rule *rules, size_t rule_count)
{
    place_result r;
    place_index *x = place_index_new(check_arena(), divisions, COUNT(divisions), gazetteer,
                                     COUNT(gazetteer), rules, rule_count);
    place_match(x, check_arena(), str_of(address), str_of(community), str_of(street), &r);
    return r;
}

typedef struct match_case {
    const char *what, *address, *code; /* null: queued */
    place_cause cause;
} match_case;

static void check_cases(const match_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        CASE(cases[i].what);
        place_result r = match(cases[i].address, NULL, NULL, NULL, 0);
        assert_string_equal(place_cause_key(r.cause), place_cause_key(cases[i].cause));
        assert_int_equal(r.decision, cases[i].code ? PLACE_ACCEPT : PLACE_QUEUE);
        if (cases[i].code)
            check_str(r.code, cases[i].code);
    }
}

static void an_address_finds_its_community(void **state)
{
    (void)state;
    static const match_case cases[] = {
        { "a compound", "桃溪花园3号楼2单元501", "c1", PLACE_BY_COMPOUND },
        { "its old name", "老棉纺宿舍5栋", "c1", PLACE_BY_COMPOUND },
        { "a street in front", "柳堤街道桃溪花园3-2-501", "c1", PLACE_BY_COMPOUND },
        { "the street behind", "桃溪花园3号楼，柳堤街道", "c1", PLACE_BY_COMPOUND },
        { "a named community", "柳堤街道西塘社区文苑7号楼", "c2", PLACE_BY_NAME },
        { "a village", "石湾镇何庄村12号", "c5", PLACE_BY_NAME },
        { "a house number of its side", "柳荫路7号", "c2", PLACE_BY_ROAD },
        { "a number that is part of the name", "梅岭路12号院3号楼", "c3", PLACE_BY_ROAD },
        { "the street tells two apart", "梅岭街道望江小区3栋", "c3", PLACE_BY_COMPOUND },
        { "the district tells two apart", "云北浦区东塘社区3组", "c4", PLACE_BY_NAME },
        { "a building of one community", "锦绣苑3号楼2单元501", "c1", PLACE_BY_COMPOUND },
        { "a building of the other", "柳堤街道锦绣苑15-2-501", "c2", PLACE_BY_COMPOUND },
        { "a building by its sign", "锦绣苑13#501", "c2", PLACE_BY_COMPOUND },
        { "no building, but the community", "柳堤街道西塘社区锦绣苑", "c2", PLACE_BY_NAME },
        { "the home, not the workplace", "单位：梅岭街道三桥社区卫生院；家住桃溪花园3号楼", "c1",
          PLACE_BY_COMPOUND },
    };
    check_cases(cases, COUNT(cases));
}

static void a_match_survives_spaces_width_and_script(void **state)
{
    (void)state;
    static const char *const same[] = {
        "柳堤街道梅园二期3号楼", "柳堤街道 梅园　二期 3号楼", "柳堤街道梅园２期３号楼",
        "柳堤街道梅園二期三號樓", "柳堤街道办事处梅园2期三号楼", "柳堤街办梅园2期3#楼",
        "现住址：柳堤街道梅园2期3号楼（父母家）",
    };
    for (size_t i = 0; i < COUNT(same); i++) {
        CASE(same[i]);
        place_result r = match(same[i], NULL, NULL, NULL, 0);
        assert_int_equal(r.decision, PLACE_ACCEPT);
        check_str(r.code, "c1");
        assert_int_equal(r.tag, 16);
    }
}

static void a_doubt_is_queued_with_its_cause(void **state)
{
    (void)state;
    static const match_case cases[] = {
        { "nothing", "", NULL, PLACE_NO_TEXT },
        { "same above", "同上", NULL, PLACE_NO_TEXT },
        { "a street alone", "柳堤街道", NULL, PLACE_ONLY_STREET },
        { "a road without number", "柳荫路", NULL, PLACE_NO_NUMBER },
        { "the other side of the road", "柳荫路8号", NULL, PLACE_UNKNOWN_COMPOUND },
        { "a number inside a longer one", "梅岭路112号院", NULL, PLACE_UNKNOWN_COMPOUND },
        { "two compounds of one name", "望江小区3栋", NULL, PLACE_TWO_COMMUNITIES },
        { "two in one street", "柳堤街道和园一区3栋", NULL, PLACE_TWO_COMMUNITIES },
        { "two communities of one name", "东塘社区3组", NULL, PLACE_TWO_COMMUNITIES },
        { "the end of a longer name", "新桃溪花园3号楼", NULL, PLACE_UNKNOWN_COMPOUND },
        { "the beginning of a longer name", "桃溪花园广场3号楼", NULL, PLACE_UNKNOWN_COMPOUND },
        { "two communities and no building", "锦绣苑", NULL, PLACE_TWO_COMMUNITIES },
        { "a part of a compound and no building", "长乐苑", NULL, PLACE_NO_NUMBER },
        { "a number that may be a room", "长乐苑501", NULL, PLACE_NO_NUMBER },
        { "a building in no range", "锦绣苑25号楼", NULL, PLACE_UNKNOWN_COMPOUND },
        { "an unknown street in front", "青石街道桃溪花园3号楼", NULL, PLACE_UNKNOWN_COMPOUND },
        { "an unknown street behind", "桃溪花园3号楼，青石街道", NULL, PLACE_UNKNOWN_COMPOUND },
        { "the wrong street", "梅岭街道桃溪花园3号楼", NULL, PLACE_CONFLICT },
        { "a workplace alone", "单位：桃溪花园3号楼", NULL, PLACE_WORK_ADDRESS },
    };
    check_cases(cases, COUNT(cases));
}

static void both_candidates_are_shown_with_their_span(void **state)
{
    (void)state;
    place_result r = match("望江小区3栋", NULL, NULL, NULL, 0);
    assert_int_equal(r.candidate_count, 2);
    assert_false(str_equal(r.candidates[0].code, r.candidates[1].code));
    check_str(r.matched, "望江小区");
    check_str(r.candidates[1].span, "望江小区");
    assert_true(r.confidence < 0.95);
}

static void another_city_is_never_ours(void **state)
{
    (void)state;
    static const place_division ours[] = { /* the codes say which province and city */
        { STR("320302001002"), STR("东塘社区居委会"), STR("柳堤街道"), STR("鼓楼区") } };
    static const place_entry garden[] = { { .code = STR("320302001002"), .name = STR("桃溪花园") } };
    static const struct { const char *address; bool accepted; } cases[] = {
        { "鼓楼区柳堤街道桃溪花园3号楼", true },
        { "江苏省徐州市鼓楼区柳堤街道桃溪花园3号楼", true },
        { "徐州鼓楼区桃溪花园3号楼", true },
        { "江苏省南京市鼓楼区柳堤街道桃溪花园3号楼", false },
        { "南京市鼓楼区桃溪花园3号楼", false },
        { "河北省桃溪花园3号楼", false },
        { "南京市鼓楼区东塘社区", false },
    };
    place_index *x = place_index_new(check_arena(), ours, COUNT(ours), garden, COUNT(garden), NULL, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].address);
        place_result r;
        place_match(x, check_arena(), str_of(cases[i].address), STR(""), STR(""), &r);
        assert_int_equal(r.decision == PLACE_ACCEPT, cases[i].accepted);
        if (!cases[i].accepted)
            assert_int_equal(r.cause, PLACE_OTHER_CITY);
    }
}

static void a_decision_is_remembered_for_the_same_compound(void **state)
{
    (void)state;
    place_result first = match("柳堤街道荷香苑小区3号楼2单元", NULL, NULL, NULL, 0);
    assert_int_equal(first.decision, PLACE_QUEUE);
    const place_rule here = { first.text_key, STR("c2"), 21 };
    static const char *const same[] = { "柳堤街道荷香苑7栋", "荷香苑5号楼1单元，柳堤街道",
                                        "柳堤街办荷香苑小区十二号楼" };
    for (size_t i = 0; i < COUNT(same); i++) {
        CASE(same[i]);
        place_result r = match(same[i], NULL, NULL, &here, 1);
        assert_int_equal(r.decision, PLACE_ACCEPT);
        assert_int_equal(r.cause, PLACE_BY_RULE);
        assert_int_equal(r.tag, 21);
        check_str(r.code, "c2");
    }
    assert_int_equal(match("梅岭街道荷香苑7栋", NULL, NULL, &here, 1).decision, PLACE_QUEUE);
    const place_rule outside = { first.text_key, STR(""), 0 };
    place_result r = match(same[0], NULL, NULL, &outside, 1);
    assert_int_equal(r.decision, PLACE_ACCEPT);
    assert_int_equal(r.code.len, 0);
}

static void a_rule_does_not_move_a_known_building(void **state)
{
    (void)state;
    place_result first = match("柳堤街道锦绣苑", NULL, NULL, NULL, 0);
    assert_int_equal(first.decision, PLACE_QUEUE);
    const place_rule rule = { first.text_key, STR("c1"), 0 };
    check_str(match("柳堤街道锦绣苑", NULL, NULL, &rule, 1).code, "c1");
    check_str(match("柳堤街道锦绣苑15号楼", NULL, NULL, &rule, 1).code, "c2");
}

static void a_registered_community_can_be_settled(void **state)
{
    (void)state;
    place_result first = match("", "南山社区", NULL, NULL, 0);
    assert_int_equal(first.cause, PLACE_UNKNOWN_HINT);
    const place_rule rule = { first.text_key, STR("c3"), 0 };
    check_str(match("", "南山社区", NULL, &rule, 1).code, "c3");
    assert_int_equal(match("", "北山社区", NULL, &rule, 1).decision, PLACE_QUEUE);
    assert_int_equal(match("", "", NULL, &rule, 1).text_key.len, 0);
}

static void a_street_alone_is_never_remembered(void **state)
{
    (void)state;
    place_result first = match("柳堤街道", NULL, NULL, NULL, 0);
    const place_rule rule = { first.text_key, STR("c2"), 0 };
    assert_int_equal(match("柳堤街道", NULL, NULL, &rule, 1).decision, PLACE_QUEUE);
}

static void the_registered_community_is_trusted_first(void **state)
{
    (void)state;
    static const struct {
        const char *what, *address, *community, *street, *code; /* null: queued */
        bool warning;
    } cases[] = {
        { "no address", "", "西塘社区", "", "c2", false },
        { "without ending", "", "西塘", "", "c2", false },
        { "with street and name in one cell", "", "柳堤街道西塘社区", "", "c2", false },
        { "the address agrees", "桃溪花园3号楼", "东塘社区", "", "c1", false },
        { "the address says another", "桃溪花园3号楼", "西塘社区", "", "c2", true },
        { "two of that name", "", "东塘社区", "", NULL, false },
        { "the street column decides", "", "东塘社区", "石湾镇", "c4", false },
        { "the address decides", "桃溪花园", "东塘", "", "c1", false },
        { "not in the table, no address", "", "南山社区", "", NULL, false },
        { "not in the table, a good address", "桃溪花园3号楼", "南山社区", "", NULL, false },
        { "says nothing", "桃溪花园3号楼", "无", "", "c1", false },
        { "the street column tells two compounds apart", "望江小区3栋", "", "梅岭街道", "c3", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        place_result r = match(cases[i].address, cases[i].community, cases[i].street, NULL, 0);
        assert_int_equal(r.decision == PLACE_ACCEPT, cases[i].code != NULL);
        assert_int_equal(r.warning, cases[i].warning);
        if (cases[i].code)
            check_str(r.code, cases[i].code);
    }
}

static void every_cause_has_its_sentence(void **state)
{
    (void)state;
    for (int cause = 0; cause < PLACE_CAUSE_COUNT; cause++) {
        CASE(place_cause_key((place_cause)cause));
        assert_true(words_has(WORDS_ZH, place_cause_key((place_cause)cause)));
        assert_true(words_has(WORDS_EN, place_cause_key((place_cause)cause)));
    }
}

static void an_empty_table_places_nobody(void **state)
{
    (void)state;
    place_result r;
    place_index *x = place_index_new(check_arena(), NULL, 0, NULL, 0, NULL, 0);
    place_match(x, check_arena(), STR("柳堤街道桃溪花园（"), STR("东塘社区"), STR("柳堤街道"), &r);
    assert_int_equal(r.decision, PLACE_QUEUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(an_address_finds_its_community),
        CHECK_TEST(a_match_survives_spaces_width_and_script),
        CHECK_TEST(a_doubt_is_queued_with_its_cause),
        CHECK_TEST(both_candidates_are_shown_with_their_span),
        CHECK_TEST(another_city_is_never_ours),
        CHECK_TEST(a_decision_is_remembered_for_the_same_compound),
        CHECK_TEST(a_rule_does_not_move_a_known_building),
        CHECK_TEST(a_registered_community_can_be_settled),
        CHECK_TEST(a_street_alone_is_never_remembered),
        CHECK_TEST(the_registered_community_is_trusted_first),
        CHECK_TEST(every_cause_has_its_sentence),
        CHECK_TEST(an_empty_table_places_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
