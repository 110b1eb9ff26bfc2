/* Page 1: are we on plan, why, and what is asked. */
#include "summary.h"

#include "chart.h"

#include <string.h>

#define SLIGHT 0.005 /* of the quota: less in sight is not told to the cent */

/* The sentences of page 1, each chosen by what the numbers say. */
static const char *
sentence_of_plan(const struct voice *voice)
{
    double quota = 0, expected = 0, gap = 0, booked = 0, chance = 0;
    bool has_quota = voice_has(voice, M_FORECAST_QUOTA, &quota);
    bool likely = !voice_has(voice, M_FORECAST_P_HIT, &chance) || chance >= 0.5;
    bool over = voice->dataset->as_of >= voice->dataset->period.end;
    bool more = voice_has(voice, M_FORECAST_EXPECTED, &expected) &&
                voice_has(voice, M_FORECAST_BOOKED, &booked) && expected - booked >= 1;
    voice_has(voice, M_FORECAST_GAP, &gap);
    const char *key = voice_measure(voice, M_FORECAST_ATTAINMENT)->why == WHY_NOT_YET_EXPECTED
                          ? "summary.plan.not_yet"
                      : !has_quota        ? "summary.plan.no_quota"
                      : gap <= 0          ? "summary.plan.met"
                      : over              ? "summary.plan.over"
                      : expected >= quota ? "summary.plan.on"
                                          : "summary.plan.short";
    return SAY(voice, key, NUMBER("missing", quota - expected), NUMBER("beyond", expected - quota),
               NUMBER("rest", expected - booked), WORDS("likely", likely ? "yes" : "no"),
               WORDS("more", !more                                ? "no"
                             : expected - booked < quota * SLIGHT ? "hardly"
                                                                  : "yes"));
}

/* The factor that binds: "none", or "unknown" where that cannot be told. */
static const char *
binding_of(const struct voice *voice)
{
    const struct measure *binding = voice_measure(voice, M_SYSTEM_BINDING);
    const char *which = voice_cell_text(&binding->fields, F_VALUE);
    return binding->why == WHY_NONE && which[0] ? which : "unknown";
}

static const char *
sentence_of_binding(const struct voice *voice)
{
    const char *which = binding_of(voice);
    enum why why = voice_measure(voice, M_SYSTEM_BINDING)->why;
    double worth = 0;
    if (strcmp(which, "unknown") == 0)
        return SAY(voice, "summary.binding.unknown",
                   WORDS("why", voice_why(voice, why ? why : WHY_NO_DATA)));
    if (strcmp(which, "none") == 0)
        return voice_tell(voice, "summary.binding.none");
    voice_cell(measure_key(voice_measure(voice, M_SYSTEM_GAINS), which), F_VALUE, &worth);
    const char *also =
        voice_cell_text(&voice_measure(voice, M_SYSTEM_BINDING)->fields, F_CO_BINDING);
    return SAY(voice, "summary.binding.one", WORDS("part", voice_term(voice, "factors", which)),
               WORDS("alone", also[0] ? "no" : "yes"), NUMBER("worth", worth));
}

static const char *
sentence_of_horizon(const struct voice *voice)
{
    double quota = 0, steady = 0, next = 0;
    if (!voice_has(voice, M_FORECAST_STEADY, &steady) || !voice_has(voice, M_FORECAST_NEXT, &next))
        return NULL;
    if (voice_starting(voice))
        return voice_tell(voice, "summary.horizon.starting");
    if (!voice_has(voice, M_FORECAST_QUOTA, &quota) || quota <= 0)
        return voice_tell(voice, "summary.horizon.no_quota");
    return SAY(voice,
               steady >= quota ? "summary.horizon.sustainable" : "summary.horizon.unsustainable",
               NUMBER("steady_share", steady / quota), NUMBER("next_share", next / quota));
}

static void
remember_sentence(const struct voice *voice, const char *sentence)
{
    struct doc *doc = voice->doc;
    const char **grown = arena_array(doc->arena, doc->summary.sentence_count + 1u, sizeof *grown);
    if (doc->summary.sentence_count)
        memcpy(grown, doc->summary.sentence, doc->summary.sentence_count * sizeof *grown);
    grown[doc->summary.sentence_count++] = sentence;
    doc->summary.sentence = grown;
}

void
summary_lead(const struct voice *voice, struct block *section)
{
    const char *sentences[] = {sentence_of_plan(voice), sentence_of_binding(voice),
                               sentence_of_horizon(voice)};
    for (size_t i = 0; i < 3; i++)
        if (build_text(voice->doc, section, BLOCK_LEAD, sentences[i]))
            remember_sentence(voice, sentences[i]);
    voice->doc->summary.binding = sentences[1];
    voice->doc->summary.data_status = voice->doc->reconciliation;
}

static struct doc_figure
figure(const struct voice *voice, enum measure_id id, const char *key, const char *value)
{
    const struct measure *measure = voice_measure(voice, id);
    const struct cell *has = measure_field(&measure->fields, F_VALUE);
    bool early = voice_starting(voice) && id != M_FORECAST_BOOKED && id != M_DEALS_WIN_RATE_OWN &&
                 id != M_FORECAST_STEADY;
    bool null = early || measure->why != WHY_NONE || !has || has->kind == CELL_NULL;
    struct arena *arena = voice->doc->arena;
    double low = 0, high = 0;
    voice_has(voice, M_FORECAST_P10, &low);
    voice_has(voice, M_FORECAST_P90, &high);
    return (struct doc_figure){
        measure_table[id].name, voice_tell(voice, arena_printf(arena, "figures.%s.label", key)),
        null ? "\xE2\x80\x93" : value, NULL,
        null ? voice_lacks(voice, id, early ? WHY_NOT_YET_EXPECTED : measure->why)
             : SAY(voice, arena_printf(arena, "figures.%s.detail", key),
                   WORDS("range", high - low < 1 ? "one" : "wide"))};
}

/* Of the quota for money, of 1 for shares; -1 where there is no bar to draw. */
static double *
figure_shares(const struct voice *voice, const bool known[6], const double value[6])
{
    static const enum {
        NONE_OF,
        OF_QUOTA,
        OF_ONE
    } kinds[6] = {OF_QUOTA, OF_QUOTA, OF_ONE, NONE_OF, OF_ONE, OF_QUOTA};
    double quota = 0;
    double *share = arena_array(voice->doc->arena, 6, sizeof *share);
    bool has_quota = voice_has(voice, M_FORECAST_QUOTA, &quota) && quota > 0;
    for (int i = 0; i < 6; i++) {
        bool drawn = known[i] && (kinds[i] == OF_ONE || (kinds[i] == OF_QUOTA && has_quota));
        double of = kinds[i] == OF_QUOTA ? quota : 1;
        share[i] = !drawn ? -1 : value[i] > of ? 1 : value[i] / of;
    }
    return share;
}

void
summary_figures(const struct voice *voice, struct block *section)
{
    double value[6];
    static const enum measure_id ids[6] = {
        M_FORECAST_EXPECTED,  M_FORECAST_BOOKED,
        M_FORECAST_P_HIT,     M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER,
        M_DEALS_WIN_RATE_OWN, M_FORECAST_STEADY};
    static const char *const keys[6] = {"expected",    "booked",   "chance",
                                        "sufficiency", "win_rate", "steady"};
    bool known[6];
    for (int i = 0; i < 6; i++)
        known[i] = voice_has(voice, ids[i], &value[i]);
    double wins = 0;
    voice_has(voice, M_PIPELINE_WINS_NEEDED, &wins);
    const char *text[6] = {voice_money(voice, value[0]),
                           voice_money(voice, value[1]),
                           voice_chance_brief(voice, value[2]),
                           SAY(voice, "figures.sufficiency.value", NUMBER("wins", value[3] * wins),
                               NUMBER("needed", wins)),
                           voice_share(voice, value[4]),
                           voice_money(voice, value[5])};
    struct block *block = build_block(voice->doc, section, BLOCK_FIGURES);
    struct doc_figure *figures = arena_array(voice->doc->arena, 6, sizeof *figures);
    for (int i = 0; i < 6; i++)
        figures[i] = figure(voice, ids[i], keys[i], text[i]);
    /* the map below on a seller's sheet has the other three */
    for (int i = 0; i < (voice->seller_sheet ? 3 : 6); i++)
        build_figure(voice->doc, block, figures[i]);
    voice->doc->summary.figure_count = 6;
    voice->doc->summary.figure = figures;
    voice->doc->summary.figure_share = figure_shares(voice, known, value);
}

/* The one ask: what the binding link asks of whom, by when. */
void
summary_ask(const struct voice *voice, struct block *section)
{
    const char *key = arena_printf(voice->doc->arena, "asks.%s", binding_of(voice));
    if (!voice_knows(voice, key))
        return;
    struct block *ask =
        build_titled(voice->doc, section, BLOCK_ASK, "ask", voice_tell(voice, "asks.title"));
    double pace = 0, needed = 0;
    bool known = voice_has(voice, M_PROSPECTING_CREATION, &pace) &&
                 voice_has(voice, M_SYSTEM_NEEDED_STEADY, &needed);
    pace *= period_length(voice->dataset->period);
    const char *text = SAY(
        voice, key, WORDS("who", voice->seller_sheet ? "you" : "team"), NUMBER("needed", needed),
        WORDS("known", known && pace < needed ? "yes" : "no"), NUMBER("pace", pace));
    ask->text = build_runs(voice->doc, text, RUN_PLAIN);
    voice->doc->summary.ask = text;
    voice->doc->summary.ask_title = ask->title;
}

/* How much was read, and whether it adds up. */
void
summary_status(const struct voice *voice, struct block *section)
{
    double read = 0, used = 0, rejected = 0, ignored = 0, future = 0;
    if (!voice->log)
        return;
    for (enum table t = 0; t < TABLE_COUNT; t++) {
        const struct extract_report *report = &voice->log->table[t];
        read += (double)report->read;
        used += (double)report->used;
        rejected += (double)report->rejected;
        ignored += (double)report->ignored;
        future += (double)report->future;
    }
    const char *text = SAY(voice, "summary.status", NUMBER("read", read), NUMBER("used", used),
                           NUMBER("rejected", rejected), NUMBER("ignored", ignored),
                           NUMBER("future", future), WORDS("tied", voice->doc->reconciliation));
    struct block *block = build_text(voice->doc, section, BLOCK_PARAGRAPH, text);
    if (block)
        block->text.run[0].style = RUN_MUTED;
}

void
summary_judgement(const struct voice *voice, struct block *section)
{
    static const char *const who[] = {"manager", "seller"};
    struct block *parent =
        voice->seller_sheet ? build_block(voice->doc, section, BLOCK_EXHIBIT_PAIR) : section;
    for (size_t i = 0; i < (voice->seller_sheet ? 2u : 1u); i++) {
        struct block *block = build_titled(
            voice->doc, parent, BLOCK_JUDGEMENT, NULL,
            voice_tell(voice, arena_printf(voice->doc->arena, "judgement.%s.title", who[i])));
        block->text = build_runs(
            voice->doc,
            voice_tell(voice, arena_printf(voice->doc->arena, "judgement.%s.text", who[i])),
            RUN_MUTED);
        block->lines = 8; /* or what is left of the page */
    }
}
