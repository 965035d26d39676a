/*
 * attendance: loading duties and recording who came and left; shared by the commands of duty and attendance.
 */
#ifndef MUSTER_COMMAND_ATTENDANCE_H
#define MUSTER_COMMAND_ATTENDANCE_H
#include "command/command.h"
#include "domain/attendance.h"

typedef struct duty {
    int64_t id, need_id, person_id, team_id, post_id;
    int64_t attendance_id; /* 0: none that counts */
    int64_t seat;          /* 0: none, it is not live */
    attendance_shift shift;
    bool planned; /* or confirmed: holds a seat, not yet begun */
    str state, starts_on, post, zone;
} duty;
err *duty_load(context *c, int64_t id, duty *out); /* none such: ERR_NOT_FOUND */
/* A seat of the argument need for somebody; taken, if given, is how many had one when the actor looked. The answer names the duty. */
err *duty_take(context *c, const args *a, int64_t person_id, str source, const char *result);
enum { DUTY_WHY_MAX_BYTES = 300 };
err *duty_why(context *c, const args *a, str *out); /* the argument `why`, bounded; may be empty */
err *duty_state(context *c, int64_t id, const char *state, str why);

/* Who acts and stands in the row: the actor, or for the local operator the argument `by`. */
err *attendance_by(context *c, const args *a, int64_t *by);
/* The argument happened_at, cut to what may be claimed and then marked; not given: now. */
int64_t attendance_claimed(context *c, const args *a, unsigned *marks);
/* The argument via, or link for oneself and leader for another. */
err *attendance_via(context *c, const args *a, int64_t person, int64_t by, str *via);

typedef struct arrival {
    int64_t person_id, duty_id, post_id, team_id; /* duty_id 0: on no roster */
    attendance_shift shift;
    str starts_on, zone;
    int64_t at, by;
    unsigned marks;
    str via, sheet_no;
    int64_t sheet_row;
} arrival;
arrival arrival_at(const duty *d, int64_t at);
/* Whether the duty may be begun at that instant; else why not, in words. */
err *arrival_fits(context *c, const duty *d, int64_t at);
/* Writes the row, puts the duty on, and closes what the person left open elsewhere. */
err *arrival_record(context *c, const arrival *r, int64_t *id);

typedef struct presence {
    int64_t id, person_id, duty_id, came_at;
    int64_t left_at; /* -1: still there */
    attendance_shift shift;
    unsigned marks;
    bool confirmed;
} presence;
presence presence_of(const rows *r, size_t i);
err *presence_load(context *c, int64_t id, presence *out);
err *presence_leave(context *c, presence *p, int64_t at); /* at: as said; out before in, or twice: refused */
err *presence_close(context *c, const presence *p, int64_t left_at, unsigned marks);

err *attendance_key_sheet(context *c, const args *a); /* attendance_sheet.c */

#define REFUSE_ID(c, code, message, id) \
    refuse((c), (code), (message), VALUES({ "id", text_format((c)->a, "%lld", (long long)(id)) }))
#endif
