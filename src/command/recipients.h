/* recipients: the file of who gets which scope's pack: a CSV of scope, address, formats, language.
 *
 * scope is `company` or the id of a team or a seller; formats what goes along (pdf, html or none;
 * without any what the config says); language a locale in place of the pack's. */
#ifndef SEFPACK_RECIPIENTS_H
#define SEFPACK_RECIPIENTS_H

#include "diag.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct dataset;

struct recipient {
    uint32_t scope;
    const char *address;
    const char *language; /* or NULL */
    bool has_formats;
    unsigned formats; /* FORMAT_PDF, FORMAT_HTML; with has_formats perhaps none */
};

struct recipients {
    uint32_t count;
    struct recipient *row; /* in the order of the file */
};

/* Nothing but `count` 0 without config->mail.recipients. A scope that is not there, an address or
 * a format that is none: errors at their line (exit 4), NULL. Strings live in the config's arena;
 * free with recipients_free. */
struct recipients *
recipients_read(const struct config *config, const struct dataset *dataset, struct diag *diag);

void
recipients_free(struct recipients *recipients); /* NULL is allowed */

#endif
