/* The API without sockets: rights, pages by key, keys of deeds, problems, what another site may not. On both engines. */
#include "base/limits.h"
#include "command/duty_world.h"
#include "web/api.h"

#include <string.h>

typedef struct asker {
    world w;
    site site;
    str session;      /* as a bearer; empty: nobody */
    bool cookie;      /* as a cookie instead */
    header more[4];   /* of the next request alone */
    const char *lang; /* "en" at first */
} asker;

static asker open_asker(const char *url)
{
    asker b = { .w = world_open(url, NULL), .lang = "en" };
    b.site = (site){ .app = b.w.p, .style_hash = site_style_hash(check_arena()) };
    return b;
}

static str header_of(const response *p, const char *name)
{
    for (size_t i = 0; i < p->extra_count; i++)
        if (str_is(p->extra[i].name, name))
            return p->extra[i].value;
    return (str){ 0 };
}

static void close_arena(void *a)
{
    arena_close(a);
}

static response ask(asker *b, web_method method, const char *target, const char *body)
{
    arena *a = check_arena();
    request *q = arena_new(a, request);
    response p;
    *q = (request){ .a = arena_open(a, REQUEST_MAX_BYTES), .now = HOURS(7), .method = method, .target = str_of(target),
                    .body = body ? str_of(body) : (str){ 0 } };
    arena_defer(a, close_arena, q->a);
    q->query = q->target;
    str_split(&q->query, '?', &q->path);
    q->headers[q->header_count++] = (header){ STR("Accept-Language"), str_of(b->lang) };
    if (method == WEB_POST)
        q->headers[q->header_count++] = (header){ STR("Content-Type"), STR("application/json") };
    for (size_t i = 0; i < COUNT(b->more) && b->more[i].name.len; i++) {
        if (str_is(b->more[i].name, "Content-Type"))
            q->header_count--;
        q->headers[q->header_count++] = b->more[i];
    }
    if (b->session.len)
        q->headers[q->header_count++] = b->cookie ? (header){ STR("Cookie"), text_format(a, "muster=%.*s", STR_ARG(b->session)) }
                                                  : (header){ STR("Authorization"), text_format(a, "Bearer %.*s", STR_ARG(b->session)) };
    memset(b->more, 0, sizeof b->more);
    server_answer(&(server_options){ .handler = site_handle, .of = &b->site, .app = b->w.p }, q, &p);
    if (p.status == 503)
        print_error("%.*s\n", STR_ARG(p.detail));
    return p;
}

static response get(asker *b, const char *target)
{
    return ask(b, WEB_GET, target, NULL);
}

static void drop(void *j)
{
    json_decref(j);
}

static json_t *read(str s)
{
    json_t *j = json_loadb(s.at, s.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(j);
    arena_defer(check_arena(), drop, j);
    return j;
}

static const char *text_in(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s ? s : "";
}

/* A problem with this status and code; its reading. */
static json_t *problem(const response *p, int status, const char *code)
{
    assert_string_equal(p->type, "application/problem+json");
    json_t *o = read(p->body);
    assert_string_equal(text_in(o, "code"), code);
    assert_int_equal(p->status, status);
    assert_int_equal(json_integer_value(json_object_get(o, "status")), status);
    assert_true(text_in(o, "title")[0] && text_in(o, "detail")[0] && strncmp(text_in(o, "type"), "urn:muster:problem:ERR_", 23) == 0);
    return o;
}

/* Signs a person in as the link does. */
static void sign_in(asker *b, const char *kind, int64_t id, int64_t person)
{
    str result = { 0 };
    check_ok(run_at(&b->w, 7, "pass.issue", 0, NAMED({ "kind", T(kind) }, { kind, V_INT(id) }), &result));
    pass x;
    check_ok(pass_find(b->w.p, check_arena(), "open", str_of(text_in(read(result), "token")), HOURS(7), &x));
    str digits = text_format(check_arena(), "000%lld", LL(person - b->w.person[0]));
    for (int i = 0; i < PEOPLE; i++)
        if (b->w.person[i] == person)
            digits = text_format(check_arena(), "000%d", i);
    check_ok(run_at(&b->w, 7, "pass.open", 0, NAMED({ "token_hash", V_TEXT(x.token_hash) }, { "person", V_INT(person) }, { "digits", V_TEXT(digits) }), &result));
    b->session = str_copy(check_arena(), str_of(text_in(read(result), "session")));
    assert_int_equal(b->session.len, 22);
}

static void sign_in_commander(asker *b)
{
    must(&b->w, -30, "role_grant.add", NULL, NAMED({ "person", V_INT(b->w.person[STRANGER]) }, { "role", T("commander") }, { "scope", T("all") }));
    sign_in(b, "person", b->w.person[STRANGER], b->w.person[STRANGER]);
    check_ok(run_at(&b->w, 7, "login.set", 0, NAMED({ "person", V_INT(b->w.person[STRANGER]) }, { "session", V_TEXT(b->session) }, { "hash", T("$argon2id$made-up") }), NULL));
}

static void the_link_alone_does_not_open_the_desk(const char *url)
{
    asker b = open_asker(url);
    must(&b.w, -30, "role_grant.add", NULL, NAMED({ "person", V_INT(b.w.person[STRANGER]) }, { "role", T("commander") }, { "scope", T("all") }));
    sign_in(&b, "person", b.w.person[STRANGER], b.w.person[STRANGER]);
    response p = get(&b, "/api/v1/views/person");
    problem(&p, 403, "login.first");
    p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", "{\"title\":\"x\",\"zone\":\"Asia/Shanghai\"}");
    problem(&p, 403, "login.first");
    p = get(&b, "/api/v1/changes?topics=all");
    problem(&p, 403, "login.first");
    assert_int_equal(get(&b, "/api/v1/session").status, 200);
}

/* -- who ----------------------------------------------------------------------------------------------- */
static void nobody_is_told_how_to_sign_in(const char *url)
{
    asker b = open_asker(url);
    static const char *const targets[] = { "/api/v1/session", "/api/v1/views", "/api/v1/views/operation", "/api/v1/commands", "/api/v1/openapi.json" };
    for (size_t i = 0; i < COUNT(targets); i++) {
        CASE(targets[i]);
        response p = get(&b, targets[i]);
        problem(&p, 401, "api.nobody");
        assert_true(header_of(&p, "WWW-Authenticate").len);
    }
    b.session = STR("AAAAAAAAAAAAAAAAAAAAAA");
    response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", "{}");
    problem(&p, 401, "api.nobody");
    sign_in(&b, "person", b.w.person[0], b.w.person[0]);
    json_t *o = read(get(&b, "/api/v1/session").body);
    assert_string_equal(text_in(o, "name"), "P0");
    assert_int_equal(json_array_size(json_object_get(o, "roles")), 1);
    assert_int_equal(strlen(text_in(o, "form")), 22);
}

static void everybody_reads_and_does_what_is_theirs(const char *url)
{
    asker b = open_asker(url);
    grant(&b.w, b.w.person[0], "leader", EAST);
    sign_in(&b, "person", b.w.person[0], b.w.person[0]);
    json_t *page = read(get(&b, "/api/v1/views/team").body), *rows = json_object_get(page, "rows");
    assert_int_equal(json_array_size(rows), 1); /* of two */
    assert_string_equal(text_in(json_array_get(rows, 0), "id"), text_format(check_arena(), "%lld", LL(b.w.team[EAST])).at);
    response p = get(&b, "/api/v1/views/audit"); /* a leader has no grant over all */
    assert_int_equal(json_array_size(json_object_get(read(p.body), "rows")), 0);
    p = get(&b, "/api/v1/views/setting");
    assert_int_equal(p.status, 200);
    p = get(&b, "/api/v1/views/place_rule");
    problem(&p, 403, "api.not_yours");
    p = get(&b, "/api/v1/views/nonsense");
    problem(&p, 404, "api.no_view");
    p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", "{\"title\":\"x\",\"zone\":\"Asia/Shanghai\"}");
    problem(&p, 403, "command.rights");
    p = ask(&b, WEB_POST, "/api/v1/commands/message.take", "{}");
    problem(&p, 403, "command.rights"); /* the machine's alone */
    p = ask(&b, WEB_POST, "/api/v1/commands/nonsense", "{}");
    problem(&p, 404, "api.no_command");
    p = ask(&b, WEB_POST, "/api/v1/commands/team.form", text_format(check_arena(), "{\"operation\":%lld}", LL(b.w.operation)).at);
    problem(&p, 403, "command.rights");
    p = get(&b, "/api/v1/nothing");
    problem(&p, 404, "api.no_page");
    p = get(&b, "/api/v1/commands/team.form");
    problem(&p, 405, "api.method");
    check_str(header_of(&p, "Allow"), "POST");
    p = ask(&b, WEB_POST, "/api/v1/views/team", "{}");
    problem(&p, 405, "api.method");
}

static void a_group_link_does_what_its_pages_do(const char *url)
{
    asker b = open_asker(url);
    int64_t duty = must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need_of(&b.w, EAST, b.w.gate, DAY, 0, 2)) }, { "person", V_INT(b.w.person[0]) }));
    sign_in(&b, "team", b.w.team[EAST], b.w.person[0]);
    assert_int_equal(get(&b, "/api/v1/views/duty_my").status, 200);
    assert_int_equal(get(&b, "/api/v1/views/operation").status, 200);
    static const char *const closed[] = { "person", "hours_person", "certificate", "donation_entry", "team_member", "duty_today" };
    for (size_t i = 0; i < COUNT(closed); i++) {
        CASE(closed[i]);
        response p = get(&b, text_format(check_arena(), "/api/v1/views/%s", closed[i]).at);
        problem(&p, 403, "api.not_yours");
    }
    str when = text_format(check_arena(), "{\"duty\":\"%lld\",\"happened_at\":%lld}", LL(duty), LL(HOURS(6))),
        plain = text_format(check_arena(), "{\"duty\":\"%lld\"}", LL(duty)),
        excuse = text_format(check_arena(), "{\"duty\":\"%lld\",\"why\":\"x\"}", LL(duty));
    response p = ask(&b, WEB_POST, "/api/v1/commands/duty.check_in", when.at); /* no form of such a page has a time */
    problem(&p, 403, "api.weak");
    p = ask(&b, WEB_POST, "/api/v1/commands/duty.excuse", excuse.at);
    problem(&p, 403, "api.weak");
    p = ask(&b, WEB_POST, "/api/v1/commands/duty.check_in", plain.at);
    assert_int_equal(p.status, 200);
    rows r = list(&b.w, "audit", NULL, 0);
    check_str(rows_text(&r, 0, "command"), "duty.check_in");
    check_str(rows_text(&r, 0, "source"), "group link");
    size_t count = json_array_size(read(get(&b, "/api/v1/commands").body));
    assert_true(count >= 4 && count < 12);
}

/* -- lists --------------------------------------------------------------------------------------------- */
static void a_list_goes_on_by_key(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    size_t seen = 0;
    int64_t last = 0;
    str next = { 0 };
    for (int turn = 0; turn == 0 || next.len; turn++) {
        str target = text_format(check_arena(), "/api/v1/views/person?limit=3%s%.*s", next.len ? "&cursor=" : "", STR_ARG(next));
        json_t *page = read(get(&b, target.at).body), *rows = json_object_get(page, "rows"), *row;
        size_t i;
        json_array_foreach(rows, i, row) {
            assert_true(atoll(text_in(row, "id")) > last); /* none twice, none left out though people come in between */
            last = atoll(text_in(row, "id"));
            seen++;
        }
        if (turn == 0)
            must(&b.w, 7, "person.import", NULL, NAMED({ "rows", T("[{\"name\":\"Late\",\"phone\":\"13900000000\"}]") }));
        next = str_copy(check_arena(), str_of(text_in(page, "next")));
        assert_true(str_find(next, STR("1380")) < 0 && turn < 10);
    }
    assert_int_equal(seen, PEOPLE + 1);
}

static void a_cursor_is_of_one_list_and_one_reader(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    str next = str_copy(check_arena(), str_of(text_in(read(get(&b, "/api/v1/views/person?limit=3").body), "next")));
    assert_true(next.len > 0);
    response p = get(&b, text_format(check_arena(), "/api/v1/views/team?cursor=%.*s", STR_ARG(next)).at);
    problem(&p, 422, "api.cursor");
    p = get(&b, text_format(check_arena(), "/api/v1/views/person?cursor=%.*sA", STR_ARG(str_from(next, 1))).at);
    problem(&p, 422, "api.cursor");
    p = get(&b, "/api/v1/views/person?cursor=%3D%3D");
    problem(&p, 422, "api.cursor");
    sign_in(&b, "person", b.w.person[0], b.w.person[0]);
    p = get(&b, text_format(check_arena(), "/api/v1/views/person?cursor=%.*s", STR_ARG(next)).at);
    problem(&p, 422, "api.cursor");
}

static void a_list_says_what_it_cannot_read(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    static const struct {
        const char *query, *code;
        int status;
    } cases[] = {
        { "person?limit=0", "api.limit", 422 },      { "person?limit=1001", "api.limit", 422 },
        { "person?limit=x", "api.limit", 422 },      { "person?format=xml", "api.format", 422 },
        { "person?moon=1", "view.arg_unknown", 400 }, { "person?now=1", "view.arg_unknown", 400 },
        { "call_list?team=1", "view.arg_missing", 422 }, { "call_list?team=x&day=2020-02-08", "view.arg_bad", 422 },
        { "call_list?team=1&day=today", "view.arg_bad", 422 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].query);
        response p = get(&b, text_format(check_arena(), "/api/v1/views/%s", cases[i].query).at);
        json_t *o = problem(&p, cases[i].status, cases[i].code), *bad = json_object_get(o, "arguments");
        assert_int_equal(json_array_size(bad), strncmp(cases[i].code, "view.", 5) == 0 ? 1 : 0);
    }
    response p = get(&b, "/api/v1/views/call_list?team=1");
    json_t *o = read(p.body);
    assert_string_equal(text_in(json_array_get(json_object_get(o, "arguments"), 0), "name"), "day");
    b.lang = "zh-CN,zh;q=0.9";
    p = get(&b, "/api/v1/views/person?limit=0");
    assert_true(str_find(p.body, STR("行数要在")) >= 0);
    p = get(&b, "/api/v1/views/person?limit=0&lang=en");
    assert_true(str_find(p.body, STR("The limit is not")) >= 0);
    assert_int_equal(header_of(&p, "Set-Cookie").len, 0);
}

static void what_is_known_is_not_sent_again(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    response p = get(&b, "/api/v1/views/team");
    str tag = header_of(&p, "ETag");
    assert_true(tag.len == 34 && tag.at[0] == '"');
    static const char *const ways[] = { "%.*s", "\"x\", %.*s", "W/%.*s" };
    for (size_t i = 0; i < COUNT(ways); i++) {
        text t = text_begin(check_arena());
        text_put(&t, i == 1 ? STR("\"x\", ") : i == 2 ? STR("W/") : STR(""));
        text_put(&t, tag);
        CASE(ways[i]);
        b.more[0] = (header){ STR("If-None-Match"), text_done(&t) };
        p = get(&b, "/api/v1/views/team");
        assert_true(p.status == 304 && !p.body.len);
    }
    must(&b.w, 7, "role_grant.add", NULL, NAMED({ "person", V_INT(b.w.person[0]) }, { "role", T("leader") }, { "scope", T("team") }, { "team", V_INT(b.w.team[EAST]) }));
    must(&b.w, 7, "team.confirm", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }, { "leader", V_INT(b.w.person[0]) }));
    b.more[0] = (header){ STR("If-None-Match"), tag };
    assert_int_equal(get(&b, "/api/v1/views/team").status, 200);
}

static void a_squeezed_answer_has_a_tag_of_its_own(void **state)
{
    (void)state;
    request q = { .a = check_arena(), .now = HOURS(7) };
    char *large = arena_alloc(check_arena(), 5000);
    memset(large, 'x', 5000);
    response p = { .status = 200, .type = "application/json", .body = { large, 5000 } };
    response_header(&q, &p, "ETag", STR("\"abc\""));
    str body, head = response_head(&q, &p, false, &body);
    assert_true(str_find(head, STR("ETag: \"abc\"\r\n")) > 0);
    q.headers[q.header_count++] = (header){ STR("Accept-Encoding"), STR("gzip") };
    head = response_head(&q, &p, false, &body);
    assert_true(str_find(head, STR("ETag: \"abc-gz\"\r\n")) > 0 && body.len < 5000);
}

static void a_list_goes_out_as_a_file(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    response p = get(&b, "/api/v1/views/person?format=csv&limit=2");
    assert_string_equal(p.type, "text/csv; charset=utf-8");
    check_str(header_of(&p, "Content-Disposition"), "attachment; filename=\"person.csv\"");
    size_t lines = 0;
    for (size_t i = 0; i < p.body.len; i++)
        lines += p.body.at[i] == '\n';
    assert_int_equal(lines, PEOPLE + 1); /* whole, whatever a page is */
    assert_true(str_find(p.body, STR("138****0000")) > 0);
}

/* -- commands ------------------------------------------------------------------------------------------ */
static void a_deed_sent_twice_is_done_once(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    static const char body[] = "{\"title\":\"Second\",\"zone\":\"Asia/Shanghai\"}", other[] = "{\"title\":\"Third\",\"zone\":\"Asia/Shanghai\"}";
    str first = { 0 };
    for (int i = 0; i < 2; i++) {
        b.more[0] = (header){ STR("Idempotency-Key"), STR("3f1b-key") };
        response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", body);
        assert_int_equal(p.status, 200);
        assert_true(!i || str_equal(p.body, first));
        first = p.body;
    }
    assert_int_equal(list(&b.w, "operation", NULL, 0).count, 2);
    b.more[0] = (header){ STR("Idempotency-Key"), STR("3f1b-key") };
    response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", other);
    problem(&p, 409, "command.key_reused");
    static const char *const keys[] = { "two words", "\xe4\xb8\xad", "" };
    for (size_t i = 0; i < 2; i++) {
        CASE(keys[i]);
        b.more[0] = (header){ STR("Idempotency-Key"), str_of(keys[i]) };
        p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", other);
        problem(&p, 422, "api.key");
    }
    char *long_key = arena_alloc(check_arena(), API_KEY_MAX_BYTES + 2);
    memset(long_key, 'k', API_KEY_MAX_BYTES + 1);
    b.more[0] = (header){ STR("Idempotency-Key"), str_of(long_key) };
    p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", other);
    problem(&p, 422, "api.key");
    for (int i = 0; i < 2; i++) /* without a key each is a deed of its own */
        assert_int_equal(ask(&b, WEB_POST, "/api/v1/commands/operation.open", other).status, 200);
    assert_int_equal(list(&b.w, "operation", NULL, 0).count, 4);
}

static void each_bad_argument_is_named(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    response p = ask(&b, WEB_POST, "/api/v1/commands/need.copy", "{\"team\":\"x\",\"from_on\":\"soon\",\"moon\":1}");
    json_t *o = problem(&p, 422, "command.bad.many"), *bad = json_object_get(o, "arguments");
    static const struct {
        const char *name, *code;
    } want[] = { { "moon", "command.bad.unknown" }, { "team", "command.bad.id" }, { "from_on", "command.bad.day" }, { "to_on", "command.bad.missing" } };
    assert_int_equal(json_array_size(bad), COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_string_equal(text_in(json_array_get(bad, i), "name"), want[i].name);
        assert_string_equal(text_in(json_array_get(bad, i), "code"), want[i].code);
    }
    p = ask(&b, WEB_POST, "/api/v1/commands/person.import", "{\"rows\":[{\"name\":\"A\"},{\"phone\":\"1\"}]}");
    assert_int_equal(p.status, 422);
    assert_int_equal(list(&b.w, "person", NULL, 0).count, PEOPLE); /* nothing half done */
    p = ask(&b, WEB_POST, "/api/v1/commands/person.import", "{\"rows\":[{\"name\":\"Alice\",\"phone\":\"13911112222\"}]}");
    assert_int_equal(p.status, 200);
    assert_int_equal(json_integer_value(json_object_get(read(p.body), "added")), 1);
}

static void a_body_that_does_not_read_is_refused(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    static const struct {
        const char *body, *code;
    } cases[] = {
        { "", "api.body" },          { "[]", "api.body" },        { "{", "api.body" },   { "{\"a\":1,}", "api.body" },
        { "{\"title\":\"a\",\"title\":\"b\"}", "api.body" },      { "null", "api.body" }, { "{\"title\":\"\xff\"}", "api.body" },
        { "title=x&zone=Asia/Shanghai", "api.body" },             { "{\"title\":[\"x\"],\"zone\":\"Asia/Shanghai\"}", "api.single" },
        { "{\"title\":{},\"zone\":\"Asia/Shanghai\"}", "api.single" }, { "{\"title\":1.5,\"zone\":\"Asia/Shanghai\"}", "api.single" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].body);
        response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", cases[i].body);
        problem(&p, 422, cases[i].code);
    }
    static const char *const types[] = { "text/plain", "application/x-www-form-urlencoded", "", "application/jsonx", "multipart/form-data" };
    for (size_t i = 0; i < COUNT(types); i++) {
        CASE(types[i]);
        b.more[0] = (header){ STR("Content-Type"), str_of(types[i]) };
        response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", "{\"title\":\"a\",\"zone\":\"Asia/Shanghai\"}");
        problem(&p, 415, "api.type");
    }
    assert_int_equal(list(&b.w, "operation", NULL, 0).count, 1);
    b.more[0] = (header){ STR("Content-Type"), STR("Application/JSON; charset=utf-8") };
    assert_int_equal(ask(&b, WEB_POST, "/api/v1/commands/operation.open", "{\"title\":\"a\",\"zone\":\"Asia/Shanghai\"}").status, 200);
}

static void another_site_cannot_use_the_cookie(const char *url)
{
    asker b = open_asker(url);
    static const char body[] = "{\"title\":\"a\",\"zone\":\"Asia/Shanghai\"}";
    sign_in_commander(&b);
    b.cookie = true;
    str form = str_copy(check_arena(), str_of(text_in(read(get(&b, "/api/v1/session").body), "form")));
    static const struct {
        const char *site;
        bool form;
        int status;
    } cases[] = { { "", false, 403 },           { "cross-site", false, 403 },  { "cross-site", true, 403 }, { "same-site", true, 403 },
                  { "same-origin", false, 200 }, { "", true, 200 },            { "none", false, 403 } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = 0;
        CASE(text_format(check_arena(), "%s %d", cases[i].site, cases[i].form).at);
        if (cases[i].site[0])
            b.more[n++] = (header){ STR("Sec-Fetch-Site"), str_of(cases[i].site) };
        if (cases[i].form)
            b.more[n++] = (header){ STR("X-Muster-Form"), form };
        response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", body);
        assert_int_equal(p.status, cases[i].status);
        if (p.status == 403)
            problem(&p, 403, "api.form");
    }
    b.more[0] = (header){ STR("X-Muster-Form"), STR("AAAAAAAAAAAAAAAAAAAAAA") };
    response p = ask(&b, WEB_POST, "/api/v1/commands/operation.open", body);
    problem(&p, 403, "api.form");
    assert_int_equal(list(&b.w, "operation", NULL, 0).count, 3);
    /* A bearer opens the API alone, and is no cookie for a page. */
    b.cookie = false;
    assert_int_equal(get(&b, "/p").status, 403);
}

/* -- the description ----------------------------------------------------------------------------------- */
static bool names(const json_t *paths, const char *kind, str name)
{
    return json_object_get(paths, text_format(check_arena(), "/api/v1/%s/%.*s", kind, STR_ARG(name)).at) != NULL;
}

static void a_commander_is_told_everything(const char *url)
{
    asker b = open_asker(url);
    sign_in_commander(&b);
    json_t *o = read(get(&b, "/api/v1/openapi.json?lang=en").body), *paths = json_object_get(o, "paths");
    api_roles auditor;
    assert_true(api_roles_read(STR("auditor"), &auditor));
    for (size_t i = 0; view_at(i); i++) {
        CASE(str_z(check_arena(), view_at(i)->name));
        assert_true(names(paths, "views", view_at(i)->name));
    }
    for (size_t i = 0; app_command_at(i); i++) {
        const command *m = app_command_at(i);
        CASE(m->name);
        bool others = strcmp(m->who, "nobody") == 0 || strstr(m->who, "commander:") == NULL; /* the machine's; a role's alone */
        assert_true(others || names(paths, "commands", str_of(m->name)));
    }
    json_t *leader = json_object_get(read(get(&b, "/api/v1/openapi.json?role=leader").body), "paths");
    assert_true(names(leader, "commands", STR("post.import")) && !names(leader, "commands", STR("operation.open")));
    assert_true(names(leader, "views", STR("duty_today")) && !names(leader, "views", STR("place_rule")));
    response p = get(&b, "/api/v1/openapi.json?role=king");
    problem(&p, 422, "api.role");
    sign_in(&b, "person", b.w.person[0], b.w.person[0]);
    p = get(&b, "/api/v1/openapi.json?role=commander");
    problem(&p, 403, "api.role_rights");
    json_t *volunteer = json_object_get(read(get(&b, "/api/v1/openapi.json").body), "paths");
    assert_true(names(volunteer, "commands", STR("duty.check_in")) && !names(volunteer, "commands", STR("post.import")));
}

/* limit, cursor, format and lang are the API's own fields of a query. */
static void no_list_asks_for_what_the_api_means_otherwise(void **state)
{
    (void)state;
    static const char *const own[] = { "limit", "cursor", "format", "lang", "now" };
    for (size_t i = 0; view_at(i); i++)
        for (size_t k = 0; k < view_at(i)->arg_count; k++)
            for (size_t n = 0; n < COUNT(own); n++) {
                CASE(str_z(check_arena(), view_at(i)->name));
                assert_false(str_is(view_at(i)->args[k].name, own[n]));
            }
}

ON_BOTH(nobody_is_told_how_to_sign_in)
ON_BOTH(the_link_alone_does_not_open_the_desk)
ON_BOTH(everybody_reads_and_does_what_is_theirs)
ON_BOTH(a_group_link_does_what_its_pages_do)
ON_BOTH(a_list_goes_on_by_key)
ON_BOTH(a_cursor_is_of_one_list_and_one_reader)
ON_BOTH(a_list_says_what_it_cannot_read)
ON_BOTH(what_is_known_is_not_sent_again)
ON_BOTH(a_list_goes_out_as_a_file)
ON_BOTH(a_deed_sent_twice_is_done_once)
ON_BOTH(each_bad_argument_is_named)
ON_BOTH(a_body_that_does_not_read_is_refused)
ON_BOTH(another_site_cannot_use_the_cookie)
ON_BOTH(a_commander_is_told_everything)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(nobody_is_told_how_to_sign_in),
        BOTH(the_link_alone_does_not_open_the_desk),
        BOTH(everybody_reads_and_does_what_is_theirs),
        BOTH(a_group_link_does_what_its_pages_do),
        BOTH(a_list_goes_on_by_key),
        BOTH(a_cursor_is_of_one_list_and_one_reader),
        BOTH(a_list_says_what_it_cannot_read),
        BOTH(what_is_known_is_not_sent_again),
        CHECK_TEST(a_squeezed_answer_has_a_tag_of_its_own),
        BOTH(a_list_goes_out_as_a_file),
        BOTH(a_deed_sent_twice_is_done_once),
        BOTH(each_bad_argument_is_named),
        BOTH(a_body_that_does_not_read_is_refused),
        BOTH(another_site_cannot_use_the_cookie),
        BOTH(a_commander_is_told_everything),
        CHECK_TEST(no_list_asks_for_what_the_api_means_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
