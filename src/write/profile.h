/* profile: a small ICC profile of sRGB's primaries, made from its published numbers. */
#ifndef SEFPACK_WRITE_PROFILE_H
#define SEFPACK_WRITE_PROFILE_H

#include "buf.h"

void
profile_write(struct buf *out);

#endif
