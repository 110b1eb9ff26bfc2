#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "escape.h"
#include "letters.h"

#include <string.h>

static struct buf out;

static const char *
escaped(void (*escape)(struct buf *out, const char *text), const char *text)
{
    buf_clear(&out);
    escape(&out, text);
    return out.length ? out.bytes : "";
}

static void
test_text(void **state)
{
    (void)state;
    assert_string_equal(escaped(escape_text, "a < b & c > \"d\" 'e'"),
                        "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;");
    assert_string_equal(escaped(escape_text, "Zażółć 王 🚀"), "Zażółć 王 🚀");
    assert_string_equal(escaped(escape_text, NULL), "");
    assert_string_equal(escaped(escape_text, ""), "");
}

static void
test_attribute(void **state)
{
    (void)state;
    assert_string_equal(escaped(escape_attribute, "a\" onload=`x`"),
                        "a&quot; onload&#61;&#96;x&#96;");
}

static void
test_bytes_that_may_not_be_shown(void **state)
{
    (void)state;
    assert_string_equal(escaped(escape_text, "a\x01z"), "a\uFFFDz");
    assert_string_equal(escaped(escape_text, "a\tb\nc\r"), "a b c ");
    assert_string_equal(escaped(escape_text, "\xff|\xc0\xaf|\xed\xa0\x80|\xf4\x90\x80\x80"),
                        "\uFFFD|\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_string_equal(escaped(escape_text, "a\xE2\x80\xAE"
                                             "b\xE2\x81\xA6"
                                             "c"),
                        "abc"); /* U+202E, U+2066 */
    assert_string_equal(escaped(escape_text, "\xEF\xBF\xBE\xC2\x85"), "\uFFFD\uFFFD");
    assert_string_equal(escaped(escape_text, "cut \xE7\x8E"), "cut \uFFFD\uFFFD");
}

/* Whatever the bytes: the result is UTF-8 without a character that could end its place. */
static void
test_every_pair_of_bytes(void **state)
{
    (void)state;
    for (int a = 1; a < 256; a++)
        for (int b = 1; b < 256; b++) {
            const char text[] = {(char)a, (char)b, '\0'};
            escaped(escape_attribute, text);
            assert_int_equal(text_valid_utf8(out.bytes ? out.bytes : "", out.length), out.length);
            for (size_t i = 0; i < out.length; i++)
                assert_null(strchr("<>\"'`=", out.bytes[i]));
        }
}

static void
test_urls(void **state)
{
    (void)state;
    static const char *const good[] = {"https://example.org/?a=1&b=2",
                                       "mailto:a@example.org",
                                       "teams/north/pack.html",
                                       "../x",
                                       "#a",
                                       "a/b:c"};
    static const char *const bad[] = {"javascript:alert(1)",
                                      "JAVASCRIPT:alert(1)",
                                      "data:text/html,x",
                                      "//example.org",
                                      "http://example.org",
                                      " https://example.org",
                                      "java\tscript:alert(1)",
                                      "file:///etc/passwd",
                                      "\\\\host",
                                      "vbscript:x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        buf_clear(&out);
        assert_true(escape_url(&out, good[i]));
        assert_true(out.length > 0);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buf_clear(&out);
        assert_false(escape_url(&out, bad[i]));
        assert_int_equal(out.length, 0);
    }
}

static void
test_ids(void **state)
{
    (void)state;
    assert_string_equal(escaped(escape_id, "winning.rate_2-b"), "winning.rate_2-b");
    assert_string_equal(escaped(escape_id, "a b\"<\xC3\xA9"), "a_20_b_22__3c__c3__a9_");
}

static void
test_letters_come_back(void **state)
{
    (void)state;
    for (uint32_t letter = 0xA0; letter < 0x110000; letter += letter < 0x3000 ? 1 : 977) {
        bool dropped =
            (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
        if (letter >= 0xD800 && letter < 0xE000)
            continue;
        buf_clear(&out);
        letters_add(&out, letter);
        const char *at = out.bytes;
        uint32_t read = letters_next(&at, out.bytes + out.length);
        assert_ptr_equal(at, out.bytes + out.length);
        assert_true(read == letter || (dropped && read == 0) || read == LETTER_UNKNOWN ||
                    (letter == 0x2028 || letter == 0x2029));
    }
}

static int
free_out(void **state)
{
    (void)state;
    buf_free(&out);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_attribute),
        cmocka_unit_test(test_bytes_that_may_not_be_shown),
        cmocka_unit_test(test_every_pair_of_bytes),
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_letters_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, free_out);
}
