/* shrink: rates of sellers drawn towards the company's, by as much as chance explains their
 * differences (beta-binomial, moment estimate of the intra-class correlation, Kleinman 1973). */
#ifndef SEFPACK_MEASURE_SHRINK_H
#define SEFPACK_MEASURE_SHRINK_H

#include "work.h"

struct shrinkage {
    double sum_k, sum_n;
    double p; /* sum k / sum n, (K + 1/2) / (N + 1) for K = 0 or K = N; the prior for N = 0 */
    double strength;   /* M; INFINITY: everyone has p */
    double rho;        /* as estimated, 0 where M is the prior */
    const char *basis; /* "shrunk", "pooled", "prior" */
    struct interval_pair {
        double low, high;
    } pooled; /* the company's Jeffreys interval; Beta(pM, M - pM) for N = 0 */
};

/* From k[i] of n[i], i < count; those with n = 0 take no part. `prior_strength` is M where rho
 * cannot be estimated, `prior_rate` is p without any case. */
struct shrinkage
shrink_fit(uint32_t count, const double *k, const double *n, double prior_strength,
           double prior_rate);

/* (k + p M) / (n + M) with its 80 % interval; n may be 0. */
struct share
shrink_one(const struct shrinkage *shrinkage, double k, double n);

/* shrink_one of every k[i] of n[i]; sellers of the same few cases share one calculation. */
void
shrink_all(const struct shrinkage *shrinkage, uint32_t count, const double *k, const double *n,
           struct share *out);

/* A team's: the weighted mean of its parts' values and bounds; without weight sum k / sum n with
 * Jeffreys, the corrected p where the whole company has only won or only lost; without cases p.
 * Basis "sum". */
struct share
shrink_team(const struct shrinkage *shrinkage, uint32_t count, const struct share *const *part,
            const double *weight);

#endif
