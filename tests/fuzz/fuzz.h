/* fuzz: what the fuzz targets share. */
#ifndef SEFPACK_TESTS_FUZZ_H
#define SEFPACK_TESTS_FUZZ_H

#include "text.h"

#include <stddef.h>
#include <stdint.h>

/* A claim that must hold for all bytes. */
#define CHECK(claim)                                                                               \
    do {                                                                                           \
        if (!(claim))                                                                              \
            __builtin_trap();                                                                      \
    } while (0)

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The input as text. */
static inline struct text
fuzz_text(const uint8_t *bytes, size_t size)
{
    return (struct text){(const char *)bytes, (uint32_t)size};
}

#endif
