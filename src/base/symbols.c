#include "symbols.h"

#include "arena.h"
#include "hash.h"
#include "memory.h"

#include <stdlib.h>

/* A slot is free while bytes is NULL. `tag` is the upper half of the hash; its own upper bits are
 * the place to begin at, so that a table grows from left to right without a look at any text. The
 * bytes are looked at only where tags agree. The length stands in the four bytes before them, on
 * the same cache line. */
struct slot {
    const char *bytes;
    uint32_t tag, symbol;
};

struct symbols {
    struct slot *slots;
    uint64_t mask;              /* slots - 1; slots are a power of two, at most 5/8 full */
    int shift;                  /* of a tag, to its place */
    uint32_t count, held, most; /* held: symbols that have a slot */
    const char **bytes;         /* by symbol */
    size_t capacity;
    struct arena *arena;
};

static void
allocate(struct symbols *symbols, uint64_t slots)
{
    symbols->slots = memory_new(slots, sizeof *symbols->slots);
    symbols->mask = slots - 1;
    symbols->shift = 33 - __builtin_ffsll((long long)slots);
    symbols->most = (uint32_t)(slots / 8 * 5);
}

struct symbols *
symbols_new(uint32_t expected)
{
    struct symbols *symbols = memory_new(1, sizeof *symbols);
    uint64_t slots = 64;
    while (slots / 8 * 5 < expected)
        slots *= 2;
    allocate(symbols, slots);
    symbols->arena = arena_new();
    return symbols;
}

void
symbols_free(struct symbols *symbols)
{
    if (!symbols)
        return;
    arena_free(symbols->arena);
    free(symbols->slots);
    free(symbols->bytes);
    free(symbols);
}

static struct text
stored_text(const char *bytes)
{
    struct text text = {bytes, 0};
    memcpy(&text.length, bytes - sizeof text.length, sizeof text.length);
    return text;
}

static const char *
store(struct symbols *symbols, struct text text)
{
    char *room = arena_bytes(symbols->arena, sizeof text.length + (size_t)text.length + 1);
    memcpy(room, &text.length, sizeof text.length);
    if (text.length)
        memcpy(room + sizeof text.length, text.bytes, text.length);
    return room + sizeof text.length;
}

/* The slot that holds the text, or the free one where it belongs. */
static struct slot *
seek(const struct symbols *symbols, struct text text, uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 32);
    for (uint64_t at = tag >> symbols->shift;; at = (at + 1) & symbols->mask) {
        struct slot *slot = &symbols->slots[at];
        if (!slot->bytes || (slot->tag == tag && text_equal(stored_text(slot->bytes), text)))
            return slot;
    }
}

static void
place(struct symbols *symbols, struct slot new)
{
    uint64_t at = new.tag >> symbols->shift;
    while (symbols->slots[at].bytes)
        at = (at + 1) & symbols->mask;
    symbols->slots[at] = new;
}

static void
grow(struct symbols *symbols)
{
    struct slot *old = symbols->slots;
    uint64_t slots = symbols->mask + 1;
    if (slots > UINT32_MAX / 2)
        memory_exhausted(SIZE_MAX);
    allocate(symbols, slots * 2);
    for (uint64_t i = 0; i < slots; i++)
        if (old[i].bytes)
            place(symbols, old[i]);
    free(old);
}

uint32_t
symbols_intern(struct symbols *symbols, struct text text)
{
    uint64_t hash = hash_text(text);
    struct slot *slot = seek(symbols, text, hash);
    if (slot->bytes)
        return slot->symbol;
    if (symbols->held == symbols->most) {
        grow(symbols);
        slot = seek(symbols, text, hash);
    }
    uint32_t symbol = symbols_append(symbols, text);
    *slot = (struct slot){symbols->bytes[symbol], (uint32_t)(hash >> 32), symbol};
    symbols->held++;
    return symbol;
}

uint32_t
symbols_append(struct symbols *symbols, struct text text)
{
    if (symbols->count == SYMBOL_NONE)
        memory_exhausted(SIZE_MAX);
    memory_grow(&symbols->bytes, &symbols->capacity, (size_t)symbols->count + 1,
                sizeof *symbols->bytes);
    symbols->bytes[symbols->count] = store(symbols, text);
    return symbols->count++;
}

void
symbols_renumber(struct symbols *symbols, const uint32_t *number, uint32_t count)
{
    const char **bytes = memory_new((size_t)count + 1, sizeof *bytes);
    for (uint32_t symbol = 0; symbol < symbols->count; symbol++)
        if (number[symbol] != SYMBOL_NONE)
            bytes[number[symbol]] = symbols->bytes[symbol];
    for (uint64_t at = 0; at <= symbols->mask; at++)
        if (symbols->slots[at].bytes)
            symbols->slots[at].symbol = number[symbols->slots[at].symbol];
    free(symbols->bytes);
    symbols->bytes = bytes;
    symbols->count = count;
    symbols->capacity = (size_t)count + 1;
}

void
symbols_prefetch(const struct symbols *symbols, uint64_t hash)
{
    __builtin_prefetch(&symbols->slots[hash >> 32 >> symbols->shift]);
}

uint32_t
symbols_find_hashed(const struct symbols *symbols, struct text text, uint64_t hash)
{
    const struct slot *slot = seek(symbols, text, hash);
    return slot->bytes ? slot->symbol : SYMBOL_NONE;
}

uint32_t
symbols_find(const struct symbols *symbols, struct text text)
{
    return symbols_find_hashed(symbols, text, hash_text(text));
}

struct text
symbols_text(const struct symbols *symbols, uint32_t symbol)
{
    return stored_text(symbols->bytes[symbol]);
}

uint32_t
symbols_count(const struct symbols *symbols)
{
    return symbols->count;
}
