#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "paragraph.h"

#include <string.h>

static struct diag *diag;
static struct fonts *fonts;
static struct linebreaker *breaker;
static struct doc *doc;
static struct layout *layout;

static const struct type type = {10, 13, false, INK_TEXT};

static int
open_all(void **state)
{
    (void)state;
    diag = diag_new(NULL, false, false);
    fonts = fonts_open(diag);
    breaker = linebreak_open("en");
    doc = fixture_empty();
    layout = layout_new(doc->arena, fonts, doc);
    return fonts && breaker ? 0 : -1;
}

static int
close_all(void **state)
{
    (void)state;
    linebreak_close(breaker);
    fonts_close(fonts);
    diag_free(diag);
    arena_free(doc->arena);
    return 0;
}

static struct paragraph
set(const char *text, unsigned style, float width)
{
    struct run run = {.text = text, .style = style};
    return paragraph_set(layout, breaker, &(struct runs){1, &run}, type, width);
}

/* The bytes of a line. */
static struct text
line_text(const struct paragraph *paragraph, uint32_t line)
{
    const struct set_line *set_line = &paragraph->line[line];
    uint32_t start = paragraph->unit[set_line->from].start;
    return (struct text){paragraph->text.bytes + start,
                         paragraph->unit[set_line->to - 1].end - start};
}

static void
test_lines_are_not_too_long(void **state)
{
    (void)state;
    static const char text[] =
        "The quarter is expected at 86 % of quota, next quarter at 77 %, and a "
        "Donaudampfschifffahrtsgesellschaftskapitän — 王小明是我们的客户 — waits";
    for (float width = 5; width < 500; width += 7) {
        struct paragraph paragraph = set(text, RUN_PLAIN, width);
        uint32_t covered = 0;
        for (uint32_t l = 0; l < paragraph.count; l++) {
            const struct set_line *line = &paragraph.line[l];
            assert_true(line->width <= width + 0.05f || line->to - line->from == 1);
            for (uint32_t u = line->from; u < line->to; u++)
                covered += paragraph.unit[u].end - paragraph.unit[u].start;
        }
        uint32_t blanks = 0;
        for (const char *c = text; *c; c++)
            blanks += *c == ' ';
        assert_in_range(covered, sizeof text - 1 - blanks, sizeof text - 1); /* nothing lost */
    }
}

static void
test_breaks_at_blanks(void **state)
{
    (void)state;
    struct paragraph paragraph = set("one two", RUN_PLAIN, 30);
    assert_int_equal(paragraph.count, 2);
    assert_true(text_equal(line_text(&paragraph, 0), TEXT("one")));
    assert_true(text_equal(line_text(&paragraph, 1), TEXT("two")));
    assert_int_equal(set("one two", RUN_PLAIN, 300).count, 1);
    assert_int_equal(set("", RUN_PLAIN, 300).count, 0);
}

static void
test_no_break_before_a_sign(void **state)
{
    (void)state;
    struct paragraph paragraph = set("a pipeline (of 86\u00A0%)", RUN_PLAIN, 55);
    struct text last = line_text(&paragraph, paragraph.count - 1);
    assert_true(last.length >= 6);
    assert_non_null(memmem(last.bytes, last.length, "86", 2));
}

static void
test_needs(void **state)
{
    (void)state;
    struct paragraph paragraph = set("a longerword b", RUN_PLAIN, 300);
    float word = fonts_shape(fonts, doc->arena, TEXT("longerword"), false, false)->width / 100;
    assert_float_equal(paragraph.least, word, 0.01);
    assert_float_equal(paragraph.most, paragraph.line[0].width, 0.01);
}

/* The words of a drawn page from left to right. */
static const char *
drawn(const struct paragraph *paragraph)
{
    uint32_t page = layout->page_count;
    struct buf words = {0};
    layout_page(layout, NULL, false, false);
    paragraph_draw(layout, page, paragraph, 0, paragraph->count, 50, 100, 400, ALIGN_START,
                   TAG_DOCUMENT);
    float x = 0;
    for (uint32_t i = 0; i < layout->page[page].count; i++) {
        const struct item *item = &layout->page[page].item[i];
        assert_true(item->x >= x - 0.01f);
        x = item->x;
        for (uint32_t w = 0; w < item->word_count; w++)
            buf_text(&words, item->word[w]->text);
    }
    const char *text = words.length ? arena_copy(doc->arena, words.bytes, words.length) : "";
    buf_free(&words);
    return text;
}

static void
test_both_directions(void **state)
{
    (void)state;
    struct paragraph paragraph = set("to שלום עולם (2026) now", RUN_PLAIN, 500);
    /* brackets are drawn mirrored */
    assert_string_equal(drawn(&paragraph), "to )2026( עולם שלום now");
}

/* A foreign name does not pull the text behind it to its side. */
static void
test_names_are_isolated(void **state)
{
    (void)state;
    struct run run[] = {{.text = "von "},
                        {.text = "שלום", .style = RUN_CRM},
                        {.text = ", 12 "},
                        {.text = "עולם", .style = RUN_CRM}};
    struct paragraph paragraph = paragraph_set(layout, breaker, &(struct runs){4, run}, type, 500);
    assert_string_equal(drawn(&paragraph), "von שלום, 12 עולם");
}

/* Signs at the ends of a text from right to left stand at its ends, alone and inside a sentence. */
static void
test_signs_stay(void **state)
{
    (void)state;
    struct paragraph alone = set("(שלום) עולם.", RUN_PLAIN, 500);
    assert_string_equal(drawn(&alone), "עולם. (שלום)");
    struct paragraph inside = set("von \xE2\x81\xA8(שלום) עולם.\xE2\x81\xA9, 12", RUN_PLAIN, 500);
    assert_string_equal(drawn(&inside), "von עולם. (שלום), 12");
    /* the sentence of two such names keeps its own direction */
    struct paragraph two =
        set("\xE2\x81\xA8שלום\xE2\x81\xA9, \xE2\x81\xA8עולם\xE2\x81\xA9", RUN_PLAIN, 500);
    assert_string_equal(drawn(&two), "שלום, עולם");
}

static void
test_styles_and_links(void **state)
{
    (void)state;
    struct run run[] = {{.text = "see "},
                        {.text = "the deals", .anchor = "deals"},
                        {.text = " now", .style = RUN_BOLD}};
    struct paragraph paragraph = paragraph_set(layout, breaker, &(struct runs){3, run}, type, 500);
    assert_string_equal(drawn(&paragraph),
                        "see the dealsthe deals now"); /* the link knows its words */
    const struct page *page = &layout->page[layout->page_count - 1];
    assert_int_equal(page->item[1].ink, INK_ACCENT);
    assert_int_equal(page->item[2].kind, ITEM_LINK);
    assert_string_equal(page->item[2].anchor, "deals");
    assert_string_equal(layout->tag[page->item[1].tag].type, "Link");
    assert_int_equal(page->item[3].word[1]->glyph[0].face, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_not_too_long),
        cmocka_unit_test(test_breaks_at_blanks),
        cmocka_unit_test(test_no_break_before_a_sign),
        cmocka_unit_test(test_needs),
        cmocka_unit_test(test_both_directions),
        cmocka_unit_test(test_names_are_isolated),
        cmocka_unit_test(test_signs_stay),
        cmocka_unit_test(test_styles_and_links),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
