/* faults: what is wrong with laid out pages: things cut, on one another, or off the page. */
#ifndef SEFPACK_TESTS_FAULTS_H
#define SEFPACK_TESTS_FAULTS_H

#include "layout.h"

/* Whether an item is text that is seen. */
bool
faults_is_text(const struct item *item);

/* Counts them and says the first of them on stdout, each behind `name`:
 * text outside the margins; text on text; text of something else, or another chart, on a chart;
 * text that a rule strikes through; what leaves its chart, or is covered there by a later shape. */
uint32_t
faults_count(const struct layout *layout, const char *name);

#endif
