#include "world.h"

#include "base/text.h"
#include "base/file.h"
#include "command/audit.h"
#include "command/command.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t count_of(app *p, const char *name, const named *args)
{
    int64_t n = -1;
    const view *v = view_find(str_of(name));
    assert_non_null(v);
    check_ok(view_count(app_store(p), check_arena(), v, args, 0, &n));
    return n;
}

static void importing_twice_changes_nothing(const char *url)
{
    app *p = database_app(url);
    must(p, "division.import", NAMED({ "rows", T(DIVISIONS) }));
    check_str(must(p, "division.import", NAMED({ "rows", T(DIVISIONS) })), "{\"added\":0,\"changed\":0,\"same\":4}");
    must(p, "person.import", NAMED({ "rows", T(PEOPLE) }));
    str again = must(p, "person.import", NAMED({ "rows", T(PEOPLE) }));
    assert_true(str_starts(again, STR("{\"added\":0,\"changed\":0,\"same\":3,")));
    const char *compound = "[{\"community_code\":\"320303001001\",\"kind\":\"compound\",\"name\":\"Sun\",\"aliases\":[\"S\"],"
                           "\"ranges\":[{\"from\":1,\"to\":9,\"side\":\"odd\"}]}]";
    must(p, "compound.import", NAMED({ "rows", T(compound) }));
    again = must(p, "compound.import", NAMED({ "rows", T(compound) }));
    assert_true(str_starts(again, STR("{\"added\":0,\"changed\":0,\"same\":1,")));
    must(p, "org.import", NAMED({ "rows", T("[{\"path\":[\"Bureau\",\"One\"]},{\"path\":[\"Bureau\",\"Three\"]}]") }));
    assert_int_equal(count_of(p, "org", NULL), 4);
}

static void a_moved_division_moves_all_below(const char *url)
{
    app *p = database_app(url);
    must(p, "division.import", NAMED({ "rows", T(DIVISIONS) }));
    must(p, "division.import",
         NAMED({ "rows", T("[{\"code\":\"320304\",\"name\":\"Gulou\",\"level\":\"district\"},"
                           "{\"code\":\"320303001\",\"name\":\"Pengcheng\",\"level\":\"subdistrict\",\"parent_code\":\"320304\"}]") }));
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), check_arena(), &t));
    check_ok(store_query_text(t, check_arena(), "above",
                              STR("SELECT above_code FROM division_above WHERE code = '320303001001' ORDER BY 1"), NULL, 0,
                              NULL, &r));
    store_read_end(t);
    assert_int_equal(r.count, 3);
    check_str(rows_text(&r, 2, "above_code"), "320304");
}

static void a_key_brings_back_the_first_result(const char *url)
{
    app *p = database_app(url);
    str one, two;
    const named *args = NAMED({ "title", T("A") }, { "zone", T("Asia/Shanghai") });
    check_ok(database_command(p, "operation.open", 0, "k", args, &one));
    check_ok(database_command(p, "operation.open", 0, "k", args, &two));
    check_str(two, one.at);
    assert_int_equal(count_of(p, "operation", NULL), 1);
    check_err(database_command(p, "operation.open", 0, "k", NAMED({ "title", T("B") }, { "zone", T("Asia/Shanghai") }), NULL),
              ERR_KEY_REUSED, "command.key_reused");
    check_ok(database_command(p, "division.import", 0, "p", NAMED({ "rows", T(DIVISIONS) }), &one));
    check_ok(database_command(p, "division.import", 0, "p", NAMED({ "rows", T(DIVISIONS) }), &two));
    check_str(two, one.at);
}

static void every_bad_argument_is_named(const char *url)
{
    app *p = database_app(url);
    err *e = database_command(p, "operation.open", 0, NULL, NAMED({ "title", T("A") }), NULL);
    check_err(e, ERR_INPUT, "command.bad.missing");
    check_str(words_err(check_arena(), WORDS_EN, e), "\"Zone\" is missing.");
    e = database_command(p, "need.copy", 0, NULL, NAMED({ "team", T("x") }, { "from_on", T("2020-02-30") }), NULL);
    check_err(e, ERR_INPUT, "command.bad.many");
    e = database_command(p, "person.import", 0, NULL, NAMED({ "rows", T("[{\"name\":\"A\",\"phone\":\"abc\"}]") }), NULL);
    check_err(e, ERR_INPUT, "command.bad.phone");
    check_str(words_err(check_arena(), WORDS_EN, e), "\"Phone\" in row 1 is not a phone number.");
    check_err(database_command(p, "person.import", 0, NULL, NAMED({ "rows", T("{") }), NULL), ERR_INPUT, "command.bad.rows");
    check_err(database_command(p, "no.such", 0, NULL, NULL, NULL), ERR_USAGE, "command.unknown");
}

static void audit_holds_nothing_private(const char *url)
{
    world w = world_build(url);
    rows r = { 0 };
    check_ok(view_run(app_store(w.p), check_arena(), view_find(STR("audit")), NULL, 0, 0, &r));
    for (size_t i = 0; i < r.count; i++) {
        assert_true(str_find(rows_text(&r, i, "body"), STR("13800000001")) < 0);
        assert_true(str_find(rows_text(&r, i, "body"), STR("Wang")) < 0);
    }
}

static int64_t publish(world *w, const char *lines, const char *what)
{
    str id = field(must(w->p, "roster.draft",
                        NAMED({ "team", V_TEXT(w->team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-08") },
                              { "lines", T(lines) }, { "cost", T("[0,0]") }, { "steps", V_INT(5) })), "id", 0);
    str r = must(w->p, "roster.publish", NAMED({ "roster", V_TEXT(id) }));
    json_t *j = json_loadb(r.at, r.len, 0, NULL);
    int64_t n = json_integer_value(json_object_get(j, what));
    json_decref(j);
    return n;
}

static err *excuse(store_work *w, store_txn *t, arena *a)
{
    (void)w;
    return store_query_text(t, a, "excuse", STR("UPDATE duty SET state = 'excused', seat = NULL WHERE lead = 1"), NULL, 0,
                            NULL, NULL);
}

static void publishing_keeps_duties_and_what_changed_by_hand(const char *url)
{
    world w = world_build(url);
    arena *a = check_arena();
    const char *both = text_format(a, "[{\"need\":\"%s\",\"person\":\"%s\",\"lead\":1},{\"need\":\"%s\",\"person\":\"%s\"}]",
                                   w.need[0].at, w.person[0].at, w.need[0].at, w.person[1].at).at;
    const char *one = text_format(a, "[{\"need\":\"%s\",\"person\":\"%s\",\"lead\":1}]", w.need[0].at, w.person[0].at).at;
    CASE("first");
    assert_int_equal(publish(&w, both, "added"), 2);
    CASE("again the same");
    assert_int_equal(publish(&w, both, "kept"), 2);
    assert_int_equal(count_of(w.p, "roster_duty", NULL), 2);
    CASE("one goes");
    assert_int_equal(publish(&w, one, "removed"), 1);
    CASE("and comes back");
    assert_int_equal(publish(&w, both, "added"), 1);
    CASE("an excuse survives");
    store_work work = { .run = excuse };
    check_ok(store_submit_wait(app_store(w.p), a, &work));
    assert_int_equal(publish(&w, both, "conflicts"), 1);
    assert_int_equal(count_of(w.p, "roster_duty", NULL), 1);
    CASE("a published one is no draft");
    rows r = { 0 };
    check_ok(view_run(app_store(w.p), a, view_find(STR("roster")), NULL, 0, 0, &r));
    assert_int_equal(r.count, 5);
    check_str(rows_text(&r, 0, "state"), "published");
    check_str(rows_text(&r, 1, "state"), "superseded");
    check_err(database_command(w.p, "roster.publish", 0, NULL, NAMED({ "roster", *rows_at(&r, 0, "id") }), NULL),
              ERR_CONFLICT, "roster.not_draft");
}

static void a_change_of_lead_alone_is_told(const char *url)
{
    world w = world_build(url);
    for (int lead = 0; lead < 2; lead++)
        assert_int_equal(publish(&w, text_format(check_arena(), "[{\"need\":\"%s\",\"person\":\"%s\",\"lead\":%d},{\"need\":\"%s\",\"person\":\"%s\",\"lead\":%d}]",
            w.need[0].at, w.person[0].at, lead, w.need[0].at, w.person[1].at, !lead).at, lead ? "leads" : "added"), 2);
    rows r = { 0 };
    check_ok(view_run(app_store(w.p), check_arena(), view_find(STR("roster_change")), NAMED({ "team", V_TEXT(w.team) }), 0, 0, &r));
    assert_int_equal(r.count, 2);
    check_str(rows_text(&r, 0, "change"), "leads");
    check_str(rows_text(&r, 1, "change"), "leads_no_more");
    check_ok(view_run(app_store(w.p), check_arena(), view_find(STR("roster")), NAMED({ "team", V_TEXT(w.team) }), 0, 0, &r));
    const named *first = NAMED({ "roster", *rows_at(&r, 1, "id") });
    assert_int_equal(count_of(w.p, "roster_change", first), 2); /* what the first version said still stands */
}

static void a_draft_holds_its_own_team_alone(const char *url)
{
    world w = world_build(url);
    named args[] = { { "team", V_TEXT(w.other) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-08") },
                     { "lines", V_TEXT(text_format(check_arena(), "[{\"need\":\"%s\",\"person\":\"%s\"}]", w.need[0].at,
                                                   w.person[2].at)) }, { 0 } };
    check_err(database_command(w.p, "roster.draft", 0, NULL, args, NULL), ERR_INPUT, "roster.not_ours");
    args[0].value = V_TEXT(w.team); /* the need is ours now, the person is not */
    check_err(database_command(w.p, "roster.draft", 0, NULL, args, NULL), ERR_INPUT, "roster.not_ours");
}

static void needs_are_copied_with_their_seats(const char *url)
{
    world w = world_build(url);
    const named *args = NAMED({ "team", V_TEXT(w.team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-09") });
    check_str(must(w.p, "need.copy", args), "{\"added\":1}");
    check_str(must(w.p, "need.copy", args), "{\"added\":0}");
    assert_int_equal(count_of(w.p, "need", NULL), 3);
}

static void a_file_applied_already_is_the_same(const char *url)
{
    app *p = database_app(url);
    const named *args = NAMED({ "kind", T("people") }, { "file_hash", T("abc") });
    str id = field(must(p, "import.begin", args), "id", 0);
    must(p, "import.rows", NAMED({ "import", V_TEXT(id) },
                                 { "rows", T("[{\"row_no\":1,\"cells\":[\"a\"],\"verdict\":\"ready\"}]") }));
    CASE("broken off, and taken up again");
    check_str(must(p, "import.begin", args), text_format(check_arena(), "{\"id\":\"%s\",\"same\":false}", id.at).at);
    must(p, "import.rows", NAMED({ "import", V_TEXT(id) },
                                 { "rows", T("[{\"row_no\":1,\"sheet\":\"s\",\"sheet_row\":3,\"cells\":[\"b\"],"
                                             "\"verdict\":\"warning\",\"trouble\":\"t\"}]") }));
    must(p, "import.finish", NAMED({ "import", V_TEXT(id) }));
    CASE("applied");
    check_str(must(p, "import.begin", args), text_format(check_arena(), "{\"id\":\"%s\",\"same\":true}", id.at).at);
    assert_int_equal(count_of(p, "import_row", NAMED({ "import", V_TEXT(id) })), 1);
}

static err *import_desk(world *w, int64_t actor, const char *kind, int version)
{
    return database_command(w->p, "post.import", actor, NULL,
                            ROWS("[{\"team\":\"%s\",\"name\":\"Gate\",\"kind\":\"%s\",\"version\":%d}]", w->team.at, kind, version), NULL);
}

static void a_stale_save_is_refused_and_says_by_whom(const char *url)
{
    world w = world_build(url);
    int64_t leader = world_actor(&w, "leader", "team");
    check_ok(import_desk(&w, leader, "desk", 1));
    err *e = import_desk(&w, 0, "patrol", 1);
    check_err(e, ERR_STALE, "command.stale_by");
    check_str(words_err(check_arena(), WORDS_EN, e),
              text_format(check_arena(), "person:%lld changed number %s in the meantime (2020-02-06 14:40 UTC, post.import); "
                                         "yours was not saved.", (long long)leader, w.post.at).at);
    check_ok(import_desk(&w, 0, "patrol", 2));
    named args[] = { { "team", V_TEXT(w.team) }, { "leader", V_TEXT(w.person[0]) }, { "version", V_INT(1) }, { 0 } };
    must(w.p, "team.confirm", args);
    check_err(database_command(w.p, "team.confirm", 0, NULL, args, NULL), ERR_STALE, "command.stale_by");
    args[2] = (named){ 0 }; /* who gives no version saves over whatever is there */
    must(w.p, "team.confirm", args);
    must(w.p, "availability.import", ROWS("[{\"person\":\"%s\",\"starts_at\":1,\"ends_at\":2,\"level\":\"cannot\"}]", w.person[0].at));
    check_err(database_command(w.p, "person.import", 0, NULL,
                               ROWS("[{\"name\":\"Li\",\"phone\":\"13800000002\",\"version\":9}]"), NULL), ERR_STALE, NULL);
    check_err(database_command(w.p, "availability.import", 0, NULL,
                               ROWS("[{\"person\":\"%s\",\"starts_at\":1,\"ends_at\":2,\"level\":\"can\",\"version\":9}]",
                                    w.person[0].at), NULL), ERR_STALE, NULL);
    check_err(database_command(w.p, "need.import", 0, NULL,
                               ROWS("[{\"team\":\"%s\",\"post\":\"%s\",\"shift\":\"%s\",\"starts_on\":\"2020-02-07\",\"starts_at\":1,"
                                    "\"ends_at\":2,\"min\":0,\"target\":1,\"limit\":2,\"version\":9}]", w.team.at, w.post.at, w.shift.at),
                               NULL), ERR_STALE, NULL);
}

static int64_t slow_ticks;
static char slow_name[32];
static int64_t next_tick(void)
{
    return slow_ticks += 21;
}
static void note_slow(const char *command, int64_t ms)
{
    snprintf(slow_name, sizeof slow_name, "%s %d", command, (int)ms);
}

static void a_slow_command_is_told_by_name(void **state)
{
    (void)state;
    app *p = NULL;
    app_options o = { .url = check_path("m.db"), .stepped = true, .mode = "demo", .ticks = next_tick, .slow = note_slow };
    check_ok(app_open(check_arena(), &o, &p));
    must(p, "operation.open", NAMED({ "title", T("a") }, { "zone", T("Asia/Shanghai") }));
    app_close(p);
    assert_string_equal(slow_name, "operation.open 21");
}

static void the_small_commands_work(const char *url)
{
    world w = world_build(url);
    app *p = w.p;
    must(p, "setting.set", NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%s", w.operation.at)) },
                                 { "name", T("roster.rest_hours") }, { "value", T("9") }));
    must(p, "person_pair.set", NAMED({ "operation", V_TEXT(w.operation) }, { "a", V_TEXT(w.person[1]) },
                                     { "b", V_TEXT(w.person[0]) }, { "kind", T("apart") }));
    must(p, "care_rule.set", NAMED({ "person", V_TEXT(w.person[0]) }, { "rule", T("no_night") }, { "value", V_INT(1) }));
    must(p, "availability.import", ROWS("[{\"person\":\"%s\",\"starts_at\":1,\"ends_at\":2,\"level\":\"cannot\"}]", w.person[0].at));
    must(p, "placement.settle", NAMED({ "text_key", T("somewhere") }, { "outside", T("1") }));
    must(p, "team.propose", ROWS("[{\"team\":\"%s\",\"office\":\"leader\",\"person\":\"%s\",\"reason\":\"r\"}]", w.team.at, w.person[0].at));
    must(p, "team.confirm", NAMED({ "team", V_TEXT(w.team) }, { "leader", V_TEXT(w.person[0]) }));
    check_str(must(p, "team.form", NAMED({ "operation", V_TEXT(w.operation) })),
              "{\"teams\":0,\"added\":0,\"moved\":0,\"same\":3}");
    static const char *const one[] = { "setting", "person_pair", "care_rule", "availability", "place_rule", "team_proposal" };
    for (size_t i = 0; i < COUNT(one); i++) {
        CASE(one[i]);
        assert_int_equal(count_of(p, one[i], NULL), 1);
    }
}

/* -- the matrix of rights ------------------------------------------------------------------------------- */
static const char *sample_of(const world *w, const char *name, bool own)
{
    const str *team = own ? &w->team : &w->other;
    if (strcmp(name, "team") == 0)
        return team->at;
    if (strcmp(name, "person") == 0 || strcmp(name, "a") == 0)
        return own ? w->person[1].at : w->person[2].at;
    if (strcmp(name, "b") == 0)
        return own ? w->person[0].at : w->person[2].at;
    if (strcmp(name, "post") == 0)
        return w->posts[own ? 0 : 1].at;
    if (strcmp(name, "need") == 0)
        return w->needs[own ? 0 : 1].at;
    if (strcmp(name, "roster") == 0)
        return w->rosters[own ? 0 : 1].at;
    if (strcmp(name, "community_code") == 0)
        return own ? "320303001001" : "320303001002";
    return NULL;
}

/* Other values are of no matter here: a refusal for want of rights comes before any other. */
static const char *filler(str type)
{
    static const char *const of[][2] = { { "id", "1" }, { "int", "1" }, { "day", "2020-02-07" }, { "minute", "1" },
                                         { "utc", "1" }, { "time", "1" }, { "yes", "1" }, { "code", "320303" },
                                         { "phone", "13800000000" }, { "lines", "[]" } };
    for (size_t i = 0; i < COUNT(of); i++)
        if (str_is(type, of[i][0]))
            return of[i][1];
    return "x";
}

static str row_of(const world *w, const char *spec, bool own)
{
    arena *a = check_arena();
    text t = text_begin(a);
    json j = json_begin(&t);
    str rest = str_of(spec), word;
    json_open(&j, '[');
    json_open(&j, '{');
    while (str_split(&rest, ' ', &word)) {
        str name;
        str_split(&word, ':', &name);
        const char *sample = sample_of(w, str_z(a, name), own);
        if (str_ends(word, STR("?")) || (str_is(word, "list")))
            if (!sample)
                continue;
        json_key(&j, str_z(a, name));
        json_str(&j, str_of(sample ? sample : filler(word)));
    }
    json_close(&j, '}');
    json_close(&j, ']');
    return text_done(&t);
}

static bool allowed(const world *w, const command *m, int64_t actor, bool own)
{
    arena *a = check_arena();
    named args[ARGS_MAX] = { { 0 } };
    size_t count = 0;
    str rest = str_of(m->args), word;
    while (rest.len && str_split(&rest, ' ', &word)) {
        str name;
        str_split(&word, ':', &name);
        const char *sample = sample_of(w, str_z(a, name), own);
        if (str_ends(word, STR("?")) && !sample)
            continue;
        if (str_ends(word, STR("?")))
            word.len--;
        value v = str_is(word, "rows") ? V_TEXT(row_of(w, m->row, own)) : V_TEXT(str_of(sample ? sample : filler(word)));
        args[count++] = (named){ str_z(a, name), v };
    }
    err *e = database_command(w->p, m->name, actor, NULL, args, NULL);
    return !e || e->code != ERR_RIGHTS;
}

static void rights_stand_as_in_the_table(void **state)
{
    (void)state;
    static const struct { const char *role, *scope; } roles[] = {
        { "commander", "all" }, { "secretary", "division" }, { "leader", "team" }, { "liaison", "org" },
        { "volunteer", "team" }, { "auditor", "all" },
    };
    arena *a = check_arena();
    world w = world_build(check_path("m.db"));
    int64_t actors[COUNT(roles)];
    world_double(&w);
    for (size_t i = 0; i < COUNT(roles); i++)
        actors[i] = world_actor(&w, roles[i].role, roles[i].scope);
    text t = text_begin(a);
    text_printf(&t, "%-22s", "own / other scope");
    for (size_t i = 0; i < COUNT(roles); i++)
        text_printf(&t, " %-10s", roles[i].role);
    text_put_z(&t, "\n");
    for (size_t k = 0; app_command_at(k); k++) {
        const command *m = app_command_at(k);
        text_printf(&t, "%-22s", m->name);
        for (size_t i = 0; i < COUNT(roles); i++)
            text_printf(&t, " %-10s", text_format(a, "%s / %s", allowed(&w, m, actors[i], true) ? "yes" : "-",
                                                  allowed(&w, m, actors[i], false) ? "yes" : "-").at);
        text_put_z(&t, "\n");
    }
    str have = text_done(&t), want = { 0 };
    if (getenv("MUSTER_ACCEPT"))
        check_ok(file_write(a, "tests/command/rights.golden", have));
    check_ok(file_read(a, "tests/command/rights.golden", 1 << 20, &want));
    check_str(have, str_z(a, want));
}

static void words_exist_for_every_hint(void **state)
{
    (void)state;
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++)
        for (size_t i = 0; i < words_count(lang); i++) {
            const char *key = words_key(lang, i);
            assert_true(words_has(lang == WORDS_ZH ? WORDS_EN : WORDS_ZH, key) || strstr(key, ".one") || strstr(key, ".other") ||
                        words_has(WORDS_EN, text_format(check_arena(), "%s.other", key).at));
        }
}

ON_BOTH(importing_twice_changes_nothing)
ON_BOTH(a_moved_division_moves_all_below)
ON_BOTH(a_key_brings_back_the_first_result)
ON_BOTH(every_bad_argument_is_named)
ON_BOTH(audit_holds_nothing_private)
ON_BOTH(publishing_keeps_duties_and_what_changed_by_hand)
ON_BOTH(a_change_of_lead_alone_is_told)
ON_BOTH(a_draft_holds_its_own_team_alone)
ON_BOTH(needs_are_copied_with_their_seats)
ON_BOTH(a_file_applied_already_is_the_same)
ON_BOTH(a_stale_save_is_refused_and_says_by_whom)
ON_BOTH(the_small_commands_work)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(importing_twice_changes_nothing),
        BOTH(a_moved_division_moves_all_below),
        BOTH(a_key_brings_back_the_first_result),
        BOTH(every_bad_argument_is_named),
        BOTH(audit_holds_nothing_private),
        BOTH(publishing_keeps_duties_and_what_changed_by_hand),
        BOTH(a_change_of_lead_alone_is_told),
        BOTH(a_draft_holds_its_own_team_alone),
        BOTH(needs_are_copied_with_their_seats),
        BOTH(a_file_applied_already_is_the_same),
        BOTH(the_small_commands_work),
        BOTH(a_stale_save_is_refused_and_says_by_whom),
        CHECK_TEST(a_slow_command_is_told_by_name),
        CHECK_TEST(rights_stand_as_in_the_table),
        CHECK_TEST(words_exist_for_every_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
