#include "curve.h"

#include "aalen_johansen.h"

#include <math.h>

struct curve *
curve_new(struct arena *arena, uint32_t ages, const uint32_t *events, const uint32_t *censored,
          uint32_t fewest, double p, double scale)
{
    struct curve *curve = arena_alloc(arena, sizeof *curve);
    *curve = (struct curve){.p = p, .scale = scale, .ages = ages};
    double *shares = arena_array(arena, (size_t)ages * CAUSE_COUNT, sizeof *shares);
    curve->surviving = arena_array(arena, ages, sizeof *curve->surviving);
    curve->at_risk_event = arena_array(arena, ages, sizeof *curve->at_risk_event);
    aalen_johansen(CAUSE_COUNT, ages, events, censored, shares, curve->surviving);
    curve->at_risk = arena_array(arena, ages, sizeof *curve->at_risk);
    uint64_t decided = 0, left = 0;
    for (uint32_t cause = 0; cause < CAUSE_COUNT; cause++) {
        curve->share[cause] = shares + (size_t)cause * ages;
        for (uint32_t age = 0; age < ages; age++) {
            curve->at_risk_event[age] += events[(size_t)cause * ages + age];
            decided += cause == CAUSE_DISQUALIFIED ? 0 : events[(size_t)cause * ages + age];
        }
    }
    for (uint32_t age = ages; age-- > 0;)
        curve->at_risk[age] = left += curve->at_risk_event[age] + censored[age];
    curve->fallback = decided < fewest || ages == 0;
    return curve;
}

/* The row of a real age; -1 below 0. */
static int64_t
floored(const struct curve *curve, double age)
{
    double row = age + 1e-9;
    if (row < 0) {
        return -1;
    }
    if (!curve->fallback && row >= curve->ages) {
        return (int64_t)curve->ages - 1;
    }
    return row > 1e15 ? (int64_t)1e15 : (int64_t)row;
}

double
curve_won(const struct curve *curve, double age)
{
    int64_t t = floored(curve, age);
    if (t < 0) {
        return 0;
    }
    return curve->fallback ? -curve->p * expm1(-(double)t / curve->scale)
                           : curve->share[CAUSE_WON][t];
}

double
curve_surviving(const struct curve *curve, double age)
{
    int64_t t = floored(curve, age);
    if (t < 0) {
        return 1;
    }
    return curve->fallback ? exp(-(double)t / curve->scale) : curve->surviving[t];
}

double
curve_ever(const struct curve *curve)
{
    return curve->fallback ? curve->p : curve->share[CAUSE_WON][curve->ages - 1];
}

int32_t
curve_reaches(const struct curve *curve, double part)
{
    double ever = curve_ever(curve);
    if (ever <= 0) {
        return -1;
    }
    int32_t t = 0;
    if (curve->fallback) { /* to just below it, then by the definition */
        t = (int32_t)fmax(0, floor(-curve->scale * log1p(-part)) - 2);
    }
    while (curve_won(curve, t) < part * ever - 1e-12) {
        t++;
    }
    return t;
}

double
curve_chance(const struct curve *curve, double scale, double age, double wait, double days)
{
    if (curve->fallback) { /* at a constant hazard a deal's age says nothing */
        double pace = scale / curve->scale;
        return curve->p * (exp(-wait * pace) - exp(-(wait + days) * pace));
    }
    double left = curve_surviving(curve, age * scale);
    if (left <= 0) {
        return 0;
    }
    double before = curve_won(curve, (age + wait) * scale);
    return (curve_won(curve, (age + wait + days) * scale) - before) / left;
}

double
curve_sum(const struct curve *curve, double scale, int from, int to)
{
    double sum = 0;
    for (int d = from; d <= to; d++) {
        sum += curve_won(curve, d * scale);
    }
    return sum;
}
