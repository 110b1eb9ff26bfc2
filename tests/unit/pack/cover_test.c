/* What a pack says of itself before its first section: whom it is for, and what does not tie. */
#include "speaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
assert_says(const char *text, const char *words, bool wanted)
{
    const char *at = strstr(text, words);
    if (wanted && !at)
        fail_msg("not said: %s\n%.600s", words, text);
    if (!wanted && at)
        fail_msg("said: %.80s", at);
}

static struct builder *
two_sellers(void)
{
    struct builder *b = builder_new("2026-08-31");
    build_team(b, "T1", NULL);
    build_seller(b, "Anna", "T1", "2020-01-01");
    build_seller(b, "Bert", "T1", "2020-01-01");
    return b;
}

/* An identity that fails at Bert is told in every pack, in its language; his name and his numbers
 * stand only where his rows do. */
static void
failed_identity(void **state)
{
    static const struct {
        const char *locale, *id;
        bool sees;
        const char *place;
    } packs[] = {
        {"en-GB", "company", true, "check I9 fails in Bert. What must hold: deals needed times"},
        {"en-GB", "T1", true, "check I9 fails in Bert. What must hold: deals needed times"},
        {"en-GB", "Bert", true, "check I9 fails in Bert. What must hold: deals needed times"},
        {"en-GB", "Anna", false, "check I9 fails elsewhere in the company. What must hold:"},
        {"de-DE", "T1", true, "Abstimmung I9 geht bei Bert nicht auf. Gelten muss: nötige Deals"},
        {"de-DE", "Anna", false, "Abstimmung I9 geht an anderer Stelle des Unternehmens nicht auf"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        struct builder *b = two_sellers();
        struct speaker *speaker = speaker_new(b, packs[i].locale);
        struct identity *identity = &b->measures->identity[8];
        assert_string_equal(identity->id, "I9");
        identity->applies = true;
        identity->holds = false;
        identity->what = "deals needed times their size is the value needed: 7 is not 1234.5";
        identity->scope = builder_scope(b, "Bert");
        identity->left = 7;
        identity->right = 1234.5;
        const char *text = speaker_pack(speaker, packs[i].id);
        assert_says(text, "[banner] ", true);
        assert_says(text, packs[i].place, true);
        if (!packs[i].sees)
            assert_says(text, "Bert", false);
        bool german = packs[i].locale[0] == 'd';
        assert_says(text, german ? "steht 7,00 gegen 1.234,50" : "it is 7.00 against 1,234.50",
                    packs[i].sees &&
                        strcmp(packs[i].id, "Bert") != 0); /* a sheet has no appendix */
        assert_says(text, "7 is not", false);
        speaker_free(speaker);
    }
}

/* A team's pack is for whoever gets it, else for its manager; of others the cover claims nothing.
 */
static void
readers(void **state)
{
    static const struct {
        const char *locale, *id, *readers, *said;
    } packs[] = {
        {"en-GB", "T1", NULL, "Team pack for Anna \u00b7 "},
        {"en-GB", "T1", "", "Team pack for Anna \u00b7 "},
        {"en-GB", "T2", NULL, "Team pack for the team\u2019s manager \u00b7 "},
        {"en-GB", "T1", "ops@x.example", "Team pack for ops@x.example \u00b7 "},
        {"en-GB", "company", NULL, "Board pack \u00b7 "},
        {"en-GB", "company", "ceo@x.example", "Board pack for ceo@x.example \u00b7 "},
        {"en-GB", "Bert", "Anna", "One-to-one sheet \u00b7 "},
        {"de-DE", "T1", NULL, "Teambericht f\u00fcr Anna \u00b7 "},
        {"de-DE", "T2", NULL, "Teambericht f\u00fcr die Teamleitung \u00b7 "},
        {"de-DE", "company", "a@x.example", "Gesch\u00e4ftsleitung, an a@x.example \u00b7 "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        struct builder *b = two_sellers();
        build_team(b, "T2", NULL);
        build_seller(b, "Gone", "T2", "2020-01-01")->end = builder_day("2026-01-31");
        struct speaker *speaker = speaker_new(b, packs[i].locale);
        b->dataset.teams.manager[0] = 0; /* Anna */
        b->dataset.teams.manager[1] = 2; /* Gone, who has left */
        speaker->readers = packs[i].readers;
        assert_says(speaker_pack(speaker, packs[i].id), packs[i].said, true);
        speaker_free(speaker);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failed_identity),
        cmocka_unit_test(readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
