#include "system_answers.h"

#include "amount.h"
#include "chart.h"
#include "levers.h"

#include <math.h>
#include <string.h>

enum { LEFT = 326, RIGHT_AT = 350 };

struct answers {
    const struct voice *voice;
    struct scene *scene;
    double text, small, leading; /* type */
    double step, bar, lever;     /* between answers, of their bars, between levers */
    double head;                 /* from a title to what is below it */
};

static const char *
key_of(const struct answers *answers, const char *which, const char *what)
{
    return arena_printf(answers->voice->doc->arena, "map.%s.%s", which, what);
}

static void
draw_title(const struct answers *answers, double x, double y, double room, const char *text)
{
    scene_text(answers->scene, x, y + 8, text, answers->text + 1, true, INK_TEXT, ANCHOR_START,
               room);
}

/* ---- How many more deals the gap takes: three answers ---- */

static void
draw_answer(const struct answers *answers, enum measure_id id, const char *key, double most,
            double y, bool last)
{
    const struct voice *voice = answers->voice;
    double value = 0;
    bool known = voice_has(voice, id, &value);
    double base = answers->bar / 2 + 3;
    scene_text(answers->scene, 0, y + base, voice_tell(voice, key_of(answers, key, "name")),
               answers->text, last, INK_TEXT, ANCHOR_START, 52);
    if (known) {
        double length = most > 0 ? fmax(0.8, 78 * fmin(1, value / most)) : 0.8;
        scene_rect(answers->scene, 56, y, length, answers->bar, last ? INK_ACCENT : INK_ACCENT_LOW,
                   last ? INK_NONE : INK_ACCENT_MID, last ? 0 : 0.5);
        scene_text(answers->scene, 60 + length, y + base, voice_count(voice, value),
                   answers->text + 1, true, INK_TEXT, ANCHOR_START, 36);
    } else {
        scene_paragraph(answers->scene, 56, y + base, 112,
                        voice_lacks(voice, id, voice_measure(voice, id)->why), answers->text, true,
                        INK_TEXT, 9, 2);
    }
    const char *detail = voice_tell(voice, key_of(answers, key, "detail"));
    bool two = chart_text_width(voice, detail, answers->small, false) > LEFT - 176;
    scene_paragraph(answers->scene, 176, y + base - (two ? answers->leading / 2 : 0), LEFT - 176,
                    detail, answers->small, false, INK_SECONDARY, answers->leading, 2);
}

static double
draw_three(const struct answers *answers, double y)
{
    static const enum measure_id ids[3] = {M_SYSTEM_NEEDED_SEED_RAW, M_SYSTEM_NEEDED_SEED_CLEAN,
                                           M_SYSTEM_NEEDED_TIME_TRUE};
    static const char *const keys[3] = {"seed_raw", "seed_clean", "time_true"};
    double most = 0, value, gap;
    for (int i = 0; i < 3; i++)
        if (voice_has(answers->voice, ids[i], &value))
            most = fmax(most, value);
    bool known = voice_has(answers->voice, M_FORECAST_GAP, &gap);
    if (voice_starting(answers->voice)) {
        draw_title(answers, 0, y, LEFT, voice_tell(answers->voice, "map.answers.starting"));
        return y + answers->head;
    }
    draw_title(answers, 0, y, LEFT,
               SAY(answers->voice, "map.answers.title",
                   WORDS("state", !known     ? "unknown"
                                  : gap > 0  ? "open"
                                  : most > 0 ? "apart"
                                             : "closed")));
    for (int i = 0; i < 3; i++)
        draw_answer(answers, ids[i], keys[i], most, y + answers->head + answers->step * i, i == 2);
    return y + answers->head + answers->step * 3;
}

/* What the last answer asks of the parts before it; whether that is possible. */
static double
draw_chain(const struct answers *answers, double y)
{
    const struct voice *voice = answers->voice;
    double needed = 0, leads = 0, accounts = 0, reachable = 0, quota = 0, expected = 0;
    if (voice_starting(voice) || !voice_has(voice, M_SYSTEM_NEEDED_TIME_TRUE, &needed) ||
        needed <= 0)
        return y;
    bool has_leads = voice_has(voice, M_SYSTEM_NEEDED_LEADS, &leads),
         has_accounts = voice_has(voice, M_SYSTEM_NEEDED_ACCOUNTS, &accounts);
    bool known = voice_has(voice, M_SYSTEM_FEASIBLE, &reachable) &&
                 voice_has(voice, M_FORECAST_QUOTA, &quota) &&
                 voice_has(voice, M_FORECAST_EXPECTED, &expected);
    return y + scene_paragraph(answers->scene, 0, y + 8, LEFT,
                               SAY(voice, "map.chain", WORDS("leads", has_leads ? "yes" : "no"),
                                   WORDS("accounts", has_accounts ? "yes" : "no"),
                                   WORDS("feasible", !known               ? "unknown"
                                                     : reachable >= quota ? "yes"
                                                                          : "no")),
                               answers->small, true, INK_TEXT, answers->leading, 3);
}

/* ---- This period, the next, the steady state ---- */

static double
draw_horizons(const struct answers *answers, double y)
{
    static const enum measure_id ids[3] = {M_FORECAST_EXPECTED, M_FORECAST_NEXT, M_FORECAST_STEADY};
    static const char *const keys[3] = {"this", "next", "steady"};
    const struct voice *voice = answers->voice;
    double quota, room = answers->scene->width - RIGHT_AT, value;
    bool has_quota = voice_has(voice, M_FORECAST_QUOTA, &quota) && quota > 0;
    double most = 1.3;
    for (int i = 0; i < 3 && has_quota; i++)
        if (voice_has(voice, ids[i], &value))
            most = fmax(most, fmin(value / quota, 2));
    draw_title(answers, RIGHT_AT, y, room, voice_tell(voice, "map.horizons.title"));
    for (int i = 0; i < 3; i++) {
        double top = y + answers->head + answers->step * i, base = top + answers->bar / 2 + 3;
        bool early = i == 0 && voice_starting(voice),
             known = voice_has(voice, ids[i], &value) && !early;
        scene_text(answers->scene, RIGHT_AT, base, voice_term(voice, "horizons", keys[i]),
                   answers->text, i == 0, INK_TEXT, ANCHOR_START, 72);
        if (known && has_quota) {
            chart_against(answers->scene, RIGHT_AT + 74, top, room - 74 - 32, answers->bar, most,
                          value / quota, 0, 0);
            scene_text(answers->scene, answers->scene->width, base,
                       voice_share(voice, value / quota), answers->text + 1, true, INK_TEXT,
                       ANCHOR_END, 30);
        } else {
            scene_text(answers->scene, RIGHT_AT + 74, base,
                       known ? voice_money(voice, value)
                             : voice_lacks(voice, ids[i],
                                           early ? WHY_NOT_YET_EXPECTED
                                                 : voice_measure(voice, ids[i])->why),
                       answers->text, true, INK_TEXT, ANCHOR_START, room - 74);
        }
    }
    double below = y + answers->head + answers->step * 3 + answers->small;
    return below + scene_paragraph(
                       answers->scene, RIGHT_AT, below, room,
                       voice_tell(voice, has_quota ? "map.horizons.note" : "map.horizons.no_quota"),
                       answers->small, false, INK_SECONDARY, answers->leading, 3);
}

/* ---- What one small change is worth ---- */

static double
lever_most(const struct measure *levers)
{
    double most = 0, value;
    for (uint32_t r = 0; r < levers->row_count; r++) {
        if (voice_cell(&levers->row[r], F_PERIOD, &value))
            most = fmax(most, value);
        if (voice_cell(&levers->row[r], F_NEXT, &value))
            most = fmax(most, value);
    }
    return most;
}

static void
draw_lever(const struct answers *answers, const struct cells *row, struct amount_unit unit,
           double most, double y)
{
    const struct voice *voice = answers->voice;
    const struct scale scale = {112, 244, 0, most > 0 ? most : 1};
    double now = 0, next = 0;
    bool has_now = voice_cell(row, F_PERIOD, &now), has_next = voice_cell(row, F_NEXT, &next);
    double base = y + 8, dark = answers->lever * 0.4, light = answers->lever * 0.28;
    scene_text(answers->scene, 0, base, voice_term(voice, "levers", voice_cell_text(row, F_KEY)),
               answers->text, false, INK_TEXT, ANCHOR_START, 106);
    if (has_now && now > 0)
        scene_rect(answers->scene, scale.left, y, fmax(0.8, chart_at(&scale, now) - scale.left),
                   dark, INK_ACCENT, INK_NONE, 0);
    if (has_next && next > 0)
        scene_rect(answers->scene, scale.left, y + dark,
                   fmax(0.8, chart_at(&scale, next) - scale.left), light, INK_ACCENT_LOW,
                   INK_ACCENT_MID, 0.4);
    scene_text(answers->scene, 250, base,
               SAY(voice, "common.now_next",
                   WORDS("now", has_now ? amount_text(voice, unit, now) : "\xE2\x80\x93"),
                   WORDS("next", has_next ? amount_text(voice, unit, next) : "\xE2\x80\x93")),
               answers->small, false, INK_SECONDARY, ANCHOR_START, LEFT - 250);
}

static double
draw_levers(const struct answers *answers, double y)
{
    const struct measure *levers = voice_measure(answers->voice, M_SYSTEM_LEVERS);
    enum why why = levers_lack(answers->voice);
    draw_title(answers, 0, y, LEFT, voice_tell(answers->voice, "map.levers.title"));
    if (why != WHY_NONE) {
        double below = y + answers->head;
        return below + scene_paragraph(answers->scene, 0, below, LEFT,
                                       voice_why(answers->voice, why), answers->small, false,
                                       INK_MUTED, answers->leading, 2);
    }
    double most = lever_most(levers);
    struct amount_unit unit = amount_unit(
        answers->voice, fmax(amount_largest(levers, F_PERIOD), amount_largest(levers, F_NEXT)));
    scene_text(answers->scene, 0, y + answers->head - 0.5,
               voice_tell(answers->voice, "map.levers.legend"), answers->small, false,
               INK_SECONDARY, ANCHOR_START, LEFT);
    for (uint32_t r = 0; r < levers->row_count; r++)
        draw_lever(answers, &levers->row[r], unit, most,
                   y + answers->head + 8 + answers->lever * r);
    return y + answers->head + 8 + answers->lever * levers->row_count;
}

/* ---- What if, and what it would take to see it ---- */

static double
draw_lines(const struct answers *answers, double y, uint32_t count, const char *const *lines)
{
    double room = answers->scene->width - RIGHT_AT;
    for (uint32_t i = 0; i < count; i++)
        if (lines[i] && lines[i][0])
            y += scene_paragraph(answers->scene, RIGHT_AT, y, room, lines[i], answers->small, false,
                                 INK_SECONDARY, answers->leading, 4) +
                 answers->leading * 0.4;
    return y;
}

static double
draw_what_if(const struct answers *answers, double y)
{
    const struct voice *voice = answers->voice;
    const struct measure *what_if = voice_measure(voice, M_SYSTEM_SCENARIOS);
    double expected = 0, deals = 0, proof = 0, then = 0, quota = 0, now = 0;
    if (what_if->why != WHY_NONE || what_if->row_count == 0 || voice->config->what_if_count == 0)
        return y;
    const struct cells *row = &what_if->row[0];
    double rate = voice->config->what_if_win_rate[0];
    bool has_money = voice_cell(row, F_EXPECTED, &expected) && !voice_starting(voice),
         has_deals = voice_cell(row, F_DEALS_NEEDED, &then) &&
                     voice_has(voice, M_PIPELINE_DEALS_NEEDED, &deals),
         has_proof = voice_cell(row, F_PROOF_DEALS, &proof),
         has_quota = voice_has(voice, M_FORECAST_QUOTA, &quota) && quota > 0;
    voice_has(voice, M_FORECAST_EXPECTED, &now);
    draw_title(answers, RIGHT_AT, y, answers->scene->width - RIGHT_AT,
               SAY(voice, "map.what_if.title", NUMBER("rate", rate)));
    const char *lines[3] = {
        has_money ? SAY(voice, "map.what_if.more", NUMBER("expected", expected), NUMBER("now", now),
                        NUMBER("share", has_quota ? expected / quota : 0),
                        WORDS("quota", has_quota ? "yes" : "no"))
                  : NULL,
        has_deals && deals > 0
            ? SAY(voice, "map.what_if.less", NUMBER("then", then), NUMBER("deals", deals))
            : NULL,
        has_proof ? SAY(voice, "map.what_if.proof", NUMBER("proof", proof)) : NULL};
    return draw_lines(answers, y + answers->head + answers->small * 0.2, 3, lines);
}

double
system_answers_draw(const struct voice *voice, struct scene *scene, double y)
{
    bool tight = voice->seller_sheet; /* beside other things on one page */
    bool low = voice->low;            /* of which there is less */
    const struct answers answers = {voice,
                                    scene,
                                    tight ? CHART_TEXT : 9,
                                    tight ? CHART_SMALL : 8.5,
                                    tight ? 9.4 : 10.8,
                                    tight ? low ? 14.6 : 16
                                    : low ? 27
                                          : 31,
                                    tight ? low ? 9 : 10 : 13,
                                    tight ? low ? 11.6 : 12.6
                                    : low ? 20
                                          : 22,
                                    tight ? low ? 16.6 : 17 : 20};
    double gap = tight ? low ? 5 : 8 : low ? 28 : 38;
    double left = draw_chain(&answers, draw_three(&answers, y)), right = draw_horizons(&answers, y),
           next = fmax(left, right) + gap;
    left = draw_levers(&answers, next);
    right = draw_what_if(&answers, next);
    return fmax(left, right) + 2;
}
