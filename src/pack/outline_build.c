/* An outline becomes the sections of a doc. */
#include "chart.h"
#include "outline.h"

#include <string.h>

static bool
is_one_exhibit(const struct block *parent)
{
    return parent->children && parent->children->kind == BLOCK_EXHIBIT && !parent->children->next;
}

/* Side by side where both parts are one exhibit each; else below each other, at full width. */
static void
build_pair(const struct voice *voice, struct block *section, const struct outline_item *item)
{
    struct voice narrow = *voice;
    struct block left = {0}, right = {0};
    narrow.width = CHART_HALF;
    item->part[0]->build(&narrow, &left);
    item->part[1]->build(&narrow, &right);
    if (!is_one_exhibit(&left) || !is_one_exhibit(&right)) {
        item->part[0]->build(voice, section);
        item->part[1]->build(voice, section);
        return;
    }
    struct block *pair = build_block(voice->doc, section, BLOCK_EXHIBIT_PAIR);
    pair->children = left.children;
    left.children->next = right.children;
    pair->last_child = right.children;
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
    for (uint32_t i = 0; i < outline->item_count; i++)
        build_item(voice, &parts, &outline->item[i]);
    if (says_nothing(&parts))
        return;
    const char *key = arena_printf(doc->arena, "sections.%s", outline->name);
    struct block *section =
        build_titled(doc, NULL, BLOCK_SECTION, outline->name, voice_tell(voice, key));
    section->new_page = outline->new_page && before;
    section->appendix = outline->appendix;
    build_feeds(voice, section, outline->name);
    if (section->last_child)
        section->last_child->next = parts.children;
    else
        section->children = parts.children;
    section->last_child = parts.last_child;
}

void
outline_build(const struct outline *outline, struct voice *voice)
{
    for (uint32_t s = 0; s < outline->section_count; s++)
        build_section(voice, &outline->section[s]);
}
