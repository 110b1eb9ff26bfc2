#include "starter.h"

#include "buf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
fail(struct diag *diag, const char *path, const char *what)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "init.write", (struct place){path, 0, 0}, "%s",
                what);
    return false;
}

static bool
read_file(const char *path, struct buf *out)
{
    char block[1 << 14];
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    for (size_t length; (length = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(out, block, length);
    bool whole = !ferror(file);
    fclose(file);
    return whole;
}

static bool
write_file(const char *path, struct text bytes)
{
    FILE *file = fopen(path, "wbxe");
    if (!file)
        return false;
    bool written = fwrite(bytes.bytes, 1, bytes.length, file) == bytes.length;
    return fclose(file) == 0 && written;
}

/* The demo's packs go to the source tree's out; a copy has its own. */
static void
keep_out_here(struct buf *config)
{
    static const char from[] = "{dir: ../../out}", to[] = "{dir: out}";
    char *at = config->bytes ? strstr(config->bytes, from) : NULL;
    if (!at)
        return;
    size_t rest = config->length - (size_t)(at - config->bytes) - strlen(from);
    memcpy(at, to, strlen(to));
    memmove(at + strlen(to), at + strlen(from), rest + 1);
    config->length -= strlen(from) - strlen(to);
}

static bool
copy(const char *from, const char *folder, const char *name, struct diag *diag)
{
    char source[4200], target[4200];
    struct buf bytes = {0};
    snprintf(source, sizeof source, "%s/%s", from, name);
    snprintf(target, sizeof target, "%s/%s", folder, name);
    bool done = read_file(source, &bytes);
    keep_out_here(&bytes);
    done = done && write_file(target, buf_as_text(&bytes));
    int why = errno;
    buf_free(&bytes);
    return done || fail(diag, target, strerror(why));
}

/* The files of `source` into a new folder `folder`/`name`. */
static bool
copy_folder(const char *source, const char *folder, const char *name, struct diag *diag)
{
    char target[4200];
    snprintf(target, sizeof target, "%s/%s", folder, name);
    DIR *dir = opendir(source);
    bool all = dir && mkdir(target, 0755) == 0;
    if (!all)
        fail(diag, target, strerror(errno));
    for (struct dirent *entry; all && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            all = copy(source, target, entry->d_name, diag);
    if (dir)
        closedir(dir);
    return all;
}

bool
starter_write(const char *demo, const char *presets, const char *folder, struct diag *diag)
{
    char extracts[4200];
    snprintf(extracts, sizeof extracts, "%s/extracts", demo);
    if (mkdir(folder, 0755) != 0 && errno != EEXIST)
        return fail(diag, folder, strerror(errno));
    return copy(demo, folder, "sefpack.yaml", diag) &&
           copy_folder(extracts, folder, "extracts", diag) &&
           copy_folder(presets, folder, "presets", diag);
}
