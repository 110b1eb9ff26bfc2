/* The hostile ones, and the table of all. */
#include "build.h"
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {"Αλέξανδρος Παπαδόπουλος",
                                    "Дмитрий Щедрин",
                                    "Zażółć gęślą jaźń",
                                    "王小明 株式会社",
                                    "김민준",
                                    "שלום עולם (בע״מ)",
                                    "[שרה] כהן",
                                    "شركة النور للتجارة 2026",
                                    "Emoji 🚀🔥 GmbH",
                                    "ǖ ȫ ǭ Ǖ",
                                    "नमस्ते भारत",
                                    "สวัสดีชาวโลก",
                                    "<script>alert(1)</script>",
                                    "a\x01 b\xff\xc0 c",
                                    "\xE2\x80\xAEgnp.exe",
                                    "tab\there\nline",
                                    "AT&T \"quoted\" 'single' `tick` x=1",
                                    "",
                                    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
                                    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"
                                    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"
                                    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"
                                    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
                                    "A deal title of sixty characters, no more and no less, it is",
                                    "e\xCC\x81\xCC\x81\xCC\x81 stacked",
                                    "سلام الإسلام לשלום",
                                    "English עברית English العربية end"};
enum { NAMES = sizeof names / sizeof *names };

static struct block *
section(struct doc *doc, const char *anchor, const char *title)
{
    return build_titled(doc, NULL, BLOCK_SECTION, anchor, title);
}

static struct doc_table *
mixed_table(struct doc *doc, uint32_t rows, uint32_t columns)
{
    struct doc_column column[24];
    char text[64];
    for (uint32_t c = 0; c < columns; c++)
        column[c] = (struct doc_column){c ? "Amount of this and that, EUR" : "Name",
                                        c && c + 1 < columns ? ALIGN_END : ALIGN_START, 0};
    struct doc_table *table = build_table(doc, "Names and amounts", columns, column, rows);
    for (uint32_t r = 0; r < rows; r++) {
        struct doc_row *row = build_row(doc, table,
                                        r % 17 == 0     ? ROW_GROUP
                                        : r + 1 == rows ? ROW_TOTAL
                                                        : ROW_BODY);
        build_cell(doc, row, 0, names[r % NAMES], RUN_CRM);
        for (uint32_t c = 1; c < columns; c++) {
            snprintf(text, sizeof text, "\xE2\x88\x92%03u,%03u,%03u,%03u.%02u", r % 1000,
                     c * 37 % 1000, r * 91 % 1000, c * 7 % 1000, r % 100);
            build_cell(doc, row, c, c + 1 < columns ? text : names[(r * 5) % NAMES], RUN_CRM);
        }
    }
    return table;
}

static void
add_table(struct doc *doc, struct block *page, struct doc_table *table)
{
    build_titled(doc, page, BLOCK_TABLE, NULL, NULL)->table = table;
}

static void
fill_scripts(struct doc *doc, const struct metrics *metrics)
{
    static const double values[] = {9.5, 7.2, 6.1, 4.4, 3.3, 2.0, 1, 1, 1, 1, 1};
    struct block *page = section(doc, "scripts", names[6]);
    for (uint32_t i = 0; i < NAMES; i++) {
        struct block *block = build_text(doc, page, BLOCK_PARAGRAPH, "Name: ");
        build_run(doc, &block->text, names[i], RUN_CRM, NULL);
        build_run(doc, &block->text, " and on.", RUN_PLAIN, NULL);
    }
    struct block *block = build_titled(doc, page, BLOCK_EXHIBIT, NULL, NULL);
    block->exhibit = arena_alloc(doc->arena, sizeof *block->exhibit);
    *block->exhibit = (struct doc_exhibit){"chart",
                                           names[7],
                                           names[5],
                                           names[3],
                                           names[8],
                                           fixture_bars(doc, metrics, 511, names, values, 11),
                                           mixed_table(doc, 40, 3)};
    struct block *figures = build_titled(doc, page, BLOCK_FIGURES, NULL, NULL);
    for (uint32_t i = 0; i < 7; i++)
        build_figure(doc, figures,
                     (struct doc_figure){NULL, names[i + 11],
                                         "\xE2\x88\x92"
                                         "123,456,789,012.34",
                                         "EUR thousand", names[(i * 3) % NAMES]});
    add_table(doc, page, mixed_table(doc, 44, 4));
}

static void
fill_long(struct doc *doc, const struct metrics *metrics)
{
    (void)metrics;
    struct block *page = section(doc, "long", names[NAMES - 3]);
    add_table(doc, page, mixed_table(doc, 500, 5));
    struct doc_table *wide = mixed_table(doc, 60, 12);
    wide->wide = true;
    add_table(doc, page, wide);
    build_text(doc, page, BLOCK_PARAGRAPH, "Upright again.");
    struct block *text = build_text(doc, page, BLOCK_PARAGRAPH, "");
    text = text ? text : build_titled(doc, page, BLOCK_PARAGRAPH, NULL, NULL);
    for (int i = 0; i < 400; i++)
        build_run(doc, &text->text,
                  i % 9 ? "words that fill a page and the next " : names[i % NAMES],
                  i % 9 ? RUN_PLAIN : RUN_CRM, NULL);
}

static void
fill_empty(struct doc *doc, const struct metrics *metrics)
{
    static const struct doc_column column[] = {{"Name", ALIGN_START, 0}, {"", ALIGN_END, 0}};
    doc->subtitle = doc->company = doc->classification = doc->footer = NULL;
    doc->paper = "Letter";
    struct block *page = section(doc, "empty", "Nothing at all");
    add_table(doc, page, build_table(doc, NULL, 2, column, 0));
    add_table(doc, page, build_table(doc, "No column", 0, NULL, 0));
    build_titled(doc, page, BLOCK_LIST, NULL, NULL);
    build_titled(doc, page, BLOCK_FIGURES, NULL, NULL);
    build_titled(doc, page, BLOCK_FINDING, NULL, NULL);
    build_titled(doc, page, BLOCK_PARAGRAPH, NULL, NULL);
    struct block *block = build_titled(doc, page, BLOCK_EXHIBIT, NULL, NULL);
    block->exhibit = arena_alloc(doc->arena, sizeof *block->exhibit);
    block->exhibit->title = "A chart of nothing";
    block->exhibit->scene = scene_new(doc->arena, metrics, 511, 60);
    section(doc, NULL, NULL);
}

/* Each of them as text, as a caption and a link, in a chart and as an anchor. */
static void
fill_payloads(struct doc *doc, const struct metrics *metrics)
{
    static const struct doc_column column[] = {{"Name", ALIGN_START, 0}};
    struct block *page = section(doc, "payloads", "Payloads");
    FILE *file = fopen(SOURCE_DIR "/tests/system/browser/payloads.txt", "re");
    char line[256];
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        const char *payload = build_string(doc, line);
        const double value = 1;
        struct block *block = build_text(doc, page, BLOCK_PARAGRAPH, "Name: ");
        build_run(doc, &block->text, payload, RUN_CRM, NULL);
        build_run(doc, &block->text, "a link", RUN_PLAIN, NULL);
        block->text.run[block->text.count - 1].url = payload;
        struct doc_table *table = build_table(doc, payload, 1, column, 1);
        struct doc_row *row = build_row(doc, table, ROW_BODY);
        build_cell(doc, row, 0, payload, RUN_CRM);
        add_table(doc, page, table);
        block = build_titled(doc, page, BLOCK_EXHIBIT, payload, NULL);
        block->exhibit = arena_alloc(doc->arena, sizeof *block->exhibit);
        *block->exhibit = (struct doc_exhibit){
            payload, payload, payload,
            payload, payload, fixture_bars(doc, metrics, 300, &payload, &value, 1),
            NULL};
    }
    if (file)
        fclose(file);
    doc->title = "\"><script>alert(1)</script>";
    doc->company = doc->classification = "' onfocus=alert(1) autofocus x='";
}

static void
fill_arabic(struct doc *doc, const struct metrics *metrics)
{
    doc->lang = "ar";
    doc->right_to_left = true;
    doc->title = "فريق الشمال، أكتوبر 2026";
    doc->subtitle = "حتى 31 أكتوبر 2026";
    doc->watermark = "مسودة";
    fill_scripts(doc, metrics);
}

static void
fill_watermark(struct doc *doc, const struct metrics *metrics)
{
    doc->watermark = "DRAFT";
    doc->logo = SOURCE_DIR "/tests/unit/write/logo.png";
    doc->accent = "#7A1F3D";
    doc->lang = "de-DE";
    doc->paper = "Letter";
    fixture_fill_team(doc, metrics);
}

const struct fixture fixtures[] = {{"team", fixture_fill_team},   {"scripts", fill_scripts},
                                   {"long", fill_long},           {"empty", fill_empty},
                                   {"payloads", fill_payloads},   {"arabic", fill_arabic},
                                   {"watermark", fill_watermark}, {NULL, NULL}};

struct doc *
fixture_make(const struct fixture *fixture, const struct metrics *metrics)
{
    struct doc *doc = fixture_empty();
    fixture->fill(doc, metrics);
    return doc;
}
