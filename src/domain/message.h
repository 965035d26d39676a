/*
 * message: one text to one person over one channel: how long it is, and how its state moves. Pure.
 */
#ifndef MUSTER_DOMAIN_MESSAGE_H
#define MUSTER_DOMAIN_MESSAGE_H
#include "base/str.h"

enum { SMS_SIGNS = 70, SMS_PART_SIGNS = 67, MESSAGE_TRIES_MAX = 3 };

size_t message_signs(str text); /* as carriers count: UTF-16 units */
size_t message_parts(str text); /* SMS parts: one of 70, or several of 67 */
str message_mask(arena *a, str phone); /* 139****0012 */

bool message_outcome_is(str state);   /* what a message may be settled as: sent, failed, unknown */
bool message_carrier_is(str state);   /* what a receipt may say: sent, delivered, read, failed */
bool message_may_settle(str state);   /* prepared or handed over, no word yet */
/* After a receipt: a late one never undoes a better one. */
str message_state_after(str state, str carrier);
#endif
