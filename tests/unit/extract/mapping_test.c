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
    const char *patterns[] = {"Date entered \"{stage}\"", "Date entered \"{stage} (*)\""};
    reading.extract.history_columns = (struct config_strings){2, patterns};
    put(&reading, "d.csv",
        "deal,\"Date entered \xE2\x80\x9C"
        "discovery\xE2\x80\x9D\",Date entered 'Closed (won)'\n7,2026-01-02,2026-02-03\n");
    READ(&reading, "d.csv", "deal", "Discovery", "Won");
    assert_string_equal(reading.rows.bytes, "2|7|2026-01-02|2026-02-03\n");
    end(&reading);
}

/* Columns of several pipelines feed one stage: each deal is in one of them. */
static void
history_columns_of_pipelines(void **state)
{
    (void)state;
    const struct config_stage stages[] = {{.name = "Won"}, {.name = "Won (late)"}};
    const struct config config = {.stage_count = 2, .stage = stages};
    const char *patterns[] = {"Date entered \"{stage}\"", "Date entered \"{stage} (*)\""};
    struct reading reading;
    begin(&reading);
    reading.config = &config;
    reading.table = TABLE_HISTORY;
    reading.extract.history_form = HISTORY_COLUMNS;
    reading.extract.history_columns = (struct config_strings){2, patterns};
    put(&reading, "d.csv",
        "deal,\"Date entered \"\"Won (Sales)\"\"\",date entered 'won (Renewals)',"
        "Date entered 'Won (late) (Sales)',Date exited Won\n"
        "1,2026-01-02,,,\n2,,2026-02-02,2026-03-03,\n");
    READ(&reading, "d.csv", "deal", "Won", "Won (late)");
    assert_string_equal(reading.rows.bytes, "2|1|2026-01-02|\n3|2|2026-02-02|2026-03-03\n");
    end(&reading);
}

static void
empty_words(void **state)
{
    (void)state;
    const char *words[] = {"null", "#N/A"}, *columns[] = {"a"};
    const struct config_field field = {.name = "name", .columns = {1, columns}, .constant = "none"};
    struct reading reading;
    begin(&reading);
    reading.extract.empty = (struct config_strings){2, words};
    reading.extract.field = &field;
    reading.extract.field_count = 1;
    put(&reading, "d.csv", "id,a\n1, null \n#N/A,nullable\n3,NULL\n");
    READ(&reading, "d.csv", "id", "name");
    assert_string_equal(reading.rows.bytes, "2|1|none\n3||nullable\n4|3|NULL\n");
    end(&reading);
}

static void
until(void **state)
{
    (void)state;
    const char *columns[] = {"Contacts"}, *ends[] = {";", " ("};
    const struct config_field field = {
        .name = "contact", .columns = {1, columns}, .until = {2, ends}};
    struct reading reading;
    begin(&reading);
    reading.extract.field = &field;
    reading.extract.field_count = 1;
    put(&reading, "d.csv", "Contacts\n12;17\nKim Park (kim@acme.example)\nLou\n;\n");
    READ(&reading, "d.csv", "contact");
    assert_string_equal(reading.rows.bytes, "2|12\n3|Kim Park\n4|Lou\n5|\n");
    end(&reading);
}

static void
suffix(void **state)
{
    (void)state;
    const char *columns[] = {"Stage"}, *pipelines[] = {"Pipe", "Pipeline"};
    const struct config_pair pair = {"Won", "won"};
    struct reading reading;
    begin(&reading);
    const struct config_field field = {
        .name = "stage", .columns = {1, columns}, .suffix = {2, pipelines}, .replace = {1, &pair}};
    reading.extract.field = &field;
    reading.extract.field_count = 1;
    put(&reading, "d.csv",
        "Stage,Pipeline\nWon (Sales),Sales\nClosed (Lost),Sales\n(Sales),Sales\nWon (),\n"
        " Won (Sales) , Sales\n");
    READ(&reading, "d.csv", "stage");
    assert_string_equal(reading.rows.bytes, "2|won\n3|Closed (Lost)\n4|(Sales)\n5|Won ()\n6|won\n");
    assert_int_equal(reading.report.unmapped_count, 0);
    end(&reading);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_names),
        cmocka_unit_test(columns),
        cmocka_unit_test(lookup),
        cmocka_unit_test(lookup_errors),
        cmocka_unit_test(duplicates),
        cmocka_unit_test(near_misses),
        cmocka_unit_test(drops),
        cmocka_unit_test(history_columns),
        cmocka_unit_test(history_columns_of_pipelines),
        cmocka_unit_test(suffix),
        cmocka_unit_test(until),
        cmocka_unit_test(empty_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
