/* Made-up papers of a weekend. */
#ifndef MUSTER_TESTS_PRINT_SAMPLE_WEEK_H
#define MUSTER_TESTS_PRINT_SAMPLE_WEEK_H
#include "print/sample.h"

#define STRING(literal) { ("" literal), sizeof(literal) - 1 }
#define FIGURE(n) PRINT_FIGURE_BEGIN n PRINT_FIGURE_END

static inline print_bulletin_sheet sample_bulletin(void)
{
    static print_line overall[] = {
        { STRING("第2号召集令 2月7日 12:00 发出，应通知 " FIGURE("1,240") " 人。") },
        { STRING("服务队 " FIGURE("46") " 支，在 " FIGURE("46") " 个社区上岗。") },
    };
    static print_line duty[] = {
        { STRING("今天 " FIGURE("812") " 人、" FIGURE("861") " 人次、" FIGURE("3,431") " 小时。两天累计 " FIGURE(
            "962") " 人、" FIGURE("1,907") " 人次、" FIGURE("7,602") " 小时。两天早班 08:00 前到岗 " FIGURE("846") " 人次。") },
    };
    static print_line gaps[] = { { STRING("点位 " FIGURE("176") " 个，缺 " FIGURE("53") "。") } };
    static print_line gifts[] = { { STRING(FIGURE("126") " 人次，" FIGURE("33,460.00") " 元。全凭自愿，不列名单。") } };
    static print_part parts[] = {
        { STRING("一、总体"), { overall, 2 }, STRING("以本人或联络员最后一次答复为准。"), PRINT_CHART_ANSWERS },
        { STRING("二、上岗"), { duty, 1 }, STRING("人次按班次计；时长不含路途。"), PRINT_CHART_SHIFTS },
        { STRING("三、缺口与支援"), { gaps, 1 }, { 0 }, PRINT_CHART_COMMUNITIES },
        { STRING("四、捐赠"), { gifts, 1 }, { 0 }, PRINT_CHART_NONE },
    };
    int day = civil_day_of(2020, 2, 8);
    static print_cover covers[5];
    covers[0] = (print_cover){ day, STR("早"), 468, 451 };
    covers[1] = (print_cover){ day, STR("中"), 402, 389 };
    covers[2] = (print_cover){ day, STR("夜"), 214, 206 };
    covers[3] = (print_cover){ day + 1, STR("早"), 471, 463 };
    covers[4] = (print_cover){ day + 1, STR("中"), 405, 398 };
    static print_short communities[14];
    for (int i = 0; i < 14; i++)
        communities[i] = (print_short){ i % 2 ? STR("柳堤街道 北营") : STR("南关街道 桑园"), 22 + i, 19 + i, 3,
                                        i % 3 ? STR("住得近的队员少") : STR("夜班后休息不足 11 小时") };
    return (print_bulletin_sheet){
        .head = sample_head(), .title = STR("云川市下沉值守简报"), .number = 3, .issuer = STR("云川市社区值守调度组"),
        .as_of = 1581238800000, .filled_by = STR("许青"), .checked_by = STR("方远"), .frozen = true,
        .link = STR("muster.example/o/b/3"), .answers = { 1006, 88, 97, 26, 23 }, .parts = { parts, 4 },
        .covers = { covers, 5 }, .communities = { communities, 14 },
    };
}

/* An appeal with so many shifts short, and as many lines in its annex. */
static inline print_letter_sheet sample_letter(arena *a, size_t rows)
{
    static print_letter_column columns[] = { { STRING("日期"), 4, false }, { STRING("岗位"), 6, false }, { STRING("缺"), 2, true } };
    static print_line before[] = { { STRING("　　本社区有 3 个小区、6 个点位，每天需要 28 人，现有 21 人，还差 7 人：") } };
    static print_line after[] = { { STRING("　　一、住在本社区、身体允许的，每周认领一至两班，每班 4 小时。") },
                                  { STRING("　　二、按值班表到岗。来不了，提前 2 小时告诉队长，不用说明原因。") } };
    static print_line signed_by[] = { { STRING("东塘社区服务队　队长 方远") }, { STRING("2020年2月7日") } };
    static print_line reply[] = { { STRING("批复文号：") }, { STRING("（盖章）") } };
    print_letter_sheet s = { .head = sample_head(), .title = STR("关于东塘社区值守的倡议书"), .number = STR("东塘服〔2020〕1号"),
                             .to = STR("各位居民、各位队员："), .before = { before, COUNT(before) }, .after = { after, COUNT(after) },
                             .scan = STR("报名：扫码，或致电 许青 139 0000 0012"), .signed_by = { signed_by, COUNT(signed_by) },
                             .reply = { reply, COUNT(reply) } };
    s.tables.at = arena_many(a, print_letter_table, 2);
    for (; s.tables.count < 2; s.tables.count++) {
        print_letter_table *t = &s.tables.at[s.tables.count];
        *t = (print_letter_table){ .annex = s.tables.count == 1, .columns = { columns, COUNT(columns) } };
        t->heading = t->annex ? STR("附件：名单") : (str){ 0 };
        t->note = STR("另有 4 个班次，还差 9 人次。");
        t->rows.at = arena_many(a, print_letter_row, rows + 1);
        for (size_t i = 0; i < rows; i++) {
            print_letter_row *row = &t->rows.at[t->rows.count++];
            row->cells.at = arena_many(a, print_cell, COUNT(columns));
            row->cells.at[row->cells.count++].text = text_format(a, "2月%d日", 8 + (int)(i % 20));
            row->cells.at[row->cells.count++].text = i ? STR("南门卡口") : STR("桃溪花园二期和原棉纺宿舍之间靠河的小门，夜里要带手电");
            row->cells.at[row->cells.count++].text = text_format(a, "%d", (int)i + 1);
        }
    }
    return s;
}

static inline print_certificate_sheet sample_certificate(arena *a)
{
    int day = civil_day_of(2020, 2, 8);
    print_certificate_sheet s = {
        .head = sample_head(), .number = STR("ZM-0001"), .tag = STR("3f9a02bc"), .name = STR("林知远"), .operation = STR("云川市下沉值守"),
        .community = STR("东塘社区"), .service = STR("南门卡口"), .from_on = day, .to_on = day + 49, .minutes = 50 * 235,
        .issuer = STR("东塘社区居民委员会"), .contact = STR("0000-0000018"),
        .public_key = STR("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), .issued_at = 1585281600000,
        .print_count = 2, .notice = STR("公示期 7 天，没有异议"), .recorder = STR("许青"),
    };
    s.days.at = arena_many(a, print_certificate_day, 50);
    for (int i = 0; i < 50; i++)
        s.days.at[s.days.count++] = (print_certificate_day){ day + i, STR("南门卡口"), 1581120000000 + i * 86400000LL,
                                                             1581134100000 + i * 86400000LL, 235, STR("方远"),
                                                             i % 9 ? STR("队长") : STR("纸质补录") };
    return s;
}
#endif
