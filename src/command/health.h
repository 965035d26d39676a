/*
 * health: whether the program can do its work: database, schema, room on the disk, the last backup. Reads only, and
 * nothing private comes out.
 */
#ifndef MUSTER_COMMAND_HEALTH_H
#define MUSTER_COMMAND_HEALTH_H
#include "command/app.h"

typedef struct health_limits {
    const char *file;        /* of the database; null: on a server of its own, whose disk and dumps are not ours */
    int64_t disk_floor_mb;
    int64_t backup_max_hours; /* 0: an old backup is only worth a warning */
    int64_t now;              /* of the machine, not of a drill: ms UTC */
} health_limits;
enum { HEALTH_BACKUP_WARN_HOURS = 26 };

typedef struct health {
    bool ready; /* all of the next four */
    bool database, schema, disk, backup;
    bool backup_warning;
    int64_t version, wanted_version, free_mb, backup_age_hours; /* age -1: never */
} health;
void health_look(app *p, arena *a, const health_limits *l, health *out);
str health_json(arena *a, const health_limits *l, const health *h);

/* The file whose time tells when the last backup was made; muster backup renews it. */
const char *health_backup_mark(arena *a, const char *file);
#endif
