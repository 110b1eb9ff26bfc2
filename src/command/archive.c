#include "archive.h"

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "csv.h"
#include "erase.h"
#include "history.h"
#include "json.h"
#include "memory.h"
#include "publish.h"
#include "remembered.h"
#include "run.h"
#include "runs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCK_SECONDS = 60 };

/* ---- Printing ---- */

/* Rows on their way to stdout: aligned once all are known, or as they come. */
struct printing {
    struct batch *batch;
    const char *const *heads;
    int columns;
    bool csv;
    uint64_t rows;
    struct buf out;
    struct arena *arena;
    const char **cell; /* of aligned rows, one behind the other */
    size_t count, room;
    bool failed;
};

static void
put_out(struct printing *printing)
{
    struct buf *out = &printing->out;
    if (out->length > 0 && fwrite(out->bytes, 1, out->length, stdout) != out->length)
        printing->failed = true;
    buf_clear(out);
}

static void
write_json_cell(struct json *json, const struct history_cell *cell)
{
    switch (cell->kind) {
    case HISTORY_NONE:
        json_null(json);
        break;
    case HISTORY_TEXT:
        json_text(json, cell->text);
        break;
    case HISTORY_WHOLE:
        json_int(json, cell->whole);
        break;
    case HISTORY_REAL:
        json_real(json, cell->real);
        break;
    }
}

static void
print_json(struct printing *printing, const struct history_cell *cells)
{
    struct json json = {.out = &printing->out};
    buf_string(&printing->out, printing->rows ? ",\n" : "[\n");
    json_open(&json, '{');
    for (int i = 0; i < printing->columns; i++) {
        json_key(&json, printing->heads[i]);
        write_json_cell(&json, &cells[i]);
    }
    json_close(&json, '}');
}

static void
print_csv(struct printing *printing, const struct history_cell *cells)
{
    struct csv csv = {.out = &printing->out};
    for (int i = 0; printing->rows == 0 && i < printing->columns; i++)
        csv_plain(&csv, printing->heads[i]);
    if (printing->rows == 0)
        csv_end(&csv);
    for (int i = 0; i < printing->columns; i++) {
        if (cells[i].kind == HISTORY_WHOLE)
            csv_int(&csv, cells[i].whole);
        else if (cells[i].kind == HISTORY_REAL)
            csv_real(&csv, cells[i].real);
        else
            csv_text(&csv, cells[i].text);
    }
    csv_end(&csv);
}

static void
keep_row(struct printing *printing, const struct history_cell *cells)
{
    size_t columns = (size_t)printing->columns;
    memory_grow(&printing->cell, &printing->room, printing->count + columns,
                sizeof *printing->cell);
    for (size_t i = 0; i < columns; i++) {
        struct buf text = {0};
        if (cells[i].kind == HISTORY_WHOLE)
            buf_int(&text, cells[i].whole);
        else if (cells[i].kind == HISTORY_REAL)
            buf_real(&text, cells[i].real);
        else
            buf_text(&text, cells[i].text);
        printing->cell[printing->count++] =
            arena_copy(printing->arena, text.bytes ? text.bytes : "", text.length);
        buf_free(&text);
    }
}

static void
take_row(void *context, const struct history_cell *cells)
{
    struct printing *printing = context;
    if (printing->batch->options->json)
        print_json(printing, cells);
    else if (printing->csv)
        print_csv(printing, cells);
    else
        keep_row(printing, cells);
    printing->rows++;
    if (printing->out.length > 1 << 16)
        put_out(printing);
}

/* The last column ends its line: it is not filled up. */
static void
print_aligned(struct printing *printing)
{
    size_t columns = (size_t)printing->columns, width[HISTORY_FIGURE_CELLS] = {0};
    for (size_t c = 0; c < columns; c++)
        width[c] = strlen(printing->heads[c]);
    for (size_t i = 0; i < printing->count; i++) {
        size_t length = strlen(printing->cell[i]);
        width[i % columns] = length > width[i % columns] ? length : width[i % columns];
    }
    for (size_t i = 0; i < printing->count + columns; i++) {
        size_t c = i % columns;
        const char *text = i < columns ? printing->heads[i] : printing->cell[i - columns];
        if (c + 1 < columns)
            buf_printf(&printing->out, "%-*s  ", (int)width[c], text);
        else
            buf_printf(&printing->out, "%s\n", text);
    }
}

static void
print_rows(struct batch *batch, const struct history_filter *filter, bool csv)
{
    struct printing printing = {.batch = batch,
                                .heads = filter->runs ? history_run_heads : history_figure_heads,
                                .columns = filter->runs ? HISTORY_RUN_CELLS : HISTORY_FIGURE_CELLS,
                                .csv = csv,
                                .arena = arena_new()};
    bool read = history_report(batch->history, filter, take_row, &printing);
    if (batch->options->json)
        buf_string(&printing.out, printing.rows ? "\n]\n" : "[]\n");
    else if (!csv)
        print_aligned(&printing);
    const char *asked = filter->as_of ? filter->as_of : filter->measure;
    if (read && printing.rows == 0 && (asked || filter->id)) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "history.nothing",
                    (struct place){NULL, 0, 0}, "no run remembers '%s'%s%s",
                    asked ? asked : filter->id, asked && filter->id ? " of " : "",
                    asked && filter->id ? filter->id : "");
        diag_hint(batch->diag, "sefpack history CONFIG list names the runs");
        buf_clear(&printing.out);
    }
    put_out(&printing);
    if (!read || printing.failed || fflush(stdout) != 0)
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_FAILED, "output.write",
                    (struct place){NULL, 0, 0}, "standard output cannot be written");
    buf_free(&printing.out);
    free(printing.cell);
    arena_free(printing.arena);
}

static void
list(struct batch *batch)
{
    print_rows(batch, &(struct history_filter){.runs = true}, false);
}

static void
show(struct batch *batch)
{
    const char *what = batch->options->word[2], *id = batch->options->scope;
    bool is_day = day_from_iso(what, (uint32_t)strlen(what)) != DAY_NONE;
    print_rows(batch,
               &(struct history_filter){.as_of = is_day ? what : NULL,
                                        .measure = is_day ? NULL : what,
                                        .id = id ? id : "company"},
               false);
}

static void export(struct batch *batch)
{
    print_rows(batch, &(struct history_filter){.id = batch->options->scope}, true);
}

/* ---- Forgetting ---- */

struct forgetting {
    struct batch *batch;
    const char *person;
    uint32_t runs;
    struct buf said;
};

/* Publishes the run again with a memory that does not know the person; the rest of it is as it was.
 */
static bool
forget_in_run(struct forgetting *forgetting, const char *as_of)
{
    struct batch *batch = forgetting->batch;
    const char *out_dir = batch->config->out.dir;
    size_t length = 0;
    struct buf without = {0};
    struct erased erased;
    char path[32];
    snprintf(path, sizeof path, "%s/memory.json", as_of);
    char *memory = runs_memory(out_dir, as_of, &length);
    bool good = memory && erase_person((struct text){memory, (uint32_t)length},
                                       text_of(forgetting->person), &without, &erased);
    if (!good)
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_FAILED, "history.read",
                    (struct place){path, 0, 0}, "the memory cannot be read: %s",
                    memory ? "it is no JSON" : strerror(errno));
    free(memory);
    if (good && without.length > 0) {
        struct publication *publication =
            publication_open(out_dir, as_of, "forgotten", LOCK_SECONDS, batch->diag);
        good = publication &&
               publication_amend(publication, "memory.json", buf_as_text(&without), batch->diag);
        publication_close(publication);
        forgetting->runs += good;
        if (good)
            buf_printf(&forgetting->said, "%s: %sthe owner of %u deals\n", path,
                       erased.scopes ? "the person's measures, " : "", erased.deals);
    }
    buf_free(&without);
    return good;
}

static void
forget(struct batch *batch)
{
    struct forgetting forgetting = {.batch = batch, .person = batch->options->word[2]};
    struct arena *arena = arena_new();
    struct runs runs;
    bool good = runs_list(arena, batch->config->out.dir, &runs);
    for (uint32_t r = 0; good && r < runs.count; r++)
        good = forget_in_run(&forgetting, runs.run[r].as_of);
    struct history_source source = remembered_source(batch->config);
    if (forgetting.runs > 0 && history_rebuild(&source, batch->diag))
        buf_printf(&forgetting.said, "%s: made anew\n", source.index);
    if (good && forgetting.runs == 0) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "history.nobody",
                    (struct place){NULL, 0, 0}, "no run remembers a person '%s'",
                    forgetting.person);
        diag_hint(batch->diag, "a person is named by the id in the extract of sellers");
    }
    if (forgetting.runs > 0)
        buf_string(&forgetting.said, "packs that were published are as they were: run their days "
                                     "again, or remove them\n");
    if (forgetting.said.length > 0)
        fwrite(forgetting.said.bytes, 1, forgetting.said.length, stdout);
    buf_free(&forgetting.said);
    arena_free(arena);
}

/* ---- The verb ---- */

static const struct {
    const char *name;
    void (*act)(struct batch *batch);
    uint32_t words;
    bool reads; /* needs the memory open */
} actions[] = {{"list", list, 2, true},
               {"show", show, 3, true},
               {"export", export, 2, true},
               {"forget", forget, 3, false}};

enum { ACTIONS = sizeof actions / sizeof *actions };

static bool
open_memory(struct batch *batch)
{
    const day after_all = day_from_civil((struct civil){9998, 12, 31});
    struct history_source source = remembered_source(batch->config);
    source.as_of = after_all;
    batch->history = history_open(&source, batch->diag);
    return batch->history != NULL;
}

void
archive_do(struct batch *batch)
{
    const struct options *options = batch->options;
    size_t a = 0;
    while (a < ACTIONS && strcmp(actions[a].name, options->word[1]) != 0)
        a++;
    if (a == ACTIONS || options->word_count != actions[a].words) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "history.action",
                    (struct place){NULL, 0, 0},
                    "history CONFIG takes list, show DAY|MEASURE, export or forget PERSON");
        return;
    }
    if (!run_configure(batch))
        return;
    if (!batch->config->out.history) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_CONFIG, "history.off",
                    (struct place){batch->config->path, 0, 0}, "the memory is off: out.history");
        return;
    }
    if (!actions[a].reads || open_memory(batch))
        actions[a].act(batch);
}
