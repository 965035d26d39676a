/* Finished jobs and what they made are kept for a while and then removed. */
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "job/job.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Whatever lies in the job's folder, an unfinished file too. None is there: fine. */
static err *empty(arena *a, const char *folder)
{
    DIR *d = opendir(folder);
    if (!d)
        return errno == ENOENT ? NULL : file_err(a, folder, errno);
    for (struct dirent *e = readdir(d); e; e = readdir(d))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
    return rmdir(folder) && errno != ENOENT ? file_err(a, folder, errno) : NULL;
}

/* The files go first: of a program that dies between, the rows are found again. */
static err *forget_piece(app *p, arena *a, int64_t now, const char *files, size_t *count)
{
    rows r = { 0 };
    text t = text_begin(a);
    TRY(app_job_old(p, a, now, &r));
    *count = r.count;
    for (size_t i = 0; i < r.count; i++) {
        long long id = (long long)rows_int(&r, i, "id");
        if (files)
            TRY(empty(a, text_format(a, "%s/%lld", files, id).at));
        text_printf(&t, "%s{\"job\":\"%lld\"}", i ? "," : "[", id);
    }
    text_put_z(&t, "]");
    return r.count ? job_command(p, a, now, WORDS_ZH, 0, "job.forget", NAMED({ "rows", V_TEXT(text_done(&t)) }), NULL) : NULL;
}

err *job_forget_old(app *p, arena *a, int64_t now, const char *files)
{
    for (size_t count = PIECE_ROWS_MAX; count == PIECE_ROWS_MAX;)
        TRY(forget_piece(p, a, now, files, &count));
    return NULL;
}
