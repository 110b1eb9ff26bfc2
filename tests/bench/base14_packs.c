/* base14_packs DATA FOLDER: the packs of the writing job by libharu alone: Helvetica, untagged,
 * nothing embedded, no HTML. What the library itself costs. */
#include "pack_data.h"

#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct paper {
    HPDF_Doc doc;
    HPDF_Page page;
    HPDF_Font regular, bold;
    int pages;
};

static void
put(struct paper *paper, HPDF_Font font, float size, double x, double y, const char *text)
{
    char latin[256];
    size_t used = 0;
    for (const char *at = text; *at && used < sizeof latin - 1; at++) /* the encoding's own bytes */
        if ((*at & 0xC0) != 0x80)
            latin[used++] = (unsigned char)*at < 128 ? *at : '?';
    latin[used] = '\0';
    HPDF_Page_BeginText(paper->page);
    HPDF_Page_SetFontAndSize(paper->page, font, size);
    HPDF_Page_TextOut(paper->page, (float)x, (float)(842 - y), latin);
    HPDF_Page_EndText(paper->page);
}

static void
new_page(struct paper *paper)
{
    char number[16];
    paper->page = HPDF_AddPage(paper->doc);
    HPDF_Page_SetSize(paper->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    snprintf(number, sizeof number, "%d", ++paper->pages);
    put(paper, paper->regular, 8, 540, 820, number);
}

static void
draw_line(struct paper *paper, double x1, double y1, double x2, double y2)
{
    HPDF_Page_MoveTo(paper->page, (float)x1, (float)(842 - y1));
    HPDF_Page_LineTo(paper->page, (float)x2, (float)(842 - y2));
    HPDF_Page_Stroke(paper->page);
}

static void
draw_series(struct paper *paper, const struct pack_chart *chart, double left, double floor)
{
    static const float inks[][3] = {
        {0.07f, 0.26f, 0.43f}, {0.16f, 0.63f, 0.59f}, {0.5f, 0.09f, 0.31f}, {0.96f, 0.42f, 0.14f}};
    double step = (550 - left) / chart->labels, scale = 160 / chart->most;
    for (uint32_t s = 0; s < chart->series; s++) {
        HPDF_Page_SetRGBStroke(paper->page, inks[s][0], inks[s][1], inks[s][2]);
        HPDF_Page_SetRGBFill(paper->page, inks[s][0], inks[s][1], inks[s][2]);
        for (uint32_t i = 0; i < chart->labels; i++) {
            double below = 0, value = chart->value[s][i] * scale, x = left + step * i;
            for (uint32_t b = 0; b < s && chart->kind[0] == 's'; b++)
                below += chart->value[b][i] * scale;
            double y = 842 - floor + below;
            if (chart->kind[0] != 'l')
                HPDF_Page_Rectangle(paper->page, (float)(x + step * 0.15), (float)y,
                                    (float)(step * 0.7), (float)value);
            else if (i == 0)
                HPDF_Page_MoveTo(paper->page, (float)(x + step / 2), (float)(y + value));
            else
                HPDF_Page_LineTo(paper->page, (float)(x + step / 2), (float)(y + value));
        }
        if (chart->kind[0] == 'l')
            HPDF_Page_Stroke(paper->page);
        else
            HPDF_Page_Fill(paper->page);
    }
    HPDF_Page_SetRGBFill(paper->page, 0, 0, 0);
    for (uint32_t s = 0; s < chart->series; s++)
        put(paper, paper->regular, 8, left + 80 * s, floor - 170, chart->name[s]);
}

static void
draw_chart(struct paper *paper, const struct pack_chart *chart, double top)
{
    double left = 80, floor = top + 200, step = (550 - left) / chart->labels;
    char text[32];
    put(paper, paper->bold, 12, 40, top, chart->title);
    HPDF_Page_SetLineWidth(paper->page, 0.5f);
    HPDF_Page_SetRGBStroke(paper->page, 0.92f, 0.92f, 0.92f);
    for (int tick = 0; tick < 6; tick++) {
        double y = floor - 160.0 * tick / 5;
        draw_line(paper, left, y, 550, y);
        snprintf(text, sizeof text, "%.0f", chart->most * tick / 5);
        put(paper, paper->regular, 8, 50, y + 3, text);
    }
    for (uint32_t i = 0; i < chart->labels; i++)
        put(paper, paper->regular, 7, left + step * i, floor + 12, chart->label[i]);
    draw_series(paper, chart, left, floor);
}

static void
draw_table(struct paper *paper, const struct pack_table *table)
{
    static const double widths[] = {160, 90, 70, 60, 60, 45, 40, 40};
    new_page(paper);
    put(paper, paper->bold, 12, 40, 50, table->title);
    HPDF_Page_SetLineWidth(paper->page, 0.5f);
    for (uint32_t r = 0; r <= table->rows; r++) {
        double x = 40, y = 75 + 17.0 * r;
        for (uint32_t c = 0; c < table->columns; c++) {
            put(paper, r ? paper->regular : paper->bold, 9, x, y,
                r ? table->cell[r - 1][c] : table->head[c]);
            x += widths[c];
        }
        draw_line(paper, 40, y + 5, 555, y + 5);
    }
}

static void
fail(HPDF_STATUS error, HPDF_STATUS detail, void *context)
{
    (void)context;
    fprintf(stderr, "base14_packs: libharu's error %lx, %lx\n", error, detail);
    exit(1);
}

static void
write_team(const struct pack_team *team, const char *folder)
{
    struct paper paper = {.doc = HPDF_New(fail, NULL)};
    char path[4200];
    HPDF_SetCompressionMode(paper.doc, HPDF_COMP_ALL);
    paper.regular = HPDF_GetFont(paper.doc, "Helvetica", "WinAnsiEncoding");
    paper.bold = HPDF_GetFont(paper.doc, "Helvetica-Bold", "WinAnsiEncoding");
    new_page(&paper);
    put(&paper, paper.bold, 18, 40, 50, team->name);
    for (uint32_t f = 0; f < team->figures; f++)
        for (uint32_t i = 0; i < 3; i++)
            put(&paper, i == 1 ? paper.bold : paper.regular, 9, 40 + 129 * (f % 4),
                80 + 60 * (f / 4) + 15 * i, team->figure[f][i]);
    for (uint32_t c = 0; c < team->charts; c++) {
        if (c == 2)
            new_page(&paper);
        draw_chart(&paper, &team->chart[c], (c < 2 ? 220 : 60) + 270 * (c % 2));
    }
    for (uint32_t t = 0; t < team->tables; t++)
        draw_table(&paper, &team->table[t]);
    snprintf(path, sizeof path, "%s/%s.pdf", folder, team->name);
    HPDF_SaveToFile(paper.doc, path);
    HPDF_Free(paper.doc);
}

int
main(int count, char **words)
{
    uint32_t teams;
    if (count < 3)
        return 2;
    struct pack_team *team = pack_data_load(words[1], &teams);
    mkdir(words[2], 0755);
    for (uint32_t t = 0; t < teams; t++)
        write_team(&team[t], words[2]);
    free(team);
    return 0;
}
