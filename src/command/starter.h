/* starter: a commented config with extracts that run at once, for `sefpack init`. */
#ifndef SEFPACK_STARTER_H
#define SEFPACK_STARTER_H

#include "diag.h"

/* Copies the demo at `demo` into `folder`, which is made and must not hold anything yet, and the
 * mappings of CRMs at `presets` beside it, to be read and changed. Packs of the copy go to
 * `folder`/out. False after an error in diag. */
bool
starter_write(const char *demo, const char *presets, const char *folder, struct diag *diag);

#endif
