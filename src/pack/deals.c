#include "deals.h"

#include "chart.h"
#include "shelf.h"

#include <math.h>

enum { STRATEGIC_SHOWN = 3, TOP_SHOWN = 7, DECISIONS_SHOWN = 7, LET_GO_SHOWN = 4 };

static bool
is_strategic(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return fact->strategic;
}

static bool
is_clean(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return fact->clean;
}

static bool
is_not_clean(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return !fact->clean;
}

/* A labelled line of foreign text; says so where there is none. */
static void
add_story(const struct voice *voice, struct block *parent, const char *label, const char *text)
{
    struct block *line = build_block(voice->doc, parent, BLOCK_PARAGRAPH);
    build_run(voice->doc, &line->text,
              arena_printf(voice->doc->arena, "%s ", voice_term(voice, "strategic", label)),
              RUN_BOLD, NULL);
    if (text[0])
        build_run(voice->doc, &line->text, text, RUN_CRM, NULL);
    else
        build_run(voice->doc, &line->text, voice_tell(voice, "strategic.none"), RUN_MUTED, NULL);
}

static void
add_strategic(const struct voice *voice, struct block *section, const struct deal_fact *fact)
{
    const struct deals *deals = &voice->dataset->deals;
    uint32_t deal = fact->deal, owner = deals->owner[deal];
    struct block *block = build_block(voice->doc, section, BLOCK_FINDING);
    block->title = SAY(voice, "strategic.title", WORDS("name", shelf_name(voice, deal)),
                       NUMBER("amount", (double)deals->amount[deal]),
                       WORDS("known", deals->amount[deal] == MONEY_NONE ? "no" : "yes"));
    const char *who = owner >= voice->dataset->sellers.count
                          ? voice_tell(voice, "common.unassigned")
                          : voice_word(voice, voice->dataset->sellers.name[owner]);
    block->text = build_runs(
        voice->doc,
        SAY(voice, "strategic.line",
            WORDS("stage", deals->stage[deal] < 0 ? voice_tell(voice, "common.unknown")
                                                  : voice->config->stage[deals->stage[deal]].name),
            WORDS("who", who), WORDS("sheet", voice->seller_sheet ? "yes" : "no"),
            NUMBER("age", fact->age), WORDS("chance", voice_chance(voice, fact->q)),
            NUMBER("people", fact->people), NUMBER("new", fact->new_people),
            WORDS("highest", voice_term(voice, "levels",
                                        arena_printf(voice->doc->arena, "%d", fact->highest))),
            NUMBER("silent", fact->silent_days),
            WORDS("contact", fact->silent_days < 0 ? "never" : "known"),
            WORDS("logged", voice->dataset->engagement.present ? "yes" : "no")),
        RUN_PLAIN);
    const char *story = voice_word(voice, deals->story[deal]),
               *plan = voice_word(voice, deals->plan[deal]),
               *step = voice_word(voice, deals->next_step[deal]);
    if (step[0] && deals->next_step_date[deal] != DAY_NONE)
        step = SAY(voice, "strategic.step", WORDS("step", step),
                   NUMBER("day", deals->next_step_date[deal]));
    if (!story[0] && !plan[0] && !step[0]) {
        struct block *none =
            build_text(voice->doc, block, BLOCK_PARAGRAPH, voice_tell(voice, "strategic.nothing"));
        if (none)
            none->text.run[0].style = RUN_MUTED;
    } else {
        add_story(voice, block, "story", story);
        add_story(voice, block, "plan", plan);
        add_story(voice, block, "next_step", step);
    }
    const char *flags = shelf_flags(voice, fact);
    if (flags[0])
        add_story(voice, block, "watch", flags);
}

void
deals_strategic(const struct voice *voice, struct block *section)
{
    struct shelf shelf = shelf_of(voice, is_strategic);
    double share_open = 0, share_won = 0, number = 0;
    const struct measure *strategic = voice_measure(voice, M_DEALS_STRATEGIC);
    if (shelf.count == 0) {
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "strategic.no_deals"));
        return;
    }
    bool open = voice_cell(&strategic->fields, F_SHARE_OPEN, &share_open),
         won = voice_cell(&strategic->fields, F_SHARE_WON, &share_won);
    voice_cell(&strategic->fields, F_NUMBER, &number);
    build_text(voice->doc, section, BLOCK_PARAGRAPH,
               SAY(voice, "strategic.intro", NUMBER("n", shelf.count),
                   WORDS("open", open ? "yes" : "no"), WORDS("won", won ? "yes" : "no"),
                   NUMBER("share_open", share_open), NUMBER("share_won", share_won)));
    shelf_order(voice, &shelf, shelf_amount);
    uint32_t most = STRATEGIC_SHOWN;
    for (uint32_t i = 0; i < shelf.count && i < most; i++)
        add_strategic(voice, section, shelf.fact[i]);
    if (shelf.count > most)
        build_text(voice->doc, section, BLOCK_PARAGRAPH,
                   SAY(voice, "tables.deals.more", NUMBER("n", shelf.count - most)));
}

void
deals_top(const struct voice *voice, struct block *section)
{
    struct shelf shelf = shelf_of(voice, is_clean);
    shelf_order(voice, &shelf, shelf_expected);
    shelf_table(voice, section, voice_tell(voice, "tables.deals.top"), &shelf, TOP_SHOWN);
    if (shelf.count == 0)
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "deals.none_clean"));
}

void
deals_decisions(const struct voice *voice, struct block *section)
{
    struct shelf shelf = shelf_of(voice, is_not_clean);
    shelf_order(voice, &shelf, shelf_amount);
    shelf_table(voice, section, voice_tell(voice, "tables.deals.decisions"), &shelf,
                DECISIONS_SHOWN);
}

/* The largest expected one, the oldest clean one and the newest large one; each once. */
void
deals_talk(const struct voice *voice, struct block *section)
{
    struct shelf clean = shelf_of(voice, is_clean);
    const struct deal_fact *chosen[3] = {0};
    const char *keys[3] = {"talk.largest", "talk.oldest", "talk.newest"};
    uint32_t count = 0;
    if (clean.count == 0) {
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "deals.none_clean"));
        return;
    }
    build_titled(voice->doc, section, BLOCK_HEADING, NULL,
                 SAY(voice, "talk.title", NUMBER("n", clean.count < 3 ? clean.count : 3)))
        ->level = 3;
    struct block *list = build_block(voice->doc, section, BLOCK_LIST);
    for (int pick = 0; pick < 3; pick++) {
        shelf_order(voice, &clean, pick == 0 ? shelf_expected : shelf_age);
        const struct deal_fact *found = NULL;
        for (uint32_t i = 0; i < clean.count && !found; i++) {
            const struct deal_fact *fact = clean.fact[pick == 2 ? clean.count - 1 - i : i];
            bool taken = false;
            for (uint32_t t = 0; t < count; t++)
                taken |= chosen[t] == fact;
            found = taken ? NULL : fact;
        }
        if (!found)
            break;
        chosen[count++] = found;
        struct block *item = build_block(voice->doc, list, BLOCK_PARAGRAPH);
        shelf_runs(voice, &item->text, found->deal);
        build_run(voice->doc, &item->text,
                  SAY(voice, keys[pick], NUMBER("age", found->age),
                      WORDS("chance", voice_chance(voice, found->q))),
                  RUN_PLAIN, NULL);
    }
}

void
deals_let_go(const struct voice *voice, struct block *section)
{
    struct shelf shelf = shelf_of(voice, is_not_clean);
    if (shelf.count == 0) {
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "deals.none_flagged"));
        return;
    }
    shelf_order(voice, &shelf, shelf_amount);
    shelf_table(voice, section, voice_tell(voice, "tables.deals.let_go"), &shelf, LET_GO_SHOWN);
}

void
deals_concentration(const struct voice *voice, struct block *section)
{
    double top3 = 0, effective = 0, without = 0, expected = 0;
    if (!voice_has(voice, M_PIPELINE_CONCENTRATION_TOP3, &top3) ||
        !voice_has(voice, M_PIPELINE_CONCENTRATION_EFFECTIVE, &effective))
        return;
    bool known = voice_has(voice, M_FORECAST_WITHOUT_LARGEST, &without) &&
                 voice_has(voice, M_FORECAST_EXPECTED, &expected);
    double rests = known && expected > 0 ? (expected - without) / expected : 0;
    struct block *text =
        build_text(voice->doc, section, BLOCK_PARAGRAPH,
                   SAY(voice, "deals.concentration", WORDS("known", rests > 0 ? "yes" : "no"),
                       NUMBER("rests", rests)));
    if (text)
        text->anchor = "pipeline.concentration.top3";
}
