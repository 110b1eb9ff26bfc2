#include "past_runs.h"
#include "remembered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
past_runs_set_up(void **state)
{
    static char folder[64];
    strcpy(folder, "/tmp/sefpack-past-XXXXXX");
    *state = folder;
    return mkdtemp(folder) ? 0 : 1;
}

int
past_runs_tear_down(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return system(command);
}

void
past_runs_add(const char *folder, const char *as_of, struct text memory)
{
    char path[160], target[64];
    snprintf(path, sizeof path, "%s/.runs", folder);
    mkdir(path, 0755);
    snprintf(target, sizeof target, ".runs/%s-x", as_of);
    snprintf(path, sizeof path, "%s/%s", folder, target);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%s/memory.json", folder, target);
    FILE *file = fopen(path, "w");
    bool written = file && fwrite(memory.bytes, 1, memory.length, file) == memory.length;
    snprintf(path, sizeof path, "%s/%s", folder, as_of);
    if (!written || fclose(file) != 0 || symlink(target, path) != 0)
        abort();
}

struct history *
past_runs_open(const char *folder, struct builder *b)
{
    struct dataset *dataset = builder_finish(b);
    char index[128];
    snprintf(index, sizeof index, "%s/history.sqlite", folder);
    struct history_source source = remembered_source(&b->config);
    source.out_dir = folder;
    source.index = index;
    source.as_of = b->dataset.as_of;
    source.mend = true;
    source.wanted = remembered_wanted(dataset, b->arena, &source.wanted_count);
    struct history *history = history_open(&source, b->diag);
    if (!history)
        abort();
    return history;
}
