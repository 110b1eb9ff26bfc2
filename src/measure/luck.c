#include "luck.h"

#include "memory.h"
#include "vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP UINT64_C(0x9E3779B97F4A7C15) /* from state to state */

static inline uint64_t
scrambled(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t
luck_next(uint64_t *state)
{
    return scrambled(*state += STEP);
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

enum { GUIDE_BITS = 11, GUIDES = 1 << GUIDE_BITS, DRAWN_BITS = 53, AT_ONCE = 256 };

#define MIXED (UINT32_C(1) << 31)

/* The cumulative chances of 0, 1, ... wins in parts of 2^53, rounded up, as far as doubles see more
 * of them; the last is above all that is drawn. The guide knows the wins by the highest bits drawn,
 * or where these leave a choice the fewest of them, MIXED. */
struct poisson {
    uint64_t *below;
    uint32_t count;
    uint32_t guide[GUIDES];
};

/* The smallest k, from `from` on, whose cumulative chance is above `drawn` parts of 2^53. */
static uint32_t
poisson_at(const struct poisson *poisson, uint64_t drawn, uint32_t from)
{
    while (poisson->below[from] <= drawn)
        from++;
    return from;
}

static void
make_guide(struct poisson *poisson)
{
    uint32_t wins = 0;
    for (uint64_t g = 0; g < GUIDES; g++) {
        uint64_t lowest = g << (DRAWN_BITS - GUIDE_BITS);
        uint64_t next = (g + 1) << (DRAWN_BITS - GUIDE_BITS);
        wins = poisson_at(poisson, lowest, wins);
        poisson->guide[g] = poisson->below[wins] >= next ? wins : wins | MIXED;
    }
}

static void
poisson_open(struct poisson *poisson, double mean)
{
    uint32_t most = (uint32_t)(mean + 12 * sqrt(mean) + 40);
    double sum = 0;
    poisson->below = memory_new(most, sizeof *poisson->below);
    poisson->count = most;
    for (uint32_t k = 0; k < most; k++) {
        int sign;
        sum += exp(k * log(mean) - mean - lgamma_r(k + 1.0, &sign));
        poisson->below[k] = (uint64_t)ceil(ldexp(sum, DRAWN_BITS));
    }
    poisson->below[most - 1] = UINT64_MAX;
    make_guide(poisson);
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

static uint64_t
larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Wins are small whole numbers: sellers with as many stand together, and sums are exact. Leaves
 * nobody in the ranking. */
static struct inequality
inequality_of(struct ranking *ranking)
{
    uint64_t sum = 0, ranked = 0, top = 0, before = 0, count = ranking->count;
    uint64_t first_of_top = count - fifth(ranking->count), most = ranking->most;
    uint32_t *sellers = ranking->sellers;
    for (uint64_t k = ranking->least; k <= most; k++) {
        uint64_t here = sellers[k], end = before + here;
        sellers[k] = 0;
        sum += k * here;
        ranked += k * (here * (2 * before + here + 1) / 2);
        top += k * (larger(end, first_of_top) - larger(before, first_of_top));
        before = end;
    }
    if (sum == 0)
        return equality(ranking->count);
    double n = (double)count, all = (double)sum;
    return (struct inequality){(double)top / all, 2 * (double)ranked / (n * all) - (n + 1) / n};
}

/* The next numbers of the stream, cut to DRAWN_BITS. */
VECTORS static void
draw(uint64_t state, uint64_t *drawn, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        drawn[i] = scrambled(state += STEP) >> (64 - DRAWN_BITS);
}

static void
rank(const struct poisson *poisson, const uint64_t *drawn, uint32_t count, struct ranking *ranking)
{
    uint32_t *sellers = ranking->sellers, least = ranking->least, most = ranking->most;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t wins = poisson->guide[drawn[i] >> (DRAWN_BITS - GUIDE_BITS)];
        if (wins & MIXED)
            wins = poisson_at(poisson, drawn[i], wins & ~MIXED);
        least = wins < least ? wins : least;
        most = wins > most ? wins : most;
        sellers[wins]++;
    }
    ranking->least = least;
    ranking->most = most;
}

/* What has been drawn and not yet used. */
struct stream {
    uint64_t state, drawn[AT_ONCE];
    uint32_t next;
};

static void
draw_wins(const struct poisson *poisson, struct stream *stream, struct ranking *ranking)
{
    ranking->least = poisson->count - 1;
    ranking->most = 0;
    for (uint32_t left = ranking->count; left > 0;) {
        if (stream->next == AT_ONCE) {
            draw(stream->state, stream->drawn, AT_ONCE);
            stream->state += AT_ONCE * STEP;
            stream->next = 0;
        }
        uint32_t count = AT_ONCE - stream->next;
        count = left < count ? left : count;
        rank(poisson, stream->drawn + stream->next, count, ranking);
        stream->next += count;
        left -= count;
    }
}

void
luck_draw(uint64_t seed, uint32_t draws, uint32_t count, double mean, struct inequality *out)
{
    struct poisson poisson;
    struct stream stream = {.state = seed, .next = AT_ONCE};
    poisson_open(&poisson, mean);
    struct ranking ranking = {.count = count};
    ranking.sellers = memory_new(poisson.count, sizeof *ranking.sellers);
    for (uint32_t i = 0; i < draws; i++) {
        draw_wins(&poisson, &stream, &ranking);
        out[i] = inequality_of(&ranking);
    }
    free(poisson.below);
    free(ranking.sellers);
}
