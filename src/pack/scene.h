/* scene: a chart as shapes, drawn once and rendered as SVG and as PDF paths.
 *
 * Coordinates are points, x to the right, y DOWN, origin at the upper left of the scene. Colours
 * are roles, so that each writer and dark mode can choose. Text is measured with `struct metrics`,
 * which the fonts' layer gives, so that nothing overlaps. */
#ifndef SEFPACK_PACK_SCENE_H
#define SEFPACK_PACK_SCENE_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Width in points of UTF-8 text at a size. */
struct metrics {
    void *context;
    double (*width)(void *context, const char *utf8, double size, bool bold);
};

enum ink {
    INK_NONE,
    INK_TEXT,       /* #1A1A1A */
    INK_SECONDARY,  /* #4A4A4A */
    INK_MUTED,      /* #6B6B6B */
    INK_AXIS,       /* #8C8C8C */
    INK_RULE,       /* #BFBFBF */
    INK_GRID,       /* #EBEBEB */
    INK_PAPER,      /* #FFFFFF */
    INK_ACCENT,     /* #12436D, or the theme's */
    INK_ACCENT_MID, /* #6B93B8: the second tone of the accent, outlined */
    INK_ACCENT_LOW, /* #C9D7E5 */
    INK_SERIES_2,   /* #28A197 */
    INK_SERIES_3,   /* #801650 */
    INK_SERIES_4,   /* #F46A25 */
    INK_BINDING,    /* #D55E00: the one heavy outline */
    INK_GOOD,       /* #0072B2 */
    INK_BAD,        /* #D55E00 */
    INK_COUNT
};

enum shape_kind {
    SHAPE_LINE,
    SHAPE_RECT,
    SHAPE_PATH /* polyline or polygon */,
    SHAPE_CIRCLE,
    SHAPE_TEXT
};
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
enum pattern { PATTERN_SOLID, PATTERN_HATCH /* 45 degrees, 3 pt pitch */, PATTERN_NONE };

struct shape {
    enum shape_kind kind;
    enum ink fill, stroke;
    enum pattern pattern;
    double stroke_width;
    double dash;                /* 0: solid; else dash and gap length */
    double x, y, width, height; /* LINE: to (x + width, y + height); CIRCLE: centre, width = radius;
                                   TEXT: baseline */
    double radius;              /* RECT corners */
    bool closed;                /* PATH */
    uint32_t point_count;
    const double *point; /* x, y pairs */
    const char *text;    /* UTF-8, plain: writers escape and shape it */
    double size;
    bool bold;
    enum anchor anchor;
};

struct scene {
    struct arena *arena;
    const struct metrics *metrics;
    double width, height;
    uint32_t count, capacity;
    struct shape *shape;
};

/* Width in points; height may grow while drawing. */
struct scene *
scene_new(struct arena *arena, const struct metrics *metrics, double width, double height);

void
scene_line(struct scene *scene, double x1, double y1, double x2, double y2, enum ink ink,
           double width, double dash);

struct shape *
scene_rect(struct scene *scene, double x, double y, double width, double height, enum ink fill,
           enum ink stroke, double stroke_width);

struct shape *
scene_path(struct scene *scene, uint32_t point_count, const double *points, bool closed,
           enum ink fill, enum ink stroke, double stroke_width);

void
scene_circle(struct scene *scene, double x, double y, double radius, enum ink fill, enum ink stroke,
             double stroke_width);

/* One line of text; never wider than `room` (0: any): it is shortened with an ellipsis. Returns the
 * width drawn. */
double
scene_text(struct scene *scene, double x, double y, const char *utf8, double size, bool bold,
           enum ink ink, enum anchor anchor, double room);

/* Wrapped text from its first baseline; at most `lines` lines (0: any). Returns the height used. */
double
scene_paragraph(struct scene *scene, double x, double y, double width, const char *utf8,
                double size, bool bold, enum ink ink, double leading, int lines);

#endif
