/*
 * file: whole files. Written beside their place and renamed, so a reader never sees half of one.
 */
#ifndef MUSTER_BASE_FILE_H
#define MUSTER_BASE_FILE_H
#include "base/err.h"

/* Missing, directory, unreadable, larger than max_bytes: an error that names the path. */
err *file_read(arena *a, const char *path, size_t max_bytes, str *out);
err *file_write(arena *a, const char *path, str content);
err *file_make_dir(arena *a, const char *path); /* with its parents; fine where it exists */
/* What errno of a failed file operation means, for a person. */
err *file_err(arena *a, const char *path, int error_number);
#endif
