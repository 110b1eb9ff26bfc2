/* Lays out the packs of whole companies and looks for what overlaps, is cut or leaves its page.
 * pack_pages CONFIG...: every team and the company, and the first sellers.
 * pack_pages --sheets CONFIG...: every seller's sheet, each of which has two pages, in two
 * languages on two papers. */
#include "config.h"
#include "dataset.h"
#include "faults.h"
#include "pack.h"
#include "run.h"

#include <stdio.h>
#include <string.h>

enum { SELLERS_MOST = 4, SHEET_PAGES = 2, MAP_WITHIN = 3 /* of endless names */, BODY_MOST = 16 };

struct tally {
    bool sheets; /* all of the sellers, and nothing else */
    uint32_t packs, pages, faults;
};

static bool
is_for(const struct config_pack *pack, const struct scope *scope, bool sheets)
{
    if (pack->each == PACK_EACH_SELLER)
        return scope->kind == SCOPE_SELLER && (sheets || scope->index < SELLERS_MOST);
    return !sheets && scope->kind == (pack->each == PACK_EACH_TEAM ? SCOPE_TEAM : SCOPE_COMPANY);
}

/* What a pack says must come first: the map by page 3, and no list of names in the body that grows
 * with the company. */
static bool
says_first(const struct layout *layout)
{
    const struct landing *map = layout_find(layout, "system");
    uint32_t body = 0;
    for (uint32_t p = 0; p < layout->page_count; p++)
        body += !layout->page[p].appendix;
    return (!map || map->page < MAP_WITHIN) && body <= BODY_MOST;
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
    if (tally->sheets && layout->page_count != SHEET_PAGES) {
        printf("%s: %u pages\n", name, layout->page_count);
        tally->faults++;
    }
    if (!says_first(layout)) {
        printf("%s: the message does not come first\n", name);
        tally->faults++;
    }
    arena_free(doc->arena);
}

static bool
look_at_all(const char *path, const char *locale, const char *paper, struct tally *tally)
{
    struct options options = {.word = {path}, .word_count = 1, .set = {locale, paper}};
    options.set_count = locale ? 2 : 0;
    struct batch batch = {.options = &options, .diag = diag_new(stdout, false, false)};
    bool ready = run_configure(&batch) && run_read(&batch) && run_measure(&batch) &&
                 run_prepare_packs(&batch);
    for (uint32_t p = 0; ready && p < batch.config->pack_count; p++)
        for (uint32_t s = 0; s < batch.dataset->scope_count; s++)
            if (is_for(&batch.config->pack[p], &batch.dataset->scope[s], tally->sheets))
                look_at(&batch, p, s, tally);
    run_close(&batch);
    diag_flush(batch.diag);
    diag_free(batch.diag);
    return ready;
}

int
main(int count, char **argument)
{
    static const char *const locales[] = {"locale=en-GB", "locale=de-DE"},
                             *const papers[] = {"theme.paper=A4", "theme.paper=Letter"};
    struct tally tally = {.sheets = count > 1 && strcmp(argument[1], "--sheets") == 0};
    bool ready = count > 1 + tally.sheets;
    for (int i = 1 + tally.sheets; i < count; i++)
        for (int variant = 0; variant < (tally.sheets ? 4 : 1); variant++)
            ready = look_at_all(argument[i], tally.sheets ? locales[variant / 2] : NULL,
                                tally.sheets ? papers[variant % 2] : NULL, &tally) &&
                    ready;
    printf("%u packs, %u pages, %u faults\n", tally.packs, tally.pages, tally.faults);
    return ready && tally.packs && tally.faults == 0 ? 0 : 1;
}
