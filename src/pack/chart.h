/* chart: what charts share: an exhibit with its words, a scale with its grid, whiskers, and the
 * table of the numbers drawn. */
#ifndef SEFPACK_PACK_CHART_H
#define SEFPACK_PACK_CHART_H

#include "scene.h"
#include "voice.h"

/* Between the margins of a page ("A4" or "Letter"), and of two exhibits side by side there. */
double
chart_width(const char *paper);

double
chart_half(double width);

/* Whether a paper is lower than A4. */
bool
chart_is_low(const char *paper);

#define CHART_TEXT 8.0  /* labels of rows and marks */
#define CHART_SMALL 7.5 /* axes, legends, notes: the smallest text there is */

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

/* A bar of what is there on a track up to `most` times the need, a tick at the need, and a whisker
 * from `low` to `high` (equal: none), all as shares of the need. More than fits points out. */
void
chart_against(struct scene *scene, double x, double y, double width, double height, double most,
              double have, double low, double high);

/* A horizontal whisker with caps. */
void
chart_whisker(struct scene *scene, double x1, double x2, double y, double cap);

double
chart_text_width(const struct voice *voice, const char *utf8, double size, bool bold);

/* A new exhibit in a section, as wide as the voice allows. Title, subtitle, alternative and note
 * are the words of exhibits.<key>; the anchor is a measure's id. */
struct doc_exhibit *
chart_exhibit(const struct voice *voice, struct block *parent, enum measure_id anchor,
              const char *key, uint32_t count, const struct given *given);

#define EXHIBIT(voice, parent, anchor, key, ...)                                                   \
    chart_exhibit((voice), (parent), (anchor), (key),                                              \
                  (uint32_t)(sizeof((struct given[]){__VA_ARGS__}) / sizeof(struct given)),        \
                  (struct given[]){__VA_ARGS__})

/* Where an exhibit or table of a measure cannot be: its name and the reason, as a muted line. */
void
chart_missing(const struct voice *voice, struct block *parent, enum measure_id id, const char *key,
              enum why why);

/* The table of an exhibit's numbers: heads are words ("columns.won"), NULL-ended; behind a '$' the
 * currency and the power of ten follow ("$value": "Value, EUR k"). The first column is text, the
 * others numbers. */
struct doc_table *
chart_table(const struct voice *voice, const char *caption, const char *const *heads, int power,
            uint32_t rows);

/* A body row with its cells in order, NULL-ended. */
struct doc_row *
chart_row(const struct voice *voice, struct doc_table *table, enum row_role role,
          const char *const *cells);

#define CELL_TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Ways to write a value on an axis. */
const char *
chart_money(const struct voice *voice, double value);

const char *
chart_share(const struct voice *voice, double value);

const char *
chart_count(const struct voice *voice, double value);

const char *
chart_ratio(const struct voice *voice, double value);

/* Room for the texts on the left and the right of a plot of bars, which keeps a quarter of `width`:
 * in, what each wishes; out, what it gets. */
void
chart_sides(double width, double *labels, double *words);

#endif
