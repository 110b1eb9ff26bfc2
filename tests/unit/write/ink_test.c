#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ink.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double
luminance(struct colour colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    const uint8_t parts[] = {colour.red, colour.green, colour.blue};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double part = parts[i] / 255.0;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double
contrast(struct colour one, struct colour other)
{
    double a = luminance(one), b = luminance(other);
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

/* What text is set in can be read on paper (WCAG 2.2, 1.4.3), what shapes are drawn in be seen
 * (1.4.11). */
static void
test_contrast_on_paper(void **state)
{
    (void)state;
    static const enum ink texts[] = {INK_TEXT, INK_SECONDARY, INK_MUTED, INK_ACCENT};
    static const enum ink shapes[] = {INK_AXIS,    INK_SERIES_2, INK_SERIES_3, INK_SERIES_4,
                                      INK_BINDING, INK_GOOD,     INK_BAD,      INK_ACCENT_MID};
    struct colour palette[INK_COUNT];
    ink_palette("#12436D", palette);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(contrast(palette[texts[i]], palette[INK_PAPER]) >= 4.5);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        assert_true(contrast(palette[shapes[i]], palette[INK_PAPER]) >= 2.99);
}

static void
test_accent(void **state)
{
    (void)state;
    static const char *const wrong[] = {NULL, "", "red", "#12345", "#12345g", "#1234567"};
    struct colour plain[INK_COUNT], own[INK_COUNT];
    ink_palette("#12436D", plain);
    ink_palette("#7A1F3D", own);
    assert_int_equal(own[INK_ACCENT].red, 0x7A);
    assert_int_equal(own[INK_ACCENT].green, 0x1F);
    assert_int_equal(own[INK_ACCENT].blue, 0x3D);
    assert_true(luminance(own[INK_ACCENT]) < luminance(own[INK_ACCENT_MID]));
    assert_true(luminance(own[INK_ACCENT_MID]) < luminance(own[INK_ACCENT_LOW]));
    assert_memory_equal(&own[INK_TEXT], &plain[INK_TEXT], sizeof(struct colour));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ink_palette(wrong[i], own);
        assert_memory_equal(own, plain, sizeof own);
    }
}

/* Both screens have every ink, and each has its two classes. */
static void
test_style(void **state)
{
    (void)state;
    struct buf out = {0};
    ink_style(&out, "#12436D");
    buf_char(&out, '\0');
    const char *dark = strstr(out.bytes, "prefers-color-scheme:dark");
    assert_non_null(dark);
    assert_non_null(strstr(out.bytes, "--accent:#12436D;"));
    for (enum ink ink = INK_TEXT; ink < INK_COUNT; ink++) {
        char name[64];
        snprintf(name, sizeof name, "--%s:#", ink_name(ink));
        assert_true(strstr(out.bytes, name) < dark && strstr(out.bytes, name));
        assert_non_null(strstr(dark, name));
        snprintf(name, sizeof name, ".f-%s{fill:var(--%s)}", ink_name(ink), ink_name(ink));
        assert_non_null(strstr(out.bytes, name));
    }
    buf_free(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast_on_paper),
        cmocka_unit_test(test_accent),
        cmocka_unit_test(test_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
