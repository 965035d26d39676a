#include "base/err.h"

err *err_new(arena *a, err_code code, const char *message, const word_value *values)
{
    err *e = arena_new(a, err);
    e->code = code;
    e->message = message;
    for (; values && values->name && e->value_count < WORD_VALUES_MAX; values++) {
        e->values[e->value_count++] =
            (word_value){ .name = values->name, .value = str_copy(a, values->value) };
    }
    return e;
}

err *err_copy(arena *a, const err *from)
{
    err *e = err_new(a, from->code, from->message, NULL);
    e->field = from->field;
    e->line = from->line;
    e->detail = str_copy(a, from->detail);
    e->value_count = from->value_count;
    for (size_t i = 0; i < from->value_count; i++)
        e->values[i] = (word_value){ from->values[i].name, str_copy(a, from->values[i].value) };
    return e;
}

err *err_memory(void)
{
    static err memory = { .code = ERR_MEMORY, .message = "memory.out" };
    return &memory;
}

static const struct {
    const char *name;
    int status, exit_code;
} codes[] = {
#define X(code, http_status, exit_number) [code] = { #code, http_status, exit_number },
#include "base/err.def"
#undef X
};

const char *err_name(err_code code)
{
    return codes[code].name;
}

int err_exit(err_code code)
{
    return codes[code].exit_code;
}

int err_status(err_code code)
{
    return codes[code].status;
}
