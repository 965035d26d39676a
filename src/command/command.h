/*
 * command: whatever changes something. A row says who may, which arguments it takes and which rows it
 * locks; the runner (run.c) checks these, runs it and keeps one audit line, all in one transaction.
 */
#ifndef MUSTER_COMMAND_COMMAND_H
#define MUSTER_COMMAND_COMMAND_H
#include "base/json.h"
#include "base/limits.h"
#include "base/map.h"
#include "command/app.h"
#include "store/store.h"

#include <jansson.h>

enum { ARGS_MAX = 24, RESULT_MAX_BYTES = 32 << 10, ROSTER_LINES_MAX = 20000 };

typedef struct arg {
    str name, type;
    const struct arg_type *how; /* the type; args.c's */
    bool optional;
    value value;        /* null: not given */
    const json_t *json; /* of the types rows and list */
} arg;
typedef struct args {
    arg at[ARGS_MAX];
    size_t count;
    const char *spec; /* what at[] was made from: the next row of the same command need not */
} args;

/* What becomes of a command once its operation is closed; 0 is no answer, and fails a test. */
typedef enum command_closed {
    CLOSED_UNDECIDED,
    CLOSED_STOPS,   /* refused, see closing.h */
    CLOSED_GOES_ON, /* certificates, hours, reversals, bulletins, and what a carrier says of what was sent */
    CLOSED_APART    /* of no operation: people, places, orgs, grants, channels */
} command_closed;

struct command {
    const char *name; /* noun.verb */
    const char *who;  /* "leader:team secretary:division": any one pair suffices; "nobody" is the local operator */
    const char *args; /* "team:id from_on:day note:text?" */
    const char *row;  /* the fields of a row of the argument `rows`, in the same manner; may be null */
    const char *locks; /* "roster": locked by the statement lock.roster with the argument of that name */
    command_closed closed;
    err *(*run)(context *c, const args *a);
};
/* One table per noun, each ending with { 0 }; run.c lists them all. */
extern const command operation_commands[], division_commands[], compound_commands[], org_commands[], person_commands[],
    placement_commands[], team_commands[], post_commands[], shift_commands[], need_commands[], availability_commands[],
    care_rule_commands[], person_pair_commands[], setting_commands[], import_commands[], roster_commands[],
    role_grant_commands[], audit_commands[], order_commands[], notice_commands[], notice_send_commands[],
    channel_commands[], message_commands[], notice_call_commands[], stand_down_commands[], withdrawal_commands[],
    duty_commands[], attendance_commands[], swap_commands[], bulletin_commands[], donation_commands[],
    certificate_commands[], care_commands[], structure_commands[], join_request_commands[], reinforcement_commands[],
    reminder_commands[], pass_commands[], job_commands[], login_commands[], note_commands[], handed_list_commands[], team_person_commands[], team_move_commands[],
    person_correct_commands[], column_choice_commands[], person_merge_commands[], org_headcount_commands[];
extern const command *const command_tables[];

/*
 * args.c: texts to values by the types of a spec; every bad one is named in the words of the reader.
 * rows (may be null) is the argument `rows`, already read. For rows, out begins as { 0 } and may be used again.
 */
err *args_parse(context *c, const char *spec, const named *given, const json_t *rows, args *out);
err *args_parse_row(context *c, const char *spec, const json_t *row, size_t row_no, args *out);
/* The same for the row after it: out is zero or of the same spec, which is not read again. */
err *args_parse_next(context *c, const char *spec, const json_t *row, size_t row_no, args *out);
/* The values, length before value, in the order of the spec: what a key is compared by. */
str args_canonical(arena *a, const args *x);
/* Name, whether it is null, length, value: no two lists of values have the same text. */
void value_canonical(text *t, str name, const value *v);
bool arg_is_private(const arg *x);
bool arg_is_sealed(const arg *x); /* not even a salted hash of it is kept with its salt */

/* That the argument stands in the spec is asserted. */
const arg *arg_of(const args *a, const char *name);
bool arg_given(const args *a, const char *name);
int64_t arg_int(const args *a, const char *name);                       /* not given: 0 */
int64_t arg_int_or(const args *a, const char *name, int64_t otherwise);
str arg_text(const args *a, const char *name);                          /* not given: empty */
value arg_value(const args *a, const char *name);                       /* not given: null */
value arg_text_value(const args *a, const char *name);                  /* not given: empty text */

/* What the command answers; the first id is also the audit line's noun_id. */
void command_result(context *c, const char *name, int64_t id);
void command_result_int(context *c, const char *name, int64_t n);
void command_result_text(context *c, const char *name, str s);
void command_result_bool(context *c, const char *name, bool yes);
void command_ids(context *c, const char *name, const int64_t *ids, size_t count);
void command_about(context *c, int64_t person_id);
json *command_json(context *c); /* the open result object, for lists */

/*
 * For what the audit line must not hold, as a telephone: an open object that is answered in place of the
 * result and kept nowhere. The same key again answers the result alone.
 */
json *command_shown(context *c);
/* team.c: 东塘社区居委会 without the ending of its committee. */
str community_short(context *c, str community);
/* operation.c: operation.missing. */
err *operation_known(context *c, int64_t operation_id);
/* certificate.c: certificate.missing, certificate.revoked; its row of certificate.load. */
err *certificate_valid(context *c, int64_t id, rows *r);
/* query.c: the actor; for the local operator the argument `by`, without which he is refused. */
err *acting_person(context *c, const args *a, int64_t *id);

/* query.c */
err *query(context *c, const char *statement, const named *args, rows *out);
err *next_id(context *c, int64_t *id);
err *refuse(context *c, err_code code, const char *message, const word_value *values);

/* Runs one(c, of, i) for each i in memory of its own, so that thousands fit. */
err *each(context *c, size_t count, err *(*one)(context *c, void *of, size_t i), void *of);

/* Bulk work: one is run for each row of `rows` and says what it did. */
typedef enum bulk_done { BULK_SAME, BULK_CHANGED, BULK_ADDED } bulk_done;
typedef err *(*bulk_one)(context *c, const args *row, bulk_done *done, int64_t *id);
/* Answers {"added":n,"changed":n,"same":n} and, if with_ids, "ids" in the order of the rows. */
err *bulk(context *c, const args *a, const char *row, bool with_ids, bulk_one one);
/* The statements noun.find, noun.add, noun.change: all take the same args and $id. */
err *upsert(context *c, const char *noun, const named *args, bulk_done *done, int64_t *id);
enum { UPSERT_ARGS_MAX = 20 };
/*
 * Saving over another: who gives the argument `version:int?` means the row as it was then. If it has another by
 * now: ERR_STALE with who and when. Asks the statement noun.version, which locks the row.
 */
err *version_check(context *c, const char *noun, int64_t id, const args *x);
err *upsert_version(context *c, const char *noun, const args *x, const named *args, bulk_done *done, int64_t *id);

/* A set of texts of one row, as person_skill: noun.find_<part>, .add_<part>, .drop_<part>($id, $text). */
err *sync_texts(context *c, const char *noun, const char *part, int64_t id, const json_t *wanted, bulk_done *done);
/* need.c: one row of need_seat for each seat. */
err *need_sync_seats(context *c, int64_t need, int64_t limit);
/* division.c: division_above of it and all below it, anew. */
err *division_build(context *c, value code);
/* person_merge.c: the units beside the own one, a line each: org, stroke, work unit. */
err *person_put_units(context *c, int64_t person, str lines);
/* org.c: path from the top to an org, made where it is missing. */
err *org_of_path(context *c, const json_t *path, int64_t *id, bulk_done *done);
#endif
