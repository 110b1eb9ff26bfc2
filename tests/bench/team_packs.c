/* team_packs DATA FOLDER [html|pdf]: the packs of the writing job by the project's own writers, one
 * process, each pack laid out and written as any other. */
#include "build.h"
#include "pack_data.h"
#include "write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WIDTH 510.0

static struct doc *
new_doc(const struct pack_team *team)
{
    struct arena *arena = arena_new();
    struct doc *doc = arena_alloc(arena, sizeof *doc);
    doc->arena = arena;
    doc->lang = "en-GB";
    doc->title = team->name;
    doc->subtitle = team->period;
    doc->company = doc->author = "Halden Instruments";
    doc->subject = "Sales execution pack";
    doc->as_of = "30 September 2026";
    doc->as_of_iso = "2026-09-30";
    doc->run_id = "000000000000";
    doc->footer = "Not sufficient for personnel decisions";
    doc->reconciliation = "11 of 11 tie";
    doc->paper = "A4";
    doc->accent = "#12436D";
    doc->templates = TEMPLATES;
    doc->words.page_of = "Page {page} of {pages}";
    doc->words.contents = "Contents";
    doc->words.numbers = "The numbers";
    doc->words.continued = "continued";
    doc->words.skip_link = "Skip to the content";
    doc->words.appendix_prefix = "A-";
    return doc;
}

static void
draw_series(struct scene *scene, const struct pack_chart *chart, double left, double scale)
{
    static const enum ink inks[] = {INK_ACCENT, INK_SERIES_2, INK_SERIES_3, INK_SERIES_4};
    double step = (WIDTH - left) / chart->labels, floor = scene->height - 24;
    double point[2 * LABELS_MOST];
    for (uint32_t s = 0; s < chart->series && chart->kind[0] == 'l'; s++) {
        for (uint32_t i = 0; i < chart->labels; i++) {
            point[2 * i] = left + step * (i + 0.5);
            point[2 * i + 1] = floor - chart->value[s][i] * scale;
        }
        scene_path(scene, chart->labels, point, false, INK_NONE, inks[s], 1.4);
    }
    for (uint32_t i = 0; i < chart->labels && chart->kind[0] != 'l'; i++) {
        double level = floor;
        for (uint32_t s = 0; s < chart->series; s++) {
            double height = chart->value[s][i] * scale;
            level -= height;
            scene_rect(scene, left + step * (i + 0.15), level, step * 0.7, height, inks[s],
                       INK_NONE, 0);
        }
    }
    for (uint32_t s = 0; s < chart->series; s++) {
        scene_rect(scene, left + 80 * s, 1, 8, 8, inks[s], INK_NONE, 0);
        scene_text(scene, left + 80 * s + 12, 8, chart->name[s], 8, false, INK_TEXT, ANCHOR_START,
                   66);
    }
}

static struct scene *
draw(struct doc *doc, const struct metrics *metrics, const struct pack_chart *chart)
{
    struct scene *scene = scene_new(doc->arena, metrics, WIDTH, 200);
    double left = 40, scale = 160 / chart->most, step = (WIDTH - left) / chart->labels;
    char text[32];
    for (int tick = 0; tick < 6; tick++) {
        double y = 176 - 160.0 * tick / 5;
        scene_line(scene, left, y, WIDTH, y, INK_GRID, 0.6, 0);
        snprintf(text, sizeof text, "%.0f", chart->most * tick / 5);
        scene_text(scene, left - 4, y + 3, text, 8, false, INK_MUTED, ANCHOR_END, 0);
    }
    for (uint32_t i = 0; i < chart->labels; i++)
        scene_text(scene, left + step * (i + 0.5), 190, chart->label[i], 8, false, INK_SECONDARY,
                   ANCHOR_MIDDLE, step);
    draw_series(scene, chart, left, scale);
    return scene;
}

static void
add_chart(struct doc *doc, struct block *page, const struct metrics *metrics,
          const struct pack_chart *chart)
{
    struct block *block = build_titled(doc, page, BLOCK_EXHIBIT, NULL, NULL);
    block->exhibit = arena_alloc(doc->arena, sizeof *block->exhibit);
    block->exhibit->title = chart->title;
    block->exhibit->alternative = chart->title;
    block->exhibit->scene = draw(doc, metrics, chart);
}

static bool
is_number(const char *cell)
{
    return cell[0] >= '0' && cell[0] <= '9';
}

static void
add_table(struct doc *doc, const struct pack_table *from)
{
    struct block *page = build_titled(doc, NULL, BLOCK_SECTION, NULL, from->title);
    struct doc_column column[COLUMNS_MOST];
    page->new_page = true;
    for (uint32_t c = 0; c < from->columns; c++)
        column[c] = (struct doc_column){from->head[c],
                                        is_number(from->cell[0][c]) ? ALIGN_END : ALIGN_START, 0};
    struct doc_table *table = build_table(doc, from->title, from->columns, column, from->rows);
    for (uint32_t r = 0; r < from->rows; r++) {
        struct doc_row *row = build_row(doc, table, ROW_BODY);
        for (uint32_t c = 0; c < from->columns; c++)
            build_cell(doc, row, c, from->cell[r][c], c == 0 ? RUN_CRM : RUN_PLAIN);
    }
    build_titled(doc, page, BLOCK_TABLE, NULL, NULL)->table = table;
}

static struct doc *
build(const struct pack_team *team, const struct metrics *metrics)
{
    struct doc *doc = new_doc(team);
    struct block *page = build_titled(doc, NULL, BLOCK_SECTION, NULL, "Summary");
    struct block *figures = build_titled(doc, page, BLOCK_FIGURES, NULL, NULL);
    for (uint32_t f = 0; f < team->figures; f++)
        build_figure(doc, figures,
                     (struct doc_figure){.label = team->figure[f][0],
                                         .value = team->figure[f][1],
                                         .detail = team->figure[f][2]});
    for (uint32_t c = 0; c < team->charts; c++)
        add_chart(doc, page, metrics, &team->chart[c]);
    for (uint32_t t = 0; t < team->tables; t++)
        add_table(doc, &team->table[t]);
    return doc;
}

static bool
save(const char *folder, const char *name, const char *extension, const struct buf *bytes)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, extension);
    FILE *file = fopen(path, "wbe");
    bool all = file && fwrite(bytes->bytes, 1, bytes->length, file) == bytes->length;
    all = file && fclose(file) == 0 && all;
    if (!all)
        perror(path);
    return all;
}

static bool
write_team(const struct pack_team *team, struct fonts *fonts, const char *folder, const char *only,
           struct buf *bytes)
{
    struct metrics metrics = fonts_metrics(fonts);
    struct doc *doc = build(team, &metrics);
    bool all = true;
    for (const struct writer *writer = writers; writer->name && all; writer++) {
        bool page = strcmp(writer->name, "html") == 0 || strcmp(writer->name, "pdf") == 0;
        if (!page || (only && strcmp(writer->name, only) != 0))
            continue;
        buf_clear(bytes);
        struct write_result result = writer->write(doc, fonts, bytes);
        if (result.fault)
            fprintf(stderr, "team_packs: %s\n", result.fault);
        all = !result.fault && save(folder, team->name, writer->extension, bytes);
    }
    arena_free(doc->arena);
    return all;
}

int
main(int count, char **words)
{
    struct diag *diag = diag_new(stderr, false, false);
    struct fonts *fonts = count > 2 ? fonts_open(diag) : NULL;
    struct buf bytes = {0};
    uint32_t teams = 0;
    struct pack_team *team = fonts ? pack_data_load(words[1], &teams) : NULL;
    bool all = team != NULL;
    if (all)
        mkdir(words[2], 0755);
    for (uint32_t t = 0; t < teams && all; t++)
        all = write_team(&team[t], fonts, words[2], count > 3 ? words[3] : NULL, &bytes);
    free(team);
    buf_free(&bytes);
    if (fonts)
        fonts_close(fonts);
    diag_flush(diag);
    diag_free(diag);
    return all ? 0 : 1;
}
