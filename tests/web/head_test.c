/* What the two readers of a request's head refuse, and with which status. */
#include "check.h"
#include "web/head.h"
#include "fuzz/head_fuzz.c"

#include <string.h>

static int read_all(arena *a, str bytes, request *q)
{
    size_t from = 0, end = 0;
    int status = head_find(bytes, &from, &end);
    if (status || !end)
        return status ? status : -1;
    *q = (request){ .a = a };
    str head = str_part(bytes, 0, end);
    status = head_read(head, q);
    framing f;
    if (!status && !framing_head(&f, head, q))
        return 400;
    return status;
}

static void framing_is_refused_where_two_could_read_it_differently(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        str bytes;
        int want;
    } cases[] = {
        { "a plain page", STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0 },
        { "an old browser", STR("GET / HTTP/1.0\r\nHost: a\r\n\r\n"), 0 },
        { "a form", STR("POST /a HTTP/1.1\r\nHost: a:80\r\nContent-Length: 3\r\n\r\n"), 0 },
        { "white space around a value", STR("GET / HTTP/1.1\r\nHost: \t a \r\n\r\n"), 0 },
        { "not whole yet", STR("GET / HTTP/1.1\r\nHost: a\r\n"), -1 },
        { "two lengths", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n"), 400 },
        { "two lengths in one", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\n"), 400 },
        { "a length and chunks", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"), 400 },
        { "chunks", STR("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), 501 },
        { "a coding nobody has", STR("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n"), 501 },
        { "space before the colon", STR("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), 400 },
        { "a signed length", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +16\r\n\r\n"), 400 },
        { "an empty length", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"), 400 },
        { "a length past 63 bits", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"), 400 },
        { "no length", STR("POST / HTTP/1.1\r\nHost: a\r\n\r\n"), 411 },
        { "a page with a body", STR("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"), 400 },
        { "two hosts", STR("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400 },
        { "no host", STR("GET / HTTP/1.1\r\nAccept: a\r\n\r\n"), 400 },
        { "an empty host", STR("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400 },
        { "a host with a path", STR("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400 },
        { "a folded header", STR("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"), 400 },
        { "a header with NUL", STR("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"), 400 },
        { "a header with a control byte", STR("GET / HTTP/1.1\r\nHost: a\r\nX: a\x01" "b\r\n\r\n"), 400 },
        { "a header without a name", STR("GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"), 400 },
        { "a header without a colon", STR("GET / HTTP/1.1\r\nHost: a\r\nab\r\n\r\n"), 400 },
        { "a lone CR after a line", STR("GET / HTTP/1.1\r\nHost: a\r\n\rX: y\r\n\r\n"), 400 },
        { "a lone CR after a colon", STR("GET / HTTP/1.1\r\nHost: a\r\nX:\ry\r\n\r\n"), 400 },
        { "a lone LF", STR("GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"), 400 },
        { "NUL in a path", STR("GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "a control byte in a path", STR("GET /a%0Ab HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "half an escape", STR("GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "a path that is not UTF-8", STR("GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "a path that climbs", STR("GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "a path that climbs in disguise", STR("GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "raw Chinese in a path", STR("GET /\xe4\xb8\x9c HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "another server's page", STR("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "another method", STR("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n"), 405 },
        { "another method, unsound", STR("DELETE / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400 },
        { "another version", STR("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505 },
        { "no version", STR("GET /\r\nHost: a\r\n\r\n"), 400 },
        { "two spaces", STR("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { "an expectation nobody has", STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: x\r\n\r\n"), 417 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        arena *a = arena_open(NULL, 1 << 20);
        request q;
        assert_int_equal(read_all(a, cases[i].bytes, &q), cases[i].want);
        arena_close(a);
    }
}

static str padded(arena *a, const char *before, size_t pad, const char *after)
{
    text t = text_begin(a);
    text_put_z(&t, before);
    for (size_t i = 0; i < pad; i++)
        text_put(&t, STR("x"));
    text_put_z(&t, after);
    return text_done(&t);
}

static void long_heads_have_a_limit(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, 4 << 20);
    request q;
    assert_int_equal(read_all(a, padded(a, "GET /", 4000, " HTTP/1.1\r\nHost: a\r\n\r\n"), &q), 0);
    assert_int_equal(read_all(a, padded(a, "GET /", 4200, " HTTP/1.1\r\nHost: a\r\n\r\n"), &q), 414);
    assert_int_equal(read_all(a, padded(a, "GET /", 60000, ""), &q), 414);
    assert_int_equal(read_all(a, padded(a, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 16000, "\r\n\r\n"), &q), 0);
    assert_int_equal(read_all(a, padded(a, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 60000, "\r\n\r\n"), &q), 431);
    text many = text_begin(a);
    text_put_z(&many, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < HEADERS_MAX; i++)
        text_put_z(&many, "A: b\r\n");
    text_put_z(&many, "\r\n");
    assert_int_equal(read_all(a, text_done(&many), &q), 431);
    arena_close(a);
}

static void a_request_is_read(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, 1 << 20);
    request q;
    str bytes = STR("POST /p/%E4%B8%9C?x=a%20b&y= HTTP/1.1\r\nHost: a:8080\r\nContent-Length: 5\r\n"
                    "COOKIE: k=1; muster=Zz-_9 ;z=2\r\nConnection: Keep-Alive\r\n\r\n");
    assert_int_equal(read_all(a, bytes, &q), 0);
    assert_int_equal(q.method, WEB_POST);
    assert_true(str_is(q.path, "/p/东"));
    assert_true(str_is(query_field(&q, "x"), "a b"));
    assert_true(str_is(query_field(&q, "y"), ""));
    assert_true(str_is(request_cookie(&q, "muster"), "Zz-_9"));
    assert_true(str_is(request_cookie(&q, "none"), ""));
    assert_int_equal(q.body_bytes, 5);
    assert_true(q.keep_alive);
    q.body = STR("a=1+2&b=%E5%8D%97%26&a=3&bad=%zz&c");
    assert_true(str_is(form_field(&q, "a"), "1 2"));
    assert_true(str_is(form_field(&q, "b"), "南&"));
    assert_true(form_has(&q, "c"));
    assert_false(form_has(&q, "bad"));
    arena_close(a);
}

/* The strict build is what refuses a lone CR right after a line end; ours must not be the only one that sees it. */
static void the_second_reader_is_strict(void **state)
{
    (void)state;
    framing f;
    request q = { .keep_alive = true };
    assert_true(framing_head(&f, STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), &q));
    assert_false(framing_head(&f, STR("GET / HTTP/1.1\r\nHost: a\r\n\rX: y\r\n\r\n"), &q));
    assert_false(framing_head(&f, STR("GET / HTTP/1.1\r\nHost: a\r\nX:\ry\r\n\r\n"), &q));
    q.body_bytes = 4; /* we would have read another length */
    assert_false(framing_head(&f, STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"), &q));
    q.body_bytes = 3;
    assert_true(framing_head(&f, STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"), &q));
    assert_true(framing_body(&f, STR("ab")));
    assert_false(framing_whole(&f));
    assert_true(framing_body(&f, STR("c")));
    assert_true(framing_whole(&f));
}

/* Any cut of a sound request is "not yet", never a refusal. */
static void a_request_may_come_in_drops(void **state)
{
    (void)state;
    str bytes = STR("GET /a HTTP/1.1\r\nHost: a\r\nAccept: b\r\n\r\n");
    size_t from = 0, end = 0;
    for (size_t n = 1; n < bytes.len; n++) {
        assert_int_equal(head_find(str_part(bytes, 0, n), &from, &end), 0);
        assert_int_equal(end, 0);
    }
    assert_int_equal(head_find(bytes, &from, &end), 0);
    assert_int_equal(end, bytes.len);
}

static void whatever_comes_is_read_or_refused(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST /p/%E4%B8%9C?a=%zz HTTP/1.0\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b&c",
        "GET / HTTP/1.1\r\nHost: a\r\nCookie: ;=;muster=\r\n\r\n", "\r\n\r\n", "\n\n\n\n", "GET / HTTP/1.1\r\n\r\n\r\n",
        "GET /?lang HTTP/1.1\r\nHost: a\r\nCookie: muster\r\n\r\n%&&=&+",
    };
    for (size_t i = 0; i < COUNT(seeds); i++) {
        CASE(seeds[i]);
        LLVMFuzzerTestOneInput((const uint8_t *)seeds[i], strlen(seeds[i]));
    }
    for (unsigned char byte = 0; byte < 255; byte++) /* each byte at each place of a sound request */
        for (size_t at = 0; at < strlen(seeds[2]); at++) {
            char copy[128];
            memcpy(copy, seeds[2], strlen(seeds[2]) + 1);
            copy[at] = (char)byte;
            LLVMFuzzerTestOneInput((const uint8_t *)copy, strlen(seeds[2]));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(framing_is_refused_where_two_could_read_it_differently),
        cmocka_unit_test(long_heads_have_a_limit),
        cmocka_unit_test(a_request_is_read),
        cmocka_unit_test(the_second_reader_is_strict),
        cmocka_unit_test(a_request_may_come_in_drops),
        cmocka_unit_test(whatever_comes_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
