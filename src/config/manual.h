/* manual: the reference as the man page sefpack-config.5. */
#ifndef SEFPACK_CONFIG_MANUAL_H
#define SEFPACK_CONFIG_MANUAL_H

#include "buf.h"

void
manual_write(struct buf *out);

#endif
