/* An outline becomes the sections of a doc. */
#include "anchors.h"
#include "chart.h"
#include "outline.h"
#include "report.h"

#include <string.h>

/* What a part has built, as one block; NULL where it has built nothing. */
static struct block *
as_one(const struct voice *voice, const struct block *built)
{
    struct block holder = {0};
    if (!built->children || !built->children->next)
        return built->children;
    struct block *group = build_block(voice->doc, &holder, BLOCK_SECTION);
    group->children = built->children;
    group->last_child = built->last_child;
    return group;
}

/* A line that says why something is not shown. */
static bool
is_remark(const struct block *block)
{
    return block && block->kind == BLOCK_PARAGRAPH;
}

/* Side by side where both parts have something to show; else the one that has, at full width. */
static void
build_pair(const struct voice *voice, struct block *section, const struct outline_item *item)
{
    struct voice narrow = *voice;
    struct block built[2] = {{0}, {0}};
    narrow.width = chart_half(voice->width);
    narrow.half = true;
    for (int i = 0; i < 2; i++)
        item->part[i]->build(&narrow, &built[i]);
    struct block *left = as_one(voice, &built[0]), *right = as_one(voice, &built[1]);
    if (!left || !right || is_remark(left) || is_remark(right)) {
        for (int i = 0; i < 2; i++)
            item->part[i]->build(voice, section);
        return;
    }
    struct block *pair = build_block(voice->doc, section, BLOCK_EXHIBIT_PAIR);
    pair->children = left;
    left->next = right;
    pair->last_child = right;
}

static void
build_item(const struct voice *voice, struct block *section, const struct outline_item *item)
{
    struct block *block;
    switch (item->kind) {
    case OUTLINE_PART:
        item->part[0]->build(voice, section);
        break;
    case OUTLINE_PAIR:
        build_pair(voice, section, item);
        break;
    case OUTLINE_TEXT:
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, item->key));
        break;
    case OUTLINE_HEADING:
        block =
            build_titled(voice->doc, section, BLOCK_HEADING, NULL, voice_tell(voice, item->key));
        block->level = 2;
        break;
    case OUTLINE_JUDGEMENT:
        block =
            build_titled(voice->doc, section, BLOCK_JUDGEMENT, NULL, voice_tell(voice, item->key));
        block->lines = item->lines;
        break;
    }
}

/* What feeds this section and what it feeds: no view stands alone. */
static void
build_feeds(const struct voice *voice, struct block *section, const char *name)
{
    const char *key = arena_printf(voice->doc->arena, "feeds.%s", name);
    if (!voice_knows(voice, key))
        return;
    struct block *block = build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, key));
    if (block)
        block->text.run[0].style = RUN_MUTED;
}

static void
build_items(const struct voice *voice, struct block *section, const struct outline_section *outline)
{
    memset(voice->in_section, 0, MEASURE_COUNT * sizeof *voice->in_section);
    for (uint32_t i = 0; i < outline->item_count; i++) {
        const struct block *last = section->last_child;
        build_item(voice, section, &outline->item[i]);
        anchors_mark(voice, section, last);
    }
}

static bool
says_nothing(const struct block *section)
{
    for (const struct block *block = section->children; block; block = block->next)
        if (block->kind != BLOCK_HEADING)
            return false;
    return true;
}

static void
build_section(struct voice *voice, const struct outline_section *outline)
{
    struct doc *doc = voice->doc;
    struct block *before = doc->last_block, parts = {0};
    build_items(voice, &parts, outline);
    if (says_nothing(&parts))
        return;
    const char *key = arena_printf(doc->arena, "sections.%s", outline->name);
    struct block *section = build_titled(doc, NULL, outline->folded ? BLOCK_DETAILS : BLOCK_SECTION,
                                         outline->name, voice_tell(voice, key));
    section->on_screen = outline->folded;
    section->new_page = outline->new_page && before;
    section->appendix = outline->appendix;
    build_feeds(voice, section, outline->name);
    if (section->last_child)
        section->last_child->next = parts.children;
    else
        section->children = parts.children;
    section->last_child = parts.last_child;
    if (doc->defined)
        anchors_link(voice, section);
}

/* Whether the pack says what its measures are. */
static bool
has_definitions(const struct outline *outline)
{
    for (uint32_t s = 0; s < outline->section_count; s++)
        for (uint32_t i = 0; i < outline->section[s].item_count; i++) {
            const struct outline_item *item = &outline->section[s].item[i];
            if (item->kind == OUTLINE_PART && item->part[0]->build == report_definitions)
                return true;
        }
    return false;
}

void
outline_build(const struct outline *outline, struct voice *voice)
{
    voice->doc->defined = has_definitions(outline);
    for (uint32_t s = 0; s < outline->section_count; s++)
        build_section(voice, &outline->section[s]);
    anchors_settle(voice->doc);
}
