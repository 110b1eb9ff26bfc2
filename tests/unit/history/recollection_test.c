#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"
#include "recollection.h"

/* What was heard, a line for each figure and deal. */
static void
hear_figure(void *context, const struct recalled_figure *figure)
{
    struct buf *heard = context;
    const struct text names[] = {figure->kind, figure->id, figure->measure, figure->key,
                                 figure->field};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_text(heard, names[i]);
        buf_char(heard, '|');
    }
    if (figure->cell.kind == HISTORY_WHOLE)
        buf_int(heard, figure->cell.whole);
    else if (figure->cell.kind == HISTORY_REAL)
        buf_real(heard, figure->cell.real);
    else
        buf_text(heard, figure->cell.text);
    buf_char(heard, '\n');
}

static void
hear_deal(void *context, const struct history_deal *deal)
{
    buf_printf(context, "%.*s of %.*s: %d %lld %g\n", (int)deal->id.length, deal->id.bytes,
               (int)deal->owner.length, deal->owner.bytes, deal->has_amount,
               (long long)deal->amount, deal->q);
}

static bool
is_of_ann(void *context, struct text kind, struct text id, struct text measure)
{
    (void)context, (void)kind, (void)measure;
    return text_equal(id, TEXT("Ann"));
}

struct trial {
    struct arena *arena;
    struct buf heard;
    struct recollection run;
};

static bool
read_memory(struct trial *trial, const char *memory,
            bool (*wants)(void *, struct text, struct text, struct text))
{
    const struct recollection_ear ear = {&trial->heard, wants, hear_figure, hear_deal};
    buf_clear(&trial->heard);
    return recollection_read(trial->arena, text_of(memory), 1, &ear, &trial->run);
}

static int
set_up(void **state)
{
    static struct trial trial;
    trial = (struct trial){.arena = arena_new()};
    buf_string(&trial.heard, "");
    *state = &trial;
    return 0;
}

static int
tear_down(void **state)
{
    struct trial *trial = *state;
    arena_free(trial->arena);
    buf_free(&trial->heard);
    return 0;
}

#define RUN "\"schema\":1,\"run\":{\"as_of\":\"2026-01-31\",\"period\":{\"name\":\"Q1\"}},"

static void
figures_are_numbers_and_the_word_of_a_measure(void **state)
{
    struct trial *trial = *state;
    assert_true(read_memory(
        trial,
        "{" RUN "\"scopes\":[{\"kind\":\"team\",\"id\":\"N\\u00e9\\n\",\"measures\":{"
        "\"a\":{\"value\":1.5,\"n\":-9223372036854775808,\"big\":9223372036854775808,"
        "\"unit\":\"days\",\"yes\":true,\"no\":false,\"gone\":null,\"list\":[1,{\"x\":2}],"
        "\"rows\":[{\"key\":\"k\\\"1\",\"value\":2,\"note\":\"x\"},{\"key\":\"\",\"value\":3},"
        "{\"value\":4,\"key\":\"late\"},5]},"
        "\"b\":{\"value\":\"w\\\\ord\",\"unit\":\"text\"},\"c\":7}}],\"deals\":[]} ",
        NULL));
    assert_string_equal(trial->heard.bytes, "team|N\xC3\xA9\n|a||value|1.5\n"
                                            "team|N\xC3\xA9\n|a||n|-9223372036854775808\n"
                                            "team|N\xC3\xA9\n|a||big|9223372036854776000\n"
                                            "team|N\xC3\xA9\n|a||yes|1\n"
                                            "team|N\xC3\xA9\n|a||no|0\n"
                                            "team|N\xC3\xA9\n|a|k\"1|value|2\n"
                                            "team|N\xC3\xA9\n|b||value|w\\ord\n");
    assert_true(text_equal(trial->run.as_of, TEXT("2026-01-31")));
    assert_true(text_equal(trial->run.name, TEXT("Q1")));
    assert_null(trial->run.id.bytes);
    assert_int_equal(trial->run.scopes, 1);
}

static void
deals_are_read_wherever_they_stand(void **state)
{
    struct trial *trial = *state;
    assert_true(read_memory(trial,
                            "{\"deals\":[{\"id\":\"D1\",\"owner\":\"S\",\"amount\":12,\"q\":0.5},"
                            "{\"id\":\"D2\",\"owner\":null,\"amount\":null,\"q\":1},{\"q\":3}],"
                            "\"scopes\":[]," RUN "\"more\":{}}",
                            NULL));
    assert_string_equal(trial->heard.bytes, "D1 of S: 1 12 0.5\nD2 of : 0 0 1\n");
    assert_int_equal(trial->run.deals, 3);
    assert_int_equal(trial->run.version, 1);
}

static void
who_is_not_asked_for_is_not_heard(void **state)
{
    struct trial *trial = *state;
    assert_true(read_memory(
        trial,
        "{" RUN "\"scopes\":[{\"kind\":\"seller\",\"id\":\"Bob\",\"measures\":{\"a\":{\"n\":1}}},"
        "{\"kind\":\"seller\",\"id\":\"Ann\",\"measures\":{\"a\":{\"n\":2}}}],\"deals\":[]}",
        is_of_ann));
    assert_string_equal(trial->heard.bytes, "seller|Ann|a||n|2\n");
}

static void
a_newer_schema_is_told_and_not_heard(void **state)
{
    struct trial *trial = *state;
    assert_true(read_memory(trial,
                            "{\"schema\":2,\"scopes\":[{\"kind\":\"team\",\"id\":\"T\","
                            "\"measures\":{\"a\":{\"n\":1}}}],\"deals\":[]}",
                            NULL));
    assert_int_equal(trial->heard.length, 0);
    assert_int_equal(trial->run.version, 2);
}

static void
what_is_no_memory_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"scopes\":[]}",
        "{\"scopes\":[],\"deals\":{}}",
        "{\"scopes\":[],\"deals\":[]",
        "{\"scopes\":[],\"deals\":[]} x",
        "{\"scopes\":[{\"kind\":\"a\",\"id\":\"b\",\"measures\":{\"a\":{\"n\":01}}}],\"deals\":[]}",
        ("{\"scopes\":[{\"kind\":\"a\",\"id\":\"b\",\"measures\":{\"a\":{\"rows\":[{\"key\" "
         "1}]}}}],"
         "\"deals\":[]}"),
        "{\"scopes\":[],\"deals\":[{\"id\":\"D1\",\"owner\":}]}"};
    struct trial *trial = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_memory(trial, bad[i], NULL))
            fail_msg("accepted: %s", bad[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_are_numbers_and_the_word_of_a_measure, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(deals_are_read_wherever_they_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_is_not_asked_for_is_not_heard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_schema_is_told_and_not_heard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_memory_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
