/* Any bytes as a config: it loads without a word, or not at all with one; and as a --set. */
#include "config.h"
#include "fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
load(const char *path, uint32_t set_count, const char *const *sets)
{
    struct diag *diag = diag_new(NULL, false, false);
    struct config *config = config_load(path, "/nowhere", set_count, sets, diag);
    if ((config == NULL) != (diag_exit(diag) == EXIT_CONFIG))
        __builtin_trap();
    config_free(config);
    diag_free(diag);
}

static int
file_of(const void *bytes, size_t size, char path[32])
{
    int fd = memfd_create("config", MFD_CLOEXEC);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
        __builtin_trap();
    snprintf(path, 32, "/proc/self/fd/%d", fd);
    return fd;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char least[] = "company: N\nas_of: 2026-10-31\ncurrency: EUR\n"
                                "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
                                "extracts: {deals: d.csv, sellers: s.csv}\n";
    char path[32];
    int fd = file_of(data, size, path);
    load(path, 0, NULL);
    close(fd);
    if (size > 200 || memchr(data, 0, size))
        return 0;
    char set[201] = "";
    memcpy(set, data, size);
    fd = file_of(least, sizeof least - 1, path);
    load(path, 1, &(const char *){set});
    close(fd);
    return 0;
}
