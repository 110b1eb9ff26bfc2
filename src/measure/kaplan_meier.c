#include "kaplan_meier.h"

int32_t
kaplan_meier_median(uint32_t ages, const uint32_t *events, const uint32_t *censored)
{
    uint64_t at_risk = 0;
    for (uint32_t age = 0; age < ages; age++) {
        at_risk += (uint64_t)events[age] + censored[age];
    }
    double left = 1;
    for (uint32_t age = 0; age < ages; age++) {
        if (events[age] > 0) {
            left *= 1 - (double)events[age] / (double)at_risk;
            if (left <= 0.5 + 1e-12) {
                return (int32_t)age;
            }
        }
        at_risk -= (uint64_t)events[age] + censored[age];
    }
    return -1;
}
