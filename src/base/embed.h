/*
 * embed: files built into the program by tools/embed.c; each list ends with a null name.
 * The name is the file's, without folder and ending: "need_short".
 */
#ifndef MUSTER_BASE_EMBED_H
#define MUSTER_BASE_EMBED_H
#include <stddef.h>

typedef struct embedded {
    const char *name;
    const char *text; /* NUL-ended */
    size_t length;
} embedded;

extern const embedded embedded_sql[];        /* sql/<noun>.sql */
extern const embedded embedded_migrations[]; /* sql/migrations, by number */
extern const embedded embedded_views[];      /* views */
extern const embedded embedded_data[];       /* data: the division table */
#endif
