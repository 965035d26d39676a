#include "world.h"

#include "base/text.h"
#include "view/view.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

str must(app *p, const char *command, const named *args)
{
    str result = { 0 };
    check_ok(database_command(p, command, 0, NULL, args, &result));
    return result;
}

str field(str json, const char *name, size_t index)
{
    json_t *j = json_loadb(json.at, json.len, 0, NULL);
    json_t *v = json_object_get(j, name);
    if (json_is_array(v))
        v = json_array_get(v, index);
    assert_true(json_is_string(v));
    str s = str_copy(check_arena(), str_of(json_string_value(v)));
    json_decref(j);
    return s;
}

static str id_in(app *p, const char *name, size_t row)
{
    rows r = { 0 };
    check_ok(view_run(app_store(p), check_arena(), view_find(str_of(name)), NULL, 0, 0, &r));
    assert_true(row < r.count);
    return text_format(check_arena(), "%lld", (long long)rows_int(&r, row, "id"));
}

static str import_need(app *p, str team, str post, str shift, const char *day, long long at, int min)
{
    return field(must(p, "need.import",
                      ROWS("[{\"team\":\"%s\",\"post\":\"%s\",\"shift\":\"%s\",\"starts_on\":\"%s\",\"starts_at\":%lld,"
                           "\"ends_at\":%lld,\"min\":%d,\"target\":2,\"limit\":2}]",
                           team.at, post.at, shift.at, day, at, at + 14400000, min)),
                 "ids", 0);
}

static str import_post(app *p, str team, const char *name)
{
    return field(must(p, "post.import", ROWS("[{\"team\":\"%s\",\"name\":\"%s\",\"kind\":\"gate\",\"outdoor\":true}]",
                                             team.at, name)), "ids", 0);
}

world world_build(const char *url)
{
    world w = { .p = database_app(url) };
    app *p = w.p;
    w.operation = field(must(p, "operation.open", NAMED({ "title", T("Weekend") }, { "zone", T("Asia/Shanghai") })), "id", 0);
    must(p, "division.import", NAMED({ "rows", T(DIVISIONS) }));
    str people = must(p, "person.import", NAMED({ "rows", T(PEOPLE) }));
    for (size_t i = 0; i < 3; i++) {
        w.person[i] = field(people, "ids", i);
        must(p, "placement.record",
             ROWS("[{\"person\":\"%s\",\"community_code\":\"32030300100%d\",\"state\":\"placed\",\"reasons\":\"exact\"}]",
                  w.person[i].at, i == 2 ? 2 : 1));
    }
    must(p, "team.form", NAMED({ "operation", V_TEXT(w.operation) }));
    w.team = id_in(p, "team", 0);
    w.other = id_in(p, "team", 1);
    w.post = import_post(p, w.team, "Gate");
    w.shift = field(must(p, "shift.import",
                         ROWS("[{\"operation\":\"%s\",\"name\":\"Day\",\"kind\":\"day\",\"start_minute\":480,"
                              "\"end_minute\":720}]", w.operation.at)), "ids", 0);
    for (int i = 0; i < 2; i++)
        w.need[i] = import_need(p, w.team, w.post, w.shift, i ? "2020-02-08" : "2020-02-07",
                                (DATABASE_NOW + 86400LL * (i + 1)) * 1000, 1);
    return w;
}

void world_double(world *w)
{
    w->posts[0] = w->post;
    w->needs[0] = w->need[0];
    w->posts[1] = import_post(w->p, w->other, "G");
    w->needs[1] = import_need(w->p, w->other, w->posts[1], w->shift, "2020-02-07", (DATABASE_NOW + 86400LL) * 1000, 1);
    for (int i = 0; i < 2; i++)
        w->rosters[i] = field(must(w->p, "roster.draft",
                                   NAMED({ "team", V_TEXT(i ? w->other : w->team) }, { "from_on", T("2020-02-07") },
                                         { "to_on", T("2020-02-07") }, { "lines", T("[]") })), "id", 0);
}

static void fill_team(world *w, int other)
{
    const str team = other ? w->other : w->team, person = w->person[other ? 2 : 0];
    app *p = w->p;
    str lines = text_format(check_arena(), "[{\"need\":\"%s\",\"person\":\"%s\",\"lead\":1}]", w->needs[other].at, person.at);
    str gaps = text_format(check_arena(), "[{\"need\":\"%s\",\"missing\":1,\"explanation\":\"e\"}]", w->needs[other].at);
    must(p, "roster.draft", NAMED({ "team", V_TEXT(team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-07") },
                                  { "lines", V_TEXT(lines) }, { "gaps", V_TEXT(gaps) }));
    must(p, "roster.publish", NAMED({ "roster", V_TEXT(w->rosters[other]) }));
    must(p, "care_rule.set", NAMED({ "person", V_TEXT(person) }, { "rule", T("no_night") }, { "value", V_INT(1) }));
    must(p, "availability.import", ROWS("[{\"person\":\"%s\",\"starts_at\":1,\"ends_at\":2,\"level\":\"cannot\"}]", person.at));
    must(p, "team.propose", ROWS("[{\"team\":\"%s\",\"office\":\"leader\",\"person\":\"%s\",\"reason\":\"r\"}]", team.at, person.at));
    must(p, "team.confirm", NAMED({ "team", V_TEXT(team) }, { "leader", V_TEXT(person) }));
    must(p, "compound.import", ROWS("[{\"community_code\":\"32030300100%d\",\"kind\":\"compound\",\"name\":\"Sun\"}]", other + 1));
}

void world_fill(world *w)
{
    app *p = w->p;
    world_double(w);
    fill_team(w, 0);
    fill_team(w, 1);
    must(p, "setting.set", NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%s", w->operation.at)) },
                                   { "name", T("roster.rest_hours") }, { "value", T("8") }));
    must(p, "person_pair.set", NAMED({ "operation", V_TEXT(w->operation) }, { "a", V_TEXT(w->person[0]) },
                                     { "b", V_TEXT(w->person[1]) }, { "kind", T("apart") }));
    must(p, "placement.settle", NAMED({ "text_key", T("somewhere") }, { "outside", T("1") }));
    str queued = field(must(p, "person.import", ROWS("[{\"name\":\"Qian\",\"phone\":\"13800000009\",\"org\":[\"Bureau\",\"One\"],"
                                                     "\"address\":\"nowhere\",\"skills\":[\"medic\"]}]")), "ids", 0);
    must(p, "post.import", ROWS("[{\"team\":\"%s\",\"name\":\"Clinic\",\"kind\":\"desk\",\"skills\":[\"medic\"]},"
                                "{\"team\":\"%s\",\"name\":\"Clinic\",\"kind\":\"desk\",\"skills\":[\"medic\"]}]",
                                w->team.at, w->other.at));
    must(p, "placement.record", ROWS("[{\"person\":\"%s\",\"state\":\"queued\",\"reasons\":\"unknown\"}]", queued.at));
    must(p, "column_choice.put", NAMED({ "kind", T("people") }, { "header_key", T("00112233445566778899aabbccddeeff") },
                                       { "rows", T("[{\"label\":\"Tel\",\"field\":\"phone\"}]") }));
    must(p, "person.import", ROWS("[{\"name\":\"Qian2\",\"phone\":\"13800000009\",\"org\":[\"Bureau\",\"One\"]}]"));
    str merge = field(must(p, "person.merge", NAMED({ "kept", V_TEXT(queued) }, { "merged", V_TEXT(w->person[1]) })), "id", 0);
    must(p, "person.unmerge", NAMED({ "merge", V_TEXT(merge) }));
    str undone = field(must(p, "import.begin", NAMED({ "kind", T("orgs") }, { "file_hash", T("undone") })), "id", 0);
    must(p, "org.import", NAMED({ "import", V_TEXT(undone) }, { "rows", T("[{\"path\":[\"Zoo\"]}]") }));
    must(p, "org.import", ROWS("[{\"path\":[\"Zoo\",\"Cats\"]}]"));
    must(p, "import.undo", NAMED({ "import", V_TEXT(undone) })); /* the zoo is in use, and stays */
    w->import = field(must(p, "import.begin", NAMED({ "kind", T("people") }, { "file_hash", T("abc") })), "id", 0);
    must(p, "import.rows", NAMED({ "import", V_TEXT(w->import) },
                                 { "rows", T("[{\"row_no\":1,\"cells\":[\"a\"],\"verdict\":\"ready\"}]") }));
}

void world_grant(world *w, int64_t person, const char *role, const char *scope)
{
    named args[] = { { "person", V_INT(person) }, { "role", T(role) }, { "scope", T(scope) }, { 0 }, { 0 } };
    if (strcmp(scope, "division") == 0)
        args[3] = (named){ "division", T("320303001001") };
    if (strcmp(scope, "team") == 0)
        args[3] = (named){ "team", V_TEXT(w->team) };
    if (strcmp(scope, "org") == 0)
        args[3] = (named){ "org", V_TEXT(id_in(w->p, "org", 1)) };
    must(w->p, "role_grant.add", args);
}

int64_t world_actor(world *w, const char *role, const char *scope)
{
    static int count; /* a number of their own, so that two of one role are two people */
    str id = field(must(w->p, "person.import", ROWS("[{\"name\":\"%s\",\"phone\":\"139%08d\"}]", role ? role : "nobody",
                                                    ++count)), "ids", 0);
    if (role)
        world_grant(w, atoll(id.at), role, scope);
    return atoll(id.at);
}
