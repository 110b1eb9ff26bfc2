#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 30 };

/* Not by stdio: workers are forked meanwhile, and must not inherit a half-written line. */
static void
put(const char *line)
{
    ssize_t written = write(STDERR_FILENO, line, strlen(line));
    (void)written; /* a line that will be wiped */
}

bool
progress_wanted(const struct options *options)
{
    if (options->progress && strcmp(options->progress, "auto") != 0)
        return strcmp(options->progress, "always") == 0;
    bool json = options->log_format && strcmp(options->log_format, "json") == 0;
    return isatty(STDERR_FILENO) && !json && !options->quiet;
}

void
progress_stage(bool shown, const char *what)
{
    char line[80];
    snprintf(line, sizeof line, "\r\033[K%s", what);
    if (shown)
        put(line);
}

void
progress_packs(void *shown, uint32_t done, uint32_t count)
{
    char line[120], bar[BAR_WIDTH + 1] = "";
    uint32_t full = count ? (uint32_t)((uint64_t)done * BAR_WIDTH / count) : 0;
    memset(bar, '#', full);
    memset(bar + full, '.', BAR_WIDTH - full);
    snprintf(line, sizeof line, "\r\033[Kwriting [%s] %u of %u scopes", bar, done, count);
    if (*(bool *)shown)
        put(line);
}

void
progress_wipe(bool shown)
{
    if (shown)
        put("\r\033[K");
}
