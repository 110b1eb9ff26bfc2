#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deflate.h"
#include "fonts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct diag *diag;
static struct fonts *fonts;
static struct arena *arena;

static int
open_fonts(void **state)
{
    (void)state;
    diag = diag_new(NULL, false, false);
    fonts = fonts_open(diag);
    arena = arena_new();
    return fonts ? 0 : -1;
}

static int
close_fonts(void **state)
{
    (void)state;
    fonts_close(fonts);
    arena_free(arena);
    diag_free(diag);
    return 0;
}

static const struct shaped *
shape(const char *word, bool right_to_left)
{
    return fonts_shape(fonts, arena, text_of(word), false, right_to_left);
}

static void
test_text_face_comes_first(void **state)
{
    (void)state;
    assert_non_null(strstr(fonts_names(fonts)[0], "Carlito"));
    assert_non_null(strstr(fonts_names(fonts)[1], "Bold"));
    assert_false(fonts_facts(fonts, 0)->bold);
    assert_true(fonts_facts(fonts, 1)->bold);
    assert_int_equal(shape("Quota", false)->glyph[0].face, 0);
    assert_int_equal(fonts_shape(fonts, arena, TEXT("Quota"), true, false)->glyph[0].face, 1);
}

/* Digits have one width, so that columns of numbers stand on the digit. */
static void
test_digits_are_tabular(void **state)
{
    (void)state;
    for (char digit = '1'; digit <= '9'; digit++) {
        const char text[] = {digit, digit, '\0'};
        assert_float_equal(shape(text, false)->width, shape("00", false)->width, 0.01f);
    }
}

static void
test_a_word_is_shaped_once(void **state)
{
    (void)state;
    assert_ptr_equal(shape("Coverage", false), shape("Coverage", false));
    assert_ptr_not_equal(shape("Coverage", false),
                         fonts_shape(fonts, arena, TEXT("Coverage"), true, false));
}

static void
test_pairs_are_kerned(void **state)
{
    (void)state;
    float pair = shape("AV", false)->width;
    assert_true(pair < shape("A", false)->width + shape("V", false)->width - 5);
}

/* All text of a word belongs to some glyph, once. */
static void
assert_told(const char *word, bool right_to_left)
{
    const struct shaped *shaped = shape(word, right_to_left);
    size_t length = strlen(word);
    unsigned char *seen = calloc(length + 1, 1);
    for (uint32_t g = 0; g < shaped->count; g++)
        for (uint32_t b = 0; b < shaped->glyph[g].text_length; b++)
            seen[shaped->glyph[g].text_at + b]++;
    for (size_t b = 0; b < length; b++)
        assert_int_equal(seen[b], 1);
    free(seen);
}

static void
test_every_script_has_a_face(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        bool right_to_left;
    } words[] = {{"Ζωή", false},    {"Щедрин", false}, {"Żółć", false}, {"王小明", false},
                 {"שלום", true},    {"النور", true},   {"नमस्ते", false}, {"สวัสดี", false},
                 {"office", false}, {"Հայ", false},    {"ქარ", false},  {"ǖȫǭ", false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(shape(words[i].word, words[i].right_to_left)->boxed, 0);
        assert_told(words[i].word, words[i].right_to_left);
    }
}

/* Arabic letters join: a word is not its letters side by side. */
static void
test_letters_join(void **state)
{
    (void)state;
    const struct shaped *word = shape("نور", true), *letter = shape("ن", true);
    bool same = false;
    for (uint32_t g = 0; g < word->count; g++)
        same |= word->glyph[g].id == letter->glyph[0].id;
    assert_false(same);
    assert_int_equal(word->glyph[word->count - 1].text_at,
                     0); /* the first letter stands at the right */
}

static void
test_missing_letters_are_boxes(void **state)
{
    (void)state;
    const struct shaped *word = shape("a🚀b", false);
    assert_int_equal(word->boxed, 1);
    assert_int_equal(word->count, 3);
    assert_true(word->glyph[1].id != 0);
    assert_true(word->glyph[1].advance > 0);
    assert_told("a🚀b", false);
}

static void
test_marks_stay_with_their_letters(void **state)
{
    (void)state;
    const struct shaped *composed = shape("é", false), *apart = shape("e\u0301", false);
    assert_int_equal(apart->count, 1);
    assert_int_equal(apart->glyph[0].id, composed->glyph[0].id);
    assert_int_equal(shape("e\u0301\u0301\u0301", false)->boxed, 0);
}

static void
test_metrics_add_up(void **state)
{
    (void)state;
    struct metrics metrics = fonts_metrics(fonts);
    double one = metrics.width(metrics.context, "Win rate", 10, false);
    double sum = metrics.width(metrics.context, "Win", 10, false) +
                 metrics.width(metrics.context, " ", 10, false) +
                 metrics.width(metrics.context, "rate", 10, false);
    assert_true(fabs(one - sum) < 1e-6);
    assert_true(fabs(metrics.width(metrics.context, "Win rate", 20, false) - 2 * one) < 1e-6);
    assert_true(fabs(metrics.width(metrics.context, "", 10, false)) < 1e-6);
    assert_true(metrics.width(metrics.context, "1,234", 10, true) > 0);
}

/* No bytes do harm. */
static void
test_any_bytes(void **state)
{
    (void)state;
    uint32_t random = 1;
    char text[5000];
    for (int round = 0; round < 3000; round++) {
        uint32_t length = round % 50 == 0 ? 4999 : 1 + (uint32_t)round % 12;
        for (uint32_t i = 0; i < length; i++) {
            random = random * 1664525 + 1013904223;
            text[i] = (char)(random >> 24 ? random >> 24 : 1);
        }
        const struct shaped *shaped =
            fonts_shape(fonts, arena, (struct text){text, length}, round & 1, round & 2);
        assert_true(isfinite(shaped->width));
        for (uint32_t g = 0; g < shaped->count; g++)
            assert_true((uint32_t)shaped->glyph[g].text_at + shaped->glyph[g].text_length <=
                        length);
    }
}

/* The face of a subset; free() it. */
static char *
unpack(const struct subset *subset)
{
    char *bytes = malloc(subset->length);
    assert_non_null(bytes);
    assert_true(deflate_undo(subset->packed.bytes, subset->packed.length, bytes, subset->length));
    return bytes;
}

static void
test_subset_holds_what_is_used(void **state)
{
    (void)state;
    uint32_t count = fonts_facts(fonts, 0)->glyph_count;
    bool *used = calloc(count, sizeof *used);
    used[shape("A", false)->glyph[0].id] = true;
    const struct subset *few = fonts_subset(fonts, 0, used);
    assert_non_null(few);
    size_t length = few->length;
    char *bytes = unpack(few);
    assert_memory_equal(bytes, "\0\1\0\0", 4);
    memset(used, 1, count);
    const struct subset *all = fonts_subset(fonts, 0, used);
    assert_non_null(all);
    assert_in_range(length, 100, all->length / 4);
    free(bytes);
    free(used);
}

/* Of each face and set of glyphs the same bytes, remembered or made anew. */
static void
test_subsets_are_told_apart(void **state)
{
    enum { SETS = 70 /* more than are remembered */, FACES = 2 };
    (void)state;
    uint32_t count = fonts_facts(fonts, 0)->glyph_count;
    assert_int_equal(fonts_facts(fonts, 1)->glyph_count, count);
    bool *used = calloc(count, sizeof *used);
    char *first[FACES][SETS];
    size_t length[FACES][SETS];
    for (int round = 0; round < 3; round++) {
        memset(used, 0, count);
        for (uint32_t set = 0; set < SETS; set++) {
            used[20 + set] = true;
            for (uint32_t f = 0; f < FACES; f++) {
                /* the last round asks for the same again and again */
                const struct subset *subset = fonts_subset(fonts, f, used);
                for (int again = 0; again < round; again++)
                    subset = fonts_subset(fonts, f, used);
                assert_non_null(subset);
                char *bytes = unpack(subset);
                if (round == 0) {
                    first[f][set] = bytes;
                    length[f][set] = subset->length;
                    continue;
                }
                assert_int_equal(subset->length, length[f][set]);
                assert_memory_equal(bytes, first[f][set], subset->length);
                free(bytes);
            }
        }
    }
    for (uint32_t set = 0; set < SETS; set++) {
        assert_true(length[0][set] != length[1][set] ||
                    memcmp(first[0][set], first[1][set], length[0][set]) != 0);
        free(first[0][set]);
        free(first[1][set]);
    }
    free(used);
}

/* A line is measured as it is drawn, from right to left too. */
static void
test_widths_of_either_direction(void **state)
{
    (void)state;
    const struct shaped *one = fonts_shape(fonts, arena, TEXT("سلام"), false, true);
    const struct shaped *blank = fonts_shape(fonts, arena, TEXT(" "), false, false);
    const double parts =
        fonts_width(fonts, TEXT("12"), false) + (double)(blank->width + one->width);
    assert_true(fabs(fonts_width(fonts, TEXT("سلام"), false) - (double)one->width) < 0.1);
    assert_true(fabs(fonts_width(fonts, TEXT("12 سلام"), false) - parts) < 0.1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_face_comes_first),
        cmocka_unit_test(test_digits_are_tabular),
        cmocka_unit_test(test_a_word_is_shaped_once),
        cmocka_unit_test(test_pairs_are_kerned),
        cmocka_unit_test(test_every_script_has_a_face),
        cmocka_unit_test(test_letters_join),
        cmocka_unit_test(test_missing_letters_are_boxes),
        cmocka_unit_test(test_widths_of_either_direction),
        cmocka_unit_test(test_marks_stay_with_their_letters),
        cmocka_unit_test(test_metrics_add_up),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_subset_holds_what_is_used),
        cmocka_unit_test(test_subsets_are_told_apart),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
