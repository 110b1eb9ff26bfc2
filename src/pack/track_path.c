/* The forecast of this period as each run saw it. */
#include "amount.h"
#include "chart.h"
#include "history.h"
#include "remembered.h"
#include "track.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS_MOST = 40, LANES = 4, HEIGHT = 120, LABEL_WIDTH = 92, LEFT = 50, LINE = 10 };

enum lane { LANE_EXPECTED, LANE_COMMIT, LANE_BEST, LANE_BOOKED };

static const struct {
    const char *key; /* of words judged.<key>, and of calls */
    const char *measure, *row;
    enum measure_id id;
    enum ink ink;
    double width, dash;
} lanes[LANES] = {
    {"model", "forecast.expected", "", M_FORECAST_EXPECTED, INK_ACCENT, 1.6, 0},
    {"commit", "forecast.calls", "commit", M_FORECAST_CALLS, INK_TEXT, 1, 3},
    {"best", "forecast.calls", "best", M_FORECAST_CALLS, INK_MUTED, 1, 1.5},
    {"booked", "forecast.booked", "", M_FORECAST_BOOKED, INK_ACCENT_MID, 1.2, 0},
};

struct moment { /* one run's view of the period */
    day day;
    double value[LANES], low, high; /* NAN: unknown */
};

struct path {
    uint32_t count;
    struct moment moment[POINTS_MOST];
};

static double
stored(const struct voice *voice, day run, const char *measure, const char *key)
{
    struct remembered_scope name = remembered_scope(voice->dataset, voice->scope);
    double value;
    return history_value(voice->history, run, name.kind, name.id, measure, key, "value", &value)
               ? value
               : NAN;
}

/* A run before the period knew it as the next one. */
static struct moment
moment_before(const struct voice *voice, day run)
{
    struct moment moment = {run, {NAN, NAN, NAN, NAN}, NAN, NAN};
    moment.value[LANE_EXPECTED] = stored(voice, run, "forecast.next", "");
    return moment;
}

static struct moment
moment_of(const struct voice *voice, day run)
{
    struct moment moment = {.day = run,
                            .low = stored(voice, run, "forecast.p10", ""),
                            .high = stored(voice, run, "forecast.p90", "")};
    for (int lane = 0; lane < LANES; lane++)
        moment.value[lane] = stored(voice, run, lanes[lane].measure, lanes[lane].row);
    return moment;
}

static double
now_or_nan(const struct voice *voice, enum measure_id id, const char *row)
{
    const struct measure *measure = voice_measure(voice, id);
    double value;
    bool known =
        row[0] ? measure->why == WHY_NONE && voice_cell(measure_key(measure, row), F_VALUE, &value)
               : voice_has(voice, id, &value);
    return known ? value : NAN;
}

static struct path
read_path(const struct voice *voice)
{
    const struct period *period = &voice->dataset->period;
    const day *runs = NULL;
    uint32_t count = voice->history ? history_runs(voice->history, &runs) : 0, first = count;
    struct path path = {0};
    while (first > 0 && runs[first - 1] >= period->start && count - first < POINTS_MOST - 2)
        first--;
    if (first > 0 && runs[first - 1] >= voice->dataset->previous_period.start)
        path.moment[path.count++] = moment_before(voice, runs[first - 1]);
    for (uint32_t r = first; r < count; r++)
        path.moment[path.count++] = moment_of(voice, runs[r]);
    struct moment now = {.day = voice->dataset->as_of,
                         .low = now_or_nan(voice, M_FORECAST_P10, ""),
                         .high = now_or_nan(voice, M_FORECAST_P90, "")};
    for (int lane = 0; lane < LANES; lane++)
        now.value[lane] = now_or_nan(voice, lanes[lane].id, lanes[lane].row);
    path.moment[path.count++] = now;
    return path;
}

struct plot {
    const struct voice *voice;
    struct scene *scene;
    struct scale x, y; /* y: left is the bottom */
    double top, bottom;
    struct amount_unit unit;
};

static struct plot
frame(const struct voice *voice, struct scene *scene, const struct path *path, double quota)
{
    double most = quota;
    for (uint32_t i = 0; i < path->count; i++) {
        for (int lane = 0; lane < LANES; lane++)
            most = fmax(most, path->moment[i].value[lane]); /* fmax passes over NAN */
        most = fmax(most, path->moment[i].high);
    }
    double first = path->moment[0].day, end = path->moment[path->count - 1].day;
    double step = chart_step(most, 4), top = ceil(most / step - 1e-9) * step;
    struct plot plot = {voice,
                        scene,
                        {LEFT, scene->width - LABEL_WIDTH, first, end},
                        {HEIGHT, 6, 0, top},
                        6,
                        HEIGHT,
                        amount_unit(voice, top)};
    for (int i = 0; i * step <= top * (1 + 1e-9) && i < 8; i++) {
        double y = chart_at(&plot.y, i * step);
        scene_line(scene, LEFT, y, plot.x.right, y, i ? INK_GRID : INK_AXIS, 0.6, 0);
        scene_text(scene, LEFT - 4, y + 2.6, amount_text(voice, plot.unit, i * step), CHART_SMALL,
                   false, INK_MUTED, ANCHOR_END, LEFT - 4);
    }
    return plot;
}

/* The 80 % range of the model, where neighbours both have one. */
static void
draw_range(const struct plot *plot, const struct path *path)
{
    for (uint32_t i = 0; i + 1 < path->count; i++) {
        const struct moment *one = &path->moment[i], *other = one + 1;
        if (isnan(one->low) || isnan(one->high) || isnan(other->low) || isnan(other->high))
            continue;
        double x1 = chart_at(&plot->x, one->day), x2 = chart_at(&plot->x, other->day);
        const double corners[] = {
            x1, chart_at(&plot->y, one->low),    x1, chart_at(&plot->y, one->high),
            x2, chart_at(&plot->y, other->high), x2, chart_at(&plot->y, other->low)};
        scene_path(plot->scene, 4, corners, true, INK_ACCENT_LOW, INK_NONE, 0);
    }
}

static void
draw_lane(const struct plot *plot, const struct path *path, int lane)
{
    double last_x = NAN, last_y = NAN;
    for (uint32_t i = 0; i < path->count; i++) {
        const struct moment *moment = &path->moment[i];
        if (isnan(moment->value[lane]))
            continue;
        double x = chart_at(&plot->x, moment->day), y = chart_at(&plot->y, moment->value[lane]);
        if (!isnan(last_x))
            scene_line(plot->scene, last_x, last_y, x, y, lanes[lane].ink, lanes[lane].width,
                       lanes[lane].dash);
        scene_circle(plot->scene, x, y, lane == LANE_EXPECTED ? 2.4 : 1.6, lanes[lane].ink,
                     INK_PAPER, 0.5);
        last_x = x;
        last_y = y;
    }
}

struct end_label {
    double y;
    const char *text;
    bool bold;
};

static int
downwards(const void *a, const void *b)
{
    double one = ((const struct end_label *)a)->y, other = ((const struct end_label *)b)->y;
    return (one > other) - (one < other);
}

/* The lines are named at the right end, pushed apart where they end close together. */
static void
draw_labels(const struct plot *plot, const struct path *path, double quota)
{
    const struct moment *now = &path->moment[path->count - 1];
    struct end_label label[LANES + 1];
    uint32_t count = 0;
    for (int lane = 0; lane < LANES; lane++)
        if (!isnan(now->value[lane]))
            label[count++] = (struct end_label){
                chart_at(&plot->y, now->value[lane]) + 2.6,
                SAY(plot->voice, "track.path_end",
                    WORDS("what", voice_term(plot->voice, "path", lanes[lane].key)),
                    WORDS("money", amount_text(plot->voice, plot->unit, now->value[lane]))),
                lane == LANE_EXPECTED};
    if (!isnan(quota))
        label[count++] =
            (struct end_label){chart_at(&plot->y, quota) + 2.6,
                               SAY(plot->voice, "track.path_end",
                                   WORDS("what", voice_term(plot->voice, "path", "quota")),
                                   WORDS("money", amount_text(plot->voice, plot->unit, quota))),
                               false};
    qsort(label, count, sizeof *label, downwards);
    for (uint32_t i = 1; i < count; i++)
        label[i].y = fmax(label[i].y, label[i - 1].y + LINE);
    double over = count ? label[count - 1].y - (plot->bottom + 2.6) : 0;
    for (uint32_t i = count; over > 0 && i-- > 0;) { /* back up from the bottom */
        double most = i + 1 < count ? label[i + 1].y - LINE : plot->bottom + 2.6;
        label[i].y = fmin(label[i].y, most);
    }
    for (uint32_t i = 0; i < count; i++)
        scene_text(plot->scene, plot->x.right + 6, label[i].y, label[i].text, CHART_SMALL,
                   label[i].bold, INK_TEXT, ANCHOR_START, LABEL_WIDTH - 6);
}

/* A tick for each run, with its day where there is room. */
static void
draw_days(const struct plot *plot, const struct path *path, struct doc_table *table)
{
    double free_from = -INFINITY;
    for (uint32_t i = 0; i < path->count; i++) {
        const struct moment *moment = &path->moment[i];
        double x = chart_at(&plot->x, moment->day);
        const char *text = voice_day(plot->voice, moment->day);
        double half = chart_text_width(plot->voice, text, CHART_SMALL, false) / 2;
        scene_line(plot->scene, x, plot->bottom, x, plot->bottom + 3, INK_AXIS, 0.6, 0);
        double at = fmin(fmax(x, half), plot->scene->width - half);
        if (at - half > free_from + 4) {
            scene_text(plot->scene, at, plot->bottom + 12, text, CHART_SMALL, false, INK_MUTED,
                       ANCHOR_MIDDLE, 0);
            free_from = at + half;
        }
        const char *cell[LANES];
        for (int lane = 0; lane < LANES; lane++)
            cell[lane] = isnan(moment->value[lane]) ? "\xE2\x80\x93"
                                                    : voice_money(plot->voice, moment->value[lane]);
        chart_row(plot->voice, table, ROW_BODY,
                  CELL_TEXTS(text, cell[0], cell[1], cell[2], cell[3]));
    }
}

/* The first and the present value of the model, for the words. */
static void
ends_of(const struct path *path, double *first, double *now)
{
    *first = *now = path->moment[path->count - 1].value[LANE_EXPECTED];
    for (uint32_t i = path->count; i-- > 0;)
        if (!isnan(path->moment[i].value[LANE_EXPECTED]))
            *first = path->moment[i].value[LANE_EXPECTED];
}

void
track_path(const struct voice *voice, struct block *section)
{
    struct path path = read_path(voice);
    double quota = NAN, first, now;
    ends_of(&path, &first, &now);
    if (path.count < 2 || isnan(now))
        return;
    voice_has(voice, M_FORECAST_QUOTA, &quota);
    if (!voice_has(voice, M_FORECAST_QUOTA, &quota))
        quota = NAN;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_FORECAST_EXPECTED, "path", NUMBER("first", first),
                NUMBER("now", now), NUMBER("since", path.moment[0].day), NUMBER("runs", path.count),
                WORDS("way", now > first   ? "rose"
                             : now < first ? "fell"
                                           : "same"));
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("run_of", "expected", "commit", "best", "booked"), 0, path.count);
    struct plot plot = frame(voice, exhibit->scene, &path, quota);
    draw_range(&plot, &path);
    if (!isnan(quota)) {
        double y = chart_at(&plot.y, quota);
        scene_line(exhibit->scene, LEFT, y, plot.x.right, y, INK_TEXT, 0.8, 2);
    }
    for (int lane = LANES; lane-- > 0;)
        draw_lane(&plot, &path, lane);
    draw_labels(&plot, &path, quota);
    draw_days(&plot, &path, table);
    exhibit->scene->height = HEIGHT + 18;
    exhibit->table = table;
}
