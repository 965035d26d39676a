/*
 * scan: a text file read line by line and word by word, for public forms; every error names file and line.
 * Words are parts of the text and live as long as it does. Lines without words are passed over.
 */
#ifndef MUSTER_JOB_SCAN_H
#define MUSTER_JOB_SCAN_H
#include "base/err.h"
#include "base/map.h"

enum { SCAN_WORDS_MAX = 512, SCAN_NUMBER_MAX = 100000 };

typedef struct scan_file {
    str name, content; /* the name is for errors */
} scan_file;

typedef struct scan {
    arena *a;
    str name, rest;
    bool commas; /* part words too */
    size_t line;
    str word[SCAN_WORDS_MAX];
    size_t count; /* words of this line; 0: the end of the file */
} scan;

scan scan_begin(arena *a, scan_file f);
/* The next line with words, or the end. */
err *scan_next(scan *s);
/* The next line, which must have that many words, at least (most 0: no more than SCAN_WORDS_MAX). */
err *scan_row(scan *s, size_t least, size_t most);
/* The next line must be this word alone. */
err *scan_head(scan *s, const char *head);
/* The next line must be "HEAD = n". */
err *scan_count(scan *s, const char *head, int min, int max, int *n);
/* Nothing more may follow. */
err *scan_end(scan *s);

err *scan_number(scan *s, str word, int min, int max, int *out);
/* "(a,b)", 0 <= a <= b <= max and b >= b_min. */
err *scan_pair(scan *s, str word, int b_min, int max, int *a, int *b);
/* A name of the map, which tells its index. */
err *scan_name(scan *s, const map *m, str word, int *out);
/* A name not yet in the map; it gets the index of how many there are. */
err *scan_new_name(scan *s, map *m, str word);

/* This line is wrong: key is "roster.line." and what is wrong. */
err *scan_bad(scan *s, const char *key, str value);
#endif
