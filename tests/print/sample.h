/* A made-up team, place and days for the papers: 东塘社区服务队, 45 people, 14 days. */
#ifndef MUSTER_TESTS_PRINT_SAMPLE_H
#define MUSTER_TESTS_PRINT_SAMPLE_H
#include "base/text.h"
#include "print/print.h"

enum { SAMPLE_PEOPLE = 45, SAMPLE_DAYS = 14 };

static const char *const sample_names[SAMPLE_PEOPLE] = {
    "方远",
    "许青",
    "林知远",
    "何建平",
    "周小禾",
    "沈慧",
    "丁立",
    "韩雪",
    "王强",
    "李敏",
    "陈红",
    "周洋",
    "吴刚",
    "郑浩",
    "孙勇",
    "林红",
    "钱江海",
    "梁晨",
    "高蕾",
    "宋文",
    "邓洁",
    "曹磊",
    "彭静",
    "曾凡",
    "田野",
    "董梅",
    "潘安宁",
    "蒋一帆",
    "蔡薇",
    "余波",
    "杜鹃",
    "叶青",
    "程旭",
    "魏来",
    "苏明",
    "吕正",
    "傅晓",
    "石磊",
    "欧阳若兰",
    "司马青云",
    "孟兰",
    "夏至",
    "阿依古丽·买买提",
    "江帆",
    "𠮷田一",
};
static const char *const sample_units[] = { "市规划局", "市水务局",     "市园林中心", "市图书馆",
                                            "市档案馆", "临江区教育局", "市交通局",   "市民政局" };
static print_shift sample_shifts[] = { { { "早", 3 }, 480, 720, PRINT_EDGE_SOLID },
                                       { { "中", 3 }, 720, 960, PRINT_EDGE_DOTTED },
                                       { { "夜", 3 }, 1200, 1440, PRINT_EDGE_HEAVY } };
static const char *const sample_posts[][2] = { { "南", "南门卡口" }, { "北", "北门卡口" },
                                               { "东", "东门卡口" }, { "棉", "棉纺宿舍" },
                                               { "站", "服务站" },   { "楼", "楼栋登记" } };

static inline print_head sample_head(void)
{
    return (print_head){ .lang = WORDS_ZH,
                         .created_at = 1581088320000, /* 2020-02-07 23:12 in Shanghai */
                         .team = STR("东塘社区服务队"),
                         .leader = STR("方远"),
                         .leader_phone = STR("13900000034"),
                         .liaison = STR("许青"),
                         .liaison_phone = STR("13900000012"),
                         .qr = STR("https://muster.example/c/7Q2K9") };
}

static inline print_roster_sheet sample_roster(arena *a, int people, int days)
{
    print_roster_sheet s = { .head = sample_head(),
                             .title = STR("东塘社区值班表"),
                             .starts_on = civil_day_of(2020, 2, 8),
                             .version = 3,
                             .published_at = 1581088200000 };
    s.shifts.at = sample_shifts;
    s.shifts.count = COUNT(sample_shifts);
    s.posts.at = arena_many(a, print_post, COUNT(sample_posts));
    for (size_t i = 0; i < COUNT(sample_posts); i++)
        s.posts.at[s.posts.count++] =
            (print_post){ str_of(sample_posts[i][0]), str_of(sample_posts[i][1]) };
    s.people.at = arena_many(a, print_person, people);
    s.days.at = arena_many(a, print_day, days);
    s.duties.at = arena_many(a, print_duty, people * days * 2);
    for (int i = 0; i < people; i++) {
        str unit = str_of(sample_units[i % (int)COUNT(sample_units)]);
        s.people.at[s.people.count++] =
            (print_person){ i < SAMPLE_PEOPLE ? str_of(sample_names[i])
                                              : text_format(a, "志愿者%d", i),
                            i == 0 ? STR("市规划局，队长") : unit };
    }
    for (int day = 0; day < days; day++)
        s.days.at[s.days.count++] = (print_day){ 28, day == 2 ? 1 : day == 9 ? 2 : 0 };
    for (int i = 0; i < people * days; i++) {
        int mix = (i * 7919 + i / days * 104729) % 997;
        if (mix % 4 == 0)
            continue;
        s.duties.at[s.duties.count++] =
            (print_duty){ i / days, i % days, mix % 3, mix / 3 % 6, mix % 13 == 0, mix % 11 == 0 };
        if (mix % 50 == 1)
            s.duties.at[s.duties.count++] = (print_duty){ i / days, i % days, 2, 1, false, false };
    }
    static const char *const reasons[] = {
        "合适的 3 人里，2 人刚下夜班要休息 8 小时，1 人当天只能上午来。",
        "需要会电工的人，队里只有何建平，他这一班已在南门卡口；请问社区能不能换到早班，或者请市园林"
        "中心再来一个会电工的人，"
        "夜里棉纺宿舍没有灯，不要让一个人单独去；实在没有人就先空着，由社区工作人员每两小时去看一次"
        "。",
    };
    s.gaps.at = arena_many(a, print_gap, 2);
    s.gaps.count = days > 9 ? 2 : 1;
    s.gaps.at[0] = (print_gap){ days > 2 ? 2 : 0, 2, 0, 1, str_of(reasons[0]) };
    s.gaps.at[1] = (print_gap){ days > 9 ? 9 : 0, 2, 3, 2, str_of(reasons[1]) };
    return s;
}

static inline print_door_shift sample_door_shift(arena *a, const char *letter, int starts,
                                                 int first, int people, int missing)
{
    print_door_shift s = {
        .letter = str_of(letter), .starts = starts, .ends = starts + 240, .missing = missing
    };
    s.people.at = arena_many(a, print_door_person, people);
    for (int i = 0; i < people; i++)
        s.people.at[s.people.count++] =
            (print_door_person){ str_of(sample_names[(first + i) % SAMPLE_PEOPLE]), i == 0,
                                 i == 2 };
    return s;
}

static inline print_doors_sheet sample_doors(arena *a, int doors, int people)
{
    print_doors_sheet s = { .head = sample_head(), .version = 3, .published_at = 1581088200000 };
    s.doors.at = arena_many(a, print_door, doors);
    for (int i = 0; i < doors; i++) {
        print_door d = { .post = str_of(sample_posts[i / 2 % 6][1]),
                         .place = STR("桃溪花园南门"),
                         .day = civil_day_of(2020, 2, 8) + i % 2,
                         .number = text_format(a, "0208-南-%d", i + 1),
                         .qr = STR("https://muster.example/c/7Q2K9"),
                         .todo = STR("登记进出，问清去哪栋，提醒绕行。"),
                         .not_todo = STR("不翻包，不扣证件，不与人争执。"),
                         .bring = STR("社区一楼领口罩 2、手套 1、袖标、登记本。"),
                         .rest = STR("每 2 小时换 15 分钟，门卫室暖和。"),
                         .handover = STR("没等到接班人，先打队长电话，再离开。"),
                         .help = STR("社区 0000-0000018；急事 110、119、120。") };
        d.shifts.at = arena_many(a, print_door_shift, 4);
        d.shifts.at[0] = sample_door_shift(a, "早", 480, 2 + i, people, 0);
        d.shifts.at[1] = sample_door_shift(a, "中", 720, 5 + i, people, i % 2);
        d.shifts.at[2] = (print_door_shift){ .starts = 960,
                                             .ends = 1200,
                                             .staffed_by = STR("社区工作人员值守，书记孟兰") };
        d.shifts.at[3] = sample_door_shift(a, "夜", 1200, 8 + i, 2, 0);
        d.shifts.count = 4;
        s.doors.at[s.doors.count++] = d;
    }
    return s;
}

static inline print_calls_sheet sample_calls(arena *a)
{
    print_calls_sheet s = { .head = sample_head() };
    s.callers.at = arena_many(a, print_caller, 2);
    for (int c = 0; c < 2; c++) {
        print_caller caller = { .liaison = c ? STR("沈慧") : STR("许青"),
                                .liaison_phone = STR("13900000012") };
        caller.calls.at = arena_many(a, print_call, SAMPLE_PEOPLE);
        for (int i = c * 10; i < SAMPLE_PEOPLE; i++)
            caller.calls.at[caller.calls.count++] =
                (print_call){ str_of(sample_names[i]), str_of(sample_units[i % 8]),
                              text_format(a, "1390000%04d", i), i % 3 ? STR("2月8日 早") : STR(""),
                              i % 9 ? STR("") : STR("下午再打") };
        s.callers.at[s.callers.count++] = caller;
    }
    return s;
}

static inline print_sign_in_sheet sample_sign_in(arena *a)
{
    print_sign_in_sheet s = { .head = sample_head(), .spare_lines = 6 };
    print_sign_in_day day = { .day = civil_day_of(2020, 2, 8), .number = STR("0208-1") };
    day.rows.at = arena_many(a, print_sign_in_row, SAMPLE_PEOPLE);
    for (int i = 0; i < SAMPLE_PEOPLE; i++)
        day.rows.at[day.rows.count++] =
            (print_sign_in_row){ str_of(sample_names[i]), str_of(sample_units[i % 8]),
                                 str_of(sample_posts[i % 6][1]), STR("早 08:00–12:00") };
    s.days.at = arena_many(a, print_sign_in_day, 2);
    s.days.at[s.days.count++] = day;
    s.days.at[s.days.count++] = (print_sign_in_day){ day.day + 1, STR("0209-1"), { day.rows.at, 3 } };
    return s;
}
#endif
