/* Certificates of hours: their numbers, issued once, replaced, void; and what muster verify says of their codes. */
#include "weekend.h"

#include "base/text.h"
#include "domain/certificate.h"

#include <stdio.h>
#include <sys/wait.h>

enum { LATER = 60 };

static weekend weekend_of(const char *url)
{
    world w = world_build(url);
    world_fill(&w);
    return weekend_play(&w);
}

static err *issue(const weekend *d, str person, const char *issuer, str *result)
{
    return weekend_try(d, LATER, "certificate.issue",
                       NAMED({ "person", V_TEXT(person) }, { "operation", V_TEXT(d->w.operation) }, { "issuer", T(issuer) }), result);
}

static err *one(const weekend *d, const char *command, str certificate, str *result)
{
    const named *args = str_is(str_of(command), "certificate.revoke")
                            ? NAMED({ "certificate", V_TEXT(certificate) }, { "why", T("wrong") })
                            : NAMED({ "certificate", V_TEXT(certificate) });
    return weekend_try(d, LATER, command, args, result);
}

static str id_text(const rows *r, size_t i)
{
    return text_format(check_arena(), "%lld", (long long)rows_int(r, i, "id"));
}

/* The weekend has issued one for each team. */
static void numbers_run_without_a_gap(const char *url)
{
    weekend d = weekend_of(url);
    str result = { 0 };
    rows r = weekend_list(&d, "certificate", NULL);
    assert_int_equal(r.count, 2);
    CASE("a second one of the same hours");
    err *e = issue(&d, d.served[0], "Bureau", &result);
    check_err(e, ERR_CONFLICT, "certificate.exists");
    assert_true(str_find(words_err(check_arena(), WORDS_EN, e), rows_text(&r, 0, "number")) >= 0);
    CASE("no hours");
    check_err(issue(&d, d.spare[0], "Bureau", &result), ERR_CONFLICT, "certificate.no_hours");
    CASE("nobody issues");
    check_err(issue(&d, d.spare[0], " ", &result), ERR_INPUT, "certificate.issuer");
    CASE("what was refused has used up no number");
    check_ok(one(&d, "certificate.replace", id_text(&r, 0), &result));
    r = weekend_list(&d, "certificate", NULL);
    for (size_t i = 0; i < 3; i++)
        check_str(rows_text(&r, i, "number"), text_format(check_arena(), "2020-%s-00000%zu", d.w.operation.at, i + 1).at);
    CASE("the old one is void and names the new one");
    assert_true(rows_int(&r, 0, "revoked_at") > 0);
    assert_true(str_equal(rows_text(&r, 0, "replaced_by"), rows_text(&r, 2, "number")));
    check_err(one(&d, "certificate.print", id_text(&r, 0), &result), ERR_CONFLICT, "certificate.revoked");
    check_err(one(&d, "certificate.replace", id_text(&r, 0), &result), ERR_CONFLICT, "certificate.revoked");
    CASE("void, and then issued anew under the next number");
    check_ok(one(&d, "certificate.revoke", id_text(&r, 2), &result));
    check_err(one(&d, "certificate.revoke", id_text(&r, 2), &result), ERR_CONFLICT, "certificate.revoked");
    check_ok(issue(&d, d.served[0], "Bureau", &result));
    check_str(field(result, "number", 0), text_format(check_arena(), "2020-%s-000004", d.w.operation.at).at);
    check_err(one(&d, "certificate.print", STR("999"), &result), ERR_NOT_FOUND, "certificate.missing");
}

/* The exit code; what was said goes to said. */
static int verify(str code, const char *options, str *said)
{
    static char buffer[1 << 14];
    FILE *f = popen(text_format(check_arena(), "build/asan/muster verify '%.*s' %s 2>&1", STR_ARG(code), options).at, "r");
    assert_non_null(f);
    size_t got = fread(buffer, 1, sizeof buffer, f);
    int status = pclose(f);
    *said = str_copy(check_arena(), (str){ buffer, got });
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect(str code, const char *options, int exit_code, const char *words)
{
    str said = { 0 };
    assert_int_equal(verify(code, options, &said), exit_code);
    if (str_find(said, str_of(words)) < 0)
        fail_msg("\"%s\" is not in: %s", words, str_z(check_arena(), said));
}

static void a_stranger_verifies_a_code_offline(const char *url)
{
    weekend d = weekend_of(url);
    rows r = weekend_list(&d, "certificate", NULL);
    str result = { 0 }, signed_text, signature;
    check_ok(one(&d, "certificate.print", id_text(&r, 0), &result));
    const str code = field(result, "code", 0);
    const char *ours = text_format(check_arena(), "--lang en --key-file %s", check_path("app.key")).at;
    certificate c;
    CASE("as issued");
    expect(code, ours, 0, "M0-0");
    expect(code, ours, 0, "8.1 hours");
    CASE("one figure altered");
    assert_true(certificate_read(check_arena(), code, &c, &signed_text, &signature));
    assert_int_equal(c.minutes, 490);
    c.minutes = 990;
    const str altered = certificate_code(check_arena(), &c, signature);
    expect(altered, ours, 1, "It does not verify: it was altered, or another key has signed it. Ask the issuer");
    expect(altered, text_format(check_arena(), "--lang zh-CN --key-file %s", check_path("app.key")).at, 1, "请向开具单位按编号查对");
    CASE("cut short");
    expect(str_part(code, 0, code.len - 9), ours, 2, "only a part of one");
    expect(str_part(code, 0, code.len / 2), ours, 2, "only a part of one");
    CASE("another key");
    expect(code, "--lang en --public-key 5866666666666666666666666666666666666666666666666666666666666666", 1, "another key");
    expect(code, "--lang en --public-key 12", 2, "64 hexadecimal digits");
    CASE("no key");
    expect(code, text_format(check_arena(), "--lang en --key-file %s", check_path("none.key")).at, 2, "is missing");
}

ON_BOTH(numbers_run_without_a_gap)
ON_BOTH(a_stranger_verifies_a_code_offline)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(numbers_run_without_a_gap),
        BOTH(a_stranger_verifies_a_code_offline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
