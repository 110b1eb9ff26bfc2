#include "outline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const built_in[] = {SOURCE_DIR "/templates", NULL};

static void
built_in_outlines(void **state)
{
    static const char *const names[] = {"team", "seller", "board"};
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(stderr, false, false);
    struct words *words = words_open(arena, built_in, "en", diag);
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct outline *outline = outline_read(arena, built_in, names[i], diag);
        assert_non_null(outline);
        assert_true(outline->section_count >= 2);
        assert_true(outline_check(outline, words, diag));
    }
    words_close(words);
    diag_free(diag);
    arena_free(arena);
}

/* Writes an outline into a folder of its own, reads it, and returns what was reported. */
static const char *
reported(struct arena *arena, const char *yaml, bool *good)
{
    char folder[] = "/tmp/sefpack-outline-XXXXXX", path[300], text[4096];
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/packs", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/packs/own.yaml", folder);
    FILE *file = fopen(path, "w");
    fputs(yaml, file);
    fclose(file);
    const char *folders[] = {folder, built_in[0], NULL};
    struct words *words = words_open(arena, built_in, "en", diag);
    struct outline *outline = outline_read(arena, folders, "own", diag);
    *good = outline && outline_check(outline, words, diag);
    diag_flush(diag);
    rewind(stream);
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    words_close(words);
    unlink(path);
    snprintf(path, sizeof path, "%s/packs", folder);
    rmdir(path);
    rmdir(folder);
    fclose(stream);
    diag_free(diag);
    return arena_string(arena, text);
}

static void
own_outline(void **state)
{
    struct arena *arena = arena_new();
    bool good = false;
    (void)state;
    const char *text = reported(arena,
                                "sections:\n"
                                "  - name: talk\n"
                                "    parts:\n"
                                "      - deals_talk\n"
                                "      - [levers_bars, levers_alone]\n"
                                "      - {heading: talk.title}\n"
                                "      - {judgement: judgement.seller.title, lines: 6}\n",
                                &good);
    assert_string_equal(text, "");
    assert_true(good);
    arena_free(arena);
}

static void
faults(void **state)
{
    static const struct {
        const char *parts, *expected;
    } cases[] = {
        {"deals_tok", "own.yaml:4:9: error: no part of a pack is called 'deals_tok'"},
        {"deals_tok", "did you mean deals_t"},
        {"[deals_talk]", "own.yaml:4:9: error: a list: beside each other are two parts"},
        {"{judgement: talk.title, lines: 99}", "own.yaml:4:40: error: '99' is no number of lines"},
        {"{headline: talk.title}", "own.yaml:4:10: error: 'headline' is not known here"},
        {"{lines: 3}", "own.yaml:4:9: error: text, heading or judgement is missing"},
        {"{text: talk.nothing}", "own.yaml:4:9: error: no words are called 'talk.nothing'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        bool good = true;
        const char *text =
            reported(arena,
                     arena_printf(arena, "sections:\n  - name: talk\n    parts:\n      - %s\n",
                                  cases[i].parts),
                     &good);
        if (good || !strstr(text, cases[i].expected))
            print_message("%s\n%s", cases[i].parts, text);
        assert_false(good);
        assert_non_null(strstr(text, cases[i].expected));
        arena_free(arena);
    }
}

static void
sections(void **state)
{
    struct arena *arena = arena_new();
    bool good = true;
    (void)state;
    assert_non_null(strstr(reported(arena, "sections:\n  - parts: [deals_talk]\n", &good),
                           "a section needs a name"));
    assert_false(good);
    assert_non_null(strstr(reported(arena, "parts: []\n", &good), "a list `sections` is missing"));
    assert_false(good);
    assert_non_null(
        strstr(reported(arena, "sections:\n  - {name: nowhere, parts: [deals_talk]}\n", &good),
               "no words are called 'sections.nowhere'"));
    assert_false(good);
    arena_free(arena);
}

/* templates/README.md names every part there is. */
static void
readme_names_parts(void **state)
{
    struct arena *arena = arena_new();
    FILE *file = fopen(SOURCE_DIR "/templates/README.md", "r");
    char *text = arena_alloc(arena, 1 << 16);
    (void)state;
    assert_non_null(file);
    text[fread(text, 1, (1 << 16) - 1, file)] = '\0';
    fclose(file);
    for (const struct part_row *row = part_table; row->name; row++)
        if (!strstr(text, arena_printf(arena, "`%s`", row->name)))
            fail_msg("templates/README.md does not speak of %s", row->name);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_outlines),
        cmocka_unit_test(own_outline),
        cmocka_unit_test(faults),
        cmocka_unit_test(sections),
        cmocka_unit_test(readme_names_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
