/*
 * paper: one paper of the records as PDF, for `muster paper` and for the demo. What is on it is read as its actor may
 * see it; a telephone or a certificate's code is had by a command, so the audit says who printed it. The PDF is made in
 * a worker process, in the language of `lang`, dated `now`: the same records and times give the same bytes.
 */
#ifndef MUSTER_CLI_PAPER_H
#define MUSTER_CLI_PAPER_H
#include "command/app.h"

typedef enum paper_kind {
    PAPER_APPEAL,      /* 倡议书 of a team: who is short of what, when, whom to call */
    PAPER_CERTIFICATE, /* of hours, with its code; one, or all valid ones of an operation */
    PAPER_REQUEST,     /* 请示 for a structure, to the subdistrict */
    PAPER_SLIP,        /* of one gift */
    PAPER_BULLETIN,
    PAPER_KIND_COUNT
} paper_kind;

typedef struct paper_wanted {
    paper_kind kind;
    app *app; /* open for writing, but for slip and bulletin */
    words_lang lang;
    int64_t actor_id; /* 0: local */
    int64_t now;      /* UTC ms */
    int64_t id;       /* of the team, certificate, structure or donation; of a bulletin its number, 0: the newest */
    int64_t operation; /* PAPER_CERTIFICATE with id 0: each of its certificates into the folder `path` */
    str day;     /* PAPER_APPEAL: YYYY-MM-DD, from which on people are wanted; empty: the day after now */
    str contact; /* whom to ask, with a telephone; empty: the operation's setting `contact` */
    str notice;  /* PAPER_CERTIFICATE: how the hours were made public; may be empty */
    str link;    /* in the square of an appeal or a bulletin, and beside it; may be empty */
    const char *path; /* the PDF; is written over */
} paper_wanted;

/* ERR_NOT_FOUND where there is no such record, or none the actor may see; ERR_CONFLICT where it may not be printed. */
err *paper_write(arena *a, const paper_wanted *w);
#endif
