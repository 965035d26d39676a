/*
 * config: the settings of muster serve (config.def). A later place wins: the default, the file (--config FILE or
 * MUSTER_CONFIG, lines of key = value), the environment (MUSTER_LISTEN; MUSTER_LISTEN_FILE names a file that holds it,
 * for secrets), the command line (--listen).
 */
#ifndef MUSTER_CLI_CONFIG_H
#define MUSTER_CLI_CONFIG_H
#include "base/err.h"
#include "base/words.h"

typedef enum config_key {
#define X(name, kind, otherwise, least, most) CONFIG_##name,
#include "cli/config.def"
#undef X
    CONFIG_COUNT
} config_key;

typedef struct config {
    str value[CONFIG_COUNT];
    str source[CONFIG_COUNT]; /* "/etc/muster.conf:3", "MUSTER_LISTEN", "--listen"; empty: the default */
} config;

/* Takes its options off argv. Unknown key, bad value: an error that names place, reason and what would do. */
err *config_read(arena *a, int *argc, char **argv, config *out);
int64_t config_int(const config *c, config_key key); /* not given and no default: 0 */
bool config_on(const config *c, config_key key);
const char *config_z(arena *a, const config *c, config_key key); /* empty: null */
bool config_time(str s, int64_t *ms); /* 2020-02-07T23:52Z */

/* One line each: key = value, and where it comes from; of a secret only that it is there. */
str config_text(arena *a, const config *c, words_lang lang);
/* The table, for --help. */
str config_help(arena *a, words_lang lang);
#endif
