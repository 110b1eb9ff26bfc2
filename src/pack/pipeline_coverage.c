/* Whether the pipeline is enough: raw, clean and in-time coverage against each one's own need. */
#include "chart_rows.h"
#include "extremes.h"
#include "pipeline.h"

#include <math.h>

#define NO_VALUE "\xE2\x80\x93"
#define NEARLY_MET 0.5 /* wins: a ratio to fewer says nothing */

struct coverage {
    bool known;         /* there is something to cover */
    double open, clean; /* deals */
    double wins;        /* still needed */
    double deals;       /* clean ones that those wins take */
    double flat;        /* what a flat multiple asks instead */
    double raw, firm;   /* open and clean deals a win still needed */
    double sufficiency; /* expected wins of this period a win still needed */
    double need;        /* deals a win; 0: not known */
    enum why why;
};

static struct coverage
coverage_of(const struct voice *voice, uint32_t scope)
{
    struct coverage is = {0};
    bool known = voice_field(voice, scope, M_PIPELINE_COVERAGE_NEEDED_NUMBER, F_VALUE, &is.need) &&
                 voice_field(voice, scope, M_PIPELINE_COVERAGE_RAW_NUMBER, F_VALUE, &is.raw) &&
                 voice_field(voice, scope, M_PIPELINE_COVERAGE_CLEAN_NUMBER, F_VALUE, &is.firm) &&
                 voice_field(voice, scope, M_PIPELINE_WINS_NEEDED, F_VALUE, &is.wins);
    voice_field(voice, scope, M_PIPELINE_OPEN, F_NUMBER, &is.open);
    voice_field(voice, scope, M_PIPELINE_CLEAN, F_NUMBER, &is.clean);
    is.deals = is.wins * is.need;
    voice_field(voice, scope, M_PIPELINE_COVERAGE_GLOBAL_ASK, F_HAVE, &is.flat);
    voice_field(voice, scope, M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER, F_VALUE, &is.sufficiency);
    bool ramping = voice->measures->scope[scope].ramping; /* nothing is lacking yet */
    is.known = known && is.wins > 0 && !ramping;
    is.why = ramping ? WHY_NOT_YET_EXPECTED
                     : measures_get(voice->measures, scope, M_PIPELINE_COVERAGE_CLEAN_NUMBER)->why;
    return is;
}

static bool
is_nearly_met(const struct coverage *is)
{
    return is->known && is->wins < NEARLY_MET;
}

bool
pipeline_is_nearly_met(const struct voice *voice, uint32_t scope)
{
    struct coverage is = coverage_of(voice, scope);
    return is_nearly_met(&is);
}

/* The expected wins as the clean deals that would bring them: all then stand on one axis. */
static double
in_time(const struct coverage *is)
{
    return is->sufficiency * is->need;
}

/* Half a win still needed would make any pipeline look huge: such a row says so in words. */
static const char *
why_no_ratio(const struct voice *voice, const struct coverage *is)
{
    if (!is_nearly_met(is))
        return voice_why_brief(voice, is->why ? is->why : WHY_NO_DATA);
    return SAY(voice, "coverage.nearly", NUMBER("wins", fmax(is->wins, 0.1)),
               NUMBER("clean", is->clean));
}

static double
clean_of_need(const struct voice *voice, uint32_t scope)
{
    struct coverage is = coverage_of(voice, scope);
    return is.known && !is_nearly_met(&is) ? is.firm / is.need : NAN;
}

static void
draw_coverage(const struct voice *voice, struct chart_rows *rows, const char *label,
              const struct coverage *is)
{
    struct chart_row *row = chart_rows_add(rows, label);
    if (!is->known || is_nearly_met(is)) {
        row->missing = why_no_ratio(voice, is);
        return;
    }
    row->has[0] = row->has[1] = row->has[2] = row->has_need = true;
    row->need = is->need;
    row->value[0] = is->raw;
    row->value[1] = is->firm;
    row->value[2] = in_time(is);
    row->text = SAY(voice, "common.of", WORDS("have", voice_ratio(voice, row->value[1])),
                    WORDS("need", voice_ratio(voice, row->need)));
}

static void
tabulate_coverage(const struct voice *voice, struct doc_table *table, uint32_t scope,
                  const struct coverage *is)
{
    const char *name = voice_scope_name(voice, scope);
    if (!is->known || is_nearly_met(is)) {
        chart_row(voice, table, ROW_BODY, CELL_TEXTS(name, why_no_ratio(voice, is)));
        return;
    }
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(name, voice_ratio(voice, is->raw), voice_ratio(voice, is->firm),
                         voice_ratio(voice, in_time(is)), voice_ratio(voice, is->need)));
}

/* All their deals; the ratios over those alone who still need wins. */
static struct coverage
coverage_of_others(const struct voice *voice, const struct extremes *extremes)
{
    struct coverage sum = {.why = WHY_MET};
    for (uint32_t i = 0; i < extremes->others.count; i++) {
        struct coverage is = coverage_of(voice, extremes->others.scope[i]);
        sum.open += is.open;
        sum.clean += is.clean;
        if (!is.known)
            continue;
        sum.known = true;
        sum.wins += is.wins;
        sum.deals += is.deals;
        sum.flat += is.flat;
        sum.raw += is.open;
        sum.firm += is.clean;
        sum.sufficiency += is.sufficiency * is.wins;
    }
    if (sum.known) {
        sum.raw /= sum.wins;
        sum.firm /= sum.wins;
        sum.sufficiency /= sum.wins;
        sum.need = sum.deals / sum.wins;
    }
    return sum;
}

static struct chart_rows *
draw_all_coverage(const struct voice *voice, const struct extremes *extremes)
{
    struct chart_rows *rows = chart_rows_new(voice, extremes->shown.count + 2);
    for (uint32_t i = 0; i < extremes->shown.count; i++) {
        struct coverage is = coverage_of(voice, extremes->shown.scope[i]);
        if (extremes->shown.scope[i] != voice->scope)
            draw_coverage(voice, rows, voice_scope_name(voice, extremes->shown.scope[i]), &is);
    }
    if (extremes->others.count) {
        struct coverage others = coverage_of_others(voice, extremes);
        draw_coverage(voice, rows, extremes_label(voice, extremes), &others);
    }
    struct coverage own = coverage_of(voice, voice->scope);
    draw_coverage(voice, rows, voice_scope_name(voice, voice->scope), &own);
    rows->row[rows->count - 1].bold = true;
    rows->shape[0] = MARK_RING;
    rows->shape[1] = MARK_DISC;
    rows->shape[2] = MARK_DIAMOND;
    rows->legend[0] = voice_tell(voice, "marks.raw");
    rows->legend[1] = voice_tell(voice, "marks.clean");
    rows->legend[2] = voice_tell(voice, "marks.in_time");
    rows->need_legend = voice_tell(voice, "marks.own_need");
    rows->label = chart_ratio;
    rows->limit = 12;
    return rows;
}

static const char *
kind_below(const struct voice *voice, const struct voice_scopes *below)
{
    bool sellers = false, teams = false;
    if (voice->seller_sheet)
        return "self";
    for (uint32_t i = 0; i < below->count; i++) {
        sellers |= voice->dataset->scope[below->scope[i]].kind == SCOPE_SELLER;
        teams |= voice->dataset->scope[below->scope[i]].kind == SCOPE_TEAM;
    }
    return sellers && teams ? "mixed" : teams ? "teams" : "sellers";
}

void
pipeline_coverage(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("name", "raw", "clean", "in_time", "own_need"), 0, below.count + 1);
    uint32_t known = 0, lacking = 0, late = 0;
    struct coverage own = coverage_of(voice, voice->scope);
    for (uint32_t i = 0; i < below.count; i++) {
        struct coverage is = coverage_of(voice, below.scope[i]);
        known += is.known;
        lacking += is.known && is.firm < is.need;
        late += is.known && is.sufficiency < 1;
        tabulate_coverage(voice, table, below.scope[i], &is);
    }
    if (below.scope[0] != voice->scope)
        tabulate_coverage(voice, table, voice->scope, &own);
    if (known == 0 && !own.known) {
        chart_missing(voice, section, M_PIPELINE_COVERAGE_CLEAN_NUMBER, "coverage",
                      own.why ? own.why : WHY_NO_DATA);
        return;
    }
    struct extremes extremes = extremes_of(voice, clean_of_need);
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_PIPELINE_COVERAGE_CLEAN_NUMBER, "coverage",
        WORDS("kind", kind_below(voice, &below)), NUMBER("known", known),
        NUMBER("lacking", lacking), WORDS("all", known > 0 && lacking == known ? "yes" : "no"),
        NUMBER("late", late),
        WORDS("in_time", late == known ? "none"
                         : late > 0    ? "some"
                                       : "all"),
        WORDS("nearly", is_nearly_met(&own) ? "yes" : "no"), NUMBER("wins", own.wins),
        NUMBER("clean", own.firm), NUMBER("need", own.need), NUMBER("own_in_time", in_time(&own)));
    exhibit->scene->height =
        chart_rows_draw(voice, exhibit->scene, 0, draw_all_coverage(voice, &extremes));
    exhibit->note = extremes_notes(voice, exhibit->note,
                                   extremes_note(voice, &extremes, true, EXTREMES_IN_NUMBERS));
    exhibit->table = table;
}

/* ---- The same in numbers, and what a flat multiple would ask ---- */

/* What a flat multiple asks for beside the own need, in deals. */
static const char *
flat_asks(const struct voice *voice, const struct coverage *is)
{
    double more = is->flat - is->deals;
    return fabs(more) < 0.05 ? voice_tell(voice, "common.same_deals")
                             : SAY(voice, more > 0 ? "common.more_deals" : "common.fewer_deals",
                                   WORDS("n", voice_decimal(voice, fabs(more), 1)));
}

static const char *
wins_text(const struct voice *voice, double wins)
{
    return wins > 0 && wins < 0.05 ? voice_tell(voice, "coverage.least")
                                   : voice_decimal(voice, wins, 1);
}

static void
add_health(const struct voice *voice, struct doc_table *table, const char *name,
           const struct coverage *is, enum row_role role)
{
    bool ratios = is->known && !is_nearly_met(is);
    const char *none =
        is->known ? NO_VALUE : voice_why_brief(voice, is->why ? is->why : WHY_NO_DATA);
    chart_row(voice, table, role,
              CELL_TEXTS(name, voice_count(voice, is->open), voice_count(voice, is->clean),
                         is->known ? wins_text(voice, is->wins) : NO_VALUE,
                         ratios ? voice_ratio(voice, is->raw) : none,
                         ratios ? voice_ratio(voice, is->firm) : none,
                         is->need > 0 ? voice_ratio(voice, is->need) : NO_VALUE,
                         is->known ? flat_asks(voice, is) : NO_VALUE));
}

static void
add_health_of(const struct voice *voice, struct doc_table *table, uint32_t scope,
              enum row_role role)
{
    struct coverage is = coverage_of(voice, scope);
    add_health(voice, table, voice_scope_name(voice, scope), &is, role);
}

static struct block *
tabulate_health(const struct voice *voice, struct block *section, const struct extremes *extremes)
{
    const struct voice_scopes *shown = &extremes->shown;
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = chart_table(
        voice, SAY(voice, "tables.health.caption", NUMBER("flat", voice->config->flat_multiple)),
        CELL_TEXTS("name", "open", "clean_deals", "wins_needed", "raw", "clean", "own_need",
                   "flat_asks"),
        0, shown->count + 2);
    for (uint32_t i = 0; i < shown->count; i++)
        if (shown->scope[i] != voice->scope)
            add_health_of(voice, block->table, shown->scope[i], ROW_BODY);
    if (extremes->others.count) {
        struct coverage others = coverage_of_others(voice, extremes);
        add_health(voice, block->table, extremes_label(voice, extremes), &others, ROW_BODY);
    }
    add_health_of(voice, block->table, voice->scope,
                  block->table->row_count ? ROW_TOTAL : ROW_BODY);
    const char *note = extremes_note(voice, extremes, true, EXTREMES_IN_APPENDIX);
    block->table->note = extremes_notes(
        voice, SAY(voice, "tables.health.note", NUMBER("flat", voice->config->flat_multiple)),
        extremes_notes(voice, note, note ? voice_tell(voice, "coverage.others") : NULL));
    return block;
}

void
pipeline_health(const struct voice *voice, struct block *section)
{
    struct extremes extremes = extremes_of(voice, clean_of_need);
    tabulate_health(voice, section, &extremes)->anchor = "pipeline.coverage.global_ask";
}

void
pipeline_all(const struct voice *voice, struct block *section)
{
    struct extremes extremes = extremes_of(voice, clean_of_need);
    if (extremes.others.count == 0)
        return;
    struct extremes all = {.shown = voice_below(voice)};
    tabulate_health(voice, section, &all)->table->small = true;
}

void
pipeline_own_need(const struct voice *voice, struct block *section)
{
    double need = 0, wins = 0;
    if (!voice_has(voice, M_PIPELINE_COVERAGE_NEEDED_NUMBER, &need))
        return;
    bool has_wins = voice_has(voice, M_PIPELINE_WINS_NEEDED, &wins) && wins > 0;
    double flat = voice->config->flat_multiple;
    build_text(voice->doc, section, BLOCK_PARAGRAPH,
               SAY(voice, "pipeline.own_need", NUMBER("need", need), NUMBER("flat", flat),
                   WORDS("way", !has_wins                  ? "none"
                                : fabs(flat - need) < 0.25 ? "same"
                                : flat > need              ? "over"
                                                           : "under"),
                   NUMBER("wins", wins), NUMBER("apart", fabs(flat - need) * wins)));
}
