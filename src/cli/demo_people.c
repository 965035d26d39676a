#include "base/text.h"
#include "cli/demo.h"
#include "cli/plan.h"

/* People, agencies and addresses as they write them: made up, every one. */
enum { UNKNOWN_PEOPLE = 6, OLD_PEOPLE = 4, OUTSIDE_PEOPLE = 2, UNKNOWN_IN = 20, OLD_IN = 31, OUTSIDE_IN = 40, SMALL_PEOPLE = 6, MEDIC_IN = 1 };
#define NOWHERE DEMO_TEAMS /* a home in none of the communities */

const char *const demo_agencies[DEMO_AGENCIES] = {
    "市中级法院", "市水务局", "市交通运输局", "市农业农村局", "市图书馆", "市公路事业中心", "市教育局", "市审计局", "市气象局",
    "市档案馆", "市园林管理中心", "市城建公司", "市公交公司", "市热力公司", "市数据中心", "市财政局", "市统计局", "市司法局",
    "市体育局", "市文化馆", "市博物馆", "市规划院", "市质检院", "市供销社", "市人防办",
};
static const char *const branches[DEMO_BRANCHES] = { "第一支部", "第二支部" };
static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪";
static const char given[] =
    "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国文辉玲红玉兰春梅海燕志宏晓东雪松思远佳宁子涵雨桐浩然欣怡俊博雅芳莉云飞";
str demo_sign_of(demo *d, const char *signs)
{
    str s = str_of(signs);
    return str_part(s, (size_t)demo_luck(d, (uint32_t)(s.len / 3)) * 3, 3); /* all take three bytes */
}

str demo_name(demo *d)
{
    for (;;) {
        str family = demo_sign_of(d, surnames), first = demo_sign_of(d, given), second = demo_sign_of(d, given);
        str name = text_format(d->a, "%.*s%.*s%.*s", STR_ARG(family), STR_ARG(first), STR_ARG(second));
        if (map_get(d->names, name, NULL))
            continue;
        map_put(d->names, name, 1);
        return name;
    }
}

/* No two alike: the number of names so far stands in it. */
str demo_phone(demo *d)
{
    return text_format(d->a, "139%08zu", map_count(d->names));
}

/* One branch of 34 has a liaison who will reach 33; all others are about half as large. */
static void make_people(demo *d)
{
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        demo_person *p = &d->people[i];
        bool special = i < DEMO_LIAISON_BRANCH;
        p->agency = special ? 1 : i % DEMO_AGENCIES;
        p->branch = special ? 0 : p->agency == 1 ? 1 : i / DEMO_AGENCIES % DEMO_BRANCHES;
        p->name = demo_name(d);
        p->phone = demo_phone(d);
    }
}

/* In turn, but for the small community, which is soon full. */
static size_t next_home(size_t *others, size_t *small)
{
    size_t home = 1 + (*others)++ % (DEMO_TEAMS - 1);
    if (home == DEMO_SMALL && (*small)++ >= SMALL_PEOPLE)
        home = 1 + (*others)++ % (DEMO_TEAMS - 1);
    return home;
}

/* The first court people are spread, so that each can lead a team; one place is large, and the rest live everywhere. */
static void settle_people(demo *d)
{
    size_t order[DEMO_PEOPLE], court = 0, large = 0, others = 0, small = 0;
    bool led[DEMO_TEAMS] = { false };
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        order[i] = i;
    for (size_t i = DEMO_PEOPLE - 1; i; i--) {
        size_t k = demo_luck(d, (uint32_t)i + 1), kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        demo_person *p = &d->people[order[i]];
        if (p->agency == 0 && court < DEMO_COURT_LEADERS)
            p->home = court++;
        else if (large < DEMO_LARGE_TEAM - 1)
            p->home = 0, large++;
        else
            p->home = next_home(&others, &small);
        if (!led[p->home] && (p->agency == 0) == (p->home < DEMO_COURT_LEADERS))
            led[p->home] = p->must = true;
    }
}

/* Somebody who lives there and is not spoken for; he will answer that he can. */
static demo_person *cast(demo *d, size_t home)
{
    size_t i = 0;
    while (d->people[i].home != home || d->people[i].must)
        i++;
    d->people[i].must = true;
    return &d->people[i];
}

static void cast_people(demo *d)
{
    d->medic = cast(d, MEDIC_IN);
    d->medic->skill = DEMO_MEDIC;
    d->spouse = cast(d, MEDIC_IN);
    d->careful = cast(d, MEDIC_IN);
    d->owl = cast(d, 0);
    for (size_t i = 0; i + 2 < SMALL_PEOPLE; i++)
        cast(d, DEMO_SMALL);
}

/* -- addresses ---------------------------------------------------------------------------------------------------- */
/* Most write their compound, some the whole way to it. */
static str address_of(demo *d, const demo_person *p)
{
    const demo_team *at = &d->teams[p->home];
    str compound = d->plan->compounds.at[p->home * DEMO_COMPOUNDS + demo_luck(d, DEMO_COMPOUNDS)].name;
    int house = 1 + (int)demo_luck(d, 18), door = 1 + (int)demo_luck(d, 4), room = 101 + (int)demo_luck(d, 5) * 100;
    uint32_t roll = demo_luck(d, 100);
    if (roll < 35)
        return text_format(d->a, "徐州市%.*s%.*s%.*s%d号楼%d单元%d室", STR_ARG(at->district), STR_ARG(at->subdistrict),
                           STR_ARG(compound), house, door, room);
    if (roll < 80)
        return text_format(d->a, "%.*s%d-%d-%d", STR_ARG(compound), house, door, room);
    return text_format(d->a, "%.*s%.*s %.*s %d栋", STR_ARG(at->subdistrict), STR_ARG(at->name), STR_ARG(compound), house);
}

/* Names nobody has in a table, and homes in another city: somebody will have to decide. */
static void write_addresses(demo *d)
{
    static const struct { size_t home, count; const char *name; } odd[] = {
        { UNKNOWN_IN, UNKNOWN_PEOPLE, "北辰嘉园" }, { OLD_IN, OLD_PEOPLE, "机械厂老宿舍" }, { OUTSIDE_IN, OUTSIDE_PEOPLE, "宿迁市宿城区河滨花园" },
    };
    size_t written[COUNT(odd)] = { 0 };
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        demo_person *p = &d->people[i];
        p->address = address_of(d, p);
        for (size_t k = 0; k < COUNT(odd); k++) {
            if (p->home != odd[k].home || p->must || written[k] == odd[k].count)
                continue;
            p->address = text_format(d->a, "%s%zu号楼", odd[k].name, ++written[k]);
            if (odd[k].home == OUTSIDE_IN)
                p->home = NOWHERE;
        }
    }
}

static err *import_people(demo *d)
{
    int64_t ids[DEMO_PEOPLE];
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        const demo_person *p = &d->people[i];
        json_open(&j, '{');
        demo_put(&j, "name", p->name);
        demo_put(&j, "phone", p->phone);
        demo_put(&j, "address", p->address);
        demo_put(&j, "work_unit", str_of(demo_agencies[p->agency]));
        if (p->skill) {
            json_key(&j, "skills");
            json_open(&j, '[');
            json_str(&j, str_of(p->skill));
            json_close(&j, ']');
        }
        json_key(&j, "org");
        json_open(&j, '[');
        json_str(&j, str_of(demo_agencies[p->agency]));
        json_str(&j, str_of(branches[p->branch]));
        json_close(&j, ']');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "person.import", text_done(&t), ids));
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        d->people[i].id = ids[i];
        map_put(d->person_index, text_format(d->a, "%lld", (long long)ids[i]), (int64_t)i);
    }
    return NULL;
}

/* The branch each stands in, as the list made it. */
static err *read_orgs(demo *d)
{
    rows r = { 0 };
    TRY(demo_view(d, "person", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        demo_person *p = demo_person_of(d, rows_int(&r, i, "id"));
        if (p)
            p->org = rows_int(&r, i, "org_id");
    }
    return NULL;
}

err *demo_people(demo *d)
{
    d->now = demo_at(d, 0, 9, 20);
    make_people(d);
    settle_people(d);
    cast_people(d);
    write_addresses(d);
    TRY(import_people(d));
    return read_orgs(d);
}
