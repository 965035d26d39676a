/*
 * migrate: the text of a migration for one engine. Pure. How a file is written stands in 0001_foundation.sql.
 */
#ifndef MUSTER_STORE_MIGRATE_H
#define MUSTER_STORE_MIGRATE_H
#include "base/embed.h"
#include "base/text.h"

str migrate_text(arena *a, const embedded *file, bool postgres);
int64_t migrate_number(const embedded *file); /* 0012_... is 12 */
int64_t migrate_newest(void);                 /* the schema this program wants */
#endif
