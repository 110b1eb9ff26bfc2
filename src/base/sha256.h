/* sha256: FIPS 180-4 by libcrypto, for manifests, slugs, style hashes. */
#ifndef SEFPACK_BASE_SHA256_H
#define SEFPACK_BASE_SHA256_H

#include <stddef.h>

struct sha256;

struct sha256 *
sha256_new(void);

void
sha256_add(struct sha256 *sha, const void *bytes, size_t length);

/* Writes 64 hex digits and a NUL, and frees. */
void
sha256_finish(struct sha256 *sha, char hex[65]);

/* Of the whole input at once. */
void
sha256_hex(const void *bytes, size_t length, char hex[65]);

#endif
