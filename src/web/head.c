#include "web/head.h"

#include <string.h>
#include <strings.h>

int head_find(str bytes, size_t *from, size_t *head_bytes)
{
    *head_bytes = 0;
    size_t seen = bytes.len < HEAD_MAX_BYTES ? bytes.len : HEAD_MAX_BYTES;
    size_t i = *from > 3 ? *from - 3 : 0;
    for (; i < seen; i++) {
        char c = bytes.at[i];
        if (c == '\n' && (i == 0 || bytes.at[i - 1] != '\r'))
            return 400;
        if (c == '\r' && i + 1 < bytes.len && bytes.at[i + 1] != '\n')
            return 400;
        if (c == '\n' && i >= 3 && bytes.at[i - 2] == '\n') {
            *head_bytes = i + 1;
            break;
        }
    }
    *from = seen;
    const char *line_end = memchr(bytes.at, '\n', seen);
    if ((line_end ? (size_t)(line_end - bytes.at) : seen) > REQUEST_LINE_MAX_BYTES)
        return 414;
    return !*head_bytes && bytes.len >= HEAD_MAX_BYTES ? 431 : 0;
}

/* RFC 9110, section 5.6.2 */
static bool is_token(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (!letter && (!c || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return s.len > 0;
}

static bool has_control(str s, bool tab_allowed)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c < 0x20 && !(c == '\t' && tab_allowed)) || c == 0x7f)
            return true;
    }
    return false;
}

/* Decoded; a path that climbs or hides a control byte is none of ours. */
static int read_target(request *q)
{
    str t = q->target;
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.at[i] <= 0x20 || (unsigned char)t.at[i] >= 0x7f || t.at[i] == '#')
            return 400;
    if (t.len == 0 || t.at[0] != '/')
        return 400;
    size_t question = 0;
    while (question < t.len && t.at[question] != '?')
        question++;
    q->query = str_from(t, question + 1);
    if (!percent_decode(q->a, str_part(t, 0, question), false, &q->path) || has_control(q->path, false))
        return 400;
    str rest = q->path, part;
    while (rest.len && str_split(&rest, '/', &part))
        if (str_is(part, ".") || str_is(part, ".."))
            return 400;
    return 0;
}

static int read_request_line(str line, request *q)
{
    str method;
    if (!str_split(&line, ' ', &method) || !is_token(method) || !str_split(&line, ' ', &q->target))
        return 400;
    if (!str_is(line, "HTTP/1.1") && !str_is(line, "HTTP/1.0"))
        return str_starts(line, STR("HTTP/")) && line.len == 8 ? 505 : 400;
    q->keep_alive = str_is(line, "HTTP/1.1");
    int status = read_target(q);
    if (status)
        return status;
    if (str_is(method, "GET"))
        q->method = WEB_GET;
    else if (str_is(method, "HEAD"))
        q->method = WEB_HEAD;
    else if (str_is(method, "POST"))
        q->method = WEB_POST;
    else
        return 405;
    return 0;
}

static int read_header(str line, request *q)
{
    size_t colon = 0;
    while (colon < line.len && line.at[colon] != ':')
        colon++;
    header h = { str_part(line, 0, colon), str_trim(str_from(line, colon + 1)) };
    if (colon == line.len || !is_token(h.name) || has_control(str_from(line, colon + 1), true))
        return 400; /* folding begins with white space, which is no token */
    if (q->header_count == HEADERS_MAX)
        return 431;
    q->headers[q->header_count++] = h;
    return 0;
}

static size_t count_of(const request *q, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < q->header_count; i++)
        count += q->headers[i].name.len == strlen(name) && strncasecmp(q->headers[i].name.at, name, strlen(name)) == 0;
    return count;
}

static bool is_host(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (!letter && !strchr("-._~:[]", c))
            return false;
    }
    return s.len > 0;
}

static int read_lengths(request *q)
{
    size_t lengths = count_of(q, "Content-Length"), codings = count_of(q, "Transfer-Encoding");
    if (lengths > 1 || (lengths && codings))
        return 400;
    if (codings)
        return 501;
    str length = request_header(q, "Content-Length");
    for (size_t i = 0; i < length.len; i++)
        if (length.at[i] < '0' || length.at[i] > '9')
            return 400;
    if (lengths && (!length.len || !str_int(length, 0, INT64_MAX, &q->body_bytes)))
        return 400;
    if (q->method == WEB_POST)
        return lengths ? 0 : 411;
    return q->body_bytes ? 400 : 0;
}

static bool list_has(str list, const char *word)
{
    str part;
    while (list.len && str_split(&list, ',', &part)) {
        part = str_trim(part);
        if (part.len == strlen(word) && strncasecmp(part.at, word, part.len) == 0)
            return true;
    }
    return false;
}

int head_read(str head, request *q)
{
    int status = 0, first = 0;
    str rest = str_part(head, 0, head.len - 2), line;
    for (size_t n = 0; rest.len; n++) {
        ptrdiff_t end = str_find(rest, STR("\r\n"));
        if (end < 0)
            return 400;
        line = str_part(rest, 0, (size_t)end);
        rest = str_from(rest, (size_t)end + 2);
        status = n == 0 ? read_request_line(line, q) : read_header(line, q);
        /* A method that is not ours is told so only when the rest is sound. */
        if (n == 0 && status == 405)
            first = 405;
        else if (status)
            return status;
    }
    q->host = request_header(q, "Host");
    if (count_of(q, "Host") != 1 || !is_host(q->host))
        return 400;
    if (list_has(request_header(q, "Connection"), "close"))
        q->keep_alive = false;
    else if (list_has(request_header(q, "Connection"), "keep-alive"))
        q->keep_alive = true;
    str expect = request_header(q, "Expect");
    if (expect.len && strncasecmp(expect.at, "100-continue", expect.len) != 0)
        return 417;
    return first ? first : read_lengths(q);
}

/* -- the second reader --------------------------------------------------------------------------------- */
static int on_headers_complete(llhttp_t *p)
{
    ((framing *)p->data)->head_done = true;
    return 0;
}

static int on_message_complete(llhttp_t *p)
{
    framing *f = p->data;
    f->whole = true;
    f->keep_alive = llhttp_should_keep_alive(p);
    return HPE_PAUSED; /* whatever follows is not of this message */
}

static const llhttp_settings_t *settings(void)
{
    static const llhttp_settings_t s = { .on_headers_complete = on_headers_complete,
                                         .on_message_complete = on_message_complete };
    return &s;
}

/* Fed all but the last byte it may not be done; with the last one it must be. */
static bool feed(framing *f, str bytes)
{
    llhttp_errno_t e = llhttp_execute(&f->parser, bytes.at, bytes.len);
    if (e == HPE_OK)
        return true;
    return e == HPE_PAUSED && f->whole && llhttp_get_error_pos(&f->parser) == bytes.at + bytes.len;
}

bool framing_head(framing *f, str head, const request *q)
{
    *f = (framing){ .whole = false };
    llhttp_init(&f->parser, HTTP_REQUEST, settings());
    f->parser.data = f;
    if (!feed(f, str_part(head, 0, head.len - 1)) || f->head_done || f->whole)
        return false;
    if (!feed(f, str_from(head, head.len - 1)) || !f->head_done || f->whole != (q->body_bytes == 0))
        return false;
    return f->whole ? f->keep_alive == q->keep_alive : (int64_t)f->parser.content_length == q->body_bytes;
}

bool framing_body(framing *f, str part)
{
    return !f->whole && feed(f, part);
}

bool framing_whole(const framing *f)
{
    return f->whole;
}
