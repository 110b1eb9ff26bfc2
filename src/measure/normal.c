#include "normal.h"

#include <math.h>

double
normal_cumulative(double x)
{
    return erfc(-x / M_SQRT2) / 2;
}

/* Halving to a rough place, then Newton's steps, in the tail where nothing cancels. */
double
normal_quantile(double share)
{
    if (share > 0.5) {
        return -normal_quantile(1 - share);
    }
    double low = -40, high = 0;
    for (int i = 0; i < 20; i++) {
        double middle = (low + high) / 2;
        if (normal_cumulative(middle) < share) {
            low = middle;
        } else {
            high = middle;
        }
    }
    double x = (low + high) / 2;
    for (int i = 0; i < 6; i++) {
        double density = exp(-x * x / 2) / sqrt(2 * M_PI);
        if (!(density > 0)) {
            break;
        }
        x -= (normal_cumulative(x) - share) / density;
    }
    return x;
}

/* The orthonormal Hermite polynomial of degree n at x; `below` gets that of degree n - 1. */
static double
hermite(int n, double x, double *below)
{
    double before = 0, here = 1;
    for (int k = 0; k < n; k++) {
        double next = (x * here - sqrt(k) * before) / sqrt(k + 1);
        before = here;
        here = next;
    }
    *below = before;
    return here;
}

static double
root_between(double low, double high)
{
    double below, sign = hermite(NORMAL_NODES, low, &below);
    for (int i = 0; i < 80; i++) {
        double middle = (low + high) / 2;
        if ((hermite(NORMAL_NODES, middle, &below) < 0) == (sign < 0)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}

void
normal_nodes(double node[NORMAL_NODES], double weight[NORMAL_NODES])
{
    const int middle = NORMAL_NODES / 2;
    double below, last = hermite(NORMAL_NODES, 0.05, &below);
    node[middle] = 0;
    int found = 0;
    for (int i = 1; found < middle; i++) { /* neighbouring roots are more than 0.1 apart */
        double from = 0.05 + 0.1 * (i - 1), here = hermite(NORMAL_NODES, from + 0.1, &below);
        if ((here < 0) != (last < 0)) {
            found++;
            node[middle + found] = root_between(from, from + 0.1);
            node[middle - found] = -node[middle + found];
        }
        last = here;
    }
    for (int i = 0; i < NORMAL_NODES; i++) {
        hermite(NORMAL_NODES, node[i], &below);
        weight[i] = 1 / (NORMAL_NODES * below * below);
    }
}
