/* A whole run in which one identity is broken on purpose: what a reader and a scheduler see of it.
 * breaking IDENTITY CONFIG OUT. The linker puts __wrap_identities_check in the place of
 * identities_check, so that the program itself needs no way of being broken. */
#include "config.h"
#include "identities.h"
#include "run.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
__real_identities_check(struct work *work);
void
__wrap_identities_check(struct work *work);

static const char *broken;

static struct cell *
cell_of(const struct cells *cells, enum field field)
{
    for (uint32_t i = 0; i < cells->count; i++)
        if (cells->cell[i].field == field)
            return &cells->cell[i];
    fprintf(stderr, "breaking: no such number to break\n");
    exit(EXIT_FAILED);
}

static void
change(struct cell *cell)
{
    if (cell->kind == CELL_REAL)
        cell->real = cell->real * 1.01 + 0.01;
    else
        cell->whole++;
}

/* Where each identity is broken: a number of the company, of one of its rows, or another. */
static const struct {
    const char *id;
    enum measure_id measure;
    bool row;
    enum field field;
} places[] = {
    {"I1", M_PIPELINE_CREATED, false, F_NUMBER},
    {"I2", M_PIPELINE_MOVEMENT, true, F_VALUE},
    {"I3", M_PIPELINE_BY_AGE, true, F_NUMBER},
    {"I4", M_PIPELINE_FLAGGED_PRIMARY, true, F_VALUE},
    {"I5", M_CURVE, true, F_F_L},
    {"I6", M_FORECAST_DISTRIBUTION, false, F_VALUE},
    {"I9", M_PIPELINE_VALUE_NEEDED, false, F_VALUE},
    {"I10", M_SYSTEM_BRIDGE, true, F_VALUE},
};

void
__wrap_identities_check(struct work *work)
{
    struct dataset *dataset = (struct dataset *)work->dataset;
    const struct measure *company = work->measures->scope[0].measure;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct measure *measure = &company[places[i].measure];
        if (strcmp(broken, places[i].id) == 0)
            change(cell_of(places[i].row ? &measure->row[0] : &measure->fields, places[i].field));
    }
    if (strcmp(broken, "I7") == 0)
        dataset->fate[0].read++;
    if (strcmp(broken, "I8") == 0)
        work->facts[0].booked[SEGMENT_NEW].value++;
    if (strcmp(broken, "I11") == 0)
        dataset->engagement.orphan++;
    __real_identities_check(work);
}

int
main(int count, char **argument)
{
    if (count != 4)
        return EXIT_USAGE;
    broken = argument[1];
    struct options options = {.word = {argument[2]}, .word_count = 1, .set_count = 1};
    snprintf(options.joined[0], sizeof options.joined[0], "out.dir=%s", argument[3]);
    options.set[0] = options.joined[0];
    struct batch batch = {.options = &options, .diag = diag_new(stderr, false, false)};
    if (run_configure(&batch) && run_read(&batch) && run_prepare_packs(&batch) &&
        run_claim(&batch) && run_measure(&batch))
        run_publish(&batch);
    run_close(&batch);
    diag_flush(batch.diag);
    int code = (int)diag_exit(batch.diag);
    diag_free(batch.diag);
    return code;
}
