#include "pack.h"

#include "chart.h"
#include "collate.h"
#include "outline.h"
#include "report.h"
#include "voice.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

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
    const char *templates;
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
        words_open(packs->arena, packs->templates, locale_language(locale), diag), packs->speech};
    packs->speech = speech;
    return speech->words ? speech : NULL;
}

struct packs *
packs_open(const struct config *config, const char *templates, const struct metrics *metrics,
           struct diag *diag)
{
    struct arena *arena = arena_new();
    struct packs *packs = arena_alloc(arena, sizeof *packs);
    packs->arena = arena;
    packs->config = config;
    packs->templates =
        arena_string(arena, config->theme.templates ? config->theme.templates : templates);
    packs->metrics = *metrics;
    packs->outline = arena_array(arena, config->pack_count, sizeof(struct outline *));
    bool good = find_speech(packs, config->locale, diag) != NULL;
    for (uint32_t p = 0; p < config->pack_count; p++) {
        const struct config_pack *pack = &config->pack[p];
        good = (!pack->locale || find_speech(packs, pack->locale, diag)) && good;
        packs->outline[p] = outline_read(arena, packs->templates, pack->template, diag);
        good = packs->outline[p] && good;
    }
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
                          .width = CHART_WIDTH,
                          .scope = scope};
}

/* "11 of 11 tie", or which does not. */
static const char *
reconcile(const struct voice *voice)
{
    uint32_t holding = 0, applying = 0;
    const char *failed = NULL;
    for (uint32_t i = 0; i < voice->measures->identity_count; i++) {
        const struct identity *identity = &voice->measures->identity[i];
        applying += identity->applies;
        holding += identity->applies && identity->holds;
        if (identity->applies && !identity->holds && !failed)
            failed = identity->id;
    }
    return SAY(voice, failed ? "cover.untied" : "cover.tied", NUMBER("holding", holding),
               NUMBER("applying", applying), WORDS("failed", failed));
}

static void
fill_cover(const struct packs *packs, struct voice *voice, const char *title, const char *subtitle,
           const char *run_id)
{
    struct doc *doc = voice->doc;
    char iso[11];
    day_to_iso(voice->dataset->as_of, iso);
    doc->lang = locale_tag(voice->locale);
    doc->right_to_left = locale_right_to_left(voice->locale);
    doc->title = title;
    doc->subtitle = subtitle;
    doc->company = build_string(doc, packs->config->company);
    doc->author = doc->company;
    doc->subject = subtitle;
    doc->as_of = voice_tell(voice, "cover.as_of");
    doc->as_of_iso = arena_string(doc->arena, iso);
    doc->run_id = build_string(doc, run_id);
    doc->classification = packs->config->theme.classification
                              ? packs->config->theme.classification
                              : voice_tell(voice, "cover.classification");
    doc->watermark = packs->config->theme.watermark;
    doc->footer = voice_tell(voice, "cover.footer");
    doc->reconciliation = reconcile(voice);
    doc->paper = packs->config->theme.paper;
    doc->accent = packs->config->theme.accent;
    doc->logo = packs->config->theme.logo;
    doc->templates = packs->templates;
    doc->words.page_of = voice_tell(voice, "writer.page_of");
    doc->words.contents = voice_tell(voice, "writer.contents");
    doc->words.numbers = voice_tell(voice, "writer.numbers");
    doc->words.continued = voice_tell(voice, "writer.continued");
    doc->words.skip_link = voice_tell(voice, "writer.skip");
    doc->words.appendix_prefix = voice_tell(voice, "writer.appendix_prefix");
}

/* Every identity that failed is told on the first page. */
static void
add_banners(struct voice *voice)
{
    for (uint32_t i = 0; i < voice->measures->identity_count; i++) {
        const struct identity *identity = &voice->measures->identity[i];
        if (identity->applies && !identity->holds)
            build_text(voice->doc, NULL, BLOCK_BANNER,
                       SAY(voice, "cover.banner", WORDS("identity", identity->id),
                           WORDS("what", identity->what)));
    }
}

static void
add_section(struct voice *voice, const struct outline_section *outline)
{
    struct doc *doc = voice->doc;
    struct block *before = doc->last_block;
    const char *key = arena_printf(doc->arena, "sections.%s", outline->name);
    struct block *section =
        build_titled(doc, NULL, BLOCK_SECTION, outline->name, voice_tell(voice, key));
    section->new_page = outline->new_page;
    section->appendix = outline->appendix;
    for (uint32_t p = 0; p < outline->part_count; p++)
        outline->part[p]->build(voice, section);
    if (section->children)
        return;
    if (before) /* nothing to say: no empty section */
        before->next = NULL;
    else
        doc->blocks = NULL;
    doc->last_block = before;
}

struct doc *
packs_build(const struct packs *packs, const struct measures *measures,
            const struct history *history, const struct extract_log *log, uint32_t pack,
            uint32_t scope, const char *run_id)
{
    const struct config_pack *is = &packs->config->pack[pack];
    const struct outline *outline = packs->outline[pack];
    struct voice voice = new_voice(packs, is->locale, measures, log, scope);
    voice.history = history;
    voice.seller_sheet = measures->dataset->scope[scope].kind == SCOPE_SELLER;
    static const char *const kinds[] = {"company", "team", "seller"};
    const char *kind = kinds[measures->dataset->scope[scope].kind];
    fill_cover(
        packs, &voice, voice_tell(&voice, arena_printf(voice.doc->arena, "cover.title.%s", kind)),
        voice_tell(&voice, arena_printf(voice.doc->arena, "cover.subtitle.%s", kind)), run_id);
    add_banners(&voice);
    for (uint32_t s = 0; s < outline->section_count; s++)
        add_section(&voice, &outline->section[s]);
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
    struct buf indented = {0};
    for (uint32_t d = 1; d < link->depth; d++)
        buf_string(&indented, "\xE2\x80\x83");
    buf_string(&indented, link->title);
    build_cell(doc, row, 0, indented.bytes, RUN_CRM);
    buf_free(&indented);
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
    fill_cover(packs, &voice, voice_tell(&voice, "index.title"),
               voice_tell(&voice, "index.subtitle"), run_id);
    doc->frame = "index.html";
    add_banners(&voice);
    struct block *section =
        build_titled(doc, NULL, BLOCK_SECTION, "packs", voice_tell(&voice, "index.packs"));
    const struct doc_column columns[] = {{voice_tell(&voice, "index.name"), ALIGN_START, 0},
                                         {voice_tell(&voice, "index.kind"), ALIGN_START, 0},
                                         {voice_tell(&voice, "index.files"), ALIGN_START, 0}};
    struct block *table = build_block(doc, section, BLOCK_TABLE);
    table->table = build_table(doc, NULL, 3, columns, link_count);
    for (uint32_t i = 0; i < link_count; i++)
        add_link(&voice, table->table, &links[i]);
    section = build_titled(doc, NULL, BLOCK_SECTION, "identities",
                           voice_tell(&voice, "sections.identities"));
    report_identities(&voice, section);
    section = build_titled(doc, NULL, BLOCK_SECTION, "data", voice_tell(&voice, "sections.data"));
    report_data(&voice, section);
    return doc;
}
