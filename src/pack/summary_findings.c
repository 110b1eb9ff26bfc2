/* What the numbers say: the first findings in short on page 1, all of them with their rows behind.
 */
#include "chart.h"
#include "people.h"
#include "shelf.h"
#include "summary.h"

#include <string.h>

enum { ROWS_AND_FINDINGS = 10, LEAST = 2 }; /* that page 1 has room for */

/* The rows behind a finding, named in the same line; on a seller's sheet they are his own. */
static void
add_evidence(const struct voice *voice, struct runs *line, const struct finding *finding)
{
    enum { NAMED = 3 };
    for (uint32_t i = 0; i < finding->deal_count && i < NAMED; i++) {
        build_run(voice->doc, line, i ? " \xC2\xB7 " : " ", RUN_MUTED, NULL);
        shelf_runs(voice, line, finding->deal[i]);
    }
    if (finding->deal_count > NAMED)
        build_run(voice->doc, line,
                  SAY(voice, "summary.rows", NUMBER("n", finding->deal_count - NAMED)), RUN_MUTED,
                  NULL);
}

static struct runs *
add_finding(const struct voice *voice, struct block *list, const struct finding *finding)
{
    struct arena *arena = voice->doc->arena;
    struct given given[8];
    uint32_t count = 0;
    given[count++] = NUMBER("stake", finding->stake);
    given[count++] = NUMBER("rows", finding->deal_count);
    for (uint32_t i = 0; i < finding->argument_count && count < 8; i++) {
        const struct cell *cell = &finding->argument[i];
        const char *name = measure_field_names[cell->field];
        if (cell->kind == CELL_TEXT) {
            const char *known = arena_printf(arena, "factors.%s", cell->text);
            given[count++] =
                WORDS(name, voice_knows(voice, known) ? voice_tell(voice, known) : cell->text);
        } else if (cell->kind != CELL_NULL) {
            given[count++] =
                NUMBER(name, cell->kind == CELL_REAL ? cell->real : (double)cell->whole);
        }
    }
    const char *title = arena_printf(arena, "findings.%s.title", finding->id),
               *text = arena_printf(arena, "findings.%s.text", finding->id);
    struct block *item = build_block(voice->doc, list, BLOCK_PARAGRAPH);
    build_run(voice->doc, &item->text, voice_say(voice, title, count, given), RUN_BOLD, NULL);
    build_run(voice->doc, &item->text,
              arena_printf(arena, ". %s", voice_say(voice, text, count, given)), RUN_PLAIN, NULL);
    return &item->text;
}

static struct block *
begin_list(const struct voice *voice, struct block *section, const char *anchor, const char *title)
{
    build_titled(voice->doc, section, BLOCK_HEADING, anchor, voice_tell(voice, title))->level = 3;
    return build_block(voice->doc, section, BLOCK_LIST);
}

/* Whether the sentences at the top of the page say it already. */
static bool
is_told(const struct finding *finding)
{
    static const char *const told[] = {"binding_link", "not_sustainable", "on_track", "quota_met",
                                       "no_quota"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (strcmp(told[i], finding->id) == 0)
            return true;
    return false;
}

/* As many as the page has room for beside the list of names. */
static uint32_t
most_on_page_one(const struct voice *voice)
{
    uint32_t most = (uint32_t)voice->config->findings.most, rows = people_listed(voice);
    uint32_t room = rows + LEAST < ROWS_AND_FINDINGS ? ROWS_AND_FINDINGS - rows : (uint32_t)LEAST;
    return most < room ? most : room;
}

void
summary_findings(const struct voice *voice, struct block *section)
{
    const struct scope_measures *scope = &voice->measures->scope[voice->scope];
    uint32_t most = most_on_page_one(voice), shown = 0, rest = 0;
    struct block *list = NULL;
    for (uint32_t i = 0; i < scope->finding_count; i++) {
        const struct finding *finding = &scope->finding[i];
        if (is_told(finding))
            continue;
        if (shown == most) {
            rest++;
            continue;
        }
        if (!list)
            list = begin_list(voice, section, "findings", "summary.findings");
        add_finding(voice, list, finding);
        shown++;
    }
    if (shown == 0)
        return;
    struct block *line = build_block(voice->doc, section, BLOCK_PARAGRAPH);
    build_run(voice->doc, &line->text, SAY(voice, "summary.more", NUMBER("n", rest)), RUN_MUTED,
              voice->seller_sheet ? NULL : "findings-rows");
}

void
summary_findings_all(const struct voice *voice, struct block *section)
{
    const struct scope_measures *scope = &voice->measures->scope[voice->scope];
    if (scope->finding_count == 0)
        return;
    struct block *list = begin_list(voice, section, "findings-rows", "summary.findings_all");
    for (uint32_t i = 0; i < scope->finding_count; i++)
        add_evidence(voice, add_finding(voice, list, &scope->finding[i]), &scope->finding[i]);
}
