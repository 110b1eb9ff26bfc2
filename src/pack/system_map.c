/* The page that makes the product: five parts from left to right, have against need on each, the
 * rates on the arrows, one heavy outline at the link that binds now. */
#include "system_map.h"

#include "amount.h"
#include "chart_rows.h"
#include "system_answers.h"

#include <math.h>
#include <string.h>

enum { PARTS = 5, GAP = 14, BOX_TOP = 25, INSET = 7 };

struct part {
    const char *key;         /* of the whole job, and of the words */
    enum measure_id measure; /* the number on the box */
    enum measure_id low, high;
    enum unit unit; /* of have and need */
};

/* low = high: the interval is the measure's own; MEASURE_COUNT: there is none. */
static const struct part parts[PARTS] = {
    {"territory", M_TERRITORY_COVERAGE_NUMBER, MEASURE_COUNT, MEASURE_COUNT, UNIT_SHARE},
    {"prospecting", M_PROSPECTING_CREATION, MEASURE_COUNT, MEASURE_COUNT, UNIT_COUNT},
    {"win", M_DEALS_WIN_RATE_OWN, M_DEALS_WIN_RATE_OWN, M_DEALS_WIN_RATE_OWN, UNIT_SHARE},
    {"pipeline", M_PIPELINE_CLEAN, MEASURE_COUNT, MEASURE_COUNT, UNIT_COUNT},
    {"forecast", M_FORECAST_EXPECTED, M_FORECAST_P10, M_FORECAST_P90, UNIT_MONEY},
};

struct map {
    const struct voice *voice;
    struct scene *scene;
    double width; /* of a box */
    const char *binding;
    const char *also; /* factors worth nearly as much, blank-separated */
    double most;      /* of all bars, as a multiple of the need */
    double height;    /* of a box */
    double small, leading;
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
    const char *key = voice_cell_text(&measure->fields, F_VALUE);
    return measure->why == WHY_NONE && key[0] ? key : "unknown";
}

/* Whether a factor of this part is worth nearly as much as the binding one. */
static bool
binds_too(const char *also, const char *part)
{
    char factor[32];
    while (*also) {
        size_t length = strcspn(also, " ");
        if (length < sizeof factor) {
            memcpy(factor, also, length);
            factor[length] = '\0';
            if (strcmp(part_of(factor), part) == 0)
                return true;
        }
        also += length + strspn(also + length, " ");
    }
    return false;
}

static const char *
key_of(const struct map *map, const char *part, const char *what)
{
    return arena_printf(map->voice->doc->arena, "map.%s.%s", part, what);
}

static const char *
written(const struct voice *voice, enum unit unit, double value)
{
    return unit == UNIT_SHARE   ? voice_share(voice, value)
           : unit == UNIT_MONEY ? voice_short_money(voice, value)
                                : voice_count(voice, value);
}

/* The largest gain of the factors that belong to a part; NAN without. */
static double
worth_of(const struct map *map, const struct part *part)
{
    const struct measure *gains = voice_measure(map->voice, M_SYSTEM_GAINS);
    double worth = NAN, gain;
    for (uint32_t r = 0; gains->why == WHY_NONE && r < gains->row_count; r++) {
        if (strcmp(part_of(voice_cell_text(&gains->row[r], F_KEY)), part->key) == 0 &&
            voice_cell(&gains->row[r], F_VALUE, &gain))
            worth = isnan(worth) ? gain : fmax(worth, gain);
    }
    return worth;
}

/* The largest size of four at which a number fits into its box. */
static void
draw_number(const struct map *map, const char *text, double x, double y)
{
    static const double sizes[] = {17, 15, 13.5, 12, 10.5};
    double room = map->width - 2 * INSET, size = sizes[4];
    for (int i = 4; i >= 0; i--)
        if (chart_text_width(map->voice, text, sizes[i], true) <= room)
            size = sizes[i];
    scene_text(map->scene, x + INSET, y, text, size, true, INK_TEXT, ANCHOR_START, room);
}

static bool
find_interval(const struct map *map, const struct part *part, double *low, double *high)
{
    if (part->low == MEASURE_COUNT)
        return false;
    bool own = part->low == part->high;
    uint32_t scope = map->voice->scope;
    return voice_field(map->voice, scope, part->low, own ? F_LOW : F_VALUE, low) &&
           voice_field(map->voice, scope, part->high, own ? F_HIGH : F_VALUE, high);
}

/* Whether a part's number is one that nobody expects yet of somebody who is starting. */
static bool
is_early(const struct voice *voice, const char *part)
{
    return voice_starting(voice) && strcmp(part, "forecast") == 0;
}

/* The bar of have against need, its whisker, and the need in words. */
static void
draw_against(const struct map *map, const struct part *part, double x, double y)
{
    const struct measure *job = voice_measure(map->voice, M_SYSTEM_WHOLE_JOB);
    const struct cells *row = job->why == WHY_NONE ? measure_key(job, part->key) : NULL;
    double have, need, low = 0, high = 0, room = map->width - 2 * INSET;
    if (is_early(map->voice, part->key))
        return; /* the box has said so */
    if (!voice_cell(row, F_HAVE, &have) || !voice_cell(row, F_NEED, &need) || need <= 0) {
        scene_paragraph(map->scene, x + INSET, y + 8, room, voice_tell(map->voice, "map.no_need"),
                        map->small, false, INK_MUTED, map->leading, 2);
        return;
    }
    bool ranged = find_interval(map, part, &low, &high);
    chart_against(map->scene, x + INSET, y, room, 8, map->most, have / need,
                  ranged ? low / need : 0, ranged ? high / need : 0);
    const char *words =
        SAY(map->voice, "map.need", WORDS("need", written(map->voice, part->unit, need)),
            WORDS("part", part->key));
    const char *share = voice_share(map->voice, have / need);
    double taken = chart_text_width(map->voice, share, map->small, true);
    scene_text(map->scene, x + INSET, y + 25, words, map->small, false, INK_SECONDARY, ANCHOR_START,
               room - taken - 4);
    scene_text(map->scene, x + INSET + room, y + 25, share, map->small, true, INK_TEXT, ANCHOR_END,
               0);
}

/* The words that mark the link, on the upper edge of its box. */
static void
draw_tag(const struct map *map, double x, const char *key, double weight)
{
    const char *words = voice_tell(map->voice, key);
    double width = chart_text_width(map->voice, words, map->small, true) + 10;
    struct shape *tag = scene_rect(map->scene, x + map->width - width - 6, BOX_TOP - 6.5, width, 13,
                                   INK_PAPER, INK_BINDING, weight);
    tag->radius = 2;
    scene_text(map->scene, x + map->width - width - 1, BOX_TOP + 2.6, words, map->small, true,
               INK_TEXT, ANCHOR_START, 0);
}

static void
draw_worth(const struct map *map, const struct part *part, double x, bool binds)
{
    double worth = worth_of(map, part);
    if (isnan(worth) || worth <= 0)
        return;
    scene_text(map->scene, x + INSET, BOX_TOP + map->height - 9,
               SAY(map->voice, "map.worth",
                   WORDS("worth", amount_text(map->voice,
                                              amount_unit_of(map->voice, M_SYSTEM_GAINS), worth))),
               map->small, binds, binds ? INK_TEXT : INK_SECONDARY, ANCHOR_START,
               map->width - 2 * INSET);
}

/* What is told of a part below its number; amounts beside one another have one unit. */
static const char *
detail_of(const struct map *map, const struct part *part)
{
    static const enum measure_id ids[3] = {M_FORECAST_BOOKED, M_FORECAST_EXISTING, M_FORECAST_NEW};
    const struct voice *voice = map->voice;
    const char *text[3];
    if (strcmp(part->key, "forecast") != 0)
        return voice_tell(voice, key_of(map, part->key, "detail"));
    struct amount_unit unit = amount_unit_over(voice, NULL, ids, 3);
    for (int i = 0; i < 3; i++) {
        double value = 0;
        text[i] = voice_has(voice, ids[i], &value)
                      ? amount_text(voice, unit, value)
                      : voice_why(voice, voice_measure(voice, ids[i])->why);
    }
    return SAY(voice, "map.forecast.detail", WORDS("booked", text[0]), WORDS("open", text[1]),
               WORDS("new", text[2]));
}

static void
draw_part(const struct map *map, int index)
{
    const struct part *part = &parts[index];
    const struct measure *measure = voice_measure(map->voice, part->measure);
    double x = index * (map->width + GAP), inside = map->width - 2 * INSET;
    bool binds = strcmp(part_of(map->binding), part->key) == 0;
    enum why why = is_early(map->voice, part->key) ? WHY_NOT_YET_EXPECTED : measure->why;
    struct shape *box = scene_rect(map->scene, x, BOX_TOP, map->width, map->height, INK_NONE,
                                   binds ? INK_BINDING : INK_RULE, binds ? 2.6 : 0.8);
    box->radius = 3;
    if (binds)
        draw_tag(map, x, arena_printf(map->voice->doc->arena, "map.binds.%s", map->binding), 1.4);
    else if (binds_too(map->also, part->key))
        draw_tag(map, x, "map.binds_too", 0.8);
    scene_text(map->scene, x + INSET, BOX_TOP + 18,
               voice_tell(map->voice, key_of(map, part->key, "name")), map->small + 1.5, true,
               INK_SECONDARY, ANCHOR_START, inside);
    if (why != WHY_NONE) {
        draw_number(map, "\xE2\x80\x93", x, BOX_TOP + 37);
        scene_paragraph(map->scene, x + INSET, BOX_TOP + 38 + map->leading * 1.25, inside,
                        voice_why(map->voice, why), map->small, false, INK_MUTED, map->leading, 4);
    } else {
        double lambda = measure_number(&measure->fields, F_VALUE, 0);
        draw_number(map,
                    SAY(map->voice, key_of(map, part->key, "number"),
                        NUMBER("a_period", lambda * period_length(map->voice->dataset->period))),
                    x, BOX_TOP + 37);
        scene_paragraph(map->scene, x + INSET, BOX_TOP + 38 + map->leading * 1.25, inside,
                        detail_of(map, part), map->small, false, INK_SECONDARY, map->leading,
                        4 + (map->height > 150));
    }
    draw_against(map, part, x, BOX_TOP + map->height - 44);
    draw_worth(map, part, x, binds);
}

/* From a part to the next, with the rate at which the one becomes the other. */
static void
draw_arrow(const struct map *map, int part)
{
    static const enum measure_id rates[PARTS - 1] = {
        M_PROSPECTING_ACCOUNTS_PER_DEAL, M_PROSPECTING_RATE, M_PIPELINE_COVERAGE_NEEDED_NUMBER,
        M_FORECAST_EXISTING};
    double x = (part + 1) * (map->width + GAP) - GAP, y = BOX_TOP + map->height / 2.0, rate;
    const double head[] = {x + GAP - 1, y, x + GAP - 6, y - 3.2, x + GAP - 6, y + 3.2};
    scene_line(map->scene, x + 2, y, x + GAP - 5, y, INK_TEXT, 1.1, 0);
    scene_path(map->scene, 3, head, true, INK_TEXT, INK_NONE, 0);
    if (!voice_has(map->voice, rates[part], &rate) || rate <= 0)
        return;
    double middle = x + GAP / 2.0;
    scene_line(map->scene, middle, BOX_TOP - 9, middle, y - 5, INK_RULE, 0.6, 1.5);
    scene_text(map->scene, middle, BOX_TOP - 13,
               SAY(map->voice, key_of(map, parts[part].key, "arrow"), NUMBER("one_in", 1 / rate),
                   NUMBER("inverse", 1 / rate),
                   WORDS("size", rate >= 1.15   ? "many"
                                 : rate <= 0.87 ? "few"
                                                : "one")),
               map->small, false, INK_SECONDARY, ANCHOR_MIDDLE, map->width + GAP - 6);
}

/* What can be told of engagement, in a row. */
static const char *
calls_detail(const struct voice *voice)
{
    static const enum measure_id ids[] = {M_CALLS_TWO_WAY_SHARE, M_CALLS_PEOPLE, M_CALLS_NEW_PEOPLE,
                                          M_CALLS_REPEAT_SHARE, M_CALLS_CAPTURE};
    struct arena *arena = voice->doc->arena;
    const char *line = "";
    double value;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (voice_has(voice, ids[i], &value))
            line = arena_printf(
                arena, "%s%s%s", line, line[0] ? " \xC2\xB7 " : "",
                voice_tell(voice, arena_printf(arena, "map.%s", measure_table[ids[i]].name)));
    return line;
}

/* Calls feed every part: one line, without a need, because there is no honest one. */
static double
draw_calls(const struct map *map, double y)
{
    enum why why = voice_measure(map->voice, M_CALLS_TWO_WAY_SHARE)->why;
    const char *name = voice_tell(map->voice, "map.calls.name");
    const char *detail = why == WHY_NONE ? calls_detail(map->voice)
                                         : voice_lacks(map->voice, M_CALLS_TWO_WAY_SHARE, why);
    double left = chart_text_width(map->voice, name, CHART_TEXT, true) + 20,
           room = map->scene->width - left - 8;
    bool two = chart_text_width(map->voice, detail, map->small, false) > room;
    double height = two ? 30 : 21;
    scene_rect(map->scene, 0, y, map->scene->width, height, INK_GRID, INK_NONE, 0);
    scene_text(map->scene, 8, y + height / 2 + 2.8, name, CHART_TEXT, true, INK_SECONDARY,
               ANCHOR_START, left - 12);
    scene_paragraph(map->scene, left, y + (two ? 12.5 : 13.2), room, detail, map->small, false,
                    INK_SECONDARY, 9.6, 2);
    return y + height;
}

const char *
system_map_value(const struct voice *voice, const char *key, const struct cells *row,
                 enum field field)
{
    double value = 0;
    enum unit unit = strcmp(key, "forecast") == 0                                      ? UNIT_MONEY
                     : strcmp(key, "prospecting") == 0 || strcmp(key, "pipeline") == 0 ? UNIT_COUNT
                                                                                       : UNIT_SHARE;
    return voice_cell(row, field, &value) ? written(voice, unit, value) : "\xE2\x80\x93";
}

static struct doc_table *
tabulate(const struct voice *voice)
{
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("part", "have", "need", "of_need"), 0, job->row_count);
    for (uint32_t r = 0; r < job->row_count; r++) {
        const char *key = voice_cell_text(&job->row[r], F_KEY);
        double ratio = 0;
        bool known = voice_cell(&job->row[r], F_RATIO, &ratio), early = is_early(voice, key);
        known = known && !early;
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(voice_term(voice, "job", key),
                             early ? voice_why(voice, WHY_NOT_YET_EXPECTED)
                                   : system_map_value(voice, key, &job->row[r], F_HAVE),
                             system_map_value(voice, key, &job->row[r], F_NEED),
                             known ? voice_share(voice, ratio) : "\xE2\x80\x93"));
    }
    return table;
}

/* One scale for the five bars, so that their ticks stand at one place. */
static double
find_most(const struct voice *voice)
{
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    double most = 1.3, ratio;
    for (uint32_t r = 0; job->why == WHY_NONE && r < job->row_count; r++)
        if (voice_cell(&job->row[r], F_RATIO, &ratio))
            most = fmax(most, fmin(ratio, 2));
    return most;
}

/* Whether the binding factor has what a steady period needs: it binds by its worth alone. Its own
 * need counts, not that of the part it is drawn in: a full pipeline may lack integrity. */
static bool
is_met(const struct voice *voice, const char *factor)
{
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    const struct cells *row = job->why == WHY_NONE ? measure_key(job, factor) : NULL;
    double ratio;
    return voice_cell(row, F_RATIO, &ratio) && ratio >= 1;
}

void
system_map(const struct voice *voice, struct block *section)
{
    const char *binding = binding_factor(voice);
    const struct cells *gain = measure_key(voice_measure(voice, M_SYSTEM_GAINS), binding);
    const char *also =
        voice_cell_text(&voice_measure(voice, M_SYSTEM_BINDING)->fields, F_CO_BINDING);
    double worth = 0;
    voice_cell(gain, F_VALUE, &worth);
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_BINDING, "map", WORDS("binding", binding),
                WORDS("alone", also[0] ? "no" : "yes"),
                WORDS("part", voice_term(voice, "factors", binding)),
                WORDS("met", is_met(voice, binding) ? "yes" : "no"), NUMBER("worth", worth));
    struct map map = {.voice = voice,
                      .scene = exhibit->scene,
                      .width = (voice->width - GAP * (PARTS - 1)) / (double)PARTS,
                      .binding = binding,
                      .also = also,
                      .most = find_most(voice),
                      .height = voice->seller_sheet ? 126 : 168,
                      .small = voice->seller_sheet ? CHART_SMALL : 8.5,
                      .leading = voice->seller_sheet ? 9.2 : 10.4};
    for (int part = 0; part + 1 < PARTS; part++)
        draw_arrow(&map, part);
    for (int part = 0; part < PARTS; part++)
        draw_part(&map, part);
    double below = voice->seller_sheet ? 8 : 16, apart = voice->seller_sheet ? 12 : 36;
    double y = draw_calls(&map, BOX_TOP + map.height + below * (voice->low ? 0.7 : 1));
    exhibit->scene->height =
        system_answers_draw(voice, exhibit->scene, y + apart * (voice->low ? 0.7 : 1));
    exhibit->table = tabulate(voice);
}

/* Have against the steady need of each part, as shares of the need. */
void
system_map_whole_job(const struct voice *voice, struct block *section)
{
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    if (job->why != WHY_NONE || job->row_count == 0) {
        chart_missing(voice, section, M_SYSTEM_WHOLE_JOB, "whole_job",
                      job->why ? job->why : WHY_NO_DATA);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, job->row_count);
    const char *least = "", *part = "";
    double lowest = INFINITY;
    uint32_t known = 0;
    rows->bars = true;
    for (uint32_t r = 0; r < job->row_count; r++) {
        const char *key = voice_cell_text(&job->row[r], F_KEY);
        struct chart_row *row = chart_rows_add(rows, voice_term(voice, "job", key));
        bool early = is_early(voice, key);
        row->has[0] = row->has_need = voice_cell(&job->row[r], F_RATIO, &row->value[0]) && !early;
        row->need = 1;
        row->missing =
            early ? voice_why(voice, WHY_NOT_YET_EXPECTED) : voice_tell(voice, "map.no_need");
        row->text = row->has[0]
                        ? SAY(voice, "map.job_row", NUMBER("ratio", row->value[0]),
                              WORDS("have", system_map_value(voice, key, &job->row[r], F_HAVE)),
                              WORDS("need", system_map_value(voice, key, &job->row[r], F_NEED)))
                        : NULL;
        known += row->has[0];
        if (row->has[0] && row->value[0] < lowest) {
            lowest = row->value[0];
            least = voice_term(voice, "job_short", key);
            part = key;
        }
    }
    rows->limit = 2.5;
    rows->need_legend = voice_tell(voice, "marks.steady_need");
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_WHOLE_JOB, "whole_job", WORDS("least", least),
                WORDS("part", part), NUMBER("lowest", lowest < INFINITY ? lowest : 0),
                WORDS("state", voice_starting(voice)               ? "starting"
                               : known == 0                        ? "unknown"
                               : lowest < 0.6                      ? "behind"
                               : lowest < 1                        ? "near"
                               : known == (uint32_t)job->row_count ? "level"
                                                                   : "level_known"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = tabulate(voice);
}
