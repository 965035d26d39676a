#include "check.h"

#include "base/file.h"
#include "print/sample_week.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static str run(const char *command, const char *path)
{
    arena *a = check_arena();
    FILE *pipe = popen(text_format(a, command, path).at, "r");
    assert_non_null(pipe);
    text t = text_begin(a);
    char bytes[4096];
    size_t n;
    while ((n = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        text_put(&t, (str){ bytes, n });
    assert_int_equal(pclose(pipe), 0);
    return text_done(&t);
}

static void check_holds(str have, const char *part)
{
    if (str_find(have, str_of(part)) < 0)
        fail_msg("\"%s\" is not in the PDF", part);
}

static int pages_of(const char *path)
{
    str all = run("pdfinfo '%s'", path);
    ptrdiff_t at = str_find(all, STR("Pages:"));
    assert_true(at >= 0);
    return atoi(all.at + at + strlen("Pages:"));
}

/* MUSTER_PRINT_KEEP=folder keeps the papers, to be looked at. */
static const char *paper(const char *name)
{
    const char *keep = getenv("MUSTER_PRINT_KEEP");
    return keep ? text_format(check_arena(), "%s/%s", keep, name).at : check_path(name);
}

static void roster_holds_everyone(void)
{
    arena *a = check_arena();
    print_roster_sheet s = sample_roster(a, SAMPLE_PEOPLE, SAMPLE_DAYS);
    const char *path = paper("roster.pdf");
    check_ok(print_roster(a, &s, path));
    assert_int_equal(pages_of(path), 2);
    str all = run("pdftotext -layout '%s' -", path);
    for (int i = 0; i < SAMPLE_PEOPLE; i++)
        check_holds(all, sample_names[i]);
    static const char *const parts[] = { "东塘社区值班表",
                                         "已发布第3版",
                                         "139 0000 0034",
                                         "08:00–12:00",
                                         "南门卡口",
                                         "缺1",
                                         "2月7日 23:12 打印，第1页，共 2 页",
                                         "第2页，共 2 页",
                                         "要休息 8 小时" };
    for (size_t i = 0; i < COUNT(parts); i++)
        check_holds(all, parts[i]);
}

static void full_page_has_38_people(void)
{
    static const struct {
        const char *what;
        int people, days, pages;
    } cases[] = {
        { "38 people fill the page, the gap gets its own", 38, 14, 2 },
        { "39 people", 39, 14, 2 },
        { "a weekend's few", 12, 2, 1 },
        { "one person, one day", 1, 1, 1 },
        { "nobody yet", 0, 7, 1 },
        { "three weeks, the second gap on a page of its own", 20, 21, 3 },
    };
    arena *a = check_arena();
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        print_roster_sheet s = sample_roster(a, cases[i].people, cases[i].days);
        const char *path = paper(text_format(a, "roster-%zu.pdf", i).at);
        check_ok(print_roster(a, &s, path));
        assert_int_equal(pages_of(path), cases[i].pages);
    }
}

static void draft_says_so_in_english_too(void)
{
    arena *a = check_arena();
    print_roster_sheet s = sample_roster(a, 20, 7);
    s.version = 0;
    s.head.lang = WORDS_EN;
    s.title = (str){ 0 };
    const char *path = paper("draft-en.pdf");
    check_ok(print_roster(a, &s, path));
    check_holds(run("pdftotext -layout '%s' -", path), "Draft, not published");
}

static void same_sheet_same_bytes(void)
{
    arena *a = check_arena();
    print_roster_sheet s = sample_roster(a, SAMPLE_PEOPLE, SAMPLE_DAYS);
    str first, second;
    check_ok(print_roster(a, &s, check_path("one.pdf")));
    print_calls_sheet between = sample_calls(a);
    check_ok(print_calls(a, &between, check_path("between.pdf")));
    check_ok(print_roster(a, &s, check_path("two.pdf")));
    check_ok(file_read(a, check_path("one.pdf"), 1 << 24, &first));
    check_ok(file_read(a, check_path("two.pdf"), 1 << 24, &second));
    assert_true(str_equal(first, second));
    check_holds(run("TZ=Asia/Shanghai pdfinfo -isodates '%s'", check_path("one.pdf")),
                "CreationDate:    2020-02-07T23:12:00");
}

static void fonts_are_embedded(void)
{
    arena *a = check_arena();
    print_doors_sheet s = sample_doors(a, 2, 3);
    check_ok(print_doors(a, &s, check_path("doors.pdf")));
    str fonts = run("pdffonts '%s'", check_path("doors.pdf")), line;
    int count = 0, row = 0;
    while (str_split(&fonts, '\n', &line)) {
        if (row++ < 2 || !line.len)
            continue;
        count++;
        check_holds(line, " yes yes yes "); /* embedded, subset, text can be selected */
    }
    assert_true(count >= 2);
}

static void door_sheet_is_one_page_a_post_and_day(void)
{
    arena *a = check_arena();
    print_doors_sheet s = sample_doors(a, 4, 3);
    const char *path = paper("doors.pdf");
    check_ok(print_doors(a, &s, path));
    assert_int_equal(pages_of(path), 4);
    str all = run("pdftotext -layout '%s' -", path);
    static const char *const parts[] = { "南门卡口",      "林知远",     "带班",
                                         "岗位须知",      "不翻包",     "0208-南-1",
                                         "139 0000 0034", "（缺一人）", "社区工作人员值守" };
    for (size_t i = 0; i < COUNT(parts); i++)
        check_holds(all, parts[i]);
    print_doors_sheet many = sample_doors(a, 1, 30);
    check_ok(print_doors(a, &many, paper("doors-many.pdf")));
    assert_true(pages_of(paper("doors-many.pdf")) > 1);
}

static void call_list_begins_a_page_for_each_liaison(void)
{
    arena *a = check_arena();
    print_calls_sheet s = sample_calls(a);
    const char *path = paper("calls.pdf");
    check_ok(print_calls(a, &s, path));
    assert_int_equal(pages_of(path), 4);
    str all = run("pdftotext -layout '%s' -", path);
    static const char *const parts[] = { "139 0000 0044", "能来", "没人接",
                                         "家人接",        "沈慧", "共 45 人" };
    for (size_t i = 0; i < COUNT(parts); i++)
        check_holds(all, parts[i]);
}

static void sign_in_has_spare_lines(void)
{
    arena *a = check_arena();
    print_sign_in_sheet s = sample_sign_in(a);
    const char *path = paper("sign-in.pdf");
    check_ok(print_sign_in(a, &s, path));
    str all = run("pdftotext -layout '%s' -", path);
    check_holds(all, "石磊");
    check_holds(all, "51");
    check_holds(all, "单号 0208-1");
}

/* The whole text of a paper, as it reads in both languages; MUSTER_ACCEPT renews the golden file. */
static void check_golden(const char *name, const char *pdf)
{
    arena *a = check_arena();
    const char *path = text_format(a, "tests/print/%s.golden", name).at;
    str have = run("pdftotext -layout -nopgbrk '%s' - | sed 's/ *$//'", pdf), want = { 0 };
    if (getenv("MUSTER_ACCEPT"))
        check_ok(file_write(a, path, have));
    check_ok(file_read(a, path, 1 << 20, &want));
    check_str(have, str_z(a, want));
}

static void papers_read_as_in_the_golden_files(void)
{
    arena *a = check_arena();
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        const char *of = lang == WORDS_EN ? "en" : "zh";
        print_doors_sheet doors = sample_doors(a, 1, 3);
        print_calls_sheet calls = sample_calls(a);
        print_sign_in_sheet sign_in = sample_sign_in(a);
        doors.head.lang = calls.head.lang = sign_in.head.lang = (words_lang)lang;
        doors.doors.at[0].qr = STR("南门卡口\n单号 0208-南-1"); /* a text, no link */
        calls.callers.at[0].calls.count = 12;
        calls.callers.at[0].calls.at[1].shift = STR("2月8日早夜；2月9日中\n2月11日早；2月12日夜\n2月13日早");
        calls.callers.count = 1;
        sign_in.days.at[0].rows.count = 8;
        const char *door = text_format(a, "doors-%s", of).at, *call = text_format(a, "calls-%s", of).at,
                   *sign = text_format(a, "sign-in-%s", of).at;
        check_ok(print_doors(a, &doors, paper(text_format(a, "%s.pdf", door).at)));
        check_golden(door, paper(text_format(a, "%s.pdf", door).at));
        check_ok(print_calls(a, &calls, paper(text_format(a, "%s.pdf", call).at)));
        check_golden(call, paper(text_format(a, "%s.pdf", call).at));
        check_ok(print_sign_in(a, &sign_in, paper(text_format(a, "%s.pdf", sign).at)));
        check_golden(sign, paper(text_format(a, "%s.pdf", sign).at));
    }
}

static void bulletin_reads_as_in_the_golden_files(void)
{
    arena *a = check_arena();
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        print_bulletin_sheet s = sample_bulletin();
        s.head.lang = (words_lang)lang;
        s.frozen = lang == WORDS_ZH; /* a draft says that it is one */
        const char *name = text_format(a, "bulletin-%s", lang == WORDS_EN ? "en" : "zh").at;
        const char *path = paper(text_format(a, "%s.pdf", name).at);
        check_ok(print_bulletin(a, &s, path));
        check_golden(name, path);
    }
}

static void bulletin_goes_on_overleaf_with_its_foot(void)
{
    arena *a = check_arena();
    print_bulletin_sheet s = sample_bulletin(), empty = s;
    print_line *lines = arena_many(a, print_line, 60);
    for (int i = 0; i < 60; i++)
        lines[i].text = text_format(a, "请求%d " PRINT_FIGURE_BEGIN "%d" PRINT_FIGURE_END, i, i);
    print_part long_part = { .heading = STR("六、问题与请求"), .lines = { lines, 60 } };
    s.parts.at = &long_part;
    s.parts.count = 1;
    const char *path = paper("bulletin-long.pdf");
    check_ok(print_bulletin(a, &s, path));
    assert_true(pages_of(path) > 1);
    str all = run("pdftotext -layout '%s' -", path);
    check_holds(all, "请求59 59");
    check_holds(all, "第2页，共");
    empty.parts.count = 0;
    check_err(print_bulletin(a, &empty, check_path("none.pdf")), ERR_INPUT, "print.document");
}

/* A full day: seven parts of several lines, both charts, communities with long reasons. */
static void bulletin_of_a_full_day_is_one_page(void)
{
    arena *a = check_arena();
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        print_bulletin_sheet s = sample_bulletin();
        s.head.lang = (words_lang)lang;
        print_part *parts = arena_many(a, print_part, 7);
        for (size_t i = 0; i < 7; i++) {
            parts[i] = s.parts.at[i < s.parts.count ? i : s.parts.count - 1];
            if (i == 0 || i == 1 || i == 4)
                parts[i].lines = s.parts.at[1].lines;
        }
        parts[6].heading = STR("七、明天");
        s.parts.at = parts;
        s.parts.count = 7;
        for (size_t i = 0; i < s.communities.count; i++)
            s.communities.at[i].reason = STR("能来的 3 人里，0 人已在岗，3 人再排就超过 7 天内的夜班数；再请 1 人到这个岗位可以补上一处，也许还能少缺 3 人");
        const char *path = paper(text_format(a, "bulletin-full-%d.pdf", lang).at);
        check_ok(print_bulletin(a, &s, path));
        assert_int_equal(pages_of(path), 1);
        str all = run("pdftotext -layout '%s' -", path);
        check_holds(all, "七、明天");
        check_holds(all, lang == WORDS_EN ? "other communities" : "其余");
    }
}

static void certificate_reads_as_in_the_golden_files(void)
{
    arena *a = check_arena();
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        print_certificate_sheet s = sample_certificate(a);
        s.head.lang = (words_lang)lang;
        const char *name = text_format(a, "certificate-%s", lang == WORDS_EN ? "en" : "zh").at;
        const char *path = paper(text_format(a, "%s.pdf", name).at);
        check_ok(print_certificate(a, &s, path));
        assert_int_equal(pages_of(path), 3); /* 50 days are two pages of annex */
        check_golden(name, path);
        s.number = (str){ 0 };
        check_err(print_certificate(a, &s, path), ERR_INPUT, "print.document");
    }
}

static void letter_reads_as_in_the_golden_file(void)
{
    arena *a = check_arena();
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        print_letter_sheet s = sample_letter(a, 3);
        s.head.lang = (words_lang)lang;
        const char *name = text_format(a, "letter-%s", lang == WORDS_EN ? "en" : "zh").at;
        check_ok(print_letter(a, &s, paper(text_format(a, "%s.pdf", name).at)));
        check_golden(name, paper(text_format(a, "%s.pdf", name).at));
    }
}

static void letter_of_any_length(void)
{
    static const struct {
        const char *what;
        size_t rows;
        int pages;
    } cases[] = { { "no row", 0, 2 }, { "a page and its annex", 8, 2 }, { "200 rows", 200, 14 } };
    arena *a = check_arena();
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        print_letter_sheet s = sample_letter(a, cases[i].rows);
        s.title = STR("关于成立桃溪花园二期和原棉纺宿舍之间靠河一带全体在职党员和退休党员临时党总支及其下属各支部的请示");
        const char *path = paper(text_format(a, "letter-%zu.pdf", cases[i].rows).at);
        check_ok(print_letter(a, &s, path));
        assert_int_equal(pages_of(path), cases[i].pages);
        str all = run("pdftotext -layout '%s' -", path);
        check_holds(all, "（盖章）");
        if (cases[i].rows)
            check_holds(all, text_format(a, "%zu", cases[i].rows).at);
    }
    print_letter_sheet bad = sample_letter(a, 1);
    bad.tables.at[0].columns.count = 0;
    check_err(print_letter(a, &bad, check_path("none.pdf")), ERR_INPUT, "print.document");
    bad.title = (str){ 0 };
    check_err(print_letter(a, &bad, check_path("none.pdf")), ERR_INPUT, "print.document");
}

static void document_written_then_read_is_the_same(void)
{
    arena *a = check_arena();
    print_document d = { .kind = PRINT_ROSTER,
                         .path = str_of(check_path("d.pdf")),
                         .roster = sample_roster(a, 5, 3) };
    for (int kind = 0; kind < PRINT_KIND_COUNT; kind++) {
        d.kind = (print_kind)kind;
        if (kind == PRINT_DOORS)
            d.doors = sample_doors(a, 2, 3);
        if (kind == PRINT_CALLS)
            d.calls = sample_calls(a);
        if (kind == PRINT_SIGN_IN)
            d.sign_in = sample_sign_in(a);
        if (kind == PRINT_BULLETIN)
            d.bulletin = sample_bulletin();
        if (kind == PRINT_CERTIFICATE)
            d.certificate = sample_certificate(a);
        if (kind == PRINT_LETTER)
            d.letter = sample_letter(a, 3);
        str json = print_document_write(a, &d);
        print_document back;
        check_ok(print_document_read(a, json, &back));
        check_str(print_document_write(a, &back), json.at);
        check_ok(print_document_print(a, &back));
    }
}

static void bad_document_is_an_error(void)
{
    static const struct {
        const char *what, *json;
    } cases[] = {
        { "not JSON", "{" },
        { "empty", "" },
        { "no kind", "{\"path\":\"/tmp/x\",\"sheet\":{}}" },
        { "unknown name", "{\"kind\":\"roster\",\"path\":\"x\",\"sheet\":{\"colour\":1}}" },
        { "null", "{\"kind\":\"roster\",\"path\":\"x\",\"sheet\":{\"title\":null}}" },
        { "no sheet", "{\"kind\":\"calls\",\"path\":\"x\"}" },
        { "edge out of range",
          "{\"kind\":\"roster\",\"path\":\"x\",\"sheet\":{\"shifts\":[{\"edge\":9}]}}" },
        { "minute out of range",
          "{\"kind\":\"roster\",\"path\":\"x\",\"sheet\":{\"shifts\":[{\"ends\":99999}]}}" },
        { "list that is none", "{\"kind\":\"roster\",\"path\":\"x\",\"sheet\":{\"people\":{}}}" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        print_document d;
        check_err(print_document_read(check_arena(), str_of(cases[i].json), &d), ERR_INPUT,
                  "print.document");
    }
    print_roster_sheet s = sample_roster(check_arena(), 3, 2);
    s.duties.at[0].person_index = 3;
    check_err(print_roster(check_arena(), &s, check_path("x.pdf")), ERR_INPUT, "print.document");
    assert_int_not_equal(access(check_path("x.pdf"), F_OK), 0);
}

static void bad_path_leaves_nothing(void)
{
    arena *a = check_arena();
    print_sign_in_sheet s = sample_sign_in(a);
    assert_non_null(print_sign_in(a, &s, check_path("no/such/folder.pdf")));
    assert_non_null(print_sign_in(a, &s, check_folder()));
    assert_int_not_equal(access(check_path("no"), F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(roster_holds_everyone),
        CHECK_TEST(full_page_has_38_people),
        CHECK_TEST(draft_says_so_in_english_too),
        CHECK_TEST(same_sheet_same_bytes),
        CHECK_TEST(fonts_are_embedded),
        CHECK_TEST(door_sheet_is_one_page_a_post_and_day),
        CHECK_TEST(call_list_begins_a_page_for_each_liaison),
        CHECK_TEST(sign_in_has_spare_lines),
        CHECK_TEST(papers_read_as_in_the_golden_files),
        CHECK_TEST(bulletin_reads_as_in_the_golden_files),
        CHECK_TEST(bulletin_goes_on_overleaf_with_its_foot),
        CHECK_TEST(bulletin_of_a_full_day_is_one_page),
        CHECK_TEST(certificate_reads_as_in_the_golden_files),
        CHECK_TEST(letter_reads_as_in_the_golden_file),
        CHECK_TEST(letter_of_any_length),
        CHECK_TEST(document_written_then_read_is_the_same),
        CHECK_TEST(bad_document_is_an_error),
        CHECK_TEST(bad_path_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
