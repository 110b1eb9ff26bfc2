/* Open deals as dots: their age by stage, and the people reached in the strategic ones. */
#include "amount.h"
#include "chart.h"
#include "deals.h"
#include "shelf.h"

#include <math.h>
#include <string.h>

/* ---- Ageing strip ---- */

enum { ROW = 30, COLUMN = 5, STACK = 5, STAGES_MOST = 24 };

struct strip {
    const struct voice *voice;
    struct scene *scene;
    struct scale scale;
    uint32_t columns;
    uint32_t *clean, *flagged; /* of a row: deals by column */
};

static uint32_t
column_of(const struct strip *strip, double age)
{
    double at = (chart_at(&strip->scale, age) - strip->scale.left) / COLUMN;
    return at >= strip->columns ? strip->columns - 1 : (uint32_t)at;
}

/* Dots stacked on a line; where a column holds more than fit, bars of the same height. */
static void
draw_stack(const struct strip *strip, double base, uint32_t most)
{
    double unit = most > STACK ? (double)(ROW - 8) / most : (double)(ROW - 8) / STACK;
    for (uint32_t c = 0; c < strip->columns; c++) {
        double x = strip->scale.left + c * COLUMN + COLUMN / 2.0, y = base;
        uint32_t flagged = strip->flagged[c], all = flagged + strip->clean[c];
        if (most > STACK) {
            double dark = strip->clean[c] * unit, light = flagged * unit;
            if (dark > 0)
                scene_rect(strip->scene, x - 2, y - dark, 4, dark, INK_ACCENT, INK_NONE, 0);
            if (light > 0)
                scene_rect(strip->scene, x - 2, y - dark - light, 4, light, INK_PAPER,
                           INK_SECONDARY, 0.6);
            continue;
        }
        for (uint32_t i = 0; i < all; i++) {
            bool is_clean = i < strip->clean[c];
            scene_circle(strip->scene, x, y - 2.2 - i * unit, 2, is_clean ? INK_ACCENT : INK_PAPER,
                         is_clean ? INK_PAPER : INK_SECONDARY, is_clean ? 0.4 : 0.9);
        }
    }
}

static void
draw_stage(const struct strip *strip, const struct shelf *shelf, int stage, double top)
{
    uint32_t most = 0, count = 0;
    memset(strip->clean, 0, strip->columns * sizeof *strip->clean);
    memset(strip->flagged, 0, strip->columns * sizeof *strip->flagged);
    for (uint32_t i = 0; i < shelf->count; i++) {
        const struct deal_fact *fact = shelf->fact[i];
        if (strip->voice->dataset->deals.stage[fact->deal] != stage)
            continue;
        uint32_t c = column_of(strip, fact->age);
        if (fact->clean)
            strip->clean[c]++;
        else
            strip->flagged[c]++;
        count++;
        if (strip->clean[c] + strip->flagged[c] > most)
            most = strip->clean[c] + strip->flagged[c];
    }
    const char *name = stage < 0 ? voice_tell(strip->voice, "common.unknown")
                                 : strip->voice->config->stage[stage].name;
    scene_text(strip->scene, 0, top + ROW - 8, name, CHART_TEXT, false, INK_TEXT, ANCHOR_START,
               strip->scale.left - 34);
    scene_text(strip->scene, strip->scale.left - 8, top + ROW - 8, voice_count(strip->voice, count),
               CHART_TEXT, false, INK_MUTED, ANCHOR_END, 26);
    scene_line(strip->scene, strip->scale.left, top + ROW - 4, strip->scale.right, top + ROW - 4,
               INK_RULE, 0.6, 0);
    draw_stack(strip, top + ROW - 4, most);
}

/* The stages with open deals, in the configured order; -1, unknown, last. Counts all of them, and
 * gives the first that fit. */
static int
find_stages(const struct voice *voice, const struct shelf *shelf, int stages[STAGES_MOST])
{
    int count = 0;
    for (int stage = 0; stage <= (int)voice->config->stage_count; stage++) {
        int is = stage == (int)voice->config->stage_count ? -1 : stage;
        bool any = false;
        for (uint32_t i = 0; i < shelf->count && !any; i++)
            any = voice->dataset->deals.stage[shelf->fact[i]->deal] == is;
        if (any && count++ < STAGES_MOST)
            stages[count - 1] = is;
    }
    return count;
}

static struct strip
new_strip(const struct voice *voice, struct scene *scene, double oldest)
{
    struct strip strip = {voice, scene, {voice->width * 0.26, voice->width - 6, 0, 0}, 0, 0, 0};
    double step = chart_step(fmax(30, oldest), 5);
    strip.scale.high = ceil(fmax(30, oldest) / step) * step;
    strip.columns = (uint32_t)((strip.scale.right - strip.scale.left) / COLUMN);
    strip.clean = arena_array(voice->doc->arena, strip.columns, sizeof *strip.clean);
    strip.flagged = arena_array(voice->doc->arena, strip.columns, sizeof *strip.flagged);
    return strip;
}

static double
draw_strip_legend(const struct voice *voice, struct scene *scene)
{
    const char *clean = voice_tell(voice, "marks.clean_deal");
    scene_circle(scene, 4, 5, 2.2, INK_ACCENT, INK_PAPER, 0.4);
    double x = 10 + scene_text(scene, 10, 7.6, clean, CHART_SMALL, false, INK_SECONDARY,
                               ANCHOR_START, scene->width / 2 - 14);
    scene_circle(scene, x + 14, 5, 2.2, INK_PAPER, INK_SECONDARY, 0.9);
    scene_text(scene, x + 20, 7.6, voice_tell(voice, "marks.flagged_deal"), CHART_SMALL, false,
               INK_SECONDARY, ANCHOR_START, scene->width - x - 20);
    return 24;
}

void
deals_ageing(const struct voice *voice, struct block *section)
{
    struct shelf shelf = shelf_of(voice, NULL);
    int stages[STAGES_MOST], all = find_stages(voice, &shelf, stages),
                             count = all < STAGES_MOST ? all : STAGES_MOST;
    double oldest = 0, late, older = 0;
    if (count == 0) {
        chart_missing(voice, section, M_PIPELINE_BY_AGE, "ageing", WHY_NO_DATA);
        return;
    }
    bool has_late = voice_has(voice, M_DEALS_AGE_AT_WIN_P95, &late);
    for (uint32_t i = 0; i < shelf.count; i++) {
        oldest = fmax(oldest, shelf.fact[i]->age);
        older += has_late && shelf.fact[i]->age > late;
    }
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_PIPELINE_BY_AGE, "ageing", NUMBER("n", shelf.count),
        NUMBER("older", older), NUMBER("late", late), WORDS("known", has_late ? "yes" : "no"));
    if (all > count)
        exhibit->note = SAY(voice, "common.more_stages", NUMBER("n", all - count));
    struct strip strip = new_strip(voice, exhibit->scene, fmax(oldest, has_late ? late : 0));
    double top = draw_strip_legend(voice, exhibit->scene) + (has_late ? 10 : 0),
           bottom = top + count * (double)ROW;
    chart_grid(exhibit->scene, &strip.scale, top, bottom, 5, chart_count, voice);
    for (int s = 0; s < count; s++)
        draw_stage(&strip, &shelf, stages[s], top + s * (double)ROW);
    if (has_late) {
        double x = chart_at(&strip.scale, late);
        const char *label = SAY(voice, "marks.late", NUMBER("days", late));
        double half = chart_text_width(voice, label, CHART_SMALL, false) / 2;
        scene_line(exhibit->scene, x, top - 4, x, bottom, INK_TEXT, 0.9, 3);
        scene_text(exhibit->scene, fmin(fmax(x, half), voice->width - half), top - 7, label,
                   CHART_SMALL, false, INK_TEXT, ANCHOR_MIDDLE, 0);
    }
    scene_text(exhibit->scene, strip.scale.right, bottom + 21, voice_tell(voice, "curve.axis"),
               CHART_SMALL, false, INK_MUTED, ANCHOR_END, 0);
    exhibit->scene->height = bottom + 25;
    const struct measure *ages = voice_measure(voice, M_PIPELINE_BY_AGE);
    struct amount_unit unit = amount_unit_of(voice, M_PIPELINE_BY_AGE);
    exhibit->table = chart_table(voice, NULL, CELL_TEXTS("age_days", "deals", "$value"), unit.power,
                                 ages->row_count);
    for (uint32_t r = 0; r < ages->row_count; r++)
        chart_row(voice, exhibit->table, ROW_BODY,
                  CELL_TEXTS(voice_cell_text(&ages->row[r], F_KEY),
                             voice_count(voice, measure_number(&ages->row[r], F_NUMBER, 0)),
                             amount_cell(voice, unit, measure_number(&ages->row[r], F_VALUE, 0))));
}

/* ---- Circle of influence ---- */

static bool
is_strategic(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return fact->strategic;
}

enum { INFLUENCE_MOST = 8, INFLUENCE_MOST_ON_SHEET = 3, PEOPLE_DRAWN = 6 };

/* A person a dot, executives first; a number where there are more than fit. */
static void
draw_people(const struct voice *voice, struct scene *scene, double x, double y, uint32_t count)
{
    if (count > PEOPLE_DRAWN) {
        scene_circle(scene, x + 3, y, 2.6, INK_ACCENT, INK_NONE, 0);
        scene_text(scene, x + 9, y + 2.8, SAY(voice, "influence.times", NUMBER("n", count)),
                   CHART_SMALL, false, INK_TEXT, ANCHOR_START, 30);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        scene_circle(scene, x + 3 + i * 6.6, y, 2.6, INK_ACCENT, INK_NONE, 0);
    if (count == 0)
        scene_line(scene, x, y, x + 8, y, INK_RULE, 0.8, 0);
}

static void
draw_influence(const struct voice *voice, struct scene *scene, const struct deal_fact *fact,
               double y, double column)
{
    static const enum level levels[] = {LEVEL_EXECUTIVE, LEVEL_DIRECTOR, LEVEL_MANAGER, LEVEL_STAFF,
                                        LEVEL_UNKNOWN};
    struct runs name = {0};
    double names = voice->width - 6 * column;
    shelf_runs(voice, &name, fact->deal);
    scene_text(scene, 0, y + 2.8, name.run[0].text, CHART_TEXT, false, INK_TEXT, ANCHOR_START,
               names - 8);
    for (int l = 0; l < 5; l++)
        draw_people(voice, scene, names + l * column, y, fact->levels[levels[l]]);
    scene_text(scene, voice->width, y + 2.8,
               SAY(voice, "influence.last", NUMBER("new", fact->new_people),
                   NUMBER("days", fact->silent_days),
                   WORDS("contact", fact->silent_days < 0 ? "never" : "known")),
               CHART_SMALL, false, INK_SECONDARY, ANCHOR_END, column - 2);
}

void
deals_influence(const struct voice *voice, struct block *section)
{
    static const char *const heads[] = {"4", "3", "2", "1", "0"};
    struct shelf shelf = shelf_of(voice, is_strategic);
    uint32_t most = voice->seller_sheet ? INFLUENCE_MOST_ON_SHEET : INFLUENCE_MOST, thin = 0,
             top = 0, shown = shelf.count < most ? shelf.count : most;
    if (shown == 0)
        return; /* deals_strategic has said that there is none */
    if (!voice->dataset->engagement.present) {
        chart_missing(voice, section, M_CALLS_TWO_WAY_SHARE, "influence", WHY_NOT_CONFIGURED);
        return;
    }
    shelf_order(voice, &shelf, shelf_amount);
    for (uint32_t i = 0; i < shelf.count; i++) {
        thin += shelf.fact[i]->people < 2;
        top += shelf.fact[i]->highest == LEVEL_EXECUTIVE;
    }
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_DEALS_STRATEGIC, "influence", NUMBER("n", shelf.count),
                NUMBER("thin", thin), NUMBER("top", top), NUMBER("without", shelf.count - top));
    if (shelf.count > shown)
        exhibit->note = SAY(voice, "tables.deals.more", NUMBER("n", shelf.count - shown));
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("deal", "people", "new_people", "effective", "silent"), 0, shown);
    double column = voice->width < 300 ? 30 : 62, names = voice->width - 6 * column;
    for (int l = 0; l < 5; l++)
        scene_text(exhibit->scene, names + l * column, 8, voice_term(voice, "levels", heads[l]),
                   CHART_SMALL, false, INK_SECONDARY, ANCHOR_START, column - 3);
    scene_text(exhibit->scene, voice->width, 8, voice_tell(voice, "influence.head"), CHART_SMALL,
               false, INK_SECONDARY, ANCHOR_END, column - 2);
    scene_line(exhibit->scene, 0, 13, voice->width, 13, INK_RULE, 0.6, 0);
    for (uint32_t i = 0; i < shown; i++) {
        const struct deal_fact *fact = shelf.fact[i];
        struct runs name = {0};
        draw_influence(voice, exhibit->scene, fact, 24 + i * 17.0, column);
        shelf_runs(voice, &name, fact->deal);
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(name.run[0].text, voice_count(voice, fact->people),
                             voice_count(voice, fact->new_people),
                             voice_count(voice, fact->effective),
                             fact->silent_days < 0 ? voice_tell(voice, "common.never")
                                                   : voice_count(voice, fact->silent_days)));
    }
    exhibit->scene->height = 20 + shown * 17.0;
    exhibit->table = table;
}
