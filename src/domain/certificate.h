/*
 * certificate: a person's verified hours as a code that anyone can check with the public key, without a network.
 * The code holds what the paper says and the signature over it (Ed25519, RFC 8032):
 *   MC1.<fields>.<signature>, both base64url without padding (RFC 4648 section 5)
 * The fields are lines "name=value", in the order below, each ended by \n; values hold no line ends. Pure.
 */
#ifndef MUSTER_DOMAIN_CERTIFICATE_H
#define MUSTER_DOMAIN_CERTIFICATE_H
#include "base/text.h"

typedef struct certificate {
    str number;    /* 2020-000123 */
    str name;      /* of the person, as printed */
    str operation; /* its title */
    str community; /* where; may be empty */
    str service;   /* what was done; may be empty */
    str from_on, to_on;
    int64_t minutes; /* confirmed, >= 0 */
    str issuer;
    str issued_on;
} certificate;

enum { CERTIFICATE_SIGNATURE_BYTES = 64, CERTIFICATE_CODE_MAX_BYTES = 4096 };
/* What is signed. A value with a line end in it: the line end becomes a space. */
str certificate_fields(arena *a, const certificate *c);
str certificate_code(arena *a, const certificate *c, str signature);
/* The fields and signature of a code; false: it is none. `signed_text` is what the signature must be over. */
bool certificate_read(arena *a, str code, certificate *out, str *signed_text, str *signature);
/* The first bytes of the signature, 8 hexadecimal digits: asked for with the number, which alone could be guessed. */
str certificate_tag(arena *a, str signature);
/* Hours as printed: one decimal, rounded down. 59 is 0.9. */
str certificate_hours(arena *a, int64_t minutes);
#endif
