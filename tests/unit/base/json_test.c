#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json.h"

#include <float.h>

static struct buf out;

static struct json
writer(int indent)
{
    buf_clear(&out);
    return (struct json){.out = &out, .indent = indent};
}

static void
write_sample(struct json *json)
{
    json_open(json, '{');
    json_key(json, "a");
    json_int(json, -1);
    json_key(json, "b");
    json_open(json, '[');
    json_real(json, 0.5);
    json_bool(json, true);
    json_bool(json, false);
    json_null(json);
    json_open(json, '{');
    json_close(json, '}');
    json_open(json, '[');
    json_close(json, ']');
    json_close(json, ']');
    json_key(json, "c");
    json_string(json, NULL);
    json_close(json, '}');
}

static void
one_line_has_no_blanks(void **state)
{
    (void)state;
    struct json json = writer(0);
    write_sample(&json);
    assert_string_equal(out.bytes, "{\"a\":-1,\"b\":[0.5,true,false,null,{},[]],\"c\":null}");
}

static void
indented_has_a_line_each(void **state)
{
    (void)state;
    struct json json = writer(2);
    write_sample(&json);
    assert_string_equal(out.bytes, "{\n  \"a\": -1,\n  \"b\": [\n    0.5,\n    true,\n    false,\n"
                                   "    null,\n    {},\n    []\n  ],\n  \"c\": null\n}");
}

static void
strings_are_escaped(void **state)
{
    static const char *const cases[][2] = {
        {"", "\"\""},
        {"plain é €", "\"plain é €\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
        {"\x01\x1F\x7F", "\"\\u0001\\u001f\\u007f\""},
        {"a\xFFz", "\"a\uFFFDz\""},
        {"\xE2\x82", "\"\uFFFD\uFFFD\""},
        {"\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
        {"\U0001F600", "\"\U0001F600\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct json json = writer(0);
        json_string(&json, cases[i][0]);
        assert_string_equal(out.bytes, cases[i][1]);
    }
    struct json json = writer(0);
    json_text(&json, (struct text){"a\0b", 3});
    assert_string_equal(out.bytes, "\"a\\u0000b\"");
    json = writer(0);
    json_text(&json, (struct text){NULL, 0});
    assert_string_equal(out.bytes, "\"\"");
}

static void
keys_are_escaped_too(void **state)
{
    (void)state;
    struct json json = writer(0);
    json_open(&json, '{');
    json_key(&json, "a\"\n");
    json_int(&json, INT64_MIN);
    json_close(&json, '}');
    assert_string_equal(out.bytes, "{\"a\\\"\\n\":-9223372036854775808}");
}

static void
depth_is_not_bounded(void **state)
{
    (void)state;
    struct json json = writer(3);
    for (int i = 0; i < 200; i++)
        json_open(&json, '[');
    json_real(&json, DBL_MAX);
    for (int i = 0; i < 200; i++)
        json_close(&json, ']');
    assert_int_equal(json.depth, 0);
    assert_non_null(strstr(out.bytes, "1.7976931348623157e308\n"));
    size_t brackets = 400, lines = 400, blanks = 3 * (size_t)(199 * 200 + 200);
    assert_int_equal(out.length, brackets + lines + blanks + strlen("1.7976931348623157e308"));
}

static void
lines_of_objects_need_no_commas(void **state)
{
    (void)state;
    struct json json = writer(0);
    json_int(&json, 1);
    buf_char(&out, '\n');
    json_int(&json, 2);
    assert_string_equal(out.bytes, "1\n2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_has_no_blanks), cmocka_unit_test(indented_has_a_line_each),
        cmocka_unit_test(strings_are_escaped),    cmocka_unit_test(keys_are_escaped_too),
        cmocka_unit_test(depth_is_not_bounded),   cmocka_unit_test(lines_of_objects_need_no_commas),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_free(&out);
    return failed;
}
