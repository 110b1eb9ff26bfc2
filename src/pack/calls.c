#include "calls.h"

#include "chart_rows.h"

static const enum measure_id shares[] = {M_CALLS_TWO_WAY_SHARE, M_CALLS_HELD_SHARE,
                                         M_CALLS_ADVANCE_RATE,  M_CALLS_SENIOR_SHARE,
                                         M_CALLS_REPEAT_SHARE,  M_CALLS_CAPTURE};
enum { SHARES = sizeof shares / sizeof *shares };

static bool
is_partly_logged(const struct voice *voice)
{
    return voice_cell_text(&voice_measure(voice, M_CALLS_TWO_WAY_SHARE)->fields, F_NOTE)[0] != '\0';
}

void
calls_quality(const struct voice *voice, struct block *section)
{
    enum why why = voice_measure(voice, M_CALLS_TWO_WAY_SHARE)->why;
    if (why != WHY_NONE) {
        chart_missing(voice, section, M_CALLS_TWO_WAY_SHARE, "calls", why);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, SHARES);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("quality", "share", "interval", "of"), 0, SHARES);
    for (int i = 0; i < SHARES; i++) {
        const struct measure *measure = voice_measure(voice, shares[i]);
        struct chart_row *row =
            chart_rows_add(rows, voice_term(voice, "calls", measure_table[shares[i]].name + 6));
        double k = 0, n = 0, low = 0, high = 0;
        row->has[0] = voice_has(voice, shares[i], &row->value[0]);
        row->missing = voice_lacks(voice, shares[i], measure->why);
        row->has_interval = row->has[0] && voice_cell(&measure->fields, F_LOW, &low) &&
                            voice_cell(&measure->fields, F_HIGH, &high);
        if (row->has_interval) {
            row->low = low;
            row->high = high;
        }
        voice_cell(&measure->fields, F_K, &k);
        voice_cell(&measure->fields, F_N, &n);
        row->text =
            row->has[0]
                ? SAY(voice, "common.share_of_n", WORDS("share", voice_share(voice, row->value[0])),
                      WORDS("of", SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n))))
                : NULL;
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label,
                             row->has[0] ? voice_share(voice, row->value[0]) : row->missing,
                             voice_interval(voice, &measure->fields),
                             SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n))));
    }
    rows->shape[0] = MARK_DISC;
    rows->high = 1;
    rows->label = chart_share;
    double capture = 0, two_way = 0, advance = 0;
    bool known = voice_has(voice, M_CALLS_CAPTURE, &capture),
         advanced = voice_has(voice, M_CALLS_ADVANCE_RATE, &advance);
    voice_has(voice, M_CALLS_TWO_WAY_SHARE, &two_way);
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_CALLS_TWO_WAY_SHARE, "calls",
                WORDS("logged", is_partly_logged(voice) ? "partly" : "well"),
                WORDS("known", known ? "yes" : "no"), NUMBER("capture", capture),
                NUMBER("two_way", two_way), NUMBER("advance", advance),
                WORDS("advanced", advanced ? "yes" : "no"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

void
calls_people(const struct voice *voice, struct block *section)
{
    static const enum measure_id ids[] = {M_CALLS_PEOPLE, M_CALLS_NEW_PEOPLE,
                                          M_CALLS_EFFECTIVE_PEOPLE};
    enum { FIGURES = sizeof ids / sizeof *ids };
    if (voice_measure(voice, M_CALLS_PEOPLE)->why != WHY_NONE)
        return; /* calls_quality has said why */
    struct block *block = build_block(voice->doc, section, BLOCK_FIGURES);
    for (int i = 0; i < FIGURES; i++) {
        const char *name = measure_table[ids[i]].name + 6;
        double value = 0;
        bool known = voice_has(voice, ids[i], &value);
        struct arena *arena = voice->doc->arena;
        build_figure(voice->doc, block,
                     (struct doc_figure){
                         measure_table[ids[i]].name,
                         voice_tell(voice, arena_printf(arena, "figures.%s.label", name)),
                         known ? voice_count(voice, value) : "\xE2\x80\x93", NULL,
                         known ? voice_tell(voice, arena_printf(arena, "figures.%s.detail", name))
                               : voice_lacks(voice, ids[i], voice_measure(voice, ids[i])->why)});
    }
    if (is_partly_logged(voice))
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "calls.partly"));
}
