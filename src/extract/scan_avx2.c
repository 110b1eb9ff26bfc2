/* 32 bytes a step; quotes by a carry-less multiplication. Chosen at run time. */
#ifdef __x86_64__
#include "scan.h"

#include <immintrin.h>

#define SCAN_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt,pclmul")))
#define SCAN_INLINE static inline __attribute__((always_inline)) SCAN_TARGET

struct lanes {
    __m256i low, high;
};

SCAN_INLINE struct lanes
lanes_load(const char *bytes)
{
    return (struct lanes){_mm256_loadu_si256((const __m256i *)(const void *)bytes),
                          _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32))};
}

SCAN_INLINE uint64_t
lanes_equal(const struct lanes *lanes, char c)
{
    __m256i wanted = _mm256_set1_epi8(c);
    uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(lanes->low, wanted));
    uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(lanes->high, wanted));
    return (uint64_t)high << 32 | low;
}

SCAN_INLINE bool
lanes_high(const struct lanes *lanes)
{
    return _mm256_movemask_epi8(_mm256_or_si256(lanes->low, lanes->high)) != 0;
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

/* The lowest set bit; any number when there is none. */
SCAN_INLINE uint32_t
mask_first(uint64_t mask)
{
    return (uint32_t)_tzcnt_u64(mask);
}

#include "scan_body.h"

const struct scan_kernel scan_avx2 = {"avx2", cut, split, ascii};
#else
typedef int scan_avx2_is_for_x86;
#endif
