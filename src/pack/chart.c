#include "chart.h"

#include <math.h>
#include <string.h>

bool
chart_is_low(const char *paper)
{
    return paper && strcmp(paper, "Letter") == 0;
}

double
chart_width(const char *paper)
{
    return chart_is_low(paper) ? 528 : 511;
}

double
chart_half(double width)
{
    enum { GAP = 24 };
    return floor((width - GAP) / 2);
}

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
        const char *text = label(voice, value);
        double half = chart_text_width(voice, text, CHART_SMALL, false) / 2;
        scene_text(scene, fmin(fmax(x, half), scene->width - half), bottom + 10, text, CHART_SMALL,
                   false, INK_MUTED, ANCHOR_MIDDLE, 0);
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
chart_against(struct scene *scene, double x, double y, double width, double height, double most,
              double have, double low, double high)
{
    const struct scale scale = {x, x + width, 0, most};
    double tick = chart_at(&scale, 1), end = chart_at(&scale, have), edge = x + width;
    scene_rect(scene, x, y, width, height, INK_GRID, INK_NONE, 0);
    if (have > 0)
        scene_rect(scene, x, y, fmax(end - x, 0.8), height, INK_ACCENT, INK_NONE, 0);
    if (have > most) {
        const double chevron[] = {edge - 5,       y + 2,    edge - 2,
                                  y + height / 2, edge - 5, y + height - 2};
        scene_path(scene, 3, chevron, false, INK_NONE, INK_PAPER, 1.2);
    }
    scene_line(scene, tick, y - height * 0.4, tick, y + height * 1.4, INK_TEXT, 1.6, 0);
    if (high > low)
        chart_whisker(scene, chart_at(&scale, low), chart_at(&scale, high), y + height + 4.5, 1.6);
}

double
chart_text_width(const struct voice *voice, const char *utf8, double size, bool bold)
{
    return utf8 ? voice->metrics->width(voice->metrics->context, utf8, size, bold) : 0;
}

struct doc_exhibit *
chart_exhibit(const struct voice *voice, struct block *parent, enum measure_id anchor,
              const char *key, uint32_t count, const struct given *given)
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
    (void)voice_measure(voice, anchor); /* it is shown here */
    exhibit->anchor = measure_table[anchor].name;
    exhibit->scene = scene_new(doc->arena, voice->metrics, voice->width, 0);
    block->exhibit = exhibit;
    return exhibit;
}

void
chart_missing(const struct voice *voice, struct block *parent, enum measure_id id, const char *key,
              enum why why)
{
    if (why == WHY_NOT_DEFINED)
        return;
    const char *name = voice_tell(voice, arena_printf(voice->doc->arena, "exhibits.%s.name", key));
    struct block *block = build_text(voice->doc, parent, BLOCK_PARAGRAPH,
                                     SAY(voice, "common.missing", WORDS("what", name),
                                         WORDS("why", voice_lacks(voice, id, why))));
    if (block)
        block->text.run[0].style = RUN_MUTED;
}

struct doc_table *
chart_table(const struct voice *voice, const char *caption, const char *const *heads, int power,
            uint32_t rows)
{
    struct doc_column column[16];
    uint32_t count = 0;
    for (; heads[count] && count < 16; count++) {
        bool money = heads[count][0] == '$';
        const char *key = arena_printf(voice->doc->arena, "columns.%s", heads[count] + money),
                   *head = voice_tell(voice, key);
        column[count] = (struct doc_column){
            money ? arena_printf(voice->doc->arena, "%s, %s", head, voice_money_head(voice, power))
                  : head,
            count ? ALIGN_END : ALIGN_START, 0};
    }
    return build_table(voice->doc, caption, count, column, rows);
}

struct doc_row *
chart_row(const struct voice *voice, struct doc_table *table, enum row_role role,
          const char *const *cells)
{
    struct doc_row *row = build_row(voice->doc, table, role);
    for (uint32_t c = 0; cells[c] && c < table->column_count; c++)
        build_cell(voice->doc, row, c, cells[c], RUN_PLAIN);
    return row;
}

const char *
chart_money(const struct voice *voice, double value)
{
    return voice_short_money(voice, value);
}

const char *
chart_share(const struct voice *voice, double value)
{
    return voice_share(voice, value);
}

const char *
chart_count(const struct voice *voice, double value)
{
    return voice_count(voice, value);
}

const char *
chart_ratio(const struct voice *voice, double value)
{
    return voice_ratio(voice, value);
}

void
chart_sides(double width, double *labels, double *words)
{
    const double both = width * 0.74;
    double left = fmin(*labels, width * 0.36), right = fmin(*words, width * 0.46);
    *labels = fmin(*labels, fmax(left, both - right));
    *words = fmin(*words, fmax(right, both - *labels));
}
