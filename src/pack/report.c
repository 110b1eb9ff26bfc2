#include "report.h"

#include "anchors.h"
#include "ledger.h"
#include "pipeline.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *
whole(const struct voice *voice, uint64_t value)
{
    return voice_count(voice, (double)value);
}

static const char *
table_title(const struct voice *voice, const char *name)
{
    return voice_tell(voice, arena_printf(voice->doc->arena, "data.tables.%s", name));
}

static void
add_extract(const struct voice *voice, struct doc_table *table, const char *name,
            const struct extract_report *report)
{
    struct doc_row *row = build_row(voice->doc, table, ROW_BODY);
    const uint64_t counts[] = {report->read,    report->used,   report->rejected,
                               report->ignored, report->future, report->orphans};
    build_cell(voice->doc, row, 0, name, RUN_PLAIN);
    for (uint32_t c = 0; c < 6; c++)
        build_cell(voice->doc, row, c + 1, whole(voice, counts[c]), RUN_PLAIN);
}

static void
add_extracts(const struct voice *voice, struct block *section)
{
    static const char *const keys[] = {"table",   "read",   "used",   "rejected",
                                       "ignored", "future", "orphans"};
    struct doc_column columns[7];
    for (uint32_t c = 0; c < 7; c++)
        columns[c] = (struct doc_column){
            voice_tell(voice, arena_printf(voice->doc->arena, "data.columns.%s", keys[c])),
            c ? ALIGN_END : ALIGN_START, 0};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table =
        build_table(voice->doc, voice_tell(voice, "data.caption"), 7, columns, TABLE_COUNT + 1);
    block->table->small = true;
    for (enum table t = 0; t < TABLE_COUNT; t++)
        if (voice->log->table[t].configured)
            add_extract(voice, block->table, table_title(voice, table_names[t]),
                        &voice->log->table[t]);
    if (voice->log->previous.configured)
        add_extract(voice, block->table, table_title(voice, "previous"), &voice->log->previous);
    block->table->note = voice_tell(voice, "data.note");
}

/* The ledger's lines as rows of a table, below the extract they are about. */
struct noting {
    const struct voice *voice;
    struct doc_table *table;
    const char *topic; /* of the row before */
    uint32_t lines;    /* counted where there is no table yet */
};

static void
add_line(void *context, const char *topic, const char *text)
{
    struct noting *noting = context;
    noting->lines++;
    if (!noting->table)
        return;
    struct doc *doc = noting->voice->doc;
    struct doc_row *row = build_row(doc, noting->table, ROW_BODY);
    bool again = noting->topic && strcmp(noting->topic, topic) == 0;
    build_cell(doc, row, 0, again ? "" : topic, RUN_PLAIN);
    build_cell(doc, row, 1, text, RUN_CRM);
    noting->topic = topic;
}

static void
add_group(struct noting *noting, const char *name)
{
    noting->topic = NULL;
    noting->lines++;
    if (noting->table)
        build_cell(noting->voice->doc, build_row(noting->voice->doc, noting->table, ROW_GROUP), 0,
                   name, RUN_PLAIN);
}

static void
add_ledgers(struct noting *noting)
{
    const struct voice *voice = noting->voice;
    struct ledger ledger = {.voice = voice, .context = noting, .line = add_line};
    for (enum table t = 0; t < TABLE_COUNT; t++) {
        if (!voice->log->table[t].configured)
            continue;
        add_group(noting, table_title(voice, table_names[t]));
        ledger_tell(&ledger, &voice->log->table[t]);
    }
    if (voice->log->previous.configured) {
        add_group(noting, table_title(voice, "previous"));
        ledger_tell(&ledger, &voice->log->previous);
    }
    if (ledger_is_whole(voice))
        return;
    add_group(noting, voice_tell(voice, "data.notes.absent"));
    ledger_absent(&ledger);
}

static void
add_notes(const struct voice *voice, struct block *section)
{
    const struct doc_column columns[] = {{voice_tell(voice, "data.notes.topic"), ALIGN_START, 0},
                                         {voice_tell(voice, "data.notes.text"), ALIGN_START, 0}};
    struct noting noting = {.voice = voice};
    add_ledgers(&noting);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table =
        build_table(voice->doc, voice_tell(voice, "data.notes.caption"), 2, columns, noting.lines);
    block->table->small = true;
    noting.table = block->table;
    add_ledgers(&noting);
}

void
report_rows(const struct voice *voice, struct block *section)
{
    if (voice->log)
        add_extracts(voice, section);
}

void
report_found(const struct voice *voice, struct block *section)
{
    if (voice->log)
        add_notes(voice, section);
}

void
report_data(const struct voice *voice, struct block *section)
{
    report_rows(voice, section);
    report_found(voice, section);
}

void
report_boxes(const struct voice *voice, struct block *section, uint32_t boxed)
{
    if (boxed)
        build_text(voice->doc, section, BLOCK_PARAGRAPH,
                   SAY(voice, "data.boxed", NUMBER("n", boxed)));
}

/* As many decimals as it takes to see that the sides differ. */
static int
decimals_apart(const struct identity *identity)
{
    enum { PLAIN = 2, FINE = 6 };
    if (identity->left == round(identity->left) && identity->right == round(identity->right))
        return 0;
    return fabs(identity->left - identity->right) >= 0.01 ? PLAIN : FINE;
}

/* One that fails says by how much, where the reader may see the numbers of that scope. */
static const char *
what_must_hold(const struct voice *voice, const struct identity *identity)
{
    const char *what = voice_term(voice, "checks", identity->id);
    if (identity->holds || !identity->applies || !voice_holds(voice, identity->scope))
        return what;
    int decimals = decimals_apart(identity);
    return SAY(voice, "identities.apart", WORDS("what", what),
               WORDS("name", voice_scope_name(voice, identity->scope)),
               WORDS("left", voice_decimal(voice, identity->left, decimals)),
               WORDS("right", voice_decimal(voice, identity->right, decimals)));
}

void
report_identities(const struct voice *voice, struct block *section)
{
    const struct measures *measures = voice->measures;
    const struct doc_column columns[] = {{voice_tell(voice, "identities.id"), ALIGN_START, 0},
                                         {voice_tell(voice, "identities.what"), ALIGN_START, 0},
                                         {voice_tell(voice, "identities.holds"), ALIGN_START, 0}};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = build_table(voice->doc, voice_tell(voice, "identities.caption"), 3, columns,
                               measures->identity_count);
    block->table->small = true;
    for (uint32_t i = 0; i < measures->identity_count; i++) {
        const struct identity *identity = &measures->identity[i];
        struct doc_row *row = build_row(voice->doc, block->table, ROW_BODY);
        const char *state = !identity->applies ? "identities.absent"
                            : identity->holds  ? "identities.yes"
                                               : "identities.no";
        build_cell(voice->doc, row, 0, identity->id, RUN_PLAIN);
        build_cell(voice->doc, row, 1, what_must_hold(voice, identity), RUN_PLAIN);
        build_cell(voice->doc, row, 2, voice_tell(voice, state),
                   identity->applies && !identity->holds ? RUN_BOLD : RUN_PLAIN);
    }
}

/* Whether it is a result, and of somebody who is starting: not yet expected, here as elsewhere. */
static bool
is_early(const struct voice *voice, enum measure_id id)
{
    static const enum measure_id told[] = {M_FORECAST_QUOTA, M_FORECAST_BOOKED, M_FORECAST_STEADY,
                                           M_SYSTEM_NEEDED_STEADY};
    const char *name = measure_table[id].name;
    bool result = strncmp(name, "forecast.", 9) == 0 || strncmp(name, "system.needed.", 14) == 0;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        result = result && id != told[i];
    return result && voice_starting(voice);
}

/* The value of a measure here, in its unit; why there is none. */
/* Whether a measure is a stock over a need that is next to nothing. */
static bool
says_nothing(const struct voice *voice, enum measure_id id)
{
    static const enum measure_id covers[] = {
        M_PIPELINE_COVERAGE_RAW_NUMBER,         M_PIPELINE_COVERAGE_RAW_VALUE,
        M_PIPELINE_COVERAGE_CLEAN_NUMBER,       M_PIPELINE_COVERAGE_CLEAN_VALUE,
        M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER, M_PIPELINE_COVERAGE_SUFFICIENCY_VALUE};
    for (size_t i = 0; i < sizeof covers / sizeof *covers; i++)
        if (id == covers[i])
            return pipeline_is_nearly_met(voice, voice->scope);
    return false;
}

static const char *
value_of(const struct voice *voice, enum measure_id id)
{
    const struct measure *measure = voice_measure(voice, id);
    double value = 0;
    if (is_early(voice, id))
        return voice_why(voice, WHY_NOT_YET_EXPECTED);
    if (measure->why != WHY_NONE)
        return voice_lacks(voice, id, measure->why);
    if (says_nothing(voice, id))
        return voice_tell(voice, "coverage.all_but_made");
    if (!voice_has(voice, id, &value)) {
        const char *text = voice_cell_text(&measure->fields, F_VALUE);
        return text[0] ? voice_term(voice, "factors", text)
                       : SAY(voice, "definitions.rows", NUMBER("n", measure->row_count));
    }
    if (id == M_FORECAST_P_HIT)
        return voice_chance_brief(voice, value);
    switch (measure_table[id].unit) {
    case UNIT_SHARE:
        return voice_share(voice, value);
    case UNIT_MONEY:
        return voice_money(voice, value);
    case UNIT_DAY:
        return voice_day(voice, (day)value);
    case UNIT_RATE:
        return SAY(voice, "definitions.rate", NUMBER("a_month", value * 365.25 / 12));
    case UNIT_RATIO:
        return voice_ratio(voice, value);
    default:
        return voice_count(voice, value);
    }
}

/* The table of measures speaks English; another language has words of its own. */
static const char *
formula_of(const struct voice *voice, enum measure_id id)
{
    const char *key = arena_printf(voice->doc->arena, "formulas.%s", measure_table[id].name);
    return voice_knows(voice, key) ? voice_tell(voice, key) : measure_table[id].formula;
}

/* A row leads back to where the measure's numbers stand. */
static void
add_definition(const struct voice *voice, struct doc_table *table, enum measure_id id)
{
    const char *name = measure_table[id].name;
    struct doc_row *row = build_row(voice->doc, table, ROW_BODY);
    row->anchor = anchors_definition(voice, id);
    build_run(voice->doc, &row->cell[0], name, RUN_PLAIN, name);
    build_cell(voice->doc, row, 1, value_of(voice, id), RUN_PLAIN);
    build_cell(voice->doc, row, 2, formula_of(voice, id), RUN_PLAIN);
}

/* Only of measures that this pack shows: the outline puts this part last. */
void
report_definitions(const struct voice *voice, struct block *section)
{
    const struct doc_column columns[] = {
        {voice_tell(voice, "definitions.measure"), ALIGN_START, 2.2},
        {voice_tell(voice, "definitions.value"), ALIGN_END, 1.1},
        {voice_tell(voice, "definitions.formula"), ALIGN_START, 5}};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    struct voice aside = *voice;
    aside.consulted = NULL; /* what stands here stands elsewhere, too */
    block->table = build_table(voice->doc, voice_tell(voice, "definitions.caption"), 3, columns,
                               MEASURE_COUNT);
    block->table->small = true;
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++)
        if (voice->shown[m] && voice_measure(&aside, m)->why != WHY_NOT_DEFINED)
            add_definition(&aside, block->table, m);
    block->table->note = voice_tell(voice, "definitions.note");
}

/* Lines for a terminal: a topic, then text, broken at blanks. */
struct printing {
    struct buf *out;
    const char *heading; /* stands before the first line to come, or NULL */
    const char *topic;
};

/* Blanks at which no line ends are plain ones on a terminal: people look for what they see. Nor
 * does it know the marks around foreign text. */
static void
print_word(struct buf *out, const char *text, size_t length)
{
    for (const char *end = text + length; text < end; text++)
        if (text + 1 < end && memcmp(text, "\xC2\xA0", 2) == 0) {
            buf_char(out, ' ');
            text++;
        } else if (text + 2 < end &&
                   (memcmp(text, "\xE2\x81\xA8", 3) == 0 || memcmp(text, "\xE2\x81\xA9", 3) == 0)) {
            text += 2;
        } else {
            buf_char(out, *text);
        }
}

static void
print_line(void *context, const char *topic, const char *text)
{
    enum { TOPIC = 14, WIDTH = 100 };
    struct printing *printing = context;
    if (printing->heading) {
        buf_printf(printing->out, "%s\n", printing->heading);
        printing->heading = printing->topic = NULL;
    }
    bool again = printing->topic && strcmp(printing->topic, topic) == 0;
    buf_printf(printing->out, "  %-*s", TOPIC - 2, again ? "" : topic);
    printing->topic = topic;
    for (size_t at = TOPIC; *text;) {
        size_t length = strcspn(text, " ");
        if (at > TOPIC && at + 1 + length > WIDTH) {
            buf_printf(printing->out, "\n%*s", TOPIC, "");
            at = TOPIC;
        }
        if (at > TOPIC)
            buf_string(printing->out, " ");
        print_word(printing->out, text, length);
        at += length + (at > TOPIC);
        text += length + strspn(text + length, " ");
    }
    buf_string(printing->out, "\n");
}

static void
print_extract(struct ledger *ledger, const char *name, const struct extract_report *report)
{
    struct printing *printing = ledger->context;
    if (!report->configured)
        return;
    printing->heading = table_title(ledger->voice, name);
    ledger_tell(ledger, report);
}

void
report_print(const struct voice *voice, bool verbose, struct buf *out)
{
    struct printing printing = {out, NULL, NULL};
    struct ledger ledger = {voice, verbose, true, &printing, print_line};
    for (enum table t = 0; t < TABLE_COUNT; t++)
        print_extract(&ledger, table_names[t], &voice->log->table[t]);
    print_extract(&ledger, "previous", &voice->log->previous);
    printing.heading = voice_tell(voice, "data.notes.absent");
    ledger_absent(&ledger);
}
