#include "percentile.h"

#include <stdbool.h>

static uint32_t
rank_of(uint32_t count, uint32_t percent)
{
    uint64_t rank = ((uint64_t)percent * count + 99) / 100;
    return rank < 1 ? 0 : (uint32_t)rank - 1;
}

/* Brings those below the pivot to the front and says how many they are. No branch depends on the
 * values, which come in no order. */
static uint32_t
bring_days_forward(int32_t *value, uint32_t count, int64_t pivot)
{
    uint32_t front = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t here = value[i];
        value[i] = value[front];
        value[front] = here;
        front += here < pivot;
    }
    return front;
}

int32_t
percentile_of_days(int32_t *value, uint32_t count, uint32_t percent)
{
    for (uint32_t rank = rank_of(count, percent);;) {
        int64_t pivot = value[count / 2];
        uint32_t below = bring_days_forward(value, count, pivot);
        if (rank < below) {
            count = below;
            continue;
        }
        uint32_t upto = below + bring_days_forward(value + below, count - below, pivot + 1);
        if (rank < upto) {
            return (int32_t)pivot;
        }
        value += upto;
        count -= upto;
        rank -= upto;
    }
}

/* The same of real values, those equal to the pivot with them or not. */
static uint32_t
bring_forward(double *value, uint32_t count, double pivot, bool equal)
{
    uint32_t front = 0;
    for (uint32_t i = 0; i < count; i++) {
        double here = value[i];
        value[i] = value[front];
        value[front] = here;
        front += equal ? here <= pivot : here < pivot;
    }
    return front;
}

/* Puts the value of that rank in its place, smaller ones before it (Hoare 1961). */
static double
select_real(double *value, uint32_t count, uint32_t rank)
{
    for (;;) {
        double pivot = value[count / 2];
        uint32_t below = bring_forward(value, count, pivot, false);
        if (rank < below) {
            count = below;
            continue;
        }
        uint32_t upto = below + bring_forward(value + below, count - below, pivot, true);
        if (rank < upto || upto == 0) { /* 0: of what is no number */
            return pivot;
        }
        value += upto;
        count -= upto;
        rank -= upto;
    }
}

double
percentile_of_reals(double *value, uint32_t count, uint32_t percent)
{
    return select_real(value, count, rank_of(count, percent));
}

struct percentiles
percentiles_of_reals(double *value, uint32_t count)
{
    uint32_t low = rank_of(count, 10), middle = rank_of(count, 50), high = rank_of(count, 90);
    struct percentiles out = {.p50 = select_real(value, count, middle)};
    out.p10 = select_real(value, middle + 1, low);
    out.p90 = select_real(value + middle, count - middle, high - middle);
    return out;
}

static void
exchange(int64_t *a, int64_t *b)
{
    int64_t kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts the value of that rank in its place, smaller ones before it (Hoare 1961). */
static int64_t
select_rank(int64_t *value, uint32_t count, uint32_t rank)
{
    int64_t low = 0, high = (int64_t)count - 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2, i = low, j = high, pivot;
        if (value[middle] < value[low]) {
            exchange(&value[middle], &value[low]);
        }
        if (value[high] < value[low]) {
            exchange(&value[high], &value[low]);
        }
        if (value[high] < value[middle]) {
            exchange(&value[high], &value[middle]);
        }
        pivot = value[middle];
        while (i <= j) {
            while (value[i] < pivot) {
                i++;
            }
            while (value[j] > pivot) {
                j--;
            }
            if (i <= j) {
                exchange(&value[i++], &value[j--]);
            }
        }
        if (rank <= j) {
            high = j;
        } else if (rank >= i) {
            low = i;
        } else {
            break;
        }
    }
    return value[rank];
}

double
percentile_median(int64_t *value, uint32_t count)
{
    double upper = (double)select_rank(value, count, count / 2);
    if (count % 2 == 1) {
        return upper;
    }
    int64_t lower = value[0]; /* the largest of those before the upper one */
    for (uint32_t i = 0; i < count / 2; i++) {
        lower = value[i] > lower ? value[i] : lower;
    }
    return ((double)lower + upper) / 2;
}
