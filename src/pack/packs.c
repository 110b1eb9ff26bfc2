#include "pack.h"

#include "chart.h"
#include "collate.h"
#include "cover.h"
#include "letter.h"
#include "memory.h"
#include "outline.h"
#include "report.h"
#include "sha256.h"
#include "voice.h"
#include "words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct speech { /* what one locale needs */
    const char *tag;
    struct locale *locale;
    struct collator *collator;
    struct words *words;
    struct speech *next;
};

struct packs {
    struct arena *arena;
    const struct config *config;
    const char *folders[3]; /* of templates: the user's first, NULL-ended */
    const char *frames;     /* the one of them with the pages' frames */
    const char *letters;    /* the one with the mail's */
    struct theme theme;
    struct metrics metrics;
    struct speech *speech;
    struct outline **outline; /* of each config->pack */
};

static struct speech *
find_speech(struct packs *packs, const char *tag, struct diag *diag)
{
    for (struct speech *speech = packs->speech; speech; speech = speech->next)
        if (strcmp(speech->tag, tag) == 0)
            return speech;
    struct locale *locale = locale_open(tag);
    if (!locale) {
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.locale",
                    (struct place){packs->config->path, 0, 0}, "unknown locale '%s'", tag);
        return NULL;
    }
    struct speech *speech = arena_alloc(packs->arena, sizeof *speech);
    *speech = (struct speech){
        arena_string(packs->arena, tag), locale, collate_open(tag),
        words_open(packs->arena, packs->folders, locale_language(locale), diag), packs->speech};
    packs->speech = speech;
    return speech->words ? speech : NULL;
}

/* The user's folder goes before the built-in one; its frames of pages count when all are there. */
static void
find_folders(struct packs *packs, const char *built_in)
{
    static const char *const frames[] = {"pack.html", "index.html", "pack.css"};
    const char *own = packs->config->theme.templates;
    uint32_t count = 0;
    if (own)
        packs->folders[count++] = arena_string(packs->arena, own);
    packs->folders[count] = arena_string(packs->arena, built_in);
    packs->frames = packs->folders[0];
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (access(arena_printf(packs->arena, "%s/%s", packs->folders[0], frames[i]), R_OK) != 0)
            packs->frames = packs->folders[count];
    packs->letters = packs->folders[count];
    if (access(arena_printf(packs->arena, "%s/mail.html", packs->folders[0]), R_OK) == 0)
        packs->letters = packs->folders[0];
}

static bool
open_outline(struct packs *packs, uint32_t index, struct diag *diag)
{
    const struct config_pack *pack = &packs->config->pack[index];
    const struct speech *speech =
        find_speech(packs, pack->locale ? pack->locale : packs->config->locale, diag);
    struct outline *outline = outline_read(packs->arena, packs->folders, pack->template, diag);
    packs->outline[index] = outline;
    return speech && outline && outline_check(outline, speech->words, diag);
}

struct packs *
packs_open(const struct config *config, const char *templates, const struct metrics *metrics,
           struct diag *diag)
{
    struct arena *arena = arena_new();
    struct packs *packs = arena_alloc(arena, sizeof *packs);
    packs->arena = arena;
    packs->config = config;
    find_folders(packs, templates);
    packs->metrics = *metrics;
    packs->outline = arena_array(arena, config->pack_count, sizeof(struct outline *));
    bool good = theme_read(arena, config, packs->folders, &packs->theme, diag);
    good = find_speech(packs, config->locale, diag) && good;
    for (uint32_t p = 0; good && p < config->pack_count; p++)
        good = open_outline(packs, p, diag);
    if (good)
        return packs;
    packs_close(packs);
    return NULL;
}

void
packs_close(struct packs *packs)
{
    for (struct speech *speech = packs->speech; speech; speech = speech->next) {
        words_close(speech->words);
        collate_close(speech->collator);
        locale_close(speech->locale);
    }
    arena_free(packs->arena);
}

const char *
packs_logo(const struct packs *packs)
{
    return packs->theme.logo;
}

/* What cannot be read adds nothing: whoever needs it says so. */
static void
add_file(struct buf *list, const char *path, const char *name)
{
    char block[1 << 14], hex[65];
    FILE *stream = fopen(path, "rbe");
    if (!stream && errno == ENOMEM)
        memory_exhausted(0);
    if (!stream)
        return;
    struct sha256 *sha = sha256_new();
    for (size_t length; (length = fread(block, 1, sizeof block, stream)) > 0;)
        sha256_add(sha, block, length);
    fclose(stream);
    sha256_finish(sha, hex);
    buf_printf(list, "%s %s\n", hex, name);
}

static void
add_folder(const struct packs *packs, const char *folder, struct buf *list)
{
    static const char *const fixed[] = {"theme.yaml", "pack.html", "index.html",
                                        "pack.css",   "mail.html", "words/en.yaml"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        add_file(list, arena_printf(arena, "%s/%s", folder, fixed[i]), fixed[i]);
    for (uint32_t p = 0; p < packs->config->pack_count; p++) {
        const char *name = arena_printf(arena, "packs/%s.yaml", packs->config->pack[p].template);
        add_file(list, arena_printf(arena, "%s/%s", folder, name), name);
    }
    for (const struct speech *speech = packs->speech; speech; speech = speech->next) {
        const char *name = arena_printf(arena, "words/%s.yaml", words_language(speech->words));
        add_file(list, arena_printf(arena, "%s/%s", folder, name), name);
    }
    arena_free(arena);
}

void
packs_hash(const struct packs *packs, char hex[65])
{
    struct buf list = {0};
    for (size_t f = 0; packs->folders[f]; f++)
        add_folder(packs, packs->folders[f], &list);
    if (packs->theme.logo)
        add_file(&list, packs->theme.logo, "logo");
    sha256_hex(list.bytes, list.length, hex);
    buf_free(&list);
}

static const struct speech *
speech_of(const struct packs *packs, const char *tag)
{
    for (const struct speech *speech = packs->speech; speech; speech = speech->next)
        if (strcmp(speech->tag, tag ? tag : packs->config->locale) == 0)
            return speech;
    return packs->speech;
}

static struct voice
new_voice(const struct packs *packs, const char *tag, const struct measures *measures,
          const struct extract_log *log, uint32_t scope)
{
    struct arena *arena = arena_new();
    const struct speech *speech = speech_of(packs, tag);
    struct doc *doc = arena_alloc(arena, sizeof *doc);
    doc->arena = arena;
    return (struct voice){.doc = doc,
                          .words = speech->words,
                          .locale = speech->locale,
                          .config = packs->config,
                          .dataset = measures->dataset,
                          .measures = measures,
                          .log = log,
                          .metrics = &packs->metrics,
                          .collator = speech->collator,
                          .width = chart_width(packs->config->theme.paper),
                          .low = chart_is_low(packs->config->theme.paper),
                          .consulted = arena_array(arena, MEASURE_COUNT, sizeof(bool)),
                          .in_section = arena_array(arena, MEASURE_COUNT, sizeof(bool)),
                          .shown = arena_array(arena, MEASURE_COUNT, sizeof(bool)),
                          .scope = scope};
}

bool
packs_speak(struct packs *packs, const char *locale, struct diag *diag)
{
    return find_speech(packs, locale, diag) != NULL;
}

struct doc *
packs_build(const struct packs *packs, const struct measures *measures,
            const struct history *history, const struct extract_log *log,
            const struct pack_order *order)
{
    static const char *const kinds[] = {"company", "team", "seller"};
    const struct config_pack *pack = &packs->config->pack[order->pack];
    struct voice voice =
        new_voice(packs, order->locale ? order->locale : pack->locale, measures, log, order->scope);
    enum scope_kind kind = measures->dataset->scope[order->scope].kind;
    voice.history = history;
    voice.seller_sheet = kind == SCOPE_SELLER;
    cover_fill(&voice, &packs->theme, packs->frames, kinds[kind], order);
    cover_banners(&voice);
    outline_build(packs->outline[order->pack], &voice);
    if (pack->formats & FORMAT_EML)
        letter_fill(&voice, packs->letters, kinds[kind]);
    return voice.doc;
}

static void
add_link(struct voice *voice, struct doc_table *table, const struct pack_link *link)
{
    static const struct {
        unsigned format;
        const char *label, *file;
    } files[] = {{FORMAT_HTML, "HTML", "pack.html"}, {FORMAT_PDF, "PDF", "pack.pdf"}};
    struct doc *doc = voice->doc;
    struct doc_row *row = build_row(doc, table, ROW_BODY);
    for (uint32_t d = 1; d < link->depth; d++)
        build_run(doc, &row->cell[0], "\xE2\x80\x83", RUN_PLAIN, NULL);
    build_run(doc, &row->cell[0], link->title, RUN_CRM, NULL);
    build_cell(doc, row, 1,
               voice_tell(voice, arena_printf(doc->arena, "index.kinds.%s", link->kind)),
               RUN_PLAIN);
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        if (!(link->formats & files[f].format))
            continue;
        struct runs *cell = &row->cell[2];
        if (cell->count)
            build_run(doc, cell, " \xC2\xB7 ", RUN_PLAIN, NULL);
        build_run(doc, cell, files[f].label, RUN_PLAIN, NULL);
        cell->run[cell->count - 1].url =
            arena_printf(doc->arena, "%s/%s", link->folder, files[f].file);
    }
}

struct doc *
packs_index(const struct packs *packs, const struct measures *measures,
            const struct extract_log *log, const struct pack_link *links, uint32_t link_count,
            const char *run_id)
{
    struct voice voice = new_voice(packs, NULL, measures, log, 0);
    struct doc *doc = voice.doc;
    cover_fill(&voice, &packs->theme, packs->frames, "index",
               &(struct pack_order){.run_id = run_id});
    doc->frame = "index.html";
    cover_banners(&voice);
    struct block *section =
        build_titled(doc, NULL, BLOCK_SECTION, "packs", voice_tell(&voice, "index.packs"));
    const struct doc_column columns[] = {{voice_tell(&voice, "index.name"), ALIGN_START, 0},
                                         {voice_tell(&voice, "index.kind"), ALIGN_START, 0},
                                         {voice_tell(&voice, "index.files"), ALIGN_START, 0}};
    struct block *table = build_block(doc, section, BLOCK_TABLE);
    table->table = build_table(doc, NULL, 3, columns, link_count);
    uint32_t boxed = 0;
    for (uint32_t i = 0; i < link_count; i++)
        boxed += links[i].boxed;
    for (uint32_t i = 0; i < link_count; i++)
        add_link(&voice, table->table, &links[i]);
    section = build_titled(doc, NULL, BLOCK_SECTION, "identities",
                           voice_tell(&voice, "sections.identities"));
    report_identities(&voice, section);
    section = build_titled(doc, NULL, BLOCK_SECTION, "data", voice_tell(&voice, "index.data"));
    report_data(&voice, section);
    report_boxes(&voice, section, boxed);
    return doc;
}

void
packs_data_report(const struct packs *packs, const struct extract_log *log, bool verbose,
                  struct buf *out)
{
    const struct measures none = {0};
    struct voice voice = new_voice(packs, NULL, &none, log, 0);
    report_print(&voice, verbose, out);
    arena_free(voice.doc->arena);
}
