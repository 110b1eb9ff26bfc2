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

/* A new number for the text even if it has one, without a look at the others: for texts that hardly
 * ever repeat. It is not found by symbols_find. */
uint32_t
symbols_append(struct symbols *symbols, struct text text);

/* Symbol i becomes number[i]; SYMBOL_NONE drops it. The new numbers are 0..count-1, each once.
 * Nothing may be interned afterwards. */
void
symbols_renumber(struct symbols *symbols, const uint32_t *number, uint32_t count);

/* SYMBOL_NONE when absent. */
uint32_t
symbols_find(const struct symbols *symbols, struct text text);

/* For batches: hash first (hash_text), prefetch, then find. */
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
