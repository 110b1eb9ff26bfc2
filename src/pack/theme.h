/* theme: how packs look where the config does not say: templates/theme.yaml. */
#ifndef SEFPACK_PACK_THEME_H
#define SEFPACK_PACK_THEME_H

#include "arena.h"
#include "diag.h"

#include <stdbool.h>

struct config;

struct theme {
    const char *accent;                            /* "#12436D" */
    const char *logo, *classification, *watermark; /* or NULL */
};

/* The config's theme goes before the file's. An accent that does not stand out from white paper by
 * 4.5 to 1 (WCAG 2.2, relative luminance) is refused: text is set in it. Faults have their place
 * (exit code 4): false. `folders` as for words_open. */
bool
theme_read(struct arena *arena, const struct config *config, const char *const *folders,
           struct theme *theme, struct diag *diag);

/* The contrast of two colours #RRGGBB, 1 to 21; 0 for what is no colour. */
double
theme_contrast(const char *one, const char *other);

#endif
