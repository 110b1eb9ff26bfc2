/* extract_read as the next stage calls it: mapping, files, look-ups, footers, reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"
#include "config.h"
#include "extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIELDS_MOST = 8 };

struct reading {
    char folder[64];
    struct config_extract extract;
    const struct config *config;
    enum table table;
    unsigned jobs;
    struct buf rows, rejects, messages;
    struct extract_report report;
    struct extract_log *log;
    bool mapped[FIELDS_MOST];
    bool good, mapped_at_parse[FIELDS_MOST];
};

static void *
parse(void *context, const struct rows *rows)
{
    struct reading *reading = context;
    struct buf *text = calloc(1, sizeof *text);
    for (uint32_t f = 0; f < rows->fields; f++)
        reading->mapped_at_parse[f] = reading->mapped[f];
    for (uint32_t r = 0; r < rows->count; r++) {
        buf_int(text, rows->line[r]);
        for (uint32_t f = 0; f < rows->fields; f++) {
            buf_char(text, '|');
            buf_text(text, rows->cell[(size_t)r * rows->fields + f]);
        }
        buf_char(text, '\n');
    }
    return text;
}

static void
take(void *context, void *parsed)
{
    struct reading *reading = context;
    struct buf *text = parsed;
    buf_add(&reading->rows, text->bytes, text->length);
    buf_free(text);
    free(text);
}

static void
begin(struct reading *reading)
{
    *reading = (struct reading){.jobs = 2, .table = TABLE_DEALS};
    strcpy(reading->folder, "/tmp/sefpack-extract-XXXXXX");
    assert_non_null(mkdtemp(reading->folder));
    reading->extract.present = true;
}

static const char *
path_of(const struct reading *reading, const char *name)
{
    static char path[4][256];
    static unsigned next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", reading->folder, name);
    return path[next];
}

static void
put(const struct reading *reading, const char *name, const char *text)
{
    FILE *file = fopen(path_of(reading, name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void
read_fields(struct reading *reading, const char *pattern, const char *const *fields, uint32_t count)
{
    char path[256];
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    snprintf(path, sizeof path, "%s/%s", reading->folder, pattern);
    reading->extract.file = path;
    reading->log = extract_log_new();
    reading->good = extract_read(reading->config, &reading->extract, reading->table, fields, count,
                                 reading->mapped, (struct row_sink){reading, parse, take},
                                 reading->jobs, reading->log, &reading->report, diag);
    extract_log_sort(reading->log);
    for (size_t i = 0; i < reading->log->rejected_count; i++)
        buf_printf(&reading->rejects, "%u!%s!%s\n", reading->log->rejected[i].line,
                   reading->log->rejected[i].reason, reading->log->rejected[i].raw);
    buf_string(&reading->rows, "");
    buf_string(&reading->rejects, "");
    assert_int_equal(diag_exit(diag), reading->good ? EXIT_OK : EXIT_INPUT);
    diag_flush(diag);
    diag_free(diag);
    rewind(stream);
    buf_string(&reading->messages, "");
    for (int c; (c = getc(stream)) != EOF;)
        buf_char(&reading->messages, (char)c);
    fclose(stream);
}

static void
end(struct reading *reading)
{
    char command[128];
    extract_log_free(reading->log);
    buf_free(&reading->rows);
    buf_free(&reading->rejects);
    buf_free(&reading->messages);
    snprintf(command, sizeof command, "rm -rf '%s'", reading->folder);
    assert_int_equal(system(command), 0);
}

#define READ(reading, pattern, ...)                                                                \
    read_fields(reading, pattern, (const char *const[]){__VA_ARGS__},                              \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

#define COLUMNS(...)                                                                               \
    {                                                                                              \
        .count = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),                      \
        .string = (const char *const[])                                                            \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

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
several_files(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "d_2.csv", "owner;id\nbo;3\n");
    put(&reading, "d_1.csv", "id,name\n1,a\n2,b\n");
    put(&reading, "other.csv", "id\n9\n");
    assert_int_equal(mkdir(path_of(&reading, "d_3.csv"), 0700), 0);
    READ(&reading, "d_*.csv", "id", "name", "owner");
    assert_string_equal(reading.rows.bytes, "2|1|a|\n3|2|b|\n2|3||bo\n");
    assert_int_equal(reading.report.file_count, 2);
    assert_int_equal(reading.report.file[0].rows, 2);
    assert_int_equal(reading.report.file[1].delimiter, ';');
    assert_true(reading.mapped_at_parse[1] && reading.mapped_at_parse[2]);
    end(&reading);
    begin(&reading);
    READ(&reading, "none_*.csv", "id");
    assert_false(reading.good);
    assert_non_null(strstr(reading.messages.bytes, "there is no such file [extract.not_found]"));
    end(&reading);
}

static const char footer[] =
    "\n\n\"Grand Totals (2 records)\"\n\nMy Report\n"
    "\"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n"
    "\"Confidential Information - Do Not Distribute\"\n"
    "\"Generated By:  A User  1/1/2026 10:00 AM\"\n\"salesforce.com\"\n";

static void
footers(void **state)
{
    (void)state;
    struct reading reading;
    struct buf text = {0};
    begin(&reading);
    buf_string(&text, "id,name\n1,a\nlonely\n2,b\n");
    buf_string(&text, footer);
    put(&reading, "d.csv", text.bytes);
    READ(&reading, "d.csv", "id", "name");
    assert_string_equal(reading.rows.bytes, "2|1|a\n4|2|b\n");
    assert_string_equal(reading.rejects.bytes, "3!too few cells!lonely\n");
    assert_int_equal(reading.report.ignored_footer, 6);
    assert_int_equal(reading.report.blank_lines, 3);
    assert_int_equal(reading.report.read, 9);
    end(&reading);
    begin(&reading); /* the title alone above the copyright; padded with commas by Excel */
    put(&reading, "d.csv", "id,name\n1,a\nMy Report\nCopyright \xC2\xA9 2026 x,\n");
    READ(&reading, "d.csv", "id", "name");
    assert_string_equal(reading.rejects.bytes, "");
    assert_int_equal(reading.report.ignored_footer, 2);
    end(&reading);
    begin(&reading); /* titles above the header */
    put(&reading, "d.csv", "Pipeline Report\n\nAs of 2026-01-01\nid,name\n1,a\n");
    READ(&reading, "d.csv", "id", "name");
    assert_string_equal(reading.rows.bytes, "5|1|a\n");
    assert_int_equal(reading.report.ignored_footer, 2);
    end(&reading);
    buf_free(&text);
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

static void
xml(void **state)
{
    (void)state;
    const struct config_field fields[] = {
        {.name = "name", .columns = COLUMNS("Title", "Label")},
        {.name = "stage", .constant = "Open"},
        {.name = "owner", .columns = COLUMNS("Seller")},
    };
    for (unsigned jobs = 1; jobs < 4; jobs++) {
        struct buf text = {0}, expected = {0};
        struct reading reading;
        begin(&reading);
        reading.jobs = jobs;
        reading.extract.field = fields;
        reading.extract.field_count = 3;
        reading.extract.xml.record = "/rows/row";
        buf_string(&text, "<rows>\n");
        for (int i = 0; i < 9000; i++) {
            buf_printf(&text, "<row id='%d'><Label>n%d</Label><More>x</More></row>\n", i, i);
            buf_printf(&expected, "%d|%d|n%d|Open|\n", i + 2, i, i);
        }
        buf_string(&text, "</rows>\n");
        put(&reading, "d.xml", text.bytes);
        READ(&reading, "d.xml", "id", "name", "stage", "owner");
        assert_true(reading.good);
        assert_string_equal(reading.rows.bytes, expected.bytes);
        assert_int_equal(reading.report.read, 9000);
        assert_int_equal(reading.report.file[0].bytes, text.length);
        assert_true(reading.mapped_at_parse[0] && reading.mapped_at_parse[1]);
        assert_true(reading.mapped_at_parse[2] && !reading.mapped_at_parse[3]);
        assert_string_equal(reading.report.column[1].column, "Label");
        assert_null(reading.report.column[3].column);
        assert_int_equal(reading.report.unmapped_count, 1);
        assert_string_equal(reading.report.unmapped[0], "More");
        end(&reading);
        buf_free(&text);
        buf_free(&expected);
    }
}

static void
hash(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "d.csv", "id\nabc\n");
    READ(&reading, "d.csv", "id");
    assert_string_equal(reading.report.file[0].sha256,
                        "d6c8099682285e8811bcd249ac6aec9667daa6d71cb04056c6706f1eb6c64327");
    end(&reading);
}

/* A file that grows while it is read is told, and nothing may be published. */
static void *
parse_and_grow(void *context, const struct rows *rows)
{
    struct reading *reading = context;
    FILE *file = fopen(reading->extract.file, "a");
    fputs("9\n", file);
    fclose(file);
    (void)rows;
    return NULL;
}

static void
take_nothing(void *context, void *parsed)
{
    (void)context;
    (void)parsed;
}

static void
changed(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    put(&reading, "d.csv", "id\n1\n");
    reading.extract.file = path_of(&reading, "d.csv");
    reading.log = extract_log_new();
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    const char *const fields[] = {"id"};
    assert_false(extract_read(NULL, &reading.extract, TABLE_DEALS, fields, 1, reading.mapped,
                              (struct row_sink){&reading, parse_and_grow, take_nothing}, 1,
                              reading.log, &reading.report, diag));
    assert_int_equal(diag_exit(diag), EXIT_INPUT);
    diag_flush(diag);
    diag_free(diag);
    rewind(stream);
    char line[512] = "";
    assert_non_null(fgets(line, sizeof line, stream));
    assert_non_null(strstr(line, "the file changed while it was read [extract.changed]"));
    fclose(stream);
    end(&reading);
}

static void
log_texts(void **state)
{
    (void)state;
    struct extract_log *log = extract_log_new();
    char long_row[5000];
    memset(long_row, 'x', sizeof long_row);
    extract_reject(log, TABLE_DEALS, "b.csv", 3, "amount", "r", TEXT("a\0b\xC3\xA9\xFF\xC3"));
    extract_reject(log, TABLE_DEALS, "a.csv", 9, NULL, "r",
                   (struct text){long_row, sizeof long_row});
    extract_reject(log, TABLE_SELLERS, "z.csv", 1, NULL, "r", TEXT(""));
    extract_log_sort(log);
    assert_int_equal(log->rejected[0].table, TABLE_SELLERS);
    assert_string_equal(log->rejected[1].file, "a.csv");
    assert_int_equal(strlen(log->rejected[1].raw), 4096);
    assert_string_equal(log->rejected[2].raw, "a\xEF\xBF\xBD"
                                              "b\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(log->rejected[2].column, "amount");
    extract_log_free(log);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_names), cmocka_unit_test(columns),
        cmocka_unit_test(lookup),        cmocka_unit_test(lookup_errors),
        cmocka_unit_test(duplicates),    cmocka_unit_test(near_misses),
        cmocka_unit_test(drops),         cmocka_unit_test(several_files),
        cmocka_unit_test(footers),       cmocka_unit_test(history_columns),
        cmocka_unit_test(xml),           cmocka_unit_test(hash),
        cmocka_unit_test(changed),       cmocka_unit_test(log_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
