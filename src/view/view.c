#include "view/view.h"

#include "base/embed.h"
#include "view/file.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

const char view_mark[] = "/*scope*/", view_name_mark[] = "/*name*/", view_end_mark[] = "/*end*/";

static bool cut(str line, const char *head, str *rest)
{
    if (!str_starts(line, str_of(head)))
        return false;
    *rest = str_trim(str_from(line, strlen(head)));
    return true;
}

static bool one_of(str s, const char *const *all)
{
    for (; *all; all++)
        if (str_is(s, *all))
            return true;
    return false;
}

/* "name type, name type": false when a part is no such pair, a type unknown or there are too many. */
static bool read_pairs(str list, view_column *out, size_t max, size_t *count)
{
    static const char *const types[] = { "id",     "int", "text", "name", "phone",   "day",
                                         "minute", "utc", "yes",  "code", "address", NULL };
    str part;
    while (str_split(&list, ',', &part)) {
        str type = str_trim(part), name, bare;
        if (*count == max || !str_split(&type, ' ', &name))
            return false;
        type = bare = str_trim(type);
        if (str_ends(bare, STR("?")))
            bare.len--;
        if (str_starts(name, STR("$")))
            name = str_from(name, 1);
        if (!name.len || !one_of(bare, types))
            return false;
        out[(*count)++] = (view_column){ name, type };
    }
    return true;
}

/* What follows the word in the line, which ends before it from now on. */
static str cut_after(str *line, const char *word)
{
    ptrdiff_t at = str_find(*line, str_of(word));
    if (at < 0)
        return (str){ 0 };
    str rest = str_trim(str_from(*line, (size_t)at + strlen(word)));
    *line = str_part(*line, 0, (size_t)at);
    return rest;
}

/* These words are put into the text of the query, so no others may pass. */
static bool roles_are_known(str list)
{
    static const char *const roles[] = { "commander", "liaison", "leader", "secretary", "volunteer", "auditor", NULL };
    str role;
    while (str_split(&list, ' ', &role))
        if (!one_of(role, roles))
            return false;
    return true;
}

static const char *read_scope(str line, view *v)
{
    static const char *const nouns[] = { "own", "team", "person", "org", "division", NULL };
    str also = cut_after(&line, "also:");
    if (!read_pairs(also, v->args, COUNT(v->args), &v->arg_count))
        return "an argument after also: is not a name and a type";
    v->name_roles = cut_after(&line, "names:");
    v->roles = cut_after(&line, "for:");
    if (!roles_are_known(v->roles) || !roles_are_known(v->name_roles))
        return "a word after for: or names: is no role";
    v->scope = str_trim(line);
    str column = v->scope, noun;
    if (str_is(v->scope, "public") || str_is(v->scope, "all"))
        return NULL;
    if (!str_split(&column, ' ', &noun) || !one_of(noun, nouns) || !str_trim(column).len)
        return "the scope is none of public, all, own, team, person, org, division with its column";
    return NULL;
}

static size_t count_of(str s, const char *part)
{
    size_t count = 0;
    for (ptrdiff_t at; (at = str_find(s, str_of(part))) >= 0; count++)
        s = str_from(s, (size_t)at + strlen(part));
    return count;
}

static const char *check_columns(const view *v)
{
    size_t names = 0, addresses = 0;
    for (size_t i = 0; i < v->column_count; i++) {
        names += str_is(v->columns[i].type, "name");
        addresses += str_is(v->columns[i].type, "address");
    }
    if (addresses && !(str_is(v->scope, "all") && v->roles.len))
        return "an address asks for the scope all and for: with its roles";
    if (names && str_is(v->scope, "public"))
        return "a name is never public";
    if (count_of(v->sql, view_name_mark) != names || count_of(v->sql, view_end_mark) != names)
        return "each column of type name, and no other, stands between the marks name and end";
    return NULL;
}

const char *view_read(str text, view *out)
{
    *out = (view){ 0 };
    str rest = text, line, value;
    while (rest.len && str_starts(rest, STR("--"))) {
        str_split(&rest, '\n', &line);
        if (cut(line, "-- view:", &value)) {
            str_split(&value, ' ', &out->name);
            out->title = str_trim(value);
        } else if (cut(line, "-- scope:", &value)) {
            const char *wrong = read_scope(value, out);
            if (wrong)
                return wrong;
        } else if (cut(line, "-- columns:", &value)) {
            if (!read_pairs(value, out->columns, COUNT(out->columns), &out->column_count))
                return "a column is not a name and a type";
        }
    }
    out->sql = str_trim(rest);
    if (str_ends(out->sql, STR(";")))
        out->sql.len--;
    if (!out->name.len || !out->title.len)
        return "no line -- view: with name and title";
    if (!out->scope.len)
        return "no line -- scope:";
    if (!out->column_count)
        return "no line -- columns:";
    if (!str_is(out->scope, "public") && str_find(out->sql, str_of(view_mark)) < 0)
        return "no mark for the scope";
    return check_columns(out);
}

/* Read once, never changed after. */
enum { VIEWS_MAX = 200 };
static view views[VIEWS_MAX];
static size_t view_count_all;
static pthread_once_t views_once = PTHREAD_ONCE_INIT;

static void views_load(void)
{
    for (const embedded *f = embedded_views; f->name; f++) {
        assert(view_count_all < VIEWS_MAX);
        view *v = &views[view_count_all++];
        const char *wrong = view_read((str){ f->text, f->length }, v);
        assert(!wrong && str_is(v->name, f->name)); /* the test names file and fault */
        (void)wrong;
    }
}

const view *view_at(size_t index)
{
    pthread_once(&views_once, views_load);
    return index < view_count_all ? &views[index] : NULL;
}

const view *view_find(str name)
{
    for (size_t i = 0; view_at(i); i++)
        if (str_equal(view_at(i)->name, name))
            return view_at(i);
    return NULL;
}
