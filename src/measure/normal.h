/* normal: the standard normal distribution and the quadrature over it. */
#ifndef SEFPACK_MEASURE_NORMAL_H
#define SEFPACK_MEASURE_NORMAL_H

/* Phi. */
double
normal_cumulative(double x);

/* Phi^-1 for 0 < share < 1, to 1e-14 relative in the share. */
double
normal_quantile(double share);

#define NORMAL_NODES 21

/* Gauss-Hermite nodes and weights over the standard normal density, ascending: the weighted sum
 * of f at the nodes is exact for polynomials up to degree 41 (Golub and Welsch 1969). */
void
normal_nodes(double node[NORMAL_NODES], double weight[NORMAL_NODES]);

#endif
