#include "domain/certificate.h"

#include <sodium.h>
#include <stddef.h>
#include <string.h>

static const char head[] = "MC1.";
enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING, TAG_BYTES = 4 };

static const struct {
    const char *name;
    size_t offset;
} fields[] = {
    { "number", offsetof(certificate, number) },       { "name", offsetof(certificate, name) },
    { "operation", offsetof(certificate, operation) }, { "community", offsetof(certificate, community) },
    { "service", offsetof(certificate, service) },     { "from", offsetof(certificate, from_on) },
    { "to", offsetof(certificate, to_on) },            { "issuer", offsetof(certificate, issuer) },
    { "issued", offsetof(certificate, issued_on) },
};

static str *field_of(certificate *c, size_t i)
{
    return (str *)(void *)((char *)c + fields[i].offset);
}

static void put_value(text *t, str s)
{
    for (size_t i = 0; i < s.len; i++)
        text_put(t, s.at[i] == '\n' || s.at[i] == '\r' ? STR(" ") : str_part(s, i, 1));
}

str certificate_fields(arena *a, const certificate *c)
{
    text t = text_begin(a);
    certificate copy = *c;
    for (size_t i = 0; i < COUNT(fields); i++) {
        text_put_z(&t, fields[i].name);
        text_put_z(&t, "=");
        put_value(&t, *field_of(&copy, i));
        text_put_z(&t, "\n");
    }
    text_put(&t, text_format(a, "minutes=%lld\n", (long long)c->minutes));
    return text_done(&t);
}

static str base64(arena *a, str s)
{
    size_t room = sodium_base64_encoded_len(s.len, VARIANT);
    char *out = arena_alloc(a, room);
    sodium_bin2base64(out, room, (const unsigned char *)s.at, s.len, VARIANT);
    return str_of(out);
}

static bool unbase64(arena *a, str s, str *out)
{
    size_t bytes = 0;
    unsigned char *room = arena_alloc(a, s.len + 1);
    if (sodium_base642bin(room, s.len, s.at, s.len, NULL, &bytes, NULL, VARIANT) != 0)
        return false;
    *out = (str){ (const char *)room, bytes };
    return true;
}

str certificate_code(arena *a, const certificate *c, str signature)
{
    return text_format(a, "%s%.*s.%.*s", head, STR_ARG(base64(a, certificate_fields(a, c))),
                       STR_ARG(base64(a, signature)));
}

static bool take_field(certificate *c, str line)
{
    str name;
    if (!str_split(&line, '=', &name))
        return false;
    if (str_is(name, "minutes"))
        return str_int(line, 0, INT32_MAX, &c->minutes);
    for (size_t i = 0; i < COUNT(fields); i++)
        if (str_is(name, fields[i].name)) {
            *field_of(c, i) = line;
            return true;
        }
    return false;
}

bool certificate_read(arena *a, str code, certificate *out, str *signed_text, str *signature)
{
    str body, rest = str_trim(code), line;
    *out = (certificate){ 0 };
    if (rest.len > CERTIFICATE_CODE_MAX_BYTES || !str_starts(rest, str_of(head)))
        return false;
    rest = str_from(rest, strlen(head));
    if (str_find(rest, STR(".")) < 0 || !str_split(&rest, '.', &body) || !unbase64(a, body, signed_text) ||
        !unbase64(a, rest, signature) || signature->len != CERTIFICATE_SIGNATURE_BYTES || !str_is_utf8(*signed_text))
        return false;
    for (str all = *signed_text; all.len && str_split(&all, '\n', &line);)
        if (!take_field(out, line))
            return false;
    return out->number.len && str_equal(certificate_fields(a, out), *signed_text);
}

str certificate_hours(arena *a, int64_t minutes)
{
    return text_format(a, "%lld.%lld", (long long)(minutes / 60), (long long)(minutes % 60 * 10 / 60));
}

str certificate_tag(arena *a, str signature)
{
    text t = text_begin(a);
    for (size_t i = 0; i < TAG_BYTES && i < signature.len; i++)
        text_printf(&t, "%02x", (unsigned char)signature.at[i]);
    return text_done(&t);
}
