/* The believable one: a team pack with charts and tables as pack makes them. */
#include "fixture.h"

#include "build.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct doc *
fixture_empty(void)
{
    struct arena *arena = arena_new();
    struct doc *doc = arena_alloc(arena, sizeof *doc);
    doc->arena = arena;
    doc->lang = "en-GB";
    doc->title = "Team North, October 2026";
    doc->subtitle = "Quarter to 31 October 2026, as of 15 October 2026, amounts in EUR";
    doc->company = "Northwind";
    doc->author = "Northwind";
    doc->subject = "Sales execution pack";
    doc->as_of = "15 October 2026";
    doc->as_of_iso = "2026-10-15";
    doc->run_id = "3f2a9c81d04e";
    doc->classification = "Confidential";
    doc->footer = "Not sufficient for personnel decisions";
    doc->reconciliation = "11 of 11 identities tie";
    doc->paper = "A4";
    doc->accent = "#12436D";
    doc->templates = SOURCE_DIR "/templates";
    doc->words.page_of = "Page {page} of {pages}";
    doc->words.contents = "Contents";
    doc->words.numbers = "The numbers";
    doc->words.continued = "continued";
    doc->words.skip_link = "Skip to the content";
    doc->words.appendix_prefix = "A-";
    return doc;
}

static const char *const sellers[] = {
    "Ana Díaz",      "Bob O’Brien",    "Chen Wei",      "Dorota Żółć",
    "Émile Lefèvre", "Fatima Haddad",  "George Baker",  "Hanna Müller",
    "Ivan Petrov",   "Jana Nováková",  "Kofi Mensah",   "Lars Ångström",
    "María Ibáñez",  "Nils Østergård", "Olga Smirnova", "Pedro Conceição"};

struct scene *
fixture_bars(struct doc *doc, const struct metrics *metrics, double width, const char *const *name,
             const double *value, uint32_t count)
{
    struct scene *scene = scene_new(doc->arena, metrics, width, 20 + 18 * count);
    double left = width * 0.28, room = width * 0.6, most = 1;
    char text[32];
    for (uint32_t i = 0; i < count; i++)
        most = fmax(most, value[i]);
    scene_line(scene, left, 4, left, 12 + 18 * count, INK_AXIS, 0.6, 0);
    for (uint32_t i = 0; i < count; i++) {
        double y = 10 + 18 * i, length = room * value[i] / most;
        scene_text(scene, left - 8, y + 9, name[i], 8.5, false, INK_TEXT, ANCHOR_END, left - 10);
        scene_rect(scene, left, y, length, 11, i == 0 ? INK_ACCENT : INK_RULE, INK_NONE, 0);
        snprintf(text, sizeof text, "%.1f", value[i]);
        scene_text(scene, left + length + 5, y + 9, text, 8.5, i == 0, INK_TEXT, ANCHOR_START, 0);
    }
    return scene;
}

/* Have against need: raw, clean and time-true coverage as dots on a line. */
static struct scene *
dumbbells(struct doc *doc, const struct metrics *metrics, double width)
{
    struct scene *scene = scene_new(doc->arena, metrics, width, 200);
    double left = 120, room = width - left - 60;
    for (int tick = 0; tick <= 4; tick++) {
        double x = left + room * tick / 4;
        char text[8];
        snprintf(text, sizeof text, "%d", tick);
        scene_line(scene, x, 14, x, 184, INK_GRID, 0.6, 0);
        scene_text(scene, x, 196, text, 7.5, false, INK_MUTED, ANCHOR_MIDDLE, 0);
    }
    for (int i = 0; i < 8; i++) {
        double y = 24 + 21 * i, raw = left + room * (0.45 + 0.06 * (i % 5)),
               clean = raw - room * 0.05 * (1 + i % 4),
               need = left + room * (0.35 + 0.04 * (i % 7));
        scene_text(scene, left - 10, y + 3, sellers[i], 8.5, false, INK_TEXT, ANCHOR_END,
                   left - 12);
        scene_line(scene, clean, y, raw, y, INK_ACCENT_MID, 2, 0);
        scene_circle(scene, raw, y, 3.6, INK_PAPER, INK_ACCENT, 1.2);
        scene_circle(scene, clean, y, 3.8, INK_ACCENT, INK_NONE, 0);
        scene_line(scene, need, y - 7, need, y + 7, INK_TEXT, 1.6, 0);
    }
    scene_text(scene, left, 9, "own need |   clean ●   raw ○", 7.5, false, INK_MUTED, ANCHOR_START,
               0);
    return scene;
}

static struct scene *
waterfall(struct doc *doc, const struct metrics *metrics, double width)
{
    static const char *const names[] = {"Opening", "Created", "Won",    "Lost",
                                        "Slipped", "Resized", "Closing"};
    static const double steps[] = {4.2, 1.6, -0.9, -0.7, -0.5, 0.2, 3.9};
    struct scene *scene = scene_new(doc->arena, metrics, width, 190);
    double level = 0, step = (width - 40) / 7, scale = 24;
    for (int i = 0; i < 7; i++) {
        bool whole = i == 0 || i == 6;
        double from = whole ? 0 : level, to = whole ? steps[i] : level + steps[i];
        double x = 20 + step * i + 8, top = 160 - fmax(from, to) * scale;
        char text[16];
        struct shape *bar = scene_rect(scene, x, top, step - 16, fabs(to - from) * scale,
                                       whole ? INK_ACCENT : INK_ACCENT_MID, INK_ACCENT, 0.6);
        if (!whole && steps[i] < 0)
            bar->pattern = PATTERN_HATCH;
        snprintf(text, sizeof text, whole ? "%.1f" : "%+.1f", steps[i]);
        scene_text(scene, x + (step - 16) / 2, top - 4, text, 8.5, whole, INK_TEXT, ANCHOR_MIDDLE,
                   0);
        scene_text(scene, x + (step - 16) / 2, 174, names[i], 8, false, INK_SECONDARY,
                   ANCHOR_MIDDLE, step);
        level = to;
        if (i < 6)
            scene_line(scene, x + step - 16, 160 - level * scale, x + step, 160 - level * scale,
                       INK_AXIS, 0.6, 0);
    }
    scene_line(scene, 20, 160, width - 20, 160, INK_AXIS, 0.8, 0);
    return scene;
}

static struct scene *
distribution(struct doc *doc, const struct metrics *metrics, double width)
{
    enum { POINTS = 60 };
    struct scene *scene = scene_new(doc->arena, metrics, width, 170);
    double point[2 * (POINTS + 2)];
    for (int i = 0; i < POINTS; i++) {
        double z = (i - 26) / 9.0;
        point[2 * i] = 20 + (width - 40) * i / (POINTS - 1);
        point[2 * i + 1] = 140 - 105 * exp(-z * z / 2);
    }
    point[2 * POINTS] = width - 20, point[2 * POINTS + 1] = 140;
    point[2 * POINTS + 2] = 20, point[2 * POINTS + 3] = 140;
    scene_path(scene, POINTS + 2, point, true, INK_ACCENT_LOW, INK_NONE, 0);
    scene_path(scene, POINTS, point, false, INK_NONE, INK_ACCENT, 1.4);
    scene_line(scene, 20, 140, width - 20, 140, INK_AXIS, 0.8, 0);
    double quota = width * 0.58;
    scene_line(scene, quota, 14, quota, 140, INK_TEXT, 1.2, 3);
    scene_text(scene, quota + 5, 22, "Quota 600k", 8.5, true, INK_TEXT, ANCHOR_START, 0);
    scene_text(scene, quota + 5, 34, "chance 28 %", 8.5, false, INK_SECONDARY, ANCHOR_START, 0);
    scene_text(scene, width * 0.44, 156, "P10 360k · P50 516k · P90 672k", 8, false, INK_SECONDARY,
               ANCHOR_MIDDLE, 0);
    return scene;
}

static struct doc_table *
long_table(struct doc *doc, const char *caption, uint32_t rows, uint32_t seed)
{
    static const struct doc_column columns[] = {
        {"Seller", ALIGN_START, 0},        {"Deals", ALIGN_END, 0},
        {"Pipeline, EUR k", ALIGN_END, 0}, {"Clean, EUR k", ALIGN_END, 0},
        {"Coverage", ALIGN_END, 0},        {"Own need", ALIGN_END, 0},
        {"Win rate, %", ALIGN_END, 0},     {"Next step", ALIGN_START, 0}};
    static const char *const next[] = {"Contract review", "Meet the board", "Pilot until March",
                                       "Offer sent", "–"};
    struct doc_table *table = build_table(doc, caption, 8, columns, rows + 1);
    char text[64];
    for (uint32_t r = 0; r <= rows; r++) {
        struct doc_row *row = build_row(doc, table, r == rows ? ROW_TOTAL : ROW_BODY);
        uint32_t value = (r * 7919 + seed * 104729) % 9000 + 300;
        if (r == rows)
            build_cell(doc, row, 0, "Team", RUN_PLAIN);
        else
            build_cell(doc, row, 0, sellers[(r + seed) % 16], RUN_CRM);
        snprintf(text, sizeof text, "%u", value % 40);
        build_cell(doc, row, 1, text, RUN_PLAIN);
        snprintf(text, sizeof text, "%u,%03u", value / 1000 + 1, value % 1000);
        build_cell(doc, row, 2, text, RUN_PLAIN);
        snprintf(text, sizeof text, "%u", value % 997);
        build_cell(doc, row, 3, text, RUN_PLAIN);
        snprintf(text, sizeof text, "%u.%u", value % 4, value % 10);
        build_cell(doc, row, 4, text, RUN_PLAIN);
        snprintf(text, sizeof text, "%u.%u", value % 3 + 1, value % 7);
        build_cell(doc, row, 5, text, RUN_PLAIN);
        snprintf(text, sizeof text, "%u", value % 60 + 10);
        build_cell(doc, row, 6, text, RUN_PLAIN);
        build_cell(doc, row, 7, next[value % 5], RUN_PLAIN);
    }
    table->note =
        "Coverage and need in multiples of the gap to quota; may not sum because of rounding.";
    return table;
}

static struct block *
section(struct doc *doc, const char *anchor, const char *title, bool new_page)
{
    struct block *block = build_titled(doc, NULL, BLOCK_SECTION, anchor, title);
    block->new_page = new_page;
    return block;
}

static void
exhibit(struct doc *doc, struct block *parent, struct doc_exhibit exhibit)
{
    struct block *block = build_titled(doc, parent, BLOCK_EXHIBIT, NULL, NULL);
    block->exhibit = arena_alloc(doc->arena, sizeof exhibit);
    *block->exhibit = exhibit;
}

static void
table(struct doc *doc, struct block *parent, struct doc_table *rows)
{
    build_titled(doc, parent, BLOCK_TABLE, NULL, NULL)->table = rows;
}

static void
fill_summary(struct doc *doc)
{
    static const struct doc_figure figures[] = {
        {"forecast.expected", "Expected by 31 October", "516", "EUR k",
         "86 % of quota; P10–P90 360–672"},
        {"forecast.chance", "Chance of quota", "28 %", NULL, "interval 19–39 %"},
        {"pipeline.clean", "Clean pipeline", "576", "EUR k", "12 of 16 deals; 4 fail integrity"},
        {"winning.rate", "Win rate", "40 %", NULL, "27–54 %, n = 20"},
        {"deals.cycle", "Time to win", "60", "days", "median, n = 20"},
        {"calls.two_way", "Two-way conversations", "46 %", NULL, "n = 312"}};
    struct block *page = section(doc, "summary", "Summary", false);
    build_text(doc, page, BLOCK_LEAD,
               "Prospecting binds: raising it to the team’s upper quartile is worth EUR 48k by "
               "31 October, more than any other part of the job.");
    build_text(doc, page, BLOCK_LEAD,
               "The quarter is expected at 86 % of quota, next quarter at 77 %, and the steady "
               "state at 72 %: the number is not sustained by what is being created now.");
    build_text(doc, page, BLOCK_LEAD, "Four of sixteen open deals will not close as they stand.");
    struct block *block = build_titled(doc, page, BLOCK_FIGURES, NULL, NULL);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        build_figure(doc, block, figures[i]);
    struct block *ask = build_titled(doc, page, BLOCK_ASK, NULL, "One ask");
    ask->text = build_runs(doc,
                           "Free two afternoons a week of four sellers for the 19 untouched "
                           "accounts of the ideal profile until the end of November.",
                           RUN_PLAIN);
    struct block *finding = build_titled(doc, page, BLOCK_FINDING, "finding.silent", "Silence");
    finding->text =
        build_runs(doc, "Nothing was heard for 30 days from 3 of the 16 deals, ", RUN_PLAIN);
    build_run(doc, &finding->text, "EUR 144k", RUN_BOLD, NULL);
    build_run(doc, &finding->text, " in all; see ", RUN_PLAIN, NULL);
    build_run(doc, &finding->text, "the deals", RUN_PLAIN, "deals");
    build_run(doc, &finding->text, ".", RUN_PLAIN, NULL);
    build_titled(doc, page, BLOCK_CONTENTS, NULL, NULL);
}

static void
fill_charts(struct doc *doc, const struct metrics *metrics)
{
    static const double values[] = {9.5, 7.2, 6.1, 4.4, 3.3, 2.0};
    struct block *page = section(doc, "territory", "Territory and prospecting", true);
    exhibit(doc, page,
            (struct doc_exhibit){
                "territory.whitespace", "Ana Díaz holds the largest untouched potential",
                "Potential not covered in 90 days, EUR m, October 2026, n = 50 accounts",
                "Bars: six sellers from 9.5 down to 2.0 million euro.",
                "Accounts without an owner are left out.",
                fixture_bars(doc, metrics, 511, sellers, values, 6),
                long_table(doc, "Potential by seller", 6, 3)});
    exhibit(doc, page,
            (struct doc_exhibit){
                "pipeline.coverage", "Clean coverage falls short of the own need in 5 of 8",
                "Multiples of the gap to quota, quarter to 31 October, n = 8 sellers",
                "Dots for raw and clean coverage of eight sellers against a tick for need.", NULL,
                dumbbells(doc, metrics, 511), long_table(doc, "Coverage", 8, 5)});
    page = section(doc, "pipeline", "Pipeline", true);
    struct block *pair = build_titled(doc, page, BLOCK_EXHIBIT_PAIR, NULL, NULL);
    exhibit(doc, pair,
            (struct doc_exhibit){"pipeline.movement", "The pipeline shrank by EUR 0.3m",
                                 "EUR m, 1 August to 15 October",
                                 "Steps from 4.2 opening to 3.9 closing.", NULL,
                                 waterfall(doc, metrics, 245), long_table(doc, "Movement", 7, 1)});
    exhibit(doc, pair,
            (struct doc_exhibit){"forecast.distribution", "Quota is reached in 28 of 100 futures",
                                 "EUR k at 31 October", "A bell left of the quota line at 600.",
                                 NULL, distribution(doc, metrics, 245), NULL});
}

void
fixture_fill_team(struct doc *doc, const struct metrics *metrics)
{
    static const char *const titles[] = {"Pipeline by seller", "Open deals", "Winning",
                                         "Engagement",         "Forecast",   "Levers"};
    static const char *const anchors[] = {"sellers",    "deals",    "winning",
                                          "engagement", "forecast", "levers"};
    char caption[64];
    fill_summary(doc);
    fill_charts(doc, metrics);
    for (uint32_t i = 0; i < 6; i++) {
        struct block *page = section(doc, anchors[i], titles[i], false);
        build_text(
            doc, page, BLOCK_PARAGRAPH,
            "Every figure is that of the seller’s own last four quarters, shrunk towards the "
            "team where there is little evidence. No order of merit is meant.");
        snprintf(caption, sizeof caption, "%s, quarter to 31 October", titles[i]);
        table(doc, page, long_table(doc, caption, 40, i));
    }
    struct block *page = section(doc, "judgement", "Your judgement", false);
    struct block *list = build_titled(doc, page, BLOCK_LIST, NULL, NULL);
    build_text(doc, list, BLOCK_PARAGRAPH, "Which of the four deals would you let go today?");
    build_text(doc, list, BLOCK_PARAGRAPH,
               "What would have to be true for the steady state to reach quota?");
    build_titled(doc, page, BLOCK_JUDGEMENT, NULL, "Manager")->lines = 3;
    build_titled(doc, page, BLOCK_JUDGEMENT, NULL, "Seller")->lines = 3;
    page = section(doc, "definitions", "Definitions", false);
    page->appendix = true;
    for (int i = 0; i < 8; i++)
        build_text(
            doc, page, BLOCK_PARAGRAPH,
            "Clean pipeline: open qualified deals without a fatal flag. A flag is fatal where "
            "the rules of the configuration say so.");
}
