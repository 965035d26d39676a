/* Passwords: who opens the desk, by what, and what a wrong try tells. On both engines. */
#include "command/login.h"
#include "web/browser.h"

#include <string.h>

static const char good[] = "correct horse battery", other[] = "staple of the north gate";

static browser commander_at(const char *url)
{
    browser b = open_browser(url);
    must(&b.w, 1, "role_grant.add", NULL,
         NAMED({ "person", V_INT(b.w.person[0]) }, { "role", T("commander") }, { "scope", T("all") }));
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR("digits=0000")).status, 303);
    return b;
}

static str code_for(browser *b, int64_t actor)
{
    str result = { 0 };
    check_ok(run_at(&b->w, b->hours, "login.issue_code", actor, NAMED({ "person", V_INT(b->w.person[0]) }), &result));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str code = str_copy(check_arena(), str_of(json_string_value(json_object_get(j, "code"))));
    json_decref(j);
    return code;
}

static response post(browser *b, const char *path, const char *fields)
{
    response page = ask(b, WEB_GET, str_of(path), STR(""));
    assert_int_equal(page.status, 200);
    return ask(b, WEB_POST, str_of(path), form(&page, fields));
}

static response enter(browser *b, const char *password)
{
    return post(b, "/login", text_format(check_arena(), "&to=/desk/x&password=%s", password).at);
}

static response choose(browser *b, const char *path, const char *by, const char *new_one, const char *again)
{
    return post(b, path, text_format(check_arena(), "&%s&new=%s&again=%s", by, new_one, again).at);
}

static bool is_strong(browser *b)
{
    session s;
    check_ok(session_find(b->w.p, check_arena(), b->cookie, HOURS(b->hours), &s));
    return s.strong;
}

static void with_password(browser *b, const char *password)
{
    str code = code_for(b, 0), by = text_format(check_arena(), "code=%.*s", STR_ARG(code));
    assert_int_equal(choose(b, "/login/code", by.at, password, password).status, 303);
}

static void a_code_lets_choose_a_password_once(const char *url)
{
    browser b = commander_at(url);
    assert_true(has(&(response){ .body = ask(&b, WEB_GET, STR("/login"), STR("")).body }, "no password yet"));
    str code = code_for(&b, 0), by = text_format(check_arena(), "code=%.*s", STR_ARG(code));
    assert_int_equal(code.len, LOGIN_CODE_SIGNS + 2);
    assert_false(is_strong(&b));
    assert_int_equal(choose(&b, "/login/code", by.at, "short", "short").status, 422);
    assert_int_equal(choose(&b, "/login/code", by.at, good, other).status, 422);
    assert_int_equal(choose(&b, "/login/code", "code=AAAA-BBBB-CCCC", good, good).status, 422);
    assert_false(is_strong(&b));
    assert_int_equal(choose(&b, "/login/code", by.at, good, good).status, 303);
    assert_true(is_strong(&b));
    response p = choose(&b, "/login/code", by.at, other, other); /* used up */
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "This code does not fit."));
    b.hours += LOGIN_STRONG_HOURS + 0.1; /* the mark ends before the session */
    assert_false(is_strong(&b));
    p = enter(&b, good);
    assert_int_equal(p.status, 303);
    assert_true(str_is(header_of(&p, "Location"), "/desk/x"));
    assert_true(is_strong(&b));
}

static void an_old_code_is_none(const char *url)
{
    browser b = commander_at(url);
    str code = code_for(&b, 0), by = text_format(check_arena(), "code=%.*s", STR_ARG(code));
    b.hours += LOGIN_CODE_HOURS + 0.1;
    assert_int_equal(choose(&b, "/login/code", by.at, good, good).status, 422);
    /* As somebody copies it by hand. */
    code = code_for(&b, 0);
    text spelt = text_begin(check_arena());
    for (size_t i = 0; i < code.len; i++)
        text_printf(&spelt, "%c", code.at[i] == '-' ? '+' : code.at[i] >= 'A' ? code.at[i] + 32 : code.at[i]);
    by = text_format(check_arena(), "code=%.*s", STR_ARG(text_done(&spelt)));
    assert_int_equal(choose(&b, "/login/code", by.at, good, good).status, 303);
}

static void wrong_passwords_wear_out_and_sound_alike(const char *url)
{
    browser b = commander_at(url);
    with_password(&b, good);
    b.hours += LOGIN_STRONG_HOURS + 0.1;
    for (int i = 0; i < LOGIN_TRIES_MAX; i++) {
        response p = enter(&b, other);
        assert_int_equal(p.status, 422);
        assert_true(has(&p, "This password does not fit."));
    }
    response p = enter(&b, good); /* right, and not heard */
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "This password does not fit."));
    assert_false(is_strong(&b));
    b.hours += LOGIN_TRIES_MINUTES / 60.0 + 0.01;
    assert_int_equal(enter(&b, good).status, 303);
    assert_true(is_strong(&b));
}

static void a_change_ends_the_other_sessions(const char *url)
{
    browser b = commander_at(url);
    with_password(&b, good);
    browser phone = b;
    phone.cookie = (str){ 0 };
    assert_int_equal(ask(&phone, WEB_POST, link_of(&b, "person", b.w.person[0]), STR("digits=0000")).status, 303);
    assert_int_equal(choose(&b, "/login/change", text_format(check_arena(), "password=%s", other).at, other, other).status, 422);
    assert_int_equal(ask(&phone, WEB_GET, STR("/p"), STR("")).status, 200);
    assert_int_equal(choose(&b, "/login/change", text_format(check_arena(), "password=%s", good).at, other, other).status, 303);
    assert_int_equal(ask(&phone, WEB_GET, STR("/p"), STR("")).status, 403);
    assert_int_equal(ask(&b, WEB_GET, STR("/p"), STR("")).status, 200);
    assert_int_equal(enter(&b, good).status, 422);
    assert_int_equal(enter(&b, other).status, 303);
}

static void nobody_passes_by_the_password(const char *url)
{
    browser b = commander_at(url);
    with_password(&b, good);
    b.hours += LOGIN_STRONG_HOURS + 0.1;
    const int64_t who = b.w.person[0];
    const named *args = NAMED({ "person", V_INT(who) }, { "session", V_TEXT(b.cookie) }, { "proof", T("00") });
    check_ok(run_at(&b.w, b.hours, "login.enter", who, args, NULL)); /* counted as a wrong try */
    assert_false(is_strong(&b));
    str result = { 0 };
    check_ok(run_at(&b.w, b.hours, "login.set", who,
                    NAMED({ "person", V_INT(who) }, { "session", V_TEXT(b.cookie) }, { "hash", T("$argon2id$made-up") }), &result));
    assert_true(str_find(result, STR("\"set\":false")) >= 0);
    assert_int_equal(enter(&b, good).status, 303);
    check_err(run_at(&b.w, b.hours, "login.issue_code", who, NAMED({ "person", V_INT(who) }), NULL), ERR_RIGHTS, "login.own_code");
    check_err(run_at(&b.w, b.hours, "login.issue_code", b.w.person[1], NAMED({ "person", V_INT(who) }), NULL), ERR_RIGHTS,
              "command.rights");
    check_err(run_at(&b.w, b.hours, "login.enter", b.w.person[1], args, NULL), ERR_RIGHTS, "command.rights");
    check_err(run_at(&b.w, b.hours, "login.issue_code", 0, NAMED({ "person", V_INT(999999) }), NULL), ERR_NOT_FOUND, "login.nobody");
    check_err(run_at(&b.w, b.hours, "login.set", 0, NAMED({ "person", V_INT(who) }, { "hash", T("plain") }), NULL), ERR_INPUT, "login.hash");
    /* The code of the other form does not open this one. */
    str code = code_for(&b, 0);
    assert_int_equal(choose(&b, "/login/change", text_format(check_arena(), "password=x&code=%.*s", STR_ARG(code)).at, other, other).status, 422);
    assert_int_equal(ask(&b, WEB_POST, STR("/login"), STR("password=x")).status, 403); /* another site's form */
}

static void a_password_goes_on_to_the_desk_alone(const char *url)
{
    browser b = commander_at(url);
    with_password(&b, good);
    response page = ask(&b, WEB_GET, STR("/login?to=//evil.example"), STR(""));
    check_str(hidden(&page, "to"), "/desk");
    response p = ask(&b, WEB_POST, STR("/login"), form(&page, text_format(check_arena(), "&to=https://evil.example&password=%s", good).at));
    assert_true(str_is(header_of(&p, "Location"), "/desk"));
}

/* For tests of the desk: what this does in one line gives a session its mark. */
static void the_operator_makes_a_session_strong(const char *url)
{
    browser b = commander_at(url);
    make_strong(&b, b.w.person[0]);
    assert_true(is_strong(&b));
}

static void two_are_compared_at_once(void **state)
{
    (void)state;
    app *p = database_app(check_path("m.db"));
    str out = { 0 };
    for (int i = 0; i < LOGIN_HASHES_MAX; i++)
        assert_true(app_claim_hash(p));
    check_err(login_hash(p, check_arena(), str_of(good), &out), ERR_LIMIT, "login.busy");
    check_err(login_prove(p, check_arena(), &(login){ 0 }, STR("s"), str_of(good), &out), ERR_LIMIT, "login.busy");
    app_release_hash(p);
    check_ok(login_hash(p, check_arena(), str_of(good), &out));
    assert_true(str_starts(out, STR("$argon2id$")));
    str proof = { 0 };
    check_ok(login_prove(p, check_arena(), &(login){ .person_id = 1, .hash = out }, STR("s"), str_of(good), &proof));
    assert_int_equal(proof.len, 64);
    check_ok(login_prove(p, check_arena(), &(login){ .person_id = 1 }, STR("s"), str_of(good), &proof));
    assert_int_equal(proof.len, 0); /* no password, no way in */
}

ON_BOTH(a_code_lets_choose_a_password_once)
ON_BOTH(an_old_code_is_none)
ON_BOTH(wrong_passwords_wear_out_and_sound_alike)
ON_BOTH(a_change_ends_the_other_sessions)
ON_BOTH(nobody_passes_by_the_password)
ON_BOTH(a_password_goes_on_to_the_desk_alone)
ON_BOTH(the_operator_makes_a_session_strong)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_code_lets_choose_a_password_once),
        BOTH(an_old_code_is_none),
        BOTH(wrong_passwords_wear_out_and_sound_alike),
        BOTH(a_change_ends_the_other_sessions),
        BOTH(nobody_passes_by_the_password),
        BOTH(a_password_goes_on_to_the_desk_alone),
        BOTH(the_operator_makes_a_session_strong),
        CHECK_TEST(two_are_compared_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
