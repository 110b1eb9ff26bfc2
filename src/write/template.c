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

void
template_fill(struct text template, const struct template_slot *slots, struct buf *out)
{
    const char *at = template.bytes, *end = template.bytes + template.length;
    while (at < end) {
        const char *open = memmem(at, (size_t)(end - at), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close)
            break;
        struct text name = {open + 2, (uint32_t)(close - open - 2)};
        const char *filling = find_slot(slots, name);
        buf_add(out, at, (size_t)(open - at));
        if (filling)
            buf_string(out, filling);
        else
            buf_add(out, open, (size_t)(close + 2 - open));
        at = close + 2;
    }
    buf_add(out, at, (size_t)(end - at));
}
