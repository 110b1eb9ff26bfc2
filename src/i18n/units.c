#include "units.h"

void
units_add(struct buf *out, uint32_t c)
{
    char bytes[4];
    if (c >= 0xD800 && c < 0xE000)
        c = 0xFFFD;
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3F));
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (char)(leads[length] | c);
    buf_add(out, bytes, length);
}

void
units_to_utf8(const uint16_t *unit, int32_t length, struct buf *out)
{
    for (int32_t at = 0; at < length;)
        units_add(out, units_next(unit, length, &at));
}
