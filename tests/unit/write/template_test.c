#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "template.h"

#include <string.h>

static const struct template_slot slots[] = {
    {"title", "<b>T</b>"}, {"empty", NULL}, {"again", "{{title}}"}, {NULL, NULL}};

static const char *
fill(struct arena *arena, const char *template, struct buf *out)
{
    buf_clear(out);
    const char *fault = template_fill(arena, "frame.html", text_of(template), slots, out);
    buf_char(out, '\0');
    return fault;
}

static void
test_slots(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf out = {0};
    assert_null(fill(arena, "a {{title}} b {{empty}}{{title}}", &out));
    assert_string_equal(out.bytes, "a <b>T</b> b <b>T</b>");
    assert_null(fill(arena, "no slot, {{ not closed", &out));
    assert_string_equal(out.bytes, "no slot, {{ not closed");
    assert_null(fill(arena, "{{again}}", &out)); /* a filling is never filled itself */
    assert_string_equal(out.bytes, "{{title}}");
    assert_null(fill(arena, "", &out));
    assert_string_equal(out.bytes, "");
    buf_free(&out);
    arena_free(arena);
}

static void
test_unknown_slot(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf out = {0};
    assert_string_equal(fill(arena, "one\n  {{title}} {{titel}}", &out),
                        "frame.html:2:13: there is no slot {{titel}}");
    buf_free(&out);
    arena_free(arena);
}

static void
test_files(void **state)
{
    (void)state;
    struct buf out = {0};
    assert_true(template_read(SOURCE_DIR "/templates", "pack.html", &out));
    assert_true(out.length > 500);
    assert_false(template_read(SOURCE_DIR "/templates", "nothing.html", &out));
    assert_false(template_read("/nowhere", "pack.html", &out));
    buf_free(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slots),
        cmocka_unit_test(test_unknown_slot),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
