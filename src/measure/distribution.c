#include "distribution.h"

#include "normal.h"
#include "vectors.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#if defined __GNUC__ && !defined __clang__
#pragma GCC optimize("O3") /* the loops over the grid are worth vectors; clang makes them at O2 */
#endif

#define STEPS 1024
#define CHEAP 256   /* moves of the whole grid that cost less than a convolution */
#define SPECK 1e-22 /* mass that is moved one point inwards, so that empty ends cost nothing */

/* Masses on points low .. high; zero outside, room for a jump past the top and below 0. */
struct row {
    double *mass; /* mass[-points - 1] .. mass[2 * points + 1] */
    uint32_t low, high;
    double cut; /* what the mean lost to the last point, in points */
};

static struct row
row_new(struct arena *arena, uint32_t points)
{
    double *room = arena_array(arena, 3 * (size_t)points + 4, sizeof *room);
    return (struct row){.mass = room + points + 1};
}

/* to := (1 - chance) from + chance (from moved by offset + part points) */
VECTORS static void
spread(double *restrict to, const double *restrict from, uint32_t count, uint32_t offset,
       double chance, double part)
{
    const double *restrict near = from - offset, *restrict far = from - offset - 1;
    double stay = 1 - chance, full = chance * (1 - part), more = chance * part;
    for (uint32_t j = 0; j < count; j++) {
        to[j] = stay * from[j] + full * near[j] + more * far[j];
    }
}

/* What passed the last point is put there; specks at both ends move inwards. */
static void
tidy(struct row *row, uint32_t last)
{
    for (; row->high > last; row->high--) {
        row->cut += row->mass[row->high] * (row->high - last);
        row->mass[last] += row->mass[row->high];
        row->mass[row->high] = 0;
    }
    for (; row->low < row->high && row->mass[row->low] < SPECK; row->low++) {
        row->mass[row->low + 1] += row->mass[row->low];
        row->mass[row->low] = 0;
    }
    for (; row->high > row->low && row->mass[row->high] < SPECK; row->high--) {
        row->mass[row->high - 1] += row->mass[row->high];
        row->mass[row->high] = 0;
    }
}

static void
add_bet(struct row *to, const struct row *from, uint32_t last, int64_t step, int64_t value,
        double chance)
{
    uint32_t offset = (uint32_t)(value / step);
    double part = (double)(value % step) / (double)step;
    uint32_t low = from->low, high = from->high + offset + (part > 0 ? 1 : 0);
    for (uint32_t j = to->low; j <= to->high && j < low; j++) {
        to->mass[j] = 0;
    }
    for (uint32_t j = high + 1; j <= to->high; j++) {
        to->mass[j] = 0;
    }
    spread(to->mass + low, from->mass + low, high - low + 1, offset, chance, part);
    to->low = low;
    to->high = high;
    to->cut = from->cut;
    tidy(to, last);
}

/* The distribution of the bets into out[0 .. last]. `pair` is room for two rows. */
static void
add_bets(struct row pair[2], uint32_t last, int64_t step, const struct bets *bets,
         const double *chance)
{
    for (int i = 0; i < 2; i++) {
        memset(pair[i].mass + pair[i].low, 0,
               (pair[i].high - pair[i].low + 1) * sizeof *pair[i].mass);
        pair[i].low = pair[i].high = 0;
        pair[i].cut = 0;
    }
    pair[0].mass[0] = 1;
    for (uint32_t i = 0; i < bets->count; i++) {
        if (bets->value[i] > 0 && chance[i] > 0) {
            add_bet(&pair[1], &pair[0], last, step, bets->value[i], chance[i]);
            struct row swap = pair[0];
            pair[0] = pair[1];
            pair[1] = swap;
        }
    }
}

/* The bets alone, as a mixture over the common factor where there is one. */
static void
mix_bets(struct arena *arena, struct distribution *out, const struct bets *bets, double correlation)
{
    uint32_t last = out->points - 1;
    struct row pair[2] = {row_new(arena, out->points), row_new(arena, out->points)};
    if (correlation <= 0) {
        add_bets(pair, last, out->step, bets, bets->chance);
        memcpy(out->mass, pair[0].mass, out->points * sizeof *out->mass);
        out->cut = pair[0].cut;
        return;
    }
    double node[NORMAL_NODES], weight[NORMAL_NODES];
    normal_nodes(node, weight);
    double *threshold = arena_array(arena, bets->count, sizeof *threshold);
    double *chance = arena_array(arena, bets->count, sizeof *chance);
    for (uint32_t i = 0; i < bets->count; i++) {
        double q = bets->chance[i];
        threshold[i] = q > 0 && q < 1 ? normal_quantile(q) : 0;
    }
    for (int n = 0; n < NORMAL_NODES; n++) {
        for (uint32_t i = 0; i < bets->count; i++) {
            double q = bets->chance[i];
            double z = (threshold[i] - sqrt(correlation) * node[n]) / sqrt(1 - correlation);
            chance[i] = q > 0 && q < 1 ? normal_cumulative(z) : q;
        }
        add_bets(pair, last, out->step, bets, chance);
        out->cut += weight[n] * pair[0].cut;
        for (uint32_t j = pair[0].low; j <= pair[0].high; j++) {
            out->mass[j] += weight[n] * pair[0].mass[j];
        }
    }
}

/* The sizes of the jumps on the grid, split so that their means are exact; the mean number. */
static double
jump_sizes(const struct distribution *grid, struct jumps jumps, double *rate)
{
    double sum = 0, last = grid->points - 1;
    for (uint32_t i = 0; i < jumps.count; i++) {
        if (!(jumps.mean[i] > 0)) {
            continue;
        }
        double place = fmin(last, jumps.size[i] / (double)grid->step), point = floor(place);
        double part = place - point;
        uint32_t at = (uint32_t)point;
        rate[at] += jumps.mean[i] * (1 - part);
        if (part > 0) {
            rate[at + 1] += jumps.mean[i] * part;
        }
        sum += jumps.mean[i];
    }
    return sum;
}

/* Panjer's recursion for Poisson, p_n = sum_j j rate_j p_(n-j) / n, from p_0 = e^-(sum - rate_0),
 * kept in range by a common logarithm because e^-20000 has no double. Zero sizes are in rate_0. */
static void
panjer(struct arena *arena, uint32_t points, const double *rate, double sum, const uint32_t *where,
       uint32_t used, double *p)
{
    double scale = rate[0] - sum, *weight = arena_array(arena, used, sizeof *weight);
    for (uint32_t i = 0; i < used; i++) {
        weight[i] = where[i] * rate[where[i]];
    }
    p[0] = 1;
    for (uint32_t n = 1; n < points; n++) {
        double here = 0;
        for (uint32_t i = 0; i < used && where[i] <= n; i++) {
            here += weight[i] * p[n - where[i]];
        }
        p[n] = here / n;
        if (p[n] > 1e200) {
            for (uint32_t i = 0; i <= n; i++) {
                p[i] *= 1e-200;
            }
            scale += 200 * M_LN10;
        }
    }
    double factor = exp(scale), before = 0;
    for (uint32_t n = 0; n + 1 < points; n++) {
        p[n] *= factor;
        before += p[n];
    }
    p[points - 1] = fmax(0, 1 - before); /* and all beyond */
}

/* start + part[0] + part[1] + ..., in that order */
static double
sum_from(double start, const double *part, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        start += part[i];
    }
    return start;
}

/* sum[i + j] += mass[i] p[j] for four i at once, which adds to each sum in the order of single
 * ones. p has three zeros before and behind its points. */
VECTORS static void
add_four(double *restrict sum, const double mass[4], const double *restrict p, uint32_t points)
{
    double m0 = mass[0], m1 = mass[1], m2 = mass[2], m3 = mass[3];
    for (int64_t j = 0; j < (int64_t)points + 3; j++) {
        sum[j] = sum[j] + m0 * p[j] + m1 * p[j - 1] + m2 * p[j - 2] + m3 * p[j - 3];
    }
}

/* out := out * p, what passes the last point put there; p as in add_four */
static void
convolve(struct arena *arena, struct distribution *out, const double *p)
{
    uint32_t points = out->points;
    double *sum = arena_array(arena, 2 * (size_t)points + 6, sizeof *sum);
    for (uint32_t i = 0; i < points; i += 4) {
        double mass[4] = {0};
        for (uint32_t j = 0; j < 4 && i + j < points; j++) {
            mass[j] = out->mass[i + j] > 1e-24 ? out->mass[i + j] : 0;
        }
        if (mass[0] + mass[1] + mass[2] + mass[3] > 0) {
            add_four(sum + i, mass, p, points);
        }
    }
    memcpy(out->mass, sum, points * sizeof *sum);
    out->mass[points - 1] = sum_from(sum[points - 1], sum + points, points);
}

/* to[j] := share from[j], or added to what is there */
VECTORS static void
move(double *restrict to, const double *restrict from, uint32_t points, double share, bool add)
{
    for (uint32_t j = 0; !add && j < points; j++) {
        to[j] = share * from[j];
    }
    for (uint32_t j = 0; add && j < points; j++) {
        to[j] += share * from[j];
    }
}

/* The same for few jumps of few sizes, without a second distribution:
 * sum_k e^-m m^k / k! f^k out by Horner's rule, f the sizes' distribution, m the mean number. */
static void
compound(struct arena *arena, struct distribution *out, const double *rate, const uint32_t *where,
         uint32_t used, double mean, uint32_t most)
{
    uint32_t points = out->points, last = points - 1, end = points + where[used - 1];
    double *sum = arena_array(arena, points, sizeof *sum), none = exp(-mean);
    double *moved = arena_array(arena, 2 * (size_t)points, sizeof *moved);
    for (uint32_t k = most; k > 0; k--) { /* moved := (m f / k) (out + moved) */
        for (uint32_t j = 0; j < points; j++) {
            sum[j] = moved[j] + out->mass[j];
        }
        for (uint32_t j = points + where[0]; j < end; j++) {
            moved[j] = 0;
        }
        for (uint32_t i = 0; i < used; i++) {
            move(moved + where[i], sum, points, rate[where[i]] / k, i > 0);
        }
        moved[last] = sum_from(moved[last], moved + points, end - points);
    }
    for (uint32_t j = 0; j < points; j++) {
        out->mass[j] = none * (out->mass[j] + moved[j]);
    }
}

/* Adds the new deals to what stands in out. */
static void
add_jumps(struct arena *arena, struct distribution *out, struct jumps jumps)
{
    double *rate = arena_array(arena, (size_t)out->points + 1, sizeof *rate);
    double sum = jump_sizes(out, jumps, rate), mean = sum - rate[0];
    if (!(mean > 0)) {
        return;
    }
    uint32_t used = 0, *where = arena_array(arena, out->points, sizeof *where);
    for (uint32_t j = 1; j < out->points; j++) {
        if (rate[j] > 0) {
            where[used++] = j;
        }
    }
    double most = ceil(mean + 9 * sqrt(mean) + 12); /* beyond: below 1e-16 */
    if (most * used < CHEAP) {
        compound(arena, out, rate, where, used, mean, (uint32_t)most);
        return;
    }
    double *room = arena_array(arena, (size_t)out->points + 6, sizeof *room), *p = room + 3;
    panjer(arena, out->points, rate, sum, where, used, p);
    convolve(arena, out, p);
}

static struct distribution
grid_new(struct arena *arena, const struct bets *bets, struct jumps jumps)
{
    double values = 0, fresh = 0;
    for (uint32_t i = 0; i < bets->count; i++) {
        values += (double)bets->value[i];
    }
    for (uint32_t i = 0; i < jumps.count; i++) {
        fresh += jumps.size[i] * jumps.mean[i];
    }
    double top = values + fresh + 10 * sqrt(fresh * jumps.largest) + 3 * jumps.largest;
    int64_t whole = (int64_t)round(fmin(top, 9e18));
    int64_t step = whole / STEPS + (whole % STEPS > 0 ? 1 : 0);
    step = step < 1 ? 1 : step;
    uint32_t points = (uint32_t)(whole / step + (whole % step > 0 ? 1 : 0)) + 1;
    return (struct distribution){
        .step = step, .points = points, .mass = arena_array(arena, points, sizeof(double))};
}

/* The sums over the masses, of which quantiles and mean are made. */
static void
add_up(struct arena *arena, struct distribution *out)
{
    double *upto = arena_array(arena, out->points, sizeof *upto);
    double sum = 0, mean = out->cut;
    for (uint32_t i = 0; i < out->points; i++) {
        upto[i] = sum += out->mass[i];
        mean += out->mass[i] * (double)i;
    }
    out->upto = upto;
    out->mean = mean;
}

struct distribution
distribution_new(struct arena *arena, struct bets bets, struct jumps jumps, double correlation)
{
    struct distribution out = grid_new(arena, &bets, jumps);
    mix_bets(arena, &out, &bets, correlation);
    if (out.points > 1) {
        add_jumps(arena, &out, jumps);
    }
    add_up(arena, &out);
    return out;
}

double
distribution_quantile(const struct distribution *distribution, double share)
{
    uint32_t low = 0, high = distribution->points - 1;
    while (low < high) { /* the last point where none is reached */
        uint32_t middle = (low + high) / 2;
        if (distribution->upto[middle] >= share - 1e-12) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return (double)low * (double)distribution->step;
}

double
distribution_reaching(const struct distribution *distribution, double value)
{
    double sum = 0;
    for (uint32_t i = distribution->points; i-- > 0;) {
        if ((double)i * (double)distribution->step < value) {
            break;
        }
        sum += distribution->mass[i];
    }
    return fmin(1, sum);
}

double
distribution_mean(const struct distribution *distribution)
{
    return distribution->mean * (double)distribution->step;
}
