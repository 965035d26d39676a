/*
 * cli: main() and the verbs. A verb prints for a person, answers with the process's exit code:
 * 0 done, 1 done but the answer is no, 2 usage or input, 3 the machine, 130 interrupted.
 */
#ifndef MUSTER_CLI_CLI_H
#define MUSTER_CLI_CLI_H
#include "base/rows.h"
#include "base/words.h"

/* Prints what went wrong and what to do about it; returns the exit code that belongs to it. */
int cli_fail(arena *a, words_lang lang, const err *e);
/* Ctrl-C was pressed: long work stops at its next checkpoint. */
bool cli_interrupted(void);
/* One line on a terminal's standard error, replaced by the next; nothing elsewhere. */
void cli_progress(arena *a, words_lang lang, const char *key, const word_value *values);
void cli_progress_end(void);

/* What follows --name, or null. Takes both words off argv. */
const char *cli_option(int *argc, char **argv, const char *name);
bool cli_flag(int *argc, char **argv, const char *name);
err *cli_unknown_option(arena *a, int argc, char **argv); /* any word left that begins with -- */
/* The folder a database file lies in; for a server the one the program runs in. */
const char *cli_folder_of(arena *a, const char *db);
/* key=value words to named texts, ended by { 0 }. */
err *cli_named(arena *a, int argc, char **argv, const named **out);

/* The row of --list of this name, or all for null: what --help after a name shows. */
void cli_command_rows(arena *a, words_lang lang, const char *name);
void cli_serve_rows(arena *a, words_lang lang, const char *name); /* its settings; name is not asked */
void cli_view_rows(arena *a, words_lang lang, const char *name);

/* The code with which this person chooses a password. */
struct app;
/* One line of standard input, trimmed; at a terminal it is asked for by the word `prompt` and not shown. */
str cli_secret(arena *a, words_lang lang, const char *prompt);
/* The first line of a file, or of standard input for "-"; null: none, empty. */
err *cli_passphrase(arena *a, const char *file, words_lang lang, str *out);
err *cli_issue_code(arena *a, struct app *p, str person, words_lang lang, str *code);

int verb_plan(arena *a, int argc, char **argv, words_lang lang);
int verb_command(arena *a, int argc, char **argv, words_lang lang);
int verb_view(arena *a, int argc, char **argv, words_lang lang);
int verb_check(arena *a, int argc, char **argv, words_lang lang);
int verb_chain(arena *a, int argc, char **argv, words_lang lang);
int verb_import(arena *a, int argc, char **argv, words_lang lang);
int verb_sheet(arena *a, int argc, char **argv, words_lang lang);
int verb_place(arena *a, int argc, char **argv, words_lang lang);
int verb_roster(arena *a, int argc, char **argv, words_lang lang);
int verb_job(arena *a, int argc, char **argv, words_lang lang);
int verb_bulletin(arena *a, int argc, char **argv, words_lang lang);
int verb_key(arena *a, int argc, char **argv, words_lang lang);
int verb_paper(arena *a, int argc, char **argv, words_lang lang);
int verb_verify(arena *a, int argc, char **argv, words_lang lang);
int verb_demo(arena *a, int argc, char **argv, words_lang lang);
int verb_openapi(arena *a, int argc, char **argv, words_lang lang);
int verb_serve(arena *a, int argc, char **argv, words_lang lang);
int verb_pass(arena *a, int argc, char **argv, words_lang lang);
int verb_backup(arena *a, int argc, char **argv, words_lang lang);
int verb_restore(arena *a, int argc, char **argv, words_lang lang);
int verb_init(arena *a, int argc, char **argv, words_lang lang);
int verb_password(arena *a, int argc, char **argv, words_lang lang);
int verb_worker(arena *a, int argc, char **argv, words_lang lang);
#endif
