#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void
complain(const char *path, struct diag *diag, const char *id, const char *what)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, id, (struct place){path, 0, 0}, "%s: %s", what,
                strerror(errno));
}

bool
input_open(struct input *input, const char *path, struct diag *diag)
{
    *input = (struct input){.path = path, .fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (input->fd < 0) {
        complain(path, diag, "extract.open", "cannot be opened");
        return false;
    }
    if (fstat(input->fd, &input->before) != 0 || S_ISDIR(input->before.st_mode)) {
        errno = S_ISDIR(input->before.st_mode) ? EISDIR : errno;
        complain(path, diag, "extract.open", "cannot be opened");
        input_close(input);
        return false;
    }
    input->regular = S_ISREG(input->before.st_mode);
    input->size = input->regular ? (uint64_t)input->before.st_size : 0;
    if (input->regular)
        (void)posix_fadvise(input->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return true;
}

bool
input_look(struct input *input, const char *path)
{
    *input = (struct input){.path = path, .fd = -1};
    input->regular = stat(path, &input->before) == 0 && S_ISREG(input->before.st_mode);
    input->size = input->regular ? (uint64_t)input->before.st_size : 0;
    return input->regular;
}

void
input_of_stream(struct input *input, const char *name, struct input_stream stream)
{
    *input = (struct input){.path = name, .fd = -1, .stream = stream};
}

ssize_t
input_at(const struct input *input, uint64_t offset, char *room, size_t size)
{
    size_t got = 0;
    while (got < size) {
        ssize_t n = pread(input->fd, room + got, size - got, (off_t)(offset + got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        got += (size_t)n;
    }
    return (ssize_t)got;
}

ssize_t
input_next(struct input *input, char *room, size_t size)
{
    size_t got = 0;
    while (got < size) {
        ssize_t n = input->fd >= 0
                        ? read(input->fd, room + got, size - got)
                        : input->stream.read(input->stream.context, room + got, size - got);
        if (n < 0 && input->fd >= 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        got += (size_t)n;
    }
    return (ssize_t)got;
}

bool
input_unchanged(const struct input *input, struct diag *diag)
{
    struct stat now;
    if (!input->regular)
        return true;
    const struct stat *old = &input->before;
    int failed = input->fd >= 0 ? fstat(input->fd, &now) : stat(input->path, &now);
    if (!failed && now.st_size == old->st_size && now.st_ino == old->st_ino &&
        now.st_mtim.tv_sec == old->st_mtim.tv_sec && now.st_mtim.tv_nsec == old->st_mtim.tv_nsec)
        return true;
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.changed",
                (struct place){input->path, 0, 0}, "the file changed while it was read");
    diag_hint(diag, "start again when whatever writes it has finished");
    return false;
}

void
input_failed(const struct input *input, struct diag *diag)
{
    if (input->fd >= 0)
        complain(input->path, diag, "extract.read", "cannot be read");
}

void
input_close(struct input *input)
{
    if (input->fd >= 0)
        close(input->fd);
    input->fd = -1;
}
