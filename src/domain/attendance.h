/*
 * attendance: what really happened: who came, when, and when he left. Pure: no clock, no database.
 * A shift belongs to the day on which it starts; so does whoever stands in it, also after midnight.
 */
#ifndef MUSTER_DOMAIN_ATTENDANCE_H
#define MUSTER_DOMAIN_ATTENDANCE_H
#include "base/civil.h"

enum {
    ATTENDANCE_LATE_MINUTES = 5,          /* later than this after the start is late */
    ATTENDANCE_ACROSS_MINUTES = 120,      /* how early on the day before, for a shift just after midnight */
    ATTENDANCE_CLAIM_BACK_MINUTES = 48 * 60, /* what a phone that was offline may claim */
    ATTENDANCE_CLAIM_AHEAD_MINUTES = 2,
    ATTENDANCE_STAY_MINUTES = 4 * 60,     /* longer than this after the end: the check-out was forgotten */
    ATTENDANCE_OPEN_MINUTES = 12 * 60,    /* nobody on no shift stands longer without a word */
    ATTENDANCE_DAY_MINUTES = 24 * 60
};

typedef enum attendance_mark {
    MARK_EARLY = 1,
    MARK_LATE = 2,
    MARK_WRONG_POST = 4,
    MARK_FILLED_IN = 8, /* 补录: keyed from paper */
    MARK_CLAIMED_CUT = 16,
    MARK_CLOSED_BY_RULE = 32
} attendance_mark;

typedef struct attendance_shift {
    int64_t starts_at, ends_at; /* both 0: on no shift */
    civil_day day;              /* of the start */
} attendance_shift;

/* The claimed instant, cut to what may be claimed and then marked. */
int64_t attendance_claim(int64_t claimed, int64_t now, unsigned *marks);

typedef enum attendance_fit { ATTENDANCE_FITS, ATTENDANCE_TOO_EARLY, ATTENDANCE_OVER } attendance_fit;
/* Early on the same day is accepted; before midnight only shortly before the start. day: that of at. */
attendance_fit attendance_fits(const attendance_shift *s, int64_t at, civil_day day);
unsigned attendance_punctual(const attendance_shift *s, int64_t at); /* MARK_EARLY, MARK_LATE or 0 */
/* Counted from the midnight of starts_on: 00:30 of the night after is 1470, and never before midnight. */
int attendance_minute(civil_day starts_on, civil_day day, int minute);

/* The instant of leaving that counts; far beyond the end it is the end, marked. */
int64_t attendance_leave(const attendance_shift *s, int64_t came_at, int64_t at, unsigned *marks);
/* Whoever comes elsewhere has left here: at that instant, or at the end if that was before. */
int64_t attendance_left_for(const attendance_shift *s, int64_t came_at, int64_t at);
/* Whether a check-out is forgotten by now, and the instant it is set to: the end of the shift, else no time at all. */
bool attendance_forgotten(const attendance_shift *s, int64_t came_at, int64_t now, int64_t *left_at);
int64_t attendance_minutes(int64_t came_at, int64_t left_at); /* never below 0, begun minutes do not count */

/*
 * A time on paper for a shift of these minutes: 01:30 on the sheet of a night is after midnight. first: the earliest
 * it can be, as the time of coming is for that of leaving.
 */
int attendance_paper_minute(int minute, int first, int end_minute);

str attendance_marks_text(arena *a, unsigned marks); /* "early filled_in" */
unsigned attendance_marks_read(str s);
#endif
