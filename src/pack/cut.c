#include "cut.h"

enum { MOST_ROWS = 12 };

struct cut
cut_new(const struct voice *voice, const char *head, enum measure_id id)
{
    struct cut cut = {.rows = chart_rows_new(voice, MOST_ROWS), .largest = ""};
    cut.unit = amount_unit_of(voice, id);
    cut.table = chart_table(voice, NULL, CELL_TEXTS(head, "deals", "$value"), cut.unit.power,
                            voice_measure(voice, id)->row_count + 1);
    cut.rows->bars = true;
    return cut;
}

static const char *
money_and_deals(const struct voice *voice, const struct cut *cut, double value, double number)
{
    return SAY(voice, "common.money_deals", WORDS("money", amount_text(voice, cut->unit, value)),
               NUMBER("n", number));
}

/* One more thing in the last bar. */
static void
merge(const struct voice *voice, struct cut *cut, double value, double number)
{
    struct chart_row *row = &cut->rows->row[MOST_ROWS - 1];
    cut->others += cut->others ? 1 : 2;
    cut->other_number += number;
    row->value[0] += value;
    row->label = SAY(voice, "common.other", NUMBER("n", cut->others));
    row->text = money_and_deals(voice, cut, row->value[0], cut->other_number);
    row->unknown = false;
}

void
cut_add(const struct voice *voice, struct cut *cut, const char *label, double value, double number,
        bool unknown)
{
    cut->value += value;
    cut->number += number;
    if (value > cut->most && !unknown) {
        cut->most = value;
        cut->largest = label;
    }
    chart_row(voice, cut->table, ROW_BODY,
              CELL_TEXTS(label, voice_count(voice, number), amount_cell(voice, cut->unit, value)));
    if (cut->rows->count == MOST_ROWS) {
        merge(voice, cut, value, number);
        return;
    }
    struct chart_row *row = chart_rows_add(cut->rows, label);
    row->has[0] = true;
    row->value[0] = value;
    row->unknown = unknown;
    row->text = money_and_deals(voice, cut, value, number);
    cut->other_number = number;
}

void
cut_draw(const struct voice *voice, struct block *section, enum measure_id id, const char *key,
         struct cut *cut)
{
    enum why why = voice_measure(voice, id)->why;
    if (cut->number <= 0) {
        chart_missing(voice, section, id, key, why ? why : WHY_NO_DATA);
        return;
    }
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, id, key, NUMBER("deals", cut->number), NUMBER("value", cut->value),
                WORDS("largest", cut->largest), WORDS("known", cut->most > 0 ? "yes" : "no"),
                NUMBER("share", cut->value > 0 ? cut->most / cut->value : 0),
                NUMBER("rows", cut->table->row_count));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, cut->rows);
    exhibit->table = cut->table;
}
