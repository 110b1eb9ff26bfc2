/* mailing: the mails of a run: to whom each pack goes, and the files they become.
 *
 * A mail that cannot go out (no address, one outside the allowed domains, too large) is an error
 * that names its scope (exit 7); it is written below undelivered/ and listed there with the reason.
 * The run is published all the same. */
#ifndef SEFPACK_MAILING_H
#define SEFPACK_MAILING_H

#include "buf.h"
#include "diag.h"
#include "doc.h"

#include <stdbool.h>
#include <stdint.h>

struct batch;
struct job_report;
struct json;
struct mailing;

struct mailing *
mailing_new(void);

void
mailing_free(struct mailing *mailing);

/* Adds the mails of config->pack[pack] for a scope; `name` is that of its files ("pack"). Call in
 * the order of the scopes. */
void
mailing_plan(struct mailing *mailing, const struct batch *batch, uint32_t scope, uint32_t pack,
             const char *folder, const char *name);

/* Adds who gets config->pack[pack] of a scope by mail, in words for its cover: names, or addresses
 * where none are known; nothing where it is not mailed. */
void
mailing_readers(const struct batch *batch, uint32_t scope, uint32_t pack, struct buf *out);

/* A pack's files as published; empty where the pack does not have them. */
struct made {
    struct buf pdf, html;
};

/* In a worker: writes the mails of a scope's pack. `doc` is the pack as published. */
void
mailing_write(const struct mailing *mailing, const struct batch *batch, uint32_t scope,
              uint32_t pack, struct doc *doc, const struct made *made, struct job_report *report);

/* After the workers: sees which mails had to go to undelivered/, writes the list of those with
 * their reasons, and reports each. `failed(context, scope)`: the scope's pack is not there at all.
 * False with errno when the list cannot be written. */
bool
mailing_settle(struct mailing *mailing, const struct batch *batch,
               bool (*failed)(const void *context, uint32_t scope), const void *context);

/* Members `delivery`, `mails` and `undelivered` of the manifest; nothing when there are no mails.
 */
void
mailing_write_head(const struct mailing *mailing, const struct batch *batch, struct json *json);

/* " mail: ann@example.com" for each mail of a scope, or why there is none. */
void
mailing_list(const struct mailing *mailing, uint32_t scope, struct buf *out);

#endif
