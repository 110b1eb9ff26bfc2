#include "outbox.h"

#include "json_tree.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_MANIFEST = 1 << 28 };

/* A path of a manifest stays below its folder. */
static bool
is_below(const char *path)
{
    if (!path || !path[0] || path[0] == '/')
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t length = strcspn(part, "/");
        if (length == 0 || (length == 1 && part[0] == '.') ||
            (length == 2 && part[0] == '.' && part[1] == '.'))
            return false;
    }
    return true;
}

static bool
read_whole(int folder, const char *path, size_t largest, struct buf *out)
{
    char block[1 << 14];
    int fd = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length;
    while ((length = read(fd, block, sizeof block)) != 0 && out->length <= largest) {
        if (length > 0)
            buf_add(out, block, (size_t)length);
        else if (errno != EINTR)
            break;
    }
    int why = length < 0 ? errno : out->length > largest ? EFBIG : 0;
    close(fd);
    errno = why;
    return why == 0;
}

static bool
hash_is(int folder, const char *path, int64_t bytes, const char *sha256, struct buf *content)
{
    char hex[65];
    if (!read_whole(folder, path, bytes < 0 ? 0 : (size_t)bytes, content) && errno != EFBIG)
        return false;
    errno = 0;
    if (content->length != (uint64_t)bytes)
        return false;
    sha256_hex(content->bytes, content->length, hex);
    return strcmp(hex, sha256) == 0;
}

static bool
fail(const struct outbox *outbox, struct diag *diag, const char *id, const char *what,
     const char *why)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, id, (struct place){outbox->dir, 0, 0}, "%s: %s",
                what, why);
    return false;
}

/* Every file of the run, whether mailed or not: a run that was touched is not sent. */
static bool
verify(const struct outbox *outbox, const struct json_tree *files, struct diag *diag)
{
    struct buf content = {0};
    bool all = true;
    for (const struct json_tree *file = files->first; file; file = file->next) {
        const char *path = json_tree_string(file, "path"), *sha = json_tree_string(file, "sha256");
        int64_t bytes = json_tree_whole(file, "bytes", -1);
        if (!is_below(path) || !sha || bytes < 0) {
            all = fail(outbox, diag, "send.manifest", "manifest.json", "an entry is not readable");
            continue;
        }
        buf_clear(&content);
        if (hash_is(outbox->folder, path, bytes, sha, &content))
            continue;
        diag_report(diag, SEVERITY_ERROR, EXIT_DELIVERY, "send.changed", (struct place){path, 0, 0},
                    "%s", errno ? strerror(errno) : "not what the run wrote: its hash is another");
        all = false;
    }
    buf_free(&content);
    if (!all)
        diag_hint(diag, "nothing was sent");
    return all;
}

static const struct json_tree *
find_file(const struct json_tree *files, const char *path)
{
    for (const struct json_tree *file = files->first; file; file = file->next)
        if (strcmp(json_tree_string(file, "path"), path) == 0)
            return file;
    return NULL;
}

static const char *
string_or(const struct json_tree *object, const char *key)
{
    const char *string = json_tree_string(object, key);
    return string ? string : "";
}

static bool
read_mails(struct outbox *outbox, const struct json_tree *mails, const struct json_tree *files,
           struct diag *diag)
{
    outbox->mail = arena_array(outbox->arena, mails->count + 1u, sizeof *outbox->mail);
    for (const struct json_tree *item = mails->first; item; item = item->next) {
        const char *path = json_tree_string(item, "path"), *to = json_tree_string(item, "to");
        const struct json_tree *file = is_below(path) ? find_file(files, path) : NULL;
        if (!file || !to)
            return fail(outbox, diag, "send.manifest", "manifest.json",
                        "a mail is not among the files");
        outbox->mail[outbox->mail_count++] = (struct outbox_mail){
            string_or(item, "kind"),          string_or(item, "scope"),         to, path,
            json_tree_string(file, "sha256"), json_tree_whole(file, "bytes", 0)};
    }
    return true;
}

static void
read_left(struct outbox *outbox, const struct json_tree *left)
{
    outbox->left = arena_array(outbox->arena, left->count + 1u, sizeof *outbox->left);
    for (const struct json_tree *item = left->first; item; item = item->next)
        outbox->left[outbox->left_count++] = (struct outbox_left){
            string_or(item, "kind"), string_or(item, "scope"), string_or(item, "reason")};
}

static const struct json_tree *
list_of(const struct json_tree *manifest, const char *key)
{
    static const struct json_tree none = {.kind = JSON_LIST};
    const struct json_tree *list = json_tree_find(manifest, key);
    return list && list->kind == JSON_LIST ? list : &none;
}

static bool
read_manifest(struct outbox *outbox, struct diag *diag)
{
    struct buf bytes = {0};
    size_t at = 0;
    if (!read_whole(outbox->folder, "manifest.json", LARGEST_MANIFEST, &bytes)) {
        fail(outbox, diag, "send.manifest", "manifest.json", strerror(errno));
        diag_hint(diag, "DIR is the folder of one run: out/latest, or out/<as-of>");
        buf_free(&bytes);
        return false;
    }
    const struct json_tree *manifest =
        json_tree_read(outbox->arena, (struct text){bytes.bytes, (uint32_t)bytes.length}, &at);
    const struct json_tree *files = list_of(manifest, "files");
    bool good = false;
    if (!manifest || !files->count) {
        fail(outbox, diag, "send.manifest", "manifest.json",
             arena_printf(outbox->arena, "not readable, at byte %zu", at));
    } else if (verify(outbox, files, diag)) {
        outbox->as_of = string_or(manifest, "as_of");
        outbox->has_settings = delivery_settings_read(json_tree_find(manifest, "delivery"),
                                                      outbox->arena, &outbox->settings);
        read_left(outbox, list_of(manifest, "undelivered"));
        good = read_mails(outbox, list_of(manifest, "mails"), files, diag);
    }
    buf_free(&bytes);
    return good;
}

/* The folder of all runs: where a run's links and .runs lie. */
static int
open_out(const char *dir)
{
    char *real = realpath(dir, NULL), *slash = real ? strrchr(real, '/') : NULL;
    if (slash)
        *slash = '\0';
    char *above = slash ? strrchr(real, '/') : NULL;
    if (above && strcmp(above, "/.runs") == 0)
        *above = '\0';
    int out = slash ? open(real[0] ? real : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(real);
    return out;
}

struct outbox *
outbox_open(const char *dir, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct outbox *outbox = arena_alloc(arena, sizeof *outbox);
    outbox->arena = arena;
    outbox->dir = arena_string(arena, dir);
    outbox->folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    outbox->out = outbox->folder < 0 ? -1 : open_out(dir);
    if (outbox->out < 0)
        fail(outbox, diag, "send.manifest", "the folder of the run", strerror(errno));
    else if (read_manifest(outbox, diag))
        return outbox;
    outbox_close(outbox);
    return NULL;
}

bool
outbox_read(const struct outbox *outbox, const struct outbox_mail *mail, struct buf *out)
{
    buf_clear(out);
    return hash_is(outbox->folder, mail->path, mail->bytes, mail->sha256, out);
}

void
outbox_close(struct outbox *outbox)
{
    if (!outbox)
        return;
    if (outbox->folder >= 0)
        close(outbox->folder);
    if (outbox->out >= 0)
        close(outbox->out);
    arena_free(outbox->arena);
}
