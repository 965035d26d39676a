#include "base/embed.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/demo.h"

/* The city: the real division table, and people, agencies and compounds that nobody has ever met. */
enum { AGENCIES = 25, COMPOUNDS = 3, BRANCHES = 2, DIVISION_COLUMNS = 6, UNKNOWN_IN = 20, UNKNOWN_PEOPLE = 6 };
#define UNKNOWN_PLACE "北辰嘉园"

static const char *const agencies[AGENCIES] = {
    "市中级法院", "市水务局", "市交通运输局", "市农业农村局", "市图书馆", "市公路事业中心", "市教育局", "市审计局", "市气象局",
    "市档案馆", "市园林管理中心", "市城建公司", "市公交公司", "市热力公司", "市数据中心", "市财政局", "市统计局", "市司法局",
    "市体育局", "市文化馆", "市博物馆", "市规划院", "市质检院", "市供销社", "市人防办",
};
static const char *const branches[BRANCHES] = { "第一支部", "第二支部" };
static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪";
static const char given[] =
    "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国文辉玲红玉兰春梅海燕志宏晓东雪松思远佳宁子涵雨桐浩然欣怡俊博雅芳莉云飞";
static const char compound_signs[] = "松涛青禾和悦柳岸锦澜银杏春晓宁书香知行桐荫静宜望岳暖阳石榴福泽云岫枫晚碧山语晨曦霞光";
static const char *const compound_endings[] = { "花园", "小区", "雅苑", "新村", "家园" };

static str sign_of(demo *d, const char *signs)
{
    str s = str_of(signs);
    return str_part(s, (size_t)demo_luck(d, (uint32_t)(s.len / 3)) * 3, 3); /* all take three bytes */
}

str demo_name(demo *d)
{
    for (;;) {
        str family = sign_of(d, surnames), first = sign_of(d, given), second = sign_of(d, given);
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

/* -- divisions ---------------------------------------------------------------------------------------------- */
static void put_pair(json *j, const char *key, str s)
{
    json_key(j, key);
    json_str(j, s);
}

static void put_division(json *j, map *seen, str code, str name, const char *level, str parent)
{
    if (map_get(seen, code, NULL))
        return;
    map_put(seen, code, 1);
    json_open(j, '{');
    put_pair(j, "code", code);
    put_pair(j, "name", name);
    put_pair(j, "level", str_of(level));
    if (parent.len)
        put_pair(j, "parent_code", parent);
    json_close(j, '}');
}

/* Every fourth community of the two districts in the middle of the town. */
static void choose(demo *d, const str *cell, size_t *met, size_t *chosen)
{
    bool inner = str_is(cell[4], "320303") || str_is(cell[4], "320311");
    if (inner && (*met)++ % 4 == 0 && *chosen < DEMO_TEAMS)
        d->teams[(*chosen)++] = (demo_team){ .code = cell[0], .name = cell[1] };
}

static err *import_divisions(demo *d)
{
    str rest = { embedded_data[0].text, embedded_data[0].length }, line;
    map *seen = map_new(d->a);
    text t = text_begin(d->a);
    json j = json_begin(&t);
    size_t met = 0, chosen = 0;
    str_split(&rest, '\n', &line); /* the headers */
    json_open(&j, '[');
    while (str_split(&rest, '\n', &line) && line.len) {
        str cell[DIVISION_COLUMNS] = { 0 };
        line = str_trim(line);
        for (size_t i = 0; i < DIVISION_COLUMNS; i++)
            str_split(&line, ',', &cell[i]);
        put_division(&j, seen, cell[4], cell[5], "district", STR(""));
        put_division(&j, seen, cell[2], cell[3], "subdistrict", cell[4]);
        put_division(&j, seen, cell[0], cell[1], "community", cell[2]);
        choose(d, cell, &met, &chosen);
    }
    json_close(&j, ']');
    return demo_rows(d, "division.import", text_done(&t), NULL);
}

static err *import_compounds(demo *d)
{
    int64_t ids[DEMO_TEAMS * COMPOUNDS];
    map *seen = map_new(d->a);
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < COUNT(ids); i++) {
        str first, second, name;
        do {
            first = sign_of(d, compound_signs);
            second = sign_of(d, compound_signs);
            name = text_format(d->a, "%.*s%.*s%s", STR_ARG(first), STR_ARG(second),
                               compound_endings[demo_luck(d, COUNT(compound_endings))]);
        } while (map_get(seen, name, NULL));
        map_put(seen, name, 1);
        json_open(&j, '{');
        put_pair(&j, "community_code", d->teams[i / COMPOUNDS].code);
        put_pair(&j, "kind", STR("compound"));
        put_pair(&j, "name", name);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "compound.import", text_done(&t), ids));
    for (size_t i = 0; i < COUNT(ids); i++)
        d->teams[i / COMPOUNDS].compounds[i % COMPOUNDS] = ids[i];
    return NULL;
}

/* -- people --------------------------------------------------------------------------------------------------- */
/* One branch of 34 has a liaison who will reach 33; all others are about half as large. */
static void make_people(demo *d)
{
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        demo_person *p = &d->people[i];
        bool special = i < DEMO_LIAISON_BRANCH;
        p->agency = special ? 1 : i % AGENCIES;
        p->branch = special ? 0 : p->agency == 1 ? 1 : i / AGENCIES % BRANCHES;
        p->name = demo_name(d);
        p->phone = demo_phone(d);
        p->compound = demo_luck(d, COMPOUNDS);
    }
}

/* The first court people lead a team each; then one place is large, and the rest live everywhere. */
static void settle_people(demo *d)
{
    size_t order[DEMO_PEOPLE], court = 0, large = 0, others = 0;
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
            p->community = court++;
        else if (large < DEMO_LARGE_TEAM - 1)
            p->community = 0, large++;
        else
            p->community = 1 + others++ % (DEMO_TEAMS - 1);
        demo_team *t = &d->teams[p->community];
        if (!t->leader && (p->agency == 0) == (p->community < DEMO_COURT_LEADERS)) {
            t->leader = p;
            p->must = true;
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
        put_pair(&j, "name", p->name);
        put_pair(&j, "phone", p->phone);
        put_pair(&j, "work_unit", str_of(agencies[p->agency]));
        json_key(&j, "org");
        json_open(&j, '[');
        json_str(&j, str_of(agencies[p->agency]));
        json_str(&j, str_of(branches[p->branch]));
        json_close(&j, ']');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "person.import", text_done(&t), ids));
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        d->people[i].id = ids[i];
    return NULL;
}

/* Some wrote a name nobody knows; the secretary of the community says whose it is. */
static void put_place(demo *d, json *j, const demo_person *p, bool queued)
{
    const demo_team *at = &d->teams[p->community];
    put_pair(j, "state", queued ? STR("queued") : STR("placed"));
    if (queued) {
        put_pair(j, "text_key", STR(UNKNOWN_PLACE));
        put_pair(j, "reasons", words_get(d->a, d->lang, "place.unknown_compound", NULL));
        put_pair(j, "suggested_code", at->code);
        return;
    }
    put_pair(j, "community_code", at->code);
    put_pair(j, "compound", text_format(d->a, "%lld", (long long)at->compounds[p->compound]));
}

static err *place_people(demo *d)
{
    size_t queued = 0;
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        const demo_person *p = &d->people[i];
        bool unknown = p->community == UNKNOWN_IN && queued < UNKNOWN_PEOPLE;
        queued += unknown;
        json_open(&j, '{');
        put_pair(&j, "person", text_format(d->a, "%lld", (long long)p->id));
        put_place(d, &j, p, unknown);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "placement.record", text_done(&t), NULL));
    d->now = demo_at(d, 0, 10, 30);
    return demo_run(d, "placement.settle", NAMED({ "text_key", DEMO_T(UNKNOWN_PLACE) },
                                                 { "community_code", V_TEXT(d->teams[UNKNOWN_IN].code) }), NULL);
}

/* -- who speaks for a branch ------------------------------------------------------------------------------ */
static err *name_liaisons(demo *d)
{
    rows r = { 0 };
    int64_t org[DEMO_PEOPLE] = { 0 }, liaison[AGENCIES][BRANCHES] = { 0 };
    TRY(demo_view(d, "person", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < DEMO_PEOPLE; k++)
            if (d->people[k].id == rows_int(&r, i, "id"))
                org[k] = rows_int(&r, i, "org_id");
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        demo_person *p = &d->people[i];
        int64_t *of = &liaison[p->agency][p->branch];
        p->org = org[i];
        if (!*of) {
            *of = p->id;
            p->must = true;
            TRY(demo_run(d, "role_grant.add", NAMED({ "person", V_INT(p->id) }, { "role", DEMO_T("liaison") },
                                                    { "scope", DEMO_T("org") }, { "org", V_INT(p->org) }), NULL));
        }
        p->liaison = *of;
    }
    d->liaison = d->people[0].id;
    return NULL;
}

static err *name_commanders(demo *d)
{
    int64_t ids[2];
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < COUNT(ids); i++) {
        json_open(&j, '{');
        put_pair(&j, "name", demo_name(d));
        put_pair(&j, "phone", demo_phone(d));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "person.import", text_done(&t), ids));
    d->drafter = ids[0];
    d->releaser = ids[1];
    for (size_t i = 0; i < COUNT(ids); i++)
        TRY(demo_run(d, "role_grant.add", NAMED({ "person", V_INT(ids[i]) }, { "role", DEMO_T("commander") },
                                                { "scope", DEMO_T("all") }), NULL));
    return NULL;
}

err *demo_city(demo *d)
{
    d->now = demo_at(d, 0, 9, 0);
    TRY(demo_run_id(d, "operation.open",
                    NAMED({ "title", V_TEXT(words_get(d->a, d->lang, "demo.operation", NULL)) }, { "zone", DEMO_T("Asia/Shanghai") }),
                    &d->operation));
    TRY(import_divisions(d));
    TRY(import_compounds(d));
    make_people(d);
    settle_people(d);
    TRY(import_people(d));
    TRY(place_people(d));
    TRY(name_liaisons(d));
    return name_commanders(d);
}
