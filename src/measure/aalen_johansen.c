#include "aalen_johansen.h"

void
aalen_johansen(uint32_t causes, uint32_t ages, const uint32_t *events, const uint32_t *censored,
               double *share, double *surviving)
{
    uint64_t at_risk = 0;
    for (uint32_t age = 0; age < ages; age++) {
        at_risk += censored[age];
        for (uint32_t c = 0; c < causes; c++) {
            at_risk += events[c * ages + age];
        }
    }
    double left = 1;
    for (uint32_t age = 0; age < ages; age++) {
        uint64_t ended = 0;
        for (uint32_t c = 0; c < causes; c++) {
            uint32_t here = events[c * ages + age];
            double before = age > 0 ? share[c * ages + age - 1] : 0;
            double step = here > 0 ? left * here / (double)at_risk : 0;
            share[c * ages + age] = before + step;
            ended += here;
        }
        if (ended > 0) {
            left *= 1 - (double)ended / (double)at_risk;
        }
        surviving[age] = left;
        at_risk -= ended + censored[age];
    }
}
