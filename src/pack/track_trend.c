/* Sparklines: is what changed more than what changes anyway? */
#include "chart_lines.h"
#include "history.h"
#include "series.h"
#include "track.h"

#include <string.h>

enum { PITCH = 22, FEWEST = 3 /* points of a line */ };

struct columns { /* where a row's parts begin */
    double line, line_width, now, verdict;
};

static const char *
verdict_of(const struct voice *voice, const struct series_figure *figure,
           const struct series *series)
{
    if (!series->process.judged)
        return voice_tell(voice, "track.too_few");
    if (!series_is_signal(voice, figure, series))
        return voice_tell(voice, "track.noise");
    return SAY(voice, "track.signal",
               WORDS("mean", series_text(voice, figure, series->process.mean)));
}

static const char *
range_of(const struct voice *voice, const struct series_figure *figure, const struct series *series)
{
    if (!series->process.judged)
        return "\xE2\x80\x93";
    double low = series->process.low > 0 ? series->process.low : 0; /* no figure here is negative */
    return SAY(voice, "track.range", WORDS("low", series_text(voice, figure, low)),
               WORDS("high", series_text(voice, figure, series->process.high)));
}

static void
draw_row(const struct voice *voice, struct scene *scene, const struct columns *columns, double y,
         const struct series_figure *figure, const struct series *series)
{
    bool signal = series_is_signal(voice, figure, series);
    const char *now = series_text(voice, figure, series->value[series->count - 1]);
    scene_text(scene, 0, y + 14, voice_term(voice, "trend", figure->key), CHART_TEXT, signal,
               INK_TEXT, ANCHOR_START, columns->line - 8);
    chart_sparkline(scene, columns->line, y + 3, columns->line_width, PITCH - 8, series->count,
                    series->value, &series->process);
    scene_text(scene, columns->now, y + 14, now, CHART_TEXT, true, INK_TEXT, ANCHOR_START,
               columns->verdict - columns->now - 6);
    scene_text(scene, columns->verdict, y + 14, verdict_of(voice, figure, series), CHART_SMALL,
               signal, signal ? INK_TEXT : INK_MUTED, ANCHOR_START,
               scene->width - columns->verdict);
}

void
track_trend(const struct voice *voice, struct block *section)
{
    const day *runs = NULL;
    uint32_t count = voice->history ? history_runs(voice->history, &runs) : 0, lines = 0,
             signals = 0;
    struct series series[16];
    const struct series_figure *figure[16];
    for (const struct series_figure *next = series_figures; next->key && lines < 16; next++) {
        struct series read = series_read(voice, next);
        if (read.count < FEWEST || !read.has_now)
            continue;
        signals += series_is_signal(voice, next, &read);
        figure[lines] = next;
        series[lines++] = read;
    }
    if (count == 0 || lines == 0)
        return;
    uint32_t shown = count < SERIES_MOST ? count : SERIES_MOST - 1;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_DEALS_WIN_RATE_OWN, "trend", NUMBER("runs", shown + 1),
                NUMBER("signals", signals), NUMBER("since", runs[count - shown]),
                WORDS("judged", series[0].process.judged ? "yes" : "no"));
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("measure", "first", "now", "normal_range", "verdict"), 0, lines);
    double w = voice->width;
    const struct columns columns = {w * 0.31, w * 0.3, w * 0.64, w * 0.75};
    for (uint32_t i = 0; i < lines; i++) {
        const struct series *line = &series[i];
        draw_row(voice, exhibit->scene, &columns, i * PITCH, figure[i], line);
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(voice_term(voice, "trend", figure[i]->key),
                             series_text(voice, figure[i], line->value[0]),
                             series_text(voice, figure[i], line->value[line->count - 1]),
                             range_of(voice, figure[i], line), verdict_of(voice, figure[i], line)));
    }
    exhibit->scene->height = lines * PITCH;
    exhibit->table = table;
}
