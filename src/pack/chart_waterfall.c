#include "chart_waterfall.h"

#include <math.h>

enum { PITCH = 15, BAR = 9 };

/* The level after a step. */
static double
level_after(const struct waterfall_step *step, double level)
{
    return step->total ? step->value : level + step->value;
}

static struct scale
find_scale(const struct voice *voice, const struct scene *scene, const struct waterfall *fall)
{
    struct scale scale = {0};
    double labels = 0, texts = 0, level = 0;
    for (uint32_t i = 0; i < fall->count; i++) {
        const struct waterfall_step *step = &fall->step[i];
        labels = fmax(labels, chart_text_width(voice, step->label, CHART_TEXT, step->total));
        texts = fmax(texts, chart_text_width(voice, step->text, CHART_TEXT, step->total));
        level = level_after(step, level);
        scale.low = fmin(scale.low, level);
        scale.high = fmax(scale.high, level);
    }
    texts += 1; /* the widest must not be shortened for a rounding */
    if (scale.high <= scale.low)
        scale.high = scale.low + 1;
    chart_sides(scene->width, &labels, &texts);
    scale.left = labels + 8;
    scale.right = scene->width - texts - 8;
    return scale;
}

static void
draw_step(struct scene *scene, const struct scale *scale, const struct waterfall_step *step,
          double before, double y)
{
    double after = level_after(step, before), from = step->total ? 0 : before;
    double left = chart_at(scale, fmin(from, after)), right = chart_at(scale, fmax(from, after));
    struct shape *bar = scene_rect(scene, left, y + (PITCH - BAR) / 2.0, fmax(right - left, 0.8),
                                   BAR, step->total ? INK_ACCENT : INK_ACCENT_MID, INK_NONE, 0);
    if (!step->total && step->value < 0) {
        bar->pattern = PATTERN_HATCH;
        bar->fill = bar->stroke = INK_SECONDARY;
        bar->stroke_width = 0.6;
    }
    scene_text(scene, 0, y + 10, step->label, CHART_TEXT, step->total, INK_TEXT, ANCHOR_START,
               scale->left - 8);
    scene_text(scene, scale->right + 8, y + 10, step->text, CHART_TEXT, step->total, INK_TEXT,
               ANCHOR_START, scene->width - scale->right - 8);
}

double
chart_waterfall_draw(const struct voice *voice, struct scene *scene, double y,
                     const struct waterfall *fall)
{
    struct scale scale = find_scale(voice, scene, fall);
    double level = 0, zero = chart_at(&scale, 0);
    scene_line(scene, zero, y, zero, y + fall->count * (double)PITCH, INK_RULE, 0.8, 0);
    for (uint32_t i = 0; i < fall->count; i++) {
        draw_step(scene, &scale, &fall->step[i], level, y);
        level = level_after(&fall->step[i], level);
        double x = chart_at(&scale, level);
        if (i + 1 < fall->count) /* down to where the next one starts */
            scene_line(scene, x, y + (PITCH + BAR) / 2.0, x, y + PITCH + (PITCH - BAR) / 2.0,
                       INK_AXIS, 0.6, 0);
        y += PITCH;
    }
    return y + 4;
}
