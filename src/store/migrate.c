#include "store/migrate.h"

#include <ctype.h>
#include <stdlib.h>

int64_t migrate_number(const embedded *file)
{
    return strtol(file->name, NULL, 10);
}

int64_t migrate_newest(void)
{
    int64_t newest = 0;
    for (const embedded *m = embedded_migrations; m->name; m++) {
        if (migrate_number(m) > newest)
            newest = migrate_number(m);
    }
    return newest;
}

/* Word by word; a type's name never stands in a comment or literal of @both in another sense. */
static void put_postgres(text *t, str line)
{
    for (size_t i = 0; i < line.len;) {
        size_t end = i;
        while (end < line.len && (isalnum((unsigned char)line.at[end]) || line.at[end] == '_'))
            end++;
        str word = str_part(line, i, end > i ? end - i : 1);
        text_put(t, str_is(word, "INTEGER") ? STR("BIGINT")
                    : str_is(word, "BLOB")  ? STR("BYTEA")
                                            : word);
        i += word.len;
    }
}

str migrate_text(arena *a, const embedded *file, bool postgres)
{
    enum { NONE, BOTH, SQLITE, POSTGRES } block = NONE;
    bool in_table = false;
    text t = text_begin(a);
    str rest = { file->text, file->length }, line;
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, STR("-- @")))
            block = str_starts(line, STR("-- @both"))     ? BOTH
                    : str_starts(line, STR("-- @sqlite")) ? SQLITE
                                                          : POSTGRES;
        else if (str_starts(line, STR("CREATE ")))
            in_table = str_starts(line, STR("CREATE TABLE"));
        if (block == BOTH && postgres)
            put_postgres(&t, line);
        else if (block == BOTH && in_table && str_is(line, ");"))
            text_put_z(&t, ") STRICT;");
        else if (block == BOTH || block == (postgres ? POSTGRES : SQLITE))
            text_put(&t, line);
        text_put_z(&t, "\n"); /* so line numbers in a database's complaint are those of the file */
    }
    return text_done(&t);
}
