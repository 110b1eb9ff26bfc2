/* judging: what a loaded config holds, against what was expected; after cmocka.h. */
#ifndef TESTS_CONFIG_JUDGING_H
#define TESTS_CONFIG_JUDGING_H

#include "loading.h"

/* What was loaded without a word. */
static inline struct config *
good(struct loaded *loaded)
{
    assert_string_equal(loaded->said, "");
    assert_non_null(loaded->config);
    assert_int_equal(loaded->code, EXIT_OK);
    return loaded->config;
}

static inline void
check_day(day d, const char *iso)
{
    char text[11];
    day_to_iso(d, text);
    assert_string_equal(text, iso);
}

static inline void
check_strings(struct config_strings strings, uint32_t count, const char *const *expected)
{
    assert_int_equal(strings.count, count);
    for (uint32_t i = 0; i < count; i++)
        assert_string_equal(strings.string[i], expected[i]);
}

#endif
