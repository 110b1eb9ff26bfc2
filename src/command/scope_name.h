/* scope_name: what a scope is called, where its files go and how messages name it. */
#ifndef SEFPACK_SCOPE_NAME_H
#define SEFPACK_SCOPE_NAME_H

#include "text.h"

#include <stdint.h>

struct config;
struct diag;
struct dataset;

struct scope_name {
    const char *kind, *folder; /* "team", "teams" */
    struct text id, name;
};

struct scope_name
scope_name_of(const struct dataset *dataset, const struct config *config, uint32_t index);

/* The scope that is meant: "company" or nothing, else an id, else a name in any case of letters;
 * teams before sellers. NONE after an error (exit 2) with what it may have been. */
uint32_t
scope_name_find(const struct dataset *dataset, const struct config *config, struct text given,
                struct diag *diag);

#endif
