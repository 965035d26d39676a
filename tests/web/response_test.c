/* What goes out squeezed is, unpacked, what was to go out: with one of our style sheets in it, which is joined in, and without. */
#include "base/text.h"
#include "check.h"
#include "web/page.h"
#include "web/response.h"

#include <string.h>
#include <zlib.h>

enum { ROOM_BYTES = 1 << 20 };

static str styled(const char *before, const page_style *style, str after)
{
    text t = text_begin(check_arena());
    text_put_z(&t, before);
    text_put(&t, (str){ (const char *)style->at, style->len });
    text_put(&t, after);
    return text_done(&t);
}

/* Every row another, so that some of it does not squeeze well. */
static str rows_of(size_t count)
{
    text t = text_begin(check_arena());
    for (size_t i = 0; i < count; i++)
        text_printf(&t, "<tr><td>%zx</td><td>社区%zu</td></tr>\n", i * 2654435761U, i);
    return text_done(&t);
}

/* The CRC and the length at the end are looked at by inflate. */
static str unpacked(str squeezed)
{
    char *room = arena_alloc(check_arena(), ROOM_BYTES);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)squeezed.at, .avail_in = (uInt)squeezed.len, .next_out = (Bytef *)room, .avail_out = ROOM_BYTES };
    assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    inflateEnd(&z);
    return (str){ room, z.total_out };
}

static str sent(str body, str *head)
{
    request q = { .a = check_arena(), .headers = { { STR("Accept-Encoding"), STR("gzip") } }, .header_count = 1 };
    response p = { .status = 200, .type = "text/html; charset=utf-8", .body = body };
    str out;
    *head = response_head(&q, &p, false, &out);
    return out;
}

static void check_squeezed(const char *what, str body)
{
    str head, out;
    CASE(what);
    out = sent(body, &head);
    assert_true(str_find(head, STR("Content-Encoding: gzip\r\n")) > 0);
    assert_true(out.len < body.len);
    str back = unpacked(out);
    assert_int_equal(back.len, body.len);
    assert_memory_equal(back.at, body.at, body.len);
}

static void what_is_squeezed_comes_back_as_it_was(void **state)
{
    (void)state;
    const page_style *last = page_styles;
    while (last[1].at)
        last++;
    assert_true(last > page_styles); /* the phone's and the desk's */
    static const size_t counts[] = { 40, 100, 1000, 10000 };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        check_squeezed("no style", rows_of(counts[i]));
    for (const page_style *x = page_styles; x->at; x++) {
        check_squeezed("nothing behind it", styled("<!doctype html><style>", x, (str){ 0 }));
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            check_squeezed("a page", styled("<!doctype html><html><head><style>", x, rows_of(counts[i])));
    }
    check_squeezed("its beginning alone", styled("<style>", &(page_style){ .at = page_styles->at, .len = page_styles->len - 1 }, rows_of(50)));
    check_squeezed("another's style", str_copy(check_arena(), text_format(check_arena(), "<style>p{}</style>%.*s", STR_ARG(rows_of(50)))));
    check_squeezed("twice", styled("<style>", page_styles, styled("</style><style>", last, rows_of(50))));
}

static void what_does_not_shrink_goes_out_as_it_is(void **state)
{
    (void)state;
    char *noise = arena_alloc(check_arena(), 4000);
    uint64_t x = 1;
    for (size_t i = 0; i < 4000; i++) {
        x = x * 6364136223846793005U + 1442695040888963407U;
        noise[i] = (char)(x >> 56);
    }
    str head, out = sent((str){ noise, 4000 }, &head);
    assert_int_equal(str_find(head, STR("Content-Encoding")), -1);
    assert_int_equal(out.len, 4000);
    assert_ptr_equal(out.at, noise);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(what_is_squeezed_comes_back_as_it_was),
        CHECK_TEST(what_does_not_shrink_goes_out_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
