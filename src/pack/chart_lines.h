/* chart_lines: values over a continuous axis: step curves with the number still at risk below, a
 * distribution with its marks, and sparklines. */
#ifndef SEFPACK_PACK_CHART_LINES_H
#define SEFPACK_PACK_CHART_LINES_H

#include "chart.h"
#include "process.h"

struct line_point {
    double x, y;
};

struct line {
    const char *label; /* at its end */
    uint32_t count;
    const struct line_point *point;
    enum ink ink;
    double width, dash;
    bool bold;
};

struct line_mark { /* a vertical line across the plot */
    double x;
    const char *label;
    enum ink ink;
    double dash;
    bool bold;
};

struct lines {
    uint32_t count, mark_count;
    const struct line *line;
    const struct line_mark *mark;
    double most_x, most_y, height; /* height of the plot */
    const char *(*label_x)(const struct voice *voice, double value);
    const char *(*label_y)(const struct voice *voice, double value);
    /* the number at risk at a value of x; NULL: no such row */
    double (*at_risk)(const void *context, double x);
    const void *context;
    const char *at_risk_label, *axis_label;
};

/* Step curves; returns the y of the lower end. */
double
chart_lines_draw(const struct voice *voice, struct scene *scene, double y,
                 const struct lines *lines);

struct bin {
    double value, share;
};

struct spread {
    uint32_t count;
    const struct bin *bin; /* ascending values */
    uint32_t mark_count;
    const struct line_mark *mark;
    double from; /* bins from here on are dark: the quota is reached; INFINITY: none */
    double height;
};

double
chart_spread_draw(const struct voice *voice, struct scene *scene, double y,
                  const struct spread *spread);

/* A line of values in a box, the last one a dot, on the band of its normal range where that could
 * be judged. */
void
chart_sparkline(struct scene *scene, double x, double y, double width, double height,
                uint32_t count, const double *value, const struct process *process);

#endif
