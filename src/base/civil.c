#include "base/civil.h"

#include "base/text.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { DAY_MS = 86400000, MINUTE_MS = 60000, DAY_MINUTES = 1440, ZONE_NAME_MAX = 64, KEPT_MAX = 32 };

struct civil_zone {
    UCalendar *calendar;
    char name[ZONE_NAME_MAX];
};

/*
 * Opening a calendar costs more than most commands' statements, and nearly all are of one zone. What a zone says never
 * changes while the program runs, so what one has closed is kept for the next who asks for it, on whatever thread.
 */
static struct {
    pthread_mutex_t lock;
    civil_zone at[KEPT_MAX];
    size_t count;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void zone_give_back(civil_zone *z)
{
    pthread_mutex_lock(&kept.lock);
    bool room = kept.count < KEPT_MAX;
    if (room)
        kept.at[kept.count++] = *z;
    pthread_mutex_unlock(&kept.lock);
    if (!room)
        ucal_close(z->calendar);
}

static void zone_close(void *what)
{
    zone_give_back(what);
}

static UCalendar *zone_take(str name)
{
    UCalendar *found = NULL;
    pthread_mutex_lock(&kept.lock);
    for (size_t i = kept.count; i > 0 && !found; i--)
        if (str_is(name, kept.at[i - 1].name)) {
            found = kept.at[i - 1].calendar;
            kept.at[i - 1] = kept.at[--kept.count];
        }
    pthread_mutex_unlock(&kept.lock);
    return found;
}

static err *zone_unknown(arena *a, str name)
{
    return err_new(a, ERR_INPUT, "zone.unknown", VALUES({ "zone", name }));
}

static err *calendar_open(arena *a, str name, UCalendar **out)
{
    UChar wide[ZONE_NAME_MAX];
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] <= ' ' || name.at[i] > '~')
            return zone_unknown(a, name);
        wide[i] = (UChar)name.at[i];
    }
    UChar canonical[ZONE_NAME_MAX * 2];
    UBool is_system = false;
    UErrorCode status = U_ZERO_ERROR;
    ucal_getCanonicalTimeZoneID(wide, (int32_t)name.len, canonical, (int32_t)COUNT(canonical),
                                &is_system, &status);
    if (U_FAILURE(status) || !is_system)
        return zone_unknown(a, name);
    *out = ucal_open(wide, (int32_t)name.len, "en", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status))
        return err_memory();
    ucal_setAttribute(*out, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
    return NULL;
}

static err *zone_open(arena *a, str name, civil_zone *z)
{
    if (name.len == 0 || name.len >= ZONE_NAME_MAX)
        return zone_unknown(a, name);
    memcpy(z->name, name.at, name.len);
    z->calendar = zone_take(name);
    return z->calendar ? NULL : calendar_open(a, name, &z->calendar);
}

err *civil_zone_open(arena *a, str name, civil_zone **out)
{
    civil_zone *z = arena_new(a, civil_zone);
    TRY(zone_open(a, name, z));
    arena_defer(a, zone_close, z);
    *out = z;
    return NULL;
}

err *civil_local_in(arena *a, str name, int64_t at, civil_day *day, int *minute)
{
    civil_zone z = { 0 };
    TRY(zone_open(a, name, &z));
    civil_local(&z, at, day, minute);
    zone_give_back(&z);
    return NULL;
}

int64_t civil_instant(civil_zone *z, civil_day day, int minute)
{
    assert(minute >= 0 && minute < 2 * DAY_MINUTES);
    int year, month, in_month;
    civil_parts(day + minute / DAY_MINUTES, &year, &month, &in_month);
    minute %= DAY_MINUTES;
    UErrorCode status = U_ZERO_ERROR;
    ucal_clear(z->calendar);
    ucal_setDateTime(z->calendar, year, month - 1, in_month, minute / 60, minute % 60, 0, &status);
    UDate at = ucal_getMillis(z->calendar, &status);
    assert(U_SUCCESS(status));
    return (int64_t)at;
}

void civil_local(civil_zone *z, int64_t at, civil_day *day, int *minute)
{
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(z->calendar, (UDate)at, &status);
    int64_t local = at + ucal_get(z->calendar, UCAL_ZONE_OFFSET, &status) +
                    ucal_get(z->calendar, UCAL_DST_OFFSET, &status);
    assert(U_SUCCESS(status));
    int64_t in_day = local % DAY_MS;
    if (in_day < 0)
        in_day += DAY_MS;
    *day = (civil_day)((local - in_day) / DAY_MS);
    *minute = (int)(in_day / MINUTE_MS);
}

/* Both ways after Howard Hinnant, "chrono-compatible low-level date algorithms"; years from March. */
civil_day civil_day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void civil_parts(civil_day d, int *year, int *month, int *day)
{
    d += 719468;
    int era = (d >= 0 ? d : d - 146096) / 146097;
    int in_era = d - era * 146097;
    int of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int from_march = (5 * in_year + 2) / 153;
    *day = in_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = of_era + era * 400 + (*month <= 2);
}

bool civil_day_is(int year, int month, int day)
{
    if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int y, m, d;
    civil_parts(civil_day_of(year, month, day), &y, &m, &d);
    return y == year && m == month && d == day;
}

int civil_weekday(civil_day d)
{
    return ((d + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
}

bool civil_day_read(str s, civil_day *out)
{
    int64_t year, month, day;
    if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-' ||
        !str_int(str_part(s, 0, 4), 1900, 2099, &year) ||
        !str_int(str_part(s, 5, 2), 1, 12, &month) || !str_int(str_part(s, 8, 2), 1, 31, &day) ||
        !civil_day_is((int)year, (int)month, (int)day))
        return false;
    *out = civil_day_of((int)year, (int)month, (int)day);
    return true;
}

str civil_day_text(arena *a, civil_day d)
{
    int year, month, day;
    civil_parts(d, &year, &month, &day);
    return text_format(a, "%04d-%02d-%02d", year, month, day);
}

str civil_time_text(arena *a, int minute)
{
    if (minute > DAY_MINUTES)
        minute %= DAY_MINUTES;
    return text_format(a, "%02d:%02d", minute / 60, minute % 60);
}

int64_t civil_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
