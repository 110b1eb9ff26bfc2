/* stages: the configured stages, and what a preset knows of their other spellings. */
#ifndef SEFPACK_CONFIG_STAGES_H
#define SEFPACK_CONFIG_STAGES_H

#include "reader.h"

struct config;

/* Adds to each configured stage the aliases that the preset's stage of the same name has, where no
 * other configured stage is called so. `stock` is the preset's list of stages, or NULL. */
void
stages_add_aliases(struct reader *reader, const struct tree *stock, struct config *config);

/* Reports names that stand twice, and a list without a stage that is open or won. */
void
stages_check(struct reader *reader, const struct tree *root, const struct config *config);

#endif
