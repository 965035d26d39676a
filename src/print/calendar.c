#include "print/calendar.h"

#include "base/text.h"

#include <libical/ical.h>

static struct icaltimetype instant(int64_t at)
{
    return icaltime_from_timet_with_zone((time_t)(at / 1000), 0, icaltimezone_get_utc_timezone());
}

/* What programs look at that know no RFC 7986. */
static void put_other(icalcomponent *to, const char *name, const char *text)
{
    icalproperty *p = icalproperty_new_x(text);
    icalproperty_set_x_name(p, name);
    icalcomponent_add_property(to, p);
}

static void put_event(arena *a, icalcomponent *to, const calendar *c, const calendar_event *e)
{
    icalcomponent *x = icalcomponent_new_vevent();
    icalcomponent_add_component(to, x);
    icalcomponent_add_property(x, icalproperty_new_uid(text_format(a, "duty-%lld@%.*s", (long long)e->id, STR_ARG(c->source)).at));
    icalcomponent_add_property(x, icalproperty_new_dtstamp(instant(e->changed_at)));
    icalcomponent_add_property(x, icalproperty_new_lastmodified(instant(e->changed_at)));
    icalcomponent_add_property(x, icalproperty_new_sequence((int)e->sequence));
    icalcomponent_add_property(x, icalproperty_new_dtstart(instant(e->starts_at)));
    icalcomponent_add_property(x, icalproperty_new_dtend(instant(e->ends_at)));
    icalcomponent_add_property(x, icalproperty_new_summary(str_z(a, e->summary)));
    if (e->location.len)
        icalcomponent_add_property(x, icalproperty_new_location(str_z(a, e->location)));
    if (e->description.len)
        icalcomponent_add_property(x, icalproperty_new_description(str_z(a, e->description)));
    icalcomponent_add_property(x, icalproperty_new_status(e->called_off ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property(x, icalproperty_new_transp(e->called_off ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
}

static void drop(void *component)
{
    icalcomponent_free(component);
}

static icalcomponent *begin(arena *a, const calendar *c)
{
    struct icaldurationtype again = icaldurationtype_from_int(CALENDAR_LOOK_AGAIN_MINUTES * 60);
    icalcomponent *x = icalcomponent_new_vcalendar();
    arena_defer(a, drop, x);
    icalcomponent_add_property(x, icalproperty_new_version("2.0"));
    icalcomponent_add_property(x, icalproperty_new_prodid("-//Muster//Duties//EN"));
    icalcomponent_add_property(x, icalproperty_new_refreshinterval(again));
    put_other(x, "X-PUBLISHED-TTL", text_format(a, "PT%dM", CALENDAR_LOOK_AGAIN_MINUTES).at);
    put_other(x, "X-WR-CALNAME", str_z(a, c->title));
    put_other(x, "X-WR-TIMEZONE", str_z(a, c->zone));
    return x;
}

err *calendar_write(arena *a, const calendar *c, const calendar_event *events, size_t count, str *out)
{
    icalcomponent *x = begin(a, c);
    for (size_t i = 0; i < count; i++)
        put_event(a, x, c, &events[i]);
    char *written = icalcomponent_as_ical_string_r(x);
    if (!written)
        return err_memory();
    arena_defer(a, icalmemory_free_buffer, written);
    *out = str_of(written);
    return NULL;
}
