/* random: numbers that are the same on every machine; one stream a thing, so that one deal's life
 * does not depend on how many others there are. */
#ifndef SEFPACK_GENERATE_RANDOM_H
#define SEFPACK_GENERATE_RANDOM_H

#include <math.h>
#include <stdint.h>

struct stream {
    uint64_t state;
};

static inline uint64_t
stream_next(struct stream *stream) /* splitmix64 */
{
    uint64_t z = (stream->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline struct stream
stream_of(uint64_t seed, uint64_t kind, uint64_t number)
{
    struct stream stream = {seed * 1000003u + kind * 7919u};
    stream.state = stream_next(&stream) ^ (number * 0xD1B54A32D192ED03u);
    stream_next(&stream);
    return stream;
}

static inline double
stream_share(struct stream *stream) /* 0 <= x < 1 */
{
    return (double)(stream_next(stream) >> 11) * 0x1p-53;
}

static inline uint32_t
stream_below(struct stream *stream, uint32_t n)
{
    return (uint32_t)(((stream_next(stream) >> 32) * n) >> 32);
}

static inline int
stream_chance(struct stream *stream, double share)
{
    return stream_share(stream) < share;
}

/* Roughly normal, mean 0 and deviation 1: the sum of twelve, without libm's last bit. */
static inline double
stream_normal(struct stream *stream)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += stream_share(stream);
    return sum;
}

/* A positive, skewed factor around 1. */
static inline double
stream_skewed(struct stream *stream, double spread)
{
    double x = stream_normal(stream) * spread;
    return x >= 0 ? 1 + x + x * x / 2 : 1 / (1 - x + x * x / 2);
}

#endif
