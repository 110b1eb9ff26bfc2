#include "letter.h"

#include "summary.h"
#include "system_map.h"

#include <string.h>

/* An outline may leave parts of page 1 out: a mail has them all. */
static void
complete_summary(const struct voice *voice)
{
    struct block aside = {.kind = BLOCK_SECTION};
    const struct doc *doc = voice->doc;
    if (doc->summary.sentence_count == 0)
        summary_lead(voice, &aside);
    if (doc->summary.figure_count == 0)
        summary_figures(voice, &aside);
    if (!doc->summary.ask)
        summary_ask(voice, &aside);
}

/* The row of the whole job that a factor of the system belongs to. */
static const char *
row_of(const char *factor)
{
    return strcmp(factor, "size") == 0 || strcmp(factor, "cycle") == 0 ? "win" : factor;
}

static void
fill_links(const struct voice *voice)
{
    struct doc *doc = voice->doc;
    const struct measure *job = voice_measure(voice, M_SYSTEM_WHOLE_JOB);
    const struct measure *binding = voice_measure(voice, M_SYSTEM_BINDING);
    const char *factor = binding->why == WHY_NONE ? voice_cell_text(&binding->fields, F_VALUE) : "";
    const char *tag = arena_printf(doc->arena, "map.binds.%s", factor);
    if (job->why != WHY_NONE)
        return;
    doc->summary.link = arena_array(doc->arena, job->row_count, sizeof *doc->summary.link);
    for (uint32_t r = 0; r < job->row_count; r++) {
        const char *key = voice_cell_text(&job->row[r], F_KEY);
        struct doc_link *link = &doc->summary.link[doc->summary.link_count++];
        link->name = voice_term(voice, "job", key);
        bool known = voice_cell(&job->row[r], F_RATIO, &link->share);
        link->detail = known
                           ? SAY(voice, "map.job_row", NUMBER("ratio", link->share),
                                 WORDS("have", system_map_value(voice, key, &job->row[r], F_HAVE)),
                                 WORDS("need", system_map_value(voice, key, &job->row[r], F_NEED)))
                           : voice_tell(voice, "map.no_need");
        if (!known)
            link->share = -1;
        if (strcmp(row_of(factor), key) == 0 && voice_knows(voice, tag))
            link->tag = voice_tell(voice, tag);
    }
}

void
letter_fill(const struct voice *voice, const char *templates, const char *kind)
{
    struct doc *doc = voice->doc;
    struct doc_mail_words *mail = &doc->mail;
    const struct {
        const char **into, *key;
    } fields[] = {
        {&mail->links, "letter.links"},         {&mail->link_note, "letter.link_note"},
        {&mail->figures, "letter.figures"},     {&mail->figure_note, "letter.figure_note"},
        {&mail->attached, "letter.attached"},   {&mail->data, "letter.data"},
        {&mail->automatic, "letter.automatic"}, {&mail->answers, "letter.answers"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i].into = voice_tell(voice, fields[i].key);
    mail->subject = voice_tell(voice, arena_printf(doc->arena, "letter.subject.%s", kind));
    doc->mail_templates = build_string(doc, templates);
    complete_summary(voice);
    mail->preheader = doc->summary.sentence_count ? doc->summary.sentence[0] : doc->subtitle;
    fill_links(voice);
}
