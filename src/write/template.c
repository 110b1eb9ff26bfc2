#include "template.h"

#include <stdio.h>
#include <string.h>

enum { LARGEST = 1 << 20 };

bool
template_read(const char *folder, const char *file, struct buf *out)
{
    char path[4200], block[1 << 14];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return false;
    size_t length;
    while ((length = fread(block, 1, sizeof block, stream)) > 0 && out->length < LARGEST)
        buf_add(out, block, length);
    bool whole = !ferror(stream) && out->length < LARGEST;
    fclose(stream);
    return whole;
}

static const char *
find_slot(const struct template_slot *slots, struct text name)
{
    for (; slots->name; slots++)
        if (text_equal(name, text_of(slots->name)))
            return slots->bytes ? slots->bytes : "";
    return NULL;
}

static const char *
unknown_slot(struct arena *arena, const char *file, const char *start, const char *at,
             struct text name)
{
    int line = 1, column = 1;
    for (; start < at; start++) {
        column = *start == '\n' ? 1 : column + 1;
        line += *start == '\n';
    }
    return arena_printf(arena, "%s:%d:%d: there is no slot {{%.*s}}", file, line, column,
                        name.length < 40 ? (int)name.length : 40, name.bytes);
}

const char *
template_fill(struct arena *arena, const char *file, struct text template,
              const struct template_slot *slots, struct buf *out)
{
    const char *at = template.bytes, *end = template.bytes + template.length;
    while (at < end) {
        const char *open = memmem(at, (size_t)(end - at), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close)
            break;
        struct text name = {open + 2, (uint32_t)(close - open - 2)};
        const char *filling = find_slot(slots, name);
        if (!filling)
            return unknown_slot(arena, file, template.bytes, open, name);
        buf_add(out, at, (size_t)(open - at));
        buf_string(out, filling);
        at = close + 2;
    }
    buf_add(out, at, (size_t)(end - at));
    return NULL;
}
