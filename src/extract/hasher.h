/* hasher: SHA-256 on a thread of its own, while the parser is at the same bytes. */
#ifndef SEFPACK_EXTRACT_HASHER_H
#define SEFPACK_EXTRACT_HASHER_H

#include <stddef.h>

struct hasher;

/* With `jobs` of 1, or where no thread can be had, bytes are hashed when they are added. */
struct hasher *
hasher_open(unsigned jobs);

/* Copies the bytes; waits only when the hash is some blocks behind. */
void
hasher_add(struct hasher *hasher, const void *bytes, size_t length);

/* Writes 64 hex digits and a NUL of all bytes in the order in which they came, and frees. */
void
hasher_finish(struct hasher *hasher, char hex[65]);

#endif
