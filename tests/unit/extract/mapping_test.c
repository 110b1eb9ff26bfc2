/* Columns, constants, replacements, look-ups, drops: what feeds a field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extraction.h"

static void
default_names(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "d.csv", " Owner ,ID,extra\nana,1,x\n");
    READ(&reading, "d.csv", "id", "name", "owner");
    assert_true(reading.good);
    assert_string_equal(reading.rows.bytes, "2|1||ana\n");
    assert_true(reading.mapped[0] && !reading.mapped[1] && reading.mapped[2]);
    assert_memory_equal(reading.mapped, reading.mapped_at_parse, 3);
    assert_int_equal(reading.report.unmapped_count, 1);
    assert_string_equal(reading.report.unmapped[0], "extra");
    assert_string_equal(reading.report.column[0].column, "ID");
    assert_null(reading.report.column[1].column);
    end(&reading);
}

static void
columns(void **state)
{
    (void)state;
    const struct config_pair pairs[] = {{"GTXPro", "GTX Pro"}};
    const struct config_field fields[] = {
        {.name = "id", .columns = COLUMNS("Deal Id", "Record ID")},
        {.name = "name", .columns = COLUMNS("First", "Last"), .join = " "},
        {.name = "owner", .columns = COLUMNS("Owner A", "Owner B"), .first_filled = true},
        {.name = "type", .columns = COLUMNS("Product"), .replace = {1, pairs}},
        {.name = "stage", .constant = "Won"},
        {.name = "close", .columns = COLUMNS("Closed"), .constant = "2026-01-01"},
    };
    struct reading reading;
    begin(&reading);
    reading.extract.field = fields;
    reading.extract.field_count = 6;
    put(&reading, "d.csv",
        "Record ID,First,Last,Owner A,Owner B,Product,Closed\n"
        "1,Ana, Diaz ,, bo,GTXPro,2025-05-05\n"
        "2,,Lee,al,bo,Other,  \n");
    READ(&reading, "d.csv", "id", "name", "owner", "type", "stage", "close");
    assert_string_equal(reading.rows.bytes, "2|1|Ana Diaz| bo|GTX Pro|Won|2025-05-05\n"
                                            "3|2|Lee|al|Other|Won|2026-01-01\n");
    assert_true(reading.mapped[4]);
    assert_null(reading.report.column[4].column);
    assert_string_equal(reading.report.column[1].column, "First, Last");
    end(&reading);
}

static void
lookup(void **state)
{
    (void)state;
    const struct config_pair pairs[] = {{"GTXPro", "GTX Pro"}};
    struct reading reading;
    begin(&reading);
    put(&reading, "products.csv", "product;price\n\"GTX Pro\";4821\nMG;55\n");
    put(&reading, "d.csv", "id,value,product\n1,1054,MG\n2,,GTXPro\n3,,None\n4,,\n");
    char path[256];
    strcpy(path, path_of(&reading, "products.csv"));
    const struct config_field otherwise = {
        .columns = COLUMNS("product"), .replace = {1, pairs}, .lookup = {path, "product", "price"}};
    const struct config_field fields[] = {
        {.name = "amount", .columns = COLUMNS("value"), .otherwise = &otherwise, .constant = "0"},
    };
    reading.extract.field = fields;
    reading.extract.field_count = 1;
    READ(&reading, "d.csv", "id", "amount");
    assert_true(reading.good);
    assert_string_equal(reading.rows.bytes, "2|1|1054\n3|2|4821\n4|3|None\n5|4|0\n");
    end(&reading);
}

static void
lookup_errors(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "products.csv", "product,cost\nMG\n");
    put(&reading, "d.csv", "id\n1\n");
    char path[256];
    strcpy(path, path_of(&reading, "products.csv"));
    const struct config_field fields[] = {
        {.name = "id", .columns = COLUMNS("id"), .lookup = {path, "product", "price"}},
    };
    reading.extract.field = fields;
    reading.extract.field_count = 1;
    READ(&reading, "d.csv", "id");
    assert_false(reading.good);
    assert_non_null(strstr(reading.messages.bytes,
                           "products.csv:1: error: there is no column \"price\" to look up "
                           "[extract.lookup_column]"));
    end(&reading);
}

static void
duplicates(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "d.csv", "id,Status,Status,name\n1,a,b,c\n");
    READ(&reading, "d.csv", "id", "name");
    assert_true(reading.good);
    assert_string_equal(reading.rows.bytes, "2|1|c\n");
    end(&reading);
    begin(&reading);
    put(&reading, "d.csv", "id,Name,name\n1,a,b\n");
    READ(&reading, "d.csv", "id", "name"); /* the very bytes win */
    assert_string_equal(reading.rows.bytes, "2|1|b\n");
    end(&reading);
    begin(&reading);
    put(&reading, "d.csv", "id,Name,NAME\n1,a,b\n");
    READ(&reading, "d.csv", "id", "name");
    assert_false(reading.good);
    assert_non_null(strstr(reading.messages.bytes,
                           "d.csv:1: error: two columns are named \"name\", "
                           "which feeds name [extract.duplicate_column]"));
    end(&reading);
}

static void
near_misses(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "d.csv", "id,Next-Step,ammount\n1,a,b\n");
    READ(&reading, "d.csv", "id", "next_step", "amount", "strategic");
    assert_string_equal(reading.report.column[1].near, "Next-Step");
    assert_string_equal(reading.report.column[2].near, "ammount");
    assert_null(reading.report.column[3].near);
    end(&reading);
}

static void
drops(void **state)
{
    (void)state;
    const struct config_drop drop[] = {{"IsChild", "1"}, {"Deleted", "true"}, {"Absent", "x"}};
    struct reading reading;
    begin(&reading);
    reading.extract.drop = drop;
    reading.extract.drop_count = 3;
    put(&reading, "d.csv", "id,IsChild,Deleted\n1,0,false\n2,1,\n3,,TRUE\n4,,\n");
    READ(&reading, "d.csv", "id");
    assert_string_equal(reading.rows.bytes, "2|1\n5|4\n");
    assert_int_equal(reading.report.read, 4);
    assert_int_equal(reading.report.ignored, 2);
    assert_int_equal(reading.report.ignored_dropped, 2);
    assert_int_equal(reading.report.unmapped_count, 0);
    end(&reading);
}

static void
history_columns(void **state)
{
    (void)state;
    const char *const aliases[] = {"Closed (won)"};
    const struct config_stage stages[] = {{.name = "Discovery"},
                                          {.name = "Won", .aliases = aliases, .alias_count = 1}};
    const struct config config = {.stage_count = 2, .stage = stages};
    struct reading reading;
    begin(&reading);
    reading.config = &config;
    reading.table = TABLE_HISTORY;
    reading.extract.history_form = HISTORY_COLUMNS;
    reading.extract.history_column = "Date entered \"{stage}\"";
    put(&reading, "d.csv",
        "deal,\"Date entered \xE2\x80\x9C"
        "discovery\xE2\x80\x9D\",Date entered 'Closed (won)'\n7,2026-01-02,2026-02-03\n");
    READ(&reading, "d.csv", "deal", "Discovery", "Won");
    assert_string_equal(reading.rows.bytes, "2|7|2026-01-02|2026-02-03\n");
    end(&reading);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_names), cmocka_unit_test(columns),
        cmocka_unit_test(lookup),        cmocka_unit_test(lookup_errors),
        cmocka_unit_test(duplicates),    cmocka_unit_test(near_misses),
        cmocka_unit_test(drops),         cmocka_unit_test(history_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
