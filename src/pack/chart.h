/* chart: what charts share: a scale, its ticks, bars against a need, whiskers. */
#ifndef SEFPACK_PACK_CHART_H
#define SEFPACK_PACK_CHART_H

#include "scene.h"
#include "voice.h"

enum { CHART_WIDTH = 511, CHART_HALF = 245 };

struct scale {
    double left, right; /* points */
    double low, high;   /* values */
};

double
chart_at(const struct scale *scale, double value); /* held inside the scale */

/* A round step that gives at most `most` ticks over a range. */
double
chart_step(double range, int most);

/* Vertical grid lines from `top` to `bottom` with labels below, written by `label`. */
void
chart_grid(struct scene *scene, const struct scale *scale, double top, double bottom, int most,
           const char *(*label)(const struct voice *voice, double value),
           const struct voice *voice);

/* A bar of what is there on a track, a tick at the need, and a whisker to `high` (0: none). */
void
chart_against(struct scene *scene, double x, double y, double width, double height, double have,
              double need, double low, double high);

/* A horizontal whisker with caps. */
void
chart_whisker(struct scene *scene, double x1, double x2, double y, double cap);

/* A new exhibit in a section. Its scene is `width` wide; its table may be set by the caller. */
struct doc_exhibit *
chart_exhibit(const struct voice *voice, struct block *parent, const char *anchor, const char *key,
              double width, double height, uint32_t count, const struct given *given);

#define EXHIBIT(voice, parent, anchor, key, width, height, ...)                                    \
    chart_exhibit((voice), (parent), (anchor), (key), (width), (height),                           \
                  (uint32_t)(sizeof((struct given[]){__VA_ARGS__}) / sizeof(struct given)),        \
                  (struct given[]){__VA_ARGS__})

#endif
