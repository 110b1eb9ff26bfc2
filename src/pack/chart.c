#include "chart.h"

#include <math.h>

double
chart_at(const struct scale *scale, double value)
{
    double range = scale->high - scale->low;
    double share = range > 0 ? (value - scale->low) / range : 0;
    share = !(share > 0) ? 0 : share > 1 ? 1 : share;
    return scale->left + share * (scale->right - scale->left);
}

double
chart_step(double range, int most)
{
    if (!(range > 0) || !isfinite(range))
        return 1;
    double rough = range / most, power = pow(10, floor(log10(rough)));
    static const double steps[] = {1, 2, 2.5, 5, 10};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= rough * (1 - 1e-9))
            return steps[i] * power;
    return 10 * power;
}

void
chart_grid(struct scene *scene, const struct scale *scale, double top, double bottom, int most,
           const char *(*label)(const struct voice *voice, double value), const struct voice *voice)
{
    double step = chart_step(scale->high - scale->low, most);
    double first = ceil(scale->low / step - 1e-9) * step;
    for (int i = 0; i <= most + 1; i++) {
        double value = first + i * step;
        if (value > scale->high + step * 1e-6)
            break;
        double x = chart_at(scale, value);
        scene_line(scene, x, top, x, bottom, INK_GRID, 0.6, 0);
        scene_text(scene, x, bottom + 10, label(voice, value), 7.5, false, INK_MUTED, ANCHOR_MIDDLE,
                   0);
    }
}

void
chart_whisker(struct scene *scene, double x1, double x2, double y, double cap)
{
    scene_line(scene, x1, y, x2, y, INK_SECONDARY, 0.8, 0);
    scene_line(scene, x1, y - cap, x1, y + cap, INK_SECONDARY, 0.8, 0);
    scene_line(scene, x2, y - cap, x2, y + cap, INK_SECONDARY, 0.8, 0);
}

void
chart_against(struct scene *scene, double x, double y, double width, double height, double have,
              double need, double low, double high)
{
    double most = fmax(need * 1.25, fmax(have, need > 0 ? 0 : 1));
    const struct scale scale = {x, x + width, 0, fmin(most, need > 0 ? need * 2 : most)};
    scene_rect(scene, x, y, width, height, INK_GRID, INK_NONE, 0);
    scene_rect(scene, x, y, chart_at(&scale, have) - x, height, INK_ACCENT, INK_NONE, 0);
    if (need > 0) {
        double tick = chart_at(&scale, need);
        scene_line(scene, tick, y - height * 0.4, tick, y + height * 1.4, INK_TEXT, 1.6, 0);
    }
    if (high > low)
        chart_whisker(scene, chart_at(&scale, low), chart_at(&scale, high), y + height + 4, 1.6);
}

struct doc_exhibit *
chart_exhibit(const struct voice *voice, struct block *parent, const char *anchor, const char *key,
              double width, double height, uint32_t count, const struct given *given)
{
    struct doc *doc = voice->doc;
    struct block *block = build_block(doc, parent, BLOCK_EXHIBIT);
    struct doc_exhibit *exhibit = arena_alloc(doc->arena, sizeof *exhibit);
    const char *parts[] = {"title", "subtitle", "alternative", "note"};
    const char **into[] = {&exhibit->title, &exhibit->subtitle, &exhibit->alternative,
                           &exhibit->note};
    for (size_t i = 0; i < 4; i++) {
        const char *full = arena_printf(doc->arena, "exhibits.%s.%s", key, parts[i]);
        if (voice_knows(voice, full))
            *into[i] = voice_say(voice, full, count, given);
    }
    if (!exhibit->alternative)
        exhibit->alternative = exhibit->title;
    exhibit->anchor = build_string(doc, anchor);
    exhibit->scene = scene_new(doc->arena, voice->metrics, width, height);
    block->exhibit = exhibit;
    return exhibit;
}
