/*
 * chain: a sign-up chain (接龙) as it was copied from a chat group, read line by line. Who is meant by a line is for the
 * caller to say, who knows the people; here is only what stands in it.
 */
#ifndef MUSTER_SHEET_CHAIN_H
#define MUSTER_SHEET_CHAIN_H
#include "base/text.h"

typedef struct chain_line {
    str number; /* digits in front; empty: none */
    str text; /* what stands behind the number, signs as text_normal leaves them */
    str tail; /* four digits standing alone, the end of a telephone number; empty: none */
    bool cancelled;
} chain_line;

/* Cuts the next line that may hold a person off *rest; titles, examples, empty lines and
 * those of a copied chat that say who sent it when are passed over. */
bool chain_next(arena *a, str *rest, chain_line *out);
/* A sign or a space, which never is part of a name's letters. */
bool chain_is_mark(uint32_t c);
#endif
