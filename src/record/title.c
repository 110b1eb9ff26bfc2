#include "title.h"

#include "config.h"
#include "dataset.h"

/* Letters, digits and every byte of a longer character belong to a word. */
static bool
in_word(char c)
{
    unsigned char b = (unsigned char)c;
    return b >= 0x80 || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
}

static bool
has_word(struct text title, struct text word)
{
    if (word.length == 0 || word.length > title.length)
        return false;
    for (uint32_t at = 0; at + word.length <= title.length; at++) {
        struct text piece = {title.bytes + at, word.length};
        bool begins = at == 0 || !in_word(title.bytes[at - 1]);
        bool ends = at + word.length == title.length || !in_word(title.bytes[at + word.length]);
        if (begins && ends && text_equal_nocase(piece, word))
            return true;
    }
    return false;
}

static bool
has_any(struct text title, const struct config_strings *words)
{
    for (uint32_t i = 0; i < words->count; i++)
        if (has_word(title, text_of(words->string[i])))
            return true;
    return false;
}

uint8_t
title_level(const struct config *config, struct text title)
{
    if (has_any(title, &config->levels.executive))
        return LEVEL_EXECUTIVE;
    if (has_any(title, &config->levels.director))
        return LEVEL_DIRECTOR;
    if (has_any(title, &config->levels.manager))
        return LEVEL_MANAGER;
    return has_any(title, &config->levels.staff) ? LEVEL_STAFF : LEVEL_UNKNOWN;
}
