/* A whole import taken back, in pieces. */
#include "job/import.h"

static int64_t number(const json_t *result, const char *name)
{
    return json_integer_value(json_object_get(result, name));
}

err *import_undo(import *m, int64_t id, int64_t *undone, int64_t *kept)
{
    int64_t left;
    *undone = *kept = 0;
    do {
        json_t *result = NULL;
        TRY(import_command(m, "import.undo", NAMED({ "import", V_INT(id) }), &result));
        left = number(result, "left");
        *undone += number(result, "undone");
        *kept += number(result, "kept");
    } while (left);
    return NULL;
}
