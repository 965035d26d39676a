/*
 * desk: what the pages under /desk share; for src/web/desk*.c alone. Commanders and auditors work here, each in the scope
 * of the own grants: lists read through web_view, commands check for themselves.
 */
#ifndef MUSTER_WEB_DESK_H
#define MUSTER_WEB_DESK_H
#include "base/civil.h"
#include "web/site.h"

enum { DESK_MINUTE_MS = 60 * 1000, DESK_HOUR_MS = 60 * DESK_MINUTE_MS, DESK_LATE_MINUTES = 5, DESK_EMPTY_MINUTES = 15 };

/* The operation that is on, else the last one; id 0: there is none yet. Its name and the time stand in the tree. */
typedef struct desk {
    int64_t operation;
    str title, zone;
    bool all;          /* who asks commands the whole city */
    civil_zone *local; /* opened once: a page of hundreds of instants asks it for each */
} desk;
err *desk_open(web *w, desk *d);
/* The page within the frame; place: the word of the menu that is lit, as "today". */
err *desk_show(web *w, const char *page, const char *place);
/* What to tell where there is no operation yet. */
err *desk_show_none(web *w, const char *place);

/* At most limit rows of a view, as who asks may see them; and how many there are in all. */
err *desk_view(web *w, const char *view, const named *args, int64_t limit, rows *out);
err *desk_count(web *w, const char *view, const named *args, int64_t *out);
bool desk_int(str s, int64_t *out); /* an id or instant out of an address; false: none */
/* "2月8日（周六） 08:00" of an instant; the time alone where it is of today. */
str desk_when(web *w, const desk *d, int64_t at);
str desk_time(web *w, const desk *d, int64_t at); /* 08:00 */
/* A state or kind in words, as "confirmed": web_desk.value.confirmed or value.confirmed; as it is where there is no word. */
str desk_value(web *w, str value);
/* A sum of a column. */
int64_t desk_sum(const rows *r, const char *column);

/* The instant that is looked at: as asked, else now while posts are to be manned, else the next begin, else the last. */
typedef struct desk_moment {
    int64_t at;         /* 0: the operation has no shifts */
    bool begun;
    int64_t before, after; /* the begins around; 0: none */
    str name, day, span;   /* of the shift; several of different hours: of the first */
} desk_moment;
err *desk_moment_find(web *w, const desk *d, desk_moment *out);
void desk_put_moment(web *w, const desk_moment *m);

/* Parts of a bar, as SVG attributes: x and width in per cent of the whole, put as name_x and name_w. */
void desk_put_bar(web *w, tree *t, const char *const *names, const int64_t *parts, size_t count, int64_t whole);

#endif
