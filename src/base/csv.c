#include "csv.h"

static void
begin_cell(struct csv *csv)
{
    if (csv->inside)
        buf_char(csv->out, ',');
    csv->inside = true;
}

static bool
starts_formula(struct text text)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};
    if (text.length == 0)
        return false;
    if (strchr("=+-@\t\r", text.bytes[0]) && text.bytes[0] != '\0')
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text.length >= 3 && memcmp(text.bytes, wide[i], 3) == 0)
            return true;
    return false;
}

void
csv_text(struct csv *csv, struct text text)
{
    begin_cell(csv);
    buf_char(csv->out, '"');
    if (starts_formula(text))
        buf_char(csv->out, '\'');
    for (const char *quote; text.length > 0 && (quote = memchr(text.bytes, '"', text.length));) {
        uint32_t length = (uint32_t)(quote - text.bytes) + 1;
        buf_add(csv->out, text.bytes, length);
        buf_char(csv->out, '"');
        text.bytes += length;
        text.length -= length;
    }
    buf_text(csv->out, text);
    buf_char(csv->out, '"');
}

void
csv_plain(struct csv *csv, const char *plain)
{
    begin_cell(csv);
    buf_string(csv->out, plain);
}

void
csv_fixed(struct csv *csv, double value, int digits)
{
    begin_cell(csv);
    buf_fixed(csv->out, value, digits);
}

void
csv_int(struct csv *csv, int64_t value)
{
    begin_cell(csv);
    buf_int(csv->out, value);
}

void
csv_real(struct csv *csv, double value)
{
    begin_cell(csv);
    buf_real(csv->out, value);
}

void
csv_end(struct csv *csv)
{
    buf_string(csv->out, "\r\n");
    csv->inside = false;
}
