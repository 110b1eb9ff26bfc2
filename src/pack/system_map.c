/* The page that makes the product: five parts from left to right, have against need on each, the
 * rates on the arrows, one heavy outline at the link that binds now, and below it how many more
 * deals the gap takes and what comes after this period. */
#include "system_map.h"

#include "chart.h"

#include <math.h>
#include <string.h>

enum { PARTS = 5, GAP = 14, BOX_TOP = 30, BOX_HEIGHT = 150 };

static const char *const names[PARTS] = {"territory", "prospecting", "win", "pipeline", "forecast"};

struct map {
    const struct voice *voice;
    struct scene *scene;
    double width; /* of a box */
    const char *binding;
};

/* The part of the map that a factor of the system belongs to. */
static const char *
part_of(const char *factor)
{
    if (strcmp(factor, "size") == 0 || strcmp(factor, "cycle") == 0)
        return "win";
    return strcmp(factor, "integrity") == 0 ? "pipeline" : factor;
}

static const char *
binding_factor(const struct voice *voice)
{
    const struct measure *measure = voice_measure(voice, M_SYSTEM_BINDING);
    const struct cell *value =
        measure->why == WHY_NONE ? measure_field(&measure->fields, F_VALUE) : NULL;
    return value && value->kind == CELL_TEXT && value->text ? value->text : "none";
}

static const char *
key_of(const struct map *map, const char *part, const char *what)
{
    return arena_printf(map->voice->doc->arena, "map.%s.%s", part, what);
}

/* The words of a part; where its measure is null, the reason instead of the number. */
static const char *
big_number(const struct map *map, int part)
{
    static const enum measure_id ids[PARTS] = {M_TERRITORY_COVERAGE_NUMBER, M_PROSPECTING_CREATION,
                                               M_DEALS_WIN_RATE_OWN, M_PIPELINE_CLEAN,
                                               M_FORECAST_EXPECTED};
    const struct measure *measure = voice_measure(map->voice, ids[part]);
    if (measure->why != WHY_NONE)
        return voice_tell(map->voice, "map.unknown");
    return SAY(map->voice, key_of(map, names[part], "number"),
               NUMBER("a_month", measure_number(&measure->fields, F_VALUE, 0) * 30.4375));
}

static double
worth_of(const struct map *map, int part)
{
    const struct measure *gains = voice_measure(map->voice, M_SYSTEM_GAINS);
    double worth = NAN;
    for (uint32_t r = 0; r < gains->row_count; r++) {
        const struct cell *key = measure_field(&gains->row[r], F_KEY);
        if (!key || key->kind != CELL_TEXT || strcmp(part_of(key->text), names[part]) != 0)
            continue;
        double gain = measure_number(&gains->row[r], F_VALUE, NAN);
        worth = isnan(worth) || gain > worth ? gain : worth;
    }
    return worth;
}

static void
draw_bar(const struct map *map, int part, double x, double y)
{
    const struct measure *job = voice_measure(map->voice, M_SYSTEM_WHOLE_JOB);
    const struct cells *row = measure_key(job, names[part]);
    double ratio = row ? measure_number(row, F_RATIO, NAN) : NAN, width = map->width - 20;
    if (isnan(ratio)) {
        scene_text(map->scene, x + 10, y + 8, voice_tell(map->voice, "map.no_need"), 7.5, false,
                   INK_MUTED, ANCHOR_START, width);
        return;
    }
    double high = measure_number(row, F_HIGH, 0);
    chart_against(map->scene, x + 10, y, width, 8, ratio, 1, ratio, high);
    scene_text(map->scene, x + 10, y + 27, SAY(map->voice, "map.against", NUMBER("ratio", ratio)),
               7.5, false, INK_SECONDARY, ANCHOR_START, width);
}

static void
draw_part(const struct map *map, int part)
{
    double x = part * (map->width + GAP), inside = map->width - 20;
    bool binds = strcmp(part_of(map->binding), names[part]) == 0;
    struct shape *box = scene_rect(map->scene, x, BOX_TOP, map->width, BOX_HEIGHT, INK_NONE,
                                   binds ? INK_BINDING : INK_RULE, binds ? 2.6 : 0.8);
    box->radius = 3;
    scene_text(map->scene, x + 10, BOX_TOP + 16,
               voice_tell(map->voice, key_of(map, names[part], "name")), 9, true, INK_SECONDARY,
               ANCHOR_START, inside);
    scene_text(map->scene, x + 10, BOX_TOP + 38, big_number(map, part), 14, true, INK_TEXT,
               ANCHOR_START, inside);
    scene_paragraph(map->scene, x + 10, BOX_TOP + 52, inside,
                    voice_tell(map->voice, key_of(map, names[part], "detail")), 7.5, false,
                    INK_SECONDARY, 9.5, 5);
    draw_bar(map, part, x, BOX_TOP + 100);
    double worth = worth_of(map, part);
    if (binds)
        scene_text(map->scene, x + 10, BOX_TOP + 143, voice_tell(map->voice, "map.binds"), 8, true,
                   INK_BINDING, ANCHOR_START, inside);
    else if (!isnan(worth) && worth > 0)
        scene_text(map->scene, x + 10, BOX_TOP + 143,
                   SAY(map->voice, "map.worth", NUMBER("worth", worth)), 7.5, false, INK_MUTED,
                   ANCHOR_START, inside);
}

static void
draw_arrow(const struct map *map, int part)
{
    double x = (part + 1) * (map->width + GAP) - GAP, y = BOX_TOP + BOX_HEIGHT / 2.0;
    const double head[] = {x + GAP - 1, y, x + GAP - 6, y - 3, x + GAP - 6, y + 3};
    const char *key = key_of(map, names[part], "arrow");
    scene_line(map->scene, x + 2, y, x + GAP - 5, y, INK_TEXT, 1, 0);
    scene_path(map->scene, 3, head, true, INK_TEXT, INK_NONE, 0);
    scene_line(map->scene, x + GAP / 2.0, BOX_TOP - 6, x + GAP / 2.0, y - 5, INK_GRID, 0.6, 0);
    if (voice_knows(map->voice, key))
        scene_text(map->scene, x + GAP / 2.0, BOX_TOP - 10, voice_tell(map->voice, key), 7.5, false,
                   INK_SECONDARY, ANCHOR_MIDDLE, map->width + GAP - 8);
}

/* Calls feed every part: one line, without a need, because there is no honest one. */
static double
draw_calls(const struct map *map, double y)
{
    scene_rect(map->scene, 0, y, CHART_WIDTH, 24, INK_GRID, INK_NONE, 0);
    double used = scene_text(map->scene, 10, y + 15.5, voice_tell(map->voice, "map.calls.name"), 8,
                             true, INK_SECONDARY, ANCHOR_START, 110);
    scene_text(map->scene, 24 + used, y + 15.5, voice_tell(map->voice, "map.calls.detail"), 7.5,
               false, INK_SECONDARY, ANCHOR_START, CHART_WIDTH - 34 - used);
    return y + 24;
}

/* One of the three answers: a bar of deals and what it means. */
static void
draw_answer(const struct map *map, enum measure_id id, const char *key, double most, double y,
            enum ink ink)
{
    double value;
    const struct measure *measure = voice_measure(map->voice, id);
    bool known = voice_has(map->voice, id, &value);
    scene_text(map->scene, 0, y + 9, voice_tell(map->voice, key_of(map, key, "name")), 8, false,
               INK_TEXT, ANCHOR_START, 54);
    if (!known) {
        scene_text(map->scene, 58, y + 9, voice_why(map->voice, measure->why), 8, true, INK_TEXT,
                   ANCHOR_START, 96);
    } else {
        double length = most > 0 ? 64 * fmin(1, value / most) : 0;
        scene_rect(map->scene, 58, y, fmax(length, 0.8), 11, ink, INK_NONE, 0);
        scene_text(map->scene, 62 + fmax(length, 0.8), y + 9.2, voice_count(map->voice, value), 8.5,
                   true, INK_TEXT, ANCHOR_START, 36);
    }
    scene_paragraph(map->scene, 164, y + 9, 150, voice_tell(map->voice, key_of(map, key, "detail")),
                    7.5, false, INK_SECONDARY, 9, 2);
}

static void
draw_answers(const struct map *map, double y)
{
    static const enum measure_id ids[3] = {M_SYSTEM_NEEDED_SEED_RAW, M_SYSTEM_NEEDED_SEED_CLEAN,
                                           M_SYSTEM_NEEDED_TIME_TRUE};
    static const char *const keys[3] = {"seed_raw", "seed_clean", "time_true"};
    double most = 0, value;
    for (int i = 0; i < 3; i++)
        if (voice_has(map->voice, ids[i], &value))
            most = fmax(most, value);
    scene_paragraph(map->scene, 0, y + 8, 310, voice_tell(map->voice, "map.answers.title"), 9, true,
                    INK_TEXT, 11, 1);
    for (int i = 0; i < 3; i++)
        draw_answer(map, ids[i], keys[i], most, y + 18 + 24 * i,
                    i == 2 ? INK_ACCENT : INK_ACCENT_MID);
}

static void
draw_horizons(const struct map *map, double x, double y)
{
    static const enum measure_id ids[3] = {M_FORECAST_EXPECTED, M_FORECAST_NEXT, M_FORECAST_STEADY};
    static const char *const keys[3] = {"this", "next", "steady"};
    double quota, room = CHART_WIDTH - x;
    bool has_quota = voice_has(map->voice, M_FORECAST_QUOTA, &quota) && quota > 0;
    scene_text(map->scene, x, y + 8, voice_tell(map->voice, "map.horizons.title"), 9, true,
               INK_TEXT, ANCHOR_START, room);
    for (int i = 0; i < 3; i++) {
        double value, top = y + 18 + 24 * i;
        bool known = voice_has(map->voice, ids[i], &value);
        scene_text(map->scene, x, top + 9, voice_tell(map->voice, key_of(map, keys[i], "name")), 8,
                   false, INK_TEXT, ANCHOR_START, 62);
        if (known && has_quota) {
            chart_against(map->scene, x + 66, top, room - 66 - 36, 11, value / quota, 1, 0, 0);
            scene_text(map->scene, CHART_WIDTH, top + 9, voice_share(map->voice, value / quota),
                       8.5, true, INK_TEXT, ANCHOR_END, 34);
        } else {
            scene_text(map->scene, x + 66, top + 9,
                       known ? voice_money(map->voice, value) : voice_why(map->voice, WHY_NO_DATA),
                       8, true, INK_TEXT, ANCHOR_START, room - 66);
        }
    }
}

static struct doc_table *
tabulate(const struct voice *voice)
{
    struct doc *doc = voice->doc;
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    const struct doc_column columns[] = {{voice_tell(voice, "map.table.part"), ALIGN_START, 0},
                                         {voice_tell(voice, "map.table.ratio"), ALIGN_END, 0},
                                         {voice_tell(voice, "map.table.n"), ALIGN_END, 0}};
    struct doc_table *table = build_table(doc, NULL, 3, columns, job->row_count);
    for (uint32_t r = 0; r < job->row_count; r++) {
        const struct cell *key = measure_field(&job->row[r], F_KEY);
        double ratio = measure_number(&job->row[r], F_RATIO, NAN),
               n = measure_number(&job->row[r], F_N, NAN);
        if (!key || key->kind != CELL_TEXT)
            continue;
        struct doc_row *row = build_row(doc, table, ROW_BODY);
        build_cell(doc, row, 0,
                   voice_tell(voice, arena_printf(doc->arena, "factors.%s", key->text)), RUN_PLAIN);
        build_cell(doc, row, 1, isnan(ratio) ? "\xE2\x80\x93" : voice_share(voice, ratio),
                   RUN_PLAIN);
        build_cell(doc, row, 2, isnan(n) ? "\xE2\x80\x93" : voice_count(voice, n), RUN_PLAIN);
    }
    return table;
}

void
system_map(const struct voice *voice, struct block *section)
{
    const char *binding = binding_factor(voice);
    const struct cells *gain = measure_key(voice_measure(voice, M_SYSTEM_GAINS), binding);
    bool binds = strcmp(binding, "none") != 0;
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_SYSTEM_BINDING, binds ? "system_map" : "system_map_balanced",
        WORDS("part", voice_tell(voice, arena_printf(voice->doc->arena, "factors.%s", binding))),
        NUMBER("worth", gain ? measure_number(gain, F_VALUE, 0) : 0));
    struct map map = {voice, exhibit->scene, (CHART_WIDTH - GAP * (PARTS - 1)) / (double)PARTS,
                      binding};
    for (int part = 0; part < PARTS; part++)
        draw_part(&map, part);
    for (int part = 0; part + 1 < PARTS; part++)
        draw_arrow(&map, part);
    double y = draw_calls(&map, BOX_TOP + BOX_HEIGHT + 10) + 14;
    draw_answers(&map, y);
    draw_horizons(&map, 336, y);
    exhibit->scene->height = y + 18 + 24 * 3;
    exhibit->table = tabulate(voice);
}

void
system_whole_job(const struct voice *voice, struct block *section)
{
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    if (job->row_count == 0)
        return;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_WHOLE_JOB, "whole_job", NUMBER("n", job->row_count));
    exhibit->scene->height = 24.0 * job->row_count;
    for (uint32_t r = 0; r < job->row_count; r++) {
        const struct cells *row = &job->row[r];
        const struct cell *key = measure_field(row, F_KEY);
        double y = 24.0 * r, ratio = measure_number(row, F_RATIO, NAN),
               n = measure_number(row, F_N, NAN);
        if (!key || key->kind != CELL_TEXT)
            continue;
        scene_text(exhibit->scene, 0, y + 10,
                   voice_tell(voice, arena_printf(voice->doc->arena, "factors.%s", key->text)), 8.5,
                   false, INK_TEXT, ANCHOR_START, 130);
        if (isnan(ratio)) {
            scene_text(exhibit->scene, 138, y + 10, voice_tell(voice, "map.no_need"), 8, false,
                       INK_MUTED, ANCHOR_START, 240);
            continue;
        }
        chart_against(exhibit->scene, 138, y + 1, 240, 10, ratio, 1, ratio,
                      measure_number(row, F_HIGH, 0));
        scene_text(exhibit->scene, 390, y + 10,
                   SAY(voice, "map.job_row", NUMBER("ratio", ratio), NUMBER("n", isnan(n) ? 0 : n)),
                   8, false, INK_SECONDARY, ANCHOR_START, 121);
    }
    exhibit->table = tabulate(voice);
}
