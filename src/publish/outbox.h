/* outbox: the mails of a published run, as its manifest lists them, proven to be what was written.
 */
#ifndef SEFPACK_PUBLISH_OUTBOX_H
#define SEFPACK_PUBLISH_OUTBOX_H

#include "buf.h"
#include "delivery_settings.h"
#include "diag.h"

#include <stdbool.h>
#include <stdint.h>

struct outbox_mail {
    const char *kind, *scope, *to; /* "team", "T001", "ann@example.com" */
    const char *path;              /* below the run's folder */
    const char *sha256;            /* of the file, as the manifest says */
    int64_t bytes;
};

struct outbox_left { /* a mail that the run could not address */
    const char *kind, *scope, *reason;
};

struct outbox {
    struct arena *arena;
    const char *dir; /* as given */
    int folder, out; /* the run's folder, and that of all runs */
    const char *as_of;
    bool has_settings;
    struct delivery_settings settings;
    uint32_t mail_count, left_count;
    struct outbox_mail *mail;
    struct outbox_left *left;
};

/* `dir` is a run (out/latest). All its files must be those of the manifest, to the byte; a file
 * that is not is an error (exit 7) that names it, NULL. No run, or a manifest that cannot be read:
 * an error (exit 1), NULL. */
struct outbox *
outbox_open(const char *dir, struct diag *diag);

/* The bytes of a mail, once more against its hash. False when they changed, with errno 0, or cannot
 * be read. */
bool
outbox_read(const struct outbox *outbox, const struct outbox_mail *mail, struct buf *out);

void
outbox_close(struct outbox *outbox); /* NULL is allowed */

#endif
