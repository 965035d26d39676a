/*
 * person_key: what of a person is compared where two rows may be one (the view person_double), kept beside name and address
 * by whatever command writes those.
 */
#ifndef MUSTER_COMMAND_PERSON_KEY_H
#define MUSTER_COMMAND_PERSON_KEY_H
#include "command/command.h"
#include "store/store.h"

value person_name_key(context *c, value name);
value person_home_key(context *c, value address);
/* Anew, of what stands there: after name or address were put back. */
err *person_key_renew(context *c, int64_t person);
/* Of people written before there were keys; nothing to do in every opening but the first after the migration. */
err *person_key_fill(store *s, arena *a);
#endif
