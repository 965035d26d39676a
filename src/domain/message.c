#include "domain/message.h"

#include "base/text.h"

size_t message_signs(str text)
{
    size_t signs = 0;
    for (size_t i = 0; i < text.len;)
        signs += str_rune(text, &i) > 0xFFFF ? 2 : 1;
    return signs;
}

size_t message_parts(str text)
{
    size_t signs = message_signs(text);
    return signs <= SMS_SIGNS ? 1 : (signs + SMS_PART_SIGNS - 1) / SMS_PART_SIGNS;
}

str message_mask(arena *a, str phone)
{
    if (phone.len <= 7)
        return phone.len ? STR("****") : STR("");
    return text_format(a, "%.*s****%.*s", STR_ARG(str_part(phone, 0, 3)), STR_ARG(str_from(phone, phone.len - 4)));
}

static int rank_in(const char *const *ranks, str state)
{
    for (int i = 0; ranks[i]; i++)
        if (str_is(state, ranks[i]))
            return i;
    return -1;
}

bool message_outcome_is(str state)
{
    return rank_in((const char *const[]){ "sent", "failed", "unknown", NULL }, state) >= 0;
}
bool message_carrier_is(str state)
{
    return rank_in((const char *const[]){ "sent", "delivered", "read", "failed", NULL }, state) >= 0;
}
bool message_may_settle(str state)
{
    return rank_in((const char *const[]){ "sending", "unknown", NULL }, state) >= 0;
}

str message_state_after(str state, str carrier)
{
    static const char *const ranks[] = { "sending", "unknown", "sent", "failed", "delivered", NULL };
    str event = str_is(carrier, "read") ? STR("delivered") : carrier;
    return rank_in(ranks, event) > rank_in(ranks, state) ? event : state;
}
