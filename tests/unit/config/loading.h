/* loading: a config from a text, in a folder of its own, and what was said about it. */
#ifndef TESTS_CONFIG_LOADING_H
#define TESTS_CONFIG_LOADING_H

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct loaded {
    struct config *config;
    struct diag *diag;
    char *said;
    size_t length;
    enum exit_code code;
};

/* The least that a config needs; further lines may follow. */
#define LEAST                                                                                      \
    "company: Northwind\n"                                                                         \
    "as_of: 2026-10-31\n"                                                                          \
    "currency: EUR\n"                                                                              \
    "stages: [{name: Open, outcome: open, qualified: yes}, {name: Won, outcome: won}]\n"           \
    "extracts: {deals: deals.csv, sellers: sellers.csv}\n"

static inline void
enter_folder(char folder[32])
{
    strcpy(folder, "/tmp/sefpack-config-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) != 0)
        abort();
}

static inline void
leave_folder(const char *folder)
{
    if (chdir("/") != 0 || rmdir(folder) != 0)
        abort();
}

static inline struct loaded
load_file(const char *path, const char *presets, uint32_t set_count, const char *const *sets)
{
    struct loaded loaded = {0};
    FILE *stream = open_memstream(&loaded.said, &loaded.length);
    loaded.diag = diag_new(stream, false, false);
    loaded.config = config_load(path, presets, set_count, sets, loaded.diag);
    diag_flush(loaded.diag);
    fclose(stream); /* it writes to the local above once more */
    loaded.code = diag_exit(loaded.diag);
    return loaded;
}

static inline struct loaded
load_bytes(const char *bytes, size_t length, uint32_t set_count, const char *const *sets)
{
    char folder[32];
    enter_folder(folder);
    FILE *file = fopen("c.yaml", "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
    struct loaded loaded = load_file("c.yaml", SOURCE_DIR "/config/presets", set_count, sets);
    unlink("c.yaml");
    leave_folder(folder);
    return loaded;
}

static inline struct loaded
load_text(const char *text)
{
    return load_bytes(text, strlen(text), 0, NULL);
}

static inline void
unload(struct loaded *loaded)
{
    config_free(loaded->config);
    diag_free(loaded->diag);
    free(loaded->said);
}

#endif
