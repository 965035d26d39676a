#include "domain/reinforcement.h"

static bool covers(const reinforcement_span *s, str day)
{
    return str_compare(s->from_on, day) <= 0 && str_compare(day, s->to_on) <= 0;
}

bool reinforcement_lets(const reinforcement_span *spans, size_t count, int64_t team, bool borrowed, str day)
{
    bool lent = false;
    for (size_t i = 0; i < count; i++)
        lent = lent || ((borrowed ? spans[i].to_team : spans[i].from_team) == team && covers(&spans[i], day));
    return lent == borrowed;
}
