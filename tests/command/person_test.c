#include "database.h"

#include "base/text.h"
#include "command/app.h"
#include "view/view.h"

#include <jansson.h>
#include <string.h>

#define T(z) V_TEXT(str_of(z))
#define ROWS(...) NAMED({ "rows", V_TEXT(text_format(check_arena(), __VA_ARGS__)) })
#define REVEAL(...) \
    NAMED({ "rows", V_TEXT(text_format(check_arena(), __VA_ARGS__)) }, { "purpose", T("call list") })

static str must(app *p, const char *command, const named *args)
{
    str result = { 0 };
    check_ok(database_command(p, command, 0, NULL, args, &result));
    return result;
}

static str id_at(str json, size_t index)
{
    json_t *j = json_loadb(json.at, json.len, 0, NULL);
    const char *id = json_string_value(json_array_get(json_object_get(j, "ids"), index));
    assert_non_null(id);
    str s = str_copy(check_arena(), str_of(id));
    json_decref(j);
    return s;
}

/* Wang and Li of one bureau; Wang leads his bureau's calls. */
static app *two_people(const char *url, str ids[2])
{
    app *p = database_app(url);
    str people = must(p, "person.import",
                      ROWS("[{\"name\":\"Wang\",\"phone\":\"13800000001\",\"org\":[\"Bureau\"]},"
                           "{\"name\":\"Li\",\"phone\":\"13800000002\",\"org\":[\"Elsewhere\"]}]"));
    ids[0] = id_at(people, 0);
    ids[1] = id_at(people, 1);
    rows orgs = { 0 };
    check_ok(view_run(app_store(p), check_arena(), view_find(STR("org")), NULL, 0, 0, &orgs));
    must(p, "role_grant.add",
         NAMED({ "person", V_TEXT(ids[0]) }, { "role", T("liaison") }, { "scope", T("org") },
               { "org", V_INT(rows_int(&orgs, 0, "id")) }));
    return p;
}

static void telephones_are_revealed_and_not_kept(const char *url)
{
    str ids[2];
    app *p = two_people(url, ids);
    const named *both = REVEAL("[{\"person\":\"%s\"},{\"person\":\"%s\"}]", ids[0].at, ids[1].at);
    str shown;
    check_ok(database_command(p, "person.reveal", 0, "k1", both, &shown));
    check_str(shown, text_format(check_arena(), "{\"phones\":{\"%s\":\"13800000001\",\"%s\":\"13800000002\"}}", ids[0].at,
                                 ids[1].at).at);
    str again; /* the key brings back what is kept: who was shown, no number */
    check_ok(database_command(p, "person.reveal", 0, "k1", both, &again));
    check_str(again, text_format(check_arena(), "{\"ids\":[\"%s\",\"%s\"]}", ids[0].at, ids[1].at).at);
    rows r = { 0 };
    check_ok(view_run(app_store(p), check_arena(), view_find(STR("audit")), NULL, 0, 0, &r));
    check_str(rows_text(&r, 0, "command"), "person.reveal");
    assert_true(str_find(rows_text(&r, 0, "body"), STR("call list")) >= 0);
    for (size_t i = 0; i < r.count; i++) {
        assert_true(str_find(rows_text(&r, i, "body"), STR("1380000")) < 0);
        assert_true(str_find(rows_text(&r, i, "result"), STR("1380000")) < 0);
    }
}

static void only_those_in_scope_are_revealed(const char *url)
{
    str ids[2];
    app *p = two_people(url, ids);
    int64_t wang = 0, li = 0;
    assert_true(str_int(ids[0], 1, INT64_MAX, &wang) && str_int(ids[1], 1, INT64_MAX, &li));
    check_ok(database_command(p, "person.reveal", wang, NULL, REVEAL("[{\"person\":\"%s\"}]", ids[0].at), NULL));
    check_err(database_command(p, "person.reveal", wang, NULL,
                               REVEAL("[{\"person\":\"%s\"},{\"person\":\"%s\"}]", ids[0].at, ids[1].at), NULL),
              ERR_RIGHTS, "command.rights");
    check_err(database_command(p, "person.reveal", li, NULL, REVEAL("[{\"person\":\"%s\"}]", ids[1].at), NULL),
              ERR_RIGHTS, "command.rights");
}

static void nobody_is_revealed_as_missing(const char *url)
{
    str ids[2];
    app *p = two_people(url, ids);
    check_err(database_command(p, "person.reveal", 0, NULL, REVEAL("[{\"person\":\"999999\"}]"), NULL),
              ERR_NOT_FOUND, "person.missing");
    check_err(database_command(p, "person.reveal", 0, NULL, ROWS("[{\"person\":\"%s\"}]", ids[0].at), NULL), ERR_INPUT,
              "command.bad.missing");
}

ON_BOTH(telephones_are_revealed_and_not_kept)
ON_BOTH(only_those_in_scope_are_revealed)
ON_BOTH(nobody_is_revealed_as_missing)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(telephones_are_revealed_and_not_kept),
        BOTH(only_those_in_scope_are_revealed),
        BOTH(nobody_is_revealed_as_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
