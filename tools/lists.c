/*
 * lists: forty-six made-up lists of people as forty-six offices send them, and what is true of them.
 *   lists -o DIR [--seed N]
 * Each agency has habits of its own: order and names of the columns, titles, how a branch is written, the kind of file;
 * dirt comes in the shares of shares[]. DIR/truth.csv says of every row who it is and what a careful clerk would have
 * taken from it. Same seed, same bytes. A list for Excel 97 is written as text (NAME.xls.tsv): tools/xls.py makes the file.
 */
#include "base/file.h"
#include "base/luck.h"
#include "base/text.h"
#include "base/map.h"

#include <stdio.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <xlsxwriter.h>

enum {
    LISTS = 46, PEOPLE = 5000, COLUMNS_MAX = 24, BRANCH_MAX = 12, MEMORY_MAX_BYTES = 512 << 20,
    CREATED_AT = 1581048000, /* 2020-02-07 12:00 in Shanghai: the day of writing would change the bytes */
    PAGE_ROWS = 30           /* after so many rows some print the header again */
};

typedef enum shape { XLSX, XLS, CSV, CSV_GB18030, PASTED } shape;
typedef enum branch_way { BRANCH_FILLED, BRANCH_MERGED, BRANCH_DITTO, BRANCH_SHEETS, BRANCH_NONE } branch_way;
typedef enum column {
    C_NUMBER, C_NAME, C_SEX, C_NATION, C_BORN, C_SCHOOL, C_JOINED, C_ID, C_BRANCH, C_WORK, C_KIND, C_PHONE, C_OFFICE,
    C_ADDRESS, C_COMPOUND, C_COMMUNITY, C_STREET, C_REMARK, COLUMN_KINDS
} column;

/* What a row may have beside clean cells: so many in a thousand. */
typedef enum dirt {
    CLEAN, PHONE_SHORT, PHONE_LANDLINE, PHONE_TEN, PHONE_TWELVE, PHONE_SPOUSE, PHONE_TWO, PHONE_TWO_LINES, PHONE_OF_WIFE,
    PHONE_WIDE, PHONE_SPACED, PHONE_NONE, NAME_PROBATION, NAME_TITLE, NAME_DOTS, NAME_NUMBER, HOME_NONE, HOME_TWO, HOME_AS_HOUSEHOLD,
    HOME_DORM, HOME_BARE, HOME_DITTO, HOME_RENTED, AWAY, DIRTS
} dirt;
static const int shares[DIRTS] = {
    [PHONE_SHORT] = 4, [PHONE_LANDLINE] = 4, [PHONE_TEN] = 2, [PHONE_TWELVE] = 1, [PHONE_SPOUSE] = 1, [PHONE_TWO] = 10,
    [PHONE_TWO_LINES] = 4, [PHONE_OF_WIFE] = 2, [PHONE_WIDE] = 5, [PHONE_SPACED] = 30, [PHONE_NONE] = 10, [NAME_PROBATION] = 15,
    [NAME_TITLE] = 15, [NAME_DOTS] = 4, [NAME_NUMBER] = 3, [HOME_NONE] = 30, [HOME_TWO] = 3, [HOME_AS_HOUSEHOLD] = 4,
    [HOME_DORM] = 3, [HOME_BARE] = 8, [HOME_DITTO] = 4, [HOME_RENTED] = 3, [AWAY] = 30,
};

typedef struct person {
    str name, phone, address, compound, street, community;
    int id;
} person;

typedef struct cell {
    str text;
    bool number;
} cell;
typedef struct line {
    cell cells[COLUMNS_MAX];
    int person; /* of truth; -1: none */
    dirt dirt;
    str branch;
    bool hidden;
} line;
typedef struct page {
    str name;
    bool hidden;
    LIST(line) lines;
    int title, header; /* lines of each */
} page;

typedef struct list {
    str agency, file;
    shape shape;
    branch_way way;
    int branches;
    column columns[COLUMNS_MAX];
    const char *labels[COLUMNS_MAX];
    int width;
    bool phones_are_numbers, wide_names, two_headers, sums, header_again, hides_rows, hides_column, colours, notes, no_header, hidden_page,
        strange;
    LIST(page) pages;
} list;

typedef struct world {
    arena *a;
    luck luck;
    const char *dir;
    person people[PEOPLE];
    int used; /* of people */
    text truth;
} world;

#define PICK(w, of) ((of)[luck_below(&(w)->luck, (uint32_t)COUNT(of))])

static bool chance(world *w, uint32_t percent)
{
    return luck_below(&w->luck, 100) < percent;
}

/* ---- people ---- */

static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤";
static const char given[] =
    "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国文辉玲红玉兰春梅海燕志宏晓东雪松思远佳宁子涵雨桐浩然欣怡俊博雅芳莉云飞林峰振凯瑞诚立新秀珍爱民向阳长青永康乐清彦哲舒";
static const char *const compounds[] = {
    "桃溪花园", "青禾家园", "和悦新村", "柳岸人家", "锦澜花园", "银杏里小区", "春晓雅苑", "宁和家园", "书香雅居", "知行苑",
    "望岳小区", "暖阳家园", "石榴花苑", "福泽里小区", "云岫苑", "枫晚小区", "老棉仓宿舍", "天和公寓", "荷风苑", "安澜小区",
};
static const char *const communities[] = { "东塘社区", "西塘社区", "柳堤社区", "棉仓社区", "学府社区", "望岳社区", "云岫社区", "荷风社区" };
static const char *const streets[] = { "柳堤街道", "棉仓街道", "云岫街道" };

static str sign_of(world *w, const char *signs)
{
    str s = str_of(signs);
    return str_part(s, luck_below(&w->luck, (uint32_t)(s.len / 3)) * 3, 3); /* all take three bytes */
}

/* Names repeat as they do; a name with its telephone does not. */
static void make_people(world *w)
{
    map *phones = map_new(w->a);
    for (int i = 0; i < PEOPLE; i++) {
        person *p = &w->people[i];
        str second = chance(w, 25) ? STR("") : sign_of(w, given);
        p->id = i + 1;
        p->name = text_format(w->a, "%.*s%.*s%.*s", STR_ARG(sign_of(w, surnames)), STR_ARG(sign_of(w, given)), STR_ARG(second));
        do
            p->phone = text_format(w->a, "1%d90%07u", 3 + 5 * chance(w, 40), luck_below(&w->luck, 10000000));
        while (map_get(phones, p->phone, NULL));
        map_put(phones, p->phone, 1);
        size_t home = luck_below(&w->luck, COUNT(compounds));
        int block = 1 + (int)luck_below(&w->luck, 24), stairs = 1 + (int)luck_below(&w->luck, 4), room = 101 + 100 * (int)luck_below(&w->luck, 6);
        p->compound = str_of(compounds[home]);
        p->community = str_of(communities[home % COUNT(communities)]);
        p->street = str_of(streets[home % COUNT(streets)]);
        static const char *const forms[] = { "%s%d-%d-%d", "%s%d号楼%d单元%d室", "%s%d#%d单元%d", "云川市%s%d栋%d单元%d", "%s %d号楼%d-%d" };
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        p->address = text_format(w->a, PICK(w, forms), compounds[home], block, stairs, room);
#pragma GCC diagnostic pop
    }
}

/* ---- habits of an agency ---- */

static const char *const agencies[LISTS] = {
    "市中级法院", "市水务局", "市交通运输局", "市农业农村局", "市图书馆", "市公路中心", "市教育局", "市审计局", "市气象局", "市档案馆",
    "市园林中心", "市城建公司", "市公交公司", "市热力公司", "市数据中心", "市财政局", "市统计局", "市司法局", "市体育局", "市文化馆",
    "市博物馆", "市规划院", "市质检院", "市供销社", "市人防办", "市民政局", "市住建局", "市商务局", "市卫健委", "市应急局",
    "市外办", "市信访局", "市总工会", "市妇联", "市科协", "市残联", "市红十字会", "市党校", "市报社", "市电视台",
    "市自来水公司", "市燃气公司", "市地铁公司", "市粮食局", "市林业局", "市机关事务局",
};
static const char *const labels[COLUMN_KINDS][6] = {
    [C_NUMBER] = { "序号", "序号", "编号", "序号", "序号", "序 号" },
    [C_NAME] = { "姓名", "姓 名", "姓  名", "党员姓名", "姓名", "姓\n名" },
    [C_SEX] = { "性别", "性别", "性 别", "性别", "性别", "性别" },
    [C_NATION] = { "民族", "民族", "民族", "民族", "民族", "民族" },
    [C_BORN] = { "出生年月", "出生日期", "年龄", "出生年月", "出生日期", "出生年月" },
    [C_SCHOOL] = { "文化程度", "学历", "学历", "文化程度", "学历", "学历" },
    [C_JOINED] = { "入党时间", "入党年月", "入党时间", "转正时间", "入党时间", "入党时间" },
    [C_ID] = { "身份证号", "身份证号码", "公民身份号码", "身份证号", "身份证号码", "身份证号" },
    [C_BRANCH] = { "所在党支部", "所属支部", "党组织名称", "所在支部", "党支部", "所在党组织" },
    [C_WORK] = { "单位及职务", "工作单位", "部门", "科室", "现任职务", "所在部门" },
    [C_KIND] = { "人员类别", "类别", "是否在职", "人员类别", "类别", "人员类型" },
    [C_PHONE] = { "联系电话", "手机", "手机号码", "联系方式", "电话", "手机号" },
    [C_OFFICE] = { "办公电话", "办公电话", "办公电话", "办公电话", "办公电话", "办公电话" },
    [C_ADDRESS] = { "家庭住址", "现居住地", "现住址", "居住地址", "详细地址", "家庭\n住址" },
    [C_COMPOUND] = { "居住小区", "所住小区", "居住小区", "所在小区", "居住小区", "居住小区" },
    [C_COMMUNITY] = { "报到社区", "居住社区", "所在社区", "所属社区", "双报到社区", "居住社区" },
    [C_STREET] = { "所属街道", "街道（镇）", "办事处", "所属街道", "街道", "街道" },
    [C_REMARK] = { "备注", "备注", "备 注", "备注", "备注", "说明" },
};

static void add_column(world *w, list *l, column c)
{
    l->columns[l->width] = c;
    l->labels[l->width++] = PICK(w, labels[c]);
}

static void choose_columns(world *w, list *l)
{
    static const column unwanted[] = { C_SEX, C_NATION, C_BORN, C_SCHOOL, C_JOINED, C_ID };
    if (chance(w, 85))
        add_column(w, l, C_NUMBER);
    bool branch_first = chance(w, 40), has_branch = l->way != BRANCH_SHEETS && l->way != BRANCH_NONE;
    if (has_branch && branch_first)
        add_column(w, l, C_BRANCH);
    add_column(w, l, C_NAME);
    for (size_t i = 0; i < COUNT(unwanted); i++)
        if (chance(w, 55))
            add_column(w, l, unwanted[i]);
    if (has_branch && !branch_first)
        add_column(w, l, C_BRANCH);
    if (chance(w, 60))
        add_column(w, l, C_WORK);
    if (chance(w, 30))
        add_column(w, l, C_KIND);
    bool phone_late = chance(w, 40), some_home = false;
    if (!phone_late)
        add_column(w, l, C_PHONE);
    if (l->two_headers && !phone_late)
        add_column(w, l, C_OFFICE);
    if ((some_home = chance(w, 80)))
        add_column(w, l, C_ADDRESS);
    if (!some_home || chance(w, 25))
        add_column(w, l, C_COMPOUND);
    if (chance(w, 40))
        add_column(w, l, C_COMMUNITY);
    if (chance(w, 20))
        add_column(w, l, C_STREET);
    l->two_headers = l->two_headers && !phone_late;
    if (phone_late)
        add_column(w, l, C_PHONE);
    if (chance(w, 75))
        add_column(w, l, C_REMARK);
}

/* Words no table of headers knows, as one office in fifteen has them. */
static void make_strange(list *l)
{
    for (int c = 0; c < l->width; c++) {
        if (l->columns[c] == C_PHONE)
            l->labels[c] = "怎么找到本人";
        if (l->columns[c] == C_ADDRESS)
            l->labels[c] = "住在哪里";
    }
}

static void choose_habits(world *w, list *l, int i)
{
    static const branch_way ways[] = { BRANCH_FILLED, BRANCH_FILLED, BRANCH_MERGED, BRANCH_MERGED, BRANCH_DITTO, BRANCH_SHEETS, BRANCH_NONE };
    l->agency = str_of(agencies[i]);
    l->shape = i % 23 < 13 ? XLSX : i % 23 < 18 ? XLS : i % 23 < 20 ? CSV : i % 23 < 22 ? CSV_GB18030 : PASTED;
    l->way = PICK(w, ways);
    if (l->way == BRANCH_SHEETS && l->shape >= CSV)
        l->way = BRANCH_FILLED;
    l->branches = l->way == BRANCH_NONE ? 1 : 1 + (int)luck_below(&w->luck, 6);
    l->phones_are_numbers = chance(w, 50);
    l->wide_names = chance(w, 60);
    l->two_headers = l->shape == XLSX && chance(w, 20);
    l->sums = chance(w, 25);
    l->header_again = chance(w, 15);
    l->hides_rows = l->shape == XLSX && chance(w, 15);
    l->hides_column = l->shape == XLSX && chance(w, 15);
    l->colours = l->shape == XLSX && chance(w, 25);
    l->notes = l->shape == XLSX && chance(w, 10);
    l->hidden_page = i == 5;
    l->no_header = i == 17;
    choose_columns(w, l);
    if ((l->strange = i % 15 == 3))
        make_strange(l);
    static const char *const ends[] = { "党员花名册", "干部职工名册", "下沉人员名单", "党员信息表（定稿）", "花名册2.7" };
    static const char *const kinds[] = { ".xlsx", ".xls.tsv", ".csv", ".csv", ".txt" };
    l->file = text_format(w->a, "%.*s%s%s", STR_ARG(l->agency), PICK(w, ends), kinds[l->shape]);
}

/* ---- rows ---- */

static dirt choose_dirt(world *w)
{
    int at = (int)luck_below(&w->luck, 1000);
    for (int d = 1; d < DIRTS; d++)
        if ((at -= shares[d]) < 0)
            return (dirt)d;
    return CLEAN;
}

/* As typed, and in *is what a clerk would take: empty, where it is nobody's own mobile number. */
static str phone_typed(world *w, const list *l, const person *p, dirt d, str *is, bool *number)
{
    str head = str_part(p->phone, 0, 3), mid = str_part(p->phone, 3, 4), tail = str_from(p->phone, 7);
    *is = (str){ 0 };
    *number = false;
    switch (d) {
    case PHONE_SHORT: return str_part(p->phone, 5, 6);
    case PHONE_LANDLINE: return STR("0516-80000000转8012");
    case PHONE_TEN: return str_part(p->phone, 0, 10);
    case PHONE_TWELVE: return text_format(w->a, "%.*s0", STR_ARG(p->phone));
    case PHONE_SPOUSE: return STR("同配偶");
    case PHONE_NONE: return chance(w, 50) ? STR("") : STR("无");
    default: break;
    }
    *is = p->phone;
    switch (d) {
    case PHONE_TWO: return text_format(w->a, "%.*s/13900000%03u", STR_ARG(p->phone), luck_below(&w->luck, 1000));
    case PHONE_TWO_LINES: return text_format(w->a, "%.*s\n80000%03u", STR_ARG(p->phone), luck_below(&w->luck, 1000));
    case PHONE_OF_WIFE: return text_format(w->a, "%.*s（妻）", STR_ARG(p->phone));
    case PHONE_SPACED: return text_format(w->a, "%.*s %.*s %.*s", STR_ARG(head), STR_ARG(mid), STR_ARG(tail));
    case PHONE_WIDE: {
        text t = text_begin(w->a);
        for (size_t i = 0; i < p->phone.len; i++)
            text_printf(&t, "\xef\xbc%c", (char)(0x90 + p->phone.at[i] - '0'));
        return text_done(&t);
    }
    default: break;
    }
    *number = l->phones_are_numbers;
    return p->phone;
}

static str name_typed(world *w, const list *l, person *p, dirt d, bool *number)
{
    static const char *const dots[] = { "·", "•", "‧", "・", "．" };
    *number = false;
    if (d == NAME_DOTS) {
        p->name = STR("阿依古丽·买买提"); /* the only one of these letters that all five dots mean */
        return text_format(w->a, "阿依古丽%s买买提", PICK(w, dots));
    }
    if (d == NAME_PROBATION)
        return text_format(w->a, "%.*s（预备）", STR_ARG(p->name));
    if (d == NAME_TITLE)
        return text_format(w->a, "%.*s（支部书记）", STR_ARG(p->name));
    if (d == NAME_NUMBER) /* how a list tells two men of one name apart: what it calls him */
        return p->name = text_format(w->a, "%.*s2", STR_ARG(p->name));
    if (l->wide_names && p->name.len == 6)
        return text_format(w->a, "%.*s%s%.*s", STR_ARG(str_part(p->name, 0, 3)), chance(w, 50) ? "　" : "  ", STR_ARG(str_from(p->name, 3)));
    return chance(w, 3) ? text_format(w->a, "%.*s ", STR_ARG(p->name)) : p->name;
}

/* *sure: what the list must hold then, letter by letter. */
static str home_typed(world *w, const person *p, dirt d, const str *above, str *is)
{
    *is = (str){ 0 };
    switch (d) {
    case HOME_NONE: return PICK(w, ((const str[]){ STR(""), STR("无"), STR("-"), STR("/") }));
    case HOME_AS_HOUSEHOLD: return STR("同户籍");
    case HOME_DITTO: *is = *above; return above->len ? STR("同上") : STR("");
    case HOME_DORM: return *is = STR("宿舍");
    case HOME_BARE: return *is = STR("东塘");
    case HOME_TWO: return *is = text_format(w->a, "%.*s；周末住%s", STR_ARG(p->address), PICK(w, compounds));
    case HOME_RENTED: return *is = text_format(w->a, "租住%.*s（户口在老家）", STR_ARG(p->address));
    default: return *is = p->address;
    }
}

static const char *const ranks[] = { "科员", "副科长", "工程师", "会计", "科长", "主任科员", "技术员" };
static const char *const numbers[] = { "第一", "第二", "第三", "第四", "第五", "机关", "退休" };

static str csv_cell(world *w, str s)
{
    text t = text_begin(w->a);
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '"' || s.at[i] == '\n')
            text_put_z(&t, s.at[i] == '"' ? "\"\"" : " ");
        else
            text_put(&t, str_part(s, i, 1));
    return text_done(&t);
}

static void put_truth(world *w, const list *l, const page *p, int row, const person *who, str name, str phone, str address, const line *x)
{
    str file = str_ends(l->file, STR(".tsv")) ? str_part(l->file, 0, l->file.len - 4) : l->file;
    text_printf(&w->truth, "\"%.*s\",\"%.*s\",%d,%d,\"%.*s\",%.*s,\"%.*s\",\"%.*s\",\"%.*s\",%d\n", STR_ARG(file),
                STR_ARG(l->shape < CSV ? p->name : STR("")), row, who->id, STR_ARG(name), STR_ARG(phone), STR_ARG(l->agency), STR_ARG(x->branch),
                STR_ARG(csv_cell(w, address)), (int)x->dirt);
}

typedef struct above {
    str address;
} above;

static bool has(const list *l, column c)
{
    for (int i = 0; i < l->width; i++)
        if (l->columns[i] == c)
            return true;
    return false;
}

static void put_person(world *w, list *l, page *g, person *who, str branch, int at, bool first, above *up)
{
    line *x = list_add(w->a, &g->lines);
    *x = (line){ .person = who->id, .dirt = choose_dirt(w), .branch = branch };
    if ((x->dirt == HOME_DITTO && (!has(l, C_ADDRESS) || !up->address.len)))
        x->dirt = CLEAN;
    bool name_number, phone_number;
    str phone, address, name = name_typed(w, l, who, x->dirt, &name_number), phone_text = phone_typed(w, l, who, x->dirt, &phone, &phone_number);
    str home = home_typed(w, who, x->dirt, &up->address, &address);
    up->address = address;
    x->hidden = l->hides_rows && at % 40 == 7;
    for (int c = 0; c < l->width; c++) {
        cell *k = &x->cells[c];
        switch (l->columns[c]) {
        case C_NUMBER: *k = (cell){ text_format(w->a, "%d", at), true }; break;
        case C_NAME: *k = (cell){ name, false }; break;
        case C_SEX: k->text = chance(w, 50) ? STR("男") : STR("女"); break;
        case C_NATION: k->text = STR("汉"); break;
        case C_BORN: *k = (cell){ text_format(w->a, "%u.%u", 1960 + luck_below(&w->luck, 40), 1 + luck_below(&w->luck, 12)), true }; break;
        case C_SCHOOL: k->text = chance(w, 60) ? STR("本科") : STR("大专"); break;
        case C_JOINED: k->text = text_format(w->a, "%u年%u月", 1985 + luck_below(&w->luck, 34), 1 + luck_below(&w->luck, 12)); break;
        case C_ID: *k = (cell){ text_format(w->a, "00000019%02u0101%04u", 60 + luck_below(&w->luck, 40), luck_below(&w->luck, 10000)), false }; break;
        case C_BRANCH:
            if (l->way == BRANCH_FILLED || first)
                k->text = branch;
            else if (l->way == BRANCH_DITTO)
                k->text = chance(w, 50) ? STR("同上") : STR("〃");
            break;
        case C_WORK: k->text = text_format(w->a, "%.*s%s", STR_ARG(l->agency), PICK(w, ranks)); break;
        case C_KIND: k->text = chance(w, 85) ? STR("在职") : STR("退休"); break;
        case C_PHONE: *k = (cell){ phone_text, phone_number }; break;
        case C_OFFICE: k->text = STR("80000000"); break;
        case C_ADDRESS: k->text = home; break;
        case C_COMPOUND: k->text = x->dirt >= HOME_NONE && x->dirt < AWAY ? STR("") : who->compound; break;
        case C_COMMUNITY: k->text = who->community; break;
        case C_STREET: k->text = who->street; break;
        case C_REMARK: k->text = x->dirt == AWAY ? PICK(w, ((const str[]){ STR("在外地"), STR("孕期"), STR("借调至省厅"), STR("退休") })) : STR(""); break;
        default: break;
        }
    }
    str kept = has(l, C_ADDRESS) ? address : !has(l, C_COMPOUND) || (x->dirt >= HOME_NONE && x->dirt < AWAY) ? STR("") : who->compound;
    put_truth(w, l, g, (int)g->lines.count, who, who->name, phone, kept, x);
}

static line *put_line(world *w, page *g)
{
    line *x = list_add(w->a, &g->lines);
    *x = (line){ .person = -1 };
    return x;
}

static void put_header(world *w, const list *l, page *g)
{
    line *x = put_line(w, g), *below = l->two_headers ? put_line(w, g) : NULL;
    x = &g->lines.at[g->lines.count - (below ? 2 : 1)];
    for (int c = 0; c < l->width; c++) {
        x->cells[c].text = str_of(l->labels[c]);
        if (below && l->columns[c] == C_PHONE) {
            x->cells[c].text = STR("联系方式");
            below->cells[c].text = STR("手机");
        } else if (below && l->columns[c] == C_OFFICE) {
            x->cells[c].text = STR("");
            below->cells[c].text = STR("办公");
        }
    }
    g->header = below ? 2 : 1;
}

static void begin_page(world *w, const list *l, page *g)
{
    if (l->no_header)
        return;
    put_line(w, g)->cells[0].text = text_format(w->a, "%.*s党员（干部职工）花名册", STR_ARG(l->agency));
    if (chance(w, 50))
        put_line(w, g)->cells[0].text = text_format(w->a, "填报单位：%.*s　　填报时间：2月7日　　填报人：丁立　　联系电话：80000000", STR_ARG(l->agency));
    g->title = (int)g->lines.count;
    put_header(w, l, g);
}

static void end_page(world *w, const list *l, page *g, int people)
{
    if (l->sums)
        put_line(w, g)->cells[0].text = text_format(w->a, "合计：%d人", people);
    if (chance(w, 40))
        put_line(w, g)->cells[0].text = STR("注：以上人员均已核对。");
    if (chance(w, 40))
        put_line(w, g)->cells[0].text = STR("审核人：　　　　　　（盖章）");
}

/* Some are on two lists: seconded, or kept by the office they left. */
static person *next_person(world *w)
{
    if (w->used > 500 && chance(w, 1))
        return &w->people[luck_below(&w->luck, (uint32_t)w->used - 400)];
    return w->used < PEOPLE ? &w->people[w->used++] : NULL;
}

static void fill_list(world *w, list *l, int count)
{
    above up = { 0 };
    page *g = NULL;
    int on_page = 0;
    for (int b = 0; b < l->branches; b++) {
        str branch = l->way == BRANCH_NONE ? STR("") : text_format(w->a, "%s党支部", numbers[b]);
        if (!g || l->way == BRANCH_SHEETS) {
            if (g)
                end_page(w, l, g, on_page);
            g = list_add(w->a, &l->pages);
            *g = (page){ .name = l->way == BRANCH_SHEETS ? branch : STR("Sheet1") };
            begin_page(w, l, g);
            on_page = 0;
        }
        int members = count / l->branches;
        for (int k = 0; k < members; k++) {
            person *who = next_person(w);
            if (!who)
                break;
            if (l->header_again && on_page && on_page % PAGE_ROWS == 0)
                put_header(w, l, g);
            put_person(w, l, g, who, branch, ++on_page, k == 0, &up);
        }
        if (l->sums && l->way != BRANCH_SHEETS)
            put_line(w, g)->cells[0].text = text_format(w->a, "小计：%d人", members);
    }
    end_page(w, l, g, on_page);
}

/* ---- files ---- */

static err *write_text(world *w, const list *l, char between)
{
    text t = text_begin(w->a);
    for (size_t p = 0; p < l->pages.count; p++) {
        if (l->shape == XLS)
            text_printf(&t, "\f%.*s\n", STR_ARG(l->pages.at[p].name));
        for (size_t r = 0; r < l->pages.at[p].lines.count; r++)
            for (int c = 0; c < l->width; c++) {
                str s = l->pages.at[p].lines.at[r].cells[c].text;
                bool quoted = memchr(s.at ? s.at : "", between, s.len) || memchr(s.at ? s.at : "", '\n', s.len);
                text_printf(&t, "%s%.*s%s%s", quoted ? "\"" : "", STR_ARG(s), quoted ? "\"" : "",
                            c + 1 == l->width ? (l->shape == XLS ? "\n" : "\r\n") : between == ',' ? "," : "\t");
            }
    }
    str bytes = text_done(&t);
    if (l->shape == CSV_GB18030) {
        UErrorCode code = U_ZERO_ERROR;
        char *out = arena_alloc(w->a, bytes.len * 2 + 1);
        int32_t len = ucnv_convert("GB18030", "UTF-8", out, (int32_t)bytes.len * 2, bytes.at, (int32_t)bytes.len, &code);
        bytes = (str){ out, (size_t)len };
    }
    return file_write(w->a, text_format(w->a, "%s/%.*s", w->dir, STR_ARG(l->file)).at, bytes);
}

/* The lines of one branch become one cell, as offices merge them. */
static void merge_branches(world *w, const list *l, const page *g, lxw_worksheet *sheet, int column)
{
    for (size_t r = 0; r < g->lines.count;) {
        size_t end = r + 1;
        const line *x = &g->lines.at[r];
        while (x->person >= 0 && end < g->lines.count && g->lines.at[end].person >= 0 && str_equal(g->lines.at[end].branch, x->branch))
            end++;
        if (x->person >= 0 && end - r > 1)
            worksheet_merge_range(sheet, (lxw_row_t)r, (lxw_col_t)column, (lxw_row_t)(end - 1), (lxw_col_t)column, str_z(w->a, x->branch), NULL);
        r = end;
    }
    (void)l;
}

static void write_page(world *w, const list *l, const page *g, lxw_workbook *book, lxw_format *red)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, str_z(w->a, g->name));
    for (size_t r = 0; r < g->lines.count; r++) {
        const line *x = &g->lines.at[r];
        lxw_format *f = l->colours && x->person >= 0 && r % 17 == 3 ? red : NULL;
        for (int c = 0; c < l->width; c++) {
            const cell *k = &x->cells[c];
            if (!k->text.len || (l->way == BRANCH_MERGED && l->columns[c] == C_BRANCH && x->person >= 0))
                continue;
            int64_t n;
            if (k->number && str_int(k->text, 0, INT64_MAX, &n))
                worksheet_write_number(sheet, (lxw_row_t)r, (lxw_col_t)c, (double)n, f);
            else
                worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)c, str_z(w->a, k->text), f);
        }
        if (x->hidden)
            worksheet_set_row_opt(sheet, (lxw_row_t)r, LXW_DEF_ROW_HEIGHT, NULL, &(lxw_row_col_options){ .hidden = LXW_TRUE });
        if (l->notes && x->person >= 0 && r % 29 == 5)
            worksheet_write_comment(sheet, (lxw_row_t)r, 1, "已电话核对");
    }
    if (l->hides_column)
        worksheet_set_column_opt(sheet, (lxw_col_t)(l->width - 1), (lxw_col_t)(l->width - 1), 10, NULL, &(lxw_row_col_options){ .hidden = LXW_TRUE });
    for (int c = 0; l->way == BRANCH_MERGED && c < l->width; c++)
        if (l->columns[c] == C_BRANCH)
            merge_branches(w, l, g, sheet, c);
    for (int r = 0; r < g->title; r++)
        worksheet_merge_range(sheet, (lxw_row_t)r, 0, (lxw_row_t)r, (lxw_col_t)(l->width - 1), str_z(w->a, g->lines.at[r].cells[0].text), NULL);
    if (l->two_headers)
        for (int c = 0; c < l->width; c++)
            if (l->columns[c] == C_PHONE)
                worksheet_merge_range(sheet, (lxw_row_t)g->title, (lxw_col_t)c, (lxw_row_t)g->title, (lxw_col_t)(c + 1), "联系方式", NULL);
    if (g->hidden)
        worksheet_hide(sheet);
}

static err *write_xlsx(world *w, const list *l)
{
    const char *path = str_z(w->a, text_format(w->a, "%s/%.*s", w->dir, STR_ARG(l->file)));
    lxw_workbook *book = workbook_new(path);
    lxw_doc_properties properties = { .created = CREATED_AT };
    workbook_set_properties(book, &properties);
    lxw_format *red = workbook_add_format(book);
    format_set_bg_color(red, LXW_COLOR_YELLOW);
    for (size_t p = 0; p < l->pages.count; p++)
        write_page(w, l, &l->pages.at[p], book, red);
    if (l->hidden_page) {
        lxw_worksheet *old = workbook_add_worksheet(book, "旧名单");
        worksheet_write_string(old, 0, 0, "作废", NULL);
        worksheet_hide(old);
    }
    return workbook_close(book) == LXW_NO_ERROR ? NULL : err_new(w->a, ERR_DISK, "file.write", VALUES({ "path", str_of(path) }));
}

static err *make_list(world *w, int i)
{
    list l = { 0 };
    choose_habits(w, &l, i);
    int left = PEOPLE - w->used, lists = LISTS - i, mean = left / lists;
    int count = lists == 1 ? left + 60 : mean / 2 + (int)luck_below(&w->luck, (uint32_t)mean + 1);
    fill_list(w, &l, count);
    return l.shape == XLSX ? write_xlsx(w, &l) : write_text(w, &l, l.shape == CSV || l.shape == CSV_GB18030 ? ',' : '\t');
}

static err *make_all(world *w)
{
    make_people(w);
    w->truth = text_begin(w->a);
    text_put_z(&w->truth, "file,sheet,row,person,name,phone,agency,branch,address,dirt\n");
    for (int i = 0; i < LISTS; i++)
        TRY(make_list(w, i));
    return file_write(w->a, text_format(w->a, "%s/truth.csv", w->dir).at, text_done(&w->truth));
}

int main(int argc, char **argv)
{
    int64_t seed = 1;
    arena *a = arena_open(NULL, MEMORY_MAX_BYTES);
    world *w = arena_new(a, world);
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!strcmp(argv[i], "-o"))
            w->dir = argv[i + 1];
        else if (strcmp(argv[i], "--seed") || !str_int(str_of(argv[i + 1]), 0, INT64_MAX, &seed))
            w->dir = NULL;
    }
    if (!w->dir) {
        fprintf(stderr, "lists -o DIR [--seed N]\n");
        return 2;
    }
    w->a = a;
    w->luck = luck_of((uint64_t)seed);
    err *e = make_all(w);
    if (e)
        fprintf(stderr, "%s\n", e->message);
    arena_close(a);
    return e ? 1 : 0;
}
