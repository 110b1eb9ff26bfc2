/* 64 bytes a step: masks come as they are wanted, and the places of their bits by one compression.
 * Chosen at run time. */
#ifdef __x86_64__
#include "scan.h"

#include <immintrin.h>

#define SCAN_TARGET                                                                                \
    __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt,lzcnt,pclmul")))
#define SCAN_INLINE static inline __attribute__((always_inline)) SCAN_TARGET
#define SCAN_FLATTENS

struct lanes {
    __m512i all;
};

SCAN_INLINE struct lanes
lanes_load(const char *bytes)
{
    return (struct lanes){_mm512_loadu_si512(bytes)};
}

SCAN_INLINE uint64_t
lanes_equal(const struct lanes *lanes, char c)
{
    return _mm512_cmpeq_epi8_mask(lanes->all, _mm512_set1_epi8(c));
}

SCAN_INLINE bool
lanes_high(const struct lanes *lanes)
{
    return _mm512_movepi8_mask(lanes->all) != 0;
}

SCAN_INLINE uint64_t
mask_prefix_xor(uint64_t mask)
{
    __m128i all = _mm_set1_epi8((char)0xFF), bits = _mm_set_epi64x(0, (long long)mask);
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(bits, all, 0));
}

SCAN_INLINE uint32_t
mask_count(uint64_t mask)
{
    return (uint32_t)__builtin_popcountll(mask);
}

/* Writes the places of all set bits, sixteen at a time. */
SCAN_INLINE uint32_t *
flatten(uint32_t *out, uint32_t at, uint64_t bits)
{
    static const unsigned char numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers));
    __m512i base = _mm512_set1_epi32((int)at);
    __m128i part[4];
    uint32_t *end = out + mask_count(bits);
    _mm512_storeu_si512(part, places);
    for (int i = 0; i == 0 || __builtin_expect(out < end, 0); i++, out += 16)
        _mm512_storeu_si512(out, _mm512_add_epi32(_mm512_cvtepu8_epi32(part[i]), base));
    return end;
}

#include "scan_body.h"

const struct scan_kernel scan_avx512 = {"avx512", cut, split, ascii};
#else
typedef int scan_avx512_is_for_x86;
#endif
