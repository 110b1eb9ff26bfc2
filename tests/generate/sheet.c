#include "sheet.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct sheet
sheet_open(const char *folder, const char *name, const char *header)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct sheet sheet = {fopen(path, "wb"), 0};
    if (!sheet.file) {
        perror(path);
        exit(1);
    }
    setvbuf(sheet.file, NULL, _IOFBF, 1 << 20);
    if (header)
        fprintf(sheet.file, "%s\n", header);
    return sheet;
}

static void
separate(struct sheet *sheet)
{
    if (sheet->cells++)
        putc_unlocked(',', sheet->file);
}

void
sheet_text(struct sheet *sheet, const char *text)
{
    separate(sheet);
    if (!text[strcspn(text, ",\"\r\n")]) {
        fputs(text, sheet->file);
        return;
    }
    putc_unlocked('"', sheet->file);
    for (; *text; text++) {
        if (*text == '"')
            putc_unlocked('"', sheet->file);
        putc_unlocked(*text, sheet->file);
    }
    putc_unlocked('"', sheet->file);
}

void
sheet_int(struct sheet *sheet, int64_t value)
{
    separate(sheet);
    fprintf(sheet->file, "%" PRId64, value);
}

void
sheet_money(struct sheet *sheet, int64_t minor)
{
    separate(sheet);
    if (minor != -1)
        fprintf(sheet->file, "%" PRId64 ".%02d", minor / 100, (int)(minor % 100));
}

void
sheet_iso(int32_t day, char out[16])
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    int year = year_of_era + era * 400 + (month <= 2);
    int in_month = of_year - (153 * shifted + 2) / 5 + 1;
    memcpy(out, "0000-00-00", 11);
    for (int i = 3; i >= 0; i--, year /= 10)
        out[i] = (char)('0' + year % 10);
    out[5] = (char)('0' + month / 10);
    out[6] = (char)('0' + month % 10);
    out[8] = (char)('0' + in_month / 10);
    out[9] = (char)('0' + in_month % 10);
}

void
sheet_day(struct sheet *sheet, int32_t day)
{
    char iso[16];
    separate(sheet);
    if (day == INT32_MIN)
        return;
    sheet_iso(day, iso);
    fputs(iso, sheet->file);
}

void
sheet_end(struct sheet *sheet)
{
    putc_unlocked('\n', sheet->file);
    sheet->cells = 0;
}

int
sheet_close(struct sheet *sheet)
{
    int failed = ferror(sheet->file);
    if (fclose(sheet->file) || failed) {
        perror("generate");
        return 1;
    }
    return 0;
}

void
sheet_xml_text(FILE *file, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '"':
            fputs("&quot;", file);
            break;
        default:
            putc_unlocked(*text, file);
        }
}
