/* presets: what is known of a CRM's exports, as data in presets/<name>.yaml, laid under the user's
 * extracts.
 *
 * A preset file has `preset` (its name), `about`, `stages` (the CRM's stock stages) and one key a
 * table, each a list of variants. A variant has `variant` (its name), `about`, `files` (patterns of
 * file names it is for), `like` (a variant of the same table whose keys stand under its own) and
 * any key of an extract. The variant named by the extract's `variant` holds; else the first whose
 * `files` match the extract's file; else the first without `files`. */
#ifndef SEFPACK_CONFIG_PRESETS_H
#define SEFPACK_CONFIG_PRESETS_H

#include "reader.h"

struct presets;

/* `folder` holds the preset files. */
struct presets *
presets_new(struct reader *reader, const char *folder);

/* The extract with the preset's keys under its own, or the extract itself where it names none or
 * the preset is faulty (then reported). */
struct tree *
presets_merge(struct presets *presets, const struct tree *extract, const char *table);

/* The stock stages of the preset that an extract names; NULL where there are none. */
const struct tree *
presets_stages(struct presets *presets, const struct tree *extract);

/* The presets that were read, in the order in which the config names them. */
const struct config_preset *
presets_read(const struct presets *presets, uint32_t *count);

#endif
