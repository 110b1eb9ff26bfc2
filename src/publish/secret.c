#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

void
secret_shield(void)
{
    const struct rlimit none = {0, 0};
    prctl(PR_SET_DUMPABLE, 0);
    setrlimit(RLIMIT_CORE, &none);
}

static bool
refuse(struct diag *diag, const char *file, const char *what, const char *why)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "send.secret", (struct place){file, 0, 0},
                "%s%s", what, why);
    return false;
}

bool
secret_from_environment(const char *name, char secret[SECRET_SIZE], struct diag *diag)
{
    const char *value = getenv(name);
    size_t length = value ? strlen(value) : 0;
    if (length == 0 || length >= SECRET_SIZE)
        return refuse(diag, NULL,
                      length ? "too long: the environment's " : "not set: the environment's ",
                      name);
    memcpy(secret, value, length + 1);
    return true;
}

bool
secret_from_file(const char *path, char secret[SECRET_SIZE], struct diag *diag)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse(diag, path, "cannot be read: ", strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool regular = S_ISREG(status.st_mode), own = !(status.st_mode & 077);
    ssize_t length = regular && own ? read(fd, secret, SECRET_SIZE) : -1;
    close(fd);
    if (!regular)
        return refuse(diag, path, "not a regular file", "");
    if (!own) {
        refuse(diag, path, "others than its owner can read or write it", "");
        diag_hint(diag, "chmod 600");
        return false;
    }
    if (length < 0 || length == SECRET_SIZE)
        return refuse(diag, path, length < 0 ? "cannot be read: " : "too long",
                      length < 0 ? strerror(errno) : "");
    secret[length] = '\0';
    secret[strcspn(secret, "\r\n")] = '\0';
    return secret[0] ? true : refuse(diag, path, "empty", "");
}

void
secret_forget(char secret[SECRET_SIZE])
{
    explicit_bzero(secret, SECRET_SIZE);
}
