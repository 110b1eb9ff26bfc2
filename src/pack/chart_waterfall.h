/* chart_waterfall: from a start to an end by steps, each on a line of its own so that its name
 * stands beside it. What comes in is solid, what goes out is hatched; the sign is printed. */
#ifndef SEFPACK_PACK_CHART_WATERFALL_H
#define SEFPACK_PACK_CHART_WATERFALL_H

#include "chart.h"

struct waterfall_step {
    const char *label;
    double value; /* a total's level, or the change */
    bool total;
    const char *text; /* right of the bar */
};

struct waterfall {
    uint32_t count;
    struct waterfall_step *step;
};

/* Draws below `y`; returns the y of its lower end. */
double
chart_waterfall_draw(const struct voice *voice, struct scene *scene, double y,
                     const struct waterfall *fall);

#endif
