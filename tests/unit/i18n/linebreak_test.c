#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "linebreak.h"

#include <stdlib.h>

/* The text with | where a line may end and ! where it must. */
static const char *
broken(const char *tag, struct text text)
{
    static char shown[512];
    struct linebreaker *breaker = linebreak_open(tag);
    const struct line_end *ends;
    char *to = shown;
    uint32_t from = 0;
    assert_non_null(breaker);
    uint32_t count = linebreak_find(breaker, text, &ends);
    for (uint32_t i = 0; i < count; i++) {
        memcpy(to, text.bytes + from, ends[i].at - from);
        to += ends[i].at - from;
        *to++ = ends[i].mandatory ? '!' : '|';
        from = ends[i].at;
    }
    *to = '\0';
    assert_int_equal(from, text.length);
    linebreak_close(breaker);
    return shown;
}

static void
lines_end_where_they_may(void **state)
{
    (void)state;
    assert_string_equal(broken("en-GB", TEXT("")), "");
    assert_string_equal(broken("en-GB", TEXT("one")), "one!");
    assert_string_equal(broken("en-GB", TEXT("one two-three")), "one |two-|three!");
    assert_string_equal(broken("en-GB", TEXT("one\ntwo")), "one\n!two!");
    assert_string_equal(broken("en-GB", TEXT("one\r\ntwo\n")), "one\r\n!two\n!");
    assert_string_equal(broken("en-GB", TEXT("EUR\u00A04.23m now")), "EUR\u00A04.23m |now!");
    assert_string_equal(broken("fr", TEXT("1\u202F234\u00A0€")), "1\u202F234\u00A0€!");
    assert_string_equal(broken("en-GB", TEXT("\u2066a b\u2069")), "\u2066a |b\u2069!");
    assert_string_equal(broken("ja", TEXT("東京です。")), "東|京|で|す。!");
    assert_string_equal(broken("th", TEXT("ภาษาไทย")), "ภาษา|ไทย!");
}

static void
a_breaker_is_used_again(void **state)
{
    const struct line_end *ends;
    (void)state;
    struct linebreaker *breaker = linebreak_open("en-GB");
    assert_int_equal(linebreak_find(breaker, TEXT("a b c"), &ends), 3);
    assert_int_equal(linebreak_find(breaker, TEXT("a"), &ends), 1);
    assert_int_equal(ends[0].at, 1);
    assert_true(ends[0].mandatory);
    assert_int_equal(linebreak_find(breaker, TEXT(""), &ends), 0);
    assert_null(ends);
    linebreak_close(breaker);
    linebreak_close(NULL);
    assert_null(linebreak_open("no_tag"));
}

/* Whatever the bytes: ascending, the last at the end. */
static void
any_bytes_have_ends(void **state)
{
    char bytes[64];
    const struct line_end *ends;
    (void)state;
    struct linebreaker *breaker = linebreak_open("en-GB");
    srand(3);
    for (int round = 0; round < 20000; round++) {
        uint32_t length = 1 + (uint32_t)rand() % 63, last = 0;
        for (uint32_t i = 0; i < length; i++)
            bytes[i] = (char)(round % 2 ? rand() : " a\n-\xE6\x9D\xB1\xD7\x90\xFF"[rand() % 10]);
        uint32_t count = linebreak_find(breaker, (struct text){bytes, length}, &ends);
        assert_in_range(count, 1, length);
        for (uint32_t i = 0; i < count; last = ends[i++].at)
            assert_true(ends[i].at > last);
        assert_int_equal(last, length);
    }
    linebreak_close(breaker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_where_they_may),
        cmocka_unit_test(a_breaker_is_used_again),
        cmocka_unit_test(any_bytes_have_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
