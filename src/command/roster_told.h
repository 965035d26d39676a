/*
 * roster_told: a message to each whom a published roster changed, one for all that changed for him.
 */
#ifndef MUSTER_COMMAND_ROSTER_TOLD_H
#define MUSTER_COMMAND_ROSTER_TOLD_H
#include "command/command.h"

typedef struct roster_news {
    int64_t person_id, need_id, starts_at;
    const char *change; /* a word message.roster.<change>: added, added_leads, removed, leads, leads_no_more */
} roster_news;
/* Answers the messages as "ids". Without a channel nobody is written to: the view roster_change says whom to tell. */
err *roster_tell(context *c, int64_t roster, str channel, roster_news *all, size_t count);
#endif
