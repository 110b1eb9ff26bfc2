/* scope_name: what a scope is called, where its files go and how messages name it. */
#ifndef SEFPACK_SCOPE_NAME_H
#define SEFPACK_SCOPE_NAME_H

#include "text.h"

#include <stdint.h>

struct config;
struct dataset;

struct scope_name {
    const char *kind, *folder; /* "team", "teams" */
    struct text id, name;
};

struct scope_name
scope_name_of(const struct dataset *dataset, const struct config *config, uint32_t scope);

#endif
