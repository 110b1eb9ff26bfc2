#include "luck.h"

#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

uint64_t
luck_next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint32_t
fifth(uint32_t count)
{
    return count / 5 + (count % 5 != 0);
}

struct inequality
luck_inequality(const double *value, uint32_t count)
{
    double sum = 0, ranked = 0, top = 0;
    uint32_t first_of_top = count - fifth(count);
    for (uint32_t i = 0; i < count; i++) {
        sum += value[i];
        ranked += value[i] * (i + 1.0);
        top += i >= first_of_top ? value[i] : 0;
    }
    return (struct inequality){top / sum, 2 * ranked / (count * sum) - (count + 1.0) / count};
}

enum { GUIDE_BITS = 10, GUIDES = 1 << GUIDE_BITS, DRAWN_BITS = 53 };

/* The cumulative chances of 0, 1, ... wins in parts of 2^53, rounded up, as far as doubles see more
 * of them; the last is above all that is drawn. And where to begin to look for each thousandth. */
struct poisson {
    uint64_t *below;
    uint32_t count;
    uint32_t guide[GUIDES];
};

static void
poisson_open(struct poisson *poisson, double mean)
{
    uint32_t most = (uint32_t)(mean + 12 * sqrt(mean) + 40), at = 0;
    double sum = 0;
    poisson->below = memory_new(most, sizeof *poisson->below);
    poisson->count = most;
    for (uint32_t k = 0; k < most; k++) {
        int sign;
        sum += exp(k * log(mean) - mean - lgamma_r(k + 1.0, &sign));
        poisson->below[k] = (uint64_t)ceil(ldexp(sum, DRAWN_BITS));
    }
    poisson->below[most - 1] = UINT64_MAX;
    for (uint64_t g = 0; g < GUIDES; g++) {
        while (poisson->below[at] <= g << (DRAWN_BITS - GUIDE_BITS))
            at++;
        poisson->guide[g] = at;
    }
}

/* The smallest k whose cumulative chance is above `drawn` parts of 2^53. */
static inline uint32_t
poisson_at(const struct poisson *poisson, uint64_t drawn)
{
    uint32_t k = poisson->guide[drawn >> (DRAWN_BITS - GUIDE_BITS)];
    while (poisson->below[k] <= drawn)
        k++;
    return k;
}

static struct inequality
equality(uint32_t count)
{
    return (struct inequality){(double)fifth(count) / count, 0};
}

/* How many sellers have how many wins: none outside of least .. most. */
struct ranking {
    uint32_t *sellers, least, most, count;
};

/* Wins are small whole numbers: sellers with as many stand together, and sums are exact. */
static struct inequality
inequality_of(const struct ranking *ranking)
{
    uint64_t sum = 0, ranked = 0, top = 0, before = 0, count = ranking->count;
    uint64_t first_of_top = count - fifth(ranking->count);
    for (uint64_t k = ranking->least; k <= ranking->most; k++) {
        uint64_t here = ranking->sellers[k], end = before + here;
        sum += k * here;
        ranked += k * (here * (2 * before + here + 1) / 2);
        if (end > first_of_top)
            top += k * (end - (before > first_of_top ? before : first_of_top));
        before = end;
    }
    double n = (double)count, all = (double)sum;
    return (struct inequality){(double)top / all, 2 * (double)ranked / (n * all) - (n + 1) / n};
}

static void
draw_wins(const struct poisson *poisson, uint64_t *state, struct ranking *ranking)
{
    uint32_t least = poisson->count - 1, most = 0, *sellers = ranking->sellers;
    uint64_t drawn = *state;
    for (uint32_t i = 0; i < ranking->count; i++) {
        uint32_t k = poisson_at(poisson, luck_next(&drawn) >> (64 - DRAWN_BITS));
        sellers[k]++;
        least = k < least ? k : least;
        most = k > most ? k : most;
    }
    *state = drawn;
    ranking->least = least;
    ranking->most = most;
}

void
luck_draw(uint64_t seed, uint32_t draws, uint32_t count, double mean, struct inequality *out)
{
    struct poisson poisson;
    uint64_t state = seed;
    poisson_open(&poisson, mean);
    struct ranking ranking = {memory_new(poisson.count, sizeof(uint32_t)), 0, 0, count};
    for (uint32_t draw = 0; draw < draws; draw++) {
        draw_wins(&poisson, &state, &ranking);
        out[draw] = ranking.most == 0 ? equality(count) : inequality_of(&ranking);
        memset(ranking.sellers + ranking.least, 0,
               (ranking.most - ranking.least + 1) * sizeof *ranking.sellers);
    }
    free(poisson.below);
    free(ranking.sellers);
}
