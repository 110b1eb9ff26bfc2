/* addressee: who gets a scope's pack by what the extracts know of managers and addresses. */
#ifndef SEFPACK_ADDRESSEE_H
#define SEFPACK_ADDRESSEE_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct dataset;

struct addressee {
    struct text name, address; /* of the extract, unchecked; address empty: there is none */
};

/* A team's: its manager, else its own address, else the manager most of its sellers share, each
 * where an address is known. A seller's: the seller with `to_seller`, else the seller's manager,
 * else the team's above that is not the seller. The company has none. */
struct addressee
addressee_of(const struct dataset *dataset, uint32_t scope, bool to_seller);

#endif
