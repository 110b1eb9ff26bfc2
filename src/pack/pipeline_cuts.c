/* The open pipeline cut by flag, by stage and by month of expected close. */
#include "cut.h"
#include "pipeline.h"

#include <string.h>

/* "Nov 2026" for 2026-11. */
static const char *
months_label(const struct voice *voice, const char *key)
{
    char iso[11];
    if (!key[0])
        return voice_tell(voice, "common.no_close");
    snprintf(iso, sizeof iso, "%.7s-01", key);
    day first = day_from_iso(iso, 10);
    struct buf out = {0};
    if (first == DAY_NONE)
        return key;
    locale_day(voice->locale, &out, first, DATE_MONTH_SHORT);
    const char *label = voice_unbroken(voice, out.bytes, out.length);
    buf_free(&out);
    return label;
}

void
pipeline_flags(const struct voice *voice, struct block *section)
{
    const struct measure *primary = voice_measure(voice, M_PIPELINE_FLAGGED_PRIMARY);
    double open, open_value, flagged = 0;
    if (primary->why != WHY_NONE || !voice_has(voice, M_PIPELINE_OPEN, &open_value)) {
        chart_missing(voice, section, M_PIPELINE_FLAGGED_PRIMARY, "flags",
                      primary->why ? primary->why : WHY_NO_DATA);
        return;
    }
    voice_field(voice, voice->scope, M_PIPELINE_OPEN, F_NUMBER, &open);
    if (open <= 0) {
        chart_missing(voice, section, M_PIPELINE_FLAGGED_PRIMARY, "flags", WHY_NO_DATA);
        return;
    }
    struct cut cut = cut_new(voice, "flag", M_PIPELINE_FLAGGED_PRIMARY);
    for (uint32_t r = 0; r < primary->row_count; r++) {
        double value = measure_number(&primary->row[r], F_VALUE, 0),
               number = measure_number(&primary->row[r], F_NUMBER, 0);
        flagged += number;
        if (number > 0)
            cut_add(voice, &cut,
                    voice_term(voice, "flags", voice_cell_text(&primary->row[r], F_KEY)), value,
                    number, false);
    }
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_PIPELINE_FLAGGED_PRIMARY, "flags", NUMBER("flagged", flagged),
                NUMBER("open", open), NUMBER("value", cut.value), NUMBER("open_value", open_value),
                WORDS("largest", cut.largest), WORDS("has_largest", cut.most > 0 ? "yes" : "no"));
    if (cut.rows->count)
        exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, cut.rows);
    else
        exhibit->scene = NULL;
    exhibit->table = cut.table;
}

void
pipeline_stages(const struct voice *voice, struct block *section)
{
    const struct measure *stages = voice_measure(voice, M_PIPELINE_BY_STAGE);
    struct cut cut = cut_new(voice, "stage", M_PIPELINE_BY_STAGE);
    for (uint32_t r = 0; r < stages->row_count; r++) {
        const char *key = voice_cell_text(&stages->row[r], F_KEY);
        double number = measure_number(&stages->row[r], F_NUMBER, 0);
        if (key[0] || number > 0)
            cut_add(voice, &cut, key[0] ? key : voice_tell(voice, "common.unknown"),
                    measure_number(&stages->row[r], F_VALUE, 0), number, !key[0]);
    }
    cut_draw(voice, section, M_PIPELINE_BY_STAGE, "stages", &cut);
}

void
pipeline_months(const struct voice *voice, struct block *section)
{
    const struct measure *months = voice_measure(voice, M_PIPELINE_BY_CLOSE_MONTH);
    struct cut cut = cut_new(voice, "month", M_PIPELINE_BY_CLOSE_MONTH);
    double past = 0, past_deals = 0;
    char now[11];
    day_to_iso(voice->dataset->as_of, now);
    for (uint32_t r = 0; r < months->row_count; r++) {
        const char *key = voice_cell_text(&months->row[r], F_KEY);
        double value = measure_number(&months->row[r], F_VALUE, 0),
               number = measure_number(&months->row[r], F_NUMBER, 0);
        if (key[0] && strncmp(key, now, 7) < 0) { /* one row for all months gone by */
            past += value;
            past_deals += number;
            continue;
        }
        if (past_deals > 0)
            cut_add(voice, &cut, voice_tell(voice, "common.past"), past, past_deals, true);
        past_deals = 0;
        if (number > 0)
            cut_add(voice, &cut, months_label(voice, key), value, number, !key[0]);
    }
    if (past_deals > 0)
        cut_add(voice, &cut, voice_tell(voice, "common.past"), past, past_deals, true);
    cut_draw(voice, section, M_PIPELINE_BY_CLOSE_MONTH, "months", &cut);
}
