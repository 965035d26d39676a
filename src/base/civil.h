/*
 * civil: local days and minutes in an operation's zone, and the instants they are.
 * Instants are milliseconds UTC. A day is a count of days since 1970-01-01 (proleptic Gregorian).
 * A local time that does not exist moves forward by the gap, one that occurs twice is the first.
 */
#ifndef MUSTER_BASE_CIVIL_H
#define MUSTER_BASE_CIVIL_H
#include "base/err.h"

typedef int32_t civil_day;
enum { CIVIL_DAY_MIN = -25567 /* 1900-01-01 */, CIVIL_DAY_MAX = 47481 /* 2099-12-31 */ };

typedef struct civil_zone civil_zone; /* opened once, closed with its arena */
err *civil_zone_open(arena *a, str name, civil_zone **out); /* IANA name; unknown: ERR_INPUT */

int64_t civil_instant(civil_zone *z, civil_day day, int minute); /* minute 0..2879 may cross midnight */
void civil_local(civil_zone *z, int64_t at, civil_day *day, int *minute);
/* The same where the zone is wanted for this alone: its calendar is free again at once, not with the arena. */
err *civil_local_in(arena *a, str name, int64_t at, civil_day *day, int *minute);

civil_day civil_day_of(int year, int month, int day);
bool civil_day_is(int year, int month, int day); /* such a day exists, 1900..2099 */
void civil_parts(civil_day d, int *year, int *month, int *day);
int civil_weekday(civil_day d); /* 0 Monday .. 6 Sunday */
bool civil_day_read(str s, civil_day *out); /* YYYY-MM-DD */
str civil_day_text(arena *a, civil_day d);
str civil_time_text(arena *a, int minute); /* 08:00; past midnight 02:00; 1440 is 24:00 */
/* Milliseconds UTC of the machine's clock. Only cli and web may ask. */
int64_t civil_clock(void);
#endif
