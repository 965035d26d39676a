/*
 * paper_making: what the files of `muster paper` share. All texts live in its arena.
 */
#ifndef MUSTER_CLI_PAPER_MAKING_H
#define MUSTER_CLI_PAPER_MAKING_H
#include "base/civil.h"
#include "cli/paper.h"
#include "print/print.h"

typedef struct making {
    arena *a;
    const paper_wanted *w;
} making;

/* As the actor, at the time of the paper. */
err *making_view(const making *m, const char *name, const named *args, rows *out);
/* As the machine: for what stands on a paper that the actor may have. */
err *making_view_all(const making *m, const char *name, const named *args, rows *out);
int64_t making_number(str json, const char *name); /* of a command's answer; 0: none */
str making_text(const making *m, str json, const char *name);
str making_word(const making *m, const char *key, const word_value *values);
str making_int(const making *m, int64_t n);
str making_day(const making *m, const char *key, str day); /* of YYYY-MM-DD; key takes year, month, day, weekday */
err *making_today(const making *m, str zone, civil_day *out); /* now, as the local day */
call making_call(const making *m, const char *command, const named *args);
/* The wanted contact, else that of the operation's settings; none: an error that says how to give one. */
err *making_contact(const making *m, int64_t operation, str *out);
/* Of one person, by person.reveal; empty where there is none. */
err *making_phone(const making *m, int64_t person, str purpose, str *out);
err *making_print(const making *m, print_document *d); /* to the wanted path */

err *making_appeal(const making *m);
err *making_certificates(const making *m);
err *making_request(const making *m);
err *making_slip(const making *m);
err *making_bulletin(const making *m);
#endif
