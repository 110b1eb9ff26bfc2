/* Lays out the packs of whole companies and looks for what overlaps, is cut or leaves its page.
 * pack_pages CONFIG...: every team and the company, and the first sellers. */
#include "config.h"
#include "dataset.h"
#include "faults.h"
#include "pack.h"
#include "run.h"

#include <stdio.h>
#include <string.h>

enum { SELLERS_MOST = 4 };

struct tally {
    uint32_t packs, pages, faults;
};

static bool
is_for(const struct config_pack *pack, const struct scope *scope)
{
    return pack->each == PACK_EACH_TEAM ? scope->kind == SCOPE_TEAM
           : pack->each == PACK_EACH_SELLER
               ? scope->kind == SCOPE_SELLER && scope->index < SELLERS_MOST
               : scope->kind == SCOPE_COMPANY;
}

static void
look_at(struct batch *batch, uint32_t pack, uint32_t scope, struct tally *tally)
{
    char name[4200];
    const struct pack_order order = {.pack = pack, .scope = scope, .run_id = batch->id};
    struct doc *doc =
        packs_build(batch->packs, batch->measures, batch->history, batch->log, &order);
    struct layout *layout = layout_doc(doc, batch->fonts, doc->arena);
    snprintf(name, sizeof name, "%s: %s: %.60s", batch->config->path,
             batch->config->pack[pack].template, doc->title);
    tally->packs++;
    tally->pages += layout->page_count;
    tally->faults += faults_count(layout, name);
    arena_free(doc->arena);
}

static bool
look_at_all(const char *path, struct tally *tally)
{
    struct options options = {.word = {path}, .word_count = 1};
    struct batch batch = {.options = &options, .diag = diag_new(stdout, false, false)};
    bool ready = run_configure(&batch) && run_read(&batch) && run_measure(&batch) &&
                 run_prepare_packs(&batch);
    for (uint32_t p = 0; ready && p < batch.config->pack_count; p++)
        for (uint32_t s = 0; s < batch.dataset->scope_count; s++)
            if (is_for(&batch.config->pack[p], &batch.dataset->scope[s]))
                look_at(&batch, p, s, tally);
    run_close(&batch);
    diag_flush(batch.diag);
    diag_free(batch.diag);
    return ready;
}

int
main(int count, char **argument)
{
    struct tally tally = {0};
    bool ready = count > 1;
    for (int i = 1; i < count; i++)
        ready = look_at_all(argument[i], &tally) && ready;
    printf("%u packs, %u pages, %u faults\n", tally.packs, tally.pages, tally.faults);
    return ready && tally.packs && tally.faults == 0 ? 0 : 1;
}
