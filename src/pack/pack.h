/* pack: measures to documents. */
#ifndef SEFPACK_PACK_PACK_H
#define SEFPACK_PACK_PACK_H

#include "diag.h"
#include "doc.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct extract_log;
struct measures;
struct history;
struct packs; /* templates, words and formatters, read and checked once, shared by all packs */

/* Reads the outlines, words and theme named by the config. `templates` is the built-in folder; the
 * config's own folder is looked at first. Faults: file:line:column, exit code 4, NULL. */
struct packs *
packs_open(const struct config *config, const char *templates, const struct metrics *metrics,
           struct diag *diag);

/* Makes a locale ready that no pack of the config has. False after an error in diag. */
bool
packs_speak(struct packs *packs, const char *locale, struct diag *diag);

void
packs_close(struct packs *packs);

/* The theme's logo as a path, or NULL. */
const char *
packs_logo(const struct packs *packs);

/* SHA-256 of all that packs are made of beside numbers: outlines, words of the locales spoken so
 * far, frames, style, theme and logo, those of the user's folder before those built in. */
void
packs_hash(const struct packs *packs, char hex[65]);

/* Which pack, and for whom. */
struct pack_order {
    uint32_t pack, scope; /* of config->pack, of dataset->scope */
    const char *locale;   /* NULL: the pack's own, else the run's */
    const char *run_id;   /* 12 hex digits */
    const char *readers; /* who gets it, as the cover says; NULL or "": a team's is its manager's */
};

/* One pack. The caller frees doc->arena. `log` may be NULL in tests. */
struct doc *
packs_build(const struct packs *packs, const struct measures *measures,
            const struct history *history, const struct extract_log *log,
            const struct pack_order *order);

/* index.html's document: all packs (title and path), the reconciliation, the data report. */
struct pack_link {
    const char *kind; /* team, seller, company */
    const char *title, *folder;
    unsigned formats;
    uint32_t depth;
    uint32_t boxed; /* characters that no font has */
};

struct doc *
packs_index(const struct packs *packs, const struct measures *measures,
            const struct extract_log *log, const struct pack_link *links, uint32_t link_count,
            const char *run_id);

/* The data report as plain text, for `check`. */
void
packs_data_report(const struct packs *packs, const struct extract_log *log, bool verbose,
                  struct buf *out);

#endif
