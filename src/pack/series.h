/* series: one figure from run to run, the present one last. */
#ifndef SEFPACK_PACK_SERIES_H
#define SEFPACK_PACK_SERIES_H

#include "process.h"
#include "voice.h"

enum { SERIES_MOST = 13 }; /* twelve runs and this one */

struct series {
    uint32_t count;
    double value[SERIES_MOST];
    struct process process;
    bool has_now; /* the last value is today's */
};

/* What can be followed over runs: a measure, or the share of one in another. */
struct series_figure {
    const char *key; /* of its words: trend.<key> */
    enum measure_id id;
    enum measure_id whole; /* the share's denominator; MEASURE_COUNT: none */
};

/* One for each factor that can bind, in their order, and the steady state. */
extern const struct series_figure series_figures[]; /* key NULL ends */

/* The figure of a factor (win, size, ...); NULL when there is none. */
const struct series_figure *
series_of_factor(const char *factor);

/* Its values in the last twelve runs that knew them, and today. */
struct series
series_read(const struct voice *voice, const struct series_figure *figure);

/* A value in one run; false when that run did not know it. */
bool
series_then(const struct voice *voice, const struct series_figure *figure, day run, double *value);

/* Its value now; false when it is null. */
bool
series_now(const struct voice *voice, const struct series_figure *figure, double *value);

/* A signal: outside the limits, and where the figure has an interval of its own, outside of that
 * too. */
bool
series_is_signal(const struct voice *voice, const struct series_figure *figure,
                 const struct series *series);

/* A value in the figure's unit. */
const char *
series_text(const struct voice *voice, const struct series_figure *figure, double value);

#endif
