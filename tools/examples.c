/*
 * examples: made-up spreadsheets of one weekend for real communities, in the shapes offices use and with
 * the usual dirt. examples -o DIR [--seed N]. The same seed gives the same bytes. Nobody in them exists.
 */
#include "base/file.h"
#include "base/luck.h"
#include "base/map.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <xlsxwriter.h>

enum {
    PEOPLE = 400, PEOPLE_1 = 150, PEOPLE_2 = 150, COMPOUNDS = 4, SMALL_TEAM = 11, FAMILY_PAIRS = 3,
    ON_TWO_LISTS = 4, AVAILABLE_PEOPLE = 42, MEMORY_MAX_BYTES = 64 << 20,
    CREATED_AT = 1581048000 /* 2020-02-07 12:00 in Shanghai: the day of writing would change the bytes */
};

/* ---- what there is ---- */

typedef struct community {
    const char *code, *name, *street, *district;
    bool small; /* few members live here, and much is asked of them */
    const char *compounds[COMPOUNDS];
    const char *aliases[COMPOUNDS];
    const char *secretary;
} community;

/* Real codes and names of the statistics table; compounds and secretaries are invented. */
static const community communities[] = {
    { "320303003002", "民健", "黄山街道", "云龙区", false,
      { "松涛雅苑", "青禾家园", "和悦新村", "柳岸人家" }, { "松涛苑", "青禾小区", "", "" }, "贺兰溪" },
    { "320303003003", "梅园", "黄山街道", "云龙区", false,
      { "锦澜花园", "银杏里小区", "春晓雅苑", "宁和家园" }, { "锦澜", "银杏里", "春晓苑", "" }, "孟知秋" },
    { "320303003004", "育园", "黄山街道", "云龙区", false,
      { "书香雅居", "知行苑", "桐荫新村", "静宜花园" }, { "", "知行小区", "桐荫小区", "" }, "俞晓禾" },
    { "320303002006", "金狮", "子房街道", "云龙区", false,
      { "望岳小区", "暖阳家园", "石榴花苑", "福泽里小区" }, { "望岳", "暖阳小区", "", "福泽里" }, "严望舒" },
    { "320303002008", "响山", "子房街道", "云龙区", true,
      { "云岫苑", "枫晚小区", "碧桐花园", "山语人家" }, { "", "枫晚", "碧桐", "" }, "蓝若溪" },
    { "320311001001", "中枢", "王陵街道", "泉山区", false,
      { "锦里小区", "同安大院", "老棉仓宿舍", "天和公寓" }, { "锦里", "同安院", "棉仓宿舍", "" }, "尹向晚" },
    { "320311001003", "新光", "王陵街道", "泉山区", false,
      { "晨曦家园", "霞光雅苑", "万象小区", "锦澜花园" }, { "晨曦小区", "", "", "锦澜" }, "苗青川" },
    { "320311001007", "醒狮", "王陵街道", "泉山区", false,
      { "桃溪花园", "荷风苑", "安澜小区", "聚贤里小区" }, { "桃溪", "荷风小区", "安澜", "聚贤里" }, "白云起" },
    { "320311003004", "苏园", "永安街道", "泉山区", false,
      { "吴韵家园", "竹影苑", "水云间小区", "金谷新村" }, { "", "竹影小区", "水云间", "" }, "柏听雨" },
    { "320311003007", "建煤", "永安街道", "泉山区", true,
      { "长宁小区", "红砖里小区", "丰年家园", "百合苑" }, { "长宁", "红砖里", "丰年", "" }, "简明月" },
    { "320311010005", "文昌", "泰山街道", "泉山区", false,
      { "学府里小区", "墨香苑", "明德家园", "九曲花园" }, { "学府里", "", "明德", "九曲" }, "卢远帆" },
    { "320311010006", "兴泰", "泰山街道", "泉山区", false,
      { "泰和雅苑", "银湾小区", "绿荫里小区", "家和苑" }, { "泰和苑", "银湾", "绿荫里", "" }, "容静之" },
};

/* Roads with house numbers that lie in a community; invented too. */
static const struct {
    size_t community;
    const char *name;
} roads[] = { { 0, "青柳路18号院" }, { 5, "棉仓巷6号院" }, { 7, "桃溪路27号院" }, { 10, "学府里街3号院" } };

typedef struct agency {
    const char *name;
    int branches;
} agency;
static const agency agencies[] = {
    { "市水务局", 3 }, { "市交通运输局", 2 }, { "市农业农村局", 2 }, { "市图书馆", 1 }, { "市公路事业中心", 2 },
    { "市教育局", 3 }, { "市审计局", 1 }, { "市气象局", 1 }, { "市档案馆", 1 }, { "市园林管理中心", 2 },
    { "市城建公司", 2 }, { "市公交公司", 2 }, { "市热力公司", 1 }, { "市数据中心", 1 },
};
/* The agencies of each list: first and past the last. */
static const size_t list_agencies[][2] = { { 0, 5 }, { 5, 10 }, { 10, 14 } };
static const char *const branch_numbers[] = { "第一", "第二", "第三" };
static const char *const ranks[] = { "科员", "副科长", "工程师", "会计", "科长", "主任科员", "技术员", "馆员" };

static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤";
static const char given[] =
    "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国文辉玲红玉兰春梅海燕志宏晓东雪松思远佳宁子涵雨桐浩然欣怡俊博雅芳莉云飞林峰振凯瑞诚立新秀珍爱民向阳长青永康乐清彦哲舒";

/* ---- people ---- */

typedef enum dirt {
    CLEAN, PHONE_SHORT, PHONE_TEN_DIGITS, PHONE_LANDLINE, PHONE_AS_SPOUSE, ADDRESS_MISSING, ADDRESS_UNKNOWN,
    ADDRESS_OF_WORK, AWAY
} dirt;
/* How often each kind of dirt comes on a list of people. */
static const struct {
    dirt kind;
    int count[3];
} dirt_shares[] = {
    { PHONE_SHORT, { 1, 1, 0 } }, { PHONE_TEN_DIGITS, { 1, 1, 1 } }, { PHONE_LANDLINE, { 1, 0, 1 } },
    { PHONE_AS_SPOUSE, { 0, 1, 0 } }, { ADDRESS_MISSING, { 3, 3, 2 } }, { ADDRESS_UNKNOWN, { 2, 2, 2 } },
    { ADDRESS_OF_WORK, { 1, 0, 0 } }, { AWAY, { 2, 2, 1 } },
};
static const char *const unknown_compounds[] = { "北辰嘉园", "梦湖公馆", "槐荫小区", "南浦花苑", "西岭新村", "海棠公寓" };

typedef struct person {
    str name, phone;
    bool woman, says_community;
    size_t agency;
    int branch;
    size_t community, compound;
    int building, entrance, room;
    int form; /* in which the address is written */
    dirt dirt;
    const char *rank, *kind, *remark;
} person;

typedef struct world {
    arena *a;
    luck luck;
    const char *dir;
    person people[PEOPLE];
    size_t unknown_used;
} world;

#define PICK(w, list) ((list)[luck_below(&(w)->luck, (uint32_t)COUNT(list))])

static bool chance(world *w, uint32_t percent)
{
    return luck_below(&w->luck, 100) < percent;
}

static str sign_of(world *w, const char *signs)
{
    str s = str_of(signs);
    return str_part(s, luck_below(&w->luck, (uint32_t)(s.len / 3)) * 3, 3); /* all take three bytes */
}

static str new_name(world *w, map *taken)
{
    for (;;) {
        str family = sign_of(w, surnames), first = sign_of(w, given), second = sign_of(w, given);
        if (chance(w, 22) || str_equal(first, second))
            second = STR("");
        str name = text_format(w->a, "%.*s%.*s%.*s", STR_ARG(family), STR_ARG(first), STR_ARG(second));
        if (map_get(taken, name, NULL))
            continue;
        map_put(taken, name, 1);
        return name;
    }
}

static str new_phone(world *w, map *taken)
{
    for (;;) {
        str phone = text_format(w->a, "%s%04u", chance(w, 60) ? "1390000" : "1380000", luck_below(&w->luck, 10000));
        if (map_get(taken, phone, NULL))
            continue;
        map_put(taken, phone, 1);
        return phone;
    }
}

/* Which community each person lives in: the small ones get their few, the others share the rest. */
static void deal_communities(world *w)
{
    size_t homes[PEOPLE], count = 0, large = 0;
    for (size_t i = 0; i < COUNT(communities); i++) {
        for (int k = 0; communities[i].small && k < SMALL_TEAM; k++)
            homes[count++] = i;
    }
    for (; count < PEOPLE; large = (large + 1) % COUNT(communities)) {
        if (!communities[large].small)
            homes[count++] = large;
    }
    for (size_t i = PEOPLE - 1; i > 0; i--) {
        size_t k = luck_below(&w->luck, (uint32_t)i + 1), swap = homes[i];
        homes[i] = homes[k];
        homes[k] = swap;
    }
    for (size_t i = 0; i < PEOPLE; i++)
        w->people[i].community = homes[i];
}

static int list_of(size_t person_index)
{
    return person_index < PEOPLE_1 ? 0 : person_index < PEOPLE_1 + PEOPLE_2 ? 1 : 2;
}

static size_t list_begin(int list)
{
    static const size_t begins[] = { 0, PEOPLE_1, PEOPLE_1 + PEOPLE_2, PEOPLE };
    return begins[list];
}

/* People of one branch stand together, as on every list. */
static void deal_branches(world *w)
{
    for (int list = 0; list < 3; list++) {
        size_t begin = list_begin(list), count = list_begin(list + 1) - begin, branches = 0, at = 0;
        for (size_t k = list_agencies[list][0]; k < list_agencies[list][1]; k++)
            branches += (size_t)agencies[k].branches;
        for (size_t k = list_agencies[list][0]; k < list_agencies[list][1]; k++) {
            for (int b = 0; b < agencies[k].branches; b++, at++) {
                for (size_t i = at * count / branches; i < (at + 1) * count / branches; i++) {
                    w->people[begin + i].agency = k;
                    w->people[begin + i].branch = b;
                }
            }
        }
    }
}

static void spread_dirt(world *w)
{
    for (size_t d = 0; d < COUNT(dirt_shares); d++) {
        for (int list = 0; list < 3; list++) {
            size_t begin = list_begin(list), count = list_begin(list + 1) - begin;
            for (int n = 0; n < dirt_shares[d].count[list];) {
                person *p = &w->people[begin + luck_below(&w->luck, (uint32_t)count)];
                if (p->dirt != CLEAN || communities[p->community].small)
                    continue;
                p->dirt = dirt_shares[d].kind;
                n++;
            }
        }
    }
}

/* Two who live together, on two lists, with one telephone. */
static void pair_families(world *w)
{
    for (size_t n = 0; n < FAMILY_PAIRS;) {
        person *one = &w->people[luck_below(&w->luck, PEOPLE_1)];
        person *other = &w->people[list_begin(2) + luck_below(&w->luck, (uint32_t)(PEOPLE - list_begin(2)))];
        bool fits = one->dirt == CLEAN && other->dirt == CLEAN && one->community == other->community &&
            one->woman != other->woman && !str_equal(one->phone, other->phone);
        if (!fits)
            continue;
        other->phone = one->phone;
        other->compound = one->compound;
        other->building = one->building;
        other->entrance = one->entrance;
        other->room = one->room;
        n++;
    }
}

static void make_people(world *w)
{
    static const char *const remarks[] = { "预备党员", "孕期", "借调至市防汛办", "双职工，孩子小", "值过2月5日夜班" };
    map *names = map_new(w->a), *phones = map_new(w->a);
    deal_communities(w);
    deal_branches(w);
    for (size_t i = 0; i < PEOPLE; i++) {
        person *p = &w->people[i];
        p->name = new_name(w, names);
        p->phone = new_phone(w, phones);
        p->woman = chance(w, 42);
        p->compound = luck_below(&w->luck, COMPOUNDS);
        p->building = 1 + (int)luck_below(&w->luck, 24);
        p->entrance = 1 + (int)luck_below(&w->luck, 4);
        p->room = 100 * (1 + (int)luck_below(&w->luck, 6)) + 1 + (int)luck_below(&w->luck, 2);
        p->form = (int)luck_below(&w->luck, 6);
        p->says_community = chance(w, list_of(i) == 0 ? 65 : 45);
        p->rank = PICK(w, ranks);
        p->kind = chance(w, 90) ? "在职" : "退休";
        p->remark = chance(w, 5) ? PICK(w, remarks) : "";
    }
    w->people[3].name = STR("张伟"); /* of two agencies, two men */
    w->people[PEOPLE_1 + 20].name = STR("张伟");
    spread_dirt(w);
    pair_families(w);
}

/* ---- cells about people ---- */

static str address_of(world *w, const person *p)
{
    const community *c = &communities[p->community];
    const char *home = c->compounds[p->compound], *alias = c->aliases[p->compound];
    if (p->dirt == ADDRESS_MISSING)
        return STR("");
    if (p->dirt == ADDRESS_OF_WORK)
        return text_format(w->a, "单位：%s办公楼", agencies[p->agency].name);
    if (p->dirt == ADDRESS_UNKNOWN)
        return text_format(w->a, "%s%s%d号楼%d", c->district,
                           unknown_compounds[w->unknown_used++ % COUNT(unknown_compounds)], p->building, p->room);
    switch (p->form) {
    case 0:
        return text_format(w->a, "徐州市%s%s%s%d号楼%d单元%d室", c->district, c->street, home, p->building,
                           p->entrance, p->room);
    case 1:
        return text_format(w->a, "%s%s%d号楼%d单元%d", c->district, home, p->building, p->entrance, p->room);
    case 2:
        return text_format(w->a, "%s%d-%d-%d", home, p->building, p->entrance, p->room);
    case 3:
        return text_format(w->a, "%s %d#%d单元%d", *alias ? alias : home, p->building, p->entrance, p->room);
    case 4:
        return text_format(w->a, "%s%s社区%s%d号楼%d室", c->street, c->name, home, p->building, p->room);
    default:
        return text_format(w->a, "江苏省徐州市%s%s%d栋%d", c->district, home, p->building, p->room);
    }
}

/* The telephone as typed: mostly plain, sometimes spaced, or of no use. */
static str phone_of(world *w, const person *p)
{
    switch (p->dirt) {
    case PHONE_SHORT:
        return str_part(p->phone, 7, 4);
    case PHONE_TEN_DIGITS:
        return str_part(p->phone, 0, 10);
    case PHONE_LANDLINE:
        return STR("0516-80000000转8012");
    case PHONE_AS_SPOUSE:
        return STR("同配偶");
    default:
        break;
    }
    str head = str_part(p->phone, 0, 3), middle = str_part(p->phone, 3, 4), tail = str_from(p->phone, 7);
    uint32_t form = luck_below(&w->luck, 30);
    if (form < 2)
        return text_format(w->a, "%.*s %.*s %.*s", STR_ARG(head), STR_ARG(middle), STR_ARG(tail));
    if (form == 2)
        return text_format(w->a, "%.*s-%.*s-%.*s", STR_ARG(head), STR_ARG(middle), STR_ARG(tail));
    return p->phone;
}

/* 李　敏: names of two signs are spread to the width of three. */
static str name_of(world *w, const person *p)
{
    if (p->name.len == 6 && chance(w, 50))
        return text_format(w->a, "%.*s　%.*s", STR_ARG(str_part(p->name, 0, 3)), STR_ARG(str_from(p->name, 3)));
    return p->name;
}

static bool community_said(const person *p)
{
    bool doubtful = p->dirt == ADDRESS_MISSING || p->dirt == ADDRESS_UNKNOWN || p->dirt == ADDRESS_OF_WORK;
    return p->says_community && !doubtful;
}

static str community_of(world *w, const person *p)
{
    return text_format(w->a, "%s社区", communities[p->community].name);
}

static str branch_of(world *w, const person *p)
{
    const agency *g = &agencies[p->agency];
    if (g->branches == 1)
        return text_format(w->a, "%s党支部", g->name);
    return text_format(w->a, "%s%s党支部", g->name, branch_numbers[p->branch]);
}

static str remark_of(const person *p)
{
    return p->dirt == AWAY ? STR("在外地，2月16日后返回") : str_of(p->remark);
}

/* ---- files ---- */

static err *save(world *w, const char *name, str content)
{
    return file_write(w->a, str_z(w->a, text_format(w->a, "%s/%s", w->dir, name)), content);
}

static str gb18030_of(arena *a, str s)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)(s.len * 2 + 16);
    char *bytes = arena_alloc(a, (size_t)room);
    int32_t len = ucnv_convert("GB18030", "UTF-8", bytes, room, s.at, (int32_t)s.len, &status);
    if (U_FAILURE(status))
        abort();
    return (str){ bytes, (size_t)len };
}

/* A title, a line about the sender, two header rows, foot lines; GB18030 as an old office program saves it. */
static err *write_people_1(world *w)
{
    text t = text_begin(w->a);
    text_put_z(&t, "市直机关党员（干部职工）花名册（样例，人员均为虚构）,,,,,,,,,\r\n"
                   "填报单位：市直机关工委,,,,填报时间：2020年2月7日,,,,,\r\n"
                   "序号,姓  名,性别,所在党支部,单位及职务,联系方式,,现居住地,报到社区,备注\r\n"
                   ",,,,,手机,办公,,,\r\n");
    for (size_t i = 0; i < PEOPLE_1; i++) {
        const person *p = &w->people[i];
        str name = name_of(w, p), branch = branch_of(w, p), phone = phone_of(w, p), home = address_of(w, p);
        str said = community_said(p) ? community_of(w, p) : STR(""), remark = remark_of(p);
        text_printf(&t, "%zu,%.*s,%s,%.*s,%s%s,%.*s,%s,%.*s,%.*s,%.*s\r\n", i + 1, STR_ARG(name),
                    p->woman ? "女" : "男", STR_ARG(branch), agencies[p->agency].name, p->rank, STR_ARG(phone),
                    i % 40 == 7 ? "8012" : "", STR_ARG(home), STR_ARG(said), STR_ARG(remark));
    }
    text_printf(&t, "合计,%d人,,,,,,,,\r\n注：1.在外地人员请在备注注明。,,,,,,,,,\r\n审核人：,,,,制表人：,,,,,\r\n", PEOPLE_1);
    return save(w, "people_1.csv", gb18030_of(w->a, text_done(&t)));
}

/* Semicolons and a BOM; the home is split over columns, and some members stand on list 1 as well. */
static void put_person_3(world *w, text *t, size_t number, const person *p, const char *unit, const char *remark)
{
    static const char *const answers[] = { "能来", "能来", "能来", "能来", "能", "" };
    const community *c = &communities[p->community];
    bool known = p->dirt != ADDRESS_MISSING && p->dirt != ADDRESS_UNKNOWN;
    bool only_compound = known && chance(w, 40);
    str phone = phone_of(w, p), home = only_compound ? STR("") : address_of(w, p);
    text_printf(t, "%zu;%.*s;%.*s;%s;%s;%s;%.*s;%s;%s\r\n", number, STR_ARG(p->name), STR_ARG(phone), unit,
                known ? c->compounds[p->compound] : "", known ? c->street : "", STR_ARG(home),
                p->dirt == AWAY ? "不能来" : PICK(w, answers), remark);
}

static err *write_people_3(world *w)
{
    text t = text_begin(w->a);
    text_put_z(&t, "\xef\xbb\xbf序号;姓名;手机号码;单位;居住小区;所属街道;详细地址;能否参加;备注\r\n");
    size_t number = 1;
    for (size_t i = list_begin(2); i < PEOPLE; i++) {
        const person *p = &w->people[i];
        str remark = remark_of(p);
        put_person_3(w, &t, number++, p, agencies[p->agency].name, remark.at);
    }
    for (int n = 0; n < ON_TWO_LISTS;) {
        const person *p = &w->people[luck_below(&w->luck, PEOPLE_1)];
        if (p->dirt != CLEAN)
            continue;
        put_person_3(w, &t, number++, p, "市城建公司", "借调");
        n++;
    }
    return save(w, "people_3.csv", text_done(&t));
}

static err *write_gazetteer(world *w)
{
    text t = text_begin(w->a);
    text_put_z(&t, "community_code,type,name,aliases,records\n");
    for (size_t i = 0; i < COUNT(communities); i++) {
        const community *c = &communities[i];
        for (size_t k = 0; k < COMPOUNDS; k++)
            text_printf(&t, "%s,compound,%s,%s,%u\n", c->code, c->compounds[k], c->aliases[k],
                        1 + luck_below(&w->luck, 9));
    }
    for (size_t i = 0; i < COUNT(roads); i++)
        text_printf(&t, "%s,road,%s,,1\n", communities[roads[i].community].code, roads[i].name);
    return save(w, "gazetteer.csv", text_done(&t));
}

static err *write_availability(world *w)
{
    static const struct {
        const char *days, *hours, *level, *remark;
    } says[] = {
        { "2.8-2.9", "全天", "不能", "" }, { "2.8-2.14", "20:00-24:00", "不能", "夜里要照看老人" },
        { "周末", "上午", "优先", "" }, { "2.10-2.14", "8:00-18:00", "不能", "单位值班" },
        { "2月8日", "全天", "不能", "" }, { "周末", "白天", "优先", "" },
        { "2.8-2.14", "20:00-24:00", "优先", "夜班也行" }, { "2.12", "下午", "尽量不", "" },
        { "2.8-2.14", "早班", "尽量不", "送孩子" }, { "2.13-2.14", "全天", "不能", "" },
    };
    text t = text_begin(w->a);
    map *taken = map_new(w->a);
    text_put_z(&t, "\xef\xbb\xbf姓名,手机号码,日期,时段,意愿,备注\r\n");
    for (int n = 0; n < AVAILABLE_PEOPLE;) {
        const person *p = &w->people[luck_below(&w->luck, PEOPLE)];
        if (p->dirt != CLEAN || map_get(taken, p->name, NULL))
            continue;
        map_put(taken, p->name, 1);
        for (int k = chance(w, 20) ? 2 : 1; k > 0; k--) {
            size_t s = luck_below(&w->luck, COUNT(says));
            text_printf(&t, "%.*s,%.*s,%s,%s,%s,%s\r\n", STR_ARG(p->name), STR_ARG(p->phone), says[s].days,
                        says[s].hours, says[s].level, says[s].remark);
        }
        n++;
    }
    return save(w, "availability.csv", text_done(&t));
}

/* ---- workbooks ---- */

typedef struct book {
    arena *a;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *title, *header, *cell, *merged, *red;
    char *path;
} book;

static book book_open(world *w, const char *name)
{
    str path = text_format(w->a, "%s/%s", w->dir, name);
    book b = { .a = w->a, .book = workbook_new(path.at) };
    lxw_doc_properties properties = { .created = CREATED_AT };
    workbook_set_properties(b.book, &properties);
    lxw_format **formats[] = { &b.title, &b.header, &b.cell, &b.merged, &b.red };
    for (size_t i = 0; i < COUNT(formats); i++) {
        *formats[i] = workbook_add_format(b.book);
        if (i > 0)
            format_set_border(*formats[i], LXW_BORDER_THIN);
    }
    format_set_bold(b.title);
    format_set_font_size(b.title, 16);
    format_set_align(b.title, LXW_ALIGN_CENTER);
    format_set_bold(b.header);
    format_set_text_wrap(b.header);
    format_set_align(b.header, LXW_ALIGN_CENTER);
    format_set_align(b.merged, LXW_ALIGN_CENTER);
    format_set_align(b.merged, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(b.merged);
    format_set_font_color(b.red, LXW_COLOR_RED);
    return b;
}

static err *book_close(world *w, book *b, const char *name)
{
    if (workbook_close(b->book) == LXW_NO_ERROR)
        return NULL;
    return err_new(w->a, ERR_DISK, "sheet.write_failed", VALUES({ "file", str_of(name) }));
}

static void head_put(book *b, const char *sheet, const char *title, const char *const *labels, size_t count)
{
    b->sheet = workbook_add_worksheet(b->book, sheet);
    worksheet_merge_range(b->sheet, 0, 0, 0, (lxw_col_t)(count - 1), title, b->title);
    for (size_t c = 0; c < count; c++) {
        worksheet_write_string(b->sheet, 2, (lxw_col_t)c, labels[c], b->header);
        worksheet_set_column(b->sheet, (lxw_col_t)c, (lxw_col_t)c, c == 0 ? 6 : 15, NULL);
    }
    worksheet_repeat_rows(b->sheet, 2, 2);
}

static void put(book *b, lxw_row_t row, int column, str s)
{
    if (s.len)
        worksheet_write_string(b->sheet, row, (lxw_col_t)column, str_z(b->a, s), b->cell);
    else
        worksheet_write_blank(b->sheet, row, (lxw_col_t)column, b->cell);
}

static void put_number(book *b, lxw_row_t row, int column, double n)
{
    worksheet_write_number(b->sheet, row, (lxw_col_t)column, n, b->cell);
}

/* Merged downwards; the format knows no merge of one cell. */
static void put_merged(book *b, lxw_row_t from, lxw_row_t to, int column, str s)
{
    if (from == to)
        worksheet_write_string(b->sheet, from, (lxw_col_t)column, str_z(b->a, s), b->merged);
    else
        worksheet_merge_range(b->sheet, from, (lxw_col_t)column, to, (lxw_col_t)column, str_z(b->a, s), b->merged);
}

/* A plain telephone is a number cell now and then, and a name is red and struck where somebody left. */
static void put_person_2(world *w, book *b, lxw_row_t row, size_t index, const person *before)
{
    const person *p = &w->people[index];
    str phone = phone_of(w, p);
    int64_t digits;
    put(b, row, 1, name_of(w, p));
    put(b, row, 2, str_of(p->woman ? "女" : "男"));
    put(b, row, 3, text_format(w->a, "19%02u.%02u", 60 + luck_below(&w->luck, 38), 1 + luck_below(&w->luck, 12)));
    put(b, row, 4, text_format(w->a, "0000001900010%05zu", index + 1)); /* no such number can be issued */
    put(b, row, 6, before && before->agency == p->agency ? STR("同上") : str_of(agencies[p->agency].name));
    put(b, row, 7, str_of(p->kind));
    if (chance(w, 30) && str_int(phone, 1, INT64_MAX, &digits))
        put_number(b, row, 8, (double)digits);
    else
        put(b, row, 8, phone);
    put(b, row, 9, address_of(w, p));
    bool same = before && before->community == p->community && community_said(before) && community_said(p);
    put(b, row, 10, !community_said(p) ? STR("") : same ? STR("同上") : community_of(w, p));
    put(b, row, 11, p->dirt == AWAY ? STR("外地") : STR("是"));
    put(b, row, 12, chance(w, 6) ? STR("急救员证") : STR(""));
    put(b, row, 13, remark_of(p));
    if (chance(w, 2))
        worksheet_write_string(b->sheet, row, 1, str_z(w->a, p->name), b->red);
}

static void put_people_sheet(world *w, book *b, const char *sheet, size_t begin, size_t end)
{
    static const char *const labels[] = { "序号", "姓名", "性别", "出生年月", "身份证号", "所在\n党支部", "工作单位",
        "人员类别", "手机号码", "家庭住址", "报到社区", "是否在本市", "特长", "备注" };
    head_put(b, sheet, "下沉社区党员花名册（样例，人员均为虚构）", labels, COUNT(labels));
    worksheet_write_string(b->sheet, 1, 0, "填报单位：市直机关工委", NULL);
    lxw_row_t row = 3, branch_from = 3;
    for (size_t i = begin; i < end; i++, row++) {
        const person *p = &w->people[i], *next = i + 1 < end ? p + 1 : NULL;
        put_number(b, row, 0, (double)(row - 2));
        put_person_2(w, b, row, i, i > begin ? p - 1 : NULL);
        if (!next || next->agency != p->agency || next->branch != p->branch) {
            put_merged(b, branch_from, row, 5, branch_of(w, p));
            branch_from = row + 1;
        }
    }
    worksheet_write_string(b->sheet, row, 0, "注：标红为近期调出人员。", NULL);
    worksheet_write_string(b->sheet, row + 1, 0, "审核人：", NULL);
}

static err *write_people_2(world *w)
{
    book b = book_open(w, "people_2.xlsx");
    size_t begin = list_begin(1), end = list_begin(2), cut = begin;
    while (w->people[cut].agency == w->people[begin].agency)
        cut++;
    put_people_sheet(w, &b, "教育系统", begin, cut);
    put_people_sheet(w, &b, "其他单位", cut, end);
    return book_close(w, &b, "people_2.xlsx");
}

/* ---- needs ---- */

typedef struct need_row {
    size_t community, compound;
    const char *gate, *hours, *people, *days, *task, *remark;
} need_row;

/* In the order of the table of communities, so streets and communities can be merged downwards. */
static const need_row need_rows[] = {
    { 0, 1, "南门", "8:00-12:00，14:00-18:00", "2-3人", "2.8-2.14", "测温登记", "" },
    { 0, 1, "南门", "20:00-24:00", "2人/班", "2.8-2.14", "夜间值守", "两人同岗" },
    { 1, 0, "东门", "8:00-12:00、12:00-16:00、16:00-20:00", "2人", "2.8-2.14", "测温登记", "" },
    { 1, 0, "东门", "20:00-24:00", "2人", "2.8-2.14", "夜间值守", "" },
    { 2, 2, "大门", "8:00-12:00，14:00-18:00", "2人/班", "2.8-2.14", "测温登记", "" },
    { 2, 2, "大门", "18:00-22:00", "2人", "即日起", "劝返外来人员", "" },
    { 3, 1, "北门", "早8点-12点，下午2点-6点", "2-3人", "2.8-2.14", "测温登记", "" },
    { 3, 1, "北门", "20:00－24:00", "2人", "2.8-2.14", "夜间值守", "" },
    { 4, 2, "南门、北门", "24小时", "3人", "2.8-2.14", "测温登记、劝返", "无物业，居民多" },
    { 5, 2, "院门", "白班（8:00-16:00）", "2人", "2.8-2.14", "测温登记", "" },
    { 5, 2, "院门", "16:00-20:00，20:00-24:00", "2人/班", "2.8-2.14", "测温登记", "" },
    { 6, 0, "西门", "8:00-12:00，14:00-18:00", "2-3人", "2.8-2.14", "测温登记", "" },
    { 6, 0, "西门", "18:00-22:00", "2人", "2.8-2.14", "测温登记", "" },
    { 7, 0, "正门", "8:00-12:00、12:00-16:00、16:00-20:00", "2-3人", "2.8-2.14", "测温登记", "" },
    { 7, 0, "正门", "20:00-24:00", "2人/班", "2.8-2.14", "夜间值守", "" },
    { 8, 2, "南门", "8:00-12:00，14:00-18:00", "2人", "2.8-2.14", "测温登记", "" },
    { 8, 2, "社区服务站", "9:00-12:00", "1人", "2.10-2.14", "电话排查", "室内" },
    { 9, 1, "前门、后门", "8:00-12:00，12:00-16:00，16:00-20:00，20:00-24:00", "2人/班", "2.8-2.14", "测温登记",
      "老旧小区，无业委会" },
    { 10, 0, "南门", "8:00-12:00，14:00-18:00", "2-3人", "2.8-2.14", "测温登记", "" },
    { 10, 0, "南门", "20-24", "2人", "周末", "夜间值守", "" },
    { 11, 1, "东门", "8:00-12:00，14:00-18:00", "2-3人", "2.8-2.14", "测温登记", "" },
    { 11, 1, "东门", "20:00-24:00", "2人", "2.8-2.14", "夜间值守", "" },
};

static void put_need(book *b, lxw_row_t row, int number, const need_row *n)
{
    const community *c = &communities[n->community];
    put_number(b, row, 0, number);
    put(b, row, 3, str_of(c->compounds[n->compound]));
    put(b, row, 4, str_of(n->gate));
    put(b, row, 5, text_format(b->a, "约%zu", 400 + 130 * ((n->community * 7 + n->compound) % 9)));
    put(b, row, 6, n->compound == 2 ? STR("无") : STR("有"));
    put(b, row, 7, str_of(n->hours));
    put(b, row, 8, str_of(n->people));
    put(b, row, 9, c->small ? STR("1") : STR("-"));
    put(b, row, 10, str_of(n->days));
    put(b, row, 11, str_of(n->task));
    put(b, row, 12, str_of(n->remark));
    put(b, row, 13, str_of(c->secretary));
    put(b, row, 14, text_format(b->a, "1380000%04zu", 9000 + n->community));
}

static bool same_street(const need_row *a, const need_row *b)
{
    return strcmp(communities[a->community].street, communities[b->community].street) == 0;
}

static err *write_needs(world *w)
{
    static const char *const labels[] = { "序号", "街道", "社区", "小区", "具体位置", "户数", "有无物业", "时段",
        "每班人数", "现有人数", "需要日期", "工作内容", "要求", "联系人", "联系电话" };
    book b = book_open(w, "needs.xlsx");
    head_put(&b, "需求", "小区卡口值守人员需求统计表（样例）", labels, COUNT(labels));
    worksheet_write_string(b.sheet, 1, 0, "填报时间：2020年2月7日", NULL);
    lxw_row_t row = 3, street_from = 3, community_from = 3;
    for (size_t i = 0; i < COUNT(need_rows); i++, row++) {
        const need_row *n = &need_rows[i], *next = i + 1 < COUNT(need_rows) ? n + 1 : NULL;
        put_need(&b, row, (int)i + 1, n);
        if (!next || next->community != n->community) {
            put_merged(&b, community_from, row, 2,
                       text_format(w->a, "%s社区", communities[n->community].name));
            community_from = row + 1;
        }
        if (next && same_street(n, next))
            continue;
        put_merged(&b, street_from, row, 1, str_of(communities[n->community].street));
        row++;
        put(&b, row, 1, STR("小计"));
        put(&b, row, 8, text_format(w->a, "%d个点位", (int)(row - street_from)));
        street_from = community_from = row + 1;
    }
    worksheet_write_string(b.sheet, row, 0, "注：缺口人数请于当日18:00前报送。", NULL);
    return book_close(w, &b, "needs.xlsx");
}

/* ---- the command line ---- */

static err *write_all(world *w)
{
    TRY(file_make_dir(w->a, w->dir));
    make_people(w);
    TRY(write_people_1(w));
    TRY(write_people_2(w));
    TRY(write_people_3(w));
    TRY(write_needs(w));
    TRY(write_gazetteer(w));
    return write_availability(w);
}

int main(int argc, char **argv)
{
    const char *dir = NULL;
    int64_t seed = 20200208;
    bool usable = true;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "-o") == 0)
            dir = argv[i + 1];
        else if (strcmp(argv[i], "--seed") == 0)
            usable &= str_int(str_of(argv[i + 1]), 0, INT64_MAX, &seed);
        else
            usable = false;
    }
    if (!dir || !usable || argc % 2 == 0) {
        fputs("examples -o DIR [--seed N]\n", stderr);
        return 2;
    }
    arena *a = arena_open(NULL, MEMORY_MAX_BYTES);
    world *w = arena_new(a, world);
    w->a = a;
    w->luck = luck_of((uint64_t)seed);
    w->dir = dir;
    err *e = write_all(w);
    if (e)
        fprintf(stderr, "examples: %s %.*s\n", err_name(e->code), STR_ARG(e->detail));
    int code = e ? err_exit(e->code) : 0;
    arena_close(a);
    return code;
}
