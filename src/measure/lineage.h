/* lineage: the scopes a seller counts for, from his own up to the company.
 *
 * The unknown owner is no scope; in arrays of scope_count + 1 entries (as work.facts) the last one
 * is his, and the company stands above it. */
#ifndef SEFPACK_MEASURE_LINEAGE_H
#define SEFPACK_MEASURE_LINEAGE_H

#include "dataset.h"

/* The entry of a seller or of the unknown owner. */
static inline uint32_t
lineage_first(const struct dataset *dataset, uint32_t owner)
{
    return owner >= dataset->sellers.count ? dataset->scope_count : dataset->seller_scope[owner];
}

/* The entry above, NONE above the company. */
static inline uint32_t
lineage_next(const struct dataset *dataset, uint32_t entry)
{
    return entry == dataset->scope_count ? 0 : dataset->scope[entry].parent;
}

/* Whether a seller or the unknown owner counts for a scope (or for the unknown owner's entry). */
static inline bool
lineage_holds(const struct dataset *dataset, uint32_t entry, uint32_t owner)
{
    uint32_t first = lineage_first(dataset, owner);
    if (first == dataset->scope_count || entry == dataset->scope_count)
        return entry == 0 || entry == first;
    return first >= entry && first < dataset->scope[entry].next;
}

#endif
