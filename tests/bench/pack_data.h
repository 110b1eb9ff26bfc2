/* pack_data: what the packs of the writing job hold, read from the lines that peers/pack_data.py
 * writes. All texts lie in the block that pack_data_load gives; the teams in another. */
#ifndef SEFPACK_BENCH_PACK_DATA_H
#define SEFPACK_BENCH_PACK_DATA_H

#include <stdbool.h>
#include <stdint.h>

enum { FIGURES_MOST = 8, CHARTS_MOST = 4, SERIES_MOST = 4, LABELS_MOST = 32, TABLES_MOST = 6 };
enum { COLUMNS_MOST = 8, ROWS_MOST = 48 };

struct pack_chart {
    const char *kind, *title; /* "bars", "stack" or "line" */
    uint32_t labels, series;
    const char *label[LABELS_MOST], *name[SERIES_MOST];
    double value[SERIES_MOST][LABELS_MOST];
    double most; /* of the values, or of their sums where stacked */
};

struct pack_table {
    const char *title;
    uint32_t columns, rows;
    const char *head[COLUMNS_MOST], *cell[ROWS_MOST][COLUMNS_MOST];
};

struct pack_team {
    const char *name, *period;
    uint32_t figures, charts, tables;
    const char *figure[FIGURES_MOST][3];
    struct pack_chart chart[CHARTS_MOST];
    struct pack_table table[TABLES_MOST];
};

/* Ends the program with a message when the file is not what it should be. The caller frees the
 * teams, never the texts. */
struct pack_team *
pack_data_load(const char *path, uint32_t *count);

#endif
