/*
 * notice: one order to one person, until answered: which answer is in force, and how its state moves. Pure.
 */
#ifndef MUSTER_DOMAIN_NOTICE_H
#define MUSTER_DOMAIN_NOTICE_H
#include "base/str.h"

enum { CLAIM_BACK_MS = 48 * 3600 * 1000, CLAIM_AHEAD_MS = 2 * 60 * 1000, CALLING_MS = 3 * 60 * 1000 };
enum { ESCALATE_MINUTES = 120 }; /* where the setting escalate_minutes says nothing else */

/* When something happened, as claimed: at most 48 h back, not ahead of the clock and not before `earliest`. */
int64_t notice_claim(int64_t claimed, int64_t now, int64_t earliest, bool *cut);

typedef struct notice_answer {
    bool own; /* the person's own word, not a liaison's */
    int64_t happened_at, recorded_at;
} notice_answer;
/*
 * Which of them counts (at least one; in the order of recording): the last recorded, but a liaison's word does
 * not override what the person said later than that.
 */
size_t notice_in_force(const notice_answer *answers, size_t count);

bool notice_answer_is(str answer);           /* can, cannot, hindered */
bool notice_via_is(str via);                 /* link, call, group, paper, sms */
bool notice_outcome_is(str outcome);         /* answered, no_answer, wrong_number, family */
bool notice_is_silent(str state);            /* may still answer by himself; unreachable is not silent */
/* The state after `event` (sent, delivered, read, unreachable, answered): never back. */
str notice_state_after(str state, str event);
str notice_event_of_call(str outcome);       /* empty: the call reached nobody */
#endif
