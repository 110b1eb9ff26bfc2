#include "chart_lines.h"

#include <math.h>

enum { MARGIN_LEFT = 26, LABEL_GAP = 10 };

struct plot {
    const struct voice *voice;
    struct scene *scene;
    struct scale x, y; /* y: left is the bottom, right the top */
    double top, bottom;
};

static void
draw_rules(const struct plot *plot, const struct lines *lines)
{
    double step = chart_step(plot->y.high, 4);
    for (int i = 0; i <= 5 && i * step <= plot->y.high * (1 + 1e-9); i++) {
        double y = chart_at(&plot->y, i * step);
        scene_line(plot->scene, plot->x.left, y, plot->x.right, y, i ? INK_GRID : INK_AXIS, 0.6, 0);
        scene_text(plot->scene, plot->x.left - 4, y + 2.6, lines->label_y(plot->voice, i * step),
                   CHART_SMALL, false, INK_MUTED, ANCHOR_END, MARGIN_LEFT - 4);
    }
}

/* Ticks of x, and below each the number still at risk. */
static void
draw_ticks(const struct plot *plot, const struct lines *lines)
{
    double step = chart_step(plot->x.high, plot->scene->width < 300 ? 4 : 6);
    for (int i = 0; i <= 8 && i * step <= plot->x.high * (1 + 1e-9); i++) {
        double x = chart_at(&plot->x, i * step);
        scene_line(plot->scene, x, plot->bottom, x, plot->bottom + 3, INK_AXIS, 0.6, 0);
        scene_text(plot->scene, x, plot->bottom + 11, lines->label_x(plot->voice, i * step),
                   CHART_SMALL, false, INK_MUTED, ANCHOR_MIDDLE, 0);
        if (lines->at_risk)
            scene_text(plot->scene, x, plot->bottom + 34,
                       voice_count(plot->voice, lines->at_risk(lines->context, i * step)),
                       CHART_SMALL, false, INK_SECONDARY, ANCHOR_MIDDLE, step > 0 ? 60 : 0);
    }
    if (lines->at_risk)
        scene_text(plot->scene, 0, plot->bottom + 24, lines->at_risk_label, CHART_SMALL, false,
                   INK_SECONDARY, ANCHOR_START, plot->scene->width);
}

static void
draw_line(const struct plot *plot, const struct line *line)
{
    double *points =
        arena_array(plot->voice->doc->arena, 4 * ((size_t)line->count + 1), sizeof *points);
    size_t count = 0;
    double level = plot->bottom;
    points[0] = plot->x.left;
    points[1] = level;
    count = 1;
    for (uint32_t i = 0; i < line->count; i++) {
        double x = chart_at(&plot->x, line->point[i].x);
        points[2 * count] = x;
        points[2 * count++ + 1] = level;
        level = chart_at(&plot->y, line->point[i].y);
        points[2 * count] = x;
        points[2 * count++ + 1] = level;
    }
    points[2 * count] = plot->x.right;
    points[2 * count++ + 1] = level;
    struct shape *path =
        scene_path(plot->scene, (uint32_t)count, points, false, INK_NONE, line->ink, line->width);
    path->dash = line->dash;
}

/* Labels at the ends of the lines, pushed apart where the lines end close together. */
static void
draw_ends(const struct plot *plot, const struct lines *lines)
{
    double last = -INFINITY;
    uint32_t done = 0, drawn[8] = {0};
    for (uint32_t n = 0; n < lines->count && n < 8; n++) {
        uint32_t next = 8;
        double best = INFINITY;
        for (uint32_t i = 0; i < lines->count && i < 8; i++) {
            const struct line *line = &lines->line[i];
            double y =
                line->count ? chart_at(&plot->y, line->point[line->count - 1].y) : plot->bottom;
            if (!drawn[i] && y < best) {
                best = y;
                next = i;
            }
        }
        if (next == 8)
            break;
        drawn[next] = ++done;
        double y = fmax(best + 2.6, last + 9.5);
        last = y;
        scene_text(plot->scene, plot->x.right + 4, y, lines->line[next].label, CHART_SMALL,
                   lines->line[next].bold, INK_TEXT, ANCHOR_START,
                   plot->scene->width - plot->x.right - 4);
    }
}

struct mark_place { /* of its words */
    double left, width;
    int line; /* from the plot upwards */
};

static bool
meets(const struct mark_place *one, const struct mark_place *other)
{
    enum { GAP = 6 };
    return one->line == other->line && one->left < other->left + other->width + GAP &&
           other->left < one->left + one->width + GAP;
}

/* Each above its line, inside the chart, in the lowest line of words where it meets no other.
 * Returns how many lines there are. */
static int
place_marks(const struct plot *plot, uint32_t count, const struct line_mark *marks,
            struct mark_place *places)
{
    int lines = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct line_mark *mark = &marks[i];
        double whole = plot->scene->width;
        double width =
            fmin(chart_text_width(plot->voice, mark->label, CHART_SMALL, mark->bold), whole);
        double left = fmin(fmax(chart_at(&plot->x, mark->x) - width / 2, 0), whole - width);
        places[i] = (struct mark_place){left, width, 0};
        for (uint32_t j = 0; j < i; j++)
            if (meets(&places[i], &places[j])) {
                places[i].line++;
                j = UINT32_MAX; /* from the first again */
            }
        lines = places[i].line >= lines ? places[i].line + 1 : lines;
    }
    return lines;
}

/* Lines first, then words on paper: a line that goes up to a higher word strikes none through. */
static void
draw_marks(const struct plot *plot, uint32_t count, const struct line_mark *marks,
           const struct mark_place *places)
{
    enum { LINE = 9, ABOVE = 5 };
    for (uint32_t i = 0; i < count; i++) {
        double x = chart_at(&plot->x, marks[i].x), y = plot->top - ABOVE - LINE * places[i].line;
        scene_line(plot->scene, x, y + 2, x, plot->bottom, marks[i].ink, marks[i].bold ? 1.6 : 0.9,
                   marks[i].dash);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct mark_place *place = &places[i];
        double y = plot->top - ABOVE - LINE * place->line;
        scene_rect(plot->scene, place->left, y - 7, place->width, LINE, INK_PAPER, INK_NONE, 0);
        scene_text(plot->scene, place->left, y, marks[i].label, CHART_SMALL, marks[i].bold,
                   INK_TEXT, ANCHOR_START, place->width + 0.01);
    }
}

/* Room above the plot for that many lines of marks. */
static double
head_room(int lines)
{
    return 6 + 9 * lines;
}

double
chart_lines_draw(const struct voice *voice, struct scene *scene, double y,
                 const struct lines *lines)
{
    double ends = 0;
    for (uint32_t i = 0; i < lines->count; i++)
        ends = fmax(
            ends, chart_text_width(voice, lines->line[i].label, CHART_SMALL, lines->line[i].bold));
    struct plot plot = {voice, scene, {MARGIN_LEFT, 0, 0, lines->most_x}, {0, 0, 0, 0}, 0, 0};
    plot.x.right = scene->width - fmin(ends, scene->width * 0.3) - 8;
    struct mark_place *places = arena_array(scene->arena, lines->mark_count, sizeof *places);
    double top = y + head_room(place_marks(&plot, lines->mark_count, lines->mark, places));
    double bottom = top + lines->height;
    plot.y = (struct scale){bottom, top, 0, lines->most_y};
    plot.top = top;
    plot.bottom = bottom;
    draw_rules(&plot, lines);
    draw_ticks(&plot, lines);
    draw_marks(&plot, lines->mark_count, lines->mark, places);
    for (uint32_t i = 0; i < lines->count; i++)
        draw_line(&plot, &lines->line[i]);
    draw_ends(&plot, lines);
    scene_text(scene, plot.x.right, bottom + (lines->at_risk ? 44 : 21), lines->axis_label,
               CHART_SMALL, false, INK_MUTED, ANCHOR_END, 0);
    return bottom + (lines->at_risk ? 48 : 25);
}

double
chart_spread_draw(const struct voice *voice, struct scene *scene, double y,
                  const struct spread *spread)
{
    struct plot plot = {.voice = voice, .scene = scene};
    double low = INFINITY, high = -INFINITY, most = 0;
    for (uint32_t i = 0; i < spread->count; i++) {
        low = fmin(low, spread->bin[i].value);
        high = fmax(high, spread->bin[i].value);
        most = fmax(most, spread->bin[i].share);
    }
    for (uint32_t i = 0; i < spread->mark_count; i++) {
        low = fmin(low, spread->mark[i].x);
        high = fmax(high, spread->mark[i].x);
    }
    double step =
        spread->count > 1
            ? (spread->bin[spread->count - 1].value - spread->bin[0].value) / (spread->count - 1)
            : fmax(1, fabs(low) * 0.1);
    plot.x = (struct scale){2, scene->width - 2, low - step, high + step};
    struct mark_place *places = arena_array(scene->arena, spread->mark_count, sizeof *places);
    plot.top = y + head_room(place_marks(&plot, spread->mark_count, spread->mark, places));
    plot.bottom = plot.top + spread->height;
    double bottom = plot.bottom;
    for (uint32_t i = 0; i < spread->count && most > 0; i++) {
        const struct bin *bin = &spread->bin[i];
        double left = chart_at(&plot.x, bin->value - step / 2),
               right = chart_at(&plot.x, bin->value + step / 2),
               height = spread->height * bin->share / most;
        bool dark = bin->value >= spread->from;
        scene_rect(scene, left + 0.3, bottom - height, fmax(right - left - 0.6, 0.4), height,
                   dark ? INK_ACCENT : INK_ACCENT_LOW, dark ? INK_NONE : INK_ACCENT_MID,
                   dark ? 0 : 0.4);
    }
    scene_line(scene, 2, bottom, scene->width - 2, bottom, INK_AXIS, 0.8, 0);
    draw_marks(&plot, spread->mark_count, spread->mark, places);
    chart_grid(scene, &plot.x, bottom, bottom + 2, scene->width < 300 ? 4 : 6, chart_money, voice);
    return bottom + 16;
}

void
chart_sparkline(struct scene *scene, double x, double y, double width, double height,
                uint32_t count, const double *value, const struct process *process)
{
    double *points = arena_array(scene->arena, 2 * (size_t)count, sizeof *points);
    double low = INFINITY, high = -INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        low = fmin(low, value[i]);
        high = fmax(high, value[i]);
    }
    if (count == 0)
        return;
    if (process->judged) {
        low = fmin(low, process->low);
        high = fmax(high, process->high);
    }
    double middle = high > low ? 0 : 0.5; /* a flat line runs through the middle */
    struct scale up = {y + height, y, low - middle, high + middle};
    if (process->judged) {
        double top = chart_at(&up, process->high), bottom = chart_at(&up, process->low);
        scene_rect(scene, x, top, width, fmax(bottom - top, 1), INK_GRID, INK_NONE, 0);
    }
    for (size_t i = 0; i < count; i++) {
        points[2 * i] = x + (count > 1 ? width * (double)i / (count - 1) : width);
        points[2 * i + 1] = chart_at(&up, value[i]);
    }
    if (count > 1)
        scene_path(scene, count, points, false, INK_NONE, INK_SECONDARY, 1);
    scene_circle(scene, points[2 * count - 2], points[2 * count - 1], 2.2, INK_ACCENT, INK_PAPER,
                 0.5);
}
