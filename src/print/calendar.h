/*
 * calendar: spans of time as a calendar program reads them (RFC 5545), written by libical. Pure; the same events give the
 * same bytes. Times are written as UTC: whoever shows them knows the zone and its changes, so none can be told wrongly.
 */
#ifndef MUSTER_PRINT_CALENDAR_H
#define MUSTER_PRINT_CALENDAR_H
#include "base/err.h"
#include "base/str.h"

enum { CALENDAR_LOOK_AGAIN_MINUTES = 60 };

typedef struct calendar_event {
    int64_t id, sequence;      /* the same id is the same event; a higher sequence replaces what was read before */
    int64_t starts_at, ends_at, changed_at; /* ms UTC */
    str summary, location, description; /* empty: left out */
    bool called_off;
} calendar_event;

typedef struct calendar {
    str title, zone; /* zone: what a program that shows whole calendars takes for it */
    str source;      /* of the ids, the same for one installation */
} calendar;

err *calendar_write(arena *a, const calendar *c, const calendar_event *events, size_t count, str *out);
#endif
