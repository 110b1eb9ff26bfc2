/* packing: every pack of every scope, written by workers into the run's folder. */
#ifndef SEFPACK_PACKING_H
#define SEFPACK_PACKING_H

#include <stdbool.h>
#include <stdint.h>

struct batch;
struct doc;
struct mailing;

struct packed_scope {
    uint32_t scope;
    char folder[96];  /* teams/north-1a2b3c4d */
    unsigned formats; /* of its packs, together */
    uint32_t pages, boxed;
    bool failed;
};

struct packing_result {
    uint32_t scope_count, failed;
    struct packed_scope *scopes;
    struct mailing *mailing;
};

/* Writes all files of all scopes, memory.json, index.html, rejected.csv. A pack that fails is an
 * error with its scope (exit 6); false then, unless --keep-going. */
bool
packing_write(struct batch *batch, struct packing_result *result);

/* A pack's document for those who get it; `locale` NULL: the pack's own. Free its arena. */
struct doc *
packing_doc(const struct batch *batch, uint32_t scope, uint32_t pack, const char *locale);

/* What packing_write would write, on stdout. */
bool
packing_list(struct batch *batch);

void
packing_free(struct packing_result *result);

#endif
