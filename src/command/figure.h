/*
 * figure: the numbers of a bulletin, each a view with arguments. Whoever wants its records runs the same view.
 */
#ifndef MUSTER_COMMAND_FIGURE_H
#define MUSTER_COMMAND_FIGURE_H
#include "base/rows.h"
#include "domain/context.h"

typedef enum figure_kind { FIGURE_COUNT, FIGURE_SUM, FIGURE_MAX } figure_kind;
typedef struct figure {
    const char *name;
    figure_kind kind;
    int scale;          /* the value is shown divided by this: fen 100, minutes 60 */
    const char *column; /* summed, or the largest of; empty for a count */
    const char *view;
    const char *args; /* "operation=$operation day=$day" */
} figure;
extern const figure figures[]; /* ends with { 0 } */
const figure *figure_find(str name); /* null: none */
const char *figure_kind_name(figure_kind k);

/* What the words with $ in the arguments mean for one bulletin: texts by name; ends with { 0 }. */
enum { FIGURE_WORDS_MAX = 16 };

/* The arguments as texts "key=value", apart by a space; false: something they name is not there. */
bool figure_args(arena *a, const figure *f, const named *words, str *out);
/* Runs the view in the open transaction. records: keys of the rows, as texts in a. */
typedef struct figure_value {
    int64_t value;
    const str *records;
    size_t record_count;
} figure_value;
err *figure_run(context *c, const figure *f, str args, figure_value *out);
#endif
