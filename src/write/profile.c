/* ICC.1:2001-04 (version 2.1), matrix and curve: primaries of IEC 61966-2-1 adapted to D50. */
#include "profile.h"

static void
number32(struct buf *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(out, (char)(value >> shift));
}

static void
fixed(struct buf *out, double value) /* s15Fixed16 */
{
    number32(out, (uint32_t)(int32_t)(value * 65536 + (value < 0 ? -0.5 : 0.5)));
}

static void
pad(struct buf *out, size_t length)
{
    while (out->length < length)
        buf_char(out, '\0');
}

struct part {
    const char *tag;
    double x, y, z; /* of an XYZ part */
};

static const struct part colours[] = {{"wtpt", 0.9642, 1.0, 0.8249},
                                      {"rXYZ", 0.43607, 0.22249, 0.01392},
                                      {"gXYZ", 0.38515, 0.71687, 0.09708},
                                      {"bXYZ", 0.14307, 0.06061, 0.71410}};

enum {
    PARTS = 9,
    HEAD = 128,
    TABLE = 4 + 12 * PARTS,
    TEXT_SIZE = 104,
    COPY_SIZE = 28,
    XYZ_SIZE = 20,
    CURVE_SIZE = 16
};

static void
write_head(struct buf *out, uint32_t size)
{
    number32(out, size);
    number32(out, 0);
    number32(out, 0x02100000);
    buf_string(out, "mntrRGB XYZ ");
    const unsigned char date[12] = {0x07, 0xE8, 0, 1, 0, 1}; /* 2024-01-01 */
    buf_add(out, date, sizeof date);
    buf_string(out, "acsp");
    pad(out, 68);
    fixed(out, 0.9642);
    fixed(out, 1.0);
    fixed(out, 0.8249);
    pad(out, HEAD);
}

static void
write_entry(struct buf *out, const char *tag, uint32_t at, uint32_t size)
{
    buf_add(out, tag, 4);
    number32(out, at);
    number32(out, size);
}

void
profile_write(struct buf *out)
{
    static const char name[] = "RGB, primaries of sRGB", rights[] = "No rights reserved.";
    uint32_t at = HEAD + TABLE, curve = at + TEXT_SIZE + COPY_SIZE + 4 * XYZ_SIZE;
    write_head(out, curve + CURVE_SIZE);
    number32(out, PARTS);
    write_entry(out, "desc", at, TEXT_SIZE);
    write_entry(out, "cprt", at + TEXT_SIZE, COPY_SIZE);
    for (uint32_t i = 0; i < 4; i++)
        write_entry(out, colours[i].tag, at + TEXT_SIZE + COPY_SIZE + i * XYZ_SIZE, XYZ_SIZE);
    write_entry(out, "rTRC", curve, CURVE_SIZE - 2);
    write_entry(out, "gTRC", curve, CURVE_SIZE - 2);
    write_entry(out, "bTRC", curve, CURVE_SIZE - 2);
    buf_string(out, "desc");
    number32(out, 0);
    number32(out, sizeof name);
    buf_add(out, name, sizeof name);
    pad(out, at + TEXT_SIZE);
    buf_string(out, "text");
    number32(out, 0);
    buf_add(out, rights, sizeof rights);
    pad(out, at + TEXT_SIZE + COPY_SIZE);
    for (uint32_t i = 0; i < 4; i++) {
        buf_string(out, "XYZ ");
        number32(out, 0);
        fixed(out, colours[i].x);
        fixed(out, colours[i].y);
        fixed(out, colours[i].z);
    }
    buf_string(out, "curv");
    number32(out, 0);
    number32(out, 1);
    buf_char(out, 2); /* u8Fixed8: gamma 2.2 */
    buf_char(out, 51);
    pad(out, curve + CURVE_SIZE);
}
