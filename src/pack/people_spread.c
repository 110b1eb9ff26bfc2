/* How attainment spreads over the sellers: a dot a seller, nobody named. */
#include "chart.h"
#include "people.h"

#include <math.h>
#include <stdlib.h>

enum { DOT = 7, HIGHEST = 10 /* dots on one another */ };

struct spread_of_people {
    double *value; /* ascending */
    uint32_t count, reached, starting;
};

static int
ascending(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static struct spread_of_people
collect(const struct voice *voice)
{
    const struct dataset *data = voice->dataset;
    uint32_t end = data->scope[voice->scope].next;
    struct spread_of_people people = {
        .value = arena_array(voice->doc->arena, end - voice->scope, sizeof(double))};
    for (uint32_t s = voice->scope; s < end; s++) {
        double value;
        if (data->scope[s].kind != SCOPE_SELLER || data->sellers.left[data->scope[s].index])
            continue;
        people.starting +=
            measures_get(voice->measures, s, M_FORECAST_ATTAINMENT)->why == WHY_NOT_YET_EXPECTED;
        if (!voice_field(voice, s, M_FORECAST_ATTAINMENT, F_VALUE, &value))
            continue;
        people.value[people.count++] = value;
        people.reached += value >= 1;
    }
    if (people.count)
        qsort(people.value, people.count, sizeof *people.value, ascending);
    return people;
}

static double
median_of(const struct spread_of_people *people)
{
    uint32_t half = people->count / 2;
    return people->count % 2 ? people->value[half]
                             : (people->value[half - 1] + people->value[half]) / 2;
}

/* Dots in columns; more than fit on one another are drawn closer. */
static void
draw_dots(struct scene *scene, const struct scale *scale, const struct spread_of_people *people,
          double base)
{
    uint32_t most = 1;
    for (int draw = 0; draw < 2; draw++) {
        double pitch = most > HIGHEST ? (double)(DOT - 1) * HIGHEST / most : DOT - 1;
        uint32_t stacked = 0;
        int64_t column = -1;
        for (uint32_t i = 0; i < people->count; i++) {
            double x = chart_at(scale, people->value[i]);
            int64_t at = (int64_t)((x - scale->left) / DOT);
            stacked = at == column ? stacked + 1 : 1;
            column = at;
            most = stacked > most ? stacked : most;
            if (draw)
                scene_circle(scene, scale->left + ((double)at + 0.5) * DOT,
                             base - 3.4 - (stacked - 1) * pitch, 2.7, INK_ACCENT, INK_PAPER, 0.5);
        }
    }
}

void
people_spread(const struct voice *voice, struct block *section)
{
    enum { TOP = 14, PLOT = 66, FEW = 5 };
    struct spread_of_people people = collect(voice);
    if (people.count < FEW) {
        enum why why = voice_measure(voice, M_FORECAST_ATTAINMENT)->why;
        chart_missing(voice, section, M_FORECAST_ATTAINMENT, "spread",
                      why == WHY_NOT_CONFIGURED ? why : WHY_TOO_FEW);
        return;
    }
    double median = median_of(&people), last = people.value[people.count - 1];
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_FORECAST_ATTAINMENT, "spread", NUMBER("n", people.count),
                NUMBER("reached", people.reached), NUMBER("median", median),
                NUMBER("starting", people.starting));
    struct scene *scene = exhibit->scene;
    struct scale scale = {4, voice->width - 12, 0, fmin(fmax(ceil(last * 4) / 4, 1.25), 2.5)};
    double base = TOP + PLOT;
    const char *quota = voice_tell(voice, "marks.quota_short"),
               *middle = SAY(voice, "marks.median", WORDS("share", voice_share(voice, median)));
    double one = chart_at(&scale, 1), half = chart_at(&scale, median);
    chart_grid(scene, &scale, TOP, base, 5, chart_share, voice);
    scene_line(scene, scale.left, base, scale.right, base, INK_AXIS, 0.8, 0);
    scene_line(scene, one, TOP - 2, one, base, INK_TEXT, 1.2, 0);
    scene_text(scene, one, TOP - 5, quota, CHART_SMALL, true, INK_TEXT, ANCHOR_MIDDLE, 0);
    draw_dots(scene, &scale, &people, base);
    scene_line(scene, half, TOP - 2, half, base, INK_SECONDARY, 0.9, 3);
    bool room = half + 3 + chart_text_width(voice, middle, CHART_SMALL, false) < scene->width;
    double width = chart_text_width(voice, middle, CHART_SMALL, false),
           apart = fabs(half - one) - width - 6;
    scene_text(scene, room ? half + 3 : half - 3, apart > 20 ? TOP - 5 : TOP + 14, middle,
               CHART_SMALL, false, INK_SECONDARY, room ? ANCHOR_START : ANCHOR_END, 0);
    scene->height = base + 14;
    exhibit->table = chart_table(voice, NULL, CELL_TEXTS("measure", "value"), 0, 4);
    chart_row(voice, exhibit->table, ROW_BODY,
              CELL_TEXTS(voice_tell(voice, "spread.sellers"), voice_count(voice, people.count)));
    chart_row(voice, exhibit->table, ROW_BODY,
              CELL_TEXTS(voice_tell(voice, "spread.reached"), voice_count(voice, people.reached)));
    chart_row(voice, exhibit->table, ROW_BODY,
              CELL_TEXTS(voice_tell(voice, "spread.median"), voice_share(voice, median)));
    chart_row(
        voice, exhibit->table, ROW_BODY,
        CELL_TEXTS(voice_tell(voice, "spread.starting"), voice_count(voice, people.starting)));
}
