#include "pack_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 40 };

static _Noreturn void
refuse(const char *path)
{
    fprintf(stderr, "%s: not the data of packs\n", path);
    exit(1);
}

static char *
read_all(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (!text || fseek(file, 0, SEEK_SET) || fread(text, 1, (size_t)size, file) != (size_t)size)
        refuse(path);
    text[size] = '\0';
    fclose(file);
    return text;
}

static uint32_t
split(char *line, const char **cell)
{
    uint32_t count = 0;
    for (char *rest = line; rest && count < CELLS_MOST; count++) {
        cell[count] = rest;
        rest = strchr(rest, '\t');
        if (rest)
            *rest++ = '\0';
    }
    return count;
}

static void
add_series(struct pack_chart *chart, const char *const *cell, uint32_t count)
{
    chart->name[chart->series] = cell[1];
    for (uint32_t i = 2; i < count && i - 2 < LABELS_MOST; i++)
        chart->value[chart->series][i - 2] = strtod(cell[i], NULL);
    chart->series++;
    for (uint32_t i = 0; i < chart->labels; i++) {
        double sum = 0;
        for (uint32_t s = 0; s < chart->series; s++) {
            double value = chart->value[s][i];
            sum = chart->kind[0] == 's' ? sum + value : value > sum ? value : sum;
        }
        chart->most = sum > chart->most ? sum : chart->most;
    }
}

/* One line of a team; false when it has no place. */
static bool
add_line(struct pack_team *team, const char *const *cell, uint32_t count)
{
    struct pack_chart *chart = &team->chart[team->charts ? team->charts - 1 : 0];
    struct pack_table *table = &team->table[team->tables ? team->tables - 1 : 0];
    switch (cell[0][0]) {
    case 'F':
        if (count != 4 || team->figures == FIGURES_MOST)
            return false;
        memcpy(team->figure[team->figures++], cell + 1, 3 * sizeof *cell);
        return true;
    case 'C':
        if (count < 4 || count - 3 > LABELS_MOST || team->charts == CHARTS_MOST)
            return false;
        chart = &team->chart[team->charts++];
        chart->kind = cell[1];
        chart->title = cell[2];
        chart->labels = count - 3;
        memcpy(chart->label, cell + 3, chart->labels * sizeof *cell);
        return true;
    case 'S':
        if (!team->charts || chart->series == SERIES_MOST || count != chart->labels + 2)
            return false;
        add_series(chart, cell, count);
        return true;
    case 'B':
        if (count < 3 || count - 2 > COLUMNS_MOST || team->tables == TABLES_MOST)
            return false;
        table = &team->table[team->tables++];
        table->title = cell[1];
        table->columns = count - 2;
        memcpy(table->head, cell + 2, table->columns * sizeof *cell);
        return true;
    case 'R':
        if (!team->tables || table->rows == ROWS_MOST || count != table->columns + 1)
            return false;
        memcpy(table->cell[table->rows++], cell + 1, table->columns * sizeof *cell);
        return true;
    }
    return false;
}

struct pack_team *
pack_data_load(const char *path, uint32_t *count)
{
    char *text = read_all(path);
    const char *cell[CELLS_MOST];
    struct pack_team *teams = NULL;
    *count = 0;
    for (char *line = text, *next; *line; line = next) {
        next = strchr(line, '\n');
        if (!next)
            refuse(path);
        *next++ = '\0';
        uint32_t cells = split(line, cell);
        if (cell[0][0] == 'T' && cells == 3) {
            teams = realloc(teams, (*count + 1) * sizeof *teams);
            if (!teams)
                refuse(path);
            teams[*count] = (struct pack_team){.name = cell[1], .period = cell[2]};
            ++*count;
        } else if (!*count || !add_line(&teams[*count - 1], cell, cells)) {
            refuse(path);
        }
    }
    if (!*count)
        refuse(path);
    return teams;
}
