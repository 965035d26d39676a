#include "web/form_key.h"

#include "command/command.h"

enum { DIGITS_MAX = 19 };

static const value *given(const named *args, str name)
{
    for (; args->name; args++)
        if (str_is(name, args->name))
            return &args->value;
    return NULL;
}

/* What no id could be is left to the command, which says what is wrong with it. */
static str id_text(arena *a, const value *v)
{
    int64_t id = 0;
    if (v && v->kind == VALUE_TEXT && v->s.len <= DIGITS_MAX)
        str_int(v->s, 1, INT64_MAX, &id);
    else if (v && v->kind == VALUE_INT)
        id = v->n;
    return id > 0 ? text_format(a, "%lld.", (long long)id) : (str){ 0 };
}

str form_key_ids(arena *a, const char *name, const named *args)
{
    text t = text_begin(a);
    const command *m = app_command_find(str_of(name));
    str rest = m ? str_of(m->args) : (str){ 0 }, word, arg;
    while (rest.len && str_split(&rest, ' ', &word))
        if (str_split(&word, ':', &arg) && str_starts(word, STR("id")))
            text_put(&t, id_text(a, given(args, arg)));
    return text_done(&t);
}
