/*
 * err: why something failed, for a person. Null means all went well.
 * message is a key of `words`, and so is message + ".hint": what to do next. Values fill both.
 * Nothing private in any of them. Lives in the arena it was made in.
 */
#ifndef MUSTER_BASE_ERR_H
#define MUSTER_BASE_ERR_H
#include "base/str.h"

typedef enum err_code {
#define X(code, status, exit_code) code,
#include "base/err.def"
#undef X
    ERR_COUNT
} err_code;

typedef struct word_value {
    const char *name;
    str value;
} word_value;
enum { WORD_VALUES_MAX = 8 };
/* VALUES({ "file", path }, { "row", n }) */
#define VALUES(...) ((const word_value[]){ __VA_ARGS__, { NULL, { NULL, 0 } } })

typedef struct err {
    err_code code;
    const char *message;
    word_value values[WORD_VALUES_MAX];
    size_t value_count;
    const char *field; /* the argument or column, or null */
    int line;          /* of the file it is about, where the message does not say it; 0: none */
    str detail;        /* for the log alone */
} err;

/* values may be null; their texts are copied. */
err *err_new(arena *a, err_code code, const char *message, const word_value *values);
err *err_copy(arena *a, const err *e); /* with its texts: for one that goes from thread to thread */
err *err_memory(void); /* static: needs no memory */
const char *err_name(err_code code); /* "ERR_INPUT" */
int err_exit(err_code code);
int err_status(err_code code);

#define TRY(call) \
    do { \
        err *try_error = (call); \
        if (try_error) \
            return try_error; \
    } while (0)
#endif
