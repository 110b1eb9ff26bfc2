#include "eml_header.h"

#include "buf.h"
#include "letters.h"

#include <string.h>

const char *
eml_header(struct arena *arena, const char *text, unsigned most)
{
    struct buf clean = {0}, line = {0};
    bool blank = false;
    unsigned count = 0;
    letters_clean(&clean, text ? text : "");
    const char *at = clean.bytes, *end = at ? at + clean.length : NULL;
    while (at < end) {
        uint32_t letter = letters_next(&at, end);
        if (letter == ' ' || letter == 0xA0) {
            blank = line.length > 0;
            continue;
        }
        if (count + blank + 1 >= most && at < end) {
            letters_add(&line, 0x2026);
            break;
        }
        count += blank + 1u;
        if (blank)
            buf_char(&line, ' ');
        blank = false;
        letters_add(&line, letter);
    }
    const char *copy = arena_copy(arena, line.bytes ? line.bytes : "", line.length);
    buf_free(&clean);
    buf_free(&line);
    return copy;
}

const char *
eml_file_name(struct arena *arena, const char *title, const char *extension)
{
    char *name = arena_string(arena, eml_header(arena, title, EML_LONGEST_FILE));
    for (char *c = name; *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (c == name && *c == '.'))
            *c = '-';
    return arena_printf(arena, "%s%s", name[0] ? name : "pack", extension);
}
