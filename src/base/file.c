#include "base/file.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_FIRST_BYTES = 65536, TEMP_TRIES = 100 };

static err *file_err_as(arena *a, const char *path, int error_number, const char *fallback)
{
    static const struct {
        int number;
        err_code code;
        const char *message;
    } known[] = {
        { ENOENT, ERR_NOT_FOUND, "file.missing" },    { EISDIR, ERR_INPUT, "file.directory" },
        { ENOTDIR, ERR_INPUT, "file.not_directory" }, { ENAMETOOLONG, ERR_INPUT, "file.name_long" },
        { EFBIG, ERR_DISK, "file.disk_full" },        { ENOSPC, ERR_DISK, "file.disk_full" },
        { EDQUOT, ERR_DISK, "file.disk_full" },       { EROFS, ERR_DISK, "file.write" },
        { EMFILE, ERR_DISK, "file.too_many" },        { ENFILE, ERR_DISK, "file.too_many" },
    };
    err_code code = ERR_DISK;
    const char *message = fallback;
    for (size_t i = 0; i < COUNT(known); i++) {
        if (known[i].number == error_number) {
            code = known[i].code;
            message = known[i].message;
        }
    }
    err *e = err_new(a, code, message, VALUES({ "file", str_of(path) }));
    char why[128];
    e->detail = str_copy(a, str_of(strerror_r(error_number, why, sizeof why)));
    return e;
}

err *file_err(arena *a, const char *path, int error_number)
{
    return file_err_as(a, path, error_number, "file.failed");
}

static err *read_err(arena *a, const char *path, int error_number)
{
    return file_err_as(a, path, error_number, "file.unreadable");
}

static err *write_err(arena *a, const char *path, int error_number)
{
    err *e = file_err_as(a, path, error_number, "file.write");
    if (error_number == ENOENT)
        e->message = "file.folder_missing";
    return e;
}

/* The descriptor stands in the arena, so that memory running out midway closes it too. */
static void fd_close(void *what)
{
    int *fd = what;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static int *fd_new(arena *a)
{
    int *fd = arena_new(a, int);
    *fd = -1;
    arena_defer(a, fd_close, fd);
    return fd;
}

static err *too_large(arena *a, const char *path, size_t max_bytes)
{
    str limit = max_bytes >= 1 << 20 ? text_format(a, "%zu MiB", max_bytes >> 20)
                                     : text_format(a, "%zu bytes", max_bytes);
    return err_new(a, ERR_LIMIT, "file.too_large",
                   VALUES({ "file", str_of(path) }, { "limit", limit }));
}

/* The size is only a first guess: pipes have none, and files grow. */
static err *read_all(arena *a, const char *path, int fd, size_t guess, size_t max_bytes, str *out)
{
    size_t room = guess, len = 0;
    char *at = arena_alloc(a, room);
    for (;;) {
        if (len == room) {
            room *= 2;
            char *bigger = arena_alloc(a, room);
            memcpy(bigger, at, len);
            at = bigger;
        }
        ssize_t n = read(fd, at + len, room - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return read_err(a, path, errno);
        if (n == 0)
            break;
        len += (size_t)n;
        if (len > max_bytes)
            return too_large(a, path, max_bytes);
    }
    at[len] = '\0';
    *out = (str){ at, len };
    return NULL;
}

err *file_read(arena *a, const char *path, size_t max_bytes, str *out)
{
    int *fd = fd_new(a);
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (*fd < 0 || fstat(*fd, &st) < 0)
        return read_err(a, path, errno);
    err *e;
    size_t guess = READ_FIRST_BYTES;
    if (S_ISREG(st.st_mode))
        guess = (size_t)st.st_size + 1;
    if (S_ISDIR(st.st_mode))
        e = read_err(a, path, EISDIR);
    else if (guess - 1 > max_bytes && S_ISREG(st.st_mode))
        e = too_large(a, path, max_bytes);
    else
        e = read_all(a, path, *fd, guess, max_bytes, out);
    fd_close(fd);
    return e;
}

/* 0 or errno. */
static int write_all(int fd, str content)
{
    while (content.len) {
        ssize_t n = write(fd, content.at, content.len);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0)
            content = (str){ content.at + n, content.len - (size_t)n };
    }
    return 0;
}

/* Closing may be where a full disk shows, so it counts. */
static int write_and_close(int *fd, str content, bool sync)
{
    int failed = write_all(*fd, content);
    if (!failed && sync && fsync(*fd) < 0)
        failed = errno;
    int closed = close(*fd);
    *fd = -1;
    return !failed && closed < 0 ? errno : failed;
}

/* A name stays only after its folder is on disk; file systems that cannot sync a folder are let be. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

static err *write_beside(arena *a, const char *path, const struct stat *old, str content)
{
    const char *slash = strrchr(path, '/');
    const char *folder = !slash          ? "."
                         : slash == path ? "/"
                                         : str_z(a, (str){ path, (size_t)(slash - path) });
    size_t room = strlen(path) + 48;
    char *beside = arena_alloc(a, room);
    int *fd = fd_new(a);
    for (int i = 0; i < TEMP_TRIES && *fd < 0; i++) {
        snprintf(beside, room, "%s.%ld-%d.part", path, (long)getpid(), i);
        *fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (*fd < 0 && errno != EEXIST)
            return write_err(a, path, errno);
    }
    if (*fd < 0)
        return write_err(a, path, EEXIST);
    if (old)
        (void)fchmod(*fd, old->st_mode & 0777);
    int failed = write_and_close(fd, content, true);
    if (!failed && rename(beside, path) < 0)
        failed = errno;
    if (failed) {
        unlink(beside);
        return write_err(a, path, failed);
    }
    sync_folder(folder);
    return NULL;
}

err *file_write(arena *a, const char *path, str content)
{
    struct stat st;
    bool exists = stat(path, &st) == 0;
    if (exists && S_ISDIR(st.st_mode))
        return write_err(a, path, EISDIR);
    if (!exists || S_ISREG(st.st_mode))
        return write_beside(a, path, exists ? &st : NULL, content);
    int *fd = fd_new(a); /* a pipe or device, /dev/stdout say: nothing to rename */
    *fd = open(path, O_WRONLY | O_CLOEXEC);
    int failed = *fd < 0 ? errno : write_and_close(fd, content, false);
    return failed ? write_err(a, path, failed) : NULL;
}

static err *make_one(arena *a, const char *path)
{
    struct stat st;
    if (mkdir(path, 0777) == 0)
        return NULL;
    int failed = errno;
    if (stat(path, &st) == 0)
        return S_ISDIR(st.st_mode) ? NULL : write_err(a, path, ENOTDIR);
    return write_err(a, path, failed);
}

err *file_make_dir(arena *a, const char *path)
{
    char *part = arena_copy(a, path, strlen(path) + 1);
    for (char *at = part; *at; at++) {
        if (*at != '/' || at == part)
            continue;
        *at = '\0';
        TRY(make_one(a, part));
        *at = '/';
    }
    return make_one(a, part);
}
