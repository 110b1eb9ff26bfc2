/* One row, byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads the first row of `text`: VERDICT:END:CELL|CELL or VERDICT:END:REASON. */
static const char *
first_row(const char *text, uint32_t columns, bool final)
{
    static char out[4096];
    static const char *const verdicts[] = {"more", "good", "literal", "bad"};
    struct row row = {0};
    row_read(&row, text, 0, (uint32_t)strlen(text), final, ',', columns);
    int used = snprintf(out, sizeof out, "%s:", verdicts[row.verdict]);
    if (row.verdict != ROW_MORE)
        used += snprintf(out + used, sizeof out - (size_t)used, "%u:", row.end);
    if (row.verdict == ROW_BAD)
        snprintf(out + used, sizeof out - (size_t)used, "%s", row.reason);
    for (uint32_t i = 0; i < row.count && row.verdict != ROW_MORE && row.verdict != ROW_BAD; i++) {
        char room[256];
        struct text cell = row_cell_text(&row.cell[i], text, room);
        used += snprintf(out + used, sizeof out - (size_t)used, "%s%.*s", i ? "|" : "",
                         (int)cell.length, cell.bytes);
    }
    row_free(&row);
    return out;
}

static void
plain(void **state)
{
    (void)state;
    assert_string_equal(first_row("a,b\nc", 2, true), "good:4:a|b");
    assert_string_equal(first_row("a,b\r\nc", 2, true), "good:5:a|b");
    assert_string_equal(first_row("a,b\rc", 2, true), "good:4:a|b");
    assert_string_equal(first_row("a,b", 2, true), "good:3:a|b");
    assert_string_equal(first_row("a,", 2, true), "good:2:a|");
    assert_string_equal(first_row("a,b", 2, false), "more:");
    assert_string_equal(first_row("a,b\r", 2, false), "more:");
    assert_string_equal(first_row("a,b\r", 2, true), "good:4:a|b");
}

static void
quoted(void **state)
{
    (void)state;
    assert_string_equal(first_row("\"a,\n\"\"x\"\"\",\"\"\n", 2, true), "good:14:a,\n\"x\"|");
    assert_string_equal(first_row("\"a\"", 1, true), "good:3:a");
    assert_string_equal(first_row("\"a\"", 1, false), "more:");
    assert_string_equal(first_row("\"a", 1, false), "more:");
    assert_string_equal(first_row("\"\"\"", 1, false), "more:");
}

static void
odd(void **state)
{
    (void)state;
    assert_string_equal(first_row("5\" pipe,b\n", 2, true), "literal:10:5\" pipe|b");
    assert_string_equal(first_row(" \"a,b\" ,c\n", 2, true), "literal:10:a,b|c");
    assert_string_equal(first_row("\"a\" b,c\n", 2, true), "bad:8:text after closing quote");
    assert_string_equal(first_row("\"a,b\" x,c\n", 2, true), "bad:10:text after closing quote");
    assert_string_equal(first_row("\"a\\\"b\",c\n", 2, true), "bad:9:text after closing quote");
}

static void
counted(void **state)
{
    (void)state;
    assert_string_equal(first_row("a,b\n", 3, true), "bad:4:too few cells");
    assert_string_equal(first_row("a,b,c\n", 2, true), "bad:6:too many cells");
    assert_string_equal(first_row("a,b,,\n", 2, true), "good:6:a|b||");
    assert_string_equal(first_row("a,b,,x\n", 2, true), "bad:7:too many cells");
    assert_string_equal(first_row("a,b,\"\"\n", 2, true), "good:7:a|b|");
}

/* A stray quote costs its own line, and no more. */
static void
stray(void **state)
{
    (void)state;
    assert_string_equal(first_row("\"a,b\nc,d\n", 2, true), "bad:5:quote not closed");
    assert_string_equal(first_row("\"a,b\nc,\"d\"\n", 2, true), "bad:5:quote not closed");
    assert_string_equal(first_row("\"a,b\nc,\",d\"\n", 2, true), "bad:5:stray quote");
    assert_string_equal(first_row("\"x\ny\",\"a,b\nc,\"d\"\n", 2, true), "bad:3:quote not closed");
    /* ... unless the lines inside are no rows of their own */
    assert_string_equal(first_row("\"a\nb\",c,d\n", 2, true), "bad:10:too many cells");
    assert_string_equal(first_row("\"a\nb,\",c,d\n", 2, true), "bad:11:too many cells");
    assert_string_equal(first_row("\"a\nb,c\n\",d,e\n", 2, true), "bad:3:stray quote");
}

static char *
repeat(const char *head, char c, size_t count, const char *tail)
{
    char *text = calloc(strlen(head) + count + strlen(tail) + 1, 1);
    strcpy(text, head);
    memset(text + strlen(head), c, count);
    strcpy(text + strlen(head) + count, tail);
    return text;
}

static void
check_limit(const char *head, char c, size_t count, const char *tail, const char *reason)
{
    char *text = repeat(head, c, count, tail);
    struct row row = {0};
    row_read(&row, text, 0, (uint32_t)strlen(text), false, ',', 2);
    if (reason) {
        assert_int_equal(row.verdict, ROW_BAD);
        assert_string_equal(row.reason, reason);
    } else {
        assert_int_equal(row.verdict, ROW_GOOD);
    }
    row_free(&row);
    free(text);
}

static void
limits(void **state)
{
    (void)state;
    check_limit("\"", 'x', ROW_QUOTED_MOST, "\",b\nc", NULL);
    check_limit("\"", 'x', ROW_QUOTED_MOST + 1, "\",b\nc", "quote not closed");
    check_limit("\"", '\n', ROW_LINES_MOST, "\",b\nc", NULL);
    check_limit("\"", '\n', ROW_LINES_MOST + 1, "\",b\nc", "quote not closed");
    check_limit("", 'x', ROW_BYTES_MOST - 4, ",b\nc", NULL);
    check_limit("", 'x', ROW_BYTES_MOST, ",b\nc", "row longer than 1 MiB");
    check_limit("", ',', ROW_COLUMNS_MOST - 1, "\nc", NULL);
    check_limit("", ',', ROW_COLUMNS_MOST, "\nc", "too many cells");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),   cmocka_unit_test(quoted), cmocka_unit_test(odd),
        cmocka_unit_test(counted), cmocka_unit_test(stray),  cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
