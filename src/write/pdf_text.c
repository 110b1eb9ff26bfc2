#include "pdf_text.h"

#include "letters.h"

static void
write_half(uint32_t value, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    const char hex[] = {digits[value >> 12 & 15], digits[value >> 8 & 15], digits[value >> 4 & 15],
                        digits[value & 15]};
    buf_add(out, hex, sizeof hex);
}

void
pdf_text_utf16(struct text utf8, struct buf *out)
{
    for (const char *at = utf8.bytes, *end = at + utf8.length; at < end;) {
        uint32_t letter = letters_next(&at, end);
        if (letter >= 0x10000) {
            write_half(0xD800 + ((letter - 0x10000) >> 10), out);
            letter = 0xDC00 + ((letter - 0x10000) & 0x3FF);
        }
        if (letter)
            write_half(letter, out);
    }
}

void
pdf_text_string(struct text utf8, struct buf *out)
{
    buf_string(out, "<FEFF");
    pdf_text_utf16(utf8, out);
    buf_char(out, '>');
}

/* One byte of a string; gives where the next one goes. */
static char *
put_byte(char byte, char *at)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *at++ = '\\';
    *at++ = byte == '\r' ? 'r' : byte; /* a CR would be read as a line feed */
    return at;
}

void
pdf_text_code(uint16_t code, struct buf *out)
{
    char bytes[4];
    char *end = put_byte((char)code, put_byte((char)(code >> 8), bytes));
    buf_add(out, bytes, (size_t)(end - bytes));
}
