#include "anchors.h"

void
anchors_mark(const struct voice *voice, struct block *section, const struct block *last)
{
    struct block *first = last ? last->next : section->children;
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++) {
        if (first && voice->consulted[m]) {
            voice->in_section[m] = true;
            if (!first->mark)
                first->mark = arena_array(voice->doc->arena, MEASURE_COUNT, sizeof *first->mark);
            if (!voice->shown[m])
                first->mark[first->mark_count++] = measure_table[m].name;
            voice->shown[m] = true;
        }
        voice->consulted[m] = false;
    }
}

const char *
anchors_definition(const struct voice *voice, enum measure_id id)
{
    return arena_printf(voice->doc->arena, "definition.%s", measure_table[id].name);
}

void
anchors_link(const struct voice *voice, struct block *section)
{
    struct block *details = NULL, *line = NULL;
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++) {
        if (!voice->in_section[m] ||
            measures_get(voice->measures, voice->scope, m)->why == WHY_NOT_DEFINED)
            continue;
        if (!details) {
            details = build_titled(voice->doc, section, BLOCK_DETAILS, NULL,
                                   voice_tell(voice, "definitions.here"));
            details->on_screen = true;
            line = build_block(voice->doc, details, BLOCK_PARAGRAPH);
        }
        if (line->text.count)
            build_run(voice->doc, &line->text, " \xC2\xB7 ", RUN_PLAIN, NULL);
        build_run(voice->doc, &line->text, measure_table[m].name, RUN_PLAIN,
                  anchors_definition(voice, m));
    }
}

/* ---- Once each ---- */

static enum measure_id
measure_of(const char *anchor)
{
    return anchor ? measure_find(text_of(anchor)) : MEASURE_COUNT;
}

/* Of several anchors made for one measure the first stays. */
static void
keep_first(const char **anchor, bool own[MEASURE_COUNT])
{
    enum measure_id id = measure_of(*anchor);
    if (id == MEASURE_COUNT)
        return;
    if (own[id])
        *anchor = NULL;
    own[id] = true;
}

static void
collect(struct block *block, bool own[MEASURE_COUNT])
{
    for (; block; block = block->next) {
        keep_first(&block->anchor, own);
        for (uint32_t f = 0; f < block->figure_count; f++)
            keep_first(&block->figure[f].anchor, own);
        for (uint32_t r = 0; block->table && r < block->table->row_count; r++)
            keep_first(&block->table->row[r].anchor, own);
        if (block->exhibit)
            keep_first(&block->exhibit->anchor, own);
        collect(block->children, own);
    }
}

static void
settle(struct block *block, const bool own[MEASURE_COUNT])
{
    for (; block; block = block->next) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < block->mark_count; i++)
            if (!own[measure_of(block->mark[i])])
                block->mark[kept++] = block->mark[i];
        block->mark_count = kept;
        settle(block->children, own);
    }
}

void
anchors_settle(struct doc *doc)
{
    bool own[MEASURE_COUNT] = {false};
    collect(doc->blocks, own);
    settle(doc->blocks, own);
}
