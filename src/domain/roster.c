#include "domain/roster.h"

#include "base/text.h"

static str pair_key(arena *a, int64_t need, int64_t person)
{
    return text_format(a, "%lld/%lld", (long long)need, (long long)person);
}

static roster_step step_of_line(const roster_line *line, const roster_duty *duty, int64_t now)
{
    if (line->starts_at <= now)
        return ROSTER_PAST;
    if (!duty || (!duty->live && duty->dropped_by_roster))
        return ROSTER_ADD;
    if (!duty->live)
        return ROSTER_CONFLICT; /* excused or swapped away since */
    return duty->lead == line->lead ? ROSTER_KEEP : ROSTER_LEAD;
}

static roster_step step_of_duty(const roster_duty *duty, int64_t now)
{
    if (duty->starts_at <= now || !duty->movable)
        return ROSTER_PAST;
    return duty->by_roster ? ROSTER_REMOVE : ROSTER_CONFLICT; /* signed up or swapped in since */
}

void roster_difference(arena *a, const roster_line *lines, size_t line_count, const roster_duty *duties,
                       size_t duty_count, int64_t now, roster_changes *out)
{
    map *by_pair = map_new(a), *named = map_new(a);
    for (size_t i = 0; i < duty_count; i++) {
        str key = pair_key(a, duties[i].need_id, duties[i].person_id);
        int64_t seen;
        if (!map_get(by_pair, key, &seen) || duties[i].live || (!duties[seen].live && !duties[i].dropped_by_roster))
            map_put(by_pair, key, (int64_t)i);
    }
    for (size_t i = 0; i < line_count; i++) {
        int64_t index;
        str key = pair_key(a, lines[i].need_id, lines[i].person_id);
        const roster_duty *duty = map_get(by_pair, key, &index) ? &duties[index] : NULL;
        map_put(named, key, 1);
        *list_add(a, out) = (roster_change){ step_of_line(&lines[i], duty, now), &lines[i], duty };
    }
    for (size_t i = 0; i < duty_count; i++)
        if (duties[i].live && !map_get(named, pair_key(a, duties[i].need_id, duties[i].person_id), NULL))
            *list_add(a, out) = (roster_change){ step_of_duty(&duties[i], now), NULL, &duties[i] };
}
