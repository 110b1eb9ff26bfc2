/* Attainment and expected share of quota, by name. */
#include "chart_rows.h"
#include "extremes.h"
#include "people.h"

#include <math.h>

#define NO_VALUE "\xE2\x80\x93"

struct attainment {
    bool known, expects, ranged;
    double share, expected, low, high; /* of the quota */
    enum why why;
};

static struct attainment
attainment_of(const struct voice *voice, uint32_t scope)
{
    struct attainment is = {0};
    double quota = 0, expected = 0, low = 0, high = 0;
    is.why = measures_get(voice->measures, scope, M_FORECAST_ATTAINMENT)->why;
    is.known = voice_field(voice, scope, M_FORECAST_ATTAINMENT, F_VALUE, &is.share);
    is.expects = is.why != WHY_NOT_YET_EXPECTED &&
                 voice_field(voice, scope, M_FORECAST_QUOTA, F_VALUE, &quota) && quota > 0 &&
                 voice_field(voice, scope, M_FORECAST_EXPECTED, F_VALUE, &expected);
    is.ranged = is.expects && voice_field(voice, scope, M_FORECAST_P10, F_VALUE, &low) &&
                voice_field(voice, scope, M_FORECAST_P90, F_VALUE, &high);
    if (is.expects) {
        is.expected = expected / quota;
        is.low = low / quota;
        is.high = high / quota;
    }
    return is;
}

static double
share_expected(const struct voice *voice, uint32_t scope)
{
    struct attainment is = attainment_of(voice, scope);
    return is.known && is.expects ? is.expected : NAN;
}

static void
draw_attainment(const struct voice *voice, struct chart_rows *rows, const char *label,
                const struct attainment *is)
{
    struct chart_row *row = chart_rows_add(rows, label);
    row->has[0] = is->known;
    row->value[0] = is->share;
    row->has[1] = is->expects;
    row->value[1] = is->expected;
    row->has_interval = is->ranged;
    row->low = is->low;
    row->high = is->high;
    row->missing = voice_why_brief(voice, is->why ? is->why : WHY_NO_DATA);
    row->text =
        is->known
            ? SAY(voice, "common.now_expected", WORDS("now", voice_share(voice, is->share)),
                  WORDS("expected", is->expects ? voice_share(voice, is->expected) : NO_VALUE))
            : NULL;
}

static void
tabulate_attainment(const struct voice *voice, struct doc_table *table, uint32_t scope,
                    const struct attainment *is)
{
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(voice_scope_name(voice, scope),
                         is->known ? voice_share(voice, is->share)
                                   : voice_why_brief(voice, is->why ? is->why : WHY_NO_DATA),
                         is->expects ? voice_share(voice, is->expected) : NO_VALUE));
}

/* The others' bookings and quotas together; those who are starting have none that counts yet. */
static struct attainment
attainment_of_others(const struct voice *voice, const struct extremes *extremes)
{
    struct attainment sum = {.why = WHY_NOT_YET_EXPECTED};
    double quota = 0, booked = 0, expected = 0;
    for (uint32_t i = 0; i < extremes->others.count; i++) {
        uint32_t scope = extremes->others.scope[i];
        struct attainment is = attainment_of(voice, scope);
        double own = 0;
        if (!is.known || !is.expects || !voice_field(voice, scope, M_FORECAST_QUOTA, F_VALUE, &own))
            continue;
        quota += own;
        booked += own * is.share;
        expected += own * is.expected;
    }
    sum.known = sum.expects = quota > 0;
    sum.share = quota > 0 ? booked / quota : 0;
    sum.expected = quota > 0 ? expected / quota : 0;
    return sum;
}

static struct chart_rows *
draw_all_attainment(const struct voice *voice, const struct extremes *extremes)
{
    struct chart_rows *rows = chart_rows_new(voice, extremes->shown.count + 2);
    for (uint32_t i = 0; i < extremes->shown.count; i++) {
        uint32_t scope = extremes->shown.scope[i];
        struct attainment is = attainment_of(voice, scope);
        if (scope != voice->scope)
            draw_attainment(voice, rows, voice_scope_name(voice, scope), &is);
    }
    if (extremes->others.count) {
        struct attainment others = attainment_of_others(voice, extremes);
        draw_attainment(voice, rows, extremes_label(voice, extremes), &others);
    }
    struct attainment own = attainment_of(voice, voice->scope);
    draw_attainment(voice, rows, voice_scope_name(voice, voice->scope), &own);
    rows->row[rows->count - 1].bold = true;
    rows->shape[0] = MARK_DISC;
    rows->shape[1] = MARK_RING;
    rows->legend[0] = voice_tell(voice, "marks.attained");
    rows->legend[1] = voice_tell(voice, "marks.expected");
    rows->label = chart_share;
    rows->limit = 2;
    rows->has_reference = true;
    rows->reference = 1;
    rows->reference_label = voice_tell(voice, "marks.quota_short");
    return rows;
}

void
people_attainment(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "attained", "expected_of"), 0, below.count + 1);
    uint32_t known = 0, reached = 0, likely = 0, starting = 0;
    for (uint32_t i = 0; i < below.count; i++) {
        if (below.scope[i] == voice->scope)
            continue;
        struct attainment is = attainment_of(voice, below.scope[i]);
        tabulate_attainment(voice, table, below.scope[i], &is);
        known += is.known;
        reached += is.known && is.share >= 1;
        likely += is.expects && is.expected >= 1;
        starting += is.why == WHY_NOT_YET_EXPECTED;
    }
    enum why why = voice_measure(voice, M_FORECAST_QUOTA)->why;
    if (known == 0 && why != WHY_NONE) {
        chart_missing(voice, section, M_FORECAST_ATTAINMENT, "attainment", why);
        return;
    }
    struct attainment own = attainment_of(voice, voice->scope);
    tabulate_attainment(voice, table, voice->scope, &own);
    struct extremes extremes = extremes_of(voice, share_expected);
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_FORECAST_ATTAINMENT, "attainment", NUMBER("known", known),
                NUMBER("reached", reached), NUMBER("likely", likely), NUMBER("starting", starting));
    exhibit->scene->height =
        chart_rows_draw(voice, exhibit->scene, 0, draw_all_attainment(voice, &extremes));
    exhibit->note = extremes_notes(voice, exhibit->note,
                                   extremes_note(voice, &extremes, true, EXTREMES_IN_NUMBERS));
    exhibit->table = table;
}
