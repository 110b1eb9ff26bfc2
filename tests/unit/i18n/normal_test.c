#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "normal.h"

#include <stdlib.h>

static struct buf out;

static const char *
made(void (*form)(struct text text, struct buf *out), struct text text)
{
    buf_clear(&out);
    buf_add(&out, "", 0);
    form(text, &out);
    return out.bytes;
}

static void
composed_forms_are_alike(void **state)
{
    (void)state;
    assert_string_equal(made(normal_compose, TEXT("E\u0301ric")), "\u00C9ric");
    assert_string_equal(made(normal_compose, TEXT("\u00C9ric")), "\u00C9ric");
    assert_string_equal(made(normal_compose, TEXT("plain")), "plain");
    assert_string_equal(made(normal_compose, TEXT("")), "");
    assert_string_equal(made(normal_compose, TEXT("a\xFFz")), "a\uFFFDz");
    assert_string_equal(made(normal_compose, TEXT("\u1100\u1161")), "\uAC00");
}

static void
skeletons_keep_letters_and_digits(void **state)
{
    static const char *const cases[][2] = {
        {"GTX Pro", "gtxpro"},
        {"GTXPro", "gtxpro"},
        {"gtx-pró", "gtxpro"},
        {" Deal  Owner", "dealowner"},
        {"Straße", "strasse"},
        {"ＡＢＣ１", "abc1"},
        {"Δελτίο", "δελτιο"},
        {"---", ""},
        {"", ""},
        {"\xFF\xFE", ""},
        {"ﬁn", "fin"},
        {"😀", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(made(normal_skeleton, text_of(cases[i][0])), cases[i][1]);
}

/* U+FDFA is 18 letters in its compatible form: the widest of all; longer than one piece. */
static void
long_texts_are_done_in_pieces(void **state)
{
    enum { COUNT = 400000 };
    (void)state;
    char *text = malloc((size_t)COUNT * 3);
    for (size_t i = 0; i < (size_t)COUNT * 3; i++)
        text[i] = "\uFDFA"[i % 3];
    made(normal_skeleton, (struct text){text, COUNT * 3});
    assert_true(out.length > ((size_t)COUNT - 10) * 15 * 2);
    assert_int_equal(text_valid_utf8(out.bytes, out.length), out.length);
    free(text);
}

static void
any_bytes_give_utf8(void **state)
{
    char bytes[40];
    (void)state;
    srand(5);
    for (int round = 0; round < 20000; round++) {
        uint32_t length = (uint32_t)rand() % sizeof bytes;
        for (uint32_t i = 0; i < length; i++)
            bytes[i] = (char)rand();
        made(normal_compose, (struct text){bytes, length});
        assert_int_equal(text_valid_utf8(out.bytes, out.length), out.length);
        made(normal_skeleton, (struct text){bytes, length});
        assert_int_equal(text_valid_utf8(out.bytes, out.length), out.length);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composed_forms_are_alike),
        cmocka_unit_test(skeletons_keep_letters_and_digits),
        cmocka_unit_test(long_texts_are_done_in_pieces),
        cmocka_unit_test(any_bytes_give_utf8),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_free(&out);
    return failed;
}
