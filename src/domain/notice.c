#include "domain/notice.h"

#include <assert.h>

int64_t notice_claim(int64_t claimed, int64_t now, int64_t earliest, bool *cut)
{
    int64_t low = now - CLAIM_BACK_MS > earliest ? now - CLAIM_BACK_MS : earliest;
    int64_t at = claimed < low ? low : claimed;
    if (at > now + CLAIM_AHEAD_MS)
        at = now;
    *cut = at != claimed;
    return at;
}

static bool is_overridden(const notice_answer *answers, size_t count, size_t index)
{
    if (answers[index].own)
        return false;
    for (size_t i = 0; i < count; i++)
        if (answers[i].own && answers[i].happened_at > answers[index].happened_at)
            return true;
    return false;
}

size_t notice_in_force(const notice_answer *answers, size_t count)
{
    assert(count);
    for (size_t i = count; i-- > 0;)
        if (!is_overridden(answers, count, i))
            return i;
    assert(!"a person's own word is overridden by nothing");
    return 0;
}

static bool one_of(str s, const char *const *all)
{
    for (; *all; all++)
        if (str_is(s, *all))
            return true;
    return false;
}

bool notice_answer_is(str answer)
{
    return one_of(answer, (const char *const[]){ "can", "cannot", "hindered", NULL });
}
bool notice_via_is(str via)
{
    return one_of(via, (const char *const[]){ "link", "call", "group", "paper", "sms", NULL });
}
bool notice_outcome_is(str outcome)
{
    return one_of(outcome, (const char *const[]){ "answered", "no_answer", "wrong_number", "family", NULL });
}
bool notice_is_silent(str state)
{
    return one_of(state, (const char *const[]){ "queued", "sent", "delivered", "read", NULL });
}

static int rank_of(str state)
{
    static const char *const ranks[] = { "queued", "sent", "unreachable", "delivered", "read", "answered" };
    for (size_t i = 0; i < COUNT(ranks); i++)
        if (str_is(state, ranks[i]))
            return (int)i;
    assert(!"a notice has a state that does not exist");
    return 0;
}

str notice_state_after(str state, str event)
{
    return rank_of(event) > rank_of(state) ? event : state;
}

/* Told by the family is sent; told in person is delivered, which is not yet an answer. */
str notice_event_of_call(str outcome)
{
    return str_is(outcome, "answered") ? STR("delivered") : str_is(outcome, "family") ? STR("sent") : STR("");
}
