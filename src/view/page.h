/*
 * page: any view, a page at a time, by key. A page goes on behind the last row of the one before it, whatever was added
 * or taken away meanwhile; so the order holds every column: first those the view itself is ordered by, as far as it
 * shows them, then the rest. Rows that are alike in all columns are told apart by how many of them went out.
 */
#ifndef MUSTER_VIEW_PAGE_H
#define MUSTER_VIEW_PAGE_H
#include "view/view.h"

typedef struct view_after {
    const value *row; /* the last one given, in the order of the columns; null: from the beginning */
    int64_t alike;    /* how many like it went out with it */
} view_after;

typedef struct view_order {
    size_t column;
    bool down;
} view_order;
/* Of all columns of v, into out; how many of them are of the view's own order. */
size_t view_order_of(const view *v, view_order out[COUNT(((view *)0)->columns)]);

/* Args and actor as in view_run. at most limit rows; *more: there are others behind them. */
err *view_page(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, const view_after *after,
               int64_t limit, rows *out, bool *more);
/* What to go on after: the last of these rows. before: what they came after. */
view_after view_last(const rows *r, const view_after *before);

/* run.c's: the text around that of the view; asks for view_limit, view_skip and, after a row, each view_after_<n>. */
str view_page_sql(arena *a, const view *v, str sql, bool after);
#endif
