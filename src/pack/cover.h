/* cover: what stands around the blocks of a doc: titles, footers, the reconciliation, banners. */
#ifndef SEFPACK_PACK_COVER_H
#define SEFPACK_PACK_COVER_H

#include "pack.h"
#include "theme.h"
#include "voice.h"

/* `kind` chooses the words cover.title.<kind> and cover.subtitle.<kind>. */
void
cover_fill(struct voice *voice, const struct theme *theme, const char *templates, const char *kind,
           const struct pack_order *order);

/* Every identity that failed is told before the first section. */
void
cover_banners(struct voice *voice);

#endif
