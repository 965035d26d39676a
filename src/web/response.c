#include "web/response.h"

#include "web/page.h"

#include <string.h>
#include <strings.h>
#include <time.h>
#include <zlib.h>

enum { GZIP_FROM_BYTES = 800, GZIP_LEVEL = 1, WINDOW_MIN_BITS = 10, STYLE_WITHIN_BYTES = 1024,
       FRAME_BYTES = 64 /* head and end of gzip, and of a stored block */ };

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] < 0x20 || s.at[i] == 0x7f)
            return false;
    return true;
}

void response_header(request *q, response *p, const char *name, str value)
{
    if (p->extra_count < RESPONSE_HEADERS_MAX && is_plain(value))
        p->extra[p->extra_count++] = (header){ str_of(name), str_copy(q->a, value) };
}

void response_see(request *q, response *p, str path)
{
    p->status = 303;
    p->body = (str){ 0 };
    response_header(q, p, "Location", path);
}

void response_cookie(request *q, response *p, const char *name, str value, int64_t seconds)
{
    text t = text_begin(q->a);
    text_printf(&t, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax", name, STR_ARG(value));
    if (seconds)
        text_printf(&t, "; Max-Age=%lld", (long long)(seconds > 0 ? seconds : 0));
    if (q->secure)
        text_put_z(&t, "; Secure");
    response_header(q, p, "Set-Cookie", text_done(&t));
}

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        { 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" }, { 303, "See Other" }, { 304, "Not Modified" },
        { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
        { 405, "Method Not Allowed" }, { 408, "Request Timeout" }, { 409, "Conflict" }, { 411, "Length Required" },
        { 413, "Content Too Large" }, { 414, "URI Too Long" }, { 415, "Unsupported Media Type" },
        { 417, "Expectation Failed" }, { 422, "Unprocessable Content" }, { 429, "Too Many Requests" },
        { 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" }, { 501, "Not Implemented" },
        { 503, "Service Unavailable" }, { 505, "HTTP Version Not Supported" },
    };
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "";
}

static bool accepts_gzip(const request *q)
{
    str rest = request_header(q, "Accept-Encoding"), part;
    while (rest.len && str_split(&rest, ',', &part)) {
        str coding;
        part = str_trim(part);
        if (str_split(&part, ';', &coding) && str_is(str_trim(coding), "gzip"))
            return !str_is(str_trim(part), "q=0");
    }
    return false;
}

static bool is_squeezable(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strstr(type, "json") || strstr(type, "javascript") || strstr(type, "svg");
}

typedef struct squeezing {
    z_stream z;
    unsigned long crc;
    bool well;
} squeezing;

/* A window no larger than what goes in: most of what a short answer costs is making the tables empty. */
static int window_bits(size_t bytes)
{
    int bits = WINDOW_MIN_BITS;
    while (bits < MAX_WBITS && (size_t)1 << bits < bytes)
        bits++;
    return bits;
}

static void squeeze(squeezing *s, str in)
{
    s->z.next_in = (Bytef *)(uintptr_t)in.at;
    s->z.avail_in = (uInt)in.len;
    s->crc = crc32(s->crc, (const Bytef *)in.at, (uInt)in.len);
    s->well = deflate(&s->z, Z_FINISH) == Z_STREAM_END && s->well;
}

static void put_raw(squeezing *s, const unsigned char *at, size_t len)
{
    s->well = s->well && s->z.avail_out > len;
    if (!s->well)
        return;
    memcpy(s->z.next_out, at, len);
    s->z.next_out += len;
    s->z.avail_out -= (uInt)len;
}

/* The style sheet that stands in a page, and where; null: none of ours. */
static const page_style *style_in(str body, size_t *at)
{
    static const char tag[] = "<style>";
    ptrdiff_t found = str_find(str_part(body, 0, STYLE_WITHIN_BYTES), str_of(tag));
    *at = (size_t)found + sizeof tag - 1;
    for (const page_style *x = page_styles; found >= 0 && x->at; x++)
        if (body.len - *at >= x->len && memcmp(body.at + *at, x->at, x->len) == 0)
            return x;
    return NULL;
}

/* A block as it is (RFC 1951, 3.2.4): a few hundred bytes are not worth a tree of their own. */
static void put_stored(squeezing *s, str in)
{
    const unsigned char n[] = { in.len & 255, in.len >> 8 & 255 };
    put_raw(s, (const unsigned char[]){ 0, n[0], n[1], n[0] ^ 255, n[1] ^ 255 }, 5);
    put_raw(s, (const unsigned char *)in.at, in.len);
    s->crc = crc32(s->crc, (const Bytef *)in.at, (uInt)in.len);
}

/* Most of a page is its style sheet, which is squeezed already and is joined to what stands before and behind it. */
static void squeeze_body(squeezing *s, str body, const page_style *style, size_t at)
{
    if (style) {
        put_stored(s, str_part(body, 0, at)); /* at most STYLE_WITHIN_BYTES and the tag */
        put_raw(s, style->squeezed, style->squeezed_len);
        s->crc = crc32_combine(s->crc, style->crc, (z_off_t)style->len);
        body = str_from(body, at + style->len);
    }
    squeeze(s, body);
}

static void put_number(squeezing *s, uint32_t n)
{
    put_raw(s, (const unsigned char[]){ n & 255, n >> 8 & 255, n >> 16 & 255, n >> 24 }, 4);
}

/* False: as it was; it would not have become smaller. */
static bool gzip(arena *a, str in, str *out)
{
    static const unsigned char head[] = { 0x1f, 0x8b, Z_DEFLATED, 0, 0, 0, 0, 0, 0, 3 };
    size_t at;
    const page_style *style = style_in(in, &at);
    size_t rest = in.len - (style ? style->len : 0), most = style ? rest + style->squeezed_len + FRAME_BYTES : rest;
    int bits = window_bits(rest);
    most = most < in.len ? most : in.len;
    squeezing s = { .crc = crc32(0, NULL, 0), .well = true };
    if (deflateInit2(&s.z, GZIP_LEVEL, Z_DEFLATED, -bits, bits - 7, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    char *room = arena_alloc(a, most);
    s.z.next_out = (Bytef *)room;
    s.z.avail_out = (uInt)most;
    put_raw(&s, head, sizeof head);
    squeeze_body(&s, in, style, at);
    put_number(&s, (uint32_t)s.crc);
    put_number(&s, (uint32_t)in.len);
    deflateEnd(&s.z);
    *out = (str){ room, most - s.z.avail_out };
    return s.well;
}

static void put_header(text *t, const char *name, str value)
{
    text_put_z(t, name);
    text_put(t, STR(": "));
    text_put(t, value);
    text_put(t, STR("\r\n"));
}

/* Squeezed bytes are other bytes: their strong tag (RFC 9110, 8.8.3.3) has -gz at its end. */
static void put_extra(text *t, arena *a, const header *h, bool squeezed)
{
    bool tag = squeezed && str_is(h->name, "ETag") && h->value.len > 1;
    put_header(t, h->name.at, tag ? text_format(a, "%.*s-gz\"", (int)h->value.len - 1, h->value.at) : h->value);
}

static void put_security(text *t, const response *p)
{
    text_put(t, STR("X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
                    "X-Robots-Tag: noindex\r\nCross-Origin-Opener-Policy: same-origin\r\n"
                    "Content-Security-Policy: default-src 'self'; base-uri 'none'; object-src 'none'; "
                    "form-action 'self'; frame-ancestors 'none'"));
    if (!p->scripted)
        text_put(t, STR("; script-src 'none'"));
    if (p->style_hash.len) {
        text_put(t, STR("; style-src 'self' 'sha256-"));
        text_put(t, p->style_hash);
        text_put(t, STR("'"));
    }
    text_put(t, p->cached ? STR("\r\nCache-Control: public, max-age=31536000, immutable\r\n")
                          : STR("\r\nCache-Control: no-store\r\n"));
}

str response_head(request *q, const response *p, bool closing, str *out)
{
    text t = text_begin(q->a);
    str body = p->body, small;
    bool squeezed = body.len >= GZIP_FROM_BYTES && is_squeezable(p->type) && accepts_gzip(q);
    if (squeezed && p->squeezed.len)
        small = p->squeezed;
    else
        squeezed = squeezed && gzip(q->a, body, &small);
    if (squeezed)
        body = small;
    time_t seconds = (time_t)(q->now / 1000);
    struct tm utc;
    char date[40];
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&seconds, &utc));
    text_printf(&t, "HTTP/1.1 %d %s\r\nDate: %s\r\n", p->status, reason_of(p->status), date);
    if (p->stream)
        text_put(&t, STR("Content-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n"));
    else if (body.len)
        put_header(&t, "Content-Type", str_of(p->type));
    if (is_squeezable(p->type) && !p->stream)
        text_put(&t, STR("Vary: Accept-Encoding\r\n"));
    if (squeezed)
        text_put(&t, STR("Content-Encoding: gzip\r\n"));
    if (!p->stream && p->status != 304)
        text_printf(&t, "Content-Length: %zu\r\n", body.len);
    put_security(&t, p);
    for (size_t i = 0; i < p->extra_count; i++)
        put_extra(&t, q->a, &p->extra[i], squeezed);
    text_put(&t, closing || p->stream ? STR("Connection: close\r\n\r\n") : STR("Connection: keep-alive\r\n\r\n"));
    *out = q->method != WEB_HEAD && p->status != 304 ? body : (str){ 0 };
    return text_done(&t);
}

void response_refuse(request *q, response *p, int status)
{
    const char *key = status == 413   ? "web.refused_large"
                      : status == 429 ? "web.refused_often"
                      : status == 408 ? "web.refused_slow"
                      : status == 503 ? "web.refused_busy"
                                      : "web.refused";
    text t = text_begin(q->a);
    for (words_lang lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        words_put(&t, lang, key, VALUES({ "status", text_format(q->a, "%d", status) }));
        text_put(&t, STR("\n"));
    }
    p->status = status;
    p->type = "text/plain; charset=utf-8";
    p->body = text_done(&t);
    if (status == 429 || status == 503)
        response_header(q, p, "Retry-After", STR("2"));
    if (status == 405)
        response_header(q, p, "Allow", STR("GET, HEAD, POST"));
}
