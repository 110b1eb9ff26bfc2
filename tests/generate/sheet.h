/* sheet: a CSV or XML file in the making. */
#ifndef SEFPACK_GENERATE_SHEET_H
#define SEFPACK_GENERATE_SHEET_H

#include <stdint.h>
#include <stdio.h>

struct sheet {
    FILE *file;
    int cells; /* of the row begun */
};

struct sheet
sheet_open(const char *folder, const char *name, const char *header);

/* A cell, quoted where it must be. */
void
sheet_text(struct sheet *sheet, const char *text);

void
sheet_int(struct sheet *sheet, int64_t value);

/* Minor units as 1234.50; -1 writes nothing. */
void
sheet_money(struct sheet *sheet, int64_t minor);

/* A day as YYYY-MM-DD; INT32_MIN writes nothing. */
void
sheet_day(struct sheet *sheet, int32_t day);

void
sheet_end(struct sheet *sheet); /* of the row */

int
sheet_close(struct sheet *sheet); /* 0 when all was written */

void
sheet_xml_text(FILE *file, const char *text);

void
sheet_iso(int32_t day, char out[16]);

#endif
