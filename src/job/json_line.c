#include "job/json_line.h"

#include <string.h>

/* The text has been read by the library already: brackets and quotes match. What ends early still does no harm. */
typedef struct walker {
    str text;
    size_t at, line;
} walker;

static char here(const walker *w)
{
    return w->at < w->text.len ? w->text.at[w->at] : 0;
}

static void step(walker *w)
{
    w->line += here(w) == '\n';
    w->at++;
}

static void skip_space(walker *w)
{
    while (here(w) == ' ' || here(w) == '\t' || here(w) == '\n' || here(w) == '\r')
        step(w);
}

/* A string, without its quotes and as it is written. */
static str read_string(walker *w)
{
    size_t from = ++w->at;
    while (w->at < w->text.len && here(w) != '"')
        w->at += here(w) == '\\' ? 2 : 1;
    size_t to = w->at < w->text.len ? w->at : w->text.len;
    w->at = to + 1;
    return (str){ w->text.at + from, to - from };
}

/* Over one value, to what comes after it. With a key: on the first value of that key inside, if there is one. */
static bool walk(walker *w, const char *key)
{
    int depth = 0;
    skip_space(w);
    while (w->at < w->text.len) {
        char c = here(w);
        if (depth == 0 && (c == ',' || c == ']' || c == '}'))
            return false;
        if (c == '"') {
            size_t line = w->line;
            str name = read_string(w);
            skip_space(w);
            if (key && here(w) == ':' && str_is(name, key)) {
                w->line = line;
                return true;
            }
            continue;
        }
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        step(w);
    }
    return false;
}

/* On the value of a member of the object that begins here; its line is that of the key. */
static bool enter(walker *w, const char *key)
{
    skip_space(w);
    if (here(w) != '{')
        return false;
    do {
        w->at++;
        skip_space(w);
        size_t line = w->line;
        if (here(w) != '"')
            return false;
        str name = read_string(w);
        skip_space(w);
        w->at++; /* the colon */
        if (str_is(name, key)) {
            w->line = line;
            return true;
        }
        walk(w, NULL);
    } while (here(w) == ',');
    return false;
}

/* On an element of the list that begins here. */
static bool element(walker *w, size_t index)
{
    skip_space(w);
    if (here(w) != '[')
        return false;
    w->at++;
    for (size_t i = 0; i < index; i++) {
        walk(w, NULL);
        if (here(w) != ',')
            return false;
        w->at++;
    }
    skip_space(w);
    return here(w) != ']' && here(w) != 0;
}

size_t json_line(str text, const char *list, size_t index, const char *key)
{
    walker w = { .text = text, .line = 1 };
    if (!enter(&w, list))
        return 1;
    size_t line = w.line;
    if (!element(&w, index))
        return line;
    line = w.line;
    return key && walk(&w, key) ? w.line : line;
}
