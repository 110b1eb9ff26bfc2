/* speaker: a built company's packs as text, for the tests of what packs say.
 *
 *     struct speaker *s = speaker_new(builder, "en-GB");     builder not yet finished
 *     const char *text = speaker_pack(s, "T1");              the team's, seller's or company's pack
 *     speaker_free(s);                                       and the builder */
#ifndef SEFPACK_TEST_PACK_SPEAKER_H
#define SEFPACK_TEST_PACK_SPEAKER_H

#include "builder.h"
#include "pack.h"

#include <stdlib.h>

struct speaker {
    struct builder *builder;
    struct packs *packs;
    const struct history *history; /* NULL at first: without earlier runs */
    const char *readers;           /* NULL at first: the manager */
    struct buf text;
};

static double
speaker_width(void *context, const char *utf8, double size, bool bold)
{
    (void)context;
    return (double)strlen(utf8) * size * (bold ? 0.52 : 0.5);
}

static struct speaker *
speaker_new(struct builder *builder, const char *locale)
{
    static const struct config_pack packs[] = {{.each = PACK_EACH_TEAM, .template = "team"},
                                               {.each = PACK_EACH_SELLER, .template = "seller"},
                                               {.each = PACK_SCOPE, .template = "board"}};
    const struct metrics metrics = {NULL, speaker_width};
    struct speaker *speaker = calloc(1, sizeof *speaker);
    struct config *config = builder_config(builder);
    config->locale = locale;
    config->pack = packs;
    config->pack_count = 3;
    config->theme.accent = "#12436D";
    config->theme.paper = "A4";
    speaker->builder = builder;
    builder_measures(builder);
    speaker->packs = packs_open(config, SOURCE_DIR "/templates", &metrics, builder->diag);
    return speaker;
}

/* Free its arena. */
static struct doc *
speaker_doc(struct speaker *speaker, const char *id)
{
    static const uint32_t of_kind[] = {[SCOPE_COMPANY] = 2, [SCOPE_TEAM] = 0, [SCOPE_SELLER] = 1};
    uint32_t scope = builder_scope(speaker->builder, id);
    const struct pack_order order = {
        .pack = of_kind[speaker->builder->dataset.scope[scope].kind],
        .scope = scope,
        .run_id = "0123456789ab",
        .readers = speaker->readers,
    };
    return packs_build(speaker->packs, speaker->builder->measures, speaker->history, NULL, &order);
}

__attribute__((unused)) static const char *
speaker_pack(struct speaker *speaker, const char *id)
{
    struct doc *doc = speaker_doc(speaker, id);
    buf_free(&speaker->text);
    speaker->text = (struct buf){0};
    doc_dump(doc, &speaker->text);
    buf_char(&speaker->text, '\0');
    arena_free(doc->arena);
    return speaker->text.bytes;
}

static void
speaker_free(struct speaker *speaker)
{
    packs_close(speaker->packs);
    buf_free(&speaker->text);
    builder_free(speaker->builder);
    free(speaker);
}

#endif
