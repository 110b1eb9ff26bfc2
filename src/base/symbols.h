/* symbols: byte strings to 32-bit numbers, each once, in a flat hash table.
 * Numbers are handed out in order of first sight, from 0. Finding is safe from many threads while
 * nobody interns. Bytes are compared as they are: ids are never case-folded. */
#ifndef SEFPACK_BASE_SYMBOLS_H
#define SEFPACK_BASE_SYMBOLS_H

#include "text.h"

#include <stdint.h>

#define SYMBOL_NONE UINT32_MAX

struct symbols;

struct symbols *
symbols_new(uint32_t expected);

void
symbols_free(struct symbols *symbols);

uint32_t
symbols_intern(struct symbols *symbols, struct text text);

/* SYMBOL_NONE when absent. */
uint32_t
symbols_find(const struct symbols *symbols, struct text text);

/* For batches: hash first, prefetch, then find. */
uint64_t
symbols_hash(struct text text);

void
symbols_prefetch(const struct symbols *symbols, uint64_t hash);

uint32_t
symbols_find_hashed(const struct symbols *symbols, struct text text, uint64_t hash);

/* The bytes live until symbols_free; followed by a NUL. */
struct text
symbols_text(const struct symbols *symbols, uint32_t symbol);

uint32_t
symbols_count(const struct symbols *symbols);

#endif
