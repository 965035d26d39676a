#include "database.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/form.h"

#include <jansson.h>

#define T(z) V_TEXT(str_of(z))
#define NOW ((int64_t)DATABASE_NOW * 1000) /* the 6th of February in Shanghai */

typedef struct scene {
    app *p;
    str operation;
} scene;

static str must(app *p, const char *command, const named *args)
{
    str result = { 0 };
    check_ok(database_command(p, command, 0, NULL, args, &result));
    return result;
}

static str id_of(str result)
{
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str id = str_copy(check_arena(), str_of(json_string_value(json_object_get(j, "id"))));
    json_decref(j);
    return id;
}

/* A gift of money, one of goods with their worth, an anonymous one that is reversed. */
static scene open_scene(const char *url)
{
    scene s = { .p = database_app(url) };
    s.operation = id_of(must(s.p, "operation.open", NAMED({ "title", T("Weekend") }, { "zone", T("Asia/Shanghai") })));
    must(s.p, "division.import", NAMED({ "rows", T("[{\"code\":\"320303\",\"name\":\"D\",\"level\":\"district\"},"
                                                   "{\"code\":\"320303001001\",\"name\":\"东塘社区\",\"level\":\"community\",\"parent_code\":\"320303\"}]") }));
    must(s.p, "org.import", NAMED({ "rows", T("[{\"path\":[\"市一中\"]}]") }));
#define GIFT(...) NAMED({ "operation", V_TEXT(s.operation) }, { "received_on", T("2020-02-06") }, __VA_ARGS__)
    must(s.p, "donation.record", GIFT({ "kind", T("money") }, { "amount", T("2000.50") }, { "donor_name", T("林知远") }, { "publish", T("yes") },
                                      { "community_code", T("320303001001") }));
    must(s.p, "donation.record", GIFT({ "kind", T("goods") }, { "goods", T("口罩") }, { "quantity", T("20") }, { "goods_unit", T("盒") },
                                      { "amount", T("600") }, { "donor_name", T("沈慧") }));
    str wrong = must(s.p, "donation.record", GIFT({ "kind", T("money") }, { "amount", T("99") }, { "anonymous", T("yes") }));
    must(s.p, "donation.reverse", NAMED({ "donation", V_TEXT(id_of(wrong)) }, { "why", T("typed twice") }));
    return s;
}

static form form_of(const scene *s, const char *file, bool apply)
{
    return (form){ .a = check_arena(), .app = s->p, .lang = WORDS_EN, .now = NOW, .path = check_path(file), .apply = apply };
}

static err *read(const scene *s, const char *file, bool apply, form_read *out)
{
    form f = form_of(s, file, apply);
    *out = (form_read){ 0 };
    return form_donation.read(&f, out);
}

static rows ledger(const scene *s)
{
    rows r = { 0 };
    check_ok(view_run(app_store(s->p), check_arena(), view_find(STR("donation_entry")), NAMED({ "operation", V_TEXT(s->operation) }), 0, 0, &r));
    return r;
}

static void list_of(const char *rows_text)
{
    check_ok(file_write(check_arena(), check_path("list.csv"),
                        text_format(check_arena(), "捐款登记表\n日期,姓名,单位,金额,物资名称,数量,单位,捐赠对象,凭条号\n%s", rows_text)));
}

static void written_and_read_back_nothing_differs(const char *url)
{
    scene s = open_scene(url);
    static const char *const files[] = { "a.xlsx", "a.csv" };
    for (size_t i = 0; i < COUNT(files); i++) {
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
            CASE(files[i]);
            form f = form_of(&s, files[i], true);
            f.lang = (words_lang)lang;
            check_ok(form_donation.write(&f));
            form_read r = { 0 };
            check_ok(form_donation.read(&f, &r));
            assert_int_equal(r.same, 4);
            assert_int_equal(r.fresh + r.standing + r.lines.count + r.troubles.list.count, 0);
        }
    }
    assert_int_equal(ledger(&s).count, 4);
}

static void new_gifts_are_appended_once(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    list_of("2020-02-05,何建平,市一中,\"2,000.00元\",,,,东塘社区,\n2月6日,周小禾,,0.2万,,,,,\n〃,匿名,,两千,,,,,\n2020-02-06,丁立,,,方便面,10,箱,,\n合计,,,6000,,,,,\n");
    check_ok(read(&s, "list.csv", false, &r));
    assert_int_equal(r.fresh, 4);
    assert_int_equal(r.troubles.list.count, 0); /* the sum is right, the units are told apart */
    check_str(r.lines.at[0], "Row 3: 何建平, 2020-02-05: 2000 yuan");
    assert_int_equal(ledger(&s).count, 4);
    CASE("applied");
    check_ok(read(&s, "list.csv", true, &r));
    assert_true(r.applied);
    rows e = ledger(&s);
    assert_int_equal(e.count, 8);
    check_str(rows_text(&e, 4, "receipt_no"), "2020-000005");
    check_str(rows_text(&e, 4, "donor_org"), "市一中");
    check_str(rows_text(&e, 4, "community"), "东塘社区");
    for (size_t i = 4; i < 7; i++)
        assert_int_equal(rows_int(&e, i, "amount_fen"), 200000);
    assert_int_equal(rows_int(&e, 6, "anonymous"), 1);
    assert_int_equal(rows_int(&e, 7, "quantity"), 10);
    check_str(rows_text(&e, 7, "goods_unit"), "箱");
    CASE("read again, each looks like one that is there");
    check_ok(read(&s, "list.csv", true, &r));
    assert_int_equal(r.standing, 4);
    assert_false(r.applied);
    assert_int_equal(ledger(&s).count, 8);
    CASE("unless they are meant");
    form f = form_of(&s, "list.csv", true);
    f.doubles = true;
    r = (form_read){ 0 };
    check_ok(form_donation.read(&f, &r));
    assert_int_equal(ledger(&s).count, 12);
    CASE("two alike in one file, and a sum that is wrong");
    list_of("2020-02-04,方远,,50,,,,,\n2020-02-04,方远,,50,,,,,\n合计,,,150,,,,,\n");
    check_ok(read(&s, "list.csv", true, &r));
    assert_int_equal(r.fresh, 1);
    assert_int_equal(r.standing, 1);
    assert_string_equal(r.troubles.list.at[0].what, "sheet.sum_differs");
    check_str(sheet_trouble_text(check_arena(), WORDS_EN, &r.troubles.list.at[0]),
              "list.csv, row 5, column D (金额): The sum says 150, the rows add up to 100.00.");
}

static void a_recorded_gift_is_never_changed(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    list_of("2020-02-06,林知远,,3000,,,,东塘社区,2020-000001\n2020-02-05,许青,,10,,,,,\n");
    check_ok(read(&s, "list.csv", true, &r));
    assert_int_equal(r.standing, 1);
    assert_int_equal(r.fresh, 1);
    check_str(r.lines.at[0], "Row 3: 2020-000001, yuan: the ledger has \"2000.50\", the sheet \"3000\". The ledger stays; a wrong entry is "
                             "reversed (donation.reverse) and recorded anew.");
    rows e = ledger(&s);
    assert_int_equal(e.count, 5);
    assert_int_equal(rows_int(&e, 0, "amount_fen"), 200050);
}

static void each_bad_cell_is_named_and_nothing_is_recorded(const char *url)
{
    scene s = open_scene(url);
    static const struct { const char *what, *row, *key, *column; } cases[] = {
        { "money and goods in one cell", "2020-02-06,丁立,,500+口罩2盒,,,,,", "sheet.amount_number", "D" },
        { "money and goods in one row", "2020-02-06,丁立,,500,口罩,,,,", "sheet.gift_both", "E" },
        { "nothing", "2020-02-06,丁立,,,,,,,", "sheet.gift_nothing", "D" },
        { "0", "2020-02-06,丁立,,0,,,,,", "sheet.amount_zero", "D" },
        { "0.001 yuan", "2020-02-06,丁立,,0.001,,,,,", "sheet.amount_fine", "D" },
        { "10^12", "2020-02-06,丁立,,1000000000000,,,,,", "sheet.amount_large", "D" },
        { "below 0", "2020-02-06,丁立,,-5,,,,,", "form.gift_below", "D" },
        { "half a box", "2020-02-06,丁立,,,口罩,2.5,盒,,", "sheet.quantity", "F" },
        { "no donor", "2020-02-06,,,5,,,,,", "sheet.gift_nameless", "B" },
        { "no day", ",丁立,,5,,,,,", "sheet.gift_day", "A" },
        { "two days", "2.4-2.6,丁立,,5,,,,,", "sheet.gift_day", "A" },
        { "tomorrow", "2020-02-07,丁立,,5,,,,,", "form.gift_ahead", "A" },
        { "no such receipt", "2020-02-06,丁立,,5,,,,,2020-000099", "form.gift_unknown", "I" },
        { "no such community", "2020-02-06,丁立,,5,,,,西塘社区,", "form.gift_community", "H" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        list_of(text_format(check_arena(), "2020-02-06,许青,,10,,,,,\n%s\n", cases[i].row).at);
        check_err(read(&s, "list.csv", true, &r), ERR_INPUT, "form.bad_rows");
        assert_int_equal(r.troubles.list.count, 1);
        assert_string_equal(r.troubles.list.at[0].what, cases[i].key);
        assert_int_equal(r.troubles.list.at[0].row, 4);
        check_str(sheet_column_letters(check_arena(), r.troubles.list.at[0].column), cases[i].column);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++)
            assert_true(sheet_trouble_hint(check_arena(), (words_lang)lang, &r.troubles.list.at[0]).len > 0);
        assert_int_equal(ledger(&s).count, 4);
    }
    CASE("more than are recorded at a time");
    text t = text_begin(check_arena());
    for (int i = 1; i <= 201; i++)
        text_printf(&t, "2020-02-06,甲%d,,%d,,,,,\n", i, i);
    list_of(text_done(&t).at);
    form_read r;
    check_err(read(&s, "list.csv", true, &r), ERR_LIMIT, "form.gift_many");
    assert_int_equal(ledger(&s).count, 4);
}

static void amounts_as_people_write_them(void **state)
{
    (void)state;
    static const struct { const char *cell; int64_t fen; const char *fault; } cases[] = {
        { "2000", 200000, NULL },        { "2000元", 200000, NULL },    { "￥2,000.00", 200000, NULL },
        { "两千", 200000, NULL },        { "三万五千元整", 3500000, NULL }, { "0.2万", 200000, NULL },
        { "1.23456万元", 1234560, NULL }, { "一百零五", 10500, NULL },   { "十五元", 1500, NULL },
        { "２０", 2000, NULL },          { "-99", -9900, NULL },        { "0.123456789万", 0, "sheet.amount_fine" },
        { "若干", 0, "sheet.amount_number" }, { "20-30", 0, "sheet.amount_number" }, { "零", 0, "sheet.amount_zero" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t fen = 0;
        CASE(cases[i].cell);
        const char *fault = sheet_money_read(check_arena(), str_of(cases[i].cell), &fen);
        assert_string_equal(fault ? fault : "", cases[i].fault ? cases[i].fault : "");
        assert_int_equal(fault ? 0 : fen, cases[i].fen);
    }
}

ON_BOTH(written_and_read_back_nothing_differs)
ON_BOTH(new_gifts_are_appended_once)
ON_BOTH(a_recorded_gift_is_never_changed)
ON_BOTH(each_bad_cell_is_named_and_nothing_is_recorded)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(written_and_read_back_nothing_differs),
        BOTH(new_gifts_are_appended_once),
        BOTH(a_recorded_gift_is_never_changed),
        BOTH(each_bad_cell_is_named_and_nothing_is_recorded),
        CHECK_TEST(amounts_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
