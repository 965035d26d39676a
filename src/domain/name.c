#include "domain/name.h"

#include "base/text.h"

bool name_is_dot(uint32_t rune)
{
    switch (rune) {
    case '.':
    case 0xb7:   /* · */
    case 0x2022: /* • */
    case 0x2027: /* ‧ */
    case 0x2219: /* ∙ */
    case 0x22c5: /* ⋅ */
    case 0x3002: /* 。 */
    case 0x30fb: /* ・ */
    case 0xff0e: /* ． */
    case 0xff65: /* ･ */
        return true;
    default:
        return false;
    }
}

static bool opens(uint32_t rune)
{
    return rune == '(' || rune == '[' || rune == '{' || rune == '<' || rune == 0x3010 /* 【 */ || rune == 0x3014 /* 〔 */ ||
           rune == 0x300a /* 《 */;
}

static bool closes(uint32_t rune)
{
    return rune == ')' || rune == ']' || rune == '}' || rune == '>' || rune == 0x3011 /* 】 */ || rune == 0x3015 /* 〕 */ ||
           rune == 0x300b /* 》 */;
}

/* What stands in brackets is left out, also where they are never closed; with_remarks: only the brackets themselves. */
static str letters(arena *a, str name, bool with_remarks)
{
    text t = text_begin(a);
    size_t depth = 0;
    for (size_t i = 0; i < name.len;) {
        uint32_t rune = str_rune(name, &i);
        if (opens(rune))
            depth++;
        else if (closes(rune))
            depth -= depth > 0;
        else if ((!depth || with_remarks) && rune != ' ' && !name_is_dot(rune))
            text_put_rune(&t, rune >= 'A' && rune <= 'Z' ? rune - 'A' + 'a' : rune);
    }
    return text_done(&t);
}

str name_key(arena *a, str name)
{
    name = text_normal(a, name);
    str key = letters(a, name, false);
    return key.len ? key : letters(a, name, true);
}
