#include "intervals.h"

#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define TAIL 0.1 /* 80 % intervals */

enum { FEW = 256 }; /* what n or a count below give is remembered */

struct remembered {
    _Atomic double low, high; /* high 0: not yet found */
};

/* Of k of n at n (n + 1) / 2 + k. */
struct intervals {
    struct remembered few[FEW * (FEW + 1) / 2];
    _Atomic double count_high[FEW]; /* 0: not yet found */
};

struct intervals *
intervals_new(struct arena *arena)
{
    return arena_alloc(arena, sizeof(struct intervals));
}

/* Two threads that ask at once find the same. */
static struct interval
remember(struct remembered *remembered, double k, double n)
{
    struct interval found = {.high = atomic_load_explicit(&remembered->high, memory_order_acquire)};
    if (found.high > 0) {
        found.low = atomic_load_explicit(&remembered->low, memory_order_relaxed);
        return found;
    }
    found = beta_jeffreys(k, n, TAIL);
    atomic_store_explicit(&remembered->low, found.low, memory_order_relaxed);
    atomic_store_explicit(&remembered->high, found.high, memory_order_release);
    return found;
}

struct interval
intervals_of(struct intervals *intervals, double k, double n)
{
    bool few = n < FEW && k >= 0 && k <= n && n == floor(n) && k == floor(k);
    if (!few)
        return beta_jeffreys(k, n, TAIL);
    uint32_t at = (uint32_t)n * ((uint32_t)n + 1) / 2 + (uint32_t)k;
    return remember(&intervals->few[at], k, n);
}

double
intervals_count_high(struct intervals *intervals, uint32_t count)
{
    if (count >= FEW)
        return beta_garwood_high(count, TAIL);
    double high = atomic_load_explicit(&intervals->count_high[count], memory_order_relaxed);
    if (high == 0) {
        high = beta_garwood_high(count, TAIL);
        atomic_store_explicit(&intervals->count_high[count], high, memory_order_relaxed);
    }
    return high;
}
