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

/* The cumulative chances of 0, 1, ... wins, up to where doubles see no more of them. */
struct poisson {
    double *below;
    uint32_t count;
};

static struct poisson
poisson_new(double mean)
{
    uint32_t most = (uint32_t)(mean + 12 * sqrt(mean) + 40);
    struct poisson poisson = {memory_new(most, sizeof(double)), most};
    double sum = 0;
    for (uint32_t k = 0; k < most; k++) {
        int sign;
        sum += exp(k * log(mean) - mean - lgamma_r(k + 1.0, &sign));
        poisson.below[k] = sum;
    }
    return poisson;
}

/* The smallest k whose cumulative chance is above u. */
static uint32_t
poisson_at(const struct poisson *poisson, double u)
{
    uint32_t low = 0, high = poisson->count - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (poisson->below[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static struct inequality
equality(uint32_t count)
{
    return (struct inequality){(double)fifth(count) / count, 0};
}

/* Wins are small numbers: they are sorted by counting. */
void
luck_draw(uint64_t seed, uint32_t draws, uint32_t count, double mean, struct inequality *out)
{
    struct poisson poisson = poisson_new(mean);
    double *wins = memory_new(count, sizeof *wins);
    uint32_t *sellers = memory_new(poisson.count, sizeof *sellers); /* with k wins */
    uint64_t state = seed;
    for (uint32_t draw = 0; draw < draws; draw++) {
        memset(sellers, 0, poisson.count * sizeof *sellers);
        for (uint32_t i = 0; i < count; i++)
            sellers[poisson_at(&poisson, (double)(luck_next(&state) >> 11) * 0x1p-53)]++;
        uint32_t next = 0;
        for (uint32_t k = 0; k < poisson.count; k++)
            for (uint32_t i = 0; i < sellers[k]; i++)
                wins[next++] = k;
        out[draw] = sellers[0] == count ? equality(count) : luck_inequality(wins, count);
    }
    free(poisson.below);
    free(sellers);
    free(wins);
}
