#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of runs made by hand, an index beside them, and what was said in a file. */
struct archive {
    char folder[64], index[96], said_path[96];
    FILE *said;
    struct diag *diag;
};

static const struct history_wanted wanted[] = {{"deals.won", "", "number"},
                                               {"pipeline.by_stage", "Offer", "value"},
                                               {"system.binding", "", "value"}};

static const char *const measures[] = {"deals.won", "pipeline.by_stage", "system.binding", NULL};

static int
set_up(void **state)
{
    static struct archive archive;
    strcpy(archive.folder, "/tmp/sefpack-history-XXXXXX");
    if (!mkdtemp(archive.folder))
        return 1;
    snprintf(archive.index, sizeof archive.index, "%s/history.sqlite", archive.folder);
    snprintf(archive.said_path, sizeof archive.said_path, "%s/said", archive.folder);
    archive.said = fopen(archive.said_path, "w+");
    archive.diag = diag_new(archive.said, false, false);
    *state = &archive;
    return archive.said ? 0 : 1;
}

static int
tear_down(void **state)
{
    struct archive *archive = *state;
    char command[128];
    diag_free(archive->diag);
    fclose(archive->said);
    snprintf(command, sizeof command, "rm -rf '%s'", archive->folder);
    return system(command);
}

/* Whether a message with this id was printed since the last look. */
static bool
was_said(struct archive *archive, const char *id)
{
    char line[512];
    bool found = false;
    diag_flush(archive->diag);
    rewind(archive->said);
    while (fgets(line, sizeof line, archive->said))
        found = found || strstr(line, id);
    rewind(archive->said);
    if (ftruncate(fileno(archive->said), 0) != 0)
        fail();
    return found;
}

static void
put(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A run as a publication leaves it: a folder, and the link of its day. */
static void
publish(const struct archive *archive, const char *as_of, const char *name, const char *memory)
{
    char folder[128], path[160], link_path[128], target[80];
    snprintf(folder, sizeof folder, "%s/.runs", archive->folder);
    mkdir(folder, 0755);
    snprintf(folder, sizeof folder, "%s/.runs/%s", archive->folder, name);
    mkdir(folder, 0755);
    snprintf(path, sizeof path, "%s/memory.json", folder);
    if (memory)
        put(path, memory);
    snprintf(link_path, sizeof link_path, "%s/%s", archive->folder, as_of);
    snprintf(target, sizeof target, ".runs/%s", name);
    unlink(link_path);
    assert_int_equal(symlink(target, link_path), 0);
}

static const char *
memory_of(const char *as_of, int schema, int won, const char *binding)
{
    static char bytes[2048];
    snprintf(
        bytes, sizeof bytes,
        "{\"schema\": %d, \"run\": {\"id\": \"abc\", \"version\": \"1\", \"as_of\": \"%s\"},"
        " \"scopes\": [{\"kind\": \"company\", \"id\": \"company\", \"measures\": {"
        "\"deals.won\": {\"number\": %d, \"value\": 1200, \"unit\": \"money\"},"
        "\"deals.lost\": {\"value\": null, \"unit\": \"money\", \"why\": \"no_data\"},"
        "\"system.binding\": {\"value\": \"%s\", \"unit\": \"text\"},"
        "\"pipeline.by_stage\": {\"unit\": \"money\", \"rows\": ["
        "{\"key\": \"\", \"number\": 0, \"value\": 0},"
        "{\"key\": \"Offer\", \"number\": 2, \"value\": %d}]}}},"
        "{\"kind\": \"seller\", \"id\": \"S'1\", \"measures\": {\"deals.won\": {\"number\": 1}}}],"
        " \"deals\": [{\"id\": \"D2\", \"owner\": \"S'1\", \"stage\": \"Offer\", \"amount\": %d,"
        " \"close\": \"2026-06-30\", \"qualified\": \"2026-01-05\", \"segment\": 0,"
        " \"category\": 1, \"q\": 0.25},"
        "{\"id\": \"D1\", \"owner\": \"\", \"stage\": \"\", \"amount\": null, \"close\": null,"
        " \"qualified\": null, \"segment\": 2, \"category\": 0, \"q\": 0}]}\n",
        schema, as_of, won, binding, 100 * won, 100 * won);
    return bytes;
}

static struct history *
open_at(struct archive *archive, const char *as_of, bool mend)
{
    struct history_source source = {.out_dir = archive->folder,
                                    .index = archive->index,
                                    .measures = measures,
                                    .as_of = day_from_iso(as_of, 10),
                                    .mend = mend,
                                    .wanted_count = sizeof wanted / sizeof *wanted,
                                    .wanted = wanted};
    return history_open(&source, archive->diag);
}

static void
mend(const struct archive *archive)
{
    history_mend(&(struct history_source){
        .out_dir = archive->folder, .index = archive->index, .measures = measures});
}

static double
won_in(const struct history *history, const char *as_of)
{
    double number = -1;
    history_value(history, day_from_iso(as_of, 10), "company", TEXT("company"), "deals.won", "",
                  "number", &number);
    return number;
}

static void
publish_three(struct archive *archive)
{
    publish(archive, "2026-03-31", "2026-03-31-a", memory_of("2026-03-31", 1, 3, "win"));
    publish(archive, "2026-01-31", "2026-01-31-a", memory_of("2026-01-31", 1, 1, "size"));
    publish(archive, "2026-02-28", "2026-02-28-a", memory_of("2026-02-28", 1, 2, "none"));
}

static void
earlier_runs_alone_are_seen(void **state)
{
    struct archive *archive = *state;
    const day *run;
    double value;
    publish_three(archive);
    struct history *history = open_at(archive, "2026-03-31", true);
    assert_non_null(history);
    assert_int_equal(history_runs(history, &run), 2);
    assert_int_equal(run[0], day_from_iso("2026-01-31", 10));
    assert_int_equal(run[1], day_from_iso("2026-02-28", 10));
    assert_true(won_in(history, "2026-02-28") == 2);
    assert_true(won_in(history, "2026-03-31") == -1);
    assert_true(history_value(history, run[1], "company", TEXT("company"), "pipeline.by_stage",
                              "Offer", "value", &value));
    assert_true(value == 200);
    assert_false(
        history_value(history, run[1], "team", TEXT("company"), "deals.won", "", "number", &value));
    assert_true(
        history_value(history, run[0], "seller", TEXT("S'1"), "deals.won", "", "number", &value));
    assert_string_equal(
        history_word(history, run[0], "company", TEXT("company"), "system.binding", "", "value"),
        "size");
    history_close(history);
}

static void
deals_come_by_id_with_what_is_unknown(void **state)
{
    struct archive *archive = *state;
    const struct history_deal *deal;
    publish_three(archive);
    struct history *history = open_at(archive, "2026-03-01", true);
    assert_int_equal(history_deals(history, day_from_iso("2026-02-28", 10), &deal), 2);
    assert_true(text_equal(deal[0].id, TEXT("D1")));
    assert_false(deal[0].has_amount);
    assert_int_equal(deal[0].close, DAY_NONE);
    assert_int_equal(deal[0].segment, 2);
    assert_true(text_equal(deal[1].owner, TEXT("S'1")));
    assert_int_equal(deal[1].amount, 200);
    assert_int_equal(deal[1].close, day_from_iso("2026-06-30", 10));
    assert_true(deal[1].q == 0.25);
    history_close(history);
}

struct seen {
    char order[64];
    size_t length;
};

static void
see_deal(void *context, day as_of, const struct history_deal *deal)
{
    struct seen *seen = context;
    char iso[11];
    day_to_iso(as_of, iso);
    seen->length += (size_t)snprintf(seen->order + seen->length, sizeof seen->order - seen->length,
                                     "%.2s %.2s ", deal->id.bytes, iso + 5);
}

static void
deals_of_all_runs_come_by_id_then_day(void **state)
{
    struct archive *archive = *state;
    struct seen seen = {.length = 0};
    publish_three(archive);
    struct history *history = open_at(archive, "2026-03-31", true);
    history_each_deal(history, see_deal, &seen);
    assert_string_equal(seen.order, "D1 01 D1 02 D2 01 D2 02 ");
    history_close(history);
}

static void
nothing_published_is_an_empty_memory(void **state)
{
    struct archive *archive = *state;
    const day *run;
    struct history *history = open_at(archive, "2026-03-31", true);
    assert_non_null(history);
    assert_int_equal(history_runs(history, &run), 0);
    history_close(history);
    assert_false(was_said(archive, "history."));
}

static void
a_lost_or_damaged_index_is_rebuilt_with_a_note(void **state)
{
    struct archive *archive = *state;
    publish_three(archive);
    history_close(open_at(archive, "2026-04-30", true));
    assert_true(was_said(archive, "the index was lost: rebuilt from 3 runs [history.rebuilt]"));
    history_close(open_at(archive, "2026-04-30", true));
    assert_false(was_said(archive, "history."));
    put(archive->index, "SQLite format 3 it is not");
    struct history *history = open_at(archive, "2026-04-30", true);
    assert_true(was_said(archive, "the index was damaged: rebuilt from 3 runs [history.rebuilt]"));
    assert_true(won_in(history, "2026-03-31") == 3);
    history_close(history);
}

static void
an_index_that_lags_is_brought_into_line(void **state)
{
    struct archive *archive = *state;
    char path[128];
    publish_three(archive);
    mend(archive);
    publish(archive, "2026-02-28", "2026-02-28-b", memory_of("2026-02-28", 1, 22, "win"));
    snprintf(path, sizeof path, "%s/2026-01-31", archive->folder);
    unlink(path);
    struct history *history = open_at(archive, "2026-04-30", true);
    assert_true(was_said(archive, "1 taken in, 1 dropped [history.lagged]"));
    assert_true(won_in(history, "2026-02-28") == 22);
    assert_true(won_in(history, "2026-01-31") == -1);
    history_close(history);
    mend(archive);
    history_close(open_at(archive, "2026-04-30", true));
    assert_false(was_said(archive, "history."));
}

static void
who_only_looks_leaves_no_trace(void **state)
{
    struct archive *archive = *state;
    publish_three(archive);
    struct history *history = open_at(archive, "2026-04-30", false);
    assert_true(won_in(history, "2026-03-31") == 3);
    history_close(history);
    assert_int_equal(access(archive->index, F_OK), -1);
    assert_false(was_said(archive, "history."));
    mend(archive);
    publish(archive, "2026-03-31", "2026-03-31-b", memory_of("2026-03-31", 1, 33, "win"));
    history = open_at(archive, "2026-04-30", false);
    assert_true(won_in(history, "2026-03-31") == 33);
    history_close(history);
}

/* A program that looks at other numbers than the last one did. */
static void
an_index_of_other_measures_is_made_anew(void **state)
{
    static const char *const fewer[] = {"deals.won", NULL};
    struct archive *archive = *state;
    double value;
    publish_three(archive);
    history_mend(&(struct history_source){
        .out_dir = archive->folder, .index = archive->index, .measures = fewer});
    struct history *history = open_at(archive, "2026-04-30", true);
    assert_true(was_said(archive, "the index was of an older version: rebuilt from 3 runs"));
    assert_true(history_value(history, day_from_iso("2026-03-31", 10), "company", TEXT("company"),
                              "pipeline.by_stage", "Offer", "value", &value));
    assert_true(value == 300);
    history_close(history);
}

static void
an_index_that_cannot_be_written_is_done_without(void **state)
{
    struct archive *archive = *state;
    publish_three(archive);
    mkdir(archive->index, 0755); /* nothing can be written there */
    struct history *history = open_at(archive, "2026-04-30", true);
    assert_non_null(history);
    assert_true(was_said(archive, "[history.index]"));
    assert_true(won_in(history, "2026-03-31") == 3);
    history_close(history);
    assert_int_equal(diag_exit(archive->diag), EXIT_OK);
}

static void
what_a_newer_program_wrote_is_refused(void **state)
{
    struct archive *archive = *state;
    publish_three(archive);
    publish(archive, "2026-03-31", "2026-03-31-c", memory_of("2026-03-31", 99, 3, "win"));
    assert_null(open_at(archive, "2026-04-30", true));
    assert_true(was_said(archive, "2026-03-31/memory.json: error: this memory is of version 99"));
    assert_int_equal(diag_exit(archive->diag), EXIT_FAILED);
}

static void
what_is_no_memory_is_not_remembered(void **state)
{
    struct archive *archive = *state;
    const day *run;
    publish_three(archive);
    publish(archive, "2026-03-31", "2026-03-31-d", "{\"schema\": 1, \"run\": {\"as_of\"");
    publish(archive, "2026-02-28", "2026-02-28-d", memory_of("2026-01-31", 1, 3, "win"));
    publish(archive, "2026-01-30", "2026-01-30-d", NULL); /* published without */
    for (int again = 0; again < 2; again++) {
        struct history *history = open_at(archive, "2026-04-30", true);
        assert_int_equal(history_runs(history, &run), 1);
        history_close(history);
        assert_true(was_said(archive, "2026-03-31/memory.json: warning"));
    }
    assert_int_equal(diag_exit(archive->diag), EXIT_OK);
}

static void
take_cells(void *context, const struct history_cell *cells)
{
    uint32_t *rows = context;
    assert_int_equal(cells[0].kind, HISTORY_TEXT);
    ++*rows;
}

static void
reports_can_be_narrowed(void **state)
{
    struct archive *archive = *state;
    publish_three(archive);
    struct history *history = open_at(archive, "2026-04-30", false);
    uint32_t runs = 0, figures = 0, one = 0;
    assert_true(history_report(history, &(struct history_filter){.runs = true}, take_cells, &runs));
    assert_true(history_report(history, &(struct history_filter){0}, take_cells, &figures));
    assert_true(history_report(history,
                               &(struct history_filter){.as_of = "2026-01-31",
                                                        .id = "company",
                                                        .measure = "pipeline.by_stage"},
                               take_cells, &one));
    assert_int_equal(runs, 3);
    assert_int_equal(figures, 3 * 6);
    assert_int_equal(one, 2);
    history_close(history);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(earlier_runs_alone_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deals_come_by_id_with_what_is_unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deals_of_all_runs_come_by_id_then_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_published_is_an_empty_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_or_damaged_index_is_rebuilt_with_a_note, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_index_that_lags_is_brought_into_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_only_looks_leaves_no_trace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_of_other_measures_is_made_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_that_cannot_be_written_is_done_without, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_a_newer_program_wrote_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_memory_is_not_remembered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reports_can_be_narrowed, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
