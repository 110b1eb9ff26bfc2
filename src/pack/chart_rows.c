#include "chart_rows.h"

#include <math.h>

enum { GAP = 8, LEGEND = 16 };

/* What the columns of a chart of rows come to. */
struct frame {
    const struct voice *voice;
    struct scene *scene;
    const struct chart_rows *rows;
    struct scale scale;
    double top, pitch, words; /* words: x of the texts right of the rows */
    double words_room;
};

struct chart_rows *
chart_rows_new(const struct voice *voice, uint32_t most)
{
    struct chart_rows *rows = arena_alloc(voice->doc->arena, sizeof *rows);
    rows->row = arena_array(voice->doc->arena, most, sizeof *rows->row);
    return rows;
}

struct chart_row *
chart_rows_add(struct chart_rows *rows, const char *label)
{
    struct chart_row *row = &rows->row[rows->count++];
    row->label = label;
    return row;
}

static void
widen(struct scale *scale, bool known, double value)
{
    if (!known || !isfinite(value))
        return;
    scale->low = fmin(scale->low, value);
    scale->high = fmax(scale->high, value);
}

/* The range of values; bars and marks both start at zero. */
static void
find_range(struct frame *frame)
{
    const struct chart_rows *rows = frame->rows;
    struct scale *scale = &frame->scale;
    scale->low = rows->low;
    scale->high = rows->high;
    if (rows->low < rows->high)
        return;
    for (uint32_t r = 0; r < rows->count; r++) {
        const struct chart_row *row = &rows->row[r];
        for (int m = 0; m < CHART_MARKS; m++)
            widen(scale, row->has[m], row->value[m]);
        widen(scale, row->has_need, row->need);
        widen(scale, row->has_interval, row->low);
        widen(scale, row->has_interval, row->high);
    }
    widen(scale, rows->has_reference, rows->reference);
    if (rows->limit > 0)
        scale->high = fmin(scale->high, rows->limit);
    if (scale->high <= scale->low)
        scale->high = scale->low + 1;
    if (rows->label) { /* up to a round end */
        double step = chart_step(scale->high - scale->low, 4);
        scale->high = ceil(scale->high / step - 1e-9) * step;
        scale->low = floor(scale->low / step + 1e-9) * step;
    }
}

static double
widest(const struct frame *frame, bool labels)
{
    double most = 0;
    for (uint32_t r = 0; r < frame->rows->count; r++) {
        const struct chart_row *row = &frame->rows->row[r];
        const char *text = labels ? row->label : row->text;
        most = fmax(most, chart_text_width(frame->voice, text, CHART_TEXT, row->bold));
    }
    return most;
}

static void
find_columns(struct frame *frame)
{
    double width = frame->scene->width;
    double labels = widest(frame, true), words = widest(frame, false);
    chart_sides(width, &labels, &words);
    frame->words_room = words;
    frame->words = width - words;
    frame->scale.left = labels + GAP;
    frame->scale.right = words > 0 ? frame->words - GAP : width - 6;
    if (frame->rows->limit > 0)
        frame->scale.right -= 8; /* for what points out of the chart */
}

static void
draw_mark(struct scene *scene, enum mark_shape shape, double x, double y)
{
    const double diamond[] = {x, y - 4.2, x + 4.2, y, x, y + 4.2, x - 4.2, y};
    switch (shape) {
    case MARK_RING:
        scene_circle(scene, x, y, 3, INK_PAPER, INK_SECONDARY, 1.1);
        break;
    case MARK_DISC:
        scene_circle(scene, x, y, 3.2, INK_ACCENT, INK_PAPER, 0.6);
        break;
    case MARK_DIAMOND:
        scene_path(scene, 4, diamond, true, INK_ACCENT_LOW, INK_ACCENT, 1.1);
        break;
    case MARK_TICK:
        scene_line(scene, x, y - 5, x, y + 5, INK_TEXT, 1.8, 0);
        break;
    }
}

/* A value beyond the axis points out of the chart. */
static void
draw_beyond(struct scene *scene, double x, double y)
{
    const double chevron[] = {x - 2, y - 3, x + 2, y, x - 2, y + 3};
    scene_path(scene, 3, chevron, false, INK_NONE, INK_SECONDARY, 1.1);
}

static bool
is_empty(const struct chart_row *row)
{
    bool any = row->has_interval || row->has_need;
    for (int m = 0; m < CHART_MARKS; m++)
        any |= row->has[m];
    return !any;
}

static void
draw_bars(const struct frame *frame, const struct chart_row *row, double middle)
{
    struct scene *scene = frame->scene;
    const struct scale *scale = &frame->scale;
    bool two = row->has[1];
    double zero = chart_at(scale, 0), thick = fmin(frame->pitch * 0.6, two ? 10 : 9);
    double heights[2] = {two ? thick * 0.55 : thick, thick * 0.45}, y = middle - thick / 2;
    for (int m = 0; m < (two ? 2 : 1); m++) {
        double x = chart_at(scale, row->value[m]);
        bool light = m == 1 || row->light;
        if (row->has[m]) {
            struct shape *bar = scene_rect(scene, zero, y, x - zero, heights[m],
                                           light ? INK_ACCENT_LOW : INK_ACCENT,
                                           light ? INK_ACCENT_MID : INK_NONE, light ? 0.5 : 0);
            if (row->unknown) {
                bar->pattern = PATTERN_HATCH;
                bar->fill = INK_AXIS;
                bar->stroke = INK_AXIS;
                bar->stroke_width = 0.5;
            }
            if (row->value[m] > scale->high)
                draw_beyond(scene, x - 4, y + heights[m] / 2);
        }
        y += heights[m];
    }
    if (row->has_interval)
        chart_whisker(scene, chart_at(scale, row->low), chart_at(scale, row->high), middle, 2);
    if (row->has_need)
        scene_line(scene, chart_at(scale, row->need), middle - thick * 0.75,
                   chart_at(scale, row->need), middle + thick * 0.75, INK_TEXT, 1.8, 0);
}

static void
draw_marks(const struct frame *frame, const struct chart_row *row, double middle)
{
    struct scene *scene = frame->scene;
    const struct scale *scale = &frame->scale;
    double low = INFINITY, high = -INFINITY;
    scene_line(scene, scale->left, middle, scale->right, middle, INK_GRID, 0.6, 0);
    for (int m = 0; m < CHART_MARKS; m++)
        if (row->has[m]) {
            low = fmin(low, chart_at(scale, row->value[m]));
            high = fmax(high, chart_at(scale, row->value[m]));
        }
    if (row->has_interval)
        chart_whisker(scene, chart_at(scale, row->low), chart_at(scale, row->high), middle, 2.4);
    else if (high > low)
        scene_line(scene, low, middle, high, middle, INK_RULE, 1.6, 0);
    if (row->has_need)
        draw_mark(scene, MARK_TICK, chart_at(scale, row->need), middle);
    for (int m = CHART_MARKS - 1; m >= 0; m--) {
        if (!row->has[m])
            continue;
        draw_mark(scene, frame->rows->shape[m], chart_at(scale, row->value[m]), middle);
        if (row->value[m] > scale->high)
            draw_beyond(scene, scale->right + 5, middle);
    }
}

static void
draw_row(const struct frame *frame, uint32_t r)
{
    const struct chart_row *row = &frame->rows->row[r];
    double middle = frame->top + (r + 0.5) * frame->pitch, base = middle + 2.8;
    double reason = frame->scale.left + 4, /* may go on where no words stand */
        end = row->text ? frame->scale.right : frame->scene->width;
    scene_text(frame->scene, 0, base, row->label, CHART_TEXT, row->bold, INK_TEXT, ANCHOR_START,
               frame->scale.left - GAP);
    if (is_empty(row))
        scene_text(frame->scene, reason, base, row->missing, CHART_SMALL, false, INK_MUTED,
                   ANCHOR_START, end - reason);
    else if (frame->rows->bars)
        draw_bars(frame, row, middle);
    else
        draw_marks(frame, row, middle);
    scene_text(frame->scene, frame->words, base, row->text, CHART_TEXT, row->bold, INK_TEXT,
               ANCHOR_START, frame->words_room);
}

static double
draw_legend_entry(const struct frame *frame, double x, double y, bool tick, int mark,
                  const char *text)
{
    struct scene *scene = frame->scene;
    double room = scene->width - x - 10,
           width = chart_text_width(frame->voice, text, CHART_SMALL, false);
    if (width > room && x > 0) /* no room left in this line */
        return x;
    if (tick)
        draw_mark(scene, MARK_TICK, x + 4, y - 2.6);
    else if (!frame->rows->bars)
        draw_mark(scene, frame->rows->shape[mark], x + 4, y - 2.6);
    else
        scene_rect(scene, x, y - 6, 8, 6, mark ? INK_ACCENT_LOW : INK_ACCENT,
                   mark ? INK_ACCENT_MID : INK_NONE, mark ? 0.5 : 0);
    return x + 11 +
           scene_text(scene, x + 11, y, text, CHART_SMALL, false, INK_SECONDARY, ANCHOR_START,
                      room) +
           12;
}

static double
draw_legend(const struct frame *frame, double y)
{
    const struct chart_rows *rows = frame->rows;
    double x = 0;
    for (int m = 0; m < CHART_MARKS && rows->legend[m]; m++)
        x = draw_legend_entry(frame, x, y + 7, false, m, rows->legend[m]);
    if (rows->need_legend)
        x = draw_legend_entry(frame, x, y + 7, true, 0, rows->need_legend);
    return x > 0 ? y + LEGEND : y;
}

static double
draw_reference(const struct frame *frame, double bottom)
{
    const struct chart_rows *rows = frame->rows;
    if (!rows->has_reference)
        return frame->top;
    double x = chart_at(&frame->scale, rows->reference);
    double half = chart_text_width(frame->voice, rows->reference_label, CHART_SMALL, false) / 2;
    double at = fmin(fmax(x, half), frame->scene->width - half);
    scene_line(frame->scene, x, frame->top - 2, x, bottom, INK_SECONDARY, 0.9, 3);
    scene_text(frame->scene, at, frame->top - 5, rows->reference_label, CHART_SMALL, false,
               INK_SECONDARY, ANCHOR_MIDDLE, 0);
    return frame->top;
}

double
chart_rows_draw(const struct voice *voice, struct scene *scene, double y,
                const struct chart_rows *rows)
{
    struct frame frame = {.voice = voice, .scene = scene, .rows = rows};
    frame.pitch = rows->pitch > 0 ? rows->pitch : scene->width < 300 ? 14.5 : 16;
    find_columns(&frame);
    find_range(&frame);
    frame.top = draw_legend(&frame, y) + (rows->has_reference ? 12 : 2);
    double bottom = frame.top + rows->count * frame.pitch;
    if (rows->label)
        chart_grid(scene, &frame.scale, frame.top, bottom + 2, scene->width < 300 ? 3 : 4,
                   rows->label, voice);
    else if (rows->bars)
        scene_line(scene, chart_at(&frame.scale, 0), frame.top, chart_at(&frame.scale, 0), bottom,
                   INK_RULE, 0.8, 0);
    draw_reference(&frame, bottom);
    for (uint32_t r = 0; r < rows->count; r++)
        draw_row(&frame, r);
    return bottom + (rows->label ? 16 : 4);
}
