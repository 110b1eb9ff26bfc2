/* schema: the table of keys as JSON Schema (2020-12), for editors. */
#ifndef SEFPACK_CONFIG_SCHEMA_H
#define SEFPACK_CONFIG_SCHEMA_H

#include "buf.h"

void
schema_write(struct buf *out);

#endif
