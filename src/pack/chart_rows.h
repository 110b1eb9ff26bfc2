/* chart_rows: a chart of one row a thing: bars, or marks on a line, with labels left and words
 * right. Long names are shortened; what has no value is a gap with its reason. */
#ifndef SEFPACK_PACK_CHART_ROWS_H
#define SEFPACK_PACK_CHART_ROWS_H

#include "chart.h"

enum { CHART_MARKS = 3 };

enum mark_shape { MARK_RING, MARK_DISC, MARK_DIAMOND, MARK_TICK };

struct chart_row {
    const char *label;
    bool has[CHART_MARKS];
    double value[CHART_MARKS]; /* bars: dark, then light below it */
    bool has_need;
    double need; /* a tick across the row */
    bool has_interval;
    double low, high;
    const char *text;    /* right of the row */
    const char *missing; /* shown where there is no value at all */
    bool bold;           /* the row that stands for the scope itself */
    bool unknown;        /* a row of what is not known: hatched */
    bool light;          /* a comparison: the light tone */
};

struct chart_rows {
    uint32_t count;
    struct chart_row *row;
    bool bars; /* else marks */
    enum mark_shape shape[CHART_MARKS];
    const char *legend[CHART_MARKS]; /* of the marks; NULL ends */
    const char *need_legend;         /* of the tick; NULL: none */
    double low, high;                /* of the axis; both 0: as the values are */
    double limit;                    /* 0, or values beyond are drawn at the edge with a chevron */
    bool has_reference;
    double reference; /* a line through all rows */
    const char *reference_label;
    const char *(*label)(const struct voice *voice, double value); /* of the axis; NULL: no axis */
    double pitch;                                                  /* of the rows; 0: usual */
};

/* Rows with room for `most`. */
struct chart_rows *
chart_rows_new(const struct voice *voice, uint32_t most);

/* The next row. */
struct chart_row *
chart_rows_add(struct chart_rows *rows, const char *label);

/* Draws below `y` over the whole width of the scene; returns the y of its lower end. */
double
chart_rows_draw(const struct voice *voice, struct scene *scene, double y,
                const struct chart_rows *rows);

#endif
