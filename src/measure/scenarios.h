/* scenarios: another win rate: the same quota with less work, or the same work for more money. */
#ifndef SEFPACK_MEASURE_SCENARIOS_H
#define SEFPACK_MEASURE_SCENARIOS_H

#include "equation.h"

/* facts->system.scenario of one seller or the unknown owner. */
void
scenarios_find(const struct equation *equation, struct scope_facts *facts);

/* How many decided deals a side show a change from one rate to another, at 5 % two-sided with
 * power 80 % (Fleiss, Levin and Paik 2003, without continuity correction); 0 for equal rates. */
double
scenarios_proof(double from, double to);

void
scenarios_measure(const struct sheet *sheet);

#endif
