/* The words of every language are whole: the same keys, patterns that parse, arguments that exist.
 */
#include "words.h"

#include "measures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TEMPLATES SOURCE_DIR "/templates"

static const char *const built_in[] = {TEMPLATES, NULL};

/* One language's file alone, read as the base of a folder of its own. */
static struct words *
words_of(const char *language, struct arena *arena, struct diag *diag)
{
    char folder[] = "/tmp/sefpack-words-XXXXXX", command[600];
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "mkdir %s/words && cp %s/words/%s.yaml %s/words/en.yaml",
             folder, TEMPLATES, language, folder);
    assert_int_equal(system(command), 0);
    const char *folders[] = {folder, NULL};
    struct words *words = words_open(arena, folders, "en", diag);
    assert_non_null(words);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    return words;
}

/* What measures are stands in English in their table. */
static const char formulas[] = "formulas.";

struct comparing {
    const struct words *other;
    uint32_t count, missing;
};

static void
look_up(void *context, const char *key)
{
    struct comparing *comparing = context;
    comparing->count++;
    if (strncmp(key, formulas, strlen(formulas)) == 0 || words_find(comparing->other, key))
        return;
    comparing->missing++;
    print_message("only in one language: %s\n", key);
}

static void
same_keys(void **state)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(stderr, false, false);
    struct words *en = words_of("en", arena, diag), *de = words_of("de", arena, diag);
    struct comparing there = {de, 0, 0}, back = {en, 0, 0};
    (void)state;
    words_keys(en, look_up, &there);
    words_keys(de, look_up, &back);
    assert_true(there.count > 500);
    assert_int_equal(there.missing, 0);
    assert_int_equal(back.missing, 0);
    words_close(en);
    words_close(de);
    diag_free(diag);
    arena_free(arena);
}

static void
name_measure(void *context, const char *key)
{
    uint32_t *count = context;
    if (strncmp(key, formulas, strlen(formulas)) != 0)
        return;
    (*count)++;
    if (measure_find(text_of(key + strlen(formulas))) == MEASURE_COUNT)
        fail_msg("%s is no measure's", key);
}

/* Every measure says in German what it is, and nothing else does. */
static void
german_formulas(void **state)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(stderr, false, false);
    struct words *de = words_of("de", arena, diag);
    uint32_t count = 0;
    (void)state;
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++)
        if (!words_find(de, arena_printf(arena, "%s%s", formulas, measure_table[m].name)))
            fail_msg("%s has no German formula", measure_table[m].name);
    words_keys(de, name_measure, &count);
    assert_int_equal(count, MEASURE_COUNT);
    words_close(de);
    diag_free(diag);
    arena_free(arena);
}

/* Opening checks that each argument of a translation is one of the English pattern or a measure. */
static void
german_opens(void **state)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(stderr, false, false);
    (void)state;
    struct words *words = words_open(arena, built_in, "de", diag);
    diag_flush(diag);
    assert_non_null(words);
    assert_non_null(words_find(words, "summary.plan.short"));
    assert_null(words_find(words, "summary.plan.shortest"));
    words_close(words);
    diag_free(diag);
    arena_free(arena);
}

/* A measure's name in any pattern is one of the table: the English file is the base and says so. */
static void
general_names(void **state)
{
    (void)state;
    assert_true(words_general("forecast.gap"));
    assert_true(words_general("forecast.gap.low"));
    assert_true(words_general("pipeline.open.number"));
    assert_true(words_general("chance"));
    assert_false(words_general("forecast.gape"));
    assert_false(words_general("forecast.gap.lowest"));
}

static void
assert_own_refused(const char *yaml, const char *expected)
{
    char folder[] = "/tmp/sefpack-words-XXXXXX", path[300], text[2048];
    struct arena *arena = arena_new();
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/words", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/words/en.yaml", folder);
    FILE *file = fopen(path, "w");
    fputs(yaml, file);
    fclose(file);
    const char *folders[] = {folder, TEMPLATES, NULL};
    assert_null(words_open(arena, folders, "en", diag));
    diag_flush(diag);
    rewind(stream);
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    assert_non_null(strstr(text, expected));
    unlink(path);
    snprintf(path, sizeof path, "%s/words", folder);
    rmdir(path);
    rmdir(folder);
    fclose(stream);
    diag_free(diag);
    arena_free(arena);
}

static void
own_words(void **state)
{
    (void)state;
    assert_own_refused("why:\n  met: \"no {gup}\"\n",
                       "en.yaml:2:9: error: nothing is called {gup} in the words 'why.met'");
    assert_own_refused("why:\n  met: \"no {gap\"\n", "en.yaml:2:16: error: '}' is missing");
    assert_own_refused("why: [a, b]\n", "'why' is a list; words are text");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_keys),       cmocka_unit_test(german_opens),
        cmocka_unit_test(german_formulas), cmocka_unit_test(general_names),
        cmocka_unit_test(own_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
