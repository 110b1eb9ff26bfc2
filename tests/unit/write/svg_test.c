#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write.h"

#include <math.h>
#include <string.h>

static double
measure(void *context, const char *utf8, double size, bool bold)
{
    (void)context, (void)bold;
    return (double)strlen(utf8) * size / 2;
}

static const struct metrics metrics = {NULL, measure};
static struct arena *arena;
static struct buf out;

static int
open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    buf_free(&out);
    return 0;
}

static const char *
drawn(const struct scene *scene)
{
    buf_clear(&out);
    svg_write(scene, "x1", "A <title>", "What \"is\" seen", &out);
    buf_char(&out, '\0');
    return out.bytes;
}

static void
test_frame(void **state)
{
    (void)state;
    const char *svg = drawn(scene_new(arena, &metrics, 240, 90));
    assert_non_null(strstr(svg, "aria-labelledby=\"x1-t x1-d\" width=\"320\" height=\"120\""));
    assert_non_null(strstr(svg, "viewBox=\"0 0 240 90\""));
    assert_non_null(strstr(svg, "<title id=\"x1-t\">A &lt;title&gt;</title>"));
    assert_non_null(strstr(svg, "<desc id=\"x1-d\">What &quot;is&quot; seen</desc></svg>"));
}

static void
test_shapes(void **state)
{
    (void)state;
    const double points[] = {1, 2, 3, 4, 5, 6};
    struct scene *scene = scene_new(arena, &metrics, 100, 100);
    scene_line(scene, 1, 2, 3, 4, INK_AXIS, 0.5, 2);
    scene_rect(scene, 30, 40, -10, -20, INK_ACCENT, INK_NONE, 0);
    scene_path(scene, 3, points, true, INK_NONE, INK_TEXT, 1);
    scene_circle(scene, 9, 9, NAN, INK_GOOD, INK_NONE, 0);
    const char *svg = drawn(scene);
    assert_non_null(strstr(svg, "<line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\" fill=\"none\" "
                                "class=\"s-axis\" stroke-width=\"0.5\" stroke-dasharray=\"2\"/>"));
    assert_non_null(strstr(svg, "<rect x=\"20\" y=\"20\" width=\"10\" height=\"20\" "
                                "class=\"f-accent\"/>"));
    assert_non_null(
        strstr(svg, "<polygon points=\"1,2 3,4 5,6\" fill=\"none\" class=\"s-text\"/>"));
    assert_non_null(strstr(svg, "<circle cx=\"9\" cy=\"9\" r=\"0\""));
}

static void
test_hatch(void **state)
{
    (void)state;
    struct scene *scene = scene_new(arena, &metrics, 100, 100);
    for (int i = 0; i < 2; i++)
        scene_rect(scene, 0, 0, 9, 9, INK_ACCENT, INK_NONE, 0)->pattern = PATTERN_HATCH;
    const char *svg = drawn(scene), *pattern = strstr(svg, "<pattern id=\"x1-h-accent\"");
    assert_non_null(pattern);
    assert_null(strstr(pattern + 1, "<pattern"));
    assert_non_null(strstr(pattern, "fill=\"url(#x1-h-accent)\""));
}

/* Foreign text is escaped; only scripts that bear it are stretched to their measured width. */
static void
test_texts(void **state)
{
    (void)state;
    struct scene *scene = scene_new(arena, &metrics, 400, 100);
    scene_text(scene, 10, 20, "<script>&", 10, true, INK_TEXT, ANCHOR_END, 0);
    scene_text(scene, 10, 40, "שלום", 10, false, INK_TEXT, ANCHOR_MIDDLE, 0);
    const char *svg = drawn(scene);
    assert_non_null(strstr(svg, "textLength=\"45\" lengthAdjust=\"spacingAndGlyphs\" "
                                "font-weight=\"bold\" text-anchor=\"end\" class=\"f-text\">"
                                "&lt;script&gt;&amp;</text>"));
    assert_non_null(strstr(
        svg,
        "font-size=\"10\" text-anchor=\"middle\" class=\"f-text\">\xE2\x81\xA8שלום\xE2\x81\xA9<"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_hatch),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
