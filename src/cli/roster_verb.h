/* roster_verb: what the verbs of the roster engine share. */
#ifndef MUSTER_CLI_ROSTER_VERB_H
#define MUSTER_CLI_ROSTER_VERB_H
#include "cli/cli.h"
#include "job/roster_file.h"

enum { CUSTOM_MAX_BYTES = 1 << 20 };

/* The files named first in argv: INSTANCE, or SCENARIO HISTORY WEEK of the competition. */
err *roster_verb_read(arena *a, bool inrc2, char **argv, roster_file *out);
err *roster_verb_text(arena *a, const char *path, size_t max_bytes, scan_file *out);

/* Each takes argv from behind its own name; *code is what the process ends with when all went well. */
err *roster_solve(arena *a, int argc, char **argv, words_lang lang, int *code);
err *roster_judge(arena *a, int argc, char **argv, words_lang lang, int *code);
err *roster_telling(arena *a, int argc, char **argv, words_lang lang, int *code); /* explain */
err *roster_replanning(arena *a, int argc, char **argv, words_lang lang, int *code); /* replan */
#endif
