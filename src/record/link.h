/* link: which rows of one table belong to each row of another. */
#ifndef SEFPACK_RECORD_LINK_H
#define SEFPACK_RECORD_LINK_H

#include "loader.h"

/* Rows 0..count-1 by `key` (0..keys-1; others are in no list): those of key k are
 * by[first[k] .. first[k + 1]), ascending. Both arrays are in the loader's keep. */
void
link_rows(struct loader *loader, const uint32_t *key, uint32_t count, uint32_t keys,
          uint32_t **first, uint32_t **by);

#endif
