/* normal: names made alike, to find near misses: never to change what is printed. */
#ifndef SEFPACK_I18N_NORMAL_H
#define SEFPACK_I18N_NORMAL_H

#include "buf.h"
#include "text.h"

/* Appends the NFC form. Bytes that are not UTF-8 become U+FFFD. */
void
normal_compose(struct text text, struct buf *out);

/* Appends letters and digits alone, without case, accents or width: "GTX Pro" and "gtx-pró" both
 * give "gtxpro". */
void
normal_skeleton(struct text text, struct buf *out);

#endif
