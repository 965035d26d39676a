/*
 * print: papers for a wall or a clipboard, as PDF. Black on white (bars apart), fonts embedded, text selectable; the same
 * sheet gives the same bytes on the same machine. Sheets are plain data; the texts belong to the caller and
 * are only read. A file is written whole or not at all. print_document carries any of them to the worker.
 *
 * Times of a day are minutes since its midnight, 0..2879; instants are milliseconds UTC. An index counts from
 * 0 into the named list of the same sheet. Empty texts and lists are left out of the paper.
 */
#ifndef MUSTER_PRINT_PRINT_H
#define MUSTER_PRINT_PRINT_H
#include "base/civil.h"
#include "base/words.h"

/* What every paper has. JSON: the same names, lang "zh-CN" or "en". */
typedef struct print_head {
    words_lang lang;
    int64_t created_at; /* printed as such, and the date inside the PDF */
    str zone;           /* empty: Asia/Shanghai */
    str team;
    str leader, leader_phone;
    str liaison, liaison_phone;
    str qr; /* the link of the square, or empty: no square */
} print_head;

str print_phone(arena *a, str phone); /* 139 0000 0034; as it is where it is no mobile number */

/* The border of a shift's letter: tells shifts apart on a copy of a copy. */
typedef enum print_edge {
    PRINT_EDGE_SOLID,
    PRINT_EDGE_DOTTED,
    PRINT_EDGE_HEAVY,
    PRINT_EDGE_COUNT
} print_edge;

typedef struct print_shift {
    str letter; /* 早 */
    int starts, ends;
    int edge; /* print_edge */
} print_shift;
typedef struct print_post {
    str letter; /* 南: short name, in the cell where the name has no room */
    str name;   /* 南门卡口 */
} print_post;
typedef struct print_person {
    str name;
    str unit; /* 市规划局，队长 */
} print_person;
typedef struct print_day {
    int needed;  /* seats wanted that day */
    int missing; /* of them without a person */
} print_day;
typedef struct print_duty {
    int person_index, day_index, shift_index, post_index;
    bool lead;
    bool unconfirmed;
} print_duty;
typedef struct print_gap {
    int day_index, shift_index, post_index;
    int missing;
    str reason;
} print_gap;

#define PRINT_LIST(type) \
    struct { \
        type *at; \
        size_t count; \
    }

typedef struct print_roster_sheet {
    print_head head;
    str title;            /* empty: {team}值班表 */
    int starts_on;        /* civil_day of days.at[0] */
    int version;          /* 0: draft */
    int64_t published_at; /* 0: not said */
    str rules;            /* beside the fixed rules at the foot */
    PRINT_LIST(print_shift) shifts;
    PRINT_LIST(print_post) posts;
    PRINT_LIST(print_person) people; /* in the order of the paper */
    PRINT_LIST(print_day) days;      /* more than 14: further pages */
    PRINT_LIST(print_duty) duties;
    PRINT_LIST(print_gap) gaps;
} print_roster_sheet;
err *print_roster(arena *a, const print_roster_sheet *sheet, const char *path);

typedef struct print_door_person {
    str name;
    bool lead;
    bool unconfirmed;
} print_door_person;
typedef struct print_door_shift {
    str letter;
    int starts, ends;
    int missing;    /* so many open lines below the names */
    str staffed_by; /* instead of people: 社区工作人员值守，书记孟兰 */
    PRINT_LIST(print_door_person) people;
} print_door_shift;
/* One post on one day: one page (more only if it has more people than lines). */
typedef struct print_door {
    str post;
    str place;  /* 桃溪花园南门 */
    int day;    /* civil_day */
    str number; /* 0208-南-1: under it the paper is keyed back in */
    str qr;     /* a link to check in by (http…), or a text to keep; empty: no square */
    PRINT_LIST(print_door_shift) shifts;
    /* 岗位须知, each may be empty */
    str todo, not_todo, bring, rest, handover, help;
} print_door;
typedef struct print_doors_sheet {
    print_head head;
    int version; /* of the roster; 0: draft */
    int64_t published_at; /* 0: not said */
    PRINT_LIST(print_door) doors;
} print_doors_sheet;
err *print_doors(arena *a, const print_doors_sheet *sheet, const char *path);

/* Full phone numbers: this paper is for calling. */
typedef struct print_call {
    str name, unit, phone, shift, note;
} print_call;
typedef struct print_caller {
    str liaison, liaison_phone;
    PRINT_LIST(print_call) calls;
} print_caller;
/* Each liaison begins a page. */
typedef struct print_calls_sheet {
    print_head head;
    str title; /* empty: {team}电话名单 */
    str say;   /* what to say on the phone, above the table */
    PRINT_LIST(print_caller) callers;
} print_calls_sheet;
err *print_calls(arena *a, const print_calls_sheet *sheet, const char *path);

typedef struct print_sign_in_row {
    str name, unit, post, shift;
} print_sign_in_row;
typedef struct print_sign_in_day {
    int day;    /* civil_day */
    str number; /* of the paper */
    PRINT_LIST(print_sign_in_row) rows;
} print_sign_in_day;
/* Each day begins a page; its last page is filled with empty lines. */
typedef struct print_sign_in_sheet {
    print_head head;
    str title;       /* empty: {team}签到表 */
    int spare_lines; /* empty lines at least */
    PRINT_LIST(print_sign_in_day) days;
} print_sign_in_sheet;
err *print_sign_in(arena *a, const print_sign_in_sheet *sheet, const char *path);

/* Around a figure in a line of a bulletin. */
#define PRINT_FIGURE_BEGIN "\xEE\x80\x80" /* U+E000 */
#define PRINT_FIGURE_END "\xEE\x80\x81"   /* U+E001 */

typedef struct print_line {
    str text;
} print_line;
/* What is drawn below the lines of a part. */
typedef enum print_chart {
    PRINT_CHART_NONE,
    PRINT_CHART_ANSWERS,
    PRINT_CHART_SHIFTS,
    PRINT_CHART_COMMUNITIES,
    PRINT_CHART_COUNT
} print_chart;
typedef struct print_part {
    str heading; /* 一、总体 */
    PRINT_LIST(print_line) lines;
    str rule;  /* how it was counted */
    int chart; /* print_chart */
} print_part;
typedef struct print_answers {
    int can, hindered, cannot, silent, unreachable;
} print_answers;
typedef struct print_cover {
    int day; /* civil_day */
    str shift;
    int wanted, came;
} print_cover;
typedef struct print_short {
    str community;
    int wanted, rostered, missing;
    str reason;
} print_short;
typedef struct print_bulletin_sheet {
    print_head head; /* of it the language, the zone, the date of the PDF and the square */
    str title;
    int number;
    str issuer;
    int64_t as_of;
    str filled_by, checked_by;
    bool frozen;
    str link; /* written beside the square */
    print_answers answers;
    PRINT_LIST(print_part) parts;
    PRINT_LIST(print_cover) covers;      /* in order of time; the last 14 are drawn */
    PRINT_LIST(print_short) communities; /* the first 12, or as many as one page holds, are named; the rest summed up */
} print_bulletin_sheet;
err *print_bulletin(arena *a, const print_bulletin_sheet *sheet, const char *path);

typedef struct print_certificate_day {
    int day; /* civil_day */
    str post;
    int64_t arrived_at, left_at;
    int minutes; /* confirmed */
    str confirmed_by, source;
} print_certificate_day;
/* The identity paper is written by hand at the sealing: its line stays blank. head.qr is the code to check by. */
typedef struct print_certificate_sheet {
    print_head head;
    str number, tag, name, volunteer_number; /* tag: asked for with the number */
    str operation, community, service;
    int from_on, to_on; /* civil_day */
    int minutes;        /* shown in hours, one decimal, rounded down */
    str issuer, contact;
    str public_key; /* in hexadecimal, as the issuer has made it known: the code is checked against it */
    int64_t issued_at;
    int print_count; /* from 2 on the paper says so */
    str replaces;    /* the number it takes the place of */
    str notice, recorder, note;
    PRINT_LIST(print_certificate_day) days; /* the annex */
} print_certificate_sheet;
err *print_certificate(arena *a, const print_certificate_sheet *sheet, const char *path);

typedef struct print_cell {
    str text;
} print_cell;
typedef struct print_letter_column {
    str heading;
    int width; /* parts of the whole; all of them make the width of the text */
    bool right; /* numbers */
} print_letter_column;
typedef struct print_letter_row {
    PRINT_LIST(print_cell) cells; /* one for each column */
} print_letter_row;
typedef struct print_letter_table {
    str heading, note; /* above it; below it */
    bool annex;        /* after all else, on a page of its own */
    PRINT_LIST(print_letter_column) columns;
    PRINT_LIST(print_letter_row) rows; /* may go on overleaf, with the headings again */
} print_letter_table;
/* A letter to be read aloud, pinned up or sealed: head.qr stands beside `scan`. */
typedef struct print_letter_sheet {
    print_head head;
    str title, number, to;
    PRINT_LIST(print_line) before; /* paragraphs */
    PRINT_LIST(print_letter_table) tables;
    PRINT_LIST(print_line) after;
    str scan;                         /* whom to call, beside the square */
    PRINT_LIST(print_line) signed_by; /* at the right */
    PRINT_LIST(print_line) reply;     /* in a frame of its own: filled in by hand */
} print_letter_sheet;
err *print_letter(arena *a, const print_letter_sheet *sheet, const char *path);

/*
 * One paper as one JSON object: { "kind": "roster", "path": "/…/x.pdf", "sheet": { … } }. The sheet's members
 * are named as above, lists are arrays, enums are numbers (lang apart); what is missing is empty, an unknown
 * name or an index past its list is ERR_INPUT.
 */
typedef enum print_kind {
    PRINT_ROSTER,
    PRINT_DOORS,
    PRINT_CALLS,
    PRINT_SIGN_IN,
    PRINT_BULLETIN,
    PRINT_CERTIFICATE,
    PRINT_LETTER,
    PRINT_KIND_COUNT
} print_kind;
typedef struct print_document {
    print_kind kind;
    str path;
    union {
        print_roster_sheet roster;
        print_doors_sheet doors;
        print_calls_sheet calls;
        print_sign_in_sheet sign_in;
        print_bulletin_sheet bulletin;
        print_certificate_sheet certificate;
        print_letter_sheet letter;
    };
} print_document;
str print_document_write(arena *a, const print_document *d);
err *print_document_read(arena *a, str json, print_document *out);
err *print_document_print(arena *a, const print_document *d); /* to its path */
#endif
