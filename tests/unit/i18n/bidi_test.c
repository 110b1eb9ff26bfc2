#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bidi.h"

#include <stdio.h>
#include <stdlib.h>

#define ALEF "\xD7\x90"
#define BET "\xD7\x91"

/* start+length and < or >, for each run of the line, in visual order. */
static const char *
runs_of(struct text text, enum bidi_base base, uint32_t start, uint32_t end)
{
    static char shown[256];
    const struct bidi_run *runs;
    struct bidi *bidi = bidi_open(text, base);
    uint32_t count = bidi_line(bidi, start, end, &runs);
    shown[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        size_t used = strlen(shown);
        snprintf(shown + used, sizeof shown - used, "%u+%u%c ", runs[i].start, runs[i].length,
                 runs[i].right_to_left ? '<' : '>');
    }
    bidi_close(bidi);
    return shown;
}

static void
runs_stand_in_visual_order(void **state)
{
    (void)state;
    assert_string_equal(runs_of(TEXT("abc"), BIDI_LEFT_TO_RIGHT, 0, 3), "0+3> ");
    assert_string_equal(runs_of(TEXT("ab " ALEF BET " cd"), BIDI_LEFT_TO_RIGHT, 0, 10),
                        "0+3> 3+4< 7+3> ");
    assert_string_equal(runs_of(TEXT("ab " ALEF BET " cd"), BIDI_RIGHT_TO_LEFT, 0, 10),
                        "8+2> 2+6< 0+2> ");
    assert_string_equal(runs_of(TEXT(ALEF " 12 " BET), BIDI_FIRST_STRONG, 0, 8), "5+3< 3+2> 0+3< ");
    assert_string_equal(runs_of(TEXT(""), BIDI_FIRST_STRONG, 0, 0), "");
}

/* A line is ordered by itself; blanks at its end take the paragraph's direction. */
static void
lines_are_ordered_alone(void **state)
{
    struct text text = TEXT("ab " ALEF " " BET " cd");
    (void)state;
    assert_string_equal(runs_of(text, BIDI_LEFT_TO_RIGHT, 0, 6), "0+3> 3+2< 5+1> ");
    assert_string_equal(runs_of(text, BIDI_LEFT_TO_RIGHT, 6, 11), "6+2< 8+3> ");
    assert_string_equal(runs_of(text, BIDI_LEFT_TO_RIGHT, 4, 4), "");
}

static void
the_first_letter_gives_the_direction(void **state)
{
    (void)state;
    struct bidi *bidi = bidi_open(TEXT("1 - " ALEF "x"), BIDI_FIRST_STRONG);
    assert_true(bidi_right_to_left(bidi));
    bidi_close(bidi);
    bidi = bidi_open(TEXT("1 - 2"), BIDI_FIRST_STRONG);
    assert_false(bidi_right_to_left(bidi));
    bidi_close(bidi);
    bidi_close(NULL);
}

static void
characters_outside_the_plane_stay_whole(void **state)
{
    (void)state; /* U+1E900 is Adlam, right to left; U+1F600 is neutral */
    assert_string_equal(runs_of(TEXT("a\U0001F600" ALEF), BIDI_LEFT_TO_RIGHT, 0, 7), "0+5> 5+2< ");
    assert_string_equal(runs_of(TEXT("a\U0001E900b"), BIDI_LEFT_TO_RIGHT, 0, 6), "0+1> 1+4< 5+1> ");
}

static uint32_t
put(char *bytes, uint32_t c)
{
    if (c < 0x80)
        return bytes[0] = (char)c, 1;
    uint32_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (uint32_t i = length - 1; i > 0; i--, c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3F));
    bytes[0] = (char)((length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0) | c);
    return length;
}

/* Between two Latin letters, whatever is plain gives one run from left to right: all characters. */
static void
plain_text_is_one_run(void **state)
{
    uint32_t plain = 0;
    (void)state;
    for (uint32_t c = 1; c < 0x20000; c++) {
        char bytes[16] = "a ";
        if (c >= 0xD800 && c < 0xE000)
            continue;
        uint32_t length = 2 + put(bytes + 2, c);
        bytes[length++] = '1';
        if (!bidi_is_plain((struct text){bytes, length}))
            continue;
        plain++;
        char want[16];
        snprintf(want, sizeof want, "0+%u> ", length);
        assert_string_equal(runs_of((struct text){bytes, length}, BIDI_LEFT_TO_RIGHT, 0, length),
                            want);
    }
    assert_in_range(plain, 40000, 64000); /* Latin, Greek, Cyrillic, Indic, Chinese, Korean ... */
    assert_true(bidi_is_plain(TEXT("Müller – “x” € 东京 한글 ภาษา")));
    assert_false(bidi_is_plain(TEXT("a\u202Eb")));
    assert_false(bidi_is_plain(TEXT("a\u2067b")));
    assert_false(bidi_is_plain(TEXT("a\u200Fb")));
    assert_true(bidi_is_plain((struct text){NULL, 0}));
}

/* Whatever the bytes: the runs of a line cover it once. */
static void
any_bytes_are_covered(void **state)
{
    char bytes[64];
    (void)state;
    srand(4);
    for (int round = 0; round < 20000; round++) {
        uint32_t length = (uint32_t)rand() % 64, sum = 0;
        for (uint32_t i = 0; i < length; i++)
            bytes[i] =
                (char)(round % 2 ? rand() : "a1 \xD7\x90\xD7\x91\xE2\x80\xAE\xFF("[rand() % 13]);
        const struct bidi_run *runs;
        struct bidi *bidi = bidi_open((struct text){bytes, length}, (enum bidi_base)(round % 3));
        uint32_t count = bidi_line(bidi, 0, length, &runs);
        for (uint32_t i = 0; i < count; i++)
            sum += runs[i].length;
        assert_int_equal(sum, length);
        bidi_close(bidi);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_stand_in_visual_order),
        cmocka_unit_test(lines_are_ordered_alone),
        cmocka_unit_test(the_first_letter_gives_the_direction),
        cmocka_unit_test(characters_outside_the_plane_stay_whole),
        cmocka_unit_test(plain_text_is_one_run),
        cmocka_unit_test(any_bytes_are_covered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
