#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "slug.h"

#include <stdlib.h>

static const char *
slug(struct text name)
{
    static char out[SLUG_SIZE];
    slug_make(name, out);
    return out;
}

static void
names_of_any_script_become_latin(void **state)
{
    static const char *const cases[][2] = {
        {"Team North", "team-north"},
        {"  Team -- North!  ", "team-north"},
        {"Müller & Söhne GmbH", "muller-sohne-gmbh"},
        {"Łódź", "lodz"},
        {"Straße", "strasse"},
        {"Ærø", "aero"},
        {"O'Neill", "oneill"},
        {"O’Neill", "oneill"},
        {"Ελλάς", "ellas"},
        {"Москва", "moskva"},
        {"Ђорђе", "dorde"},
        {"العربية", "alrbyt"},
        {"東京", "dong-jing"},
        {"서울", "seoul"},
        {"Team 😀 One", "team-one"},
        {"ＡＢＣ", "abc"},
        {"İstanbul", "istanbul"},
        {"../../etc/passwd", "etc-passwd"},
        {"CON", "con"},
        {"a\tb\nc", "a-b-c"},
        {"É", "e"},
        {"E\u0301", "e"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(slug(text_of(cases[i][0])), cases[i][1]);
}

static void
what_leaves_nothing_is_unnamed(void **state)
{
    static const char *const nothing[] = {"", "😀", "---", "\u200B", "\xFF\xFE", "'", "\u0301"};
    (void)state;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        assert_string_equal(slug(text_of(nothing[i])), "unnamed");
    assert_string_equal(slug((struct text){NULL, 0}), "unnamed");
}

static void
slugs_are_cut_at_forty(void **state)
{
    (void)state;
    assert_string_equal(slug(TEXT("aaaaaaaaaa bbbbbbbbbb cccccccccc ddddddd eee")),
                        "aaaaaaaaaa-bbbbbbbbbb-cccccccccc-ddddddd");
    assert_string_equal(slug(TEXT("aaaaaaaaaa bbbbbbbbbb cccccccccc dddddd eee")),
                        "aaaaaaaaaa-bbbbbbbbbb-cccccccccc-dddddd");
}

/* Whatever the bytes: 1 to 40 of [a-z0-9-], no hyphen at an end, none twice. */
static void
any_bytes_give_a_slug(void **state)
{
    static char bytes[100000];
    (void)state;
    srand(1);
    for (int round = 0; round < 3000; round++) {
        uint32_t length = (uint32_t)rand() % (round % 100 == 0 ? (uint32_t)sizeof bytes : 60);
        for (uint32_t i = 0; i < length; i++)
            bytes[i] = (char)(round % 3 ? rand() : "\xD0\x90\xE6\x9D\xB1 "[rand() % 6]);
        const char *made = slug((struct text){bytes, length});
        size_t size = strlen(made);
        assert_in_range(size, 1, SLUG_SIZE - 1);
        assert_int_equal(strspn(made, "abcdefghijklmnopqrstuvwxyz0123456789-"), size);
        assert_true(made[0] != '-' && made[size - 1] != '-');
        assert_null(strstr(made, "--"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_any_script_become_latin),
        cmocka_unit_test(what_leaves_nothing_is_unnamed),
        cmocka_unit_test(slugs_are_cut_at_forty),
        cmocka_unit_test(any_bytes_give_a_slug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
