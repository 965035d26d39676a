/*
 * seal: a row that holds the last hash of every lane and the seal before, made once in each minute in which
 * commands run, and by the command audit.seal. Its short form is printed, so that it leaves the house: whoever
 * has one on paper can tell whether anything before it was changed or cut off since (check.h).
 */
#ifndef MUSTER_COMMAND_SEAL_H
#define MUSTER_COMMAND_SEAL_H
#include "command/command.h"

enum { SEAL_EVERY_MS = 60000, SEAL_SHORT_BYTES = 8 };

/* Makes one if the last is a minute old. Nothing hangs on it: the command before it is done. */
void seal_when_due(app *p, arena *a, int64_t now);
/* "12-4F2A-91C2-77AA-0B1C": number and first bytes of the hash. */
str seal_short(arena *a, int64_t id, str hash);
/* What the hash of this row of seal must be, by the hash of the one before. */
str seal_hash(arena *a, str prev, int64_t id, int64_t at, str heads);
#endif
