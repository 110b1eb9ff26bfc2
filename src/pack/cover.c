#include "cover.h"

#include <string.h>

/* "11 of 11 tie", or which does not; and how many rows were left out. */
static const char *
reconcile(const struct voice *voice)
{
    uint32_t holding = 0, applying = 0;
    const char *failed = NULL;
    double read = 0, rejected = 0;
    for (enum table t = 0; voice->log && t < TABLE_COUNT; t++) {
        read += (double)voice->log->table[t].read;
        rejected += (double)voice->log->table[t].rejected;
    }
    for (uint32_t i = 0; i < voice->measures->identity_count; i++) {
        const struct identity *identity = &voice->measures->identity[i];
        applying += identity->applies;
        holding += identity->applies && identity->holds;
        if (identity->applies && !identity->holds && !failed)
            failed = identity->id;
    }
    return SAY(voice, failed ? "cover.untied" : "cover.tied", NUMBER("holding", holding),
               NUMBER("applying", applying), WORDS("failed", failed), NUMBER("read", read),
               NUMBER("rejected", rejected), WORDS("known", voice->log ? "yes" : "no"));
}

/* Whom the pack is made for: who gets it, else the manager the extracts name; "" otherwise. */
static const char *
recipient_of(const struct voice *voice, const char *readers)
{
    const struct dataset *dataset = voice->dataset;
    const struct scope *scope = &dataset->scope[voice->scope];
    if (readers && readers[0])
        return readers;
    uint32_t manager = scope->kind == SCOPE_TEAM ? dataset->teams.manager[scope->index] : NONE;
    return manager < dataset->sellers.count && !dataset->sellers.left[manager]
               ? voice_word(voice, dataset->sellers.name[manager])
               : "";
}

static void
fill_words(const struct voice *voice, struct doc_words *words)
{
    const struct {
        const char **into, *key;
    } fields[] = {
        {&words->page_of, "writer.page_of"}, {&words->contents, "writer.contents"},
        {&words->numbers, "writer.numbers"}, {&words->continued, "writer.continued"},
        {&words->skip_link, "writer.skip"},  {&words->appendix_prefix, "writer.appendix_prefix"}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i].into = voice_tell(voice, fields[i].key);
}

void
cover_fill(struct voice *voice, const struct theme *theme, const char *templates, const char *kind,
           const struct pack_order *order)
{
    struct doc *doc = voice->doc;
    char iso[11];
    day_to_iso(voice->dataset->as_of, iso);
    /* of the words: numbers of a locale whose words are missing stand among English ones */
    const char *language = words_language(voice->words);
    bool own = strcmp(language, locale_language(voice->locale)) == 0;
    doc->lang = own ? locale_tag(voice->locale) : language;
    doc->right_to_left = own && locale_right_to_left(voice->locale);
    doc->title = voice_tell(voice, arena_printf(doc->arena, "cover.title.%s", kind));
    const char *recipient = recipient_of(voice, order->readers);
    doc->subtitle = SAY(voice, arena_printf(doc->arena, "cover.subtitle.%s", kind),
                        WORDS("recipient", recipient), WORDS("named", recipient[0] ? "yes" : "no"));
    doc->company = build_string(doc, voice->config->company);
    doc->author = doc->company;
    doc->subject = doc->subtitle;
    doc->as_of = voice_tell(voice, "cover.as_of");
    doc->as_of_iso = arena_string(doc->arena, iso);
    doc->run_id = build_string(doc, order->run_id);
    doc->classification =
        theme->classification ? theme->classification : voice_tell(voice, "cover.classification");
    doc->watermark = theme->watermark;
    doc->footer = voice_tell(voice, "cover.footer");
    doc->reconciliation = reconcile(voice);
    doc->paper = voice->config->theme.paper;
    doc->accent = theme->accent;
    doc->logo = theme->logo;
    doc->templates = templates;
    fill_words(voice, &doc->words);
}

void
cover_banners(struct voice *voice)
{
    for (uint32_t i = 0; i < voice->measures->identity_count; i++) {
        const struct identity *identity = &voice->measures->identity[i];
        if (identity->applies && !identity->holds)
            build_text(voice->doc, NULL, BLOCK_BANNER,
                       SAY(voice, "cover.banner", WORDS("identity", identity->id),
                           WORDS("what", voice_term(voice, "checks", identity->id)),
                           WORDS("place", voice_holds(voice, identity->scope) ? "own" : "other"),
                           WORDS("name", voice_scope_name(voice, identity->scope))));
    }
}
