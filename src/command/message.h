/*
 * message: texts on their way. Prepared in a command (state sending), taken by the runner (state unknown: from then
 * on never sent again by itself), sent outside every transaction, settled in a command.
 */
#ifndef MUSTER_COMMAND_MESSAGE_H
#define MUSTER_COMMAND_MESSAGE_H
#include "base/civil.h"
#include "command/command.h"

/* The channel of this name, or (empty) the first that takes messages. *name is empty where there is none of those. */
err *message_channel(context *c, str wanted, str *name);
err *message_prepare(context *c, str channel, int64_t person, str purpose, int64_t purpose_id, str text, int64_t *id);

/* setting of the operation, or of all; empty where nothing is set. */
err *message_setting(context *c, int64_t operation, const char *name, str *out);
err *message_signature(context *c, int64_t operation, str *signature);
str message_day(context *c, civil_day on); /* 2月8日 */
str message_contact(context *c, str name, str phone); /* 许青139****0012; empty without a name */
#endif
