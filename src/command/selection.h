/* selection: which scopes, packs and formats a run writes. */
#ifndef SEFPACK_SELECTION_H
#define SEFPACK_SELECTION_H

#include "diag.h"
#include "options.h"

#include <stdbool.h>
#include <stdint.h>

struct batch;
struct config_pack;
struct scope_name;

/* Whether --format names formats that there are; false after an error (exit 2). */
bool
selection_check(const struct options *options, struct diag *diag);

/* The formats of this row of `packs` that this run writes, as bits. */
unsigned
selection_formats(const struct batch *batch, const struct config_pack *pack);

/* Whether a row of `packs` is for this scope. */
bool
selection_has(const struct batch *batch, const struct config_pack *pack, uint32_t scope);

/* Whether --only takes the scope in: its pattern fits id, name or folder, in any case of letters.
 */
bool
selection_wants(const struct batch *batch, const struct scope_name *name, const char *folder);

#endif
