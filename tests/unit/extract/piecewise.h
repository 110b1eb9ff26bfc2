/* piecewise: an XML file read in pieces, all of it put down as one string to compare. */
#ifndef SEFPACK_TEST_PIECEWISE_H
#define SEFPACK_TEST_PIECEWISE_H

#include "buf.h"
#include "config.h"
#include "extract.h"
#include "lines.h"
#include "mapping.h"
#include "names.h"
#include "sha256.h"
#include "tray.h"
#include "xmlread.h"

#include <stdlib.h>

struct piecewise {
    struct buf rows, unmapped; /* LINE|CELL|CELL, one line a row; the names, each with a blank */
    uint64_t count;
    bool whole;
    char sha256[65];
};

static void *
piecewise_parse(void *context, const struct rows *rows)
{
    (void)context;
    return lines_of(rows);
}

static void
piecewise_take(void *context, void *parsed)
{
    struct piecewise *piecewise = context;
    lines_add(&piecewise->rows, parsed);
}

static inline struct piecewise
piecewise_read(const char *path, const struct xml_shape *shape, uint32_t count,
               const char *const *columns, uint32_t chunk, unsigned jobs)
{
    static const struct config_extract nothing;
    struct piecewise piecewise = {0};
    struct diag *diag = diag_new(NULL, false, false);
    struct extract_log *log = extract_log_new();
    struct mapping *mapping = mapping_new(NULL, &nothing, TABLE_DEALS, columns, count, diag);
    bool *mapped = calloc(count, sizeof *mapped);
    const struct source_request request = {path, &nothing, mapping, mapped, jobs};
    struct delivery delivery = {.sink = {&piecewise, piecewise_parse, piecewise_take},
                                .log = log,
                                .report = &log->table[TABLE_DEALS]};
    struct xmlread read = {.request = &request, .shape = shape, .delivery = &delivery};
    read.column_count = mapping_names(mapping, &read.columns);
    read.tray = tray_new(log->arena, mapping, read.column_count, read.columns, true, path, diag);
    read.names = names_new(text_of(shape->record), read.column_count, read.columns);
    read.sha = sha256_new();
    read.chunk = chunk;
    piecewise.whole = xmlread_pieces(&read);
    piecewise.count = read.rows;
    sha256_finish(read.sha, piecewise.sha256);
    for (uint32_t i = 0; i < names_unmapped_count(read.names); i++)
        buf_printf(&piecewise.unmapped, "%s ", names_unmapped(read.names, i));
    names_free(read.names);
    mapping_free(mapping);
    extract_log_free(log);
    free(mapped);
    diag_free(diag);
    return piecewise;
}

static inline void
piecewise_free(struct piecewise *piecewise)
{
    buf_free(&piecewise->rows);
    buf_free(&piecewise->unmapped);
}

#endif
