#include "escape.h"

#include "letters.h"

#include <string.h>

struct entity {
    char letter;
    const char *text;
};

static const struct entity in_text[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},
                                        {'"', "&quot;"}, {'\'', "&#39;"}, {0, NULL}};
static const struct entity in_attribute[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},
                                             {'"', "&quot;"}, {'\'', "&#39;"}, {'`', "&#96;"},
                                             {'=', "&#61;"},  {0, NULL}};

static void
escape(struct buf *out, const char *text, const struct entity *entities, const char *special)
{
    for (const char *end = text + strlen(text); text < end;) {
        size_t run = strcspn(text, special);
        size_t plain = 0;
        while (plain < run && text[plain] >= ' ' && text[plain] < 0x7F)
            plain++;
        buf_add(out, text, plain);
        text += plain;
        if (text == end)
            return;
        uint32_t letter = letters_next(&text, end);
        const struct entity *entity = entities;
        while (entity->letter && (uint32_t)entity->letter != letter)
            entity++;
        if (entity->letter)
            buf_string(out, entity->text);
        else if (letter)
            letters_add(out, letter);
    }
}

void
escape_text(struct buf *out, const char *text)
{
    if (text)
        escape(out, text, in_text, "&<>\"'");
}

void
escape_attribute(struct buf *out, const char *text)
{
    if (text)
        escape(out, text, in_attribute, "&<>\"'`=");
}

/* A colon before any of / ? # ends a scheme. Only what RFC 3986 knows is part of a URL of ours:
 * browsers skip blanks and controls, and take a backslash for a slash. */
bool
escape_url(struct buf *out, const char *url)
{
    static const char *const allowed[] = {"https:", "mailto:"};
    const char *fragment = strchr(url, '#');
    if (fragment && strchr(fragment + 1, '#'))
        return false;
    static const char marks[] = "-._~:/?#[]@!$&'()*+,;=%";
    for (const char *c = url; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
              strchr(marks, *c)))
            return false;
    bool relative = url[strcspn(url, ":/?#")] != ':' && strncmp(url, "//", 2) != 0;
    for (size_t i = 0; !relative && i < sizeof allowed / sizeof *allowed; i++)
        relative = strncmp(url, allowed[i], strlen(allowed[i])) == 0;
    if (relative)
        escape_attribute(out, url);
    return relative;
}

void
escape_id(struct buf *out, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    while (text && *text) {
        size_t run = strspn(text, plain);
        buf_add(out, text, run);
        text += run;
        if (!*text)
            return;
        unsigned char byte = (unsigned char)*text++;
        const char code[] = {'_', digits[byte >> 4], digits[byte & 15], '_'};
        buf_add(out, code, sizeof code);
    }
}
